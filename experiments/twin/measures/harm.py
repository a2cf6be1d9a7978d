"""Harm and cost: what a directive breaks downstream.

Each harm is a function of one world's account that yields what it finds, in figures of the real system (those of the
run, over its scale), from the directives' first day on. A stream with harms of its own adds them to `HARMS`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from experiments.twin.side import Side
from model.schema import World

ALL = "all"
WEEK = 7
"""Tables of resources and outcomes have one row a week."""


class Account(NamedTuple):
    """One world's account: what it did to people and to those who do the work."""

    world: World
    side: Side
    first_day: date
    scale: float


class Found(NamedTuple):
    """One figure: at which agency, of what within it, what is measured, its unit, how much."""

    agency: str
    group: str
    measure: str
    unit: str
    value: float


def in_custody(account: Account) -> Iterator[Found]:
    """Nights that people spent in custody: ``sum of nights / scale``."""
    yield Found(ALL, ALL, "custody", "nights", float(account.side.cases["nights"].sum()) / account.scale)


def over_capacity(account: Account) -> Iterator[Found]:
    """What is taken of each resource beyond what there is, such as bed-days: ``sum of over * 7 / scale``."""
    resources = _since(account.side.resources, "day", account.first_day)
    for name, resource in account.world.resources.items():
        if resource.kind == "stock":
            over = days_over(resources[resources["what"] == name]["over"])
            yield Found(ALL, name, "over capacity", f"{resource.amount.unit} x days", over / account.scale)


def days_over(over: pd.Series) -> float:
    """``7 * sum of over``: units of a resource in use beyond its amount at the end of each week, as days of each.

    Ten beds too many in one week and none in the next: 70 bed-days.

    >>> days_over(pd.Series([10.0, 0.0]))
    70.0
    """
    return float(over.sum() * WEEK)


def overtime(account: Account) -> Iterator[Found]:
    """Hours that the officers of an agency's units work in a week beyond those they have."""
    spent = _since(account.side.outcomes, "week", account.first_day)
    weeks = spent.groupby(["unit", "week"], observed=True)["hours"].sum()
    for agency, entry in account.world.agencies.items():
        units = [name for name in (f"{agency}.{unit}" for unit in entry.units) if name in weeks.index]
        hours = sum(hours_over(weeks[name], WEEK * account.side.hours[name]) for name in units)
        yield Found(agency, ALL, "overtime", "hours", hours / account.scale)


def hours_over(spent: pd.Series, there_are: float) -> float:
    """``sum over weeks of max(0, hours spent - hours there are)``.

    With 40 hours a week, and 50 and 30 of work: 10.

    >>> hours_over(pd.Series([50.0, 30.0]), 40.0)
    10.0
    """
    return float((spent - there_are).clip(lower=0.0).sum())


def backlog(account: Account) -> Iterator[Found]:
    """Cases that wait for an agency's decision, or are on the way to it, when the watch ends."""
    table, stages = account.side.resources, account.world.stages
    waiting = table[(table["kind"] == "waiting") & (table["day"] == table["day"].max())].set_index("what")["used"]
    for agency in account.world.agencies:
        own = [name for name, stage in stages.items() if stage.decider.split(".")[0] == agency]
        yield Found(agency, ALL, "backlog", "cases", float(waiting[own].sum()) / account.scale)


def dollars(account: Account) -> Iterator[Found]:
    """What resources in use, and officers at work, cost: those that the world gives a price."""
    in_use = _since(account.side.resources, "day", account.first_day)
    for name, resource in account.world.resources.items():
        if resource.cost is not None:
            used = in_use.loc[in_use["what"] == name, "used"]
            yield Found(ALL, name, "cost", "dollars", cost_of_days(used, resource.cost.value) / account.scale)
    spent = _since(account.side.outcomes, "week", account.first_day)
    hours = spent.groupby("unit", observed=False)["hours"].sum()
    for agency, entry in account.world.agencies.items():
        prices = {f"{agency}.{name}": unit.cost.value for name, unit in entry.units.items() if unit.cost is not None}
        if prices:
            total = sum(hours[unit] * price for unit, price in prices.items())
            yield Found(agency, "officers", "cost", "dollars", float(total) / account.scale)


def cost_of_days(used: pd.Series, price: float) -> float:
    """``7 * price * sum of used``, with what is in use at the end of each week.

    Ten beds for two weeks at 159 dollars a day:

    >>> cost_of_days(pd.Series([10, 10]), 159.0)
    22260.0
    """
    return float(used.sum()) * WEEK * price


def _since(table: pd.DataFrame, column: str, first_day: date) -> pd.DataFrame:
    """Rows of weeks that end on the first day or later."""
    return table[table[column] > pd.Timestamp(first_day) - pd.Timedelta(days=WEEK)]


HARMS: tuple[Callable[[Account], Iterator[Found]], ...] = (in_custody, over_capacity, overtime, backlog, dollars)


def harms(account: Account) -> list[Found]:
    """Every harm of one world."""
    return [found for harm in HARMS for found in harm(account)]
