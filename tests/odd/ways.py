"""Section 7.12 of docs/odd.md, from edges on: where cases go, what they take, whom they take along, and clocks."""

from collections import defaultdict, deque
from math import floor, inf, log
from typing import TYPE_CHECKING, Any

from model.schema import Edge
from tests.odd.draws import CONSTANTS, P
from tests.odd.people import Case, holds

if TYPE_CHECKING:
    from tests.odd.days import Days

Pool = tuple[str, str]
"""A resource, and the area or part whose pool it is; none where there is one for all."""


def takes(edge: Edge) -> float:
    return edge.takes.value if edge.takes else 1.0


class Ways:
    """Pools, lines and clocks. ``beyond`` counts, by clock, area and day of the watch, who is beyond its limit."""

    def __init__(self, days: "Days") -> None:
        self.days, self.world = days, days.world
        self.pools: list[Pool] = [
            (name, place)
            for name, row in self.world.resources.items()
            for place in (self.world.regions[row.region].names if row.region else [""])
        ]
        self.used = dict.fromkeys(self.pools, 0)
        self.balance = dict.fromkeys(self.pools, 0.0)
        self.owed = dict.fromkeys(self.pools, 0.0)
        self.saved = dict.fromkeys(self.pools, 0.0)
        self.edges = [e for stage in self.world.stages.values() for e in (*stage.favourable, *stage.unfavourable)]
        self.lines: dict[Pool, deque[tuple[Case, Edge, tuple[str, str, int]]]] = {pool: deque() for pool in self.pools}
        self.clock_at = {place: name for name, clock in self.world.clocks.items() for place in clock.places}
        self.beyond: dict[tuple[str, str, int], int] = defaultdict(int)

    # Pools

    def pool(self, resource: str, case: Case) -> Pool:
        region = self.world.resources[resource].region
        if region is None:
            return resource, ""
        parts = self.world.regions[region].parts
        return resource, next((part for part, areas in parts.items() if case.area in areas), case.area)

    def amount(self, pool: Pool) -> float:
        resource, place = pool
        row = self.world.resources[resource]
        amount = row.amounts[place].value if row.region else row.amount.value  # type: ignore[union-attr]
        reports = self.days.reports
        for name, entry in self.days.all_directives():
            more = entry.resources.get(resource)
            ready = more and name in reports.starts and self.days.today >= reports.there(name, more)
            if more and ready and (self.days.in_effect(name) or self.days.today < reports.starts[name]):
                extra = more.amounts.get(place) if row.region else more.amount
                amount += extra.value if extra else 0.0
        return amount * self.days.scale

    def is_flow(self, pool: Pool) -> bool:
        return self.world.resources[pool[0]].kind == "flow"

    def replenish(self) -> None:
        for pool in filter(self.is_flow, self.pools):
            if self.days.day == 0:
                waiting = [takes(edge) for edge in self.edges if edge.waits and edge.uses == pool[0]]
                self.owed[pool] = self.advance(pool, max(waiting, default=0.0))
            self.balance[pool] = min(self.balance[pool] + self.amount(pool), self.most(pool))

    def most(self, pool: Pool) -> float:
        reserve = self.world.resources[pool[0]].reserve
        assert reserve is not None
        return self.amount(pool) * (1 + reserve.value)

    def advance(self, pool: Pool, each: float) -> float:
        return max(0.0, CONSTANTS["LUMPS"] * each - self.most(pool))

    def has_room(self, pool: Pool, each: float, in_line: bool = False) -> bool:
        if self.is_flow(pool):
            return self.balance[pool] - in_line * self.owed[pool] > -self.advance(pool, each)
        return self.used[pool] + 1 <= self.amount(pool) or self.saved[pool] > 0

    def save(self) -> None:
        for pool in self.pools:
            if self.world.resources[pool[0]].kind == "stock":
                days = [e.lag.mean.value if e.lag else 1.0 for e in self.edges if e.uses == pool[0]]
                most = CONSTANTS["LUMPS"] * max(days, default=0.0) * (1 - self.days.scale)
                left = self.saved[pool] + self.amount(pool) - self.used[pool]
                self.saved[pool] = min(max(0.0, left), most)

    # Edges

    def route(self, made: list[dict[str, Any]]) -> None:
        for row in made:
            case, stage = row["who"], row["stage"]
            outcome = "favourable" if row["favourable"] else "unfavourable"
            edges = self.world.stages[stage].edges(outcome)  # type: ignore[arg-type]
            last = len(edges) - 1
            n = next(
                n for n, edge in enumerate(edges)
                if n == last or self._applies(edge, case, P("edge", stage, outcome, n) + row["round"])
            )  # fmt: skip
            edge = edges[n]
            back = not row["ordered"] and case.place not in self.world.stages
            row["to"] = case.place if back else edge.to
            for name, metric in self.world.metrics.items():
                fits = metric.stage == stage and metric.outcome in (outcome, "decided")
                if fits and not row["lapsed"] and holds(self.world, metric.when, case):
                    office = self.days.offices.officers[row["officer"]].office
                    for place in {"", self.days.held_to(name, office)}:
                        done = self.days.done[name]
                        done[place] = done.get(place, 0.0) + 1
            if back or (row["ordered"] and edge.to in self.world.stages):
                continue
            if edge.waits:
                assert edge.uses is not None
                self.lines[self.pool(edge.uses, case)].append((case, edge, (stage, outcome, n)))
            else:
                self._go(case, edge, (stage, outcome, n))

    def _applies(self, edge: Edge, case: Case, purpose: int) -> bool:
        if not holds(self.world, edge.when, case):
            return False
        if edge.detained is not None and edge.detained != case.custody:
            return False
        if edge.uses and not edge.beyond and not edge.waits:
            pool = self.pool(edge.uses, case)
            if case.held != pool and not self.has_room(pool, takes(edge)):
                return False
        if edge.needs and not self.has_room(self.pool(edge.needs, case), 1.0):
            return False
        return edge.share is None or self.days.draws.at(case.key, purpose) < edge.share.value

    def serve(self) -> None:
        for pool in self.pools:
            left = min(max(0.0, self.balance[pool]), self.owed[pool])
            self.balance[pool] -= left
            self.owed[pool] -= left
            while self.lines[pool] and self.has_room(pool, takes(self.lines[pool][0][1]), in_line=True):
                case, edge, way = self.lines[pool].popleft()
                if case.place in self.world.stages:
                    before = self.balance[pool]
                    self._go(case, edge, way)
                    beyond = max(0.0, min(before, 0.0) - self.balance[pool])
                    self.balance[pool] += beyond
                    self.owed[pool] += beyond

    def give_up(self) -> list[dict[str, Any]]:
        made = []
        for pool in self.pools:
            line = self.lines[pool]
            while line:
                case = line[0][0]
                if case.place in self.world.stages:
                    if not self.waited_too_long(case, case.place):
                        break
                    made.append(self.days.lapsed(case, case.place))
                line.popleft()
        return made

    def waited_too_long(self, case: Case, stage: str) -> bool:
        lapse = self.world.stages[stage].lapse
        return lapse is not None and self.days.day - case.laid_on > lapse.value

    # Going

    def _go(self, case: Case, edge: Edge, way: tuple[str, str, int]) -> None:
        for one in case.family:
            if not one.apart and edge.separates:
                one.apart, one.separated = True, self.days.day
                self._change(one, edge.separates)
                self.days.send(one, 1)
            elif not one.apart:
                self._same_way(one, edge)
            elif edge.rejoins and one.place in edge.rejoins.places:
                self._change(one, edge.rejoins.to)
        if edge.uses and self.is_flow(self.pool(edge.uses, case)):
            self.balance[self.pool(edge.uses, case)] -= takes(edge)
        if edge.needs:
            self.balance[self.pool(edge.needs, case)] -= 1
        self._same_way(case, edge)
        if edge.to in self.world.stages:
            least, mean = (edge.lag.least.value, edge.lag.mean.value) if edge.lag else (1.0, 1.0)
            most = edge.lag.most.value if edge.lag and edge.lag.most else inf
            self.days.send(case, self.lag(case, P("lag", *way), least, mean, most))

    def lag(self, case: Case, purpose: int, least: float, mean: float, most: float = inf) -> int:
        days = least - log(1 - self.days.draws.at(case.key, purpose)) * max(0.0, mean - least)
        return max(1, floor(min(days, most)))

    def _same_way(self, one: Case, edge: Edge) -> None:
        self._change(one, edge.to, edge.custody)
        if edge.uses and not self.is_flow(self.pool(edge.uses, one)):
            self._take(one, self.pool(edge.uses, one), edge.to in self.world.stages)
        if edge.holds:
            self._take(one, self.pool(edge.holds, one), True)

    def _change(self, one: Case, to: str, custody: str | None = None) -> None:
        self.tick(one, one.place, to)
        one.place = to
        leaves = to in self.world.exits
        if custody == "detain":
            one.custody = True
        elif custody == "release" or leaves:
            one.custody = False
            self._give_back(one)
        if leaves:
            one.left = self.days.day

    def _give_back(self, one: Case) -> None:
        if one.held:
            self.used[one.held] -= 1
            one.held = None

    def _take(self, one: Case, pool: Pool, held: bool) -> None:
        if one.held == pool:
            return
        self._give_back(one)
        self.used[pool] += 1
        one.held = pool if held else None

    # Clocks

    def tick(self, one: Case, before: str, to: str) -> None:
        old, new = self.clock_at.get(before), self.clock_at.get(to)
        if old == new:
            return
        if old:
            self._read(one, old, self.days.day)
            if one.handed < 0 and 0 <= one.separated < self.days.day:
                one.handed = self.days.day
        if new:
            one.since = self.days.day

    def _read(self, one: Case, clock: str, stopped: int) -> None:
        for day in range(one.since, stopped):
            if day - one.since > self.world.clocks[clock].limit.value:
                self.beyond[clock, one.area, day] += 1

    def stop(self) -> None:
        for one in self.days.cases:
            if one.place in self.clock_at:
                self._read(one, self.clock_at[one.place], self.days.day + 1)
