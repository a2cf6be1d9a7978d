"""What could have been done otherwise in a scenario, and by which decisions it is to be judged; or why not.

A lever of the world fits a scenario if in it a directive that the scenario issues is otherwise. A scenario that says
that it departs from this one (``counterfactual_of``) is a lever as well, which sets directives in the place of others.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from experiments.twin.twins import first_apart, matched, periods
from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Directive, Scenario, World
from model.world.levers import amended
from model.world.streams import within

ALL = "all"


class Pulled(NamedTuple):
    """A lever that has been pulled.

    Attributes:
        title, question: what it is called, what it asks.
        world, scenario: what comes of it, over the days of the record.
        first_day: on which it first makes a difference, and from which on its shift is taken.
        replaces: whether it puts other desks in the place of those who decide, rather than moving these.
    """

    title: str
    question: str
    world: World
    scenario: Scenario
    first_day: date
    replaces: bool = False


class Target(NamedTuple):
    """The decisions by which levers are ranked: those of an agency at a stage, or at all of its stages (``all``)."""

    agency: str
    stage: str


def record_of(world: World, name: str) -> Scenario:
    """The scenario that levers are set against; InputError if there is none of that name."""
    if name not in world.scenarios:
        raise unknown_scenario(world, name, "scenario")
    return world.scenarios[name]


def fitting(world: World, scenario: str) -> dict[str, Pulled]:
    """All that could have been done otherwise in a scenario, by name.

    >>> from model import load
    >>> list(fitting(load(), "daca-2012"))
    ['daca-at-ice', 'daca-staffed', 'daca-unevaluated']
    """
    record, found = record_of(world, scenario), {}
    for name, lever in world.levers.items():
        other = amended(world, name)
        if (first := _parts(world, other, record)) is not None:
            swaps = _deciders(other, record) != _deciders(world, record)
            found[name] = Pulled(lever.title, lever.question, other, record, first, swaps)
    for name, one in world.scenarios.items():
        if one.counterfactual_of == scenario:
            here = one.model_copy(update={"start": record.start, "end": record.end})
            swaps = _deciders(world, here) != _deciders(world, record)
            first = matched(world, record, against=here).first_day
            found[name] = Pulled(one.title, one.question, world, here, first, swaps)
    return found


def _deciders(world: World, scenario: Scenario) -> dict[str, str]:
    """The stages whose decision the directives of a scenario hand to another unit, and that unit."""
    return {stage: unit for name in scenario.directives for stage, unit in world.directives[name].moves.items()}


def _parts(world: World, other: World, record: Scenario) -> date | None:
    """The day of the record on which the directives in effect first differ, in text or in dates; None if none does."""
    changed = {name for name in record.directives if _text(world, name) != _text(other, name)}
    here = {(name, False): span for name, span in periods(world, record).items()}
    there = {(name, name in changed): span for name, span in periods(other, record).items()}
    first = record.start + timedelta(days=first_apart(here, there))
    return first if first <= record.end else None


def _text(world: World, name: str) -> Directive:
    """A directive, but for when it, and others, are in effect."""
    return world.directives[name].model_copy(update=dict.fromkeys(("start", "end", "supersedes")))


def chosen(world: World, scenario: str, names: Sequence[str] | None) -> dict[str, Pulled]:
    """The levers named, or all that fit; InputError if one is unknown or does not fit, or none fits."""
    fit = fitting(world, scenario)
    if not fit:
        texts = list(dict.fromkeys(name for lever in world.levers.values() for name in lever.amends))
        raise InputError(
            "no lever fits the scenario: none makes a directive that it issues otherwise", where="scenario",
            found=scenario,
            allowed=f"one that issues some of {', '.join(texts)}",
        )  # fmt: skip
    if names is not None and not names:
        raise InputError("no lever to pull", where="lever", known=fit)
    for name in names or []:
        if name not in world.levers and name not in fit:
            raise InputError("no such lever", where="lever", found=name, known=fit)
        if name not in fit:
            texts = world.levers[name].amends
            issued = [text for text in texts if text in record_of(world, scenario).directives]
            why = (f"in it {' and '.join(issued)} stays as it is" if issued
                   else f"the scenario does not issue {' or '.join(texts)}")  # fmt: skip
            raise InputError(f"the lever does not fit: {why}", where="lever", found=name, known=fit)
    return fit if names is None else {name: fit[name] for name in names}


def targets(world: World, scenario: str, agency: str | None = None, stage: str | None = None) -> list[Target]:
    """What the levers are ranked by: what is asked for, or what the scenario is about.

    A scenario is about the stages that its directives name; if they name none, about the agencies that they address.

    Raises:
        InputError: an agency or a stage that is not there, not in this scenario, or not the one's of the other.

    >>> from model import load
    >>> world = load()
    >>> targets(world, "morton-2011"), targets(world, "morton-2011", agency="eoir")
    ([Target(agency='ice', stage='review')], [Target(agency='eoir', stage='all')])
    """
    record = record_of(world, scenario)
    here = _reached(world, record)
    if stage is not None:
        _there("stage", stage, world.stages, here)
    agencies = list(dict.fromkeys(here.values()))
    if agency is not None:
        _there("agency", agency, world.agencies, agencies)
        if stage is not None and here[stage] != agency:
            own = [name for name, decider in here.items() if decider == agency]
            raise InputError(f"{agency} does not decide at this stage", where="stage", found=stage, known=own)
    if stage is not None:
        return [Target(here[stage], stage)]
    if agency is not None:
        return [Target(agency, ALL)]
    texts = [world.directives[name] for name in record.directives]
    named = [name for name in here if any(name in (text.stages or []) for text in texts)]
    addressed = {unit.split(".")[0] for text in texts for unit in text.to}
    return [Target(here[name], name) for name in named] or [Target(a, ALL) for a in agencies if a in addressed]


def _there(kind: str, name: str, known: Collection[str], here: Collection[str]) -> None:
    if name not in known:
        raise InputError(f"no such {kind}", where=kind, found=name, known=list(known))
    if name not in here:
        raise InputError(f"no case comes to this {kind} in the scenario", where=kind, found=name, known=list(here))


def _reached(world: World, scenario: Scenario) -> dict[str, str]:
    """The stages to which cases of the scenario come, and the agency that decides at each."""
    small = within(world, scenario)
    opened = {mix for text in world.directives.values() for mix in text.opens}
    here = {mix for name in scenario.directives for mix in world.directives[name].opens}
    new = {mix.stage for name, mix in small.mixes.items() if name not in opened or name in here}
    found: set[str] = set()
    while new:
        found |= new
        ways = [small.stages[name] for name in new]
        new = {edge.to for way in ways for edge in (*way.favourable, *way.unfavourable)} & set(small.stages) - found
    return {name: stage.decider.split(".")[0] for name, stage in small.stages.items() if name in found}
