"""A world's calibrations as problems."""

from collections.abc import Sequence

from experiments.calibration.problem import Problem
from experiments.calibration.simulate import Try
from experiments.calibration.targets import Target
from experiments.patterns import modelled, patterns
from model.errors import InputError
from model.schema import World
from model.world.loader import content_hash, load
from model.world.settings import Settings, pairs


def problem(
    name: str, *, world: str = "immigration", settings: Settings = (), facts: Sequence[str] | None = None,
    parameters: Sequence[str] | None = None, scale: float | None = None, seed: int = 1,
) -> Problem:  # fmt: skip
    """A calibration of a world, or part of it, ready to be sampled.

    Args:
        name: of the calibration.
        world: name of a shipped world, or the folder of another.
        settings: parameters moved in every run, such as the switches of a rival; they are not fitted.
        facts: ids of facts or patterns to fit to, instead of the calibration's.
        parameters: move these alone, by the names of their priors; the others stay as the files have them.
        scale: share of the real system, if not the calibration's.
        seed: of all luck.

    Raises:
        InputError: a calibration, fact or parameter that is not there, a fact that is only checked.
    """
    moved = dict(pairs(settings))
    typed = load(world, moved)
    if name not in typed.calibrations:
        raise InputError("no such calibration", where="calibration", found=name, known=typed.calibrations)
    one = typed.calibrations[name]
    for asked in parameters or []:
        if asked not in one.priors:
            raise InputError("no such parameter in this calibration", where="parameter", found=asked, known=one.priors)
    priors = {
        prior: entry for prior, entry in one.priors.items()
        if (parameters is None or prior in parameters) and not set(entry.moves) & set(moved)
    }  # fmt: skip
    if not priors:
        raise InputError("no parameter is left to fit", where="parameter", known=one.priors)
    targets = [Target.of(pattern) for pattern in modelled(patterns(world, facts or one.facts))]
    share = one.scale if scale is None else scale
    tried = Try(world, moved, one, share, seed, priors, targets)
    about = {"stamp": stamp(typed), "scale": share, "seed": seed}
    return Problem(name, priors, targets, tried, about=about)


def stamp(world: World) -> str:
    """What a calibration's runs rest on, as a hash: the world without the cases that are told, and without levers."""
    return content_hash(world.model_copy(update={"cases": {}, "levers": {}}))
