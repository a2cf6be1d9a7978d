"""Who stands behind a case: which public they belong to, how grave it is, and what the directives want for them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.conditions import Facts, Register, any_holds
from model.rule.rule_columns import directives
from model.schema import AnyOf, Condition, Scope, World

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

POPULATIONS = ("advantaged", "contenders", "dependents", "deviants")
"""The target populations of Schneider and Ingram (1993), by how they are seen and by the power they have."""

POWERFUL = [Condition(lawyer=True)]


class Wanted(NamedTuple):
    """What directives want, one row a case and one column a stage.

    Attributes:
        covered: the case is in the scope of one that speaks to the stage.
        spare: they ask leniency for it: those that ask leniency and cover it, or ask severity and leave it out, are
            more than those that ask the contrary.
    """

    covered: Mask
    spare: Mask


def populations(world: World, cases: Facts) -> Codes:
    """The target population of each case, as a place in `POPULATIONS`.

    *Well seen* is whom the world's group ``well-seen`` holds (such as those with no conviction and no known
    membership of a gang), or else whose case is of the mildest level: nothing that lets an officer say "criminal".
    *Power* is a lawyer: somebody whom the agency must answer. So, of those before the agencies,

    ============  =========  ========
    ..            lawyer     no lawyer
    ============  =========  ========
    well seen     advantaged dependents
    others        contenders deviants
    ============  =========  ========

    Schneider and Ingram sort groups in the public mind; to sort cases by two facts of the file is our assumption.
    """
    mildest = [Condition(level=[*world.words.levels][:1])]
    seen, heard = any_holds(world, world.groups.get("well-seen", mildest), cases), any_holds(world, POWERFUL, cases)
    return np.where(heard, np.where(seen, 0, 1), np.where(seen, 2, 3)).astype(np.int8)


def serious(world: World, cases: Facts) -> Mask:
    """Whether a case is serious: in the world's group of that name, else of the two gravest levels of conviction."""
    gravest = [Condition(level=[*world.words.levels][-2:])]
    return any_holds(world, world.groups.get("serious", gravest), cases)


def wanted(world: World, names: Sequence[str], cases: Facts) -> Wanted:
    """What the named directives want of each case at each stage, in effect or not."""
    size = (len(cases.level), len(world.stages))
    covered, leniency = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.int8)
    speaks = directives(world, names, Register(world)).speaks
    for name, stages in zip(names, speaks, strict=True):
        scope, direction = world.directives[name].scope, world.directives[name].direction
        said = spoken_of(world, scope, cases)
        covered |= said["in"][:, None] & stages
        says = said["in"].astype(np.int8) - said["out"].astype(np.int8)
        leniency += direction * says[:, None] * stages.astype(np.int8)
    return Wanted(covered, leniency > 0)


def spoken_of(world: World, scope: Scope, cases: Facts) -> dict[str, Mask]:
    """For each case whether a text has it ``in`` its scope or ``out`` of it, or is ``silent`` (odd.md, 7.10)."""
    out = _listed(world, scope.exclude, cases)
    inside = _listed(world, scope.include, cases) & ~out
    said = {"in": inside, "out": out, "silent": np.zeros_like(out)}
    said[scope.otherwise] = said[scope.otherwise] | ~(inside | out)
    return said


def _listed(world: World, any_of: AnyOf, cases: Facts) -> Mask:
    """Whom a list of conditions names; an empty list names nobody."""
    return any_holds(world, any_of, cases) if any_of else np.zeros(len(cases.level), dtype=np.bool_)
