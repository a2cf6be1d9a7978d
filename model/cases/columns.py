"""Cases: the people whose files are decided, as columns. Each column is an array with one row a case."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.conditions import Bits, Mask
from model.cases.draws import Floats, Keys
from model.compiled import compiled, compiled_maker
from model.schema import Person
from model.schema.vocabulary import CHARGES, CIRCUMSTANCES, EQUITIES, LEVELS
from model.storage import Storage

Codes = npt.NDArray[np.int8]
NO_CHILD = -1
"""The age of the youngest child of a person with whom no child came."""


class Cases(NamedTuple):
    """The columns. All have one row a case, sorted by day of arrival.

    Attributes:
        key: the case's own key for draws.
        number: its place among those of its mix and day.
        mix, area, level, charge: codes, in the order of the world and of `model.schema.vocabulary`; ``area`` counts
            through those of all regions.
        arrival: day of the watch on which it comes; negative for what was pending before.
        prior_removals, prior_entries, age, entry_age, children: counts and years.
        youngest_child: age of the youngest child who came along, or `NO_CHILD`.
        gang, lawyer, mandatory: facts; ``mandatory`` means that a statute keeps the person in custody.
        circumstances: bits in the order of `CIRCUMSTANCES`.
        in_custody: detained on entry.
        equities, documented: bits in the order of `EQUITIES`; what is seen is what is both.
        merit: summed weight of the equities that are seen, in log-odds.
        complexity: how searching the inquiry is, 0 to 1: searching equities count double, four are enough.
        visibility: how public the case is, 0 to 1.
        bits: conditions that hold (`model.cases.conditions`).
    """

    key: Keys
    number: npt.NDArray[np.int32]
    mix: Codes
    area: Codes
    arrival: npt.NDArray[np.int32]
    level: Codes
    charge: Codes
    prior_removals: Codes
    prior_entries: Codes
    gang: Mask
    circumstances: npt.NDArray[np.uint8]
    age: Codes
    entry_age: Codes
    children: Codes
    youngest_child: Codes
    lawyer: Mask
    mandatory: Mask
    in_custody: Mask
    equities: npt.NDArray[np.uint16]
    documented: npt.NDArray[np.uint16]
    merit: Floats
    complexity: npt.NDArray[np.float32]
    visibility: npt.NDArray[np.float32]
    bits: Bits


class Families(NamedTuple):
    """Who came with whom: first of those who came along, the next with the same leader, the leader; -1 for nobody."""

    first: npt.NDArray[np.int32]
    sibling: npt.NDArray[np.int32]
    leader: npt.NDArray[np.int32]


def columns(records: Storage) -> Cases:
    """The columns of stored cases."""
    return Cases(*(records.column(name) for name in Cases._fields))


@compiled
def lay(drawn: Cases, rows: npt.NDArray[np.int32], into: Cases) -> None:
    """Lay cases into other columns, each into its row: all of one case at once, for stored cases lie side by side."""
    for at in range(rows.shape[0]):
        row = rows[at]
        into.key[row] = drawn.key[at]
        into.number[row] = drawn.number[at]
        into.mix[row] = drawn.mix[at]
        into.area[row] = drawn.area[at]
        into.arrival[row] = drawn.arrival[at]
        into.level[row] = drawn.level[at]
        into.charge[row] = drawn.charge[at]
        into.prior_removals[row] = drawn.prior_removals[at]
        into.prior_entries[row] = drawn.prior_entries[at]
        into.gang[row] = drawn.gang[at]
        into.circumstances[row] = drawn.circumstances[at]
        into.age[row] = drawn.age[at]
        into.entry_age[row] = drawn.entry_age[at]
        into.children[row] = drawn.children[at]
        into.youngest_child[row] = drawn.youngest_child[at]
        into.lawyer[row] = drawn.lawyer[at]
        into.mandatory[row] = drawn.mandatory[at]
        into.in_custody[row] = drawn.in_custody[at]
        into.equities[row] = drawn.equities[at]
        into.documented[row] = drawn.documented[at]
        into.merit[row] = drawn.merit[at]
        into.complexity[row] = drawn.complexity[at]
        into.visibility[row] = drawn.visibility[at]
        for word in range(drawn.bits.shape[1]):
            into.bits[row, word] = drawn.bits[at, word]


@compiled_maker
def summed(bits: npt.NDArray[np.uint16], weights: Floats) -> Floats:
    """The sum of the weights of the bits that are set, in their order; one a case.

    >>> summed(np.array([0, 1, 6], dtype=np.uint16), np.array([0.5, 0.25, 2.0]))
    array([0.  , 0.5 , 2.25])
    """
    out = np.zeros(bits.size)
    for bit in range(weights.size):
        for row in range(bits.size):
            out[row] += weights[bit] if bits[row] >> np.uint16(bit) & np.uint16(1) else 0.0
    return out


def person(cases: Cases, row: int) -> Person:
    """One case as the facts of a person."""
    return Person(
        level=LEVELS[cases.level[row]], charge=CHARGES[cases.charge[row]],
        prior_removals=int(cases.prior_removals[row]), prior_entries=int(cases.prior_entries[row]),
        gang=bool(cases.gang[row]), age=int(cases.age[row]),
        youngest_child=None if cases.youngest_child[row] == NO_CHILD else int(cases.youngest_child[row]),
        circumstances=[name for bit, name in enumerate(CIRCUMSTANCES) if cases.circumstances[row] >> bit & 1],
        entry_age=int(cases.entry_age[row]), children=int(cases.children[row]), lawyer=bool(cases.lawyer[row]),
        detained=bool(cases.in_custody[row]), mandatory=bool(cases.mandatory[row]),
        equities=[name for bit, name in enumerate(EQUITIES) if cases.equities[row] >> bit & 1],
        documented=[name for bit, name in enumerate(EQUITIES) if cases.documented[row] >> bit & 1],
        visibility=float(cases.visibility[row]),
    )  # fmt: skip
