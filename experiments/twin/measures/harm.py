"""Harm and cost: what a directive breaks downstream.

Each harm is a function of one world's account that yields what it finds, in figures of the real system (those of the
run, over its scale), from the directives' first day on. A stream with harms of its own adds them to `HARMS`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from experiments.twin.measures.payroll import pay
from experiments.twin.world_outcomes import Side

ALL = "all"
WEEK = 7
"""Days in a row of the tables of resources and outcomes."""


class Account(NamedTuple):
    """One world's account: what it did to people and to those who do the work."""

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


def apart(account: Account) -> Iterator[Found]:
    """Those who were separated from the people they came with: how many, for how long, and how many still are."""
    found = account.side.separated
    if account.side.world.clocks or len(found):
        here = found[found["separated"] >= pd.Timestamp(account.first_day)]
        yield Found(ALL, ALL, "separated", "persons", len(here) / account.scale)
        yield Found(ALL, ALL, "apart", "days", float(here["days_apart"].sum()) / account.scale)
        yield Found(ALL, ALL, "not reunited", "persons", float((~here["reunited"]).sum()) / account.scale)


def clocks(account: Account) -> Iterator[Found]:
    """Legal limits on time that were broken: ``sum over days of persons held beyond it / scale``, by clock."""
    table = account.side.breaches
    since = table[table["day"] >= pd.Timestamp(account.first_day)].groupby("clock", observed=True)["persons"].sum()
    for name in account.side.world.clocks:
        yield Found(ALL, name, "beyond the limit", "days", float(since.get(name, 0)) / account.scale)


def over_capacity(account: Account) -> Iterator[Found]:
    """What is taken of each resource beyond what there is, such as bed-days: ``sum of days over / scale``."""
    table = _resources(account)
    for name, resource in account.side.world.resources.items():
        if resource.kind == "stock":
            over = float(table.loc[table["what"] == name, "days_over"].sum())
            yield Found(ALL, name, "over capacity", "days", over / account.scale)


def overtime(account: Account) -> Iterator[Found]:
    """Hours that the officers of an agency's units work in a week beyond those they have."""
    spent = _outcomes(account)
    weeks = spent.groupby(["unit", "week"], observed=True)["hours"].sum()
    for agency, entry in account.side.world.agencies.items():
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
    table, world = account.side.resources, account.side.world
    waiting = table[(table["kind"] == "waiting") & (table["day"] == table["day"].max())].set_index("what")["used"]
    for agency in world.agencies:
        own = [name for name, stage in world.stages.items() if stage.decider.split(".")[0] == agency]
        yield Found(agency, ALL, "backlog", "cases", float(waiting[own].sum()) / account.scale)


def dollars(account: Account) -> Iterator[Found]:
    """What resources in use, officers at work and people added cost: those to which the world gives a price.

    Of officers the hours spent on decisions; people whom a directive adds are paid in full
    (`experiments.twin.measures.payroll`).
    """
    world = account.side.world
    table = _resources(account)
    for name, resource in world.resources.items():
        if resource.cost is not None:
            rows = table[table["what"] == name]
            more = resource.cost_over or resource.cost
            cost = cost_of_days(rows["days"], rows["days_over"], resource.cost.value, more.value)
            yield Found(ALL, name, "cost", "dollars", cost / account.scale)
    hours = _outcomes(account).groupby(["week", "unit"], observed=True)["hours"].sum()
    spent = hours.unstack("unit").reindex(columns=world.units()).fillna(0.0)
    for agency, entry in world.agencies.items():
        priced = {name: unit for name, unit in entry.units.items() if unit.cost is not None}
        if priced:
            names = [f"{agency}.{name}" for name in priced]
            paid = [pay(account.side, name, unit, spent[name], account.first_day, account.scale)
                    for name, unit in zip(names, priced.values(), strict=True)]  # fmt: skip
            yield Found(agency, "officers", "cost", "dollars", sum(paid))


def cost_of_days(days: pd.Series, over: pd.Series, price: float, price_over: float) -> float:
    """``price * sum of (days - over) + price over * sum of over``, with the days that units of a resource are in use.

    Seventy bed-days at 159 dollars, ten of them above what there is, at 200:

    >>> cost_of_days(pd.Series([70.0]), pd.Series([10.0]), 159.0, 200.0)
    11540.0
    """
    return float((days - over).sum() * price + over.sum() * price_over)


def _resources(account: Account) -> pd.DataFrame:
    """Rows of weeks, known by their last day, that end on the first day or later."""
    table = account.side.resources
    return table[table["day"] >= pd.Timestamp(account.first_day)]


def _outcomes(account: Account) -> pd.DataFrame:
    """The same of weeks that are known by their Monday."""
    table = account.side.outcomes
    return table[table["week"] > pd.Timestamp(account.first_day) - pd.Timedelta(days=WEEK)]


HARMS: tuple[Callable[[Account], Iterator[Found]], ...] = (
    in_custody, apart, clocks, over_capacity, overtime, backlog, dollars,
)  # fmt: skip


def harms(account: Account) -> list[Found]:
    """Every harm of one world."""
    return [found for harm in HARMS for found in harm(account)]
