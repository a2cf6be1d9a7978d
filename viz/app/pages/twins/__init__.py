"""With and without: twin worlds on the same cases."""

from viz.app.pages.twins.page import Twins

__all__ = ["Twins"]
