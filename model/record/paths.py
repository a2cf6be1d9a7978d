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

OUTCOMES = ("unfavourable", "favourable", "not reached")
REASONS = (*TERM_NAMES, "notice", "law", "capacity", "time")
"""What decided: the term that weighed most towards the outcome, not being looked at, a law, a resource that was not to
be had, or time that ran out."""
BANDS = ("none", "under 5", "5 to 9", "10 to 17")
"""Age of the youngest child who came along; for a child, the child's own age."""

PARTS = ("area", "mix", "youngest_child", "serious", "charge", "stage", "outcome", "to", "reason")
"""What the key of a reason is made of, in the order of `model.day.counts.Shape.of_reasons`."""


class Paths:
    """What became of people, by month, stage, area, mix, child's age, charge, outcome, destination and reason."""

    def __init__(self, world: World, start: date, month: int, shape: Shape, counts: Counts) -> None:
        """Read the counts of a run that began on ``start`` and is in its ``month``-th month from then on."""
        self.world, self.start, self.month, self.shape, self.counts = world, start, month, shape, counts

    def table(self) -> pd.DataFrame:
        """One row a month x stage x area x mix x youngest child x serious x charge x outcome x destination x reason."""
        world, counts, places = self.world, self.counts, [*self.world.stages, *self.world.exits]
        open_now = counts.reasons[counts.reasons[:, 0] != FREE]
        closed, running = int(counts.months[0]), np.full(len(open_now), self.month)
        month = np.concatenate([counts.month[:closed], running])
        key = np.concatenate([counts.month_key[:closed], open_now[:, 0]])
        times = np.concatenate([counts.month_times[:closed], open_now[:, 1]])
        parts = dict(zip(PARTS, np.unravel_index(key, self.shape.of_reasons()), strict=True))
        names: dict[str, Sequence[str]] = {
            "stage": list(world.stages), "area": world.all_areas(), "mix": list(world.mixes), "youngest_child": BANDS,
            "serious": (), "charge": list(world.words.charges), "outcome": OUTCOMES, "to": places, "reason": REASONS,
        }  # fmt: skip
        order = np.lexsort([*(parts[name] for name in reversed(names)), month])
        first = np.datetime64(self.start.replace(day=1), "M")
        frame = pd.DataFrame({"month": (first + month[order]).astype("datetime64[s]")})
        for name, words in names.items():
            part = parts[name][order]
            frame[name] = named(part, words) if words else part.astype(np.bool_)
        frame["cases"] = times[order]
        return frame


def named(codes: npt.NDArray[Any], names: Sequence[str]) -> pd.Categorical:
    """Codes with their names."""
    kind: pd.CategoricalDtype = pd.CategoricalDtype(list(names))
    return pd.Categorical.from_codes(codes, dtype=kind)
