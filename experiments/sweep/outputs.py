"""What a run of a sweep is, and what is kept of it: tidy rows of output, agency, stage, measure and value."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.twin import Pair, pair
from experiments.twin.measures import measured
from experiments.twin.measures.targeting import GROUPS
from experiments.twin.shift import paired_rates
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.arguments import unknown_scenario
from model.cases.draws import Floats
from model.day.counts import MEASURES
from model.errors import InputError
from model.observers import Observer
from model.schema import Scenario, World
from model.world.loader import load

WHOLE = "all"
"""In place of a stage: all decisions of an agency."""
KEPT = {
    "rates": ("decided", "favourable", "rate", "noticed", "hours"),
    "shift": ("decisions", "rate_with", "rate_without", "shift"),
    "measures": (
        "uptake", "slippage", "gain", "spillover", "latency", "persistence",
        *(f"retargeted by {group}" for group in GROUPS),
    ),
}  # fmt: skip
"""The measures of each output."""


class Row(NamedTuple):
    """One value of a run."""

    output: str
    agency: str
    stage: str
    measure: str
    value: float


class Target(NamedTuple):
    """The one value of a run that an analysis looks at."""

    measure: str
    agency: str
    stage: str = WHOLE

    def __str__(self) -> str:
        """As it is written: ``shift.AGENCY``, ``rate.AGENCY.STAGE``."""
        return ".".join(self[:2] if self.stage == WHOLE else self)


class Job(NamedTuple):
    """What all runs of a scenario have in common; `experiments.sweep.plan.Plan` says what each means."""

    world: str
    scenario: str
    scale: float
    until: date | None
    outputs: tuple[str, ...]
    without: tuple[str, ...] | None = None
    against: str | None = None
    settings: tuple[tuple[str, Any], ...] = ()


def measure(job: Job, settings: Sequence[tuple[str, Any]], seed: int) -> list[Row]:
    """Run once, or a pair of worlds, and measure.

    Raises:
        InputError: parameters that the world refuses.
    """
    world = load(Path(job.world), dict([*job.settings, *settings]))
    scenario = scenario_of(world, job)
    if job.outputs == ("rates",):
        totals = Totals()
        BureaucracyModel(scenario, job.scale, seed, world=world, observers=[totals], tables=False).run()
        return list(totals.rates())
    one = pair(scenario, job.without, job.against, seed=seed, scale=job.scale, world=world)
    return [row for output in job.outputs for row in (_shift(one) if output == "shift" else _measures(one))]


def scenario_of(world: World, job: Job) -> Scenario:
    """The scenario of a job, up to its last day."""
    if job.scenario not in world.scenarios:
        raise unknown_scenario(world, job.scenario, "scenarios")
    scenario = world.scenarios[job.scenario]
    if job.until is None:
        return scenario
    if not scenario.start < job.until <= scenario.end:
        raise InputError(
            "the last day is outside the scenario", where="until", found=job.until,
            allowed=f"after {scenario.start}, up to {scenario.end}",
        )  # fmt: skip
    return scenario.model_copy(update={"end": job.until})


class Totals(Observer):
    """Keeps what all days add up to by stage and agency, and no day."""

    daily = False
    world: World
    sums: Floats

    def begin(self, model: BureaucracyModel) -> None:
        """Nothing has been decided."""
        self.world = model.world
        agencies = list(self.world.agencies)
        self._agency = np.array([agencies.index(unit.split(".")[0]) for unit in self.world.units()])
        self.sums = np.zeros((len(self.world.stages), len(agencies), len(MEASURES)))

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Add up decisions."""
        _, agencies, measures = self.sums.shape
        cell = log.stage * agencies + self._agency[model.desks.unit[log.officer]]
        for at, values in enumerate((np.ones(len(cell)), log.favourable, log.noticed, log.hours)):
            added = np.bincount(cell, values, self.sums.size // measures)
            self.sums[:, :, at] += added.reshape(self.sums.shape[:2])

    def rates(self) -> Iterator[Row]:
        """What `experiments.rates.rates` gives for the whole run, stage by stage."""
        for stage, by_agency in zip(self.world.stages, self.sums, strict=True):
            for agency, sums in zip(self.world.agencies, by_agency, strict=True):
                decided, favourable, noticed, hours = sums.tolist()
                if decided:
                    values = (decided, favourable, favourable / decided, noticed / decided, hours)
                    for name, value in zip(KEPT["rates"], values, strict=True):
                        yield Row("rates", agency, stage, name, value)


def _shift(one: Pair) -> Iterator[Row]:
    for by in (["agency"], ["agency", "stage"]):
        for rates in paired_rates(one, by).to_dict("records"):
            values = {**rates, "shift": rates["rate_with"] - rates["rate_without"]}
            for name in KEPT["shift"]:
                yield Row("shift", str(rates["agency"]), str(rates.get("stage", WHOLE)), name, float(values[name]))


def _measures(one: Pair) -> Iterator[Row]:
    for row in measured(one).to_dict("records"):
        yield Row("measures", str(row["agency"]), str(row["stage"]), str(row["measure"]), float(row["value"]))


def check_target(text: str, outputs: Sequence[str], world: World, where: str) -> Target:
    """The target that a text names: MEASURE.AGENCY or MEASURE.AGENCY.STAGE."""
    parts = text.split(".")
    if len(parts) not in (2, 3):
        raise InputError("not a target", where=where, found=text, allowed="such as shift.ice or rate.ice.review")
    target = Target(*parts)
    measures = [name for output in outputs for name in KEPT[output]]
    for what, found, known in (
        ("measure", target.measure, measures),
        ("agency", target.agency, list(world.agencies)),
        ("stage", target.stage, [*world.stages, WHOLE]),
    ):
        if found not in known:
            raise InputError(f"no such {what} in the outputs", where=where, found=found, known=known)
    if target.stage == WHOLE and target.measure not in KEPT["shift"]:
        raise InputError("a measure of one stage", where=where, found=text, allowed=f"{text}.STAGE")
    return target
