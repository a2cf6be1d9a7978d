"""The names by which the measures of the border know a world, and what they take from it besides.

Who refers, who accepts, what an attorney's case costs, where somebody is back with the family: all of it stands in the
world's own files. Only the names below are taken for granted.
"""

from collections.abc import Collection, Iterable, Mapping

from model.arguments import unknown_scenario
from model.errors import InputError
from model.schema import AnyOf, Scenario, World
from model.world.streams import within

REFERRAL, MISDEMEANOURS, FELONIES = "referral", "acceptance", "felony"
"""Where a case may be referred for prosecution, and where an attorney accepts it as a misdemeanour or as a felony."""
COURT, SENTENCE = "court", "sentencing"
BEFORE_COURT = (REFERRAL, MISDEMEANOURS, FELONIES)
ATTORNEYS = (MISDEMEANOURS, FELONIES)

ALONE, PARENTS, OTHER = "adults", "families", "other-crime"
"""Adults apprehended alone, parents apprehended with their children, and those whom other agencies bring."""

SECTORS, DISTRICTS = "sectors", "districts"
ATTORNEY_HOURS, JAIL, SHELTERS, STATIONS = "attorney-hours", "marshals-beds", "orr-beds", "stations"
HANDING_OVER = "children-72-hours"
"""The clock that runs until ORR has a child."""

EVERYWHERE = "all"


def watches_border(world: World, stages: Collection[str]) -> bool:
    """Whether a world has all that is named here, and these of its stages are watched."""
    wanted: Mapping[str, Iterable[str]] = {
        "mixes": (ALONE, PARENTS, OTHER), "regions": (SECTORS, DISTRICTS),
        "resources": (ATTORNEY_HOURS, JAIL, SHELTERS, STATIONS), "clocks": (HANDING_OVER,),
    }  # fmt: skip
    there = all(set(names) <= set(getattr(world, kind)) for kind, names in wanted.items())
    return there and {*BEFORE_COURT, COURT, SENTENCE} <= set(stages)


def ask_for_border(world: World, scenario: str | Scenario) -> None:
    """Refuse, before a long run, a scenario that does not watch the border.

    Raises:
        InputError: it does not, or there is none of that name.
    """
    if isinstance(scenario, str) and scenario not in world.scenarios:
        raise unknown_scenario(world, scenario, "scenario")
    one = world.scenarios[scenario] if isinstance(scenario, str) else scenario
    if not watches_border(world, within(world, one).stages):
        known = [name for name, row in world.scenarios.items() if watches_border(world, within(world, row).stages)]
        raise InputError(
            "the scenario does not watch the border", where="scenario",
            found=scenario if isinstance(scenario, str) else scenario.title,
            allowed=", ".join(known) or "none of this world does",
        )  # fmt: skip


def district_of(world: World) -> dict[str, str]:
    """The judicial district of each sector."""
    parts = world.regions[DISTRICTS].parts
    return {sector: district for district, sectors in parts.items() for sector in sectors}


def stations_of_reunion(world: World) -> set[str]:
    """Exits at which somebody who was separated comes back before having been handed on."""
    edges = (edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable))
    return {edge.rejoins.to for edge in edges if edge.rejoins}


def places_in_care(world: World) -> set[str]:
    """Stages at which somebody holds an ORR bed: those decided by the agency to which taking one leads."""
    edges = [edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    agencies = {_agency(world, edge.to) for edge in edges if edge.uses == SHELTERS}
    entry = {name for name, stage in world.stages.items() for edge in stage.favourable if edge.uses == SHELTERS}
    return {name for name in world.stages if _agency(world, name) in agencies} - entry


def _agency(world: World, stage: str) -> str:
    return world.stages[stage].decider.split(".")[0]


def hours_a_case(world: World, stage: str, mix: str, sector: str) -> float:
    """Attorney hours that a case takes once it is accepted at a stage: those of the first edge for its mix and sector.

    >>> from model import load
    >>> [hours_a_case(load(), MISDEMEANOURS, ALONE, sector) for sector in ("Tucson", "El Centro")]
    [4.0, 30.0]
    """
    for edge in world.stages[stage].unfavourable:
        if edge.uses == ATTORNEY_HOURS and edge.takes is not None and _for(edge.when, mix, sector):
            return edge.takes.value
    return 0.0


def _for(when: AnyOf, mix: str, sector: str) -> bool:
    """Whether an edge's conditions leave room for a case of a mix and a sector."""
    return not when or any((not c.mix or mix in c.mix) and (not c.area or sector in c.area) for c in when)
