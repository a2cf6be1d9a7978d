"""What there is to see of a live run: each part a reactive value, so that only what changes is redrawn."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import solara

from viz.app.pages.live_run.player import Wanted
from viz.app.pages.live_run.staff_member import about
from viz.app.pages.live_run.watched_run import LiveRun, Staff


@dataclass(frozen=True)
class When:
    """Of which setup, on which day.

    Attributes:
        wanted: what was asked for.
        today: the day that has passed last.
        reached: whether it is the one asked for.
        finished: whether the watch is over.
    """

    wanted: Wanted
    today: date
    reached: bool
    finished: bool

    @property
    def state(self) -> str:
        """Setup, day and whether it is reached, in a text: for what waits until they are drawn."""
        setup = self.wanted.setup
        return " ".join([setup.scenario, *setup.settings, str(setup.seed), str(self.today), str(self.reached)])


@dataclass(frozen=True, eq=False)
class Drawn:
    """Rates to draw (as `experiments.rates.lately`) and the state that they are of."""

    rates: pd.DataFrame
    when: When


@dataclass(frozen=True)
class Coloured:
    """What everybody is coloured by, in the order of the staff, and the state that it is of."""

    staff: Staff
    values: tuple[float, ...]
    colour: str
    when: When


@dataclass(frozen=True)
class Screen:
    """All that is seen."""

    when: solara.Reactive[When | None] = field(default_factory=lambda: solara.reactive(None))
    people: solara.Reactive[Coloured | None] = field(default_factory=lambda: solara.reactive(None))
    rates: solara.Reactive[Drawn | None] = field(default_factory=lambda: solara.reactive(None))
    who: solara.Reactive[dict[str, Any] | None] = field(default_factory=lambda: solara.reactive(None))
    failed: solara.Reactive[Exception | None] = field(default_factory=lambda: solara.reactive(None))

    def show(self, run: LiveRun, wanted: Wanted, reached: bool) -> None:
        """Show a run as it stands."""
        when = When(wanted, run.today, reached, run.model.finished)
        still = reached and not wanted.playing
        self.failed.value = None
        self.people.value = Coloured(run.staff, run.values(wanted.colour, wanted.directive), wanted.colour, when)
        rates, before = run.rates(), self.rates.peek()
        if still or before is None or before.rates is not rates:
            self.rates.value = Drawn(rates, when)
        self.when.value = when
        if still or wanted.who:
            self.who.value = about(run, wanted.who, record=still)
