"""All that the design of a sweep tells of an outcome."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from experiments.sensitivity.convergence import Convergence, convergence
from experiments.sensitivity.indices import indices, pairs
from experiments.sensitivity.sample import Sample, look
from experiments.sensitivity.scenario_discovery import Corner, condition_of, corner
from experiments.sensitivity.surface import Surface, surface
from model.errors import InputError


@dataclass(frozen=True)
class Analysis:
    """What was found of a sample; None where the design does not give it, and why there is no surface."""

    sample: Sample
    indices: pd.DataFrame | None
    pairs: pd.DataFrame | None
    convergence: Convergence | None
    surface: Surface | None
    no_surface: str
    corner: Corner | None


def analyse(
    folder: str | Path, target: str | None = None, scenario: str | None = None, condition: str | None = None
) -> Analysis:
    """All that the design of a sweep tells of a target."""
    named, comparison, threshold = condition_of(condition) if condition else (target, "", 0.0)
    if target is not None and named != target:
        raise InputError("two targets", where="--of, --corner", found=f"{target} and {named}", allowed="one")
    sample = look(folder, named, scenario)
    design = sample.resolved.plan.design
    indexed = design.kind in ("sobol", "morris")
    fitted, why = None, ""
    try:
        fitted = surface(sample)
    except InputError as error:
        why = f"{error.what} ({error.found}; needed: {error.allowed})"
    return Analysis(
        sample, indices(sample) if indexed else None, pairs(sample) if design.second_order else None,
        convergence(sample) if indexed else None, fitted, why,
        corner(sample, comparison, threshold) if condition else None,
    )  # fmt: skip
