"""The headline of the record: the same leniency, asked of two agencies.

From June 2011 ICE was invited, and from November 2011 ordered, to spare those with humanitarian claims; from
August 2012 USCIS was to grant young people the same. The measures are those of the published record (facts
I01 to I03 and B01 of the world's ``evidence.csv``).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from experiments.rates import period, rates
from experiments.replications import interval
from experiments.runs import Run

SCENARIO = "record-2013"
LAST_DAY = date(2013, 6, 30)
"""The published counts for DACA, and for closures, end here."""

BEFORE, MEMOS, REVIEW = "before the memos", "memos, no order to look", "under the ordered review"
OFFERED = "offered closure, of the cases reviewed"
OFFERS, CLOSED = "cases offered closure", "cases closed"
DACA, APPROVED, DECIDED = "DACA requests", "approved, of those decided", "decided, of those accepted"
GROUPS = ["agency", "measure", "unit", "period"]


def headline(result: Run) -> pd.DataFrame:
    """The headline of one run, up to `LAST_DAY`.

    Returns:
        ``agency``, ``measure``, ``unit`` (``share``, or ``cases`` of the real system: those of the run
        divided by its scale), ``period`` and ``value``.
    """
    rows = [*_ice(result), *_uscis(result)]
    return pd.DataFrame(rows, columns=[*GROUPS, "value"])


def _ice(result: Run) -> Iterator[tuple[Any, ...]]:
    starts = {entry["name"]: date.fromisoformat(entry["start"]) for entry in result.about["directives"]}
    starts = {MEMOS: starts["discretion-2011"], REVIEW: starts["review-2011"]}
    reviewed = _known(result.outcomes, "stage", "review")
    shares = rates(reviewed.assign(period=period(reviewed["week"], starts, BEFORE)), ["period"])
    for when, share in zip(shares["period"], shares["rate"], strict=True):
        yield "ice", OFFERED, "share", when, share
    scale = result.about["scale"]
    for when, offers in zip(shares["period"], shares["favourable"], strict=True):
        yield "ice", OFFERS, "cases", when, offers / scale
    closed = _known(result.flows, "to", "closed")
    counts = closed.groupby(period(closed["week"], starts, BEFORE), observed=False)["cases"].sum()
    for when, cases in counts.items():
        yield "ice", CLOSED, "cases", when, cases / scale


def _uscis(result: Run) -> Iterator[tuple[Any, ...]]:
    requests = _known(result.outcomes, "stage", "daca")
    decided, approved = int(requests["decided"].sum()), int(requests["favourable"].sum())
    table = result.resources
    here = (table["what"] == "daca") & (table["kind"] == "waiting") & (table["day"] == pd.Timestamp(LAST_DAY))
    accepted = decided + int(table.loc[here, "used"].sum())
    yield "uscis", DACA, "share", APPROVED, approved / decided if decided else float("nan")
    yield "uscis", DACA, "share", DECIDED, decided / accepted if accepted else float("nan")


def _known(table: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    weeks = table["week"] < pd.Timestamp(LAST_DAY + timedelta(days=1))
    return table[weeks & (table[column] == value)]


def over_replications(tables: pd.DataFrame, level: float = 0.9) -> pd.DataFrame:
    """Over replications, for each row of the headline: ``median``, ``low`` and ``high`` (`interval`)."""
    rows = [(*group, *interval(values["value"], level)) for group, values in tables.groupby(GROUPS, sort=False)]
    return pd.DataFrame(rows, columns=[*GROUPS, "median", "low", "high"])


def in_words(figures: pd.DataFrame) -> str:
    """The headline in two sentences."""
    shares = figures[figures["unit"] == "share"].set_index("period")["median"]
    ice = {when: shares.get(when, float("nan")) for when in (BEFORE, MEMOS, REVIEW)}
    return (
        f"ICE offered closure in {ice[BEFORE]:.2%} of the cases it reviewed before the memos, "
        f"in {ice[MEMOS]:.2%} after them, and in {ice[REVIEW]:.1%} once ordered to look at every case; "
        f"USCIS, asked for the same leniency, approved {shares[APPROVED]:.1%} of the requests it decided. "
        "Every officer of both decides by one rule: the agencies differ in their culture, in what is "
        "counted, and in how far a memo reaches them."
    )
