"""Which cases a condition holds for: the language of `model.schema.condition`, evaluated on columns.

Every condition that a world uses is evaluated once per case, when the case is drawn, and kept as one bit. Scopes,
laws, routes and metrics then ask for a bit.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from model.compiled import compiled
from model.schema import AnyOf, Between, Condition, World

Bits = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
NEVER, ALWAYS = -2, -1


class Facts(Protocol):
    """Columns of facts, one row a case."""

    @property
    def mix(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def level(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def charge(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def numbers(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def age(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def entry_age(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def entered(self) -> npt.NDArray[np.int32]: ...  # noqa: D102

    @property
    def children(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def youngest_child(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def area(self) -> npt.NDArray[np.int8]: ...  # noqa: D102

    @property
    def circumstances(self) -> npt.NDArray[np.uint16]: ...  # noqa: D102

    @property
    def lawyer(self) -> Mask: ...  # noqa: D102

    @property
    def mandatory(self) -> Mask: ...  # noqa: D102

    @property
    def equities(self) -> npt.NDArray[np.uint16]: ...  # noqa: D102

    @property
    def documented(self) -> npt.NDArray[np.uint16]: ...  # noqa: D102


def bits_of(names: Iterable[str], words: Collection[str]) -> np.uint16:
    """Some of a world's words as bits, in their order.

    >>> int(bits_of(["first", "third"], ["first", "second", "third"]))
    5
    """
    order = list(words)
    return np.uint16(sum(1 << order.index(name) for name in set(names)))


def any_holds(world: World, any_of: AnyOf, facts: Facts) -> Mask:
    """For each case whether any of the conditions holds; with no conditions it holds for all."""
    if not any_of:
        return np.ones(len(facts.level), dtype=np.bool_)
    found = np.zeros(len(facts.level), dtype=np.bool_)
    for condition in any_of:
        found |= _holds(world, condition, facts)
    return found


def _holds(world: World, condition: Condition, facts: Facts) -> Mask:
    words = world.words
    true = np.ones(len(facts.level), dtype=np.bool_)
    for column, names, codes in (
        (facts.level, condition.level, tuple(words.levels)),
        (facts.charge, condition.charge, tuple(words.charges)),
        (facts.mix, condition.mix, tuple(world.mixes)),
        (facts.area, condition.area, tuple(world.all_areas())),
    ):
        if names is not None:
            true &= _among(column, names, codes)
    if condition.equities is not None:
        true &= (facts.equities & bits_of(condition.equities, words.equities)) != 0
    if condition.seen is not None:
        true &= (facts.equities & facts.documented & bits_of(condition.seen, words.equities)) != 0
    if condition.circumstances is not None:
        true &= (facts.circumstances & bits_of(condition.circumstances, words.circumstances)) != 0
    if condition.without is not None:
        true &= (facts.circumstances & bits_of(condition.without, words.circumstances)) == 0
    for flags, wanted in (
        (facts.lawyer, condition.lawyer),
        (facts.mandatory, condition.mandatory),
    ):
        if wanted is not None:
            true &= flags == wanted
    years = facts.age if condition.years is None else facts.age.astype(np.int16) - facts.entry_age
    for numbers, between in (
        (facts.age, condition.age),
        (facts.entry_age, condition.entry_age),
        (years, condition.years),
        (facts.children, condition.children),
    ):
        if between is not None:
            true &= _between(numbers, between)
    if condition.entered is not None:
        first, last = condition.entered.ends
        true &= (facts.entered >= first.toordinal()) & (facts.entered <= last.toordinal())
    for name, limits in (condition.numbers or {}).items():
        true &= _between(facts.numbers[:, list(words.numbers).index(name)], limits)
    if condition.youngest_child is not None:
        true &= (facts.youngest_child >= 0) & _between(facts.youngest_child, condition.youngest_child)
    for group in condition.groups or []:
        true &= any_holds(world, world.groups[group], facts)
    for group in condition.not_groups or []:
        true &= ~any_holds(world, world.groups[group], facts)
    return true


def _among(column: npt.NDArray[np.int8], names: Sequence[str], codes: Sequence[str]) -> Mask:
    true = np.zeros(len(column), dtype=np.bool_)
    for name in names:
        if name in codes:
            true |= column == codes.index(name)
    return true


def _between(numbers: npt.NDArray[np.signedinteger], between: Between) -> Mask:
    true = np.ones(len(numbers), dtype=np.bool_)
    if between.min is not None:
        true &= numbers >= between.min
    if between.max is not None:
        true &= numbers <= between.max
    return true


class Register:
    """The conditions that a world uses, each with the number of its bit."""

    def __init__(self, world: World) -> None:
        """Start with no conditions."""
        self.world = world
        self._known: dict[str, int] = {}
        self._conditions: list[AnyOf] = []

    def number(self, any_of: AnyOf, *, empty: int = ALWAYS) -> int:
        """The bit of a list of conditions; ``empty`` (always or never) for an empty list."""
        if not any_of:
            return empty
        text = repr(any_of)
        if text not in self._known:
            self._known[text] = len(self._conditions)
            self._conditions.append(any_of)
        return self._known[text]

    @property
    def words(self) -> int:
        """Words of 64 bits that the conditions take."""
        return max(1, -(-len(self._conditions) // 64))

    def bits(self, facts: Facts) -> Bits:
        """Every condition of every case: shape (cases, words of 64 conditions)."""
        out = np.zeros((len(facts.level), self.words), dtype=np.uint64)
        for number, any_of in enumerate(self._conditions):
            _mark(any_holds(self.world, any_of, facts), number, out)
        return out


@compiled
def _mark(true: Mask, number: int, bits: Bits) -> None:
    """Set the bit of a condition where it holds."""
    word, bit = number >> 6, np.uint64(1) << np.uint64(number & 63)
    for case in range(true.size):
        bits[case, word] |= bit if true[case] else np.uint64(0)


@compiled
def holds(bits: Bits, case: int, number: int) -> bool:
    """Whether condition ``number`` holds for ``case``."""
    if number < 0:
        return number == ALWAYS
    return bool((bits[case, number >> 6] >> np.uint64(number & 63)) & np.uint64(1))
