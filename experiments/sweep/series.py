"""Outcomes over time: what a run of a sweep gives by calendar week, month or quarter."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.sweep.outputs import KEPT, WHOLE, Job, Row, Totals, _measures, _shift, scenario_of
from experiments.twin import Pair, pair
from experiments.twin.join import WITH, WITHOUT
from experiments.twin.shift import shared
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.world.loader import load

Period = Literal["week", "month", "quarter"]
Days = npt.NDArray[np.datetime64]
Timed = tuple[date, Row]
"""The first day of a period, and a value of the run in it."""


@lru_cache(maxsize=1)
def made_by() -> str:
    """A hash of this file: series of another version are no part of a sweep."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


def first_days(days: npt.ArrayLike, period: Period) -> Days:
    """The first day of the period in which each day lies: a Monday, the first of a month, of a quarter of the year.

    >>> day = ["2012-05-17"]
    >>> [str(first_days(day, period)[0]) for period in ("week", "month", "quarter")]
    ['2012-05-14', '2012-05-01', '2012-04-01']
    """
    each = np.asarray(days, dtype="datetime64[D]")
    if period == "week":
        return each - ((each.astype(np.int64) + 3) % 7).astype("timedelta64[D]")  # 1 January 1970 was a Thursday
    months = each.astype("datetime64[M]").astype(np.int64)
    return (months - months % (3 if period == "quarter" else 1)).astype("datetime64[M]").astype("datetime64[D]")


def measure(job: Job, settings: Sequence[tuple[str, Any]], seed: int, period: Period) -> tuple[list[Row], list[Timed]]:
    """Run once, or a pair of worlds: what `experiments.sweep.outputs.measure` gives, and the same by period.

    Of one world its rates by stage; of a pair the shift by agency and by stage, from the directives' first day on.

    Raises:
        InputError: parameters that the world refuses.
    """
    world = load(Path(job.world), dict([*job.settings, *settings]))
    scenario = scenario_of(world, job)
    if job.outputs == ("rates",):
        over = OverTime(period)
        BureaucracyModel(scenario, job.scale, seed, world=world, observers=[over], tables=False).run()
        return list(over.rates()), list(over.series())
    one = pair(scenario, job.without, job.against, seed=seed, scale=job.scale, world=world)
    rows = [row for output in job.outputs for row in (_shift(one) if output == "shift" else _measures(one))]
    return rows, list(shift_over_time(one, period))


class OverTime(Totals):
    """Keeps what the days of each period add up to, and those of the whole run."""

    def __init__(self, period: Period) -> None:
        """By week, month or quarter."""
        self.period = period

    def begin(self, model: BureaucracyModel) -> None:
        """Nothing has been decided."""
        super().begin(model)
        days = np.arange(np.datetime64(model.start), np.datetime64(model.end) + 1)
        self.firsts, self._of_day = np.unique(first_days(days, self.period), return_inverse=True)
        self._parts = [Totals() for _ in self.firsts]
        for part in self._parts:
            part.begin(model)

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Add up decisions."""
        super().decided(model, log)
        periods = self._of_day[log.day]
        for at in np.unique(periods):
            self._parts[at].decided(model, Log._make(column[periods == at] for column in log))

    def series(self) -> Iterator[Timed]:
        """The rates of each period, in the order of time."""
        for first, part in zip(self.firsts.tolist(), self._parts, strict=True):
            yield from ((first, row) for row in part.rates())


def shift_over_time(one: Pair, period: Period) -> Iterator[Timed]:
    """The shift by agency and by stage in each period; a case is in that of its day with the directives."""
    sides = ["p" + WITH, "p" + WITHOUT]
    both = shared(one.decisions).astype(dict.fromkeys(sides, "float64"))
    first = pd.Series(first_days(both["day" + WITH].to_numpy(), period), both.index, name="period")
    for by in (["agency"], ["agency", "stage"]):
        groups = both.groupby([first, *by], observed=True)
        table = groups[sides].mean().set_axis(["rate_with", "rate_without"], axis=1)
        table["decisions"], table["shift"] = groups.size(), table["rate_with"] - table["rate_without"]
        for row in table.reset_index().to_dict("records"):
            for name in KEPT["shift"]:
                stage = str(row.get("stage", WHOLE))
                yield row["period"].date(), Row("shift", str(row["agency"]), stage, name, float(row[name]))
