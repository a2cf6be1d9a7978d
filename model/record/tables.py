"""What is kept of a run: tidy tables, counted week by week, and every decision where that is asked for."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.agencies.decision_log import LAPSED, Log
from model.agencies.officers import office_names
from model.cases.columns import Cases
from model.cases.draws import Floats
from model.compiled import compiled
from model.day.pools import Pools
from model.day.pools import names as pool_names
from model.record.paths import Paths, named
from model.rule.terms import TERM_NAMES
from model.schema import World
from model.schema.vocabulary import CHARGES, LEVELS

MEASURES = ("decided", "favourable", "noticed", "hours")


class Tally(NamedTuple):
    """Counts of the running week.

    ``decisions`` is stages x offices x levels x charges x lawyer x custody x measures; ``flows`` is stages x outcome x
    destination x levels x charges.
    """

    decisions: Floats
    flows: npt.NDArray[np.int64]


@compiled
def count(rows: int, log: Log, office: npt.NDArray[np.int64], cases: Cases, tally: Tally) -> None:
    """Add a day's decisions to the running week."""
    for row in range(rows):
        case, stage = log.case[row], log.stage[row]
        level, charge = cases.level[case], cases.charge[case]
        lawyer, custody = int(cases.lawyer[case]), int(log.custody[row])
        tally.flows[stage, int(log.favourable[row]), log.to[row], level, charge] += 1
        if log.track[row] == LAPSED:
            continue
        cell = tally.decisions[stage, office[log.officer[row]], level, charge, lawyer, custody]
        cell[0] += 1.0
        if log.favourable[row]:
            cell[1] += 1.0
        if log.noticed[row]:
            cell[2] += 1.0
        cell[3] += log.hours[row]


class Recorder:
    """Collects the tables of one run."""

    def __init__(self, world: World, trace: bool) -> None:
        """Nothing is recorded yet; ``trace`` keeps every decision."""
        self.world = world
        self.trace = trace
        self._offices = office_names(world)
        places = len(world.stages) + len(world.exits)
        self.tally = Tally(
            np.zeros((len(world.stages), len(self._offices), len(LEVELS), len(CHARGES), 2, 2, len(MEASURES))),
            np.zeros((len(world.stages), 2, places, len(LEVELS), len(CHARGES)), dtype=np.int64),
        )
        self._weeks: list[date] = []
        self._cells: list[tuple[npt.NDArray[np.int64], Floats]] = []
        self._flows: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []
        self._resources: list[dict[str, object]] = []
        self._traced: list[pd.DataFrame] = []
        self.paths = Paths(world)

    def past(self) -> list[object]:
        """What has been kept so far, none of which is changed any more."""
        return [*self._cells, *self._flows, *self._resources, *self._traced, *self.paths.past()]

    def close_week(self, week: date) -> None:
        """Keep the counts of the week that began on ``week``, and begin anew."""
        decisions, flows = self.tally
        shape = decisions.shape
        flat = decisions.reshape(-1, len(MEASURES))
        at = np.flatnonzero(flat[:, 0])
        self._cells.append((np.array(np.unravel_index(at, shape[:-1])).T, flat[at].copy()))
        where = np.flatnonzero(flows)
        self._flows.append((np.array(np.unravel_index(where, flows.shape)).T, flows.reshape(-1)[where].copy()))
        self._weeks.append(week)
        decisions[:] = 0.0
        flows[:] = 0

    def resources(self, day: date, pools: Pools, waiting: dict[str, int]) -> None:
        """Keep a week of resources, and the cases waiting at each stage at its end; the week's counts begin anew."""
        for at, (name, area) in enumerate(pool_names(self.world)):
            has, uses = float(pools.amount[at]), float(pools.used[at])
            if pools.flow[at]:
                has, uses = 7 * has, round(pools.spent[at])
            self._resources.append(
                {"day": day, "what": name, "kind": self.world.resources[name].kind, "amount": has, "used": int(uses),
                 "over": max(0.0, uses - has), "area": area, "days": int(pools.days[at]),
                 "days_over": float(pools.over[at])}
            )  # fmt: skip
        for name, cases in waiting.items():
            self._resources.append(
                {"day": day, "what": name, "kind": "waiting", "amount": np.nan, "used": cases, "over": 0.0, "area": "",
                 "days": 0, "days_over": 0.0}
            )  # fmt: skip
        for column in (pools.spent, pools.days, pools.over):
            column[:] = 0

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
        index, values, weeks = self._stacked(self._cells, after)
        names = [unit for unit, _ in self._offices]
        agencies = [unit.split(".")[0] for unit in names]
        frame = pd.DataFrame({"week": weeks})
        frame["stage"] = named(index[:, 0], list(self.world.stages))
        frame["agency"] = pd.Categorical(np.array(agencies)[index[:, 1]], categories=list(self.world.agencies))
        frame["unit"] = pd.Categorical(np.array(names)[index[:, 1]], categories=self.world.units())
        frame["office"] = pd.Categorical(np.array([office for _, office in self._offices])[index[:, 1]])
        frame["level"] = named(index[:, 2], LEVELS)
        frame["charge"] = named(index[:, 3], CHARGES)
        frame["lawyer"] = index[:, 4].astype(np.bool_)
        frame["custody"] = index[:, 5].astype(np.bool_)
        for at, measure in enumerate(MEASURES):
            frame[measure] = values[:, at] if measure == "hours" else values[:, at].astype(np.int64)
        return frame

    def flows(self) -> pd.DataFrame:
        """One row a week x stage x outcome x destination x conviction level x charge, with the cases that went."""
        index, values, weeks = self._stacked(self._flows)
        frame = pd.DataFrame({"week": weeks})
        frame["stage"] = named(index[:, 0], list(self.world.stages))
        frame["favourable"] = index[:, 1].astype(np.bool_)
        frame["to"] = named(index[:, 2], [*self.world.stages, *self.world.exits])
        frame["level"] = named(index[:, 3], LEVELS)
        frame["charge"] = named(index[:, 4], CHARGES)
        frame["cases"] = values.astype(np.int64)
        return frame

    def resource_table(self) -> pd.DataFrame:
        """One row a week and resource (in each area that has its own) or waiting stage.

        ``amount``, ``used`` and ``over`` are those of the last day of the week; of a flow, those of the whole week.
        ``days`` are the unit-days in use in the week, ``days_over`` those above the amount.
        """
        columns = ["day", "what", "kind", "amount", "used", "over", "area", "days", "days_over"]
        frame = pd.DataFrame(self._resources, columns=columns)
        frame["day"] = pd.to_datetime(frame["day"])
        return frame

    def traced(self) -> pd.DataFrame:
        """Every decision with its terms; empty unless the run kept them."""
        return pd.concat(self._traced, ignore_index=True) if self._traced else pd.DataFrame()

    def _stacked(
        self, every: list[tuple[npt.NDArray[np.int64], npt.NDArray[Any]]], after: int = 0
    ) -> tuple[Any, Any, Any]:
        """The index, the values and the week of every row kept, the weeks one below the other."""
        parts = every[after:]
        if not parts:
            return np.zeros((0, 6), dtype=np.int64), np.zeros((0, len(MEASURES))), pd.Series(dtype="datetime64[s]")
        weeks = np.repeat(np.array(self._weeks[after:], dtype="datetime64[s]"), [len(index) for index, _ in parts])
        return np.concatenate([i for i, _ in parts]), np.concatenate([v for _, v in parts]), weeks


def monday(day: date) -> date:
    """The Monday of a day's week.

    >>> monday(date(2011, 6, 17))
    datetime.date(2011, 6, 13)
    """
    return day - timedelta(days=day.weekday())
