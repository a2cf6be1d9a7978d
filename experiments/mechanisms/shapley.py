"""Shapley's value: what each player of a game adds, on average over the orders in which they may come.

Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games* II, 307. Orders drawn by
chance give an unbiased estimate (Castro, Gómez and Tejada 2009, *Computers & Operations Research* 36, 1726); an order
together with its reverse, a steadier one (Mitchell, Cooper, Frank and Holmes 2022, *JMLR* 23, 43). In each order the
parts sum to the whole, so they do in any average.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Order = tuple[str, ...]
Worth = Mapping[frozenset[str], Floats]
"""What each coalition brings about: an array of one or several games."""


def every_order(players: Sequence[str]) -> list[Order]:
    """All orders in which players may come: with them the value is exact.

    >>> every_order(["a", "b"])
    [('a', 'b'), ('b', 'a')]
    """
    return list(permutations(players))


def drawn_orders(players: Sequence[str], pairs: int, seed: int) -> list[Order]:
    """Some orders drawn by chance, each followed by its reverse; the same for the same seed.

    >>> one, other = drawn_orders(["a", "b", "c"], 1, seed=1)
    >>> sorted(one) == ["a", "b", "c"], other == one[::-1]
    (True, True)
    """
    chance = np.random.default_rng(seed)
    drawn = [tuple(players[at] for at in chance.permutation(len(players))) for _ in range(pairs)]
    return [order for one in drawn for order in (one, one[::-1])]


def coalitions(orders: Iterable[Order]) -> set[frozenset[str]]:
    """Those who are there at each step of the orders, from nobody to everybody.

    >>> sorted("".join(sorted(one)) for one in coalitions([("a", "b"), ("b", "a")]))
    ['', 'a', 'ab', 'b']
    """
    return {frozenset(order[:length]) for order in orders for length in range(len(order) + 1)}


def shapley(orders: Sequence[Order], worth: Worth) -> dict[str, Floats]:
    """``mean over orders of: worth(those before, and the player) - worth(those before)``, for each player.

    Args:
        orders: all of them (`every_order`) for the exact value, or some (`drawn_orders`) for an estimate.
        worth: of every coalition that the orders pass through (`coalitions`).

    The game of gloves: one player has a left glove, two have a right one, and a pair is worth 1. The left glove is
    worth 4/6, each right one 1/6.

    >>> players = ["left", "right", "other right"]
    >>> def pairs(there):
    ...     return np.array(float("left" in there and len(there) > 1))
    >>> orders = every_order(players)
    >>> value = shapley(orders, {there: pairs(there) for there in coalitions(orders)})
    >>> {player: round(float(part), 4) for player, part in value.items()}
    {'left': 0.6667, 'right': 0.1667, 'other right': 0.1667}
    """
    sums = {player: np.zeros_like(worth[frozenset()]) for player in sorted(orders[0], key=orders[0].index)}
    for order in orders:
        there: frozenset[str] = frozenset()
        for player in order:
            more = there | {player}
            sums[player] = sums[player] + (worth[more] - worth[there])
            there = more
    return {player: total / len(orders) for player, total in sums.items()}
