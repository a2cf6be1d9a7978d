"""Ablations: each mechanism off by itself, against every block of facts. What does the model lose without it?

A mechanism *earns* its place where the facts are missed by more without it. The worlds with and without it share their
seeds, so the change of the miss is paired, and judged by its standard error over replications. Nothing is fitted anew
once a mechanism is off: on facts that parameters were tuned to, any mechanism that was on at the time earns something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from experiments.mechanisms.ablation_tables import ALL_ON, EARNS, by_block, earned
from experiments.mechanisms.blocks import BLOCK, episodes, missed
from experiments.mechanisms.not_applicable import NotApplicable
from experiments.mechanisms.switches import SWITCHES, named, switched_off
from experiments.parallel import Progress, Tick, as_they_come, seeds_from, silent
from experiments.patterns import Pattern, measured, modelled, patterns, steps_of
from model.schema import Quantity, World
from model.world.checks import quantities
from model.world.loader import DEFAULT_WORLD, load
from model.world.settings import Settings, pairs


@dataclass(frozen=True)
class Ablations:
    """What each mechanism earns.

    Attributes:
        world: with its settings.
        mechanisms: those that were switched off, by name.
        seeds, scale: of the replications.
        misses: one row a seed, ``off`` and pattern (``id``): ``episode``, ``kind``, ``value``, ``miss``
            (`experiments.mechanisms.blocks.miss`).
        by_block: one row a mechanism (``off``) and block (``episode``, ``kind``): ``patterns`` (how many), ``whole``
            (mean miss with all on), ``change`` of it by switching off, ``error`` (its standard error), ``ceased`` and
            ``begun`` (patterns that hold no more, and that hold only now), ``verdict``.
        earned: one row a mechanism: ``earns`` (`experiments.mechanisms.ablation_tables`); ``worse`` and ``better``, how
            many blocks are.
    """

    world: World = field(repr=False)
    mechanisms: list[str]
    seeds: list[int]
    scale: float
    misses: pd.DataFrame = field(repr=False)
    by_block: pd.DataFrame = field(repr=False)
    earned: pd.DataFrame = field(repr=False)


def ablations(
    mechanisms: Sequence[str] | None = None,
    *,
    world: str | Path = DEFAULT_WORLD,
    settings: Settings = (),
    replications: int = 8,
    seed: int = 1,
    scale: float = 0.02,
    workers: int = 1,
    progress: Progress | None = None,
) -> Ablations:
    """Measure every pattern of a world with all mechanisms on, and with each of them off.

    Args:
        mechanisms: those to switch off, by name; all of `experiments.mechanisms.switches.SWITCHES` for None.
        world: name of a shipped world, or the folder of another.
        settings: parameters moved in every run, as ``path=value`` texts or a mapping.
        replications: how many seeds, from ``seed`` on; the same whatever is off.
        seed: of the first.
        scale: share of the real system's cases and officers.
        workers: processes, as in `experiments.parallel.as_they_come`.
        progress: told the runs done and the runs in all.

    Raises:
        NotApplicable: a world without facts (`with_facts`).
        InputError: an unknown mechanism, or a number that cannot be used.
    """
    names, seeds, moved = named(mechanisms, SWITCHES), seeds_from(seed, replications), dict(pairs(settings))
    typed = load(world, moved)
    known = with_facts(world)
    off = {name: switches for name in names if (switches := _changed(typed, switched_off(typed, [name])))}
    tasks = [(one, name) for name in (ALL_ON, *off) for one in seeds]
    work = partial(
        _measured, [one.id for one in known], world, {ALL_ON: moved, **{n: moved | s for n, s in off.items()}}, scale
    )
    episode = episodes(typed, known)
    found = as_they_come(work, tasks, [steps_of(known)] * len(tasks), workers, progress)
    misses = pd.concat(
        [missed(values, known, episode).assign(seed=one, off=name)
         for (one, name), values in zip(tasks, found, strict=True)], ignore_index=True,
    )[["seed", "off", "id", *BLOCK, "value", "miss"]]  # fmt: skip
    found_by_block = by_block(misses, known)
    return Ablations(typed, names, seeds, scale, misses, found_by_block, earned(found_by_block, names))


def with_facts(world: str | Path) -> list[Pattern]:
    """The patterns of a world, those of facts among them: what is true of any world tells no mechanism from another.

    Raises:
        NotApplicable: it has no pattern on which a mechanism could earn anything.
    """
    known = modelled(patterns(world))
    if not {one.kind for one in known} & {kind for kinds in EARNS.values() for kind in kinds}:
        raise NotApplicable("no fact that a mechanism could earn its place on", where="world", found=str(world),
                            allowed="a world with patterns of its own")  # fmt: skip
    return known


def _changed(world: World, switches: Mapping[str, float]) -> dict[str, float]:
    """The switches that a world does not have as they would be set; none where a mechanism is off already."""
    now = {path: entry.value for path, entry in quantities(world) if isinstance(entry, Quantity)}
    return {path: value for path, value in switches.items() if now[path] != value}


def _measured(
    ids: Sequence[str], world: str | Path, moved: Mapping[str, Mapping[str, object]], scale: float,
    task: tuple[int, str], tick: Tick = silent,
) -> dict[str, float]:  # fmt: skip
    """Every pattern under one seed with one mechanism off; patterns do not travel between processes."""
    seed, off = task
    return measured(modelled(patterns(world, ids)), load(world, moved[off]), seed, scale, tick)
