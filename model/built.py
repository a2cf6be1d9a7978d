"""A world under a scenario as it stands before its first day: officers seated, cases drawn, all as columns.

Of the columns, a day takes two bundles (`model.day.bundles`); `pickle` and `copy` keep them as they lie in memory.
"""

from datetime import date, timedelta
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt

from model.agencies import hierarchy, officers
from model.agencies.culture import records
from model.agencies.decision_log import log_of
from model.agencies.exposure import Endorsement, Lines, issued
from model.agencies.pressure import targets
from model.cases.columns import columns
from model.cases.conditions import Register
from model.cases.population import Population, draw
from model.day import queues
from model.day.bundles import Fixed, Moving, Seats, Traffic, Ways, society
from model.day.calendar import calendar
from model.day.counts import groups
from model.day.effects import Effects
from model.day.pools import pools
from model.day.random_streams import random_streams
from model.day.reports import heard, reported
from model.day.routes import routes
from model.day.timelines import clocks, timelines
from model.record.tables import Recorder
from model.rule import rule_columns
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERMS
from model.schema import Scenario, World
from model.world.streams import within


class Built(mesa.Model):
    """The columns of a run, and the days that have passed; `BureaucracyModel` tells what they are."""

    def __init__(
        self, world: World, scenario: Scenario, end: date, seed: int, scale: float, trace: bool, tables: bool
    ) -> None:
        super().__init__(rng=seed)
        self.world_scenario, self.world = scenario, within(world, scenario)
        self.seed, self.scale, self.tables = seed, scale, tables
        self.start, self.end, self.day = scenario.start, end, -1
        self._of_the_world()
        self._officers()
        self._cases()
        self.pools = pools(self.world, scale)
        self.amount, self.used = self.pools.amount, self.pools.used
        self.recorder = Recorder(self.world, self.start, end, trace)
        self.stored.column("group")[:] = groups(self.world, self.cases, self.recorder.shape)
        self._directives()

    def _of_the_world(self) -> None:
        """What the world says of everybody, and the conditions that it asks for."""
        world, agencies = self.world, list(self.world.agencies)
        self.directive_names = list(self.world_scenario.directives)
        self.stage_names = list(world.stages)
        self.register = Register(world)
        self.rule = rule_columns.rule_weights(world)
        self.stages = rule_columns.stages(world)
        self.directives = rule_columns.directives(world, self.directive_names, self.register)
        self.laws = rule_columns.laws(world, self.register)
        self.customs = rule_columns.customs(world, self.register, self.seed)
        self.metrics = rule_columns.metrics(world, self.register)
        self.routes = routes(world, self.register)
        for name in self.directive_names:
            if (review := world.directives[name].review) is not None:
                self.register.number(review.when)
        self.random_streams = random_streams(world, self.seed)
        self.society = society(world)
        self.calendar = calendar(self.start, self.end, world.fiscal_year_start)
        self.lanes = queues.lanes(world)
        self._entries, self._counted = queues.entries(world), _counted(world, self.stage_names)
        self._agency = np.array([agencies.index(unit.split(".")[0]) for unit in world.units()], dtype=np.int64)

    def _officers(self) -> None:
        """Officers at their desks, and whom they report to."""
        world, seed = self.world, self.seed
        self.units = officers.units(world)
        self.offices, self.seating = officers.offices(world, seed, self.scale)
        self.desks = officers.desks(world, self.offices, seed, len(self.directive_names), len(world.metrics))
        self.hierarchy = hierarchy.build(world, self.offices, self.desks, seed)
        self.hours = self.offices.hours[self.desks.office]
        self.credit, self._together = np.zeros((2, len(self.hours)))
        self._leanings = officers.leanings(world, self.offices)
        self._prior = world.society.prior.value * self.offices.full_time[self.desks.office]
        self.records = records(len(self.desks.unit), len(self.offices.unit), len(self.stage_names))
        self.habits = self.units.habit[self.offices.unit]

    def _cases(self) -> None:
        """Everybody who comes, and where they wait."""
        world, length = self.world, (self.end - self.start).days + 1
        self.stored, self.parties = self._drawn()
        self.cases = columns(self.stored)
        self.arrived = np.searchsorted(self.cases.arrival, np.arange(length + 1))
        self.arrived[0] = 0
        self.timelines, self.clocks = timelines(world, len(self.cases.key)), clocks(world, length)
        self.waiting = queues.waiting(self.lanes, officers.queues(self.offices), self.stored, length)
        self.case_state = queues.case_state(self.stored, len(world.stages) + len(world.exits))
        self.log, self.kept, self.rows = log_of(64, len(TERMS)), log_of(64, len(TERMS)), np.zeros(2, dtype=np.int64)
        self.reviewed = 0

    def _drawn(self) -> Population:
        world, names = self.world, self.directive_names
        opened = {mix for directive in world.directives.values() for mix in directive.opens}
        issued_here = {mix for name in names for mix in world.directives[name].opens}
        mixes = [name for name in world.mixes if name not in opened or name in issued_here]
        return draw(world, self.register, mixes, names, self.seed, self.scale, self.start, self.end)

    def _directives(self) -> None:
        """The lines by which directives come down, and what they change; nobody has heard of one yet."""
        texts = issued(self.world, self.directive_names, self.start)
        self.targets = targets(self.world)
        self.lines = Lines(self.world, texts, self.hierarchy)
        self.emphasis = np.zeros(len(self.hierarchy.managers.parent))
        self.endorsement = Endorsement(*np.zeros((4, len(self.emphasis), len(texts.start))))
        self.reported = reported(self.world, self.scale, self.hierarchy.gone)
        self.heard = heard(self.world, len(self.emphasis), int(self.calendar.sunday.sum()))
        self.effects = Effects(self, texts)
        self.effects.year_so_far()

    @property
    def today(self) -> date:
        """The day that has passed last; before the first, the day before it."""
        return self.start + timedelta(days=self.day)

    @property
    def ways(self) -> Ways:
        """What decides where a case goes, as the run stands (`model.day.bundles`)."""
        cases, streams, lanes, offices = self.cases, self.random_streams, self.lanes, self.offices
        seats = Seats(
            streams.seed, cases.key, cases.area, lanes.office_key, lanes.desk_key, self.seating, offices.first,
            offices.size, self.desks.vacant,
        )  # fmt: skip
        return Ways(
            seats, cases.mix, cases.in_custody, cases.bits, streams.edge, streams.lag, self.parties, self._entries,
            lanes, self.routes, self.stages,
        )  # fmt: skip

    @property
    def traffic(self) -> Traffic:
        """Where the cases are, as the run stands (`model.day.bundles`)."""
        return Traffic(self.waiting, self.case_state, self.pools, self.timelines, self.clocks)

    @property
    def fixed(self) -> Fixed:
        """What no day changes, as the run stands (`model.day.bundles`)."""
        lines, ladder, group = self.lines, self.hierarchy, self.stored.column("group")
        return Fixed(
            self.ways, self.random_streams, self.calendar, self.society, self.cases, self.arrived, group, self.units,
            self._agency, self.offices, self.habits, ladder.managers, ladder.above, lines.texts, self.reported,
            lines.hears, lines.aligned, self._leanings, self._prior, self.directives, self.laws,
            self.customs, self.metrics, self.rule, self._counted, self.recorder.shape, self.tables,
        )  # fmt: skip

    @property
    def moving(self) -> Moving:
        """What a day changes, as the run stands (`model.day.bundles`)."""
        return Moving(
            self.traffic, self.desks, self.hours, self._together, self.credit, self.targets, self.emphasis,
            self.endorsement, self.records, self.log, self.rows, self.kept,
            self.recorder.counts, self.heard,
        )  # fmt: skip

    @property
    def columns(self) -> RuleColumns:
        """All that the rule reads."""
        return RuleColumns(
            self.cases, self.desks, self.units, self.habits, self._leanings, self.stages, self.directives, self.laws,
            self.customs, self.metrics, self.rule,
        )  # fmt: skip

    @property
    def nights(self) -> npt.NDArray[np.int32]:
        """Nights that each person has spent in custody, tonight included."""
        state = self.case_state
        return state.nights + np.where(state.custody, self.day + 1 - state.held_since, 0).astype(np.int32)

    def __getstate__(self) -> dict[str, object]:
        """What `pickle` and `copy` keep: everything, the cases' columns as the records in which they lie."""
        waiting = self.waiting._replace(next=np.empty((0, 0), dtype=np.int32))
        return {**vars(self), "cases": None, "case_state": self.case_state.present, "waiting": waiting}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The same again, the columns laid out as before (`model.storage`)."""
        present = state["case_state"]
        self.__dict__.update(state)
        self.stored = self.stored.copied()
        self.cases = columns(self.stored)
        self.case_state = queues.case_state(self.stored, 0)._replace(present=present)
        self.waiting = self.waiting._replace(next=self.stored.column("next").T)


def _counted(world: World, stages: list[str]) -> npt.NDArray[np.bool_]:
    """What each metric counts: metrics x stages x outcomes."""
    events = np.zeros((len(world.metrics), len(stages), 2), dtype=np.bool_)
    for at, metric in enumerate(world.metrics.values()):
        outcomes = {"unfavourable": [0], "favourable": [1], "decided": [0, 1]}[metric.outcome]
        events[at, stages.index(metric.stage), outcomes] = True
    return events
