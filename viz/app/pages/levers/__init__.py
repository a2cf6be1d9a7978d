"""Which lever? What could have been done otherwise, and more or less of one thing."""
