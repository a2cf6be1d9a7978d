"""How it works, and how far to trust it."""
