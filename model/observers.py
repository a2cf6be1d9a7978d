"""Whoever looks at a model while it runs, and keeps what it wants of it.

An observer is given to the model (``BureaucracyModel(..., observers=[...])``), which calls it; it changes nothing. The
one hook inside a day comes when all has been decided and before the evening, so that officers still
are as they were when they decided.
"""

from typing import TYPE_CHECKING

from model.agencies.decision_log import LAPSED, Log, log_of
from model.rule.terms import TERMS

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

FEWEST, MONTH = 4, 30
AT_ONCE = 20_000
"""Days whose decisions are kept until somebody is shown them: a month's, or fewer where these are more rows."""


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


def show(model: "BureaucracyModel", log: Log, rows: int) -> None:
    """Show what has been decided, before the evening; a trace keeps it."""
    if model.recorder.trace:
        model.recorder.decisions(model.today, rows, log, model.cases, list(model.world.mixes))
    shown = Log._make(column[:rows].copy() for column in log)
    if log is model.log:
        shown.day[:] = model.day
    if (shown.track == LAPSED).any():
        shown = Log._make(column[shown.track != LAPSED] for column in shown)
    for observer in model.observers:
        observer.decided(model, shown)


def show_kept(model: "BureaucracyModel", rows: int) -> None:
    """Show the logs of days that nobody has looked at yet, and make room for some with as many rows as today's."""
    show(model, model.kept, int(model.rows[1]))
    model.rows[1] = 0
    room = max(FEWEST * rows, min(MONTH * rows, AT_ONCE))
    if room > len(model.kept.case):
        model.kept = log_of(2 * room, len(TERMS))
