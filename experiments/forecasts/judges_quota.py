"""What the model says of the immigration judges' quota of 2018, before anybody compares it with what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from experiments.replications import interval
from model import BureaucracyModel
from model.schema import World
from model.world.loader import load

SCENARIO, STAGE, JUDGES = "judges-quota-2018", "removal-case", "eoir-2018"
ENDS = {2018: date(2018, 9, 30), 2019: date(2019, 9, 30), 2020: date(2020, 9, 30)}
"""The last day of each fiscal year."""


class Forecast(NamedTuple):
    """A figure with the quota, without it, and the difference: median, and the central 90 percent of replications."""

    figure: str
    with_it: tuple[float, float, float]
    without: tuple[float, float, float]
    shift: tuple[float, float, float]


def forecast(seeds: Sequence[int], scale: float, settings: Mapping[str, float] | None = None) -> list[Forecast]:
    """Twin worlds with and without the quota, under several seeds.

    Args:
        seeds: one replication each.
        scale: share of the real system's cases and judges.
        settings: parameters to move.

    Returns:
        Completions are cases a judge and year; shares are of cases decided; hours are of a judge, a case; pending is
        cases at the end of the year, at scale 1.
    """
    world = load(settings=settings or {})
    both = [(_figures(world, True, seed, scale), _figures(world, False, seed, scale)) for seed in seeds]
    return [
        Forecast(
            name,
            interval(one[name] for one, _ in both),
            interval(other[name] for _, other in both),
            interval(one[name] - other[name] for one, other in both),
        )
        for name in both[0][0]
    ]


def _figures(world: World, quota: bool, seed: int, scale: float) -> dict[str, float]:
    scenario = world.scenarios[SCENARIO]
    scenario = scenario if quota else scenario.model_copy(update={"directives": []})
    judges = world.agencies[JUDGES].units["judges"].staff.value
    figures: dict[str, float] = {}
    done = None
    for year, last in ENDS.items():
        model = BureaucracyModel(scenario, scale, seed, world=world, until=last).run()
        so_far = _decided(model.recorder.outcomes())
        if done is not None:
            figures.update(_of_year(year, so_far.sub(done, fill_value=0.0), judges * scale))
            figures[f"pending at the end of FY{year}"] = model.census()[STAGE] / scale
        done = so_far
    return figures


def _decided(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Cases decided, favourable and hours, by custody and lawyer."""
    return outcomes.groupby(["custody", "lawyer"])[["decided", "favourable", "hours"]].sum()


def _of_year(year: int, done: pd.DataFrame, judges: float) -> dict[str, float]:
    decided, favourable, hours = done.sum()
    figures = {
        f"completions a judge, FY{year}": decided / judges,
        f"hours a case, FY{year}": hours / decided,
        f"granted, all, FY{year}": favourable / decided,
    }
    granted = (done["favourable"] / done["decided"]).to_dict()
    for custody, place in ((True, "in custody"), (False, "free")):
        for lawyer, who in ((True, "with a lawyer"), (False, "without a lawyer")):
            figures[f"granted, {place}, {who}, FY{year}"] = granted[custody, lawyer]
    return figures
