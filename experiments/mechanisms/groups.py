"""Which groups of decisions are worth a place on a page, and what they are called there."""

from collections.abc import Sequence

import pandas as pd

from experiments.mechanisms.pair_effects import ALL, GROUP, SAME
from experiments.smallest import MATTERS
from experiments.twin.twins import Twins
from model.schema import World

Group = tuple[str, str, str]


def telling(effects: pd.DataFrame, twins: Twins, world: World) -> list[Group]:
    """The groups (agency, stage, cases) to show; the tables hold all.

    An agency as a whole, and of its stages the one that moves furthest: if the directives address it and move anything
    there, or, where they do not, if every effect matters.

    Args:
        effects: `GROUP`, ``effect``, ``verdict``; several rows a group.
        twins: for the directives by which the worlds differ.
        world: where they are.
    """
    addressed = {unit.split(".")[0] for name in twins.differ for unit in world.directives[name].to}
    found: list[Group] = []
    for (agency, _), rows in effects.groupby(["agency", "cases"], sort=False):
        whole, stages = rows[rows["stage"] == ALL], rows[rows["stage"] != ALL]
        if (whole["effect"] != 0.0).any() if agency in addressed else (whole["verdict"] == MATTERS).all():
            found.append(_of(whole))
            if stages["stage"].nunique() > 1:
                found.append(_of(stages.iloc[[int(stages["effect"].abs().argmax())]]))
    return found


def _of(rows: pd.DataFrame) -> Group:
    agency, stage, cases = rows[GROUP].iloc[0]
    return str(agency), str(stage), str(cases)


def title(group: Group, effects: pd.DataFrame) -> str:
    """What a group is called; where an agency has decisions of one stage alone, the stage's name says more.

    >>> effects = pd.DataFrame({"agency": "uscis", "stage": ["all", "daca"], "cases": "opened"})
    >>> title(("uscis", "all", "opened"), effects), title(("ice", "review", "same"), effects)
    ('daca, requests it opened', 'review')
    """
    agency, stage, cases = group
    here = effects[(effects["agency"] == agency) & (effects["cases"] == cases) & (effects["stage"] != ALL)]
    stages = here["stage"].unique()
    name = stage if stage != ALL else str(stages[0]) if len(stages) == 1 else "all its decisions"
    return name if cases == SAME else f"{name}, requests it opened"


def labelled(table: pd.DataFrame, groups: Sequence[Group], effects: pd.DataFrame) -> pd.DataFrame:
    """The rows of these groups, in their order, with the name of their group as ``label``."""
    parts = [table[(table[GROUP] == list(group)).all(axis=1)].assign(label=title(group, effects)) for group in groups]
    return pd.concat(parts, ignore_index=True) if parts else table.head(0).assign(label="")
