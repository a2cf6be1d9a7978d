"""The outcome of a sweep at every point of its design."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.sweep.designs import block
from experiments.sweep.discrete import groups
from experiments.sweep.factors import Floats
from experiments.sweep.loading import load, load_plan, load_runs
from experiments.sweep.outputs import KEPT, Target, check_target
from experiments.sweep.points import Points, points
from experiments.sweep.resolved import Resolved
from experiments.sweep.result_tables import kept
from experiments.sweep.store import existing
from model.errors import InputError


@dataclass(frozen=True)
class Sample:
    """One outcome of one scenario over the points of a design.

    Attributes:
        resolved: the plan, against its world.
        scenario: of which.
        target: the outcome.
        points: the design.
        outcome: at each point, the mean over replications; missing where none has a value.
        noise: the part of the variance of ``outcome`` that replications alone would make; missing with one of them.
        failed: runs of the scenario that have no value.
    """

    resolved: Resolved
    scenario: str
    target: Target
    points: Points = field(repr=False)
    outcome: Floats = field(repr=False)
    noise: float
    failed: int

    @property
    def names(self) -> list[str]:
        """The paths of what varies."""
        return [factor.path for factor in self.points.factors]

    @property
    def groups(self) -> list[str]:
        """Of what there are indices: groups of parameters by name, and parameters that are moved alone by path."""
        return groups(self.points.factors)

    def at_rows(self) -> Floats:
        """The outcome of each row of the design."""
        return self.outcome[self.points.point]

    def blocks(self) -> tuple[Floats, Floats]:
        """The rows of a Sobol or Morris design, and their outcomes, by sample; one with a missing outcome is left out.

        Returns:
            ``units``, samples x rows (`experiments.sweep.designs.block`) x factors, and ``outcome``, samples x rows.
        """
        size = block(self.resolved.plan.design, self.points.factors)
        outcome = self.at_rows().reshape(-1, size)
        whole = ~np.isnan(outcome).any(axis=1)
        return self.points.units.reshape(-1, size, len(self.names))[whole], outcome[whole]


def look(folder: str | Path, target: str | None = None, scenario: str | None = None) -> Sample:
    """The outcome of a finished sweep at every point of its design.

    Args:
        folder: that ``discretion sweep`` wrote.
        target: ``MEASURE.AGENCY`` or ``MEASURE.AGENCY.STAGE``; that of the plan, unless given.
        scenario: which, if the plan has several.

    Raises:
        InputError: no sweep is there, it is not finished, or it does not have that target or scenario.
    """
    resolved = load_plan(folder)
    plan = resolved.plan
    wanted = target or plan.target
    if wanted is None:
        measures = [name for output in plan.outputs for name in KEPT[output]]
        raise InputError(
            "of what? the plan names no target", where="--of", allowed="MEASURE.AGENCY.STAGE", known=measures
        )
    found = check_target(wanted, plan.outputs, resolved.world, "--of")
    if scenario is None and len(plan.scenarios) > 1:
        raise InputError("of which scenario?", where="--scenario", known=plan.scenarios)
    name = scenario or plan.scenarios[0]
    if name not in plan.scenarios:
        raise InputError("no such scenario in the plan", where="--scenario", found=name, known=plan.scenarios)
    design = points(plan, resolved.factors)
    runs = load_runs(folder)
    runs = runs[runs["scenario"] == name]
    if len(runs) != len(design) * plan.replications:
        if existing(folder).finished:
            raise _another(str(folder))
        raise InputError(
            "the sweep is not finished", where=str(folder), found=f"{len(runs)} runs of this scenario",
            allowed=f"{len(design) * plan.replications}: give the command of the sweep again",
        )  # fmt: skip
    _same_design(runs, design, folder)
    values = _values(folder, found, name, len(design), plan.replications)
    counts = (~np.isnan(values)).sum(axis=1)
    outcome = np.where(counts > 0, np.nansum(values, axis=1) / np.maximum(counts, 1), np.nan)
    failed = int(np.isnan(values).sum())
    if counts.max() == 0:
        raise InputError("no run has a value of it", where="--of", found=wanted, allowed="a target that was decided")
    noise = _noise(values, outcome, plan.common_seeds)
    return Sample(resolved, name, found, design, outcome, noise, failed)


def _values(folder: str | Path, target: Target, scenario: str, size: int, replications: int) -> Floats:
    """Points x replications; missing where a run failed or the measure has no value."""
    table = load(folder, target.measure)
    here = table[
        (table["scenario"] == scenario) & (table["agency"] == target.agency) & (table["stage"] == target.stage)
    ]
    values = np.full((size, replications), np.nan)
    values[here["point"].to_numpy(), here["replication"].to_numpy()] = here["value"].to_numpy()
    return values


def _same_design(runs: pd.DataFrame, design: Points, folder: str | Path) -> None:
    """Raise InputError if the design, made again, is not the one that was run."""
    stored = runs.drop_duplicates("point").sort_values("point")
    for at, factor in enumerate(design.factors):
        made = design.values[:, at]
        if factor.values is not None:
            made = np.array([kept(factor, value) for value in factor.values])[made.astype(np.int64)]
        if not np.array_equal(stored[factor.path].to_numpy(), made):
            raise _another(f"{folder}: {factor.path}")


def _another(where: str) -> InputError:
    return InputError(
        "the design that was run cannot be made again", where=where,
        allowed="the versions of discretion, numpy, scipy and SALib with which the sweep was run, or a new sweep",
    )  # fmt: skip


def _noise(values: Floats, outcome: npt.NDArray[np.float64], common: bool) -> float:
    """The variance of the mean of the replications at a point, over the variance of the outcome between points.

    With common seeds, what a seed adds at every point is none of it.
    """
    whole = values[~np.isnan(values).any(axis=1)]
    between = float(np.nanvar(outcome))
    if whole.shape[1] < 2 or len(whole) < 2 or not between:
        return float("nan")
    apart = whole - whole.mean(axis=0) if common else whole
    return min(float((apart.var(axis=1, ddof=1) / whole.shape[1]).mean() / between), 1.0)
