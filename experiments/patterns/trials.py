"""Trials that a pattern may name: experiments with runs of their own, which no measure of a run can stand for.

Those of theory vary the world itself (a culture, a counterfactual text, who decides), and look at the same cases one by
one; the symmetric cases compare worlds of which the answer is known.
"""

from collections.abc import Mapping
from typing import NamedTuple

from experiments.patterns import symmetry
from experiments.patterns.rules import Rule, above_smallest, never
from experiments.patterns.run_cache import Trial
from experiments.theory.checks import EXPERIMENTS

MUST = never("it must be so in any world; one is a fault of the program")


class Figured(NamedTuple):
    """One figure of a trial: its name there, what it is in words, its unit, the record, and the rule."""

    name: str
    what: str
    unit: str
    record: float | str
    rule: Rule


class Tried(NamedTuple):
    """A trial with its figures; a ``property`` is true of any world, and belongs to no fact."""

    run: Trial
    figures: tuple[Figured, ...]
    property: bool = False


def _symmetric(trial: Trial, name: str, what: str) -> Tried:
    return Tried(trial, (Figured(name, what, "chance", 0.0, MUST),), property=True)


TRIALS: Mapping[str, Tried] = {
    "again": _symmetric(symmetry.again, "again", "largest difference between a world and itself"),
    "nobody": _symmetric(symmetry.nobody, "nobody", "largest difference by a directive addressed to nobody"),
    "alike": _symmetric(symmetry.alike, "alike", "largest difference between two agencies with the same data"),
    "mirror": _symmetric(symmetry.mirror, "mirror", "a directive and its mirror image: what does not cancel"),
    **{
        one.measure.__name__.replace("_", "-"): Tried(one.measure, tuple(
            Figured(figure, figure, unit, "above 0", above_smallest(unit)) for figure, unit in one.figures.items()))
        for one in EXPERIMENTS.values()
    },
}  # fmt: skip
"""By the names that world files use."""
