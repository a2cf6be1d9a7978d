"""Patterns of the interior and of benefits: facts of record from 2010 to 2013."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from experiments.patterns import interior_measures as m
from experiments.patterns.during_run import CASE, BeforeIce, BeforeUscis, Bond, MonthsToVisa, ParoleLookedAt
from experiments.patterns.facts import Facts, fact_of, figures
from experiments.patterns.pattern import Days, NotModelled, Pattern
from experiments.patterns.rules import QUARTER, Rule, at_least, at_most, within_points, within_share
from experiments.patterns.run_cache import Wanted, Watch, last, of_run, of_watch

SCENARIO = "record-2013"
BEFORE_MEMOS: Days = date(2010, 1, 1), date(2011, 6, 12)
REVIEW = date(2011, 11, 14)
"""The Monday of the week in which the review of all pending cases was ordered."""
SEVEN_MONTHS: Days = REVIEW, date(2012, 6, 10)
TO_OCTOBER: Days = REVIEW, date(2012, 10, 31)
FROM_NOVEMBER: Days = date(2012, 11, 1), date(2013, 6, 30)
NINETEEN_MONTHS: Days = date(2011, 11, 28), date(2013, 6, 30)
DACA: Days = date(2012, 8, 13), date(2013, 6, 30)
FIRST_MONTH: Days = date(2012, 8, 13), date(2012, 9, 9)
CLAUDIA: Days = date(2012, 3, 1), date(2012, 3, 1)
Measure = Callable[..., float]


def patterns(facts: Facts) -> Iterator[Pattern | NotModelled]:
    """Every pattern of interior and benefits, with the record as the facts have it."""
    yield from _closures(facts)
    yield from _whose(facts)
    yield from _removals(facts)
    yield from _person(facts)
    yield from _daca(facts)
    yield _not_modelled(facts)


def _closures(facts: Facts) -> Iterator[Pattern]:
    """I17, I02, I03, I04 and I30: how many were spared."""
    _, ever = figures(fact_of(facts, "I17"), 2)
    few = at_most(ever, f"at most {ever:g}", "all cases approved by 1974, so no year had more; 'very modest' since")
    yield _level(facts, "I17", "closures a year before any memo (record: fewer than)", "cases", ever,
                 partial(m.a_year, to=m.CLOSED), few, BEFORE_MEMOS)  # fmt: skip
    (docket,) = figures(fact_of(facts, "I01"))[:1]
    (upper,) = figures(fact_of(facts, "I02"), 1)
    rule = at_most(upper, "not above the record", "the record gives an upper bound")
    yield _level(facts, "I02", "closed by Jun 2012, of the docket under review (record: less than)", "share", upper,
                 partial(m.share_closed, docket=docket), rule, SEVEN_MONTHS)  # fmt: skip
    (closed,) = figures(fact_of(facts, "I03"), 1)
    rule = within_share(closed, 0.15, "fitted: within 0.4 points of the 2.7 percent of the docket")
    yield _level(facts, "I03", "closed by Oct 2012", "cases", closed, partial(m.flow, to=m.CLOSED), rule, TO_OCTOBER)
    (closed,) = figures(fact_of(facts, "I04"), 1)
    yield _level(facts, "I04", "closed Dec 2011 to Jun 2013", "cases", closed, partial(m.flow, to=m.CLOSED),
                 within_share(closed, QUARTER), NINETEEN_MONTHS)  # fmt: skip
    _, later = figures(fact_of(facts, "I30"), 2)
    yield _level(facts, "I30", "closed Nov 2012 to Jun 2013", "cases", later, partial(m.flow, to=m.CLOSED),
                 within_share(later, QUARTER), FROM_NOVEMBER)  # fmt: skip


def _whose(facts: Facts) -> Iterator[Pattern]:
    """I05, I06 and I31: what those who were spared had been charged with."""
    (everybody,) = figures(fact_of(facts, "I04"), 1)
    (criminal,) = figures(fact_of(facts, "I05"), 1)
    entry, other = figures(fact_of(facts, "I06"))[:2]
    for name, what, number, charge in (
        ("I05", "charged on a criminal ground", criminal, "criminal"),
        ("I06.entry", "charged with entry without inspection", entry, "entry"),
        ("I06.other", "charged with another immigration ground", other, "other-immigration"),
    ):
        share = number / everybody
        yield _level(facts, name, f"of those closed Dec 2011 to Jun 2013, {what}", "share", share,
                     partial(m.share_of, to=m.CLOSED, charge=(charge,)), within_share(share, QUARTER),
                     NINETEEN_MONTHS)  # fmt: skip
    felony, security = (number / everybody for number in figures(fact_of(facts, "I31"), 2))
    yield _level(facts, "I31.felony", "of those, charged with an aggravated felony", "share", felony,
                 partial(m.share_of, to=m.CLOSED, charge=("criminal",), level=("level-1",)),
                 within_share(felony, QUARTER), NINETEEN_MONTHS)  # fmt: skip
    rare = at_most(0.001, "at most 0.1%", "four of 21,648: how rare it was is on record, and hardly how many")
    yield _level(facts, "I31.security", "of those, charged on a ground of national security", "share", security,
                 partial(m.share_of, to=m.CLOSED, charge=("national-security",)), rare, NINETEEN_MONTHS)  # fmt: skip


def _removals(facts: Facts) -> Iterator[Pattern]:
    """I10: who was removed."""
    (convicted,) = figures(fact_of(facts, "I10"), 1)
    year = m.fiscal(2012)
    rule = within_share(convicted, 0.06, "fitted; weeks count with their Mondays, and the year's ends cut two of them")
    yield _level(facts, "I10.convicted", "removals of FY2012 with a conviction", "cases", convicted,
                 partial(m.flow, to=m.REMOVED, level=m.CONVICTED), rule, year)  # fmt: skip
    yield _level(facts, "I10.share", "the same as a share of all removals", "share", 0.55,
                 partial(m.share_of, to=m.REMOVED, level=m.CONVICTED),
                 within_points(0.55, 3, "fitted; the record gives whole percents"), year)  # fmt: skip


def _person(facts: Facts) -> Iterator[Pattern]:
    """I18, I34, I36 and B05: the same person before two agencies and a judge, and how long her visa took."""
    unlikely = at_most(0.1, "at most 10%", "it did not happen in two years")
    yield _watched(facts, "I18.ice", f"leniency for {CASE.title()}, at the ICE decision where it is likeliest", "share",
                   0.0, BeforeIce, unlikely, CLAUDIA)  # fmt: skip
    likely = at_least(0.9, "at least 90%", "it happened at the first request")
    yield _watched(facts, "I18.uscis", f"T visa for {CASE.title()} at USCIS", "share", 1.0, BeforeUscis, likely,
                   CLAUDIA)  # fmt: skip
    answered, asked = figures(fact_of(facts, "I34"), 2)
    seldom = at_most(0.63, "at most 63%", "else none of three requests is answered in fewer than one world of twenty")
    yield _watched(facts, "I34", f"a request for {CASE.title()}'s parole is looked at", "share", answered / asked,
                   ParoleLookedAt, seldom, CLAUDIA)  # fmt: skip
    (granted,) = figures(fact_of(facts, "I36"), 1)
    even = at_least(0.5, "at least 50%", "it happened once, at the first hearing that was held")
    yield _watched(facts, "I36", f"bond for {CASE.title()}", "share", granted, Bond, even, CLAUDIA)
    (months,) = figures(fact_of(facts, "B05"), 1)
    yield _watched(facts, "B05", "from filing to the grant of a T visa, median", "months", months, MonthsToVisa,
                   within_share(months, QUARTER), DACA)  # fmt: skip


def _daca(facts: Facts) -> Iterator[Pattern]:
    """B01 and B03: childhood arrivals."""
    _, approved, denied = figures(fact_of(facts, "B01"), 3)
    share, decided = approved / (approved + denied), approved + denied
    yield _level(facts, "B01.approved", "DACA: approved, of those decided by Jun 2013", "share", share,
                 partial(m.share_approved, stage=m.DACA), within_points(share, 1, "fitted, and nearly certain"),
                 DACA)  # fmt: skip
    rule = within_share(decided, 0.04, "fitted: three points of the requests accepted")
    yield _level(facts, "B01.decided", "DACA: decided by Jun 2013", "cases", decided,
                 partial(m.decided, stage=m.DACA), rule, DACA)  # fmt: skip
    (first,) = figures(fact_of(facts, "B03"), 1)
    yield _level(facts, "B03", "DACA: decided by mid-September 2012", "cases", first, partial(m.decided, stage=m.DACA),
                 within_share(first, QUARTER), FIRST_MONTH)  # fmt: skip


def _not_modelled(facts: Facts) -> NotModelled:
    """I13: removals by deputised police."""
    fact = fact_of(facts, "I13")
    reason = "no removal is known by the programme that brought it: deputised police are not told from other jails"
    what = "287(g) removals: non-criminal / Level 1"
    return NotModelled("I13", fact["use"], fact["stream"], what, "percent", fact["value"], reason)


def _level(
    facts: Facts, name: str, what: str, unit: str, record: float, measure: Measure, rule: Rule, days: Days
) -> Pattern:
    """A pattern of the record, which is run until the last of the days that it is about."""
    fact, wanted = fact_of(facts, name.split(".")[0]), Wanted(SCENARIO, until=last(days))
    measured = of_run(partial(measure, days=days), wanted)
    return Pattern(name, fact["use"], fact["stream"], what, unit, record, (wanted,), measured, rule)


def _watched(
    facts: Facts, name: str, what: str, unit: str, record: float | str, watch: type[Watch], rule: Rule, days: Days
) -> Pattern:
    """A pattern that is seen while the record is run, until the last of the days that it is about."""
    fact, wanted = fact_of(facts, name.split(".")[0]), Wanted(SCENARIO, until=last(days), watch=watch)
    return Pattern(name, fact["use"], fact["stream"], what, unit, record, (wanted,), of_watch(wanted), rule)
