"""With and without: twin worlds on the same cases."""
