"""Why this decision? One case before every desk."""

from viz.app.pages.case.page import Case

__all__ = ["Case"]
