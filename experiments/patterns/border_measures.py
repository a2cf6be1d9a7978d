"""What the model makes of a fact of the border, in figures of the real system; each takes the account of a run."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from experiments.border import children, custody
from experiments.border import prosecution as p
from experiments.border.account import Account
from experiments.border.months import in_care
from experiments.border.names import (
    DISTRICTS,
    HANDING_OVER,
    JAIL,
    OTHER,
    PARENTS,
    SECTORS,
    STATIONS,
    stations_of_reunion,
)
from experiments.patterns.pattern import Days

YEAR = 365.0


def sectors_called(one: Account, name: str, district: str = "") -> list[str]:
    """The sectors that a record counts under a name, or those of them that lie in a district."""
    region = one.world.regions[SECTORS]
    inside = one.world.regions[DISTRICTS].parts[district] if district else region.names
    return [area for area in inside if region.counted.get(area, area.lower()) == name]


def between(rows: pd.DataFrame, months: Days) -> pd.DataFrame:
    """Rows of the months from one to another.

    >>> rows = pd.DataFrame({"month": pd.to_datetime(["2018-04-01", "2018-05-01", "2018-06-01"])})
    >>> between(rows, (date(2018, 5, 1), date(2018, 5, 31)))["month"].dt.month.tolist()
    [5]
    """
    return rows[(rows["month"] >= pd.Timestamp(months[0])) & (rows["month"] <= pd.Timestamp(months[1]))]


def accepted_by_sector(one: Account, name: str, months: Days) -> float:
    """Cases of the Border Patrol that attorneys prosecute, of the sectors that a record counts under a name."""
    rows = p.prosecuted(between(one.paths, months))
    here = rows["area"].isin(sectors_called(one, name)) & (rows["mix"] != OTHER)
    return p.count(rows[here]) / one.scale


def share_of_parents_accepted(one: Account, name: str, months: Days, district: str = "") -> float:
    """``parents accepted / parents on whose file an attorney decided, or had no time to``."""
    rows = _parents(one, name, months, district)
    accepted = p.count(p.accepted(rows))
    presented = accepted + p.count(p.turned_down(rows))
    return accepted / presented if presented else float("nan")


def share_of_parents_prosecuted(one: Account, name: str, months: Days) -> float:
    """``parents prosecuted / parents apprehended``."""
    rows = _parents(one, name, months)
    everybody = p.count(p.apprehended(rows))
    return p.count(p.prosecuted(rows)) / everybody if everybody else float("nan")


def parents_prosecuted(one: Account, name: str, months: Days, district: str = "") -> float:
    """Parents prosecuted, each of whom is a family separated."""
    return p.count(p.prosecuted(_parents(one, name, months, district))) / one.scale


def _parents(one: Account, name: str, months: Days, district: str = "") -> pd.DataFrame:
    paths = between(one.paths, months)
    return paths[paths["area"].isin(sectors_called(one, name, district)) & (paths["mix"] == PARENTS)]


def prosecutions(one: Account, kind: str, months: Days) -> float:
    """Prosecutions of a kind (`experiments.border.prosecution.KINDS`)."""
    rows = p.prosecuted(between(one.paths, months))
    return p.count(rows[rows["kind"] == kind]) / one.scale


def districts_moved(one: Account, other: Account, kind: str, months: Days, least: float) -> float:
    """Districts that prosecute more of a kind than in another world, by at least a share."""
    more = 0
    for sectors in one.world.regions[DISTRICTS].parts.values():
        here, there = (p.prosecuted(between(each.paths, months)) for each in (one, other))
        counts = [p.count(rows[rows["area"].isin(sectors) & (rows["kind"] == kind)]) for rows in (here, there)]
        more += counts[0] >= (1.0 + least) * counts[1] > 0
    return float(more)


def serious_missed(one: Account, months: Days) -> float:
    """Serious offenders who left the way to court."""
    return p.count(p.missed(between(one.paths, months))) / one.scale


def _separated(one: Account, days: Days) -> pd.DataFrame:
    """Children who were separated from one day to another."""
    when = one.separated["separated"]
    return one.separated[(when >= pd.Timestamp(days[0])) & (when <= pd.Timestamp(days[1]))]


def separated(one: Account, days: Days, sectors: Sequence[str] = (), oldest: int | None = None) -> float:
    """Children who were separated from one day to another: in some sectors, up to some age."""
    rows = _separated(one, days)
    here = rows["area"].isin(sectors) if sectors else rows["age"] >= 0
    return float((here & (rows["age"] <= oldest if oldest is not None else here)).sum()) / one.scale


def separated_a_day(one: Account, days: Days, sectors: Sequence[str], oldest: int) -> float:
    """The same, on an average day."""
    return separated(one, days, sectors, oldest) / ((days[1] - days[0]).days + 1)


def with_little_jail(one: Account, days: Days, months: Days) -> float:
    """``children separated in those days * share of parents whose sentence was the time they had been held``.

    Nobody's sentence is kept beside the child, so the share is that of all parents sentenced in those months.
    """
    rows = between(one.paths, months)
    parents = rows[rows["mix"] == PARENTS]
    served, jail = p.count(p.time_served(parents)), p.count(p.jailed(parents))
    return separated(one, days) * served / (served + jail) if served + jail else float("nan")


def reunited_at_stations(one: Account, days: Days) -> float:
    """Children separated in those days whose parent was back before they had been handed over."""
    return len(children.at_the_station(_separated(one, days), stations_of_reunion(one.world))) / one.scale


def share_separated_in_care(one: Account, month: date) -> float:
    """``separated children in ORR's care / children in ORR's care``, on an average day of a month."""
    start = pd.Timestamp(month)
    days = pd.date_range(start, start + pd.offsets.MonthEnd())
    bed_days = float(in_care(one)["bed_days"].get(start, 0.0))
    there = sum(children.in_care(one.separated, day) for day in days)
    return there / bed_days if bed_days else float("nan")


def beds_short(one: Account, first: date) -> float:
    """The most Marshals beds over capacity at the end of a week, all districts together."""
    weeks = one.weekly[one.weekly["day"] >= pd.Timestamp(first)]
    return custody.most_over(weeks, JAIL) / one.scale


def beds_in_use(one: Account, day: date) -> float:
    """``Marshals beds in use / Marshals beds``, all districts together, at the end of the week of a day."""
    weeks = one.weekly[(one.weekly["what"] == JAIL) & (one.weekly["day"] >= pd.Timestamp(day))]
    week = weeks[weeks["day"] == weeks["day"].min()]
    return float(week["used"].sum() / week["amount"].sum()) if len(week) else float("nan")


def dollars_short(one: Account, months: Days) -> float:
    """What Marshals beds over capacity cost, at the pace of those months in a year."""
    rows = between(one.monthly[one.monthly["what"] == JAIL], months)
    over = custody.dollars(rows.assign(used=rows["over"]), one.world).sum()
    days = rows.drop_duplicates("month")["days"].sum()
    return float(over) * YEAR / days / one.scale if days else float("nan")


def still_apart(one: Account) -> float:
    """Children not back with the parent when the watch ends."""
    return len(children.still_apart(one.separated)) / one.scale


def stations_full(one: Account, day: date) -> float:
    """Sectors whose stations hold more than they have room for, at the end of the week of a day."""
    weeks = one.weekly[(one.weekly["what"] == STATIONS) & (one.weekly["day"] >= pd.Timestamp(day))]
    week = weeks[weeks["day"] == weeks["day"].min()]
    return float((week["used"] > week["amount"]).sum())


def children_past_72_hours(one: Account, day: date) -> float:
    """Children held beyond the limit for handing them to ORR, on a day."""
    rows = one.breaches[one.breaches["day"] == pd.Timestamp(day)]
    return children.days_past(rows, HANDING_OVER) / one.scale
