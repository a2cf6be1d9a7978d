"""Patterns of the border: facts of record from 2016 to 2018, and when the model counts as agreeing with them."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from experiments.border.account import Account
from experiments.border.prosecution import KINDS
from experiments.patterns import border_measures as m
from experiments.patterns.facts import Facts, by_place, fact_of, figures
from experiments.patterns.pattern import Days, Pattern
from experiments.patterns.rules import (
    QUARTER,
    Rule,
    all_on_side,
    at_least,
    at_most,
    exactly,
    near_none,
    within_points,
    within_share,
)  # fmt: skip
from experiments.patterns.run_cache import Seen, Wanted, last, of_account

SCENARIO = "zero-tolerance-2018"
MEMO = "april-2017"
REFERRAL_CHANGE = (
    "referral-change-2018", "referral-change-texas", "referral-change-california", "referral-change-arizona",
)  # fmt: skip
"""Directives without which the record is run once more; the referral change is one for each start."""

FY2017: Days = date(2016, 10, 1), date(2017, 9, 30)
BEFORE: Days = date(2016, 10, 1), date(2017, 2, 28)
INITIATIVE: Days = date(2017, 3, 1), date(2017, 11, 30)
COUNTED: Days = date(2017, 7, 1), date(2017, 11, 30)
MEMO_YEAR: Days = date(2017, 4, 1), date(2018, 3, 31)
POLICY: Days = date(2018, 5, 5), date(2018, 6, 20)
"""The days of the referral change."""
POLICY_MONTHS: Days = date(2018, 5, 1), date(2018, 6, 30)
SENTENCED: Days = date(2018, 5, 1), date(2018, 8, 31)
"""When parents separated under it are sentenced."""
PROJECTION, MEETING, EMAIL = date(2018, 4, 27), date(2018, 5, 24), date(2018, 6, 2)
REST_OF_2018: Days = date(2018, 5, 1), date(2018, 12, 31)
NOVEMBER_2016: Days = date(2016, 11, 1), date(2016, 11, 30)
EL_PASO, TEXAS = "el paso", "WDTX"
Measure = Callable[[Account], float]


def patterns(facts: Facts) -> Iterator[Pattern]:
    """Every pattern of the border, with the record as the facts have it."""
    yield from _referrals(facts)
    yield from _initiative(facts)
    yield from _memo(facts)
    yield from _children(facts)
    yield from _beds(facts)
    yield from _stations(facts)
    yield from _crowded_out(facts)


def _referrals(facts: Facts) -> Iterator[Pattern]:
    """P20: each sector's cases."""
    reason = "fitted sector by sector; single years of one sector differ by more"
    for name, cases in by_place(fact_of(facts, "P20")).items():
        what = f"accepted for prosecution in FY2017, {name.title()}"
        measure = partial(m.accepted_by_sector, name=name, months=FY2017)
        place = name.replace(" ", "-")
        yield level(facts, f"P20.{place}", what, "cases", cases, measure, within_share(cases, 0.15, reason), FY2017)


def _initiative(facts: Facts) -> Iterator[Pattern]:
    """P01, P02, P30 and P14: families before the policy."""
    presented, accepted = figures(fact_of(facts, "P01"), 2)
    measure = partial(m.share_of_parents_accepted, name=EL_PASO, district=TEXAS, months=INITIATIVE)
    share = accepted / presented
    rule = within_points(share, 8, "three standard errors of a share of three hundred cases")
    what = "parents accepted, of those presented in El Paso, Texas, Mar to Nov 2017"
    yield level(facts, "P01", what, "share", share, measure, rule, INITIATIVE)
    before, during = figures(fact_of(facts, "P02"), 2)
    for part, words, months, share in (
        ("before", "Oct 2016 to Feb 2017", BEFORE, before), ("during", "Jul to Nov 2017", COUNTED, during),
    ):  # fmt: skip
        what = f"parents prosecuted, of those apprehended in El Paso, {words}"
        measure = partial(m.share_of_parents_prosecuted, name=EL_PASO, months=months)
        rule = within_points(share, 5, "the record gives whole percents of a few hundred families")
        yield level(facts, f"P02.{part}", what, "share", share, measure, rule, months)
    families, cases = figures(fact_of(facts, "P30"), 2)
    what = "families separated in El Paso, Jul to Nov 2017"
    yield count(facts, "P30.families", what, "families", families,
                partial(m.parents_prosecuted, name=EL_PASO, months=COUNTED), COUNTED)  # fmt: skip
    what = "parents accepted in El Paso, Texas, Mar to Nov 2017"
    measure = partial(m.parents_prosecuted, name=EL_PASO, district=TEXAS, months=INITIATIVE)
    yield count(facts, "P30.accepted", what, "cases", cases, measure, INITIATIVE)
    (share,) = figures(fact_of(facts, "P14"), 1)
    measure = partial(m.share_separated_in_care, month=NOVEMBER_2016[0])
    rule = at_most(0.01, "at most 1%", "a share so small says that separation was rare, and not how rare")
    what = "children in ORR care who had been separated, Nov 2016"
    yield level(facts, "P14", what, "share", share, measure, rule, NOVEMBER_2016)


def _memo(facts: Facts) -> Iterator[Pattern]:
    """P03 and P31: exhortation alone, everywhere and by district."""
    fact = fact_of(facts, "P03")
    record, without = Wanted(SCENARIO, until=last(MEMO_YEAR)), Wanted(SCENARIO, (MEMO,), last(MEMO_YEAR))

    def change(seen: Seen) -> float:
        with_it, less = (m.prosecutions(seen.account(one), KINDS[0], MEMO_YEAR) for one in (record, without))
        return (with_it - less) / less if less else float("nan")

    what = "misdemeanours prosecuted, Apr 2017 to Mar 2018: change by the April memo"
    rule = near_none(0.05, "what nobody noticed: months differ by more than a twentieth")
    yield Pattern(
        "P03", fact["use"], fact["stream"], what, "change", fact["value"], (record, without), change, rule, True
    )
    fact = fact_of(facts, "P31")
    (moved,) = figures(fact, 1)

    def districts(seen: Seen) -> float:
        return m.districts_moved(seen.account(record), seen.account(without), KINDS[0], MEMO_YEAR, least=0.05)

    what = "districts of five that the April memo moves by a twentieth of their misdemeanours"
    one = exactly(moved, "one district's guidelines took first entrants in, four did not; a twentieth as for P03")
    yield Pattern("P31", fact["use"], fact["stream"], what, "districts", moved, (record, without), districts, one)


def _children(facts: Facts) -> Iterator[Pattern]:
    """P04, P05 and P24: children of the policy."""
    (lower,) = figures(fact_of(facts, "P04"), 1)
    what = "children separated, 5 May to 20 Jun 2018 (record: at least)"
    rule = at_least(lower, "not below the record", "the record gives a lower bound")
    yield level(facts, "P04", what, "children", lower, partial(m.separated, days=POLICY), rule, POLICY)
    little, reunited = figures(fact_of(facts, "P05"), 2)
    what = "of these, with a parent who got little or no jail (estimated)"
    measure: Measure = partial(m.with_little_jail, days=POLICY, months=SENTENCED)
    yield count(facts, "P05.little-jail", what, "children", little, measure, SENTENCED)
    what = "of these, reunited at a station"
    measure = partial(m.reunited_at_stations, days=POLICY)
    yield count(facts, "P05.reunited", what, "children", reunited, measure, SENTENCED)
    (apart,) = figures(fact_of(facts, "P24"), 1)
    what = "children still apart at the end of 2018 (record: parent not reached by Oct 2020)"
    rule = at_least(apart, "not below the record", "whoever's parent had not been reached two years later was apart")
    yield level(facts, "P24", what, "children", apart, m.still_apart, rule, None)


def _beds(facts: Facts) -> Iterator[Pattern]:
    """P09 and P37: what the Marshals expected to lack, and how full they were."""
    beds, dollars = figures(fact_of(facts, "P09"), 2)
    what = "most Marshals beds over capacity after 27 Apr 2018 (record: projected)"
    yield count(facts, "P09.beds", what, "beds", beds, partial(m.beds_short, first=PROJECTION), None)
    what = "dollars a year for Marshals beds over capacity, May to Dec 2018 (record: projected)"
    yield count(facts, "P09.dollars", what, "dollars", dollars, partial(m.dollars_short, months=REST_OF_2018), None)
    (share,) = figures(fact_of(facts, "P37"), 1)
    rule = within_points(share, 10, "a round figure, told in a meeting")
    yield level(facts, "P37", "Marshals beds in use, 24 May 2018", "share", share,
                partial(m.beds_in_use, day=MEETING), rule, (MEETING, MEETING))  # fmt: skip


def _stations(facts: Facts) -> Iterator[Pattern]:
    """P28: the email of 2 June 2018."""
    _, past = figures(fact_of(facts, "P28"), 2)
    week = EMAIL, date(2018, 6, 10)
    rule = at_least(3, "three or more", "the least that anybody would call many, of ten sectors")
    what = "sectors with stations over capacity, 2 Jun 2018, of ten"
    yield level(facts, "P28.stations", what, "sectors", "many", partial(m.stations_full, day=EMAIL), rule, week)
    what = "children at stations past 72 hours, 2 Jun 2018"
    yield count(facts, "P28.children", what, "children", past, partial(m.children_past_72_hours, day=EMAIL), week)


def _crowded_out(facts: Facts) -> Iterator[Pattern]:
    """P29: with less without the referral change; one of the three alone would say little."""
    fact = fact_of(facts, "P29")
    measures: tuple[tuple[str, str, str, Measure], ...] = (
        ("misdemeanours", "misdemeanours prosecuted", "up",
         partial(m.prosecutions, kind=KINDS[0], months=POLICY_MONTHS)),
        ("felonies", "felonies of others prosecuted", fact["value"],
         partial(m.prosecutions, kind=KINDS[2], months=POLICY_MONTHS)),
        ("missed", "serious offenders missed", "up", partial(m.serious_missed, months=POLICY_MONTHS)),
    )  # fmt: skip
    for part, what, side, measure in measures:
        whole = f"change in {what} by the referrals of parents, May and Jun 2018"
        wanted = tuple(Wanted(SCENARIO, without, last(POLICY_MONTHS)) for without in ((), REFERRAL_CHANGE))
        yield Pattern(f"P29.{part}", fact["use"], fact["stream"], whole, "persons", side, wanted,
                      partial(_less, measure, wanted), all_on_side(side), True)  # fmt: skip


def _less(measure: Measure, wanted: tuple[Wanted, ...], seen: Seen) -> float:
    """The first run less the second."""
    one, other = (measure(seen.account(each)) for each in wanted)
    return one - other


def level(
    facts: Facts, name: str, what: str, unit: str, record: float | str, measure: Measure, rule: Rule, days: Days | None
) -> Pattern:
    """A pattern of the record itself, for which it is run until the last of some days."""
    fact, wanted = fact_of(facts, name.split(".")[0]), Wanted(SCENARIO, until=last(days) if days else None)
    measured = of_account(measure, wanted)
    return Pattern(name, fact["use"], fact["stream"], what, unit, record, (wanted,), measured, rule)


def count(facts: Facts, name: str, what: str, unit: str, record: float, measure: Measure, days: Days | None) -> Pattern:
    """A count of record: within a quarter."""
    return level(facts, name, what, unit, record, measure, within_share(record, QUARTER), days)
