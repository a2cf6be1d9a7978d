"""Whoever looks at a model while it runs, and keeps what it wants of it.

An observer is given to the model (``BureaucracyModel(..., observers=[...])``), which calls it; it changes nothing. The
one hook inside a day comes when all has been decided and before colleagues look at one another, so that officers still
are as they were when they decided.
"""

from typing import TYPE_CHECKING

from model.agencies.decision_log import Log

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


class Observer:
    """Looks at a model; a subclass overrides what it needs.

    >>> class Counted(Observer):
    ...     decisions = 0
    ...     def decided(self, model, log):
    ...         self.decisions += len(log.case)
    >>> from model import BureaucracyModel
    >>> counted = Counted()
    >>> model = BureaucracyModel("memo", scale=1.0, rng=1, world="two-desks", observers=[counted]).run()
    >>> model.recorder.outcomes()["decided"].sum() == counted.decisions
    np.True_
    """

    daily: bool = True
    """Whether it looks at the model day by day. One that reads nothing but the log and what never changes may say no:
    it is then shown many days at once (``log.day`` tells them apart) and no evening, and the run is as quick as one
    that nobody looks at."""

    def begin(self, model: "BureaucracyModel") -> None:
        """The model as it is built, before its first day."""

    def decided(self, model: "BureaucracyModel", log: Log) -> None:
        """The decisions of a day, or of several, one row each; cases that lapsed without one are left out."""

    def evening(self, model: "BureaucracyModel") -> None:
        """The model at the end of a day."""
