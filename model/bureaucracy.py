"""The model: agencies at work on their cases, day by day.

The flow of a day: directives spread -> managers set emphasis -> cases arrive -> officers take cases within their
hours, notice, judge -> each case goes where its outcome leads -> culture moves -> record. What is decided today
reaches its next desk tomorrow at the earliest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt

from model.agencies import hierarchy, officers
from model.agencies.culture import records as culture_records
from model.agencies.decision_log import LAPSED, Log, log_of
from model.agencies.exposure import Lines, issued
from model.agencies.pressure import targets
from model.agents import Manager, Officer, Post
from model.arguments import last_day, scenario_of, share_of_all
from model.cases.columns import columns
from model.cases.conditions import Register
from model.cases.population import Population, draw
from model.compiled import as_written
from model.day import queues
from model.day.bundles import Fixed, Moving, Seats, Traffic, Ways, society
from model.day.calendar import calendar
from model.day.counts import groups
from model.day.days import EVENING, LATER, MORNING, NOT, PARTS, TODAY, WORK, days
from model.day.effects import Effects
from model.day.intake import hand_on
from model.day.pools import pools
from model.day.random_streams import random_streams
from model.day.routes import routes
from model.day.timelines import clocks, timelines
from model.errors import InputError
from model.observers import Observer
from model.posts import Posts
from model.record.tables import Recorder
from model.rule import rule_columns
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERMS
from model.schema import Scenario, World
from model.seed import seed_of
from model.world.checks.days import check_days, notes
from model.world.loader import DEFAULT_SCENARIO, DEFAULT_WORLD, world_of
from model.world.streams import within

AT_ONCE = 28
"""Days that a run takes at once before it tells how far it is."""


class BureaucracyModel(mesa.Model):
    """A world under a scenario. ``step()`` is a day.

    Args:
        scenario: the name of a scenario of the world, or a `Scenario`.
        scale: 1.0 is every case and every officer; below it, cases, staff and resources shrink together.
        rng: the seed, a whole number; without one a fresh seed is drawn, and kept in ``model.seed``.
        seed: the same, by Mesa's other name; one of the two. Because it is there, ``mesa.batch_run`` leaves an ``rng``
            among the parameters alone; from 3.4 on it would otherwise put its own in that place.
        world: the name of a shipped world, the folder of another, or a `World`.
        settings: parameters to move as the world is read, as ``path=value`` texts or a mapping.
        until: last day of the watch, if not the scenario's; a date or a text such as 2012-02-15.
        trace: keep every decision with its terms; with ``tables`` only.
        observers: look at the run as it goes on (`model.observers`).
        tables: keep the weekly tables and the series of the DataCollector; without them a run is quicker.

    Attributes:
        world_scenario: the `Scenario` of the world that is run; ``scenario`` is Mesa's own from 3.5 on.
        cases, desks, units, offices, stages, directives, laws, metrics, rule: the columns.
        hours: a day's hours of each officer.
        case_state: where each case is; `census` counts it.
        recorder: the tables of the run.
        notes: what is to be said of the days: where cases are missing, carried on, or of another day.
    """

    def __init__(
        self,
        scenario: str | Scenario = DEFAULT_SCENARIO,
        scale: float = 0.02,
        rng: int | None = None,
        *,
        seed: int | None = None,
        world: str | Path | World = DEFAULT_WORLD,
        settings: Iterable[str] | Mapping[str, object] = (),
        until: date | str | None = None,
        trace: bool = False,
        observers: Sequence[Observer] = (),
        tables: bool = True,
    ) -> None:
        """Build the world and draw its officers and cases."""
        as_written()
        if trace and not tables:
            raise InputError(
                "a trace is one of the tables", where="trace, tables", found="tables=False", allowed="tables=True"
            )
        seed, scale = seed_of(rng, seed), share_of_all(scale)
        super().__init__(rng=seed)
        whole = world_of(world, settings)
        self.world_scenario = scenario_of(whole, scenario)
        self.scenario_name = scenario if isinstance(scenario, str) else scenario.title
        check_days(whole, self.world_scenario)
        self.world = within(whole, self.world_scenario)
        self.seed, self.scale = seed, scale
        self.start = self.world_scenario.start
        self.end = last_day(self.world_scenario, until)
        self.notes = notes(whole, self.world_scenario.model_copy(update={"end": self.end}))
        self.today = self.start - timedelta(days=1)
        self.day = -1
        self.observers, self._tables = list(observers), tables
        self._registered, self._wound = 0, False
        self._build(trace)
        self.make_agents()
        self.datacollector = mesa.DataCollector(
            model_reporters={
                **{f"{agency} rate": partial(_rate, agency=code) for code, agency in enumerate(self.world.agencies)},
                "decided": _decided,
                "pending": _pending,
            }
        )
        self._collector, self._reported = self.datacollector, list(self.datacollector.model_reporters)
        for observer in self.observers:
            observer.begin(self)

    def _build(self, trace: bool) -> None:
        world = self.world
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
        self.random_streams = random_streams(world, self.seed)
        self.units = officers.units(world)
        self.offices, self.seating = officers.offices(world, self.seed, self.scale)
        self.desks = officers.desks(world, self.offices, self.seed, len(self.directive_names), len(world.metrics))
        self.hierarchy = hierarchy.build(world, self.offices, self.desks, self.seed)
        for name in self.directive_names:
            review = world.directives[name].review
            self.register.number(review.when if review else [])
        self.stored, self.parties = self._draw_cases()
        self.cases = columns(self.stored)
        length = (self.end - self.start).days + 1
        self.calendar = calendar(self.start, self.end, world.fiscal_year_start)
        self.society = society(world)
        self.timelines = timelines(world, len(self.cases.key))
        self.clocks = clocks(world, length)
        self.lanes = queues.lanes(world)
        self.waiting = queues.waiting(self.lanes, officers.queues(self.offices), self.stored, length)
        self.case_state = queues.case_state(self.stored, len(world.stages) + len(world.exits))
        self._arrived = np.searchsorted(self.cases.arrival, np.arange(length + 1))
        self._arrived[0] = 0
        self.pools = pools(world, self.scale)
        self.amount, self.used = self.pools.amount, self.pools.used
        self._entries = queues.entries(world)
        self._counted = _counted_events(world, self.stage_names)
        agencies = list(world.agencies)
        self._agency = np.array([agencies.index(unit.split(".")[0]) for unit in world.units()], dtype=np.int64)
        self.hours = self.offices.hours[self.desks.office]
        self._credit, self._together, self._step = np.zeros((3, len(self.hours)))
        self._log, self._kept, self._rows = log_of(64, len(TERMS)), log_of(64, len(TERMS)), np.zeros(2, dtype=np.int64)
        self.reviewed = 0
        issued_texts = issued(world, self.directive_names, self.start)
        self.targets = targets(world)
        self.lines = Lines(world, issued_texts, self.hierarchy)
        self.emphasis = np.zeros(len(self.hierarchy.managers.parent))
        self.endorsed, self._passed = np.zeros((2, len(self.emphasis), len(self.directive_names)))
        self.records = culture_records(len(self.desks.unit), len(self.offices.unit), len(self.stage_names))
        self.habits = self.units.habit[self.offices.unit]
        self._prior = world.society.prior.value * self.offices.full_time[self.desks.office]
        self.recorder = Recorder(world, self.start, self.end, trace)
        self.stored.column("group")[:] = groups(world, self.cases, self.recorder.shape)
        self.effects = Effects(self, issued_texts)
        self.effects.year_so_far()

    def _draw_cases(self) -> Population:
        opened = {mix for directive in self.world.directives.values() for mix in directive.opens}
        issued_here = {mix for name in self.directive_names for mix in self.world.directives[name].opens}
        mixes = [name for name in self.world.mixes if name not in opened or name in issued_here]
        return draw(self.world, self.register, mixes, self.directive_names, self.seed, self.scale, self.start, self.end)

    def make_agents(self) -> None:
        """An agent for every desk and every manager; done once."""
        self.posts = Posts(self)
        self.posts.fill()

    @property
    def officers(self) -> list[Officer]:
        """The officers at their desks, by row; where nobody was removed, the place in the list is the row."""
        return [officer for officer in self.posts.officers if officer is not None]

    @property
    def managers(self) -> list[Manager]:
        """The managers at their posts, by row."""
        return [manager for manager in self.posts.managers if manager is not None]

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take an agent in; an officer or manager takes a post that is vacant (`model.posts`)."""
        # Mesa counts the ids of agents by model in a table of the class, and so would keep every model for ever.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        if isinstance(agent, Post):
            self.posts.take(agent)
        super().register_agent(agent)
        self._registered += 1
        agent.unique_id = self._registered

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Let an agent go; the post of an officer or manager is vacant from now on (`model.posts`)."""
        if isinstance(agent, Post) and self.posts.holds(agent):
            self.posts.leave(agent)
        super().deregister_agent(agent)

    def vacate(self, desk: int) -> None:
        """What waits at a desk that has become vacant is handed on, and hours overdrawn there are forgotten.

        Where officers share hours, the queue and what is overdrawn stay theirs.
        """
        if self.offices.shares[self.desks.office[desk]] >= 0:
            return
        self._credit[desk] = 0.0
        hand_on(desk, self.desks.office[desk], self.ways, self.traffic)
        self.waiting.hours[desk] = 0.0

    @property
    def finished(self) -> bool:
        """Whether the last day of the watch is over."""
        return self.today >= self.end

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
            self.ways, self.random_streams, self.calendar, self.society, self.cases, self._arrived, group, self.units,
            self._agency, self.offices, ladder.managers, ladder.above, ladder.near, lines.texts, lines.hears,
            lines.aligned, self._prior, self.directives, self.laws, self.customs, self.metrics, self.rule,
            self._counted, self.recorder.shape, self._tables,
        )  # fmt: skip

    @property
    def moving(self) -> Moving:
        """What a day changes, as the run stands (`model.day.bundles`)."""
        return Moving(
            self.traffic, self.desks, self.hours, self._together, self._credit, self.targets, self.emphasis,
            self.endorsed, self._passed, self.habits, self.records, self._step, self._log, self._rows, self._kept,
            self.recorder.counts,
        )  # fmt: skip

    @property
    def columns(self) -> RuleColumns:
        """All that the rule reads."""
        return RuleColumns(
            self.cases, self.desks, self.units, self.habits, self.stages, self.directives, self.laws, self.customs,
            self.metrics, self.rule,
        )  # fmt: skip

    @property
    def decided_today(self) -> npt.NDArray[np.int64]:
        """Decisions of the day, by agency."""
        today: npt.NDArray[np.int64] = self.recorder.counts.decided[max(self.day, 0)]
        return today

    @property
    def favourable_today(self) -> npt.NDArray[np.int64]:
        """Favourable decisions of the day, by agency."""
        today: npt.NDArray[np.int64] = self.recorder.counts.favourable[max(self.day, 0)]
        return today

    def step(self) -> None:
        """One day."""
        if self._wound:
            return
        if self.finished:
            self.running = False
            return
        if self.day < 0:
            as_written()
        self._go_on(self.day + 2)
        if self._tables:
            self.datacollector.collect(self)
        for observer in self.observers:
            if observer.daily:
                observer.evening(self)

    def _go_on(self, until: int) -> None:
        """Take the state through the days before ``until``; only before the first may anything change from outside."""
        first = day = self.day + 1
        self.effects.step(first, self.start + timedelta(days=first))
        look = TODAY if self._watched() else (LATER if self.observers else NOT)
        part, told = MORNING, False
        while day < until:
            self.day, self.today = day, self.start + timedelta(days=day)
            day, part = divmod(days(day, part, until, NOT if told else look, self.fixed, self.moving), PARTS)
            if part == EVENING and look == TODAY and not told:
                self.day, self.today, told = day, self.start + timedelta(days=day), True
                self._show(self._log, int(self._rows[0]))
            elif part == WORK:
                room = int(self.waiting.length.sum() + self.case_state.present[: len(self.stage_names)].sum())
                self._log = log_of(room + room // 4, len(TERMS))
            elif part == EVENING:
                self.recorder.grow(int(self._rows[0]))
                if look == LATER:
                    self._show_kept(4 * int(self._rows[0]))
        self.day, self.today = until - 1, self.start + timedelta(days=until - 1)
        if look == LATER:
            self._show_kept(0)
        self.running = not self.finished

    def _show(self, log: Log, rows: int) -> None:
        """What has been decided is shown to those who look on, before colleagues look at one another."""
        if self.recorder.trace:
            self.recorder.decisions(self.today, rows, log, self.cases, list(self.world.mixes))
        shown = Log._make(column[:rows].copy() for column in log)
        if log is self._log:
            shown.day[:] = self.day
        if (shown.track == LAPSED).any():
            shown = Log._make(column[shown.track != LAPSED] for column in shown)
        for observer in self.observers:
            observer.decided(self, shown)

    def _show_kept(self, room: int) -> None:
        """The logs of days that nobody has looked at are shown, and there is room for at least as many rows."""
        self._show(self._kept, int(self._rows[1]))
        self._rows[1] = 0
        if room > len(self._kept.case):
            self._kept = log_of(room, len(TERMS))

    def run(self, progress: Callable[[int, int], None] | None = None) -> "BureaucracyModel":
        """Run to the last day; ``progress`` is told the days done and the days in all.

        Many days are taken at once, unless somebody looks at each: an observer, a trace, a step or a DataCollector of
        one's own.
        """
        as_written()
        total = (self.end - self.start).days + 1
        while not self.finished:
            first = self.day + 1
            until = min(total, first + AT_ONCE, self.effects.until(first))
            if until == first + 1 or self._watched():
                self.step()
            else:
                self._go_on(until)
                self._collect(first, until)
                self.wind(until - first)
            if progress is not None:
                progress(self.day + 1, total)
        self.running = False
        return self

    def wind(self, days: int) -> None:
        """Turn Mesa's own clock on by some days, which are otherwise taken care of."""
        self._wound = True
        for _ in range(days):
            self.step()
        self._wound = False

    def _watched(self) -> bool:
        """Whether somebody looks at every day."""
        if any(observer.daily for observer in self.observers) or self.recorder.trace:
            return True
        own, as_made = self.datacollector, self.datacollector is self._collector
        reports = list(own.model_reporters) != self._reported or own.agent_reporters or own.agenttype_reporters
        return type(self).step is not BureaucracyModel.step or bool(self._tables and (reports or not as_made))

    def _collect(self, first: int, until: int) -> None:
        """What the DataCollector would have collected on the days from ``first`` to before ``until``."""
        if not self._tables:
            return
        counts, series = self.recorder.counts, self.datacollector.model_vars
        decided, favourable = counts.decided[first:until], counts.favourable[first:until]
        with np.errstate(invalid="ignore"):
            rates = favourable / decided
        for at, agency in enumerate(self.world.agencies):
            series[f"{agency} rate"].extend(rates[:, at].tolist())
        series["decided"].extend(decided.sum(axis=1).tolist())
        series["pending"].extend(counts.pending[first:until].tolist())

    @property
    def nights(self) -> npt.NDArray[np.int32]:
        """Nights that each person has spent in custody, tonight included."""
        state = self.case_state
        return state.nights + np.where(state.custody, self.day + 1 - state.held_since, 0).astype(np.int32)

    def census(self) -> dict[str, int]:
        """Where everybody is: cases by stage (waiting or on the way to it) and exit, and those not yet come."""
        places = [*self.stage_names, *self.world.exits]
        there = {name: int(count) for name, count in zip(places, self.case_state.present, strict=True)}
        return {"not yet": len(self.cases.key) - sum(there.values()), **there}

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

    def __repr__(self) -> str:
        """Scenario, scale, seed and day."""
        return (
            f"<BureaucracyModel {self.world.name}/{self.scenario_name} scale={self.scale:g} seed={self.seed} "
            f"{self.today} ({len(self.officers)} officers, {len(self.cases.key)} cases)>"
        )


def _counted_events(world: World, stages: list[str]) -> npt.NDArray[np.bool_]:
    events = np.zeros((len(world.metrics), len(stages), 2), dtype=np.bool_)
    for at, metric in enumerate(world.metrics.values()):
        outcomes = {"unfavourable": [0], "favourable": [1], "decided": [0, 1]}[metric.outcome]
        events[at, stages.index(metric.stage), outcomes] = True
    return events


def _rate(model: BureaucracyModel, agency: int) -> float:
    decided = model.decided_today[agency]
    return float(model.favourable_today[agency] / decided) if decided else float("nan")


def _decided(model: BureaucracyModel) -> int:
    return int(model.decided_today.sum())


def _pending(model: BureaucracyModel) -> int:
    return int(model.waiting.length.sum())
