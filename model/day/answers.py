"""Consultation before a directive starts, and what is done about it as reports come in.

On the day on which agencies are consulted (`Directive.consults`), its issuer learns what they expect of it, and from
then on hears all of what they believe. The issuer sits at the head of the agency that the directive addresses first.
Each Monday, and on such a day, every directive that is to come or in effect is held against its answers: where the
issuer believes a report, or attention is, as bad as the answer says, it is done, once, after the days that it takes.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.agencies.exposure import FAR, Issued
from model.schema import Answer

if TYPE_CHECKING:
    from model.built import Built

ATTENTION = "attention"


class Done(NamedTuple):
    """An answer that was given: on which day, by which directive's issuer, to what, and the day of its effect."""

    day: int
    directive: str
    answer: Answer
    effect: int


class Answers:
    """Changes the days of directives as their issuers come to believe what is reported."""

    def __init__(self, model: "Built", texts: Issued) -> None:
        """Find who is asked when, and which answers there are."""
        self.model, self.texts, self.given = model, texts, list[Done]()
        agencies = {name: at for at, name in enumerate(model.world.agencies)}
        rows = [model.world.directives[name] for name in model.directive_names]
        self._issuer = [agencies.get(row.to[0].split(".")[0], -1) if row.to else -1 for row in rows]
        self._open = {text: list(row.answers) for text, row in enumerate(rows) if row.answers}
        self.asked = {
            (text, agency): int(texts.start[text]) - int(ahead.value)
            for text, row in enumerate(rows) for agency, ahead in row.consults.items() if texts.start[text] < FAR
        }  # fmt: skip

    @property
    def days(self) -> set[int]:
        """Those on which something may have to be done: Mondays, if there is an answer, and those of consultation."""
        mondays = np.flatnonzero(self.model.calendar.sunday[:-1]) + 1
        return {*(mondays.tolist() if self._open else []), *self.asked.values()}

    def step(self, day: int) -> set[int]:
        """Ask and answer on the morning of a day; returns the days of effect."""
        for (text, agency), when in self.asked.items():
            if when == day or (day == 0 and when < 0):
                self._consult(text, agency)
        if day not in self.days:
            return set()
        due = [(text, answer) for text, listed in self._open.items() for answer in listed]
        effects = [self._answered(day, text, answer) for text, answer in due]
        return {effect for effect in effects if effect is not None}

    def _consult(self, text: int, agency: str) -> None:
        world, heard = self.model.world, self.model.heard
        row, issuer = world.directives[self.model.directive_names[text]], self._issuer[text]
        for at, (name, report) in enumerate(world.reports.items()):
            if report.agency == agency and issuer >= 0:
                heard.contact[issuer, at] = 1.0
                if name in row.expects:
                    heard.foreseen[issuer, at] = max(heard.foreseen[issuer, at], row.expects[name].value)
                heard.known[issuer, at] = max(heard.known[issuer, at], heard.foreseen[issuer, at])

    def _answered(self, day: int, text: int, answer: Answer) -> int | None:
        """Do what an answer says, where it is due; returns the day of its effect, None if it is not."""
        start, end = self.texts.start, self.texts.end
        before = bool(day < start[text])
        asked = any(when <= day for (one, _), when in self.asked.items() if one == text)
        if day >= end[text] or (before and not asked) or (answer.puts_off and not before):
            return None
        if answer.issues and answer.issues not in self.model.directive_names:
            return None
        heard, reports = self.model.heard, list(self.model.world.reports)
        if answer.hears == ATTENTION:
            believed = heard.attention[0]
        elif answer.hears in reports and self._issuer[text] >= 0:
            believed = heard.known[self._issuer[text], reports.index(answer.hears)]
        else:
            return None
        if believed < answer.above.value:
            return None
        effect = day + int(answer.after.value)
        if answer.puts_off:
            start[text] += int(answer.puts_off.value)
            end[text] += int(answer.puts_off.value) if end[text] < FAR else 0
            effect = int(start[text])
        elif answer.ends:
            end[text] = min(int(end[text]), effect)
        else:
            self._issue(str(answer.issues), effect)
        self._open[text].remove(answer)
        self.given.append(Done(day, self.model.directive_names[text], answer, effect))
        return effect

    def _issue(self, name: str, effect: int) -> None:
        """A directive starts as an answer, and ends those that it supersedes; one that is in effect stays as it is."""
        names = self.model.directive_names
        text, row = names.index(name), self.model.world.directives[name]
        if self.texts.start[text] < FAR:
            return
        self.texts.start[text] = effect
        self.texts.end[text] = FAR if row.end is None else effect + (row.end - row.start).days
        for old in row.supersedes:
            if old in names:
                self.texts.end[names.index(old)] = min(int(self.texts.end[names.index(old)]), effect)
