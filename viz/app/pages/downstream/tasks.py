"""The work behind the page: a run, and what could have been instead."""

from experiments.border.counterfactuals import Downstream, compare
from experiments.runs import Run, run
from viz.app.jobs import Progress
from viz.app.shown_world import shown


def watched(scenario: str, settings: tuple[str, ...], seed: int, scale: float, progress: Progress) -> Run:
    """A scenario from its first day to its last."""
    return run(scenario, scale, seed, world=shown(), settings=settings, progress=progress)


def instead(
    scenario: str, against: tuple[str, ...], settings: tuple[str, ...], replications: int, seed: int, scale: float,
    progress: Progress,
) -> Downstream:  # fmt: skip
    """The scenario and others in its place, with the same people and random seeds."""
    return compare(
        scenario,
        against,
        world=shown(),
        settings=settings,
        replications=replications,
        seed=seed,
        scale=scale,
        progress=progress,
    )
