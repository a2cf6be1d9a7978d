"""Guided demonstrations, for a teacher who has never programmed."""

from viz.app.pages.demonstrations.page import Demonstrations

__all__ = ["Demonstrations"]
