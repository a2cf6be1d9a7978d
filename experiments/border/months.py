"""The months of a run at the border: every measure that has a place and a month, in one tidy table."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from experiments.border import children, custody, prosecution
from experiments.border.account import Account
from experiments.border.names import (
    ALONE,
    DISTRICTS,
    EVERYWHERE,
    OTHER,
    PARENTS,
    SHELTERS,
    district_of,
    places_in_care,
    stations_of_reunion,
)

COLUMNS = ["month", "place", "group", "measure", "unit", "value"]
GROUPS = {ALONE: "adults alone", PARENTS: "parents", OTHER: "other crime"}
STEPS: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "apprehended": prosecution.apprehended, "processed": prosecution.processed, "unprepared": prosecution.unprepared,
    "referred": prosecution.referred, "declined": prosecution.declined, "short": prosecution.short,
    "not reached": prosecution.not_reached, "prosecuted": prosecution.prosecuted,
}  # fmt: skip
"""What becomes of people on the way to court; each is a function of `experiments.border.prosecution`."""


def months(one: Account, region: str = DISTRICTS) -> pd.DataFrame:
    """Every measure by month and place, in figures of the real system (those of the run, over its scale).

    Args:
        one: the account of a run.
        region: ``districts`` or ``sectors``. What only larger places have stands there: Marshals beds by district,
            ORR's under ``all``.

    Returns:
        ``month`` (its first day), ``place`` (``all``: all of them together), ``group`` (of people, of ages, of
        prosecutions, a clock, a resource; ``all``: everybody), ``measure``, ``unit``, ``value``. A count of none may be
        left out.
    """
    districts = district_of(one.world)
    own = districts if region == DISTRICTS else {sector: sector for sector in districts}
    return pd.concat(
        [_in(one, {**{name: name for name in districts.values()}, **own}), everywhere(one)], ignore_index=True
    )


def everywhere(one: Account) -> pd.DataFrame:
    """The rows of `months` of all places together."""
    districts = district_of(one.world)
    places = dict.fromkeys(["", *districts, *districts.values()], EVERYWHERE)
    return pd.concat([_in(one, places), _stays(one)], ignore_index=True)[COLUMNS]


def _in(one: Account, places: Mapping[str, str]) -> pd.DataFrame:
    """Every measure of the areas that ``places`` names, by place."""
    parts = [*_people(one, places), *_prosecutions(one, places), *_children(one, places), *_beds(one, places)]
    return pd.concat(parts, ignore_index=True)[COLUMNS].astype({"month": "datetime64[s]", "value": float})


def _people(one: Account, places: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """What became of those on the way to court, and who weighed most against."""
    rows = one.paths.assign(place=one.paths["area"].map(places), group=one.paths["mix"].map(GROUPS))
    known = rows[rows["group"].notna()]
    for measure, step in STEPS.items():
        yield _summed(step(known), measure, "persons", one.scale)
    reasons = prosecution.turned_down(known)
    yield _summed(reasons.assign(group=reasons["reason"]), "turned down", "persons", one.scale)
    yield _summed(prosecution.missed(rows).assign(group=EVERYWHERE), "serious missed", "persons", one.scale)


def _prosecutions(one: Account, places: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """Prosecutions by kind, their hours, and the share of other crime."""
    rows = prosecution.attorney_hours(one.paths.assign(place=one.paths["area"].map(places)), one.world)
    rows = rows.assign(group=rows["kind"])
    yield _summed(rows, "prosecutions", "persons", one.scale)
    yield _summed(rows.assign(cases=rows["hours"]), "attorney hours", "hours", one.scale)
    by_kind = rows.pivot_table("cases", ["month", "place"], "kind", "sum", fill_value=0, observed=True)
    by_kind = by_kind.reindex(columns=list(prosecution.KINDS), fill_value=0)
    share = prosecution.share_of_other_crime(by_kind).dropna().rename("value").reset_index()
    yield share.assign(group=prosecution.KINDS[2], measure="share of prosecutions", unit="share")


def _children(one: Account, places: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """Children by the month in which they were separated, and limits by the month in which they were passed."""
    rows = one.separated.assign(place=one.separated["area"].map(places))
    back = children.at_the_station(rows, stations_of_reunion(one.world))
    for measure, part in (
        ("separated", rows), ("back at the station", back), ("still apart", children.still_apart(rows))
    ):  # fmt: skip
        yield _summed(part, measure, "children", one.scale)
    apart = rows.assign(group=EVERYWHERE, cases=rows["days_apart"])
    yield _summed(apart, "days apart", "days", one.scale)
    hours = rows.groupby(["month", "place"])["hours"].median().dropna().rename("value").reset_index()
    yield hours.assign(group=EVERYWHERE, measure="until handed over, median", unit="hours")
    past = one.breaches.assign(
        place=one.breaches["area"].map(places), group=one.breaches["clock"], cases=one.breaches["persons"]
    )
    yield _summed(past, "held past the limit", "person-days", one.scale)


def _summed(rows: pd.DataFrame, measure: str, unit: str, scale: float) -> pd.DataFrame:
    sums = rows.groupby(["month", "place", "group"], observed=True)["cases"].sum() / scale
    return sums.rename("value").reset_index().assign(measure=measure, unit=unit)


def _beds(one: Account, places: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """What there is of each kind of bed, what is in use, what is over, what it costs."""
    rows = one.monthly[one.monthly["kind"] == "stock"]
    rows = rows.assign(place=rows["area"].map(places), dollars=custody.dollars(rows, one.world))
    keys = ["month", "place", "what"]
    table = rows.groupby(keys, sort=False)[["amount", "used", "over", "dollars"]].sum().reset_index()
    found = table[["month", "place"]].assign(group=table["what"])
    yield found.assign(measure="occupancy", unit="share", value=custody.occupancy(table))
    for column, measure in (("used", "bed-days"), ("over", "bed-days over"), ("amount", "bed-days there are")):
        yield found.assign(measure=measure, unit="bed-days", value=table[column] / one.scale)
    yield found.assign(measure="cost", unit="dollars", value=table["dollars"] / one.scale)


def _stays(one: Account) -> pd.DataFrame:
    """How long a child is in ORR's care, of those who leave it in a month."""
    care = in_care(one)
    stays = [children.stay(days, left) for days, left in care.to_numpy(float).tolist()]
    table = pd.DataFrame({"month": care.index, "value": stays}).dropna()
    return table.assign(place=EVERYWHERE, group=SHELTERS, measure="stay, mean", unit="days")


def in_care(one: Account) -> pd.DataFrame:
    """By month, in figures of the run: ``bed_days`` of children in ORR's care, and how many ``left`` it."""
    leaves = one.paths["stage"].isin(places_in_care(one.world)) & one.paths["to"].isin(list(one.world.exits))
    days = one.monthly[one.monthly["what"] == SHELTERS].groupby("month")["used"].sum()
    left = one.paths[leaves].groupby("month")["cases"].sum()
    return pd.DataFrame({"bed_days": days, "left": left}).fillna(0.0)
