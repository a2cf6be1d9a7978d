"""Plays a run: a thread a visitor, which steps it, restarts it when a lever moves, and stops with the page.

A lever of a directive changes nothing before the directive's first day. So a copy of the run is kept on the eve of
each, and a lever that is moved costs the days since that eve and not those since the beginning.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Condition, Thread
from time import monotonic

from viz.app.pages.live_run.watched_run import LiveRun, Setup

TICK = 0.1
"""Seconds between two frames while it plays."""
AHEAD = 0.3
"""Seconds that a page waits at the most, before it draws the rest of itself."""
GLIMPSE = 0.12
"""Seconds of going forward after which what has been reached is shown."""


@dataclass(frozen=True)
class Wanted:
    """What the visitor wants to see.

    Attributes:
        setup: of the run.
        day: on which it is to be seen.
        playing: whether it goes on by itself.
        pace: at how many days a second.
        colour, directive, who: what everybody is coloured by, which directive is looked at, who has been picked.
    """

    setup: Setup
    day: date
    playing: bool = False
    pace: int = 10
    colour: str = "exposure"
    directive: str = ""
    who: str = ""


class Player:
    """Brings the run to what is wanted, and says so through ``show``."""

    def __init__(
        self, wanted: Wanted, show: Callable[[LiveRun, Wanted, bool], None], fail: Callable[[Exception], None]
    ):
        """Nothing happens before `start`.

        Args:
            wanted: at first.
            show: told the run, what was wanted and whether it has been reached; called from the player's thread.
            fail: told what went wrong; the player then waits for something else to be wanted.
        """
        self.wanted = wanted
        self._show, self._fail = show, fail
        self._wake = Condition()
        self._ended = False
        self._reached: Wanted | None = None
        self._run: LiveRun | None = None
        self._eves: dict[date, LiveRun] = {}
        self._due, self._before = 0.0, 0.0

    def start(self) -> None:
        """Begin to play."""
        Thread(target=self._work, daemon=True, name="player").start()

    def end(self) -> None:
        """Stop for good."""
        with self._wake:
            self._ended = True
            self._wake.notify_all()

    def change(self, **changes: object) -> None:
        """Something of what is wanted is otherwise from now on; a day that has been reached stays reached."""
        with self._wake:
            self.wanted = replace(self.wanted, **changes)  # type: ignore[arg-type]
            self._wake.notify_all()

    def ahead(self, **changes: object) -> None:
        """The same, for a page that waits until it is shown: what moves the run is seen before what is said beside."""
        self.change(**changes)
        with self._wake:
            self._wake.wait_for(lambda: self._reached == self.wanted or self._ended, AHEAD)

    def _work(self) -> None:
        while not self._ended:
            wanted = self.wanted
            if wanted == self._reached and not wanted.playing:
                with self._wake:
                    if wanted == self.wanted and not self._ended:
                        self._wake.wait()
                continue
            try:
                reached = self._tick(wanted) if wanted == self._reached else self._reach(wanted)
            except Exception as error:  # whatever it is, the visitor is told, and the thread lives on
                self._fail(error)
                self.change(playing=False)
                reached = replace(wanted, playing=False)
            with self._wake:
                self._reached = reached
                self._wake.notify_all()

    def _reach(self, wanted: Wanted) -> Wanted | None:
        """Come to the wanted day; gives up, with what has been reached shown, when something else is wanted."""
        run = self._run
        if run is None or run.setup != wanted.setup or run.today > wanted.day:
            run = self._run = self._begun(wanted)
        since = monotonic()
        while run.today < wanted.day and not run.model.finished:
            self._go_on(run, wanted.day)
            if self.wanted is not wanted or self._ended:
                return None
            if monotonic() - since > GLIMPSE:
                self._show(run, wanted, False)
                since = monotonic()
        self._show(run, wanted, True)
        self._due, self._before = 0.0, monotonic()
        return wanted

    def _begun(self, wanted: Wanted) -> LiveRun:
        """A run of what is wanted: from the last evening that its past is known to, or else from the beginning."""
        known = [run for run in (self._run, *self._eves.values()) if run is not None and run.today <= wanted.day]
        for run in sorted(known, key=lambda run: run.today, reverse=True):
            if run.leads_to(wanted.setup):
                return run.branch(wanted.setup)
        self._eves.clear()
        return LiveRun(wanted.setup)

    def _go_on(self, run: LiveRun, until: date) -> None:
        """Towards a day; on the eve of a directive a copy is kept, since its levers change nothing before."""
        run.go_on(until)
        if run.eve:
            self._eves[run.today] = run.branch(run.setup)

    def _tick(self, wanted: Wanted) -> Wanted | None:
        """A frame of play: as many days as are due since the last; returns what is wanted from then on.

        None if another run or day is wanted by then: it has not been reached.
        """
        run, began = self._run, monotonic()
        assert run is not None, "what is shown has been reached"
        self._due = min(self._due + wanted.pace * max(TICK, began - self._before), wanted.pace)
        self._before = began
        while self._due >= 1.0 and not run.model.finished:
            before = run.today
            self._go_on(run, before + timedelta(days=int(self._due)))
            self._due -= (run.today - before).days
        over = run.model.finished
        with self._wake:
            if (self.wanted.setup, self.wanted.day) != (wanted.setup, wanted.day):
                return None
            moved = self.wanted = replace(self.wanted, day=run.today, playing=self.wanted.playing and not over)
        self._show(run, moved, True)
        with self._wake:
            self._wake.wait(max(0.0, TICK - (monotonic() - began)))
        return moved


def days_on(day: date, days: int, last: date) -> date:
    """So many days on, but not beyond the last."""
    return min(day + timedelta(days=days), last)
