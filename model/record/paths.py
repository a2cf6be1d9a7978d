"""Which way people went and what decided it, month by month: a count of decisions and of what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.agencies.decision_log import LAPSED, Log
from model.cases.columns import Cases
from model.rule.terms import TERM_NAMES
from model.schema import World
from model.schema.vocabulary import CHARGES, LEVELS

OUTCOMES = ("unfavourable", "favourable", "not reached")
REASONS = (*TERM_NAMES, "notice", "law", "capacity", "time")
"""What decided: the term that weighed most towards the outcome, not being looked at, a law, a resource that was not to
be had, or time that ran out."""
BANDS = ("none", "under 5", "5 to 9", "10 to 17")
"""Age of the youngest child who came along; for a child, the child's own age."""
SERIOUS = LEVELS.index("level-2")
"""A conviction of this level (a felony) or a graver one makes a person a serious offender, as does a gang."""


class Paths:
    """Counts what became of people, by month, stage, area, mix, child's age, charge, outcome, destination, reason."""

    def __init__(self, world: World) -> None:
        """Nothing is counted yet."""
        self.world = world
        self._followers = np.array([mix.leader is not None for mix in world.mixes.values()], dtype=np.bool_)
        places = [*world.stages, *world.exits]
        self._shape = (len(world.stages), len(world.all_areas()), len(world.mixes), len(BANDS), 2, len(CHARGES),
                       len(OUTCOMES), len(places), len(REASONS))  # fmt: skip
        self._places = places
        self._month: list[npt.NDArray[np.int64]] = []
        self._current: date | None = None
        self._kept: list[tuple[date, npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []

    def past(self) -> list[object]:
        """What has been counted so far, none of which is changed any more."""
        return [*self._month, *self._kept]

    def keep(self, day: date, rows: int, log: Log, cases: Cases) -> None:
        """Count the decisions of a day."""
        month = day.replace(day=1)
        if month != self._current:
            self._close()
            self._current = month
        if not rows:
            return
        case = log.case[:rows]
        lapsed = log.track[:rows] == LAPSED
        outcome = np.where(lapsed, 2, log.favourable[:rows].astype(np.int64))
        serious = (cases.level[case] >= SERIOUS) | cases.gang[case]
        index = (log.stage[:rows], cases.area[case], cases.mix[case], self._band(cases, case), serious,
                 cases.charge[case], outcome, log.to[:rows], _reason(rows, log, outcome))  # fmt: skip
        self._month.append(np.ravel_multi_index([np.asarray(part, dtype=np.int64) for part in index], self._shape))

    def _band(self, cases: Cases, case: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        own = self._followers[cases.mix[case]]
        years = np.where(own, cases.age[case], cases.youngest_child[case])
        return np.where(years < 0, 0, 1 + np.searchsorted((4, 9), years, side="left")).astype(np.int64)

    def _close(self) -> None:
        if self._month and self._current is not None:
            self._kept.append((self._current, *np.unique(np.concatenate(self._month), return_counts=True)))
            self._month = []

    def table(self) -> pd.DataFrame:
        """One row a month x stage x area x mix x youngest child x serious x charge x outcome x destination x reason."""
        self._close()
        codes = np.concatenate([part[1] for part in self._kept]) if self._kept else np.zeros(0, dtype=np.int64)
        counts = [part[2] for part in self._kept]
        index = np.unravel_index(codes, self._shape)
        months = np.array([part[0] for part in self._kept], dtype="datetime64[s]")
        frame = pd.DataFrame({"month": np.repeat(months, [len(count) for count in counts])})
        names: list[tuple[str, Sequence[str]]] = [
            ("stage", list(self.world.stages)), ("area", self.world.all_areas()), ("mix", list(self.world.mixes)),
            ("youngest_child", BANDS), ("serious", ()), ("charge", CHARGES), ("outcome", OUTCOMES),
            ("to", self._places), ("reason", REASONS),
        ]  # fmt: skip
        for (name, words), part in zip(names, index, strict=True):
            frame[name] = named(part, words) if words else part.astype(np.bool_)
        frame["cases"] = np.concatenate(counts) if counts else np.zeros(0, dtype=np.int64)
        return frame


def _reason(rows: int, log: Log, outcome: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """What decided each row of a log; see `REASONS`."""
    sign = np.where(outcome > 0, 1.0, -1.0)
    weightiest = np.argmax(log.terms[:rows] * sign[:, None], axis=1)
    reason = np.where((outcome == 0) & ~log.noticed[:rows], REASONS.index("notice"), weightiest)
    reason = np.where(log.bound[:rows] != 0, REASONS.index("law"), reason)
    reason = np.where(log.short[:rows], REASONS.index("capacity"), reason)
    return np.where(outcome == 2, REASONS.index("time"), reason)


def named(codes: npt.NDArray[Any], names: Sequence[str]) -> pd.Categorical:
    """Codes with their names."""
    kind: pd.CategoricalDtype = pd.CategoricalDtype(list(names))
    return pd.Categorical.from_codes(codes.astype(np.int64), dtype=kind)
