"""Sections 3, 5, 7.13 and the first half of 7.12 of docs/odd.md: the order of a day, and who decides what."""

from collections import defaultdict, deque
from datetime import date, timedelta
from typing import Any

from model.schema import Directive, Outcome, Scenario, World
from tests.odd.arrivals import cases
from tests.odd.draws import CONSTANTS, Draws, P
from tests.odd.minds import move_leanings, press, remember, spread
from tests.odd.offices import Office, Officer, Offices
from tests.odd.people import Case, holds
from tests.odd.reports import Reports
from tests.odd.rule import consider
from tests.odd.watched import watched
from tests.odd.ways import Ways

Row = dict[str, Any]
Lane = tuple[int, int, int, int]
"""Priority, ordered (1) or main (0), free (1) or detained (0), place of the stage in the world."""


class Days:
    """The model, written again from docs/odd.md. ``decided`` holds every decision in order, ``lapses`` every lapse."""

    def __init__(self, world: World, scenario: Scenario, seed: int, scale: float, until: date) -> None:
        self.world = watched(world, scenario)
        self.scenario, self.scale = scenario, scale
        self.draws = Draws(seed)
        self.offices = Offices(self.world, self.draws, scale)
        self.reports = Reports(self)
        self.today, self.until, self.day = scenario.start - timedelta(days=1), until, -1
        self.cases = cases(self.world, scenario, self.draws, scale, until)
        self.arriving = deque(self.cases)
        self.due: dict[int, list[Case]] = defaultdict(list)
        self.stages = list(self.world.stages)
        self.lanes = self._lanes()
        self.ways = Ways(self)
        self.done: dict[str, dict[str, float]] = {name: {} for name in self.world.metrics}
        self.owed: dict[str, dict[str, float]] = {name: {} for name in self.world.metrics}
        self.counted = dict.fromkeys(self.world.metrics, 0.0)
        self.parts = {name: self._parts(name) for name in self.world.metrics}
        self.counting: set[str] = set()
        self._year_so_far()
        for officer in self.offices.officers:
            officer.queues = {lane: deque() for lane in range(len(self.lanes))}
        for manager in self.offices.managers:
            manager.exposure = dict.fromkeys(scenario.directives, 0.0)
        self.usual = [officer.hours for officer in self.offices.officers]
        self.decided: list[Row] = []
        self.lapses: list[Row] = []

    def run(self) -> "Days":
        while self.today < self.until:
            self.today += timedelta(days=1)
            self.day += 1
            self.reports.answer()
            self._changes()
            self._years_begin()
            press(self)
            self._due_tonight()
            spread(self)
            self.ways.replenish()
            self._arrive()
            self._decide_and_route()
            self.ways.save()
        self.ways.stop()
        return self

    def _decide_and_route(self) -> None:
        rows = self.ways.give_up() + self._work()
        self.ways.route(rows)
        self.ways.serve()
        made = [row for row in rows if not row["lapsed"]]
        remember(self, made)
        self.decided += made
        self.lapses += [row for row in rows if row["lapsed"]]
        if self.today.weekday() == 6:
            move_leanings(self)
            self.reports.climb()

    # What is in effect

    def in_effect(self, name: str) -> bool:
        start, end = self.reports.starts.get(name), self.reports.ends.get(name)
        return start is not None and start <= self.today and (end is None or self.today < end)

    def all_directives(self) -> list[tuple[str, Directive]]:
        return [(name, self.world.directives[name]) for name in self.scenario.directives]

    def active(self) -> list[tuple[str, Directive]]:
        return [(name, entry) for name, entry in self.all_directives() if self.in_effect(name)]

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
            named = entry.stages is None or stage in entry.stages
            if named and any(unit in entry.to or unit.split(".")[0] in entry.to for unit in units):
                found.append(name)
        return found

    # Metrics

    def metrics_in_force(self) -> list[str]:
        return [
            name
            for name, entry in self.world.metrics.items()
            if (entry.in_force or any(name in directive.counts for _, directive in self.active()))
            and (not entry.starts or self.today >= entry.starts)
        ]

    def targets(self) -> list[tuple[str, float]]:
        """Metrics that count today, with their targets at this scale."""
        found = {name: self.world.metrics[name].target.value for name in self.metrics_in_force()}
        for _, entry in self.active():
            found.update({name: target.value for name, target in entry.targets.items() if name in found})
        return [(name, target * self.scale) for name, target in found.items() if target > 0]

    def _years_begin(self) -> None:
        count = {name for name, _ in self.targets()}
        for name in count:
            if name not in self.counting or self.year_gone(self.today) == 0.0:
                whole = self.done[name].get("", 0.0)
                if whole > 0:
                    self.parts[name] = {place: done / whole for place, done in self.done[name].items() if place}
                self.done[name], self.owed[name], self.counted[name] = {}, {}, 0.0
        self.counting = count

    def _parts(self, name: str) -> dict[str, float]:
        """The part of a target that each office of the unit that decides what is counted has to do."""
        metric = self.world.metrics[name]
        unit = self.world.stages[metric.stage].decider
        mine = [office for office in self.offices.offices if office.unit == unit]
        return {office.name: office.share for office in mine if unit.split(".")[0] == metric.agency}

    def held_to(self, name: str, office: Office | None) -> str:
        """The place whose part of a target an office is held to; "" for the whole agency."""
        if office is None or office.unit.split(".")[0] != self.world.metrics[name].agency:
            return ""
        return office.name if self.parts[name].get(office.name, 0.0) > 0 else ""

    def _due_tonight(self) -> None:
        days = self.days_of_year(self.today)
        for name, target in self.targets():
            for place, part in {"": 1.0, **self.parts[name]}.items():
                self.owed[name][place] = self.owed[name].get(place, 0.0) + target * part / days
            self.counted[name] += 1 / days

    def _year_so_far(self) -> None:
        """The part of the fiscal year before the watch: what was due was done, or the share of it on record."""
        gone = round(self.year_gone(self.scenario.start) * self.days_of_year(self.scenario.start))
        for before in range(gone, 0, -1):
            self.today = self.scenario.start - timedelta(days=before)
            self._years_begin()
            self._due_tonight()
        self.today = self.scenario.start - timedelta(days=1)
        year = str(self._year_of(self.scenario.start)[1].year)
        for name, metric in self.world.metrics.items():
            pace = metric.pace[year].value if year in metric.pace else 1.0
            self.done[name] = {place: due * pace for place, due in self.owed[name].items()}

    def bound(self, officer: Officer, stage: str, case: Case) -> int:
        return self._by_law(stage, case) or self._by_custom(officer, stage, case)

    def _by_custom(self, officer: Officer, stage: str, case: Case) -> int:
        for name, custom in self.world.customs.items():
            if stage in custom.stages and holds(self.world, custom.when, case):
                kept = custom.share.value
                for text, entry in self.active():
                    if name in entry.breaks_with:
                        kept *= 1 - officer.aware[text]
                if self.draws.u(case.key, "custom", name) < kept:
                    return 2 if custom.must == "favourable" else -2
        return 0

    def _by_law(self, stage: str, case: Case) -> int:
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

    def _added(self, unit: str) -> float:
        """People added to a unit, as a share of its staff."""
        agency, title = unit.split(".")
        entry = self.world.agencies[agency].units[title]
        come = [e.staff[unit] for name, e in self.active() if unit in e.staff
                and self.today >= self.reports.starts[name] + timedelta(days=e.staff[unit].delay.value)]  # fmt: skip
        hours = sum(one.amount.value * (one.hours or entry.hours).value for one in come)
        return hours / (entry.staff.value * entry.hours.value)

    # Morning

    def _changes(self) -> None:
        for name, entry in self.active():
            review = entry.review
            if review and self.today == max(self.reports.starts[name], self.scenario.start):
                lane = self.lane(review.by, True, False)
                for case in self.cases:
                    pending = case.place == review.pending_at and not case.laid
                    if pending and holds(self.world, review.when, case):
                        case.ordered += 1
                        case.laid = True
                        self._lay(case, review.by, lane)
        if self.year_gone(self.today) == 0.0:
            for pool in self.ways.pools:
                if self.world.resources[pool[0]].kind == "yearly":
                    self.ways.used[pool] = 0

    def _year_of(self, day: date) -> tuple[date, date]:
        month = self.world.fiscal_year_start
        year = day.year if day.month >= month else day.year - 1
        return date(year, month, 1), date(year + 1, month, 1)

    def days_of_year(self, day: date) -> int:
        first, after = self._year_of(day)
        return (after - first).days

    def year_gone(self, day: date) -> float:
        """Share of the fiscal year gone by at the end of the day before."""
        first, _ = self._year_of(day)
        return (day - first).days / self.days_of_year(day)

    def _arrive(self) -> None:
        while self.arriving and self.arriving[0].arrival <= self.day:
            case = self.arriving.popleft()
            mix = self.world.mixes[case.mix]
            self.ways.tick(case, "", mix.stage)
            case.place = mix.stage
            if case.in_custody:
                case.custody = True
                if mix.holds:
                    case.held = self.ways.pool(mix.holds, case)
                    self.ways.used[case.held] += 1
            if case.leader is not None:
                continue
            if mix.ready is not None:
                self.send(case, self.ways.lag(case, P("ready"), mix.ready.least.value, mix.ready.mean.value))
            else:
                self._reach(case)
        for case in self.due.pop(self.day, []):
            if case.place in self.world.stages:
                self._reach(case)
        for officer in self.offices.officers:
            officer.hours = self.usual[officer.row] * (1 + self._added(officer.unit))
            officer.together = 0.0
        for officer in self.offices.officers:
            officer.at.together += 0.0 if officer.vacant else officer.hours  # type: ignore[union-attr]
        for officer in self.offices.officers:
            assert officer.at is not None
            months = officer.at.work / (officer.at.together * CONSTANTS["DAYS_A_MONTH"])
            officer.backlog = min(months, self.world.society.backlog_horizon.value)

    def send(self, case: Case, days: int) -> None:
        self.due[self.day + days].append(case)

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

    def _reach(self, case: Case) -> None:
        case.laid_on = self.day
        self._lay(case, case.place, self.lane(case.place, False, case.custody))

    def _lay(self, case: Case, stage: str, lane: int) -> None:
        officer = self.offices.desk_of(case, stage, self.decider(stage)).at
        assert officer is not None
        officer.queues[lane].append(case)
        officer.work += self._full(stage)

    def _full(self, stage: str) -> float:
        return self.world.stages[stage].screening_hours.value + self.world.stages[stage].review_hours.value

    def _work(self) -> list[Row]:
        pending_at = {e.review.by: e.review.pending_at for e in self.world.directives.values() if e.review}
        made = []
        for officer in (one for one in self.offices.officers if one.at is one):
            officer.in_hand = min(officer.in_hand, 0.0) + officer.together
            for lane, (_, ordered, free, at) in enumerate(self.lanes):
                stage, queue = self.stages[at], officer.queues[lane]
                if not ordered and self.world.stages[stage].lapse:
                    made += self._put_away(officer, queue, stage)
                floor_ = 0.0 if free else -self.world.society.overtime.value * officer.together
                while queue and officer.in_hand > floor_:
                    case = self._pop(officer, queue, stage)
                    case.laid = case.laid and not ordered
                    if case.place == (pending_at[stage] if ordered else stage):
                        whose = self.offices.desk_of(case, stage, officer.unit)
                        made.append(self._decide(whose, case, stage, bool(ordered)))
        return made

    def _pop(self, officer: Officer, queue: deque[Case], stage: str) -> Case:
        officer.work = max(0.0, officer.work - self._full(stage))
        return queue.popleft()

    def _put_away(self, officer: Officer, queue: deque[Case], stage: str) -> list[Row]:
        made = []
        while queue and (queue[0].place != stage or self.ways.waited_too_long(queue[0], stage)):
            case = self._pop(officer, queue, stage)
            if case.place == stage:
                made.append(self.lapsed(case, stage))
        return made

    def lapsed(self, case: Case, stage: str) -> Row:
        return {"day": self.today, "who": case, "stage": stage, "ordered": False, "round": 0, "favourable": True,
                "lapsed": True}  # fmt: skip

    def _decide(self, officer: Officer, case: Case, stage: str, ordered: bool) -> Row:
        considered = consider(self, officer, case, stage)
        r = case.ordered if ordered else 0
        noticed = self.draws.at(case.key, P("notice", stage) + r) < considered.notice
        judged = self.draws.at(case.key, P("judge", stage) + r) < considered.judgment
        entry = self.world.stages[stage]
        free = judged if noticed else entry.unnoticed == "favourable"
        favourable = considered.bound > 0 if considered.bound else free
        outcome: Outcome = "favourable" if favourable else "unfavourable"
        hours = entry.screening_hours.value + (considered.left * entry.review_hours.value if noticed else 0.0)
        hours += entry.outcome_hours[outcome].value if outcome in entry.outcome_hours else 0.0
        officer.at.in_hand -= hours  # type: ignore[union-attr]
        return {
            "day": self.today, "who": case, "stage": stage, "officer": officer.row, "ordered": ordered, "lapsed": False,
            "round": r, "noticed": noticed, "favourable": favourable, "hours": hours, "p": considered.p,
            "notice": considered.notice, "judgment": considered.judgment, "bound": considered.bound,
            **considered.terms,
        }  # fmt: skip
