"""The model: agencies at work on their cases, day by day.

The flow of a day: directives spread -> managers set emphasis -> cases arrive -> officers take cases within their
hours, notice, judge -> each case goes where its outcome leads -> culture moves -> record. What is decided today
reaches its next desk tomorrow at the earliest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import log_of
from model.agents import Manager, Officer, Post
from model.arguments import last_day, scenario_of, share_of_all
from model.built import Built
from model.compiled import as_written
from model.day.days import EVENING, LATER, NOT, PARTS, TODAY, WORK, days
from model.day.own_work import work_by
from model.day.work import give_up
from model.errors import InputError
from model.observers import Observer, show, show_kept
from model.posts import Posts
from model.record.series import Series
from model.rule.own import OwnRule, own_rule
from model.rule.terms import TERMS
from model.schema import Scenario, World
from model.seed import seed_of
from model.world.checks.days import check_scenario, notes
from model.world.loader import DEFAULT_SCENARIO, DEFAULT_WORLD, world_of

AT_ONCE = 28
"""Days that a run takes at once, where somebody is told how far it is."""


class BureaucracyModel(Built):
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
        whole = world_of(world, settings)
        watched = scenario_of(whole, scenario)
        check_scenario(whole, watched)
        end = last_day(watched, until)
        super().__init__(whole, watched, end, seed, scale, trace, tables)
        self.scenario_name = scenario if isinstance(scenario, str) else scenario.title
        self.notes = list(notes(whole, watched if end == watched.end else watched.model_copy(update={"end": end})))
        self._registered, self._wound = 0, False
        self.posts = Posts(self)
        self.datacollector = Series(list(self.world.agencies))
        self.observers = list(observers)
        for observer in self.observers:
            observer.begin(self)

    @property
    def officers(self) -> list[Officer]:
        """The officers at their desks, by row; where nobody was removed, the place in the list is the row."""
        return [officer for officer in self.posts.officers if officer is not None]

    @property
    def managers(self) -> list[Manager]:
        """The managers at their posts, by row."""
        return [manager for manager in self.posts.managers if manager is not None]

    @property
    def agents(self) -> Any:
        """Everybody at a post, and whoever else was added (Mesa's AgentSet)."""
        self.posts.fill()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """The same by class."""
        self.posts.fill()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents that there are."""
        return list(self.agents_by_type)

    def remove_all_agents(self) -> None:
        """As Mesa has it; raises InputError, for nobody would be left to decide the cases of an office."""
        self.posts.fill()
        super().remove_all_agents()

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take an agent in; an officer or manager takes a post that is vacant (`model.posts`)."""
        self.posts.fill()
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

    @property
    def own(self) -> OwnRule | None:
        """The rule by which the officers decide, where it is one of the user's own (`model.rule.own`)."""
        return own_rule(self.world.rule.name)

    @property
    def finished(self) -> bool:
        """Whether the last day of the watch is over."""
        return self.today >= self.end

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
        if self.tables:
            self.datacollector.collect(self)
        for observer in self.observers:
            if observer.daily:
                observer.evening(self)

    def _go_on(self, until: int) -> int:
        """Take the state through the days before ``until``, or before the next on which anything changes from outside.

        Returns the first day that it did not take.
        """
        first = self.day + 1
        look = TODAY if self._watched() else (LATER if self.observers else NOT)
        self.day = first
        self.effects.step(first, self.today)
        until = min(until, self.effects.until(first))
        at, shown = first * PARTS, first - 1
        while at < until * PARTS:
            at = days(*divmod(at, PARTS), until, look, self.fixed, self.moving)
            self.day, part = divmod(at, PARTS)
            if part == EVENING and look == TODAY and shown < self.day:
                show(self, self.log, int(self.rows[0]))
                shown = self.day
            elif part == WORK:
                room = int(self.waiting.length.sum() + self.case_state.present[: len(self.stage_names)].sum())
                self.log = log_of(room + room // 4, len(TERMS))
                if (own := self.own) is not None:
                    row = give_up(self.day, self.stages, self.traffic, self.log)
                    self.rows[0] = work_by(own)(self.day, row, self.fixed, self.moving)
                    at += 1
            elif part == EVENING:
                self.recorder.grow(int(self.rows[0]))
                if look == LATER:
                    show_kept(self, int(self.rows[0]))
        self.day = until - 1
        if look == LATER:
            show_kept(self, 0)
        self.running = not self.finished
        return until

    def run(self, progress: Callable[[int, int], None] | None = None, days: int | None = None) -> "BureaucracyModel":
        """Run to the last day, or so many ``days`` at the most; ``progress`` is told the days done and those in all.

        Many days are taken at once, unless each has to be a step: for a step or a DataCollector of one's own, or for an
        observer that looks at evenings.
        """
        as_written()
        total = (self.end - self.start).days + 1
        total = total if days is None else min(total, self.day + 1 + days)
        while self.day + 1 < total:
            first = self.day + 1
            until = min(total, self.effects.until(first), first + AT_ONCE if progress else total)
            if until == first + 1 or self._stepped():
                self.step()
            else:
                until = self._go_on(until)
                if self.tables:
                    self.datacollector.collect_days(first, until, self.recorder.counts)
                self.wind(until - first)
            if progress is not None:
                progress(self.day + 1, total)
        self.running = not self.finished
        return self

    def wind(self, days: int) -> None:
        """Turn Mesa's own clock on by some days, which are otherwise taken care of."""
        self._wound = True
        for _ in range(days):
            self.step()
        self._wound = False

    def _watched(self) -> bool:
        """Whether somebody looks at every day."""
        return any(one.daily for one in self.observers) or self.recorder.trace or self._stepped()

    def _stepped(self) -> bool:
        """Whether every day has to be a step of its own."""
        own = self.datacollector
        return (
            any(one.daily and type(one).evening is not Observer.evening for one in self.observers)
            or type(self).step is not BureaucracyModel.step
            or (self.tables and not (type(own) is Series and own.as_made))
        )

    def census(self) -> dict[str, int]:
        """Where everybody is: cases by stage (waiting or on the way to it) and exit, and those not yet come."""
        places = [*self.stage_names, *self.world.exits]
        there = {name: int(count) for name, count in zip(places, self.case_state.present, strict=True)}
        return {"not yet": len(self.cases.key) - sum(there.values()), **there}

    def __repr__(self) -> str:
        """Scenario, scale, seed and day."""
        return (
            f"<BureaucracyModel {self.world.name}/{self.scenario_name} scale={self.scale:g} seed={self.seed} "
            f"{self.today} ({int((~self.desks.vacant).sum())} officers, {len(self.cases.key)} cases)>"
        )
