"""Agencies: one chain of command each, and units whose customs speak of what they decide."""

from functools import partial

import networkx as nx

from model.errors import InputError, Words, together
from model.schema import Agency, World
from model.world.checks.common import Path, Where, circle, deciders, named


def check_agencies(world: World, where: Where) -> None:
    """Raise InputError at the first agency whose hierarchy or units do not fit."""
    decided_by = deciders(world)
    together(partial(_agency, name, agency, world, decided_by, where) for name, agency in world.agencies.items())


def _agency(name: str, agency: Agency, world: World, decided_by: dict[str, set[str]], where: Where) -> None:
    _hierarchy(agency, where, ["agencies", name, "levels"])
    for title, unit in agency.units.items():
        named("role", unit.role, world.words.roles, where, ["agencies", name, "units", title, "role"])
        for stage in unit.habits:
            here = ["agencies", name, "units", title, "habits", stage]
            named("stage", stage, world.stages, where, here)
            if f"{name}.{title}" not in decided_by[stage]:
                raise InputError(
                    "a habit for a stage that this unit does not decide",
                    where=where(here),
                    found=stage,
                    known=[s for s, units in decided_by.items() if f"{name}.{title}" in units],
                )


def _hierarchy(agency: Agency, where: Where, path: Path) -> None:
    above: dict[str, str] = {}
    for name, level in agency.levels.items():
        if level.reports_to is None:
            continue
        named("level", level.reports_to, agency.levels, where, [*path, name, "reports_to"])
        if level.reports_to in above.values():
            raise InputError(
                "two levels that report to the same one",
                where=where([*path, name, "reports_to"]),
                found=level.reports_to,
                allowed="a chain: each level reports to another",
            )
        above[name] = level.reports_to
    if found := circle(nx.DiGraph(above.items())):
        raise InputError(
            "a circular hierarchy", where=where(path), found=found, allowed="one head, who reports to nobody"
        )
    heads = [name for name in agency.levels if name not in above]
    if len(heads) > 1:
        raise InputError(
            "more than one head",
            where=where([*path, heads[1]]),
            found=Words(", ".join(heads)),
            allowed="one level without reports_to",
        )
    for name, level in agency.levels.items():
        if (level.judged_by_numbers is None) != (name == heads[0]):
            raise InputError(
                "the head is judged by its directives, every other level by numbers",
                where=where([*path, name, "judged_by_numbers"]),
                found=None if level.judged_by_numbers is None else level.judged_by_numbers.value,
                allowed="no judged_by_numbers for the head, one for every other level",
            )
    if agency.levels[heads[0]].span is not None:
        raise InputError("a span for the head of the agency", where=where([*path, heads[0], "span"]), allowed="no span")
