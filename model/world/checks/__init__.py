"""Do the parts of a world fit together? Names that lead nowhere, offices without officers, circles."""

from model.schema import World
from model.world.checks.agencies import check_agencies
from model.world.checks.calibrations import check_calibrations
from model.world.checks.cases import check_cases, check_mixes, check_words
from model.world.checks.common import Where
from model.world.checks.directives import check_directives, check_scenarios
from model.world.checks.evidence import check_evidence, quantities, sources
from model.world.checks.levers import check_levers
from model.world.checks.patterns import check_patterns
from model.world.checks.regions import check_pools, check_regions
from model.world.checks.reports import check_reports
from model.world.checks.streams import check_streams

__all__ = ["check", "quantities", "sources"]


def check(world: World, where: Where, facts: frozenset[str] | None) -> None:
    """Raise InputError at the first part that does not fit the others.

    Args:
        world: a typed world.
        where: the file and key of a path.
        facts: the ids of ``evidence.csv``; None if sources are not to be looked up in it.
    """
    check_words(world, where)
    check_regions(world, where)
    check_streams(world, where)
    check_directives(world, where)
    check_levers(world, where)
    check_agencies(world, where)
    check_mixes(world, where)
    check_pools(world, where)
    check_reports(world, where)
    check_scenarios(world, where)
    check_cases(world, where)
    if facts is not None:
        check_evidence(world, where, facts)
    check_calibrations(world, where, facts)
    check_patterns(world, where, facts)
