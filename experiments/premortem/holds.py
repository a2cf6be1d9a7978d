"""What holds each agency, or carries it: the shift with one mechanism switched off at a time."""

from collections.abc import Sequence

import pandas as pd

from experiments.asked import in_world
from experiments.mechanisms.knockout_tables import complete, knocked
from experiments.mechanisms.pair_effects import ALL, SAME
from experiments.mechanisms.switches import MECHANISMS, off_in_words, switched_off
from experiments.mechanisms.trials import Trial, run_trials
from experiments.parallel import Progress
from experiments.premortem.question import Question
from experiments.smallest import MATTERS, SMALLEST
from model.schema import World

LAW = "law"
LAWLESS = "no law leaves officers without a choice"
CARRIES, HOLDS_BACK = "carries", "holds back"


def mechanisms() -> dict[str, str]:
    """What can be switched off, and what the world is like without it: those of a rule, and the law."""
    return {**{name: one.off for name, one in MECHANISMS.items()}, LAW: LAWLESS}


def holds(
    asked: Question, seeds: Sequence[int], scale: float,
    smallest: float = SMALLEST, workers: int = 1, progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The shift of every agency with each mechanism switched off, in both worlds, against the shift with all on.

    Returns:
        One row an agency and mechanism, the largest change first: ``agency``, ``mechanism``, ``shift`` (all on),
        ``left`` (with it off), ``change`` with ``low`` and ``high`` (90 percent, paired over seeds), ``verdict``, and
        what it ``does``: `CARRIES` where the shift is less without it, `HOLDS_BACK` where it is more; empty where the
        change is not one that matters.
    """
    worlds = {off_in_words([]): asked.world}
    worlds |= {name: in_world(asked.world, dict(switched_off(asked.world, [name]))) for name in MECHANISMS}
    worlds[LAW] = _lawless(asked.world)
    trials = [
        Trial(asked.scenario, asked.drafts, world, seed, scale, {}, {name: {}})
        for seed in seeds for name, world in worlds.items()
    ]  # fmt: skip
    runs = complete(run_trials(trials, workers, progress)).rename(columns={"label": "off"})
    whole = runs[(runs["stage"] == ALL) & (runs["cases"] == SAME)]
    on = whole[whole["off"] == off_in_words([])].groupby("agency")["effect"].mean()
    tables = []
    for name in mechanisms():
        table = _switched(whole, name, smallest)
        tables.append(table.assign(mechanism=name, shift=table["agency"].map(on)))
    found = pd.concat(tables, ignore_index=True).rename(
        columns={"effect": "left", "change_low": "low", "change_high": "high"}
    )
    found["does"] = [
        _does(row[0], row[1], row[2], smallest) for row in found[["shift", "left", "verdict"]].itertuples(index=False)
    ]
    found["size"] = -found["change"].abs().round(12)
    found = found.sort_values(["agency", "size", "mechanism"], kind="stable", ignore_index=True)
    return found[["agency", "mechanism", "shift", "left", "change", "low", "high", "verdict", "does"]]


def _switched(whole: pd.DataFrame, name: str, smallest: float) -> pd.DataFrame:
    """The effect with one mechanism off, and its change, by agency."""
    both = whole[whole["off"].isin([name, off_in_words([])])]
    one = next(iter(MECHANISMS))
    table = knocked(both.replace({"off": {name: one}}), [one], smallest)
    return table[["agency", "effect", "change", "change_low", "change_high", "verdict"]]


def _does(shift: float, left: float, verdict: str, smallest: float = SMALLEST) -> str:
    """What a mechanism does to a shift; where there is none that matters, it can only hold back, to either side.

    >>> _does(-0.4, -0.1, "matters"), _does(-0.1, -0.4, "matters"), _does(0.1, 0.1, "none that matters")
    ('carries', 'holds back', '')
    >>> _does(-0.00001, 0.03, "matters")
    'holds back'
    """
    if verdict != MATTERS:
        return ""
    if abs(shift) <= smallest:
        return HOLDS_BACK
    along = left if shift >= 0.0 else -left
    return CARRIES if along < abs(shift) else HOLDS_BACK


def _lawless(world: World) -> World:
    laws = {name: law.model_copy(update={"in_force": False}) for name, law in world.laws.items()}
    return world.model_copy(update={"laws": laws})
