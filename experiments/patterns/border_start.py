"""Patterns of May 2018: where the policy began and when, before and after each district had its instructions."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from experiments.border.account import Account
from experiments.patterns import border_measures as m
from experiments.patterns.border import Measure, count, level
from experiments.patterns.facts import Facts, fact_of, figures
from experiments.patterns.pattern import Days, NotModelled, Pattern
from experiments.patterns.rules import Found, Rule, at_least, at_most

PRESENTED: Days = date(2018, 5, 9), date(2018, 5, 11)
"""From the day on which Yuma presented parents until the instructions of 12 May."""
REPORTED: Days = date(2018, 5, 6), date(2018, 5, 11)
"""From the instructions to Western Texas until the email about San Diego and Tucson."""
BEFORE_CALL: Days = date(2018, 5, 6), date(2018, 5, 21)
AFTER_CALL: Days = date(2018, 5, 23), date(2018, 6, 20)
"""Around the conference call of 22 May."""
APRIL_AND_MAY: Days = date(2018, 4, 1), date(2018, 5, 31)
WESTERN_TEXAS = ("El Paso (Texas)", "Big Bend", "Del Rio")
UNDER_FIVE = 4


def patterns(facts: Facts) -> Iterator[Pattern | NotModelled]:
    """Every pattern of the start, with the record as the facts have it."""
    _, none = figures(fact_of(facts, "P32"), 2)
    yield _separated(facts, "P32", "Yuma", ("Yuma",), PRESENTED, none, _none_by(none))
    for part, sectors in (("san-diego", ("San Diego sector", "El Centro")), ("tucson", ("Tucson",))):
        where = " and ".join(sectors)
        yield _separated(facts, f"P33.{part}", where, sectors, REPORTED, none, _none_by(none))
    some = at_least(1, "one or more", "the district was told to accept all")
    yield _separated(facts, "P33.western-texas", "Western Texas", WESTERN_TEXAS, REPORTED, "some", some)
    yield _young(facts)
    (nearly,) = figures(fact_of(facts, "P38"), 1)
    what = "children separated in April and May 2018"
    yield count(facts, "P38", what, "children", nearly, partial(m.separated, days=APRIL_AND_MAY), APRIL_AND_MAY)
    yield _not_modelled(facts, "P35", "parents of the caravan prosecuted before the referral change",
                        "no case is known to be of a caravan, and the custom binds as a law")  # fmt: skip
    yield _not_modelled(facts, "P40", "weeks until separated parents and children could speak to each other",
                        "no stage tells whether a parent and a child can speak to each other")  # fmt: skip


def _none_by(none: float) -> Rule:
    return at_most(none, "none", "the district accepted none before it had instructions")


def _separated(
    facts: Facts, name: str, where: str, sectors: tuple[str, ...], days: Days, record: float | str, rule: Rule
) -> Pattern:
    """Children separated in some sectors in some days."""
    what = f"children separated in {where}, {days[0].day} to {days[1].day} {days[1]:%b %Y}"
    return level(facts, name, what, "children", record, partial(m.separated, days=days, sectors=sectors), rule, days)


def _young(facts: Facts) -> Pattern:
    """P34: parents of the youngest, before and after the call of 22 May."""

    def more(one: Account) -> float:
        after, before = (m.separated_a_day(one, days, WESTERN_TEXAS, UNDER_FIVE) for days in (AFTER_CALL, BEFORE_CALL))
        return after - before

    what = "children under five separated a day in Western Texas, after the call of 22 May less before"
    up = Rule("more than before", "two cases declined, which then were to be accepted: a direction", _above_none)
    measure: Measure = more
    return level(facts, "P34", what, "children", fact_of(facts, "P34")["value"], measure, up, AFTER_CALL)


def _above_none(found: Found) -> bool:
    return found.middle > 0.0


def _not_modelled(facts: Facts, name: str, what: str, reason: str) -> NotModelled:
    fact = fact_of(facts, name)
    return NotModelled(name, fact["use"], fact["stream"], what, fact["unit"], fact["value"], reason)
