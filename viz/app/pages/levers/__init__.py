"""Which lever? What could have been done otherwise, and more or less of one thing."""

from viz.app.pages.levers.page import Levers

__all__ = ["Levers"]
