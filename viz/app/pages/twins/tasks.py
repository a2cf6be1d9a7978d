"""The work behind the page: pairs of worlds, and a flip replayed."""

from collections.abc import Callable

import pandas as pd

from experiments.twin.findings import Findings, find
from experiments.twin.replay import Replay, replay
from experiments.twin.twins import matched
from experiments.twin.watch import KEYS
from viz.app.jobs import Progress
from viz.app.shown_world import the_world


def findings(
    scenario: str, without: tuple[str, ...] | None, against: str | None, settings: tuple[str, ...], replications: int,
    seed: int, scale: float, progress: Progress, so_far: Callable[[Findings], None],
) -> Findings:  # fmt: skip
    """Pairs of worlds put together."""
    return find(
        scenario, list(without) if without else None, against, world=the_world(settings), seed=seed, scale=scale,
        replications=replications, progress=progress, so_far=so_far,
    )  # fmt: skip


def replayed(
    scenario: str, without: tuple[str, ...] | None, against: str | None, settings: tuple[str, ...], seed: int,
    scale: float, key: tuple[object, ...], progress: Progress,
) -> Replay:  # fmt: skip
    """One decision in both worlds, looked at as it is made."""
    world = the_world(settings)
    twins = matched(world, scenario, list(without) if without else None, against)
    return replay(twins, world, seed, scale, pd.DataFrame([key], columns=KEYS), progress)[0]
