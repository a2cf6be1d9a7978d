"""Do the parts of a world fit together? Names that lead nowhere, offices without officers, circles."""

from functools import partial

from model.errors import together
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
    """Look at all parts, and raise what does not fit as one InputError.

    Args:
        world: a typed world.
        where: the file and key of a path.
        facts: the ids of ``evidence.csv``; None if sources are not to be looked up in it.
    """
    parts = [check_words, check_regions, check_streams, check_directives, check_levers, check_agencies, check_mixes,
             check_pools, check_reports, check_scenarios, check_cases]  # fmt: skip
    checks = [partial(part, world, where) for part in parts]
    if facts is not None:
        checks.append(partial(check_evidence, world, where, facts))
    together([*checks, partial(check_calibrations, world, where, facts), partial(check_patterns, world, where, facts)])
