"""A plan as a model of the EMA Workbench, for those who know its tools."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from experiments.extras import not_installed, workbench
from experiments.sweep.factors import Factor
from experiments.sweep.outputs import Job, Target, check_target, measure
from experiments.sweep.plan import read_plan
from experiments.sweep.resolved import resolve


def workbench_model(plan: str | Path, targets: Sequence[str], scenario: str | None = None, seed: int = 1) -> Any:
    """A model of the EMA Workbench that runs a plan's scenario, varies what it varies and gives some outcomes.

    Args:
        plan: the name of a shipped plan, or a file; its design and replications play no part.
        targets: outcomes, such as ``shift.ice``; they keep their names, with ``_`` for whatever else is in them.
        scenario: which, if the plan has several; the first, unless given.
        seed: of every run; the Workbench varies parameters, and the seed stays the same.

    Raises:
        InputError: the extra ``discovery`` is not installed, or something in the plan cannot be used.
    """
    try:
        ema = workbench()
    except ImportError:
        raise not_installed("ema_workbench", "workbench_model") from None
    resolved = resolve(read_plan(plan))
    wanted = {word(text): check_target(text, resolved.plan.outputs, resolved.world, "targets") for text in targets}
    factors = {word(factor.path): factor for factor in resolved.factors}
    job = resolved.job(scenario or resolved.plan.scenarios[0])
    made = ema.Model("discretion", function=partial(_outcomes, job=job, factors=factors, targets=wanted, seed=seed))
    made.uncertainties = [
        ema.RealParameter(name, factor.low, factor.high) if factor.values is None
        else ema.CategoricalParameter(name, list(factor.values))
        for name, factor in factors.items()
    ]  # fmt: skip
    made.outcomes = [ema.ScalarOutcome(name) for name in wanted]
    return made


def word(text: str) -> str:
    """A path or a target as the Workbench can name it.

    >>> word("directives.review-2011.mandate")
    'directives_review_2011_mandate'
    """
    return "".join(letter if letter.isalnum() else "_" for letter in text)


def _outcomes(
    job: Job, factors: dict[str, Factor], targets: dict[str, Target], seed: int, **values: Any
) -> dict[str, float]:
    rows = measure(job, [(factors[name].path, value) for name, value in values.items()], seed)
    found = {Target(row.measure, row.agency, row.stage): row.value for row in rows}
    return {name: found.get(target, float("nan")) for name, target in targets.items()}
