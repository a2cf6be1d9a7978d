"""Sections 3, 7.6, 7.7 and 7.11 to 7.13 of docs/odd.md: what happens on a day."""

from collections import defaultdict, deque
from datetime import date, timedelta
from math import exp, floor, log
from typing import Any

from model.schema import Directive, Edge, Scenario, World
from tests.odd.draws import CONSTANTS, Draws, P
from tests.odd.offices import Manager, Officer, Offices
from tests.odd.people import Case, cases, holds
from tests.odd.rule import consider

Lane = tuple[int, int, int, int]
"""Priority, ordered (1) or main (0), free (1) or detained (0), place of the stage in the world."""


class Days:
    """The model, written again from docs/odd.md. ``decided`` holds every decision in order."""

    def __init__(self, world: World, scenario: Scenario, seed: int, scale: float, until: date) -> None:
        self.world, self.scenario, self.scale = world, scenario, scale
        self.draws = Draws(seed)
        self.offices = Offices(world, self.draws, scale)
        self.today, self.until = scenario.start - timedelta(days=1), until
        opened = {mix for entry in world.directives.values() for mix in entry.opens}
        here = {mix for name in scenario.directives for mix in world.directives[name].opens}
        mixes = [mix for mix in world.mixes if mix not in opened or mix in here]
        self.cases = cases(world, mixes, self.draws, scale, scenario.start, until)
        self.arriving = deque(self.cases)
        self.due: dict[date, list[Case]] = defaultdict(list)
        self.stages = list(world.stages)
        self.lanes = self._lanes()
        gone = self._year_gone(scenario.start)
        self.done = {name: entry.target.value * scale * gone for name, entry in world.metrics.items()}
        self.used = dict.fromkeys(world.resources, 0)
        self.stage_records = {stage: [0.0, 0.0] for stage in self.stages}
        for officer in self.offices.officers:
            officer.queues = {lane: deque() for lane in range(len(self.lanes))}
        for manager in self.offices.managers:
            manager.exposure = dict.fromkeys(scenario.directives, 0.0)
        self.decided: list[dict[str, Any]] = []

    def run(self) -> "Days":
        while self.today < self.until:
            self.today += timedelta(days=1)
            self._changes()
            self._press()
            self._spread()
            self._arrive()
            self._route(self._work())
            self._evening()
        return self

    # What is in effect

    def in_effect(self, name: str) -> bool:
        entry = self.world.directives[name]
        ends = [entry.end] if entry.end else []
        for other in self.scenario.directives:
            if name in self.world.directives[other].supersedes:
                ends.append(self.world.directives[other].start)
        return entry.start <= self.today and all(self.today < end for end in ends)

    def active(self) -> list[tuple[str, Directive]]:
        return [(name, self.world.directives[name]) for name in self.scenario.directives if self.in_effect(name)]

    def decider(self, stage: str) -> str:
        unit = self.world.stages[stage].decider
        for _, entry in self.active():
            unit = entry.moves.get(stage, unit)
        return unit

    def speaking(self, stage: str) -> list[str]:
        found = []
        for name, entry in self.active():
            issued = (self.world.directives[other] for other in self.scenario.directives)
            units = {self.world.stages[stage].decider, *(d.moves[stage] for d in issued if stage in d.moves)}
            if (entry.stages is None or stage in entry.stages) and any(addressed(entry, str(u)) for u in units):
                found.append(name)
        return found

    def metrics_in_force(self) -> list[str]:
        return [
            name
            for name, entry in self.world.metrics.items()
            if entry.in_force or any(name in directive.counts for _, directive in self.active())
        ]

    def habit(self, unit: str, stage: str) -> float:
        agency, title = unit.split(".")
        entry = self.world.agencies[agency].units[title]
        return entry.habits.get(stage, entry.habit).value

    def bound(self, stage: str, case: Case) -> int:
        found = 0
        for name, law in self.world.laws.items():
            force = law.in_force
            for _, entry in self.active():
                force = (force or name in entry.imposes) and name not in entry.lifts
            dated = (not law.starts or law.starts <= self.today) and (not law.ends or self.today < law.ends)
            if force and dated and stage in law.stages and holds(self.world, law.when, case):
                if law.must == "unfavourable":
                    return -1
                found = 1
        return found

    def amount(self, resource: str) -> float:
        amount = self.world.resources[resource].amount.value
        for _, entry in self.active():
            more = entry.resources.get(resource)
            if more and self.today >= entry.start + timedelta(days=more.delay.value):
                amount += more.amount.value
        return floor(amount * self.scale + 0.5)

    # Morning

    def _changes(self) -> None:
        for _, entry in self.active():
            if entry.review and self.today == max(entry.start, self.scenario.start):
                lane = self.lane(entry.review.by, True, False)
                for case in self.cases:
                    if case.place == entry.review.pending_at and not case.laid:
                        case.ordered += 1
                        case.laid = True
                        self._lay(case, entry.review.by, lane)
        if self._year_gone(self.today) == 0.0:
            for name, resource in self.world.resources.items():
                self.used[name] = 0 if resource.kind == "yearly" else self.used[name]
            self.done = dict.fromkeys(self.done, 0.0)

    def _year_gone(self, day: date) -> float:
        """Share of the fiscal year gone by at the end of the day before."""
        month = self.world.fiscal_year_start
        year = day.year if day.month >= month else day.year - 1
        first, after = date(year, month, 1), date(year + 1, month, 1)
        return (day - first).days / (after - first).days

    def _press(self) -> None:
        society, f = self.world.society, self._year_gone(self.today)
        gaps: dict[str, float] = defaultdict(float)
        forces, counting = dict.fromkeys(self.world.metrics, 0.0), set()
        for name in self.metrics_in_force():
            metric = self.world.metrics[name]
            target = metric.target.value
            for _, entry in self.active():
                target = entry.targets[name].value if name in entry.targets else target
            target *= self.scale
            if target > 0:
                gap = max(0.0, 1 - self.done[name] / (target * f)) if f > CONSTANTS["EARLY"] else 0.0
                forces[name] = society.standing_pressure.value + gap * (1 + society.urgency.value * f)
                gaps[metric.agency] = max(gaps[metric.agency], gap)
                counting.add(metric.agency)
        for manager in self.offices.managers:
            widest = min(1.0, gaps[manager.agency])
            takes = manager.judged + (1 - manager.judged) * widest
            manager.emphasis = takes if manager.agency in counting else 0.0
        for officer in self.offices.officers:
            assert officer.manager is not None
            for name, metric in self.world.metrics.items():
                own = metric.agency == officer.manager.agency
                officer.pressure[name] = forces[name] * officer.manager.emphasis if own else 0.0

    def _spread(self) -> None:
        passed = {
            (manager, name): manager.exposure[name] * self._share(manager, self.world.directives[name])
            for manager in self.offices.managers
            for name in self.scenario.directives
        }
        for name in self.scenario.directives:
            entry = self.world.directives[name]
            made = self._made(name, entry)
            for officer in self.offices.officers:
                agency, title = officer.unit.split(".")
                consent = self.world.agencies[agency].units[title].union_consent.value
                trained = entry.training.value * (1.0 if entry.union_consents else consent) * made
                heard = passed[officer.manager, name]  # type: ignore[index]
                hears = addressed(entry, officer.unit)
                officer.exposure[name] = 1 - (1 - heard) * (1 - trained) if hears else 0.0
            for manager in self.offices.managers:
                came = made if manager.above is None else passed[manager.above, name]
                hears = self._hears(manager, entry) and self.in_effect(name)
                manager.exposure[name] = came if hears else 0.0

    def _hears(self, manager: Manager, entry: Directive) -> bool:
        if manager.unit is not None:
            return addressed(entry, manager.unit)
        return any(addressed(entry, unit) for unit in self.world.units() if unit.startswith(f"{manager.agency}."))

    def _made(self, name: str, entry: Directive) -> float:
        age = (self.today - entry.start).days
        kept = entry.monitoring.value
        return kept + (1 - kept) * exp(-self.world.society.erosion.value * age) if self.in_effect(name) else 0.0

    def _share(self, manager: Manager, entry: Directive) -> float:
        if manager.above is None:
            return entry.clarity.value
        against = max(0.0, -entry.direction * manager.leaning)
        attention = (1 - manager.emphasis) + manager.emphasis * entry.evaluation.value
        return entry.clarity.value * exp(-manager.mission * against) * attention

    def _arrive(self) -> None:
        day = (self.today - self.scenario.start).days
        while self.arriving and self.arriving[0].arrival <= day:
            case = self.arriving.popleft()
            mix = self.world.mixes[case.mix]
            case.place = mix.stage
            if case.in_custody:
                case.custody = True
                if mix.holds:
                    case.held = mix.holds
                    self.used[mix.holds] += 1
            if mix.ready is not None:
                wait = self._lag(case, P("ready"), mix.ready.least.value, mix.ready.mean.value)
                self.due[self.today + timedelta(days=wait)].append(case)
            else:
                self._lay(case, case.place, self.lane(case.place, False, case.custody))
        for case in self.due.pop(self.today, []):
            if case.place in self.world.stages:
                self._lay(case, case.place, self.lane(case.place, False, case.custody))
        for officer in self.offices.officers:
            months = officer.work / (officer.hours * CONSTANTS["DAYS_A_MONTH"])
            officer.backlog = min(months, self.world.society.backlog_horizon.value)

    # Queues and work

    def _lanes(self) -> list[Lane]:
        reviews = {entry.review.by for entry in self.world.directives.values() if entry.review}
        lanes = []
        for at, (name, stage) in enumerate(self.world.stages.items()):
            lanes.append((stage.priority, 0, 1, at))
            lanes += [(stage.priority, 0, 0, at)] * stage.detained_first + [(stage.priority, 1, 1, at)] * (
                name in reviews
            )
        return sorted(lanes)

    def lane(self, stage: str, ordered: bool, custody: bool) -> int:
        entry = self.world.stages[stage]
        free = 0 if custody and entry.detained_first and not ordered else 1
        return self.lanes.index((entry.priority, int(ordered), free, self.stages.index(stage)))

    def _lay(self, case: Case, stage: str, lane: int) -> None:
        officer = self.offices.desk_of(case, stage, self.decider(stage))
        officer.queues[lane].append(case)
        officer.work += self._full(stage)

    def _full(self, stage: str) -> float:
        return self.world.stages[stage].glance.value + self.world.stages[stage].weigh.value

    def _lag(self, case: Case, purpose: int, least: float, mean: float) -> int:
        return max(1, floor(least - log(1 - self.draws.at(case.key, purpose)) * max(0.0, mean - least)))

    def _work(self) -> list[dict[str, Any]]:
        pending_at = {e.review.by: e.review.pending_at for e in self.world.directives.values() if e.review}
        made = []
        for officer in self.offices.officers:
            officer.in_hand = min(officer.in_hand, 0.0) + officer.hours
            for lane, (_, ordered, free, at) in enumerate(self.lanes):
                stage, queue = self.stages[at], officer.queues[lane]
                floor_ = 0.0 if free else -self.world.society.overtime.value * officer.hours
                while queue and officer.in_hand > floor_:
                    case = queue.popleft()
                    case.laid = case.laid and not ordered
                    officer.work = max(0.0, officer.work - self._full(stage))
                    if case.place == (pending_at[stage] if ordered else stage):
                        made.append(self._decide(officer, case, stage, bool(ordered)))
        return made

    def _decide(self, officer: Officer, case: Case, stage: str, ordered: bool) -> dict[str, Any]:
        considered = consider(self, officer, case, stage)
        r = case.ordered if ordered else 0
        noticed = self.draws.at(case.key, P("notice", stage) + r) < considered.notice
        judged = self.draws.at(case.key, P("judge", stage) + r) < considered.judgment
        favourable = considered.bound > 0 if considered.bound else noticed and judged
        entry = self.world.stages[stage]
        hours = entry.glance.value + (entry.weigh.value if noticed else 0.0)
        officer.in_hand -= hours
        return {
            "day": self.today, "who": case, "stage": stage, "officer": officer.row, "ordered": ordered,
            "round": r, "noticed": noticed, "favourable": favourable, "hours": hours, "p": considered.p,
            "notice": considered.notice, "judgment": considered.judgment, "bound": considered.bound,
            **considered.terms,
        }  # fmt: skip

    # Routes

    def _route(self, made: list[dict[str, Any]]) -> None:
        for row in made:
            case, stage = row["who"], row["stage"]
            outcome = "favourable" if row["favourable"] else "unfavourable"
            edges = self.world.stages[stage].edges(outcome)  # type: ignore[arg-type]
            n = next(
                n for n, edge in enumerate(edges) if self._applies(edge, case, stage, outcome, n, edges, row["round"])
            )
            edge = edges[n]
            row["to"] = edge.to
            for name, metric in self.world.metrics.items():
                fits = metric.stage == stage and metric.outcome in (outcome, "decided")
                if fits and holds(self.world, metric.when, case):
                    self.done[name] += 1
            if row["ordered"] and edge.to in self.world.stages:
                continue
            self._move(case, edge)
            if edge.to in self.world.stages:
                least, mean = (edge.lag.least.value, edge.lag.mean.value) if edge.lag else (1.0, 1.0)
                wait = self._lag(case, P("lag", stage, outcome, n), least, mean)
                self.due[self.today + timedelta(days=wait)].append(case)
        self.decided += made

    def _applies(self, edge: Edge, case: Case, stage: str, outcome: str, n: int, edges: list[Edge], r: int) -> bool:
        if n == len(edges) - 1:
            return True
        if not holds(self.world, edge.when, case):
            return False
        if edge.detained is not None and edge.detained != case.custody:
            return False
        if edge.uses and not edge.beyond and case.held != edge.uses and self.used[edge.uses] >= self.amount(edge.uses):
            return False
        return edge.share is None or self.draws.at(case.key, P("edge", stage, outcome, n) + r) < edge.share.value

    def _move(self, case: Case, edge: Edge) -> None:
        case.place = edge.to
        leaves = edge.to in self.world.exits
        if edge.custody == "detain":
            case.custody = True
        elif edge.custody == "release" or leaves:
            case.custody = False
            if case.held:
                self.used[case.held] -= 1
                case.held = None
        if edge.uses and case.held != edge.uses:
            self.used[edge.uses] += 1
            case.held = None if leaves else edge.uses

    # Evening

    def _evening(self) -> None:
        society = self.world.society
        fading = 0.5 ** (1 / society.memory.value)
        today = [row for row in self.decided_today() if row["bound"] == 0]
        for record in self.stage_records.values():
            record[:] = [record[0] * fading, record[1] * fading]
        for row in today:
            record = self.stage_records[row["stage"]]
            record[:] = [record[0] + row["favourable"], record[1] + 1]
        for officer in self.offices.officers:
            officer.lenient *= fading
            officer.expected *= fading
        for row in today:
            officer, (lenient, decided) = (
                self.offices.officers[row["officer"]],
                self.stage_records[row["stage"]],
            )
            officer.lenient += row["favourable"]
            officer.expected += lenient / decided
        for officer in self.offices.officers:
            nu = society.prior.value * officer.office.full_time
            lenient = sum(other.lenient for other in officer.colleagues)
            expected = sum(other.expected for other in officer.colleagues)
            officer.peers = log((lenient + nu) / (expected + nu))
        if self.today.weekday() == 6:
            self._drift()

    def decided_today(self) -> list[dict[str, Any]]:
        first = len(self.decided)
        while first and self.decided[first - 1]["day"] == self.today:
            first -= 1
        return self.decided[first:]

    def _drift(self) -> None:
        society, week = self.world.society, self.today.toordinal() // 7
        part = 7 / CONSTANTS["YEAR"]
        moved = []
        for officer in self.offices.officers:
            nu = society.prior.value * officer.office.full_time
            near = [other.leaning for other in officer.colleagues]
            pull = society.drift.value * (sum(near) / len(near) - officer.leaning) if near else 0.0
            own = society.experience.value * log((officer.lenient + nu) / (officer.expected + nu))
            formation = self.offices.cultures[officer.unit].formation.value
            moved.append(officer.leaning + (1 - formation) * (pull + own) * part)
        for officer, leaning in zip(self.offices.officers, moved, strict=True):
            officer.leaning = leaning
            agency, title = officer.unit.split(".")
            unit, culture = self.world.agencies[agency].units[title], self.offices.cultures[officer.unit]
            if self.draws.u(officer.key, "leaves", week) < 1 - exp(-unit.turnover.value * part):
                spread = (1 - culture.formation.value) * culture.spread.value
                recruits = unit.recruits.value
                for _, entry in self.active():
                    recruits = entry.recruits[officer.unit].value if officer.unit in entry.recruits else recruits
                luck = self.draws.n(officer.key, "recruit", week)
                officer.leaning = recruits + officer.office.history + spread * luck
                officer.lenient = officer.expected = 0.0


def addressed(entry: Directive, unit: str) -> bool:
    return unit in entry.to or unit.split(".")[0] in entry.to
