"""Dose and response: the shift of one directive at several doses of what it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from experiments.mechanisms.doses import Dose, doses, kinds
from experiments.mechanisms.knockout_tables import complete
from experiments.mechanisms.pair_effects import GROUP
from experiments.mechanisms.trials import Trial, run_trials
from experiments.mechanisms.undefined import undefined
from experiments.nested import Draw, draws_of, nested, with_draws
from experiments.parallel import Progress
from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.intervals import both, paired_by
from experiments.twin.twins import Twins, matched
from model.errors import InputError
from model.schema import Scenario, World
from model.world.loader import DEFAULT_WORLD, world_of
from model.world.settings import Settings, pairs

TOGETHER = 6
"""Doses set against one world without the directive: a smaller number keeps more processes busy, at more cost."""
OWN = "own"


@dataclass(frozen=True)
class Responses:
    """The shift of a directive by dose. Effects are differences of shares of cases.

    All tables have ``agency``, ``stage`` and ``cases`` as `experiments.mechanisms.knockouts.Knockouts` has them.

    Attributes:
        twins: the scenarios, with and without the directive.
        world: with its settings.
        directive: its name.
        seeds, scale: of the replications.
        undefined: by kind, why no dose of it could change anything.
        worths: one row a seed, kind (``over``) and dose: ``decisions``, ``effect``.
        by_dose: one row a kind and dose: ``at`` how much, ``dose`` as it is called, whether it is the directive's
            ``own``; ``effect``, ``low``, ``high``, ``verdict``.
        response: one row a kind, from the smallest dose to the largest (``least``, ``most``): ``change`` of the effect,
            ``low``, ``high``, ``verdict``.
        smallest: effect of interest, a difference of shares (`experiments.smallest`).
        draws: how many there are of the parameters; with them both tables have `experiments.smallest.POSTERIOR`.
    """

    twins: Twins
    world: World = field(repr=False)
    directive: str
    seeds: list[int]
    scale: float
    undefined: Mapping[str, str]
    worths: pd.DataFrame = field(repr=False)
    by_dose: pd.DataFrame = field(repr=False)
    response: pd.DataFrame = field(repr=False)
    smallest: float = SMALLEST
    draws: int = 0

    def _repr_html_(self) -> str:
        table = 100.0 * self.by_dose.pivot(index=["over", "at"], columns=GROUP, values="effect")
        return (
            f"<p><b>{self.directive}</b>: shift by dose, in percentage points, "
            f"{len(self.seeds)} replications</p>{table.style.format('{:+.2f}').to_html()}"
        )


def dose_response(  # noqa: D417 - the rest is told once, for all studies
    scenario: str | Scenario,
    directive: str,
    over: Sequence[str] | None = None,
    agency: str | None = None,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Settings = (),
    draws: Sequence[Draw] = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.02,
    smallest: float = SMALLEST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Responses:
    """Run a directive at several doses, each against the same world without it.

    Args:
        scenario: name of a scenario of the world, or a `Scenario`; its other directives stay in both worlds.
        directive: the one whose dose is changed.
        over: kinds of dose (`experiments.mechanisms.doses.KINDS`); all for None.
        agency: only this one's rows are kept.
        draws: further parameters (path to value), such as draws of a posterior; each has replications of its own.
        replications: how many seeds, from ``seed`` on; the same for every dose, so that doses are paired as well.

        The rest is what every study takes (`experiments`).

    Raises:
        InputError: an unknown directive, kind or agency, kinds of which none is defined for the directive, or a number
            that cannot be used.
    """
    draw_of = nested(seed, replications, draws)
    moved = dict(pairs(settings))
    typed = world_of(world, settings)
    twins = matched(typed, scenario, [directive])
    if agency is not None and agency not in typed.agencies:
        raise InputError("no such agency", where="agency", found=agency, known=typed.agencies)
    wanted = kinds(over)
    found = [dose for kind in wanted for dose in doses(typed, directive, kind)]
    reasons = {kind: why for kind in wanted if (why := undefined(typed, directive, kind))}
    if not found:
        raise InputError(
            "no dose could change anything", where="over", found=", ".join(wanted),
            allowed="; ".join(f"{kind}: {why}" for kind, why in reasons.items()),
        )  # fmt: skip
    alone = {_label(dose): dose.settings for dose in found}
    parts = [dict(list(alone.items())[at : at + TOGETHER]) for at in range(0, len(alone), TOGETHER)]
    trials = []
    for one, draw in draw_of.items():
        base = moved if draw is None else {**moved, **draws[draw]}
        for part in parts:
            against = {name: {**base, **own} for name, own in part.items()}
            trials.append(Trial(scenario, (directive,), world, one, scale, base, against))
    worths = with_draws(_doses(run_trials(trials, workers, progress), found), draw_of)
    if agency is not None:
        worths = worths[worths["agency"] == agency].reset_index(drop=True)
    by_dose, response = (judged(table, smallest) for table in (_by_dose(worths), _response(worths)))
    seeds = list(draw_of)
    return Responses(twins, typed, directive, seeds, scale, reasons, worths, by_dose, response, smallest, len(draws))


def _label(dose: Dose) -> str:
    """What tells a run from others: doses that are the directive's own are one run."""
    return OWN if dose.own else f"{dose.over} {dose.at:g}"


def _doses(runs: pd.DataFrame, found: Sequence[Dose]) -> pd.DataFrame:
    """The table of runs with a row a dose, the groups that had a decision in every run alone."""
    table = pd.DataFrame(
        {"run": [_label(dose) for dose in found], "over": [dose.over for dose in found],
         "at": [dose.at for dose in found], "dose": [dose.label for dose in found],
         "own": [dose.own for dose in found]}
    )  # fmt: skip
    joined = table.merge(complete(runs).rename(columns={"label": "run"}), on="run", how="left", sort=False)
    return joined[["seed", "over", "at", "dose", "own", *GROUP, "decisions", "effect"]]


def _by_dose(worths: pd.DataFrame) -> pd.DataFrame:
    found = paired_by(worths, [*GROUP, "over", "at", "dose", "own"], "effect", limits=(-1.0, 1.0))
    return found.drop(columns="replications")


def _response(worths: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for key, values in worths.groupby([*GROUP, "over"], sort=False):
        by_seed = values.pivot(index="seed", columns="at", values="effect")
        least, most = by_seed.columns.min(), by_seed.columns.max()
        rows.append((*key, least, most, *both(by_seed[most] - by_seed[least], draws_of(values, by_seed.index))))
    posterior = POSTERIOR if "draw" in worths else ()
    return pd.DataFrame(rows, columns=[*GROUP, "over", "least", "most", "change", "low", "high", *posterior])
