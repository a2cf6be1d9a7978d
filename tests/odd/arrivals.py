"""Section 7.2 of docs/odd.md: who comes when, and with whom."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from math import floor, log

import numpy as np

from model.schema import Mix, Scenario, World
from tests.odd.draws import CONSTANTS, MOST, Draws, G, P
from tests.odd.people import Case, draw, of_family


def cases(world: World, scenario: Scenario, draws: Draws, scale: float, until: date) -> list[Case]:
    """All cases of the watch up to a day, in the order in which they come; their facts are drawn."""
    opened = {mix for entry in world.directives.values() for mix in entry.opens}
    here = {mix for name in scenario.directives for mix in world.directives[name].opens}
    come: dict[str, list[Case]] = {}
    for name, mix in world.mixes.items():
        if mix.leader is None and (name not in opened or name in here):
            arriving = _arriving(world, name, draws, scale, scenario.start, until)
            come[name] = [case for case in arriving if not _deterred(world, scenario, case, draws)]
    for name, mix in world.mixes.items():
        if mix.leader in come:
            come[name] = [one for leader in come[mix.leader] for one in _along(world, name, leader, draws)]
    found = [case for name in world.mixes for case in come.get(name, [])]
    for case in found:
        draw(world, case, draws, scenario.start)
    for case in found:
        of_family(world, case, draws)
    return sorted(found, key=lambda case: case.arrival)


def _arriving(world: World, name: str, draws: Draws, scale: float, start: date, until: date) -> list[Case]:
    mix = world.mixes[name]
    if mix.counts:
        found = []
        for area in world.regions[mix.region].areas:
            rate = _counted(world, mix, area)
            found += _daily(name, P("case", name, area), rate, scale, start, until, area)
        return sorted(found, key=lambda case: case.arrival)
    if not mix.stock:
        return _daily(name, P("case", name), lambda day: _rate(mix, day), scale, start, until)
    days = sorted(mix.stock)
    stock = np.interp(start.toordinal(), [day.toordinal() for day in days], [mix.stock[day] for day in days])
    found = []
    for n in range(floor(stock * scale + 0.5)):
        key = P("case", name) ^ (((1 << 40) + n) * G & MOST)
        assert mix.stock_age is not None
        ago = 1 + floor(-log(1 - draws.u(key, "pending since")) * mix.stock_age.value)
        found.append(Case(key, name, -ago))
    return found


def _daily(
    mix: str, purpose: int, rate: Callable[[date], float], scale: float, start: date, until: date, area: str = ""
) -> list[Case]:
    found = []
    came, before = 0.0, 0
    for ordinal in range(start.toordinal(), until.toordinal() + 1):
        came += rate(date.fromordinal(ordinal))
        whole = floor(came * scale + 0.5)
        for n in range(whole - before):
            key = purpose ^ ((ordinal * 2**24 + n) * G & MOST)
            found.append(Case(key, mix, ordinal - start.toordinal(), area))
        before = whole
    return found


def _rate(mix: Mix, day: date) -> float:
    for period in mix.periods:
        if period.first <= day <= period.last:
            days = (period.last - period.first).days + 1
            return period.cases.value / (CONSTANTS["DAYS_A_YEAR"] if period.cases.unit == "cases a year" else days)
    return 0.0


def _counted(world: World, mix: Mix, area: str) -> Callable[[date], float]:
    assert mix.counts is not None
    series, region = world.series[mix.counts.series], world.regions[mix.region]
    names = {one: region.counted.get(one, one.lower()) for one in region.areas}
    weight = region.areas[area] / sum(region.areas[one] for one in region.areas if names[one] == names[area])
    counts: dict[str, float] = {}
    split = 0.0
    for month in sorted(series.rows):
        cells = series.rows[month].get(names[area], {})
        cell, total = cells.get(mix.counts.column), cells.get(series.total) or 0.0
        counts[month] = split * total if cell is None else cell
        if cell is not None and total > 0:
            split = cell / total
    share = mix.counts.share.value

    last = date.fromisoformat(f"{max(counts)}-01")
    until = series.carried_until or last.replace(day=monthrange(last.year, last.month)[1])

    def rate(day: date) -> float:
        if day > until:
            return 0.0
        month = min(f"{day:%Y-%m}", max(counts))
        return weight * counts.get(month, 0.0) / monthrange(int(month[:4]), int(month[5:]))[1] * share

    return rate


def _deterred(world: World, scenario: Scenario, case: Case, draws: Draws) -> bool:
    for name in scenario.directives:
        share = world.directives[name].deters.get(case.mix)
        first = (world.directives[name].start - scenario.start).days
        if share and case.arrival >= first and draws.u(case.key, "deterred", name) < share.value:
            return True
    return False


def _along(world: World, mix: str, leader: Case, draws: Draws) -> list[Case]:
    shares = world.mixes[leader.mix].companions
    assert shares is not None
    number = int(list(shares.shares)[draws.choice(leader.key, "companions", list(shares.shares.values()))])
    nobody = Draws(0)
    leader.family = [
        Case(nobody.key(leader.key, P("companion") ^ (n * G & MOST)), mix, leader.arrival, leader=leader)
        for n in range(number)
    ]
    return leader.family
