"""Calibrations that move parameters which are there, within their bounds, and ask for facts that are known."""

from model.checks.common import Path, Where, all_named, named
from model.checks.evidence import quantities
from model.errors import InputError
from model.schema import Prior, Quantity, Shares, World

Bounds = tuple[float, float]


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
        named("scenario", calibration.scenario, world.scenarios, where, [*here, "scenario"])
        scenario = world.scenarios[calibration.scenario]
        if not scenario.start < calibration.until <= scenario.end:
            raise InputError(
                "a last day outside the scenario", where=where([*here, "until"]), found=str(calibration.until),
                allowed=f"after {scenario.start}, up to {scenario.end}",
            )  # fmt: skip
        if facts is not None:
            all_named("fact in evidence.csv", calibration.facts, facts, where, [*here, "facts"])
        moved: set[str] = set()
        for prior_name, prior in calibration.priors.items():
            for at, path in enumerate(prior.moves):
                place = [*here, "priors", prior_name, "moves", at]
                _fits(prior, path, known, where, place)
                if path in moved:
                    raise InputError("a parameter with two priors", where=where(place), found=path)
                moved.add(path)


def _fits(prior: Prior, path: str, known: dict[str, Quantity | Shares], where: Where, place: Path) -> None:
    """Raise InputError unless the prior lies within the bounds of what it moves."""
    low, high = _bounds(path, known, where, place)
    if not low <= prior.bounds[0] < prior.bounds[1] <= high:
        raise InputError(
            f"a prior beyond the bounds of {path}", where=where([*place[:-2], "bounds"]), found=list(prior.bounds),
            allowed=f"within {low:g} to {high:g}",
        )  # fmt: skip


def _bounds(path: str, known: dict[str, Quantity | Shares], where: Where, place: Path) -> Bounds:
    """The bounds of a parameter, or of one share of a distribution."""
    entry = known.get(path)
    if isinstance(entry, Quantity):
        return entry.bounds
    above, _, name = path.rpartition(".")
    whole = known.get(above)
    if isinstance(whole, Shares) and name in whole.shares:
        return 0.0, 1.0
    raise InputError("no such parameter", where=where(place), found=path, known=list(known))
