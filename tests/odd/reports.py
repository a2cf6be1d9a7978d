"""Section 7.16 of docs/odd.md: reports that climb, attention from outside, consultation and answers."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from model.schema import Answer, Directive, Report
from model.schema.directive import Increase
from tests.odd.minds import hears
from tests.odd.offices import Manager

if TYPE_CHECKING:
    from tests.odd.days import Days


class Reports:
    """What is reported, believed and seen; and the days of directives, which answers move."""

    def __init__(self, days: "Days") -> None:
        self.days, self.world = days, days.world
        names = days.scenario.directives
        entries = [(name, self.world.directives[name]) for name in names]
        self.waiting = {answer.issues for _, entry in entries for answer in entry.answers if answer.issues}
        self.starts: dict[str, date] = {n: entry.start for n, entry in entries if n not in self.waiting}
        self.ends: dict[str, date] = {n: entry.end for n, entry in entries if entry.end and n not in self.waiting}
        for name, entry in entries:
            if name in self.starts:
                self._supersede(entry, self.starts[name])
        self.asked = {(name, agency): entry.start - timedelta(days=ahead.value) for name, entry in entries
                      if name in self.starts for agency, ahead in entry.consults.items()}  # fmt: skip
        self.open = {name: list(entry.answers) for name, entry in entries}
        self.truth = dict.fromkeys(self.world.reports, 0.0)
        self.known = {(agency, name): 0.0 for agency in self.world.agencies for name in self.world.reports}
        self.foreseen: dict[tuple[str, str], float] = {}
        self.told_all: set[tuple[str, str]] = set()
        self.attention = 0.0

    def _supersede(self, entry: Directive, start: date) -> None:
        for old in entry.supersedes:
            if old in self.days.scenario.directives:
                self.ends[old] = min(self.ends.get(old, start), start)

    def there(self, name: str, more: Increase) -> date:
        entry = self.days.world.directives[name]
        first = self.asked.get((name, more.by), self.starts.get(name, entry.start)) if more.by else self.starts[name]
        return first + timedelta(days=more.delay.value)

    # Sundays

    def climb(self) -> None:
        how = self.world.reporting
        if how is None or not self.world.reports:
            return
        for name, report in self.world.reports.items():
            bad = (self._extent(report) - report.begins.value) / (report.full.value - report.begins.value)
            self.truth[name] = min(1.0, max(0.0, bad))
        seen = max(report.visible.value * self.truth[name] for name, report in self.world.reports.items())
        self.attention = max(seen, self.attention * 0.5 ** (7 / how.attention.value))
        managers = self.days.offices.managers
        share = {id(one): (how.candour.value * (1 - self._judged(one))) ** (1 / one.steps) for one in managers}
        for name, report in self.world.reports.items():
            before = {id(one): one.believes.get(name, 0.0) for one in managers}
            for one in managers:
                if one.agency == report.agency:
                    told = [before[id(low)] * share[id(low)] for low in managers if low.above is one]
                    one.believes[name] = sum(told) / len(told) if told else self.truth[name]
            self._tell(name, report, how.contact.value)

    def _tell(self, name: str, report: Report, contact: float) -> None:
        head = next(one for one in self.days.offices.managers if one.above is None and one.agency == report.agency)
        for agency in self.world.agencies:
            heard = 1.0 if agency == report.agency or (agency, name) in self.told_all else max(contact, self.attention)
            self.known[agency, name] = max(self.foreseen.get((agency, name), 0.0), heard * head.believes[name])

    def _judged(self, manager: Manager) -> float:
        active = [entry.evaluation.value for _, entry in self.days.active() if hears(self.days, manager, entry)]
        return max([manager.emphasis, *active])

    def _extent(self, report: Report) -> float:
        days, ways = self.days, self.days.ways
        if report.resource:
            mine = [pool for pool in ways.pools if pool[0] == report.resource]
            amount = sum(ways.amount(pool) for pool in mine)
            return sum(ways.used[pool] for pool in mine) / amount if amount > 0 else 0.0
        if report.waiting:
            found = [case for case in days.cases if case.place == report.waiting]
        elif report.apart:
            found = [case for case in days.cases if case.separated >= 0 and case.place in self.world.stages]
        else:
            clock = report.clock or ""
            limit = self.world.clocks[clock].limit.value
            found = [case for case in days.cases if ways.clock_at.get(case.place) == clock
                     and days.day - case.since > limit]  # fmt: skip
        return len(found) / days.scale

    # Mornings

    def answer(self) -> None:
        for (name, agency), when in self.asked.items():
            if when == self.days.today or (self.days.day == 0 and when < self.days.today):
                self._consult(name, agency)
        looks = self.days.today in self.asked.values() or (self.days.today.weekday() == 0 and self.days.day > 0)
        for name, entry in self.days.all_directives() if looks else ():
            for one in list(self.open[name]):
                if self._due(name, entry, one):
                    self.open[name].remove(one)
                    self._do(name, one)

    def _issuer(self, entry: Directive) -> str:
        return entry.to[0].split(".")[0] if entry.to else ""

    def _consult(self, name: str, agency: str) -> None:
        entry = self.days.world.directives[name]
        issuer = self._issuer(entry)
        for title, report in self.world.reports.items():
            if report.agency == agency and issuer in self.world.agencies:
                self.told_all.add((issuer, title))
                expects = entry.expects[title].value if title in entry.expects else 0.0
                self.foreseen[issuer, title] = max(self.foreseen.get((issuer, title), 0.0), expects)
                self.known[issuer, title] = max(self.known[issuer, title], self.foreseen[issuer, title])

    def _due(self, name: str, entry: Directive, answer: Answer) -> bool:
        today, start = self.days.today, self.starts.get(name)
        before = start is None or today < start
        asked = any(one == name and when <= today for (one, _), when in self.asked.items())
        if (name in self.ends and today >= self.ends[name]) or (before and not asked):
            return False
        if answer.puts_off and not before:
            return False
        known = self.attention if answer.hears == "attention" else self.known.get((self._issuer(entry), answer.hears))
        return known is not None and known >= answer.above.value

    def _do(self, name: str, answer: Answer) -> None:
        effect = self.days.today + timedelta(days=answer.after.value)
        if answer.puts_off:
            later = timedelta(days=answer.puts_off.value)
            self.starts[name] += later
            if name in self.ends:
                self.ends[name] += later
        elif answer.ends:
            self.ends[name] = min(self.ends.get(name, effect), effect)
        elif answer.issues and answer.issues not in self.starts:
            entry = self.days.world.directives[answer.issues]
            self.starts[answer.issues] = effect
            if entry.end:
                self.ends[answer.issues] = effect + (entry.end - entry.start)
            self._supersede(entry, effect)
