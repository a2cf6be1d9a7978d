"""Sections 7.6, 7.7 and 7.11 of docs/odd.md: what reaches officers and managers, and how they change."""

from math import exp, log
from typing import TYPE_CHECKING

from model.schema import Directive
from tests.odd.draws import CONSTANTS
from tests.odd.offices import Manager, Office

if TYPE_CHECKING:
    from tests.odd.days import Days, Row


def addressed(entry: Directive, unit: str, office: str) -> bool:
    return (unit in entry.to or unit.split(".")[0] in entry.to) and (not entry.offices or office in entry.offices)


def press(days: "Days") -> None:
    society, f, counting = days.world.society, days.year_gone(days.today), [name for name, _ in days.targets()]

    def gap(name: str, office: Office | None) -> float:
        place = days.held_to(name, office)
        due, counted = days.owed[name].get(place, 0.0), days.counted[name]
        if counted <= CONSTANTS["EARLY"]:
            return 0.0
        few, pace = CONSTANTS["FEW"], days.done[name].get("", 0.0) / days.owed[name][""]
        return max(0.0, 1 - (days.done[name].get(place, 0.0) + few * pace) / (due + few))

    for manager in days.offices.managers:
        mine = [name for name in counting if days.world.metrics[name].agency == manager.agency]
        widest = min(1.0, max((gap(name, manager.office) for name in mine), default=0.0))
        manager.emphasis = manager.judged + (1 - manager.judged) * widest if mine else 0.0
    for officer in days.offices.officers:
        assert officer.manager is not None
        for name, metric in days.world.metrics.items():
            own = name in counting and metric.agency == officer.manager.agency
            force = society.standing_pressure.value + gap(name, officer.office) * (1 + society.urgency.value * f)
            officer.pressure[name] = force * officer.manager.emphasis if own else 0.0


def spread(days: "Days") -> None:
    passed = {
        (manager, name): manager.exposure[name] * _share(manager, days.world.directives[name])
        for manager in days.offices.managers
        for name in days.scenario.directives
    }
    for name in days.scenario.directives:
        entry, lasts = days.world.directives[name], days.in_effect(name)
        for officer in days.offices.officers:
            agency, title = officer.unit.split(".")
            consent = days.world.agencies[agency].units[title].union_consent.value
            agreed = consent if entry.union_consents is None else 1.0 if entry.union_consents else 0.0
            trained = entry.training.value * agreed
            endorsed = passed[officer.manager, name]  # type: ignore[index]
            told = lasts and addressed(entry, officer.unit, officer.office.name)
            aware = _aware(days, name, entry, trained) if told else 0.0
            officer.exposure[name] = aware * (1 - (1 - endorsed) * (1 - trained))
            officer.aware[name] = aware
            officer.answers[name] = aware * entry.monitoring.value * entry.evaluation.value
        for manager in days.offices.managers:
            came = 1.0 if manager.above is None else passed[manager.above, name]
            manager.exposure[name] = came if hears(days, manager, entry) and lasts else 0.0


def hears(days: "Days", manager: Manager, entry: Directive) -> bool:
    if manager.office is not None:
        return addressed(entry, manager.office.unit, manager.office.name)
    mine = [office for office in days.offices.offices if office.unit.split(".")[0] == manager.agency]
    return any(addressed(entry, office.unit, office.name) for office in mine)


def _aware(days: "Days", name: str, entry: Directive, trained: float) -> float:
    society, kept, age = days.world.society, entry.monitoring.value, (days.today - days.reports.starts[name]).days
    heard = 1 - (1 - trained) * exp(-(age + 1) / society.bulletin.value)
    return heard * (kept + (1 - kept) * exp(-society.erosion.value * age))


def _share(manager: Manager, entry: Directive) -> float:
    if manager.above is None:
        return entry.clarity.value
    against = max(0.0, -entry.direction * manager.leaning)
    attention = (1 - manager.emphasis) + manager.emphasis * entry.evaluation.value
    return (exp(-manager.mission * against) * attention) ** (1 / manager.steps)


def remember(days: "Days", made: "list[Row]") -> None:
    society = days.world.society
    fading = 0.5 ** (1 / society.memory.value)
    free = [row for row in made if row["bound"] == 0]
    for office in days.offices.offices:
        for record in office.record.values():
            record[:] = [part * fading for part in record]
    for row in free:
        record = days.offices.officers[row["officer"]].office.record[row["stage"]]
        record[:] = [record[0] + row["p"], record[1] + 1]
    for officer in days.offices.officers:
        officer.lenient *= fading
        officer.expected *= fading
    for row in free:
        officer = days.offices.officers[row["officer"]]
        lenient, decided = officer.office.record[row["stage"]]
        officer.lenient += row["p"]
        officer.expected += lenient / decided


def move_leanings(days: "Days") -> None:
    society, week = days.world.society, days.today.toordinal() // 7
    part = 7 / CONSTANTS["YEAR"]
    for officer in days.offices.officers:
        nu = society.prior.value * officer.office.full_time
        own = society.experience.value * log((officer.lenient + nu) / (officer.expected + nu))
        officer.leaning += (1 - days.offices.cultures[officer.unit].formation.value) * own * part
        agency, title = officer.unit.split(".")
        unit, culture = days.world.agencies[agency].units[title], days.offices.cultures[officer.unit]
        if not officer.vacant and days.draws.u(officer.key, "leaves", week) < 1 - exp(-unit.turnover.value * part):
            own_spread = (1 - culture.formation.value) * culture.spread.value
            recruits = unit.recruits.value
            for _, entry in days.active():
                recruits = entry.recruits[officer.unit].value if officer.unit in entry.recruits else recruits
            luck = days.draws.n(officer.key, "recruit", week)
            officer.leaning = recruits + officer.office.history + own_spread * luck
            officer.lenient = officer.expected = 0.0
