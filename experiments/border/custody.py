"""Beds, hours and what they cost: the table ``resources`` of a run, month by month.

A run keeps one row a week. A week that lies in two months is divided between them by its days, as if every day of it
had been alike. Figures are those of the run: divided by its scale they are those of the real system.
"""

from datetime import date

import numpy as np
import pandas as pd

from model.schema import World

SUMMED = ["days", "amount", "used", "over"]


def by_month(resources: pd.DataFrame, start: date) -> pd.DataFrame:
    """What there is of each resource in a month, what is in use, and what is over.

    Returns:
        ``month``, ``what``, ``area``, ``kind``, ``days`` (of the watch in that month), and, of a stock in unit-days and
        of a flow in its units, ``amount``, ``used`` and ``over``.

    Of the week to Sunday 3 June four days lie in May: of 91 bed-days 52, of the 21 over capacity 12. The week before
    had 56.

    >>> from experiments.border.worked import resources
    >>> beds = by_month(resources(), date(2018, 5, 21)).query("what == 'marshals-beds'").set_index("month")
    >>> beds[["days", "amount", "used", "over"]].loc["2018-05-01"].tolist()
    [11.0, 110.0, 108.0, 12.0]
    """
    rows = resources[resources["kind"] != "waiting"]
    shares = _shares(rows["day"], start)
    parts = rows.rename(columns={"days": "unit_days"}).merge(shares, on="day")
    stock = parts["kind"] != "flow"
    table = parts.assign(
        area=parts["area"].fillna("").astype(str),
        amount=parts["amount"] * np.where(stock, parts["days"], parts["days"] / 7.0),
        used=np.where(stock, parts["unit_days"], parts["used"]) * parts["share"],
        over=np.where(stock, parts["days_over"], parts["over"]) * parts["share"],
    )
    return table.groupby(["month", "what", "area", "kind"], as_index=False, sort=False, observed=True)[SUMMED].sum()


def _shares(ends: pd.Series, start: date) -> pd.DataFrame:
    """Of each week, by its last ``day``: the months it lies in, its ``days`` in each, their ``share`` of the week."""
    last = pd.DatetimeIndex(ends.drop_duplicates().sort_values())
    before = last[:-1].insert(0, pd.Timestamp(start) - pd.Timedelta(days=1))
    weeks = [pd.date_range(one + pd.Timedelta(days=1), other) for one, other in zip(before, last, strict=True)]
    days = pd.DataFrame({"day": last.repeat([len(week) for week in weeks])})
    days["month"] = pd.DatetimeIndex(np.concatenate([week.to_numpy() for week in weeks])).to_period("M").to_timestamp()
    table = days.groupby(["day", "month"]).size().rename("days").reset_index()
    table["share"] = table["days"] / table.groupby("day")["days"].transform("sum")
    return table.astype({"day": ends.dtype, "month": "datetime64[s]"})


def occupancy(monthly: pd.DataFrame) -> pd.Series:
    """``unit-days in use / unit-days that there are``; above 1 where beds are found beyond capacity.

    >>> from experiments.border.worked import table
    >>> occupancy(table("amount  used", "110  121")).tolist()
    [1.1]
    """
    return monthly["used"] / monthly["amount"]


def dollars(monthly: pd.DataFrame, world: World) -> pd.Series:
    """``(unit-days in use - those over) * cost + those over * cost over``; nothing for what has no price.

    With 85 dollars a bed-day and 130 beyond capacity, 108 bed-days of which 12 over: 96 * 85 + 12 * 130.

    >>> from experiments.border.worked import table
    >>> from model import load
    >>> prices = {"resources.marshals-beds.cost": 85, "resources.marshals-beds.cost_over": 130}
    >>> dollars(table("what  used  over", "marshals-beds  108  12"), load(settings=prices)).tolist()
    [9720.0]
    """
    cost = {name: row.cost.value if row.cost else 0.0 for name, row in world.resources.items()}
    more = {name: row.cost_over.value if row.cost_over else cost[name] for name, row in world.resources.items()}
    what = monthly["what"].astype(str)
    return (monthly["used"] - monthly["over"]) * what.map(cost) + monthly["over"] * what.map(more)


def most_over(resources: pd.DataFrame, what: str) -> float:
    """The most units of a resource over capacity at the end of a week, all places together: of the beds, 3.

    >>> from experiments.border.worked import resources
    >>> most_over(resources(), "marshals-beds")
    3.0
    """
    rows = resources[resources["what"] == what]
    return float(rows.groupby("day")["over"].sum().max()) if len(rows) else 0.0
