"""Guided demonstrations, for a teacher who has never programmed."""
