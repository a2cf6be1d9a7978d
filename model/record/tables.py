"""What is kept of a run: tidy tables, counted week by week, and every decision where that is asked for."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.agencies.decision_log import LAPSED, Log
from model.agencies.officers import office_names
from model.cases.columns import Cases
from model.day.counts import MEASURES, Counts, Shape, counts, grown, shape
from model.day.pools import names as pool_names
from model.record.paths import Paths, named
from model.rule.terms import TERM_NAMES
from model.schema import World

Numbers = npt.NDArray[np.int64]


class Recorder:
    """The tables of one run, made of what it counts.

    Attributes:
        shape, counts: what is counted (`model.day.counts`).
        trace: whether every decision is kept.
    """

    def __init__(self, world: World, start: date, end: date, trace: bool) -> None:
        """Nothing is counted yet of the days from ``start`` to ``end``."""
        self.world, self.start, self.end, self.trace = world, start, end, trace
        self._offices = office_names(world)
        days = (end - start).days + 1
        weeks = (monday(end) - monday(start)).days // 7 + 1
        self.shape: Shape = shape(world, len(self._offices), len(TERM_NAMES))
        self.counts: Counts = counts(self.shape, days, weeks, len(pool_names(world)), len(world.agencies))
        self._traced: list[pd.DataFrame] = []

    def grow(self, rows: int) -> None:
        """Make room for a day of so many decisions."""
        self.counts = grown(self.counts, rows)

    def past(self) -> list[object]:
        """What has been kept so far, none of which is changed any more."""
        return list(self._traced)

    @property
    def paths(self) -> Paths:
        """What became of people, and why."""
        return Paths(self.world, self.start, int(self.counts.kept[1]), self.shape, self.counts)

    @property
    def weeks(self) -> npt.NDArray[np.datetime64]:
        """The Mondays of the weeks that are closed."""
        first = np.datetime64(monday(self.start), "s")
        return first + np.timedelta64(7, "D") * np.arange(int(self.counts.weeks[0]))

    def decisions(self, day: date, rows: int, log: Log, cases: Cases, mixes: list[str]) -> None:
        """Keep every decision of a day, if that is asked for."""
        if not self.trace or not rows:
            return
        decided = np.flatnonzero(log.track[:rows] != LAPSED)
        log, rows = Log._make(column[decided] for column in log), len(decided)
        stages, places = list(self.world.stages), [*self.world.stages, *self.world.exits]
        case, stage = log.case[:rows], log.stage[:rows]
        frame = pd.DataFrame(
            {
                "day": pd.Timestamp(day),
                "case": case,
                "mix": named(cases.mix[case], mixes),
                "number": cases.number[case],
                "arrival": cases.arrival[case],
                "stage": named(stage, stages),
                "officer": log.officer[:rows].copy(),
                "ordered": log.track[:rows].astype(np.bool_),
                "round": log.round[:rows].copy(),
                "favourable": log.favourable[:rows].copy(),
                "noticed": log.noticed[:rows].copy(),
                "to": named(log.to[:rows], places),
                "hours": log.hours[:rows].copy(),
                "p": log.p[:rows].copy(),
                "notice": log.notice[:rows].copy(),
                "judgment": log.judgment[:rows].copy(),
                "bound": log.bound[:rows].copy(),
                **{term: log.terms[:rows, at].copy() for at, term in enumerate(TERM_NAMES)},
            }
        )
        self._traced.append(frame)

    def outcomes(self, after: int = 0) -> pd.DataFrame:
        """One row a week x stage x agency x office x conviction level x charge x lawyer x custody.

        Args:
            after: leave out as many of the first weeks, for whoever has seen them.
        """
        weeks, order = self._ordered(0, self.counts.week_cell, after)
        index = np.unravel_index(self.counts.week_cell[order], self.shape.of_decisions())
        values = self.counts.week_values[order]
        units, agencies = self.world.units(), list(self.world.agencies)
        unit_of = np.array([units.index(unit) for unit, _ in self._offices])
        agency_of = np.array([agencies.index(unit.split(".")[0]) for unit, _ in self._offices])
        offices = sorted({self._offices[at][1] for at in np.unique(index[1]).tolist()})
        place_of = np.array([offices.index(name) if name in offices else -1 for _, name in self._offices])
        frame = pd.DataFrame({"week": weeks})
        frame["stage"] = named(index[0], list(self.world.stages))
        frame["agency"] = named(agency_of[index[1]], agencies)
        frame["unit"] = named(unit_of[index[1]], units)
        frame["office"] = named(place_of[index[1]], offices)
        frame["level"] = named(index[2], list(self.world.words.levels))
        frame["charge"] = named(index[3], list(self.world.words.charges))
        frame["lawyer"] = index[4].astype(np.bool_)
        frame["custody"] = index[5].astype(np.bool_)
        for at, measure in enumerate(MEASURES):
            frame[measure] = values[:, at] if measure == "hours" else values[:, at].astype(np.int64)
        return frame

    def flows(self) -> pd.DataFrame:
        """One row a week x stage x outcome x destination x mix x level x charge, with the cases that went."""
        weeks, order = self._ordered(1, self.counts.week_flow)
        index = np.unravel_index(self.counts.week_flow[order], self.shape.of_flows())
        frame = pd.DataFrame({"week": weeks})
        frame["stage"] = named(index[0], list(self.world.stages))
        frame["favourable"] = index[1].astype(np.bool_)
        frame["to"] = named(index[2], [*self.world.stages, *self.world.exits])
        frame["mix"] = named(index[3], list(self.world.mixes))
        frame["level"] = named(index[4], list(self.world.words.levels))
        frame["charge"] = named(index[5], list(self.world.words.charges))
        frame["cases"] = self.counts.week_cases[order]
        return frame

    def resource_table(self) -> pd.DataFrame:
        """One row a week and resource (in each area that has its own) or waiting stage.

        ``amount``, ``used`` and ``over`` are those of the last day of the week; of a flow, those of the whole week.
        ``days`` are the unit-days in use in the week, ``days_over`` those above the amount.
        """
        counts, weeks = self.counts, int(self.counts.weeks[0])
        pools, stages = pool_names(self.world), list(self.world.stages)
        kinds = [self.world.resources[name].kind for name, _ in pools]
        flow = np.array([kind == "flow" for kind in kinds], dtype=np.bool_)
        amount = np.where(flow, 7 * counts.amount[:weeks], counts.amount[:weeks])
        used = np.where(flow, np.rint(counts.spent[:weeks]), counts.used[:weeks])
        nothing = np.zeros((weeks, len(stages)))

        def column(of_pools: npt.NDArray[np.generic], of_stages: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
            return np.hstack([of_pools, of_stages]).ravel()

        last = np.minimum(self.weeks + np.timedelta64(6, "D"), np.datetime64(self.end, "s"))
        return pd.DataFrame(
            {
                "day": np.repeat(last, len(pools) + len(stages)),
                "what": [*(name for name, _ in pools), *stages] * weeks,
                "kind": [*kinds, *("waiting" for _ in stages)] * weeks,
                "amount": column(amount, np.full_like(nothing, np.nan)),
                "used": column(used, counts.present[:weeks]).astype(np.int64),
                "over": column(np.maximum(0.0, used - amount), nothing),
                "area": [*(area for _, area in pools), *("" for _ in stages)] * weeks,
                "days": column(counts.days[:weeks], nothing).astype(np.int64),
                "days_over": column(counts.over[:weeks], nothing),
            }
        )

    def traced(self) -> pd.DataFrame:
        """Every decision with its terms; empty unless the run kept them."""
        return pd.concat(self._traced, ignore_index=True) if self._traced else pd.DataFrame()

    def _ordered(
        self, kind: int, cells: npt.NDArray[np.int32], after: int = 0
    ) -> tuple[npt.NDArray[np.datetime64], Numbers]:
        """The week of every row of decisions (0) or flows (1), and the rows in the order of weeks and cells."""
        closed = int(self.counts.weeks[0])
        ends = self.counts.ends[min(after, closed) : closed + 1, kind]
        week = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        order = np.argsort(week * (1 + int(cells.max(initial=0))) + cells[ends[0] : ends[-1]])
        return np.repeat(self.weeks[after:], np.diff(ends)), ends[0] + order


def monday(day: date) -> date:
    """The Monday of a day's week.

    >>> monday(date(2011, 6, 17))
    datetime.date(2011, 6, 13)
    """
    return day - timedelta(days=day.weekday())
