"""Cases whose answer is known without a run: worlds that differ by nothing, and officers who differ by nothing.

Each takes a `Lab` and gives the largest difference between the chances of leniency in the same cases; it must be none.
"""

import numpy as np

from experiments.theory.cultures import SWAP
from experiments.theory.lab import MEMO, Lab
from experiments.traced_runs import Traced, same_cases
from experiments.twin.join import WITH, WITHOUT
from model.rule.terms.directive import directive, reading, willingness
from model.world.checks import quantities

NEUTRAL = {
    "orientation": 0.0, "spread": 0.0, "office_spread": 0.0, "lens": 0.5, "regard": 1.0, "complexity": 0.5,
    "habit": 1.0, "recruits": 0.0, "turnover": 0.0,
}  # fmt: skip
"""Data that tell one agency's officers from another's, made alike."""
QUIET = {
    "rule.metrics": 0.0, "society.experience": 0.0, "rule.strain": 0.0, "rule.haste": 0.0,
}  # fmt: skip
"""Nothing else that could tell them apart by any rule: no counts or years, no backlog and no hurry."""


def again(lab: Lab) -> dict[str, float]:
    """The same world under the same seed, twice."""
    return {"again": _apart(Lab(lab.world, lab.seed, lab.scale).run({}), lab.run({}))}


def nobody(lab: Lab) -> dict[str, float]:
    """The memos of June 2011, addressed to nobody, against no directive."""
    return {"nobody": _apart(lab.run({MEMO: lab.text(MEMO, to=[])}), lab.run({}))}


def alike(lab: Lab) -> dict[str, float]:
    """Two agencies with the same data, that decide in each other's place: one rule for both."""
    settings, two = {**QUIET}, {unit.partition(".")[0] for unit in SWAP.values()}
    for path, _ in quantities(lab.world):
        keys = path.split(".")
        if keys[0] == "agencies" and keys[1] in two and ("culture" in keys or "units" in keys):
            name = "habit" if "habits" in keys else keys[-1]
            if name in NEUTRAL:
                settings[path] = NEUTRAL[name]
    swapped = lab.run({MEMO: lab.text(MEMO, to=[], moves=SWAP)}, settings)
    usual = lab.run({}, settings)
    return {"alike": _apart(swapped, usual, stages=tuple(SWAP))}


def mirror(lab: Lab) -> dict[str, float]:
    """Leniency asked of the lenient, and severity of the severe: the same text weighs as much, with the sign turned."""
    text, slope = lab.text(MEMO), lab.world.rule.reading.value
    mission = lab.world.agencies[text.to[0].partition(".")[0]].culture.mission.value

    def asked(direction: float, leaning: float, scope: int) -> float:
        willing = willingness(direction, leaning, mission, text.meaning.value)
        read = reading(scope, direction, leaning, text.latitude.value, slope)
        return float(directive(direction, 1.0, 1.0, willing, read))

    leanings = lab.run({}).model.desks.orientation
    return {
        "mirror": max(
            abs(asked(1.0, leaning, scope) + asked(-1.0, -leaning, scope))
            for leaning in leanings
            for scope in (-1, 0, 1)
        )
    }


def _apart(one: Traced, other: Traced, stages: tuple[str, ...] = ()) -> float:
    """The largest difference between the chances of the same decisions."""
    both = same_cases(one, other)
    here = both[both["stage"].isin(stages)] if stages else both
    return float(np.abs(here["p" + WITH] - here["p" + WITHOUT]).max())
