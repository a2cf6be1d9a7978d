"""Does the memo arrive? One live run."""

from viz.app.pages.live_run.page import Memo

__all__ = ["Memo"]
