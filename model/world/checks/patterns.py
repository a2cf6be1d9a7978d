"""Patterns that are measured in scenarios which are there, of stages, places, pools and people that the world has."""

from collections.abc import Iterable, Iterator, Mapping

from model.errors import InputError
from model.schema import Composition, PatternEntry, Ratio, Scenario, Strict, World
from model.schema.measure import COLUMNS, CaseOf, Which
from model.world.case_days import watched
from model.world.checks.common import Path, Where, all_named, named
from model.world.once import once

CALLED = {"stage": "stage in the scenario", "stages": "stage in the scenario", "to": "place in the scenario",
          "at": "place in the scenario", "by": "region or column"}  # fmt: skip
"""What a name under a key is called, where the key does not say it."""


def check_patterns(world: World, where: Where, facts: frozenset[str] | None) -> None:
    """Raise InputError at the first pattern that does not fit.

    Args:
        world: a typed world.
        where: the file and key of a path.
        facts: the ids of ``evidence.csv``; None if facts are not to be looked up in it.
    """
    if not world.patterns:
        return
    known, seen = _names(world), set[str]()
    about = {pattern.split(".")[0] for study in world.patterns.values() for pattern in study.pattern}
    for name, study in world.patterns.items():
        here: Path = ["patterns", name]
        for short, scenario in study.watched.items():
            named("scenario", scenario, world.scenarios, where, [*here, "watched", short])
        if study.scenario is not None:
            named("scenario", study.scenario, world.scenarios, where, [*here, "scenario"])
        for names in study.fails:
            for fact in names.split():
                named("fact with a pattern", fact, about, where, [*here, "fails", names])
        for pattern, entry in study.pattern.items():
            place: Path = [*here, "pattern", pattern]
            if pattern in seen:
                raise InputError("defined twice", where=where(place), found=pattern, allowed="one definition")
            seen.add(pattern)
            if facts is not None:
                for fact in _facts(pattern, entry):
                    named("fact in evidence.csv", fact, facts, where, place)
            if isinstance(entry.carried, Composition):
                _named_in(entry.carried, None, known, where, [*place, "carried"])
            if entry.measure is not None:
                _measured(world, entry, entry.scenario or study.scenario, known, where, place)


def _facts(pattern: str, entry: PatternEntry) -> Iterator[str]:
    """The facts that a pattern is about, or takes figures from; a trial that has none is a property of the model."""
    if entry.trial is None:
        yield pattern.split(".")[0]
    ratios = [one for one in (entry.record, entry.carried) if isinstance(one, Ratio)]
    of = getattr(entry.measure, "of", None)
    figures = [entry.record, entry.holds.limit if entry.holds else None, of]
    for figure in (*figures, *(one for ratio in ratios for one in (*ratio.figures, *ratio.over))):
        if isinstance(figure, str):
            yield figure.partition(":")[0].partition(".")[0]


def _measured(
    world: World, entry: PatternEntry, name: str | None, known: Mapping[str, Iterable[str]], where: Where, place: Path
) -> None:
    """Raise InputError unless the scenario has what is taken away and the days, and the world all that is named."""
    if name is None:
        raise InputError("the key 'scenario' is missing", where=where([*place, "scenario"]), known=world.scenarios)
    named("scenario", name, world.scenarios, where, [*place, "scenario"])
    scenario = world.scenarios[name]
    streams = _watched(world, scenario)
    stages = [stage for stage, row in world.stages.items() if row.stream in streams]
    places = [*stages, *(way for way, row in world.exits.items() if row.stream in streams)]
    known = {**known, "stage": stages, "stages": stages, "to": places, "at": places}
    if isinstance(entry.measure, CaseOf):
        _before_somebody(world, entry.measure, stages, where, [*place, "measure"])
    if entry.against is not None:
        away = [*place, "against", "without"]
        all_named("directive of the scenario", entry.against.without, scenario.directives, where, away)
    for key in ("measure", "against"):
        part = getattr(entry, key)
        if part is not None:
            _named_in(part, scenario, known, where, [*place, key])


_watched = once(watched)


def _named_in(
    part: Strict, scenario: Scenario | None, known: Mapping[str, Iterable[str]], where: Where, place: Path
) -> None:  # fmt: skip
    """Raise InputError at a name that is not known, or at days that the scenario does not watch."""
    for key in type(part).model_fields:
        value, here = getattr(part, key), [*place, key]
        if scenario and key == "days" and value and not scenario.start <= value[0] <= value[1] <= scenario.end:
            raise InputError("days outside the scenario", where=where(here), found=f"{value[0]} to {value[1]}",
                             allowed=f"within {scenario.start} to {scenario.end}")  # fmt: skip
        if isinstance(value, list) and value and isinstance(value[0], Which):
            for at, which in enumerate(value):
                _named_in(which, scenario, known, where, [*here, at] if value[1:] else here)
        elif isinstance(value, Strict):
            _named_in(value, scenario, known, where, here)
        elif key in known and value is not None:
            for name in [value] if isinstance(value, str) else value:
                named(CALLED.get(key, key), name, known[key], where, here)


def _before_somebody(world: World, of: CaseOf, stages: Iterable[str], where: Where, place: Path) -> None:
    """Raise InputError if the agency decides no stage of the case that the scenario watches."""
    named("case", of.case, world.cases, where, [*place, "case"])
    if of.agency is not None:
        deciders = {
            world.stages[stage].decider.split(".")[0] for stage in world.cases[of.case].stages if stage in stages
        }
        named("agency that decides a stage of the case", of.agency, deciders, where, [*place, "agency"])


def _names(world: World) -> dict[str, list[str]]:
    """What may be named under each key of a measure."""
    columns = list(dict.fromkeys(column for table in COLUMNS.values() for column in table))
    return {
        "agency": [*world.agencies], "unit": world.units(), "area": world.all_areas(), "mix": [*world.mixes],
        "clock": [*world.clocks], "level": [*world.words.levels], "charge": [*world.words.charges],
        "pool": [*world.resources],
        "case": [*world.cases], "by": [*world.regions, *columns],
        "office": sorted({office for agency in world.agencies.values() for unit in agency.units.values()
                          for office in world.offices_of(unit)}),
    }  # fmt: skip
