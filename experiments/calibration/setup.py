"""A world's calibrations as problems."""

from collections.abc import Sequence
from dataclasses import replace

from experiments.asked import readable
from experiments.calibration.problem import Problem
from experiments.calibration.simulate import Try, shortened, written
from experiments.calibration.targets import Target
from experiments.patterns import modelled, patterns, scenarios_of
from experiments.patterns.run_cache import Wanted, scenario_of
from model.errors import InputError
from model.schema import Calibration, Scenario, World
from model.schema.world import WHOLE
from model.world.loader import DEFAULT_WORLD, content_hash, load
from model.world.rule_files import digest
from model.world.settings import Settings, pairs
from model.world.streams import read


def problem(
    name: str, *, world: str = DEFAULT_WORLD, settings: Settings = (), facts: Sequence[str] | None = None,
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
        seed: random seed.

    Raises:
        InputError: a calibration, fact or parameter that is not there, a fact that is only checked, or a scale at
            which a scenario cannot be read.
    """
    moved = dict(pairs(settings))
    typed = load(world, moved)
    one = _calibration(typed, name)
    for asked in parameters or []:
        if asked not in one.priors:
            raise InputError("no such parameter in this calibration", where="parameter", found=asked, known=one.priors)
    priors = {
        prior: entry for prior, entry in one.priors.items()
        if (parameters is None or prior in parameters) and not set(entry.moves) & set(moved)
    }  # fmt: skip
    if not priors:
        raise InputError("no parameter is left to fit", where="parameter", known=one.priors)
    known = modelled(patterns(world, facts or one.facts))
    share = one.scale if scale is None else scale
    readable(shortened(typed, one), scenarios_of(known), share)
    targets = [Target.of(pattern) for pattern in known]
    tried = Try(world, written(world), moved, one, share, seed, priors, targets)
    measures = {pattern.id: _measured(typed, pattern.id) for pattern in known}
    about = {"stamp": stamp(world, name, facts or one.facts, moved), "scale": share, "seed": seed,
             "measures": measures}  # fmt: skip
    return Problem(name, priors, targets, tried, replace(tried, record_sd=0.0), about=about)


def stamp(world: str, name: str, facts: Sequence[str], settings: Settings = ()) -> str:
    """What a posterior rests on, as a hash: what the runs for its facts read of the world (`model.world.streams.read`).

    The parameters that it moves are not part of it, nor is what no such run reads: the cases that are told, levers,
    other streams, directives of others.

    Raises:
        InputError: a calibration or fact that is not there.
    """
    one = _calibration(load(world), name)
    moved = {path: prior.range[0] for prior in one.priors.values() for path in prior.moves}
    typed = load(world, {**moved, **dict(pairs(settings))})
    parts = [part.model_dump(mode="json", exclude_defaults=True) for run in runs_of(typed, name, world, facts)
             for part in run]  # fmt: skip
    rule = typed.rule.name
    return content_hash(parts) if rule == WHOLE else content_hash(parts, digest(rule))


def _measured(world: World, pattern: str) -> object:
    """How a pattern is measured, as the world says it."""
    entries = (study.pattern[pattern] for study in world.patterns.values() if pattern in study.pattern)
    return next((entry.model_dump(mode="json", exclude_defaults=True) for entry in entries), None)


def runs_of(typed: World, name: str, world: str, facts: Sequence[str] | None = None) -> list[tuple[Scenario, World]]:
    """What the runs of a calibration are of, and what they read of a world, as far as it can be told beforehand."""
    one = _calibration(typed, name)
    short = shortened(typed, one)
    runs = dict.fromkeys(wanted for pattern in modelled(patterns(world, facts or one.facts))
                         for wanted in pattern.wanted if isinstance(wanted, Wanted))  # fmt: skip
    scenarios = [scenario_of(short, wanted) for wanted in runs]
    return [(scenario, read(short, scenario)) for scenario in scenarios]


def _calibration(world: World, name: str) -> Calibration:
    if name not in world.calibrations:
        none = "" if world.calibrations else f"a world with calibrations/ (docs/calibration.md); {world.name} has none"
        raise InputError(
            "no such calibration", where="calibration", found=name, allowed=none, known=world.calibrations
        )  # fmt: skip
    return world.calibrations[name]
