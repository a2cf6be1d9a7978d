"""Runs, replications, their results and measures, and the command line."""
