import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.mechanisms.shapley import Worth, coalitions, drawn_orders, every_order, shapley

PLAYERS = ["a", "b", "c", "d"]


def game(seed: int) -> Worth:
    chance = np.random.default_rng(seed)
    every = sorted(coalitions(every_order(PLAYERS)), key=sorted)
    return {there: chance.normal(size=2) for there in every}


def test_the_airport_is_shared_as_littlechild_and_owen_share_it() -> None:
    """Littlechild and Owen 1973: each part of the runway is paid alike by those whose planes need it."""
    costs = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 10.0}
    orders = every_order(PLAYERS)
    worth = {there: np.array(max((costs[one] for one in there), default=0.0)) for there in coalitions(orders)}
    value = shapley(orders, worth)
    wanted = {"a": 1 / 4, "b": 1 / 4 + 1 / 3, "c": 1 / 4 + 1 / 3 + 1 / 2, "d": 1 / 4 + 1 / 3 + 1 / 2 + 7}
    assert {one: float(part) for one, part in value.items()} == pytest.approx(wanted)


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_parts_are_the_whole_whatever_orders_are_drawn(seed: int, pairs: int) -> None:
    worth = game(seed)
    whole = worth[frozenset(PLAYERS)] - worth[frozenset()]
    for orders in (every_order(PLAYERS), drawn_orders(PLAYERS, pairs, seed)):
        assert sum(shapley(orders, worth).values()) == pytest.approx(whole)


def test_orders_drawn_by_chance_come_near_the_exact_value() -> None:
    worth = game(3)
    exact, drawn = shapley(every_order(PLAYERS), worth), shapley(drawn_orders(PLAYERS, 3000, 1), worth)
    few = shapley(drawn_orders(PLAYERS, 1, 1), worth)
    for one in PLAYERS:
        assert drawn[one] == pytest.approx(exact[one], abs=0.1)
    assert any(abs(few[one] - exact[one]).max() > 0.1 for one in PLAYERS)


def test_who_adds_nothing_gets_nothing_and_who_adds_alike_gets_alike() -> None:
    orders = every_order(PLAYERS)
    worth = {there: np.array(5.0 if {"a", "b"} <= there else 0.0) for there in coalitions(orders)}
    value = {one: float(part) for one, part in shapley(orders, worth).items()}
    assert value == pytest.approx({"a": 2.5, "b": 2.5, "c": 0.0, "d": 0.0})


def test_drawn_orders_repeat_with_their_seed() -> None:
    assert drawn_orders(PLAYERS, 3, 7) == drawn_orders(PLAYERS, 3, 7)
    assert drawn_orders(PLAYERS, 3, 7) != drawn_orders(PLAYERS, 3, 8)
    for one, reverse in zip(*[iter(drawn_orders(PLAYERS, 3, 7))] * 2, strict=True):
        assert reverse == one[::-1]
