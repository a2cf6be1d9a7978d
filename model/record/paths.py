"""Which way people went and what decided it, month by month: a count of decisions and of what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.day.counts import FREE, Counts, Shape
from model.rule.terms import TERM_NAMES
from model.schema import World
from model.schema.vocabulary import CHARGES

OUTCOMES = ("unfavourable", "favourable", "not reached")
REASONS = (*TERM_NAMES, "notice", "law", "capacity", "time")
"""What decided: the term that weighed most towards the outcome, not being looked at, a law, a resource that was not to
be had, or time that ran out."""
BANDS = ("none", "under 5", "5 to 9", "10 to 17")
"""Age of the youngest child who came along; for a child, the child's own age."""


class Paths:
    """What became of people, by month, stage, area, mix, child's age, charge, outcome, destination and reason."""

    def __init__(self, world: World, start: date, shape: Shape, counts: Counts) -> None:
        """Read the counts of a run that began on ``start``."""
        self.world, self.start, self.shape, self.counts = world, start, shape, counts

    def table(self) -> pd.DataFrame:
        """One row a month x stage x area x mix x youngest child x serious x charge x outcome x destination x reason."""
        world, sizes = self.world, self.shape.of_reasons()
        there = np.flatnonzero(self.counts.keys != FREE)
        there = there[np.argsort(self.counts.keys[there])]
        months, codes = np.divmod(self.counts.keys[there], np.prod(sizes))
        first = np.datetime64(self.start.replace(day=1), "M")
        frame = pd.DataFrame({"month": (first + months).astype("datetime64[s]")})
        names: list[tuple[str, Sequence[str]]] = [
            ("stage", list(world.stages)), ("area", world.all_areas()), ("mix", list(world.mixes)),
            ("youngest_child", BANDS), ("serious", ()), ("charge", CHARGES), ("outcome", OUTCOMES),
            ("to", [*world.stages, *world.exits]), ("reason", REASONS),
        ]  # fmt: skip
        for (name, words), part in zip(names, np.unravel_index(codes, sizes), strict=True):
            frame[name] = named(part, words) if words else part.astype(np.bool_)
        frame["cases"] = self.counts.times[there]
        return frame


def named(codes: npt.NDArray[Any], names: Sequence[str]) -> pd.Categorical:
    """Codes with their names."""
    kind: pd.CategoricalDtype = pd.CategoricalDtype(list(names))
    return pd.Categorical.from_codes(codes, dtype=kind)
