"""The patterns of record that the model of the border is held against.

What agrees with a fitted fact says nothing for the model; what is only checked may fail, and is reported when it does.
When a pattern counts as met does not depend on how the model does: a count that is checked within a quarter of the
record, since the record itself is no surer; a direction if the whole interval lies on its side.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from experiments.border.account import Account
from experiments.border.prosecution import KINDS
from experiments.border.record import measures as m
from experiments.border.record.facts import Facts, by_place, figures
from model.errors import InputError

SCENARIO = "zero-tolerance-2018"
MEMO, REFERRAL_CHANGE = "april-2017", "referral-change-2018"
"""Directives without which the record is run once more."""
MEMO_UNTIL, REFERRAL_UNTIL = date(2018, 3, 31), date(2018, 6, 30)

Months = tuple[date, date]
FY2017: Months = date(2016, 10, 1), date(2017, 9, 30)
BEFORE: Months = date(2016, 10, 1), date(2017, 2, 28)
INITIATIVE: Months = date(2017, 3, 1), date(2017, 11, 30)
COUNTED: Months = date(2017, 7, 1), date(2017, 11, 30)
MEMO_YEAR: Months = date(2017, 4, 1), MEMO_UNTIL
POLICY: Months = date(2018, 5, 5), date(2018, 6, 20)
"""The days of the referral change."""
POLICY_MONTHS: Months = date(2018, 5, 1), REFERRAL_UNTIL
SENTENCED: Months = date(2018, 5, 1), date(2018, 8, 31)
"""When parents separated under it are sentenced."""
PROJECTION, EMAIL = date(2018, 4, 27), date(2018, 6, 2)
EL_PASO, TEXAS = "el paso", "WDTX"
QUARTER = 0.25


class Worlds(NamedTuple):
    """The record, and as far as is needed the same without a directive, under one seed."""

    record: Account
    without_memo: Account
    without_referral_change: Account


class Found(NamedTuple):
    """What the replications say: the middle, and the ends of an interval."""

    middle: float
    low: float
    high: float


class Pattern(NamedTuple):
    """One pattern: of which fact, what, in which unit, the record, how it is measured, and when it counts as met.

    ``record`` is a number, or words where no number is on record. ``difference``: the measure is a difference between
    two worlds with the same seed, and its interval is that of the mean; else the interval holds nine replications in
    ten.
    """

    fact: str
    what: str
    unit: str
    record: float | str
    measure: Callable[[Worlds], float]
    criterion: str
    met: Callable[[Found], bool]
    difference: bool = False


def ask_for_facts(scenario: str) -> None:
    """Refuse, before a long run, a scenario that the facts are not about.

    Raises:
        InputError: they are about another.
    """
    if scenario != SCENARIO:
        what = "the facts of record are about another scenario"
        raise InputError(what, where="--facts", found=scenario, allowed=SCENARIO)


def patterns(facts: Facts) -> Iterator[Pattern]:
    """Every pattern, with the record as the facts have it: what was fitted, then what is only checked."""
    yield from _referrals(facts)
    yield from _initiative(facts)
    yield _memo(facts)
    yield from _children(facts)
    yield from _beds(facts)
    yield from _stations(facts)
    yield from _crowded_out(facts)


def _referrals(facts: Facts) -> Iterator[Pattern]:
    """P20: each sector's cases."""
    for name, cases in by_place(facts["P20"]).items():
        what = f"accepted for prosecution in FY2017, {name.title()}"
        measure = partial(_of_record, partial(m.accepted_by_sector, name=name, months=FY2017))
        yield Pattern("P20", what, "cases", cases, measure, "within 15 percent", _within(cases, 0.15 * cases))


def _initiative(facts: Facts) -> Iterator[Pattern]:
    """P01, P02 and P14: families before the policy."""
    presented, accepted = figures(facts["P01"])
    accepted_there = partial(m.share_of_parents_accepted, name=EL_PASO, district=TEXAS, months=INITIATIVE)
    what = "parents accepted, of those presented in El Paso, Texas, Mar to Nov 2017"
    share = accepted / presented
    yield Pattern(
        "P01", what, "share", share, partial(_of_record, accepted_there), "within 8 points", _within(share, 0.08)
    )
    before, during = figures(facts["P02"])
    for words, months, share in (("Oct 2016 to Feb 2017", BEFORE, before), ("Jul to Nov 2017", COUNTED, during)):
        measure = partial(_of_record, partial(m.share_of_parents_prosecuted, name=EL_PASO, months=months))
        what = f"parents prosecuted, of those apprehended in El Paso, {words}"
        yield Pattern("P02", what, "share", share, measure, "within 5 points", _within(share, 0.05))
    (share,) = figures(facts["P14"])
    in_care = partial(_of_record, partial(m.share_separated_in_care, month=date(2016, 11, 1)))
    what = "children in ORR care who had been separated, Nov 2016"
    yield Pattern("P14", what, "share", share, in_care, "below 1 percent", lambda found: found.middle < 0.01)


def _memo(facts: Facts) -> Pattern:
    """P03: exhortation alone."""

    def change(worlds: Worlds) -> float:
        with_it, without = (m.prosecutions(one, KINDS[0], MEMO_YEAR) for one in (worlds.record, worlds.without_memo))
        return (with_it - without) / without if without else float("nan")

    def none(found: Found) -> bool:
        return found.low >= -0.05 and found.high <= 0.05

    what = "misdemeanours prosecuted, Apr 2017 to Mar 2018: with the April memo against without it"
    said = facts["P03"]["value"]
    return Pattern("P03", what, "change", said, change, "the interval within 5 percent of none", none, difference=True)


def _children(facts: Facts) -> Iterator[Pattern]:
    """P04, P05 and P24: children of the policy."""
    (lower,) = figures(facts["P04"])
    what = "children separated, 5 May to 20 Jun 2018 (record: at least)"
    yield _count("P04", what, "children", lower, partial(m.separated, days=POLICY))
    little, reunited = figures(facts["P05"])
    what = "of these, with a parent who got little or no jail (estimated)"
    yield _count("P05", what, "children", little, partial(m.with_little_jail, days=POLICY, months=SENTENCED))
    what = "of these, reunited at a station"
    yield _count("P05", what, "children", reunited, partial(m.reunited_at_stations, days=POLICY))
    (apart,) = figures(facts["P24"])
    what = "children still apart at the end of 2018 (record: in Oct 2020, when more had been found)"
    yield Pattern("P24", what, "children", apart, partial(_of_record, m.still_apart), "not below the record",
                  lambda found: found.middle >= apart)  # fmt: skip


def _beds(facts: Facts) -> Iterator[Pattern]:
    """P09: what the Marshals expected to lack."""
    beds, dollars = figures(facts["P09"])
    what = "most Marshals beds over capacity after 27 Apr 2018 (record: projected)"
    yield _count("P09", what, "beds", beds, partial(m.beds_short, first=PROJECTION))
    what = "a year of Marshals beds over capacity, at the pace of May to Dec 2018 (record: projected)"
    months = date(2018, 5, 1), date(2018, 12, 31)
    yield _count("P09", what, "dollars", dollars, partial(m.dollars_short, months=months))


def _stations(facts: Facts) -> Iterator[Pattern]:
    """P28: the email of 2 June 2018."""
    _, past = figures(facts["P28"])
    full = partial(_of_record, partial(m.stations_full, day=EMAIL))
    yield Pattern("P28", "sectors with stations over capacity, 2 Jun 2018, of ten", "sectors", "many", full,
                  "three or more", lambda found: found.middle >= 3)  # fmt: skip
    what = "children at stations past 72 hours, 2 Jun 2018"
    yield _count("P28", what, "children", past, partial(m.children_past_72_hours, day=EMAIL))


def _crowded_out(facts: Facts) -> Iterator[Pattern]:
    """P29: with less without the referral change; one of the three alone would say little."""
    for what, side, measure in (
        ("misdemeanours prosecuted", "up", partial(m.prosecutions, kind=KINDS[0], months=POLICY_MONTHS)),
        ("felonies of others prosecuted", facts["P29"]["value"],
         partial(m.prosecutions, kind=KINDS[2], months=POLICY_MONTHS)),
        ("serious offenders missed", "up", partial(m.serious_missed, months=POLICY_MONTHS)),
    ):  # fmt: skip
        whole = f"{what}, May and Jun 2018: with the referral change less without it"
        yield Pattern("P29", whole, "persons", side, partial(_with_less_without, measure), f"the interval all {side}",
                      partial(_on_side, side), difference=True)  # fmt: skip


def _of_record(measure: Callable[[Account], float], worlds: Worlds) -> float:
    return measure(worlds.record)


def _with_less_without(measure: Callable[[Account], float], worlds: Worlds) -> float:
    return measure(worlds.record) - measure(worlds.without_referral_change)


def _count(fact: str, what: str, unit: str, record: float, measure: Callable[[Account], float]) -> Pattern:
    met = _within(record, QUARTER * record)
    return Pattern(fact, what, unit, record, partial(_of_record, measure), "within a quarter", met)


def _within(record: float, reach: float) -> Callable[[Found], bool]:
    return lambda found: abs(found.middle - record) <= reach


def _on_side(side: str, found: Found) -> bool:
    return found.high < 0.0 if side == "down" else found.low > 0.0
