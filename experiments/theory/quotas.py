"""T04, T05: what counting does to work that is counted, to work that is not, and to the easy case."""

from collections.abc import Iterable

import pandas as pd

from experiments.theory.lab import MEMO, ORDER, START, Lab, effect, free
from experiments.traced_runs import Traced
from model.schema import Directive
from model.world.levers import amended

CLEAN = "none"
MINOR = ("none", "immigration", "level-3")
"""No conviction, one of an immigration offence, or misdemeanours."""


def counted(lab: Lab) -> dict[str, float]:
    """T04: agencies with several goals overperform on what is counted and underperform on what is not.

    Source: Biber 2009, p. 9 (Rabin 2014, fn 191).

    Design: ICE under the memos and the ordered review, which ask for discretion, while removals are counted, as in the
    record; with nothing counted (the lever ``quotas-dropped``); and with discretion counted instead (that lever
    together with ``discretion-counted``).

    Refuted if counting removals makes no more enforcement, costs no offers of discretion, or if counting discretion
    instead brings none.

    Measured, as mean changes in chances over the same cases: enforcement (no leniency) at all stages but the review,
    removals counted less nothing counted; offers at the review, nothing counted less removals counted; offers,
    discretion counted less nothing counted.
    """
    record, dropped, instead = (
        lab.run(_goals(lab, levers)) for levers in ((), ("quotas-dropped",), ("quotas-dropped", "discretion-counted"))
    )
    enforcing = free(dropped, record, "ice")
    return {
        "enforcement, counted less not": effect(enforcing[enforcing["stage"] != "review"]),
        "offers of discretion, lost to the count": effect(free(dropped, record, "ice", "review")),
        "offers of discretion, counted less not": effect(free(instead, dropped, "ice", "review")),
    }


def _goals(lab: Lab, levers: Iterable[str]) -> dict[str, Directive]:
    """The memos and the order, with levers pulled together."""
    world = lab.world
    for lever in levers:
        world = amended(world, lever)
    return {name: world.directives[name] for name in (MEMO, ORDER)}


def easy(lab: Lab) -> dict[str, float]:
    """T05: under quota pressure effort moves to the easy countable case (deserters counted like felons).

    Source: Rabin 2014, Part III.A (Wilson 1989, p. 162).

    Design: ICE under the memos, with its two removal quotas doubled, and with none.

    Refuted if removals under the quotas are no more of people without a conviction or with a minor one, or if the
    convicted among them are no more of those with a minor one.

    Measured, quotas doubled less none: the share of people with no or a minor conviction (Level 3 or immigration
    offences) among all removals from the memos on; the share of those with a minor conviction among the convicted.
    """
    dropped = amended(lab.world, "quotas-dropped").directives[MEMO]
    quotas = {name: lab.world.metrics[name].target for name in dropped.targets}
    doubled = {name: target.model_copy(update={"value": 2.0 * target.value}) for name, target in quotas.items()}
    pressed, free_of_it = (_removed(lab.run({MEMO: text})) for text in (lab.text(MEMO, targets=doubled), dropped))
    return {
        "minor cases among removals": _minor(pressed) - _minor(free_of_it),
        "minor cases among removals of the convicted": _minor(pressed[pressed != CLEAN])
        - _minor(free_of_it[free_of_it != CLEAN]),
    }


def _removed(run: Traced) -> pd.Series:
    """Conviction levels of those removed from the memos on."""
    made, stage = run.decisions, run.model.stage_names.index("removal")
    first = (run.model.world.directives[MEMO].start - START).days
    codes = made.loc[(made["stage"] == stage) & ~made["favourable"] & (made["day"] >= first), "level"]
    return codes.map(dict(enumerate(run.model.world.words.levels)))


def _minor(levels: pd.Series) -> float:
    """The share of `MINOR` levels."""
    return float(levels.isin(MINOR).mean())
