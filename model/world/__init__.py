"""A world read from its files and checked."""
