"""A run that can be watched: built from a setup, taken forward day by day, and its rates as they happen."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from experiments.rates import lately
from experiments.staff import culture, exposure, people
from model import BureaucracyModel
from model.branching import branched, shares_its_past
from model.schema import World
from viz.app.shown_world import per_world, world_of

SUNDAY = 6
GROUPS = ["week", "agency", "stage"]
AT_ONCE = 14
"""Days that a run takes at once; after them something else may be wanted."""
WEEKS = 8
"""Weeks that a rate is taken over."""


@dataclass(frozen=True)
class Setup:
    """What makes a run: the same setup gives the same run, to the last decision."""

    scenario: str
    settings: tuple[str, ...] = ()
    seed: int = 1
    scale: float = 0.005
    own: str = ""

    @property
    def world(self) -> World:
        """The world with the settings, and with the visitor's own scenario."""
        return world_of(self.settings, self.own)

    def model(self) -> BureaucracyModel:
        """The model on the evening before the first day."""
        return BureaucracyModel(self.scenario, self.scale, self.seed, world=self.world)


class Staff:
    """Who there is (`experiments.staff.people`), known by who reports to whom: two alike are equal."""

    def __init__(self, table: pd.DataFrame) -> None:
        """The people of a model."""
        self.table = table
        self._key = tuple(table["above"])

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Staff) and self._key == other._key


class LiveRun:
    """A model with its weekly counts so far."""

    def __init__(self, setup: Setup) -> None:
        """Build the model; no day has passed."""
        self.setup = setup
        self.model = setup.model()
        self.staff = Staff(people(self.model))
        self._closed = 0
        self._new = False
        self._counts: list[pd.DataFrame] = []
        self._rates = pd.DataFrame(columns=["agency", "stage", "week", "decided", "favourable", "rate", "low", "high"])

    @property
    def today(self) -> date:
        """The day that has passed last; before the first, the evening before."""
        return self.model.today

    def go_on(self, until: date) -> None:
        """To the evening of a day, or to one before it: the next eve of a directive, or some weeks on."""
        starts, day = self.model.lines.texts.start, self.model.day
        ahead = [(until - self.today).days, AT_ONCE, *(int(start) - 1 - day for start in starts)]
        days = min(number for number in ahead if number > 0)
        sundays = (self.today.weekday() + 1) % 7 + days >= 7
        self.model.run(days=days)
        self._new = self._new or sundays or self.model.finished

    @property
    def eve(self) -> bool:
        """Whether a directive begins tomorrow."""
        texts = self.model.lines.texts
        return bool((texts.start == self.model.day + 1).any())

    def leads_to(self, setup: Setup) -> bool:
        """Whether the run of another setup was the same until tonight."""
        here, there = ((one.scenario, one.seed, one.scale, one.own) for one in (self.setup, setup))
        return here == there and (self.setup == setup or shares_its_past(self.model, setup.world))

    def branch(self, setup: Setup) -> "LiveRun":
        """The run of that other setup, tonight; this one is left as it is."""
        other = copy(self)
        other.setup, other.model, other._counts = setup, branched(self.model, setup.world), self._counts.copy()
        return other

    def rates(self) -> pd.DataFrame:
        """The rates of the last weeks (`experiments.rates.lately`); the same table until a week is over."""
        if self._new:
            self._new = False
            fresh = self.model.recorder.outcomes(after=self._closed)
            self._closed += fresh["week"].nunique()
            counted = fresh.groupby(GROUPS, observed=True)[["decided", "favourable"]].sum().reset_index()
            self._counts.append(counted)
            self._rates = lately(pd.concat(self._counts, ignore_index=True), WEEKS)
        return self._rates

    def values(self, colour: str, directive: str) -> tuple[float, ...]:
        """What everybody is coloured by, in the order of the staff."""
        shown = culture(self.model) if colour == "culture" else exposure(self.model, directive)
        return tuple(shown.round(3).tolist())


@per_world(most=16)
def reference(setup: Setup) -> pd.DataFrame:
    """The rates of a whole run, week by week; kept, since many visitors compare with the same."""
    outcomes = setup.model().run().recorder.outcomes()
    return lately(outcomes, WEEKS)


def until(rates: pd.DataFrame, day: date) -> pd.DataFrame:
    """The weeks that are over on a day."""
    return rates[rates["week"] <= pd.Timestamp(day - timedelta(days=SUNDAY))] if len(rates) else rates
