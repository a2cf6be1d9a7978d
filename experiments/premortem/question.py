"""What is tried: some drafts, issued on a day into a world that knows nothing of what came later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from experiments.drafting.reading import Draft, directive_of, draft_of, in_force_before
from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Directive, Scenario, World
from model.world.streams import within

DAYS = 180
"""How long what follows is watched, unless told: half a year, of which the quickest of failures take weeks."""
LEAST = 28
"""Days below which nothing downstream could be seen."""


@dataclass(frozen=True)
class Question:
    """Drafts in their world.

    Attributes:
        drafts: names of the directives that are tried; they are issued together or one after the other.
        into: name of the scenario whose days, streams and earlier directives they meet.
        world: with the drafts among its directives.
        scenario: the watch: what was in force before the first draft, and the drafts.
        start: first day of the first draft.
    """

    drafts: tuple[str, ...]
    into: str
    world: World = field(repr=False)
    scenario: Scenario = field(repr=False)
    start: date

    @property
    def directives(self) -> list[Directive]:
        """The drafts themselves."""
        return [self.world.directives[name] for name in self.drafts]

    @property
    def texts(self) -> list[Draft]:
        """Each draft among what is in force before it; those of the plan that come later are not known to it."""
        among = self.world.model_copy(update={"scenarios": {**self.world.scenarios, self.into: self.scenario}})
        return [draft_of(name, among, self.into) for name in self.drafts]

    @property
    def watched(self) -> World:
        """The part of the world that the scenario watches."""
        return within(self.world, self.scenario)

    @property
    def addressed(self) -> set[str]:
        """The agencies that a draft addresses."""
        return {unit.split(".")[0] for directive in self.directives for unit in directive.to}


def question(
    drafts: Sequence[str], world: World, into: str | None = None, start: date | None = None, days: int = DAYS
) -> Question:
    """Read drafts and lay them into a world of which nothing issued on the day or later is known.

    Args:
        drafts: names of directives of the world, or files of one's own, which may be ``like`` one of the world's.
        world: in which they are tried.
        into: a scenario of the world; without it that of the record in which most is in force when they come, of those
            that watch whom they address.
        start: first day of the first draft, if not its own; the others move with it, and so do ends.
        days: of the watch from then on, as far as the scenario goes.

    Raises:
        InputError: a draft, scenario or day that cannot be used.

    >>> from model import load
    >>> asked = question(["zero-tolerance-2018"], load())
    >>> asked.into, asked.scenario.directives[-2:], str(asked.start)
    ('zero-tolerance-2018', ['dnm-guidance-2017', 'zero-tolerance-2018'], '2018-04-06')
    """
    if not drafts:
        raise InputError("no draft to try", where="draft", known=world.directives)
    names = []
    for draft in drafts:
        name, world = directive_of(draft, world)
        names.append(name)
    if days < LEAST:
        raise InputError("too short a watch to see what breaks", where="days", found=days, allowed=f"{LEAST} or more")
    first = min(world.directives[name].start for name in names)
    if start is not None:
        world = _moved(world, names, start - first)
        first = start
    place = into or _into(world, names, first)
    if place not in world.scenarios:
        raise unknown_scenario(world, place, "into")
    return Question(tuple(dict.fromkeys(names)), place, world, _watch(world, names, place, first, days), first)


def _moved(world: World, names: Sequence[str], by: timedelta) -> World:
    """The world with some directives issued, and ended, so much later."""
    changed = dict(world.directives)
    for name in names:
        text = changed[name]
        end = None if text.end is None else text.end + by
        changed[name] = text.model_copy(update={"start": text.start + by, "end": end})
    return world.model_copy(update={"directives": changed})


def _into(world: World, names: Sequence[str], first: date) -> str:
    """The scenario of the record in which most is in force on the day, of those that watch all whom drafts address."""
    addressed = {unit.split(".")[0] for name in names for unit in world.directives[name].to}
    fit = {}
    for name, one in world.scenarios.items():
        days = one.start <= first <= one.end - timedelta(days=LEAST)
        if one.counterfactual_of is None and days and addressed <= set(within(world, one).agencies):
            own = len(set(names) & set(one.directives))
            fit[name] = (own, len(_before(world, one, names, first)), (one.end - first).days)
    if not fit:
        raise InputError(
            "no scenario of the record watches those whom the draft addresses on its first day", where="start",
            found=str(first),
            allowed="; ".join(f"{name} {one.start} to {one.end}" for name, one in world.scenarios.items()
                              if one.counterfactual_of is None),
        )  # fmt: skip
    return max(sorted(fit), key=lambda name: fit[name])


def _before(world: World, scenario: Scenario, names: Sequence[str], first: date) -> list[str]:
    return in_force_before(first, world, [name for name in scenario.directives if name not in names])


def _watch(world: World, names: Sequence[str], into: str, first: date, days: int) -> Scenario:
    one = world.scenarios[into]
    latest = one.end - timedelta(days=LEAST)
    if not one.start <= first <= latest:
        raise InputError(
            "the draft does not start within the days of the scenario", where="start", found=str(first),
            allowed=f"{one.start} to {latest}",
        )  # fmt: skip
    here = set(within(world, one).agencies)
    for name in names:
        strangers = {unit.split(".")[0] for unit in world.directives[name].to} - here
        if strangers:
            raise InputError(
                "the scenario does not watch whom the draft addresses", where="into", found=into,
                allowed=f"one with {', '.join(sorted(strangers))}",
            )  # fmt: skip
    return one.model_copy(
        update={
            "title": " and ".join(world.directives[name].title for name in names),
            "end": min(one.end, first + timedelta(days=days - 1)),
            "directives": [*_before(world, one, names, first), *names], "counterfactual_of": None,
        }
    )  # fmt: skip
