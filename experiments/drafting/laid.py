"""A draft laid before the people of whom it speaks: who comes, whom the text names, and of whom it is silent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import networkx as nx
import numpy as np
import numpy.typing as npt

from experiments.drafting.reading import Draft, reached
from experiments.twin.case_traits import spoken_of
from model.agencies.exposure import spans
from model.cases.columns import Cases, columns
from model.cases.conditions import Register, any_holds
from model.cases.population import draw
from model.schema import AnyOf, Directive, Edge, Mix, Unit, World
from model.world.case_days import watched

Mask = npt.NDArray[np.bool_]
ENOUGH = 5_000
"""Cases from which shares are told; where a small part of a world has fewer, a larger part is drawn."""
SCALES = (0.01, 0.1, 1.0)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Laid:
    """A draft beside the people who come in its first year, and the directives in force when it starts.

    Attributes:
        draft: what was read.
        stages: the decisions that it reaches.
        units: who decides them, by stage, once it is in force.
        cases: a sample of who may come before these decisions, drawn as a run draws them (seed 1).
        scale: the share of the real system that was drawn.
        inside, silent: whom the text names, and of whom it says nothing; a row a case.
        ended: the directives in force that it ends, on the day it starts.
        in_force: those that stay in force, in the scenario's order.
    """

    draft: Draft
    stages: list[str]
    units: dict[str, str]
    cases: Cases
    scale: float
    inside: Mask
    silent: Mask
    ended: list[str]
    in_force: list[str]

    @property
    def world(self) -> World:
        """The world of the draft."""
        return self.draft.world

    @property
    def row(self) -> Directive:
        """The draft's terms."""
        return self.draft.directive

    @property
    def asks(self) -> bool:
        """Whether the text asks anything of a case: not so of one that only adds means or changes a rule."""
        return bool(self.stages) and self.means_somebody

    @property
    def means_somebody(self) -> bool:
        """Whether the scope leaves anybody whom the text could concern."""
        return bool(self.row.scope.include) or self.row.scope.otherwise != "out"

    @property
    def asked(self) -> str:
        """The outcome that it asks for."""
        return "favourable" if self.row.direction > 0 else "unfavourable"

    @property
    def opposite(self) -> str:
        """The outcome that it asks to avoid."""
        return "unfavourable" if self.row.direction > 0 else "favourable"

    @property
    def deciders(self) -> list[str]:
        """The units that decide what it speaks of, each once."""
        return list(dict.fromkeys(self.units.values()))

    def orientation(self, unit: str) -> float:
        """The mean leaning of a unit, in log-odds."""
        agency = self.world.agencies[unit.split(".")[0]]
        return unit_of(self.world, unit).culture_in(agency.culture).orientation.value

    def own_reading(self, unit: str) -> float:
        """Share of the draft's force that remains with a unit where the reading is left to it (odd.md, 7.10)."""
        slope = self.world.rule.reading.value * self.row.direction
        return float(1.0 / (1.0 + np.exp(-slope * self.orientation(unit))))

    def holds(self, any_of: AnyOf) -> Mask:
        """For each case whether any of the conditions holds; with none, for all."""
        return any_holds(self.world, any_of, self.cases)

    def at(self, stage: str) -> Mask:
        """For each case whether it may come before a stage."""
        names = list(self.world.mixes)
        return np.isin(self.cases.mix, [names.index(name) for name in mixes_before(self.world, [stage])])


def unit_of(world: World, name: str) -> Unit:
    """A unit by its name, ``agency.unit``."""
    agency, unit = name.split(".")
    return world.agencies[agency].units[unit]


def resources(edge: Edge) -> list[str]:
    """What an edge takes of what runs out."""
    return [name for name in (edge.uses, edge.needs, edge.holds) if name]


def edges(world: World, stage: str, outcome: str = "") -> Iterable[Edge]:
    """The edges that leave a stage, of one outcome or of both."""
    here = world.stages[stage]
    return [edge for side in ("favourable", "unfavourable") if outcome in ("", side)
            for edge in (here.favourable if side == "favourable" else here.unfavourable)]  # fmt: skip


def network(world: World) -> nx.DiGraph:
    """Which place follows on which."""
    ways = nx.DiGraph()
    for stage in world.stages:
        ways.add_node(stage)
        ways.add_edges_from((stage, edge.to) for edge in edges(world, stage))
    ways.add_edges_from((row.review.pending_at, row.review.by) for row in world.directives.values() if row.review)
    return ways


def in_force(world: World, names: list[str], on: date) -> list[str]:
    """Which of some directives are in force on a day; one that is superseded ends when its successor starts."""
    start, end = spans(world, names, on)
    return [name for name, begins, ends in zip(names, start, end, strict=True) if begins <= 0 < ends]


def laid(draft: Draft) -> Laid:
    """Lay a draft before those who come in its first year."""
    world, row = draft.world, draft.directive
    streams = watched(world, draft.issued)
    stages = [stage for stage in reached(world, row) if world.stages[stage].stream in streams]
    units = {stage: row.moves.get(stage, world.stages[stage].decider) for stage in stages}
    cases, scale = _drawn(draft, stages)
    said = spoken_of(world, row.scope, cases)
    known = in_force(world, draft.before.directives, row.start)
    ended = [name for name in known if name in row.supersedes]
    inside, silent = said["in"], said["silent"]
    return Laid(
        draft, stages, units, cases, scale, inside, silent, ended, [name for name in known if name not in ended]
    )


def mixes_before(world: World, stages: list[str]) -> list[str]:
    """The mixes whose cases may come before some stages; who came along with others does so once separated."""
    ways = network(world)
    parted = [edge.separates for stage in world.stages for edge in edges(world, stage) if edge.separates]

    def come(mix: Mix) -> bool:
        first = [mix.stage] if mix.leader is None else parted
        return any(here in ways and nx.has_path(ways, here, stage) for here in first for stage in stages)

    return [name for name, mix in world.mixes.items() if come(mix)]


def _drawn(draft: Draft, stages: list[str]) -> tuple[Cases, float]:
    """Those who may come before some stages in the draft's first year, and the share of the real system drawn."""
    world, start = draft.world, draft.directive.start
    opened = {mix for row in world.directives.values() for mix in row.opens}
    there = {mix for name in draft.issued.directives for mix in world.directives[name].opens}
    mixes = [name for name in mixes_before(world, stages) if name not in opened - there]
    parties = {world.mixes[name].leader or name for name in mixes}
    drawn = [name for name, mix in world.mixes.items() if (mix.leader or name) in parties] or list(world.mixes)[:1]
    codes = [list(world.mixes).index(name) for name in mixes]
    last, register = min(start + YEAR, draft.issued.end), Register(world)
    for scale in SCALES:
        whole = columns(draw(world, register, drawn, [], 1, scale, start, last).records)
        cases = Cases._make(column[np.isin(whole.mix, codes)] for column in whole)
        if len(cases.level) >= ENOUGH:
            break
    return cases, scale
