"""A page a module; the larger ones a folder."""
