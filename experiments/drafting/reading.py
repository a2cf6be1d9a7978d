"""A draft as it is read: a file or the name of a directive, among those in force on the day it starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import Directive, Scenario, World
from model.schema.directive import addresses
from model.world.case_days import watched
from model.world.checks.directives import check_directives
from model.world.loader import DEFAULT_WORLD, with_file, world_of


@dataclass(frozen=True)
class Draft:
    """A directive that is not yet issued, and the world of the day before it.

    Attributes:
        name: of the directive; that of its file.
        world: with the draft among its directives.
        scenario: the name of the scenario that it is laid into.
        issued: that scenario with the draft, and without what was issued on its day or later.
        before: the same without the draft.
        later: directives of the scenario that are left out, for nobody knew of them on the day before the start.
    """

    name: str
    world: World
    scenario: str
    issued: Scenario
    before: Scenario
    later: tuple[str, ...]

    @property
    def directive(self) -> Directive:
        """The draft itself."""
        return self.world.directives[self.name]


def draft_of(
    path_or_name: str | Path,
    world: str | Path | World = DEFAULT_WORLD,
    scenario: str | None = None,
    start: date | None = None,
) -> Draft:
    """Read a draft into a scenario.

    Args:
        path_or_name: a TOML file, which may be ``like`` a directive of the world; or a directive of the world.
        world: name of a shipped world, the folder of another, or a `World`.
        scenario: the scenario it is laid into. Without it: the first of record that issues the directive, else that
            reaches its decisions on that day and has issued most by then.
        start: another first day; an end moves along with it.

    Raises:
        InputError: the file, the name, the scenario or the day cannot be used.

    >>> draft = draft_of("review-2011")
    >>> draft.scenario, draft.before.directives, draft.later
    ('morton-2011', ['priorities-2010', 'discretion-2011', 'victims-2011'], ('training-2012',))
    """
    name, whole = directive_of(path_or_name, world_of(world))
    if start is not None:
        whole = _starting(whole, name, start)
    into = _scenario(whole, name) if scenario is None else scenario
    if into not in whole.scenarios:
        raise unknown_scenario(whole, into, "--into")
    return _laid(whole, name, into)


def directive_of(path_or_name: str | Path, world: World) -> tuple[str, World]:
    """The name of a directive by file or name, and the world with it.

    Raises:
        InputError: there is no such file or directive, or it does not fit the world.
    """
    if isinstance(path_or_name, str) and path_or_name in world.directives:
        return path_or_name, world
    path = Path(path_or_name)
    if "\0" in str(path) or (path.suffix != ".toml" and path.parent == Path() and not path.is_file()):
        raise InputError(
            "no such directive", where="DRAFT", found=str(path_or_name),
            allowed="a file of TOML, or a directive of the world (discretion worlds lists them)",
            known=world.directives,
        )  # fmt: skip
    return path.stem, with_file(world, "directives", path)


def _starting(world: World, name: str, start: date) -> World:
    """The world with a directive that starts on another day, and lasts as long."""
    row = world.directives[name]
    try:
        end = None if row.end is None else row.end + (start - row.start)
    except OverflowError:
        raise InputError("a day too far away", where="--start", found=start, allowed="a day of a scenario") from None
    moved = row.model_copy(update={"start": start, "end": end})
    whole = world.model_copy(update={"directives": {**world.directives, name: moved}})
    check_directives(whole, lambda path: f"{name} from {start}: {'.'.join(map(str, [*path][2:]))}", only=[name])
    return whole


def in_force_before(day: date, world: World, names: Sequence[str]) -> list[str]:
    """Of some directives those that were issued before a day: what was issued on the day itself is not known yet."""
    return [name for name in names if world.directives[name].start < day]


def reached(world: World, row: Directive) -> list[str]:
    """The stages at which those whom a directive addresses decide, or come to decide by it, and of which it speaks."""
    return [
        name
        for name, stage in world.stages.items()
        if (row.stages is None or name in row.stages) and addresses(row.to, row.moves.get(name, stage.decider))
    ]


def _scenario(world: World, name: str) -> str:
    """The scenario that a directive belongs to; of those it fits, the one that has issued most by then."""
    row = world.directives[name]
    record = {key: one for key, one in world.scenarios.items() if one.counterfactual_of is None} or world.scenarios
    on_the_day = {key: one for key, one in world.scenarios.items() if one.start <= row.start <= one.end}
    for group in (record, world.scenarios):
        for key, one in group.items():
            if key in on_the_day and name in one.directives:
                return key
    streams = {world.stages[stage].stream for stage in reached(world, row)}
    fits = [key for key in on_the_day if key in record and (not streams or streams & set(watched(world, record[key])))]
    if not fits:
        raise InputError(
            "no scenario of the record is watched on the day on which it starts",
            where=f"{name}: start", found=row.start,
            allowed="; ".join(f"{key}: {one.start} to {one.end}" for key, one in record.items()),
        )  # fmt: skip
    return max(fits, key=lambda key: len(in_force_before(row.start, world, record[key].directives)))


def _laid(world: World, name: str, into: str) -> Draft:
    """A directive laid into a scenario, which knows only what was issued by its start."""
    row, among = world.directives[name], world.scenarios[into]
    if not among.start <= row.start <= among.end:
        raise InputError(
            f"it starts outside the days of {into}", where=f"{name}: start", found=row.start,
            allowed=f"{among.start} to {among.end}",
        )  # fmt: skip
    others = [one for one in among.directives if one != name]
    known = in_force_before(row.start, world, others)
    before = among.model_copy(update={"directives": known})
    issued = among.model_copy(update={"directives": [*known, name]})
    return Draft(name, world, into, issued, before, tuple(one for one in others if one not in known))
