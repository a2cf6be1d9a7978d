"""Cases: the people whose files are decided, as columns. Each column is an array with one row a case."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.cases.conditions import Bits, Mask
from model.cases.draws import Floats, Keys
from model.compiled import compiled, compiled_maker
from model.schema import Person, Words
from model.storage import Storage

Codes = npt.NDArray[np.int8]
NO_CHILD = -1
"""The age of the youngest child of a person with whom no child came."""


class Cases(NamedTuple):
    """The columns. All have one row a case, sorted by day of arrival.

    Attributes:
        key: the case's own key for draws.
        number: its place among those of its mix and day.
        mix, area, level, charge: codes, in the order of the world and of its words; ``area`` counts through those of
            all regions.
        arrival: day of the watch on which it comes; negative for what was pending before.
        numbers: cases x numbers of the world's words; ``age``, ``entry_age``, ``children``: years and a count.
        entered: the day on which the person came to the country, counted as `datetime.date.toordinal` does.
        youngest_child: age of the youngest child who came along, or `NO_CHILD`.
        lawyer, mandatory: facts; ``mandatory`` means that a statute keeps the person in custody.
        circumstances: bits in the order of the world's words.
        in_custody: detained on entry.
        equities, documented: bits in the order of the world's words; what is seen is what is both.
        merit: summed weight of the equities that are seen, in log-odds.
        complexity: how searching the inquiry is, 0 to 1: searching equities count double, four are enough.
        bits: conditions that hold (`model.cases.conditions`).
    """

    key: Keys
    number: npt.NDArray[np.int32]
    mix: Codes
    area: Codes
    arrival: npt.NDArray[np.int32]
    level: Codes
    charge: Codes
    numbers: Codes
    circumstances: npt.NDArray[np.uint16]
    age: Codes
    entry_age: Codes
    entered: npt.NDArray[np.int32]
    children: Codes
    youngest_child: Codes
    lawyer: Mask
    mandatory: Mask
    in_custody: Mask
    equities: npt.NDArray[np.uint16]
    documented: npt.NDArray[np.uint16]
    merit: Floats
    complexity: npt.NDArray[np.float32]
    bits: Bits


class Parties(NamedTuple):
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
        for number in range(drawn.numbers.shape[1]):
            into.numbers[row, number] = drawn.numbers[at, number]
        into.circumstances[row] = drawn.circumstances[at]
        into.age[row] = drawn.age[at]
        into.entry_age[row] = drawn.entry_age[at]
        into.entered[row] = drawn.entered[at]
        into.children[row] = drawn.children[at]
        into.youngest_child[row] = drawn.youngest_child[at]
        into.lawyer[row] = drawn.lawyer[at]
        into.mandatory[row] = drawn.mandatory[at]
        into.in_custody[row] = drawn.in_custody[at]
        into.equities[row] = drawn.equities[at]
        into.documented[row] = drawn.documented[at]
        into.merit[row] = drawn.merit[at]
        into.complexity[row] = drawn.complexity[at]
        for word in range(drawn.bits.shape[1]):
            into.bits[row, word] = drawn.bits[at, word]


@compiled_maker
def summed(bits: npt.NDArray[np.uint16], weights: Floats) -> Floats:
    """The sum of the weights of the bits that are set, in their order; one a case.

    >>> summed(np.array([0, 1, 6], dtype=np.uint16), np.array([0.5, 0.25, 2.0]))
    array([0.  , 0.5 , 2.25])
    """
    out = np.zeros(bits.size)
    for row in range(bits.size):
        for bit in range(weights.size):
            if bits[row] >> np.uint16(bit) & np.uint16(1):
                out[row] += weights[bit]
    return out


def among(names: Iterable[str], bits: int) -> list[str]:
    """The names whose bits are set.

    >>> among(["one", "two", "three"], 0b101)
    ['one', 'three']
    """
    return [name for at, name in enumerate(names) if bits >> at & 1]


def person(cases: Cases, row: int, words: Words) -> Person:
    """One case as the facts of a person, in the words of its world."""
    levels, charges = list(words.levels), list(words.charges)
    return Person(
        level=levels[cases.level[row]], charge=charges[cases.charge[row]],
        numbers={name: int(cases.numbers[row, at]) for at, name in enumerate(words.numbers)}, age=int(cases.age[row]),
        youngest_child=None if cases.youngest_child[row] == NO_CHILD else int(cases.youngest_child[row]),
        circumstances=among(words.circumstances, int(cases.circumstances[row])),
        entry_age=int(cases.entry_age[row]), children=int(cases.children[row]), lawyer=bool(cases.lawyer[row]),
        detained=bool(cases.in_custody[row]), mandatory=bool(cases.mandatory[row]),
        equities=among(words.equities, int(cases.equities[row])),
        documented=among(words.equities, int(cases.documented[row])),
    )  # fmt: skip
