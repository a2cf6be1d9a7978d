"""Sweeps: what an outcome depends on, over many runs."""

from viz.app.pages.sweeps.page import Sweeps

__all__ = ["Sweeps"]
