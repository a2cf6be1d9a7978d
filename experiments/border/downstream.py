"""What broke downstream: the whole of a run, or of its months from one on, measure by measure."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from experiments.border import children, custody, prosecution
from experiments.border.account import Account
from experiments.border.months import everywhere, in_care
from experiments.border.names import SHELTERS, stations_of_reunion

SEPARATED, DAYS_APART, PROSECUTIONS = "children separated", "child-days apart", "prosecutions"
MISSED, BEDS_OVER, DOLLARS = "serious offenders missed", "bed-days over capacity", "dollars for beds"
SIX = (SEPARATED, DAYS_APART, PROSECUTIONS, MISSED, BEDS_OVER, DOLLARS)
"""What a counterfactual is compared by."""
REASONS = {"law": "by law", "capacity": "for want of hours or of a slot", "time": "for want of time"}
KINDS = {
    "misdemeanour": "illegal entry", "re-entry": "felonies of those apprehended", "other crime": "felonies of others",
}  # fmt: skip


class Row(NamedTuple):
    """One measure: ``value`` over the whole, and the ``extreme`` month (``most`` or ``least``) with its own value."""

    part: str
    measure: str
    unit: str
    value: float
    extreme: str = ""
    of_month: float = float("nan")
    month: pd.Timestamp | None = None


def downstream(one: Account, since: date | None = None) -> pd.DataFrame:
    """Every measure over the whole watch, or from a month on, in figures of the real system: `Row` by row."""
    here = one if since is None else one.since(since)
    table = everywhere(here)
    rows = [*_prosecution(here, table), *_attorneys(table), *_children(here, table), *_beds(here, table)]
    return pd.DataFrame(rows, columns=list(Row._fields)).astype({"month": "datetime64[s]"})


def _by_month(table: pd.DataFrame, of: str, group: str = "") -> pd.Series:
    """A measure of the months, of one group or of all together."""
    rows = table[table["measure"] == of]
    return (rows[rows["group"] == group] if group else rows).groupby("month")["value"].sum()


def _sum(
    table: pd.DataFrame, part: str, measure: str, unit: str, of: str, group: str = "", extreme: str = "most"
) -> Row:
    """A measure that adds up over months: its sum, and the month with the most of it, or the least."""
    months = table["month"].drop_duplicates().sort_values()
    by_month = _by_month(table, of, group).reindex(months, fill_value=0.0)
    return _extreme(Row(part, measure, unit, float(by_month.sum())), by_month, extreme)


def _extreme(row: Row, by_month: pd.Series, extreme: str = "most") -> Row:
    """The row with its extreme month, if there is anything in any."""
    if not by_month.any():
        return row
    at = pd.Timestamp(str(by_month.idxmax() if extreme == "most" else by_month.idxmin()))
    return row._replace(extreme=extreme, of_month=float(by_month.loc[at]), month=at)


def _prosecution(one: Account, table: pd.DataFrame) -> Iterator[Row]:
    part, others = "Prosecution", prosecution.KINDS[2]
    yield _sum(table, part, PROSECUTIONS, "persons", "prosecutions")
    for kind, words in KINDS.items():
        extreme = "least" if kind == others else "most"
        yield _sum(table, part, f"of these, {words}", "persons", "prosecutions", kind, extreme)
    by_kind = prosecution.prosecuted(one.paths).groupby("kind")["cases"].sum()
    whole = by_kind.reindex(list(prosecution.KINDS), fill_value=0).to_frame().T
    share = float(prosecution.share_of_other_crime(whole).iloc[0])
    row = Row(part, f"share of {KINDS[others]}", "share", share)
    yield _extreme(row, _by_month(table, "share of prosecutions"), "least")
    yield _sum(table, part, "parents prosecuted", "persons", "prosecuted", "parents")
    yield _sum(table, part, MISSED, "persons", "serious missed")


def _attorneys(table: pd.DataFrame) -> Iterator[Row]:
    part = "Attorneys"
    turned_down = table[table["measure"] == "turned down"].groupby("group")["value"].sum()
    for reason in map(str, turned_down.sort_values(ascending=False, kind="stable").index):
        words = REASONS.get(reason, f"where {reason} weighed most")
        yield _sum(table, part, f"turned down {words}", "persons", "turned down", reason)
    for kind, words in KINDS.items():
        yield _sum(table, part, f"hours for {words}", "hours", "attorney hours", kind)


def _children(one: Account, table: pd.DataFrame) -> Iterator[Row]:
    part = "Children"
    yield _sum(table, part, SEPARATED, "children", "separated")
    for ages in children.AGES:
        yield _sum(table, part, f"of these, {ages}", "children", "separated", ages)
    hours = children.hours_until_handed_over(one.separated)
    yield Row(part, "hours until handed to ORR, median", "hours", hours)
    yield _sum(table, part, "back at the station", "children", "back at the station")
    ordered = one.separated["reunited"].astype(bool) & ~one.separated["at"].isin(stations_of_reunion(one.world))
    yield Row(part, "back by order", "children", float(ordered.sum()) / one.scale)
    yield _sum(table, part, "still apart at the end", "children", "still apart")
    yield _sum(table, part, DAYS_APART, "days", "days apart")
    for clock, entry in one.world.clocks.items():
        yield _sum(table, part, f"days beyond the limit: {entry.title}", "days", "held past the limit", clock)
    whole = in_care(one).sum()
    stay = Row(part, "days in ORR care, mean", "days", children.stay(float(whole["bed_days"]), float(whole["left"])))
    yield _extreme(stay, _by_month(table, "stay, mean", SHELTERS))


def _beds(one: Account, table: pd.DataFrame) -> Iterator[Row]:
    part = "Beds"
    for what in one.monthly.loc[one.monthly["kind"] == "stock", "what"].unique():
        resource, rows = one.world.resources[what], one.monthly[one.monthly["what"] == what]
        in_use = float(custody.occupancy(rows[["used", "amount"]].sum().to_frame().T).iloc[0])
        row = Row(part, f"{resource.title}: in use", "share", in_use)
        yield _extreme(row, _by_month(table, "occupancy", what))
        over = f"{resource.title}: bed-days over capacity"
        yield _sum(table, part, over, "bed-days", "bed-days over", what)
        if resource.cost is not None:
            yield _sum(table, part, f"{resource.title}: dollars", "dollars", "cost", what)
    yield _sum(table, part, BEDS_OVER, "bed-days", "bed-days over")
    yield _sum(table, part, DOLLARS, "dollars", "cost")
