"""Does the memo arrive? One live run."""

from viz.app.pages.memo.page import Memo

__all__ = ["Memo"]
