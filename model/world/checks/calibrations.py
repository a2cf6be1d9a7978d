"""Calibrations that move parameters which are there, within their bounds, and ask for facts that are known."""

from collections.abc import Mapping

from model.errors import InputError
from model.schema import Prior, Quantity, Shares, World
from model.world.checks.common import Path, Where, all_named
from model.world.checks.evidence import quantities

Bounds = tuple[float, float]
Known = Mapping[str, Quantity | Shares]


def check_calibrations(world: World, where: Where, facts: frozenset[str] | None) -> None:
    """Raise InputError at the first calibration that does not fit.

    Args:
        world: a typed world.
        where: the file and key of a path.
        facts: the ids of ``evidence.csv``; None if facts are not to be looked up in it.
    """
    if not world.calibrations:
        return
    known = dict(quantities(world))
    for name, calibration in world.calibrations.items():
        here: Path = ["calibrations", name]
        streams = dict.fromkeys(stage.stream for stage in world.stages.values())
        all_named("stream", calibration.streams or [], streams, where, [*here, "streams"])
        if facts is not None:
            patterns = (pattern for study in world.patterns.values() for pattern in study.pattern)
            all_named("fact in evidence.csv", calibration.facts, [*facts, *patterns], where, [*here, "facts"])
        moved: set[str] = set()
        for prior_name, prior in calibration.priors.items():
            for at, path in enumerate(prior.moves):
                place = [*here, "priors", prior_name, "moves", at]
                _fits(prior, path, known, where, place)
                if path in moved:
                    raise InputError("a parameter with two priors", where=where(place), found=path)
                moved.add(path)


def number_at(known: Known, path: str) -> tuple[float, Bounds] | None:
    """The value and the bounds of a parameter, or of one share of a distribution; None if it is neither.

    Args:
        known: `quantities` of a world.
        path: as ``--set`` takes it.
    """
    entry = known.get(path)
    if isinstance(entry, Quantity):
        return entry.value, entry.bounds
    above, _, name = path.rpartition(".")
    whole = known.get(above)
    return (whole.shares[name], (0.0, 1.0)) if isinstance(whole, Shares) and name in whole.shares else None


def _fits(prior: Prior, path: str, known: Known, where: Where, place: Path) -> None:
    """Raise InputError unless the prior lies within the bounds of what it moves."""
    found = number_at(known, path)
    if found is None:
        raise InputError("no such parameter", where=where(place), found=path, known=list(known))
    low, high = found[1]
    if not low <= prior.range[0] < prior.range[1] <= high:
        raise InputError(
            f"a prior beyond the bounds of {path}", where=where([*place[:-2], "range"]), found=list(prior.range),
            allowed=f"within {low:g} to {high:g}",
        )  # fmt: skip
