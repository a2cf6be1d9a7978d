"""Agencies: officers and their offices, the hierarchy, and what reaches them."""
