"""A finished run: its tables, and what is needed to understand and to repeat it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd

from experiments.parallel import Progress
from experiments.rates import rates
from model import BureaucracyModel, __version__
from model.record.separations import breaches, separated
from model.schema import Directive, Scenario, World
from model.world.loader import DEFAULT_WORLD, content_hash, world_of


@dataclass(frozen=True)
class Run:
    """The tables of a finished run.

    Attributes:
        about: what ``run.json`` holds: scenario, content hash, version, seed, scale, first and last day,
            settings, names and titles, where the cases ended, how long it took, and ``notes`` on days without cases.
        outcomes: one row a week x stage x agency x unit x office x level x charge x lawyer x custody.
        flows: one row a week x stage x outcome x destination x mix x level x charge.
        resources: one row a week (its last day) and resource, by area where each has its own, or waiting stage.
        paths: one row a month x stage x area x mix x youngest child x serious x charge x outcome x destination x
            reason (`model.record.paths`).
        separated: one row a person who was separated from those they came with (`model.record.separations`).
        breaches: one row a clock x area x day on which somebody was held beyond its limit.
        cases: one row a decision with every term, if the run kept them.
        path: where it is stored, if it is.
    """

    about: dict[str, Any]
    outcomes: pd.DataFrame = field(repr=False)
    flows: pd.DataFrame = field(repr=False)
    resources: pd.DataFrame = field(repr=False)
    paths: pd.DataFrame = field(repr=False)
    separated: pd.DataFrame = field(repr=False)
    breaches: pd.DataFrame = field(repr=False)
    cases: pd.DataFrame | None = field(default=None, repr=False)
    path: Path | None = None

    @property
    def title(self) -> str:
        """World, scenario, scale, seed and days, in a line."""
        about = self.about
        return (
            f"{about['world']}/{about['scenario']}, scale {about['scale']:g}, seed {about['seed']}, "
            f"{about['start']} to {about['end']}"
        )

    def _repr_html_(self) -> str:
        shown = rates(self.outcomes).style.format({"rate": "{:.2%}", "noticed": "{:.1%}", "hours": "{:,.0f}"})
        return f"<p><b>{escape(self.title)}</b></p>{shown.hide(axis='index').to_html()}"


def run(
    scenario: str | Scenario,
    scale: float = 0.02,
    seed: int = 1,
    *,
    world: str | Path | World = DEFAULT_WORLD,
    settings: Sequence[str] = (),
    until: date | None = None,
    trace: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Run a scenario to its end.

    Args:
        scenario: name of a scenario of the world, or a `Scenario`.
        scale: share of the real system's cases and officers, above 0 and at most 1.
        seed: random seed.
        world: name of a shipped world, the folder of another, or a `World`.
        settings: parameters to move, as ``path=value``; none beside a `World`.
        until: last day, if not the scenario's.
        trace: keep every decision with its terms; large at large scales.
        progress: told the days done and the days in all.

    Raises:
        InputError: a scenario, scale, seed, world, setting or day that cannot be used.
    """
    began = perf_counter()
    typed = world_of(world, settings)
    model = BureaucracyModel(scenario, scale, seed=seed, world=typed, until=until, trace=trace)
    built = perf_counter()
    model.run(progress)
    timings = {"build": round(built - began, 3), "run": round(perf_counter() - built, 3)}
    return tables(model, {"settings": list(settings), "timings": timings}, trace)


def tables(model: BureaucracyModel, more: Mapping[str, Any] | None = None, trace: bool = False) -> Run:
    """The tables of a model that has been run to its end; ``more`` is added to the description of the run."""
    recorder = model.recorder
    return Run(
        about={**_about(model), **(more or {"settings": []})},
        outcomes=recorder.outcomes(),
        flows=recorder.flows(),
        resources=recorder.resource_table(),
        paths=recorder.paths.table(),
        separated=separated(model),
        breaches=breaches(model),
        cases=recorder.traced() if trace else None,
    )


def _about(model: BureaucracyModel) -> dict[str, Any]:
    world, names = model.world, model.directive_names
    return {
        "discretion": __version__,
        "world": world.name,
        "scenario": model.scenario_name,
        "content": content_hash(world, model.world_scenario),
        "seed": model.seed,
        "scale": model.scale,
        "start": model.start.isoformat(),
        "end": model.end.isoformat(),
        "fiscal_year_start": world.fiscal_year_start,
        "agencies": {name: {"title": a.title, "colour": a.colour} for name, a in world.agencies.items()},
        "stages": {name: {"title": stage.title, "labels": stage.labels} for name, stage in world.stages.items()},
        "exits": {name: way.title for name, way in world.exits.items()},
        "resources": {name: resource.title for name, resource in world.resources.items()},
        "directives": [described(name, world.directives[name]) for name in names],
        "census": model.census(),
        "reviewed": model.reviewed,
        "notes": model.notes,
    }


def described(name: str, directive: Directive) -> dict[str, Any]:
    """A directive as charts and stored runs name it: when it starts, and to whom and of what it speaks."""
    agencies = sorted({unit.split(".")[0] for unit in directive.to})
    stages = list(directive.stages) if directive.stages else None
    start = directive.start.isoformat()
    return {"name": name, "title": directive.title, "start": start, "to": agencies, "stages": stages}
