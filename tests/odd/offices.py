"""Sections 7.4 and 7.5 of docs/odd.md: offices, officers, managers."""

from collections import Counter, deque
from dataclasses import dataclass, field
from math import ceil, floor

from model.schema import Culture, Level, Unit, World
from tests.odd.draws import MOST, Draws, G, P, desk
from tests.odd.people import Case


@dataclass(eq=False)
class Manager:
    agency: str
    office: "Office | None"
    judged: float
    mission: float
    leaning: float
    above: "Manager | None"
    emphasis: float = 0.0
    steps: int = 1
    exposure: dict[str, float] = field(default_factory=dict)
    believes: dict[str, float] = field(default_factory=dict)


@dataclass(eq=False)
class Office:
    unit: str
    name: str
    share: float
    heads: int
    full_time: float
    history: float
    habit: dict[str, float] = field(default_factory=dict)
    record: dict[str, list[float]] = field(default_factory=dict)
    officers: list["Officer"] = field(default_factory=list)


@dataclass(eq=False)
class Officer:
    row: int
    unit: str
    office: Office
    key: int
    hours: float
    leaning: float
    manager: Manager | None = None
    at: "Officer | None" = None
    together: float = 0.0
    exposure: dict[str, float] = field(default_factory=dict)
    aware: dict[str, float] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)
    pressure: dict[str, float] = field(default_factory=dict)
    backlog: float = 0.0
    in_hand: float = 0.0
    work: float = 0.0
    queues: dict[int, deque[Case]] = field(default_factory=dict)
    lenient: float = 0.0
    expected: float = 0.0
    vacant: bool = False


class Offices:
    """All offices of a world, with their officers and managers."""

    def __init__(self, world: World, draws: Draws, scale: float) -> None:
        self.world, self.draws = world, draws
        self.offices: list[Office] = []
        self.officers: list[Officer] = []
        self.managers: list[Manager] = []
        self.cultures: dict[str, Culture] = {}
        for name, agency in world.agencies.items():
            for title, unit in agency.units.items():
                self.cultures[f"{name}.{title}"] = unit.culture_in(agency.culture)
        for unit_name in self.cultures:
            self._open(unit_name, scale)
        for unit_name in self.cultures:
            self._share(unit_name)
        self._titles: Counter[str] = Counter()
        for name in world.agencies:
            self._manage(name)

    def _open(self, name: str, scale: float) -> None:
        agency, title = name.split(".")
        unit, culture = self.world.agencies[agency].units[title], self.cultures[name]
        weights = self.world.areas if isinstance(unit.offices, str) else unit.offices
        for place, weight in weights.items():
            share = weight / sum(weights.values())
            staff = unit.staff.value * scale * share
            heads = int(max(floor(staff + 0.5), self.world.society.least_staff.value))
            local = unit.local[place].value - culture.orientation.value if place in unit.local else 0.0
            history = local + culture.office_spread.value * self.draws.n(P("office", unit.title, place), "history")
            office = Office(name, place, share, heads, staff / heads, history)
            office.habit = {stage: unit.habits.get(stage, unit.habit).value for stage in self.world.stages}
            office.record = {stage: [0.0, 0.0] for stage in self.world.stages}
            spread = (1 - culture.formation.value) * culture.spread.value
            for n in range(heads):
                key = P("officer", name, place) ^ (n * G & MOST)
                leaning = culture.orientation.value + history + spread * self.draws.n(key, "leaning")
                hours = unit.hours.value * staff / heads
                office.officers.append(Officer(len(self.officers), name, office, key, hours, leaning))
                self.officers.append(office.officers[-1])
            self.offices.append(office)

    def _share(self, name: str) -> None:
        agency, title = name.split(".")
        groups: list[list[Office]] = []
        for office in (one for one in self.offices if one.unit == name):
            if office.full_time >= 0.5:
                for officer in office.officers:
                    officer.at = officer
            elif groups and not self.world.agencies[agency].units[title].region and self._staff(groups[-1]) < 1:
                groups[-1].append(office)
            else:
                groups.append([office])
        if len(groups) > 1 and not self.world.agencies[agency].units[title].region and self._staff(groups[-1]) < 1:
            left = groups.pop()
            groups[-1] += left
        for group in groups:
            for officer in (one for office in group for one in office.officers):
                officer.at = group[0].officers[0]

    @staticmethod
    def _staff(group: list[Office]) -> float:
        return sum(office.heads * office.full_time for office in group)

    def _manage(self, name: str) -> None:
        agency, at = self.world.agencies[name], list(self.world.agencies).index(name)
        chain = [agency.levels[level] for level in agency.chain()]
        head = self._manager(name, None, -1, -1, at, agency.culture, chain[0].title, None, chain[0])
        units = list(self.cultures)
        for number, office in enumerate(self.offices):
            if not office.unit.startswith(f"{name}."):
                continue
            above = [head]
            for level in chain[1:]:
                groups = 1 if level.span is None else max(1, ceil(office.heads / level.span.value))
                title = f"{level.title}, {office.name}"
                above = [
                    self._manager(name, office, units.index(office.unit), number, at,
                                  self.cultures[office.unit], title, above[j * len(above) // groups], level)
                    for j in range(groups)
                ]  # fmt: skip
            for j, officer in enumerate(office.officers):
                officer.manager = above[j * len(above) // office.heads]

    def _manager(
        self, agency: str, office: Office | None, unit_at: int, office_at: int, agency_at: int, culture: Culture,
        title: str, above: Manager | None, level: Level,
    ) -> Manager:  # fmt: skip
        key = P("manager", agency_at, unit_at, office_at, f"{title}/{self._titles[title]}")
        self._titles[title] += 1
        spread = (1 - culture.formation.value) * culture.spread.value
        history = office.history if office else 0.0
        leaning = culture.orientation.value + history + spread * self.draws.n(key, "leaning")
        judged = level.judged_by_numbers.value if level.judged_by_numbers else 0.0
        self.managers.append(Manager(agency, office, judged, culture.mission.value, leaning, above))
        self.managers[-1].steps = max(1, len(self.world.agencies[agency].levels) - 1)
        return self.managers[-1]

    def desk_of(self, case: Case, stage: str, unit: str) -> Officer:
        mine = {office.name: office for office in self.offices if office.unit == unit}
        agency, title = unit.split(".")
        place = self._place(self.world.agencies[agency].units[title], case.area)
        if place is None:
            place = list(mine)[self.draws.choice(case.key, f"office of/{unit}", [one.share for one in mine.values()])]
        office, times = mine[place], 0
        while True:
            purpose = P("desk", stage) + times & MOST
            officer = office.officers[desk(self.draws.key(case.key, purpose), office.heads)]
            if not officer.vacant:
                return officer
            times += 1

    def leave(self, row: int) -> None:
        self.officers[row].vacant = True

    def unmanage(self, row: int) -> None:
        gone = self.managers[row]
        for below in self.managers:
            below.above = gone.above if below.above is gone else below.above
        for officer in self.officers:
            officer.manager = gone.above if officer.manager is gone else officer.manager

    def _place(self, unit: Unit, area: str) -> str | None:
        if isinstance(unit.offices, str):
            return area if area in self.world.areas else None
        if unit.region is None:
            return None
        region = self.world.regions[unit.region]
        places = {area: part for part, areas in region.parts.items() for area in areas} or {a: a for a in region.areas}
        return places.get(area)
