"""Which two scenarios are set against each other, and from which day on they differ."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from model.agencies.exposure import FAR, spans
from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Scenario, World

Span = tuple[int, int]


class Twins(NamedTuple):
    """The two scenarios, over the same days, and what tells them apart."""

    with_it: Scenario
    without: Scenario
    differ: list[str]
    first_day: date


def matched(
    world: World, scenario: str | Scenario, without: Sequence[str] | None = None, against: str | Scenario | None = None
) -> Twins:
    """The two scenarios of a pair, refused if they cannot be set against each other."""
    one = _found(world, scenario)
    if against is not None:
        if without is not None:
            raise InputError("either take directives away, or name another scenario", where="without, against")
        other = _found(world, against)
        start, end = max(one.start, other.start), min(one.end, other.end)
        if start > end:
            raise InputError(
                "the scenarios share no cases: their days do not overlap", where="against",
                found=f"{other.start} to {other.end}", allowed=f"some of {one.start} to {one.end}",
            )  # fmt: skip
        days = {"start": start, "end": end}
        one, other = one.model_copy(update=days), other.model_copy(update=days)
    else:
        other = one.model_copy(update={"directives": left(world, one, without)})
    lasting = [periods(world, scenario) for scenario in (one, other)]
    differ = [name for name in world.directives if lasting[0].get(name) != lasting[1].get(name)]
    if not differ:
        raise InputError(
            "nothing differs between the two worlds", where="against" if against is not None else "scenario",
            found=against if isinstance(against, str) else one.title, allowed="scenarios with different directives",
        )  # fmt: skip
    last = (one.end - one.start).days
    first = first_apart(*lasting)
    if first > last:
        raise InputError(
            "the directives in question come after the last day", where="without" if against is None else "against",
            found=str(one.start + timedelta(days=first)), allowed=f"up to {one.end}",
        )  # fmt: skip
    return Twins(one, other, differ, one.start + timedelta(days=first))


def first_apart(one: Mapping[Any, Span], other: Mapping[Any, Span]) -> int:
    """The first day of the watch on which other directives are in effect in one world than in the other, or `FAR`.

    >>> first_apart({"memo": (5, 90), "order": (30, 60)}, {"memo": (5, 90)}), first_apart({"old": (-90, 60)}, {})
    (30, 0)
    """
    changes = sorted({max(day, 0) for known in (one, other) for span in known.values() for day in span})
    for day in changes:
        here, there = ({name for name, (start, end) in k.items() if start <= day < end} for k in (one, other))
        if here != there:
            return day
    return FAR


def periods(world: World, scenario: Scenario) -> dict[str, Span]:
    """The first day with each directive of a scenario, and the first without it again, as days of its watch."""
    ends = zip(*spans(world, scenario.directives, scenario.start), strict=True)
    return dict(zip(scenario.directives, ends, strict=True))


def left(world: World, scenario: Scenario, without: Sequence[str] | None) -> list[str]:
    """The directives that stay when some are taken away; none, if it is not said which.

    Raises:
        InputError: a directive that is not there.
    """
    if without is None:
        return []
    if not without:
        raise InputError("no directive to take away", where="without", known=scenario.directives)
    for name in without:
        if name not in world.directives:
            raise InputError("no such directive", where="without", found=name, known=world.directives)
        if name not in scenario.directives:
            raise InputError(
                "the scenario has no such directive to take away", where="without", found=name,
                known=scenario.directives, allowed="" if scenario.directives else "nothing: it has no directives",
            )  # fmt: skip
    return [name for name in scenario.directives if name not in without]


def _found(world: World, scenario: str | Scenario) -> Scenario:
    if isinstance(scenario, Scenario):
        return scenario
    if scenario not in world.scenarios:
        raise unknown_scenario(world, scenario, "scenario")
    return world.scenarios[scenario]
