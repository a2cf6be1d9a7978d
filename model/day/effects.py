"""What directives change beside minds: laws, metrics, targets, who decides, resources, staff, recruits, reviews."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from model.agencies.exposure import FAR, Issued, in_effect
from model.agencies.pressure import update_targets, year_of
from model.day.answers import Answers
from model.day.intake import order_review
from model.day.pools import amounts
from model.day.pools import names as pool_names
from model.rule.rule_columns import metrics as metric_columns
from model.schema.directive import Increase

if TYPE_CHECKING:
    from model.built import Built


class Effects:
    """Keeps the columns of a model in line with the directives and laws in effect."""

    def __init__(self, model: "Built", texts: Issued) -> None:
        """Find the days on which anything changes."""
        self.model, self.texts = model, texts
        world, first = model.world, model.start
        days = {0, *texts.start.tolist(), *texts.end.tolist()}
        dates = [when for law in world.laws.values() for when in (law.starts, law.ends)]
        dates += [metric.starts for metric in world.metrics.values()]
        days |= {(when - first).days for when in dates if when is not None}
        self.answers = Answers(model, texts)
        self._full_hours = model.hours.copy()
        self._days = days | self.answers.days
        for text in range(len(texts.start)):
            self._days |= self._promised(text)

    def _promised(self, text: int) -> set[int]:
        """The days on which what a directive promises is there."""
        row = self.model.world.directives[self.model.directive_names[text]]
        start = int(self.texts.start[text])
        return {self._there(text, more) for more in row.resources.values()} | {
            start + int(more.delay.value) for more in row.staff.values()
        }

    def _there(self, text: int, more: Increase) -> int:
        """The day on which more of a resource is there: so long after the start, or after who finds it was asked."""
        known = int(self.texts.start[text]) if more.by is None else self.answers.asked.get((text, more.by))
        return (int(self.texts.start[text]) if known is None else known) + int(more.delay.value)

    def until(self, day: int) -> int:
        """The next day on which anything changes."""
        return min((other for other in self._days if other > day), default=FAR)

    def step(self, day: int, today: date) -> None:
        """Apply what changes on a day; nothing on most days."""
        if day not in self._days:
            return
        if effects := self.answers.step(day):
            self._days |= effects.union(*(self._promised(text) for text in range(len(self.texts.start))))
        now, active = in_effect(self.texts, day), self._active(day)
        self.model.directives.active[:] = now
        self._laws(active, today)
        self._metrics(active, today)
        self._seats(active)
        self._resources(day)
        self._staff(day)
        for at, name in enumerate(self.model.directive_names):
            if now[at] and max(int(self.texts.start[at]), 0) == day:
                self._review(name)

    def year_so_far(self) -> None:
        """What was due of each metric before the watch, by what was in effect in that fiscal year; and it was done."""
        start, targets, society = self.model.start, self.model.targets, self.model.society
        first, length = year_of(start, self.model.world.fiscal_year_start)
        over = (start - first).days
        for before in range(over, 0, -1):
            if before == over or -before in self._days:
                self._metrics(self._active(-before), start - timedelta(days=before))
            update_targets(
                before == over, float(over - before), float(length), society.standing_pressure, society.urgency,
                self.model.metrics.in_force, targets,
            )  # fmt: skip
        year = str(first.year if self.model.world.fiscal_year_start == 1 else first.year + 1)
        pace = [row.pace[year].value if year in row.pace else 1.0 for row in self.model.world.metrics.values()]
        targets.done[:] = targets.due * np.array(pace).reshape(-1, 1)

    def _active(self, day: int) -> list[str]:
        return [name for name, on in zip(self.model.directive_names, in_effect(self.texts, day), strict=True) if on]

    def _laws(self, active: list[str], today: date) -> None:
        world = self.model.world
        for at, (name, law) in enumerate(world.laws.items()):
            force = law.in_force
            for directive in active:
                force = (force or name in world.directives[directive].imposes) and (
                    name not in world.directives[directive].lifts
                )
            dated = (law.starts is None or law.starts <= today) and (law.ends is None or today < law.ends)
            self.model.laws.in_force[at] = force and dated

    def _metrics(self, active: list[str], today: date) -> None:
        world = self.model.world
        counting = [world.directives[directive] for directive in active]
        for at, (name, metric) in enumerate(world.metrics.items()):
            force = metric.in_force or any(name in d.counts for d in counting)
            self.model.metrics.in_force[at] = force and (metric.starts is None or metric.starts <= today)
            target = metric.target.value
            for directive in counting:
                target = directive.targets[name].value if name in directive.targets else target
            self.model.targets.target[at] = target * self.model.scale

    def _seats(self, active: list[str]) -> None:
        """Whose decision each stage is, and who is hired."""
        model, world = self.model, self.model.world
        units = world.units()
        decider = {name: stage.decider for name, stage in world.stages.items()}
        recruits = [u.recruits.value for agency in world.agencies.values() for u in agency.units.values()]
        for name in active:
            decider |= world.directives[name].moves
            for unit, leaning in world.directives[name].recruits.items():
                recruits[units.index(unit)] = leaning.value
        model.units.recruits[:] = recruits
        model.stages.unit[:] = [units.index(decider[stage]) for stage in model.stage_names]
        columns = metric_columns(world, model.register, decider)
        model.metrics.credit[:], model.metrics.hastens[:] = columns.credit, columns.hastens

    def _resources(self, day: int) -> None:
        world, model = self.model.world, self.model
        amount, rows = amounts(world), pool_names(world)
        now = in_effect(self.texts, day)
        for at, name in enumerate(model.directive_names):
            for resource, more in world.directives[name].resources.items():
                there = self._there(at, more)
                if day >= there and (now[at] or there <= day < self.texts.start[at]):
                    for area, extra in more.amounts.items() or (("", more.amount),):
                        amount[rows.index((resource, area))] += extra.value if extra else 0.0
        model.amount[:] = amount * model.scale

    def _staff(self, day: int) -> None:
        """Hours of each officer, with those of the people who have been added to the unit."""
        world, model, now = self.model.world, self.model, in_effect(self.texts, day)
        units = {f"{agency}.{name}": unit for agency, entry in world.agencies.items()
                 for name, unit in entry.units.items()}  # fmt: skip
        added = dict.fromkeys(units, 0.0)
        for at, name in enumerate(model.directive_names):
            for unit, more in world.directives[name].staff.items():
                if now[at] and day >= self.texts.start[at] + more.delay.value:
                    added[unit] += more.heads(units[unit].hours.value)
        grown = np.array([1.0 + added[name] / unit.staff.value for name, unit in units.items()])
        model.hours[:] = self._full_hours * grown[model.desks.unit]

    def _review(self, name: str) -> None:
        model = self.model
        review = model.world.directives[name].review
        if review is not None:
            model.reviewed += order_review(
                model.stage_names.index(review.pending_at), model.stage_names.index(review.by),
                model.register.number(review.when), model.ways, model.traffic,
            )  # fmt: skip
