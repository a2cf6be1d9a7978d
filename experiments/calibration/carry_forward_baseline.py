"""The plainest rival: a logistic regression without agents.

The log-odds of an outcome are an intercept of the group, and one coefficient for a directive in force. With one
recorded figure for each, a maximum-likelihood fit hits every fitted fact exactly; what is not recorded has the
coefficient zero. It has no offices, no culture, no queues, no beds and no days, so of much it can say nothing. What it
says of the checks is what anybody would say who carried the fitted figures on.
"""

from datetime import date, timedelta

from scipy.special import expit, logit

from experiments.patterns import Pattern, modelled, patterns
from experiments.patterns.facts import Facts, fact_of, facts_of, figures
from experiments.patterns.pattern import Days
from model.schema import World
from model.world.loader import load

REVIEW: Days = date(2011, 11, 14), date(2012, 10, 31)
SEVEN_MONTHS: Days = date(2011, 11, 14), date(2012, 6, 17)
NINETEEN_MONTHS: Days = date(2011, 11, 28), date(2013, 6, 30)
DACA: Days = date(2012, 8, 15), date(2013, 6, 30)
FIRST_MONTH: Days = date(2012, 8, 15), date(2012, 9, 15)
POLICY: Days = date(2018, 5, 5), date(2018, 6, 20)
SPLIT = "2018-04"
"""The last month in which families and children alone are counted separately."""


def baseline(world: str = "immigration") -> dict[str, float]:
    """What it makes of the patterns that it says anything of, by their ids.

    >>> found = baseline()
    >>> round(found["I03"]), round(found["I04"]), "P24" in found
    (10998, 18102, False)
    """
    facts = facts_of(world)
    typed = load(world)
    said = {**_exact(world), **_interior(facts, typed), **_benefits(facts), **_border(facts, typed)}
    return {one.id: said[one.id] for one in modelled(patterns(world)) if one.id in said}


def fitted(one: Pattern) -> bool:
    """Whether it has an intercept for a figure; a single person, and theory, have none."""
    return one.use == "fit" and not isinstance(one.record, str) and one.fact != "I18"


def _exact(world: str) -> dict[str, float]:
    """Every fitted figure: an intercept each."""
    return {
        one.id: float(one.record)
        for one in modelled(patterns(world)) if fitted(one)
    }  # fmt: skip


def _interior(facts: Facts, world: World) -> dict[str, float]:
    """The chance of a closure a day under the order, carried on; of whom, the docket as it is."""
    (docket,), (closed,) = figures(fact_of(facts, "I01"))[:1], figures(fact_of(facts, "I03"))
    under_order = logit(closed / (docket * days(REVIEW)))

    def closures(when: Days) -> float:
        return float(docket * days(when) * expit(under_order))

    mix = world.mixes["docket"]
    levels = mix.levels.shares

    def charged(ground: str) -> float:
        return sum(share * mix.charges[level].shares.get(ground, 0.0) for level, share in levels.items() if share > 0.0)

    return {
        "I02": closures(SEVEN_MONTHS) / docket, "I04": closures(NINETEEN_MONTHS), "I05": charged("criminal"),
        "I06.entry": charged("entry"), "I06.other": charged("other-immigration"),
        "I18.ice": float(expit(under_order)) * 365.0,
    }  # fmt: skip


def _benefits(facts: Facts) -> dict[str, float]:
    """Requests decided at one pace from the first day on."""
    _, approved, denied = figures(fact_of(facts, "B01"))
    return {"B03": (approved + denied) * days(FIRST_MONTH) / days(DACA)}


def _border(facts: Facts, world: World) -> dict[str, float]:
    """El Paso's coefficient of parents who may be referred, carried to all sectors; of the memo none is known."""
    share = figures(fact_of(facts, "P02"))[1]
    parents, children = figures(fact_of(facts, "P01"))[0], figures(fact_of(facts, "P25"))[-1]
    prosecuted = _parents(world, parents, children) * float(expit(logit(share)))
    return {
        "P03": 0.0, "P04": prosecuted * children / parents, "P29.misdemeanours": prosecuted, "P29.felonies": 0.0,
        "P29.missed": 0.0,
    }  # fmt: skip


def _parents(world: World, parents: float, children: float) -> float:
    """Parents apprehended on the days of the policy."""
    rows = world.series["apprehensions"].rows
    split = rows[SPLIT].values()
    members, all_split = (
        sum(area.get(column) or 0.0 for area in split) for column in ("family_members", "families_and_children")
    )
    total = sum(
        (area.get("families_and_children") or 0.0) * covered / length
        for month, covered, length in (("2018-05", 27, 31), ("2018-06", 20, 30))
        for area in rows[month].values()
    )  # fmt: skip
    return total * members / all_split * parents / (parents + children)


def days(when: Days) -> int:
    """How many days there are from the first to the last of them.

    >>> days((date(2018, 5, 5), date(2018, 6, 20)))
    47
    """
    return (when[1] - when[0] + timedelta(days=1)).days
