"""A memo that works: three levers and a budget, in a made-up office with two desks.

The office is the world `two-desks` with the habits of an office switched on (`OFFICE`). A memo is a step of each lever
(`LEVERS`); steps and prices are invented for the exercise.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

import pandas as pd

from experiments.parallel import Progress, one_of
from experiments.rates import rates
from model import BureaucracyModel
from model.schema import World
from model.world.loader import load

WORLD, SCENARIO, DIRECTIVE, STAGE = "two-desks", "memo", "memo", "request"
BUDGET = 6
"""Points to spend on a memo."""
Setting = float | str | bool
Memo = tuple[int, int, int]
"""The step of each lever, in the order of `LEVERS`."""
AS_IT_IS: Memo = (0, 0, 0)
OFFICE: Mapping[str, Setting] = {
    "agencies.fees.units.clerks.habit": 0.5,
    "agencies.fees.units.clerks.local.North": -0.5,
    "agencies.fees.units.clerks.local.South": -2.5,
    "agencies.fees.culture.mission": 0.3,
    "agencies.fees.levels.chief.judged_by_numbers": 0.6,
    "metrics.charged.in_force": True,
    "society.bulletin": 20.0,
    "society.erosion": 0.01,
    "rule.stake": 2.0,
    f"directives.{DIRECTIVE}.clarity": 0.7,
}
"""Half the requests are read, both desks lean to charge, fees charged are counted, news is slow and is forgotten."""


class Step(NamedTuple):
    """What a step of a lever is called, and what it sets in the memo."""

    said: str
    sets: Mapping[str, Setting]


class Lever(NamedTuple):
    """A lever, the price of each of its steps in points, and the steps; the first is the memo as it is."""

    title: str
    price: int
    steps: tuple[Step, ...]


def _text(said: str, authority: str, latitude: float, mandate: float) -> Step:
    return Step(said, {"authority": authority, "latitude": latitude, "mandate": mandate})


def _followed(said: str, monitoring: float, evaluation: float) -> Step:
    return Step(said, {"monitoring": monitoring, "evaluation": evaluation})


LEVERS = (
    Lever("Text", 1, (
        _text("an appeal: clerks may waive", "soft", 0.8, 0.0),
        _text("a rule that leaves room: where practicable", "regulatory", 0.5, 0.0),
        _text("a rule without exceptions", "regulatory", 0.0, 0.0),
        _text("that rule, and an order to read every request", "regulatory", 0.0, 0.8),
    )),
    Lever("Training", 2, (
        Step("nobody is trained", {"training": 0.0}),
        Step("3 clerks in 10 are trained", {"training": 0.3}),
        Step("6 clerks in 10 are trained", {"training": 0.6}),
        Step("9 clerks in 10 are trained", {"training": 0.9}),
    )),
    Lever("Follow-up", 2, (
        _followed("nobody asks", 0.2, 0.0),
        _followed("a list is kept", 0.7, 0.2),
        _followed("chiefs answer for the list", 0.9, 0.5),
        _followed("chiefs are judged by it first", 1.0, 1.0),
    )),
)  # fmt: skip


def office() -> World:
    """The world of the exercise, its memo as it is."""
    return load(WORLD, {**OFFICE, **settings(AS_IT_IS)})


def settings(memo: Memo) -> dict[str, Setting]:
    """What a memo sets.

    >>> settings((0, 2, 0))["directives.memo.training"]
    0.6
    """
    steps = [lever.steps[step] for lever, step in zip(LEVERS, memo, strict=True)]
    return {f"directives.{DIRECTIVE}.{key}": value for step in steps for key, value in step.sets.items()}


def memos() -> Iterator[Memo]:
    """Every memo that the budget buys; the memo as it is comes first."""
    text, training, followed = (range(len(lever.steps)) for lever in LEVERS)
    return (memo for memo in product(text, training, followed) if cost(memo) <= BUDGET)


def cost(memo: Memo) -> int:
    """Points that a memo costs.

    >>> cost((2, 0, 2)), cost(AS_IT_IS)
    (6, 0)
    """
    return sum(lever.price * step for lever, step in zip(LEVERS, memo, strict=True))


def key_of(memo: Memo) -> str:
    """The key of a memo's figure.

    >>> key_of((2, 0, 2))
    '202'
    """
    return "".join(map(str, memo))


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The memos, the best first: the one that shifts most, of equals the cheapest.

    Args:
        table: their figures, as `experiments.demonstrations.summary` gives them.

    Returns:
        The same columns, and ``memo`` and ``cost`` (points); the memo as it is has a ``shift`` of 0.
    """
    known = {key_of(memo): memo for memo in memos()}
    rows = table.fillna({"shift": 0.0}).assign(memo=table["key"].map(known))
    rows = rows.assign(cost=rows["memo"].map(cost))
    return rows.sort_values(["shift", "cost"], ascending=[False, True], ignore_index=True)


def budget(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """Fees waived, of the requests decided from the memo of April 2020 to June, under every memo that the budget buys.

    Returns:
        Shares by `key_of`, the memo as it is first.
    """
    figures, every = {}, list(memos())
    for at, memo in enumerate(every):
        figures[key_of(memo)] = _waived(load(WORLD, {**OFFICE, **settings(memo)}), seed, scale)
        one_of(progress, at, len(every))(1, 1)
    return figures


def _waived(world: World, seed: int, scale: float) -> float:
    outcomes = BureaucracyModel(SCENARIO, scale, seed, world=world).run().recorder.outcomes()
    since = outcomes[outcomes["week"].dt.date >= world.directives[DIRECTIVE].start]
    return float(rates(since, ["stage"])["rate"].iloc[0])
