"""Sweeps: what an outcome depends on, over many runs."""
