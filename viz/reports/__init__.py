"""Findings told: their tables, charts, summaries and files."""
