"""Scenario discovery: in which corner of the parameter space does an outcome fail what is asked of it?

The patient rule induction method (PRIM; Friedman and Fisher 1999; for policy Bryant and Lempert 2010), as the EMA
Workbench has it, peels a box off the space, a thin slice at a time, in which failures are ever denser.
"""

import operator
import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.extras import not_installed, workbench
from experiments.ordering import ordered
from experiments.sensitivity.sample import Sample
from model.errors import InputError

DENSE = 0.8
"""Of the boxes on the way, the first in which this share of the points fails; else the densest."""
ANY = 1e-9
"""The Workbench takes points at or above its threshold for failing, and keeps no box less dense than it."""
COMPARED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@dataclass(frozen=True)
class Corner:
    """A box of the parameter space in which an outcome fails.

    Attributes:
        condition: what counts as failing.
        failing, points: how many of the points fail, of how many.
        limits: ``factor``, ``from``, ``to`` (texts of values, where they are no numbers), ``lowest`` and ``highest``
            of the design, ``chance`` (the p-value of this limit).
        coverage: share of all failures that lie in the box; ``density``: share of the points in it that fail;
            ``mass``: share of all points that lie in it.
        unseen: density of boxes found on half of the points, among the other half: what a box is worth elsewhere.
        path: ``coverage``, ``density``, ``mass`` of every box on the way, and which was ``chosen``.
        cases: the points: their values, and whether they are ``failing``.
    """

    condition: str
    failing: int
    points: int
    limits: pd.DataFrame = field(repr=False)
    coverage: float
    density: float
    mass: float
    unseen: float
    path: pd.DataFrame = field(repr=False)
    cases: pd.DataFrame = field(repr=False)

    def words(self) -> str:
        """What the box holds, in points, and what it is worth elsewhere."""
        inside, held = round(self.mass * self.points), round(self.coverage * self.failing)
        unseen = ("no such box holds a point that it was not fitted to" if np.isnan(self.unseen)
                  else f"of points that such a box was not fitted to, {self.unseen:.0%} fail")  # fmt: skip
        return (
            f"{self.failing:,} of {self.points:,} points fail. The box holds {inside:,} points, and {held:,} of them "
            f"fail; {unseen}."
        )


def condition_of(text: str) -> tuple[str, str, float]:
    """Target, comparison and threshold of a condition.

    >>> condition_of("shift.ice < 0.005")
    ('shift.ice', '<', 0.005)
    """
    parts = re.fullmatch(r"\s*(\S+?)\s*(<=|>=|<|>)\s*([-+.\deE]+)\s*", text)
    try:
        if parts:
            return parts[1], parts[2], float(parts[3])
    except ValueError:
        pass
    raise InputError("not a condition", where="--corner", found=text, allowed='such as "shift.ice < 0.005"')


def corner(sample: Sample, comparison: str, threshold: float) -> Corner:
    """The box of a sample in which its outcome fails.

    Raises:
        InputError: the extra is not installed; or none of the points fails, or all of them do.
    """
    if find_spec("ema_workbench") is None:
        raise not_installed("ema_workbench", "--corner")
    known = ~np.isnan(sample.outcome)
    failing = COMPARED[comparison](sample.outcome[known], threshold)
    cases = _cases(sample, known)
    condition = f"{sample.target} {comparison} {threshold:g}"
    if not 0 < failing.sum() < len(failing):
        found = "none" if not failing.any() else "all"
        low, high = np.nanmin(sample.outcome), np.nanmax(sample.outcome)
        raise InputError(
            f"{found} of the points fail, so there is no corner", where="--corner", found=condition,
            allowed=f"a threshold between {low:.4g} and {high:.4g}",
        )  # fmt: skip
    box, chosen = box_of(cases, failing)
    path = box.peeling_trajectory[["coverage", "density", "mass"]].assign(chosen=False)
    path.loc[chosen, "chosen"] = True
    here = path.loc[chosen]
    return Corner(
        condition, int(failing.sum()), len(failing), _limits(sample, box, chosen), float(here["coverage"]),
        float(here["density"]), float(here["mass"]), unseen_density(cases, failing), path,
        cases.assign(failing=failing),
    )  # fmt: skip


def _cases(sample: Sample, known: npt.NDArray[np.bool_]) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for at, factor in enumerate(sample.points.factors):
        values = sample.points.values[known, at]
        if factor.values is None:
            columns[factor.path] = values
        else:
            columns[factor.path] = pd.Categorical([str(factor.values[int(place)]) for place in values])
    return pd.DataFrame(columns)


def box_of(cases: pd.DataFrame, failing: npt.NDArray[np.bool_], most: int | None = None) -> tuple[Any, int]:
    """All boxes on the way, and the place of the one to take.

    Args:
        cases: a row a point, a column a parameter.
        failing: which of them fail.
        most: parameters that the box may confine, so that it can be said in a sentence; without it, any number.
    """
    workbench()
    from ema_workbench.analysis import prim

    box = prim.Prim(cases, failing.astype(np.float64), threshold=ANY).find_box()
    density = box.peeling_trajectory["density"].to_numpy()
    few = len(cases.columns) if most is None else most
    density = np.where(box.peeling_trajectory["res_dim"].to_numpy() <= few, density, -1.0)
    dense = np.flatnonzero(density >= DENSE)
    return box, int(dense[0] if len(dense) else density.argmax())


def _limits(sample: Sample, box: Any, chosen: int) -> pd.DataFrame:
    """The parameters that a box confines, the surest first."""
    chances = box.qp[chosen]
    rows = []
    for factor in sample.points.factors:
        if factor.path in chances:
            low, high = box.box_lims[chosen][factor.path]
            ends = (factor.low, factor.high)
            if factor.values is not None:
                inside = ", ".join(sorted(map(str, box.box_lims[chosen][factor.path].iloc[0])))
                low, high, ends = inside, inside, (np.nan, np.nan)
            chance = min((value for value in chances[factor.path] if value >= 0.0), default=np.nan)
            rows.append((factor.path, low, high, *ends, chance))
    limits = pd.DataFrame(rows, columns=["factor", "from", "to", "lowest", "highest", "chance"])
    return ordered(limits, "chance", "factor", ascending=True)


def unseen_density(cases: pd.DataFrame, failing: npt.NDArray[np.bool_], most: int | None = None) -> float:
    """Density among the points that were not used to find the box, of both halves; missing if none is in a box.

    The arguments are those of `box_of`.
    """
    odd = np.arange(len(cases)) % 2 == 1
    hits: list[bool] = []
    for seen in (odd, ~odd):
        if not failing[seen].any():
            continue
        box, chosen = box_of(cases[seen].reset_index(drop=True), failing[seen], most)
        limits, other = box.box_lims[chosen], cases[~seen]
        inside = np.ones(len(other), dtype=np.bool_)
        for name in box.qp[chosen]:
            column, ends = other[name], limits[name]
            inside &= column.isin(ends.iloc[0]) if isinstance(ends.iloc[0], set) else column.between(*ends)
        hits += failing[~seen][inside].tolist()
    return float(np.mean(hits)) if hits else float("nan")
