"""What could be otherwise about the officer, the agency, a directive or the law, for one decision."""

from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from model.bureaucracy import BureaucracyModel
from model.cases.conditions import ALWAYS, NEVER
from model.explain.parts import Change
from model.explain.view import bounds, considered
from model.rule.situation import Situation
from model.rule.terms import TERM_NAMES
from model.rule.terms.directive import scope_of
from model.schema.phrases import whose

Kind = TypeVar("Kind", bound=np.generic)
FULLY = 0.999
"""Attention or exposure beyond which there is nothing left to add."""


def levers(view: Situation, model: BureaucracyModel, way: int) -> Iterator[Change]:
    """Changes that favour leniency (``way`` +1) or speak against it (-1); the order is fixed."""
    yield from _laws(view, model, way)
    yield from _notice(view, model, way)
    yield from _culture(view, model, way)
    yield from _lens(view, way)
    for text in view.speaking():
        yield from _directive(view, model, text, way)
    yield from _pressure(view, way)


def _laws(view: Situation, model: BureaucracyModel, way: int) -> Iterator[Change]:
    for law, bound in bounds(view):
        if bound == -way:
            name, entry = list(model.world.laws.items())[law]

            def lifted(other: Situation, law: int = law) -> Situation:
                laws = other.columns.laws
                return other.having(laws=laws._replace(in_force=_put(laws.in_force, law, False)))

            yield Change(f"law {name}", "lifted", f"the law “{entry.title}” did not bind", view=lifted)


def _notice(view: Situation, model: BureaucracyModel, way: int) -> Iterator[Change]:
    wanted, clause = 1.0, "every file were looked at as an individual matter"
    more = way if model.world.stages[model.stage_names[view.stage]].unnoticed == "unfavourable" else -way
    if more < 0:
        habit, units = view.columns.units.habit.min(axis=1), model.world.units()
        elsewhere = [row for row, unit in enumerate(units) if _agency(unit) != _agency(units[view.unit])]
        if not elsewhere:
            return
        row = min(elsewhere, key=lambda row: habit[row])
        wanted = float(habit[row])
        clause = f"files were looked at as seldom as by {whose(units[row], model.world)}"
    if more * (wanted - considered(view).notice) <= 1.0 - FULLY:
        return

    def made(other: Situation) -> Situation:
        office = int(other.columns.desks.office[other.officer])
        return other.having(habits=_put(other.columns.habits, (office, other.stage), wanted))

    yield Change("notice", f"habit {wanted:g}", clause, view=made)


def _culture(view: Situation, model: BureaucracyModel, way: int) -> Iterator[Change]:
    own = _agency(model.world.units()[view.unit])
    leanings = {name: a.culture.orientation.value for name, a in model.world.agencies.items() if name != own}
    if not leanings:
        return
    other_agency = max(leanings, key=lambda name: way * leanings[name])
    wanted = leanings[other_agency]
    if way * (wanted - view.columns.desks.orientation[view.officer]) <= 0.0:
        return

    def made(other: Situation) -> Situation:
        return other.having(
            desks=other.columns.desks._replace(orientation=_put(other.columns.desks.orientation, other.officer, wanted))
        )

    title = model.world.agencies[other_agency].title
    yield Change("culture", f"leaning {wanted:+g}", f"the officer had the leaning of {title}", view=made)


def _lens(view: Situation, way: int) -> Iterator[Change]:
    """The milder (or the harder) of the two ways to see a conviction: by its grade, or as such."""
    level = view.columns.cases.level[view.case]
    graded_is_milder = view.columns.rule.grades[level] < view.columns.rule.conviction
    wanted = 0.0 if (way > 0) == graded_is_milder else 1.0
    if level == 0 or view.columns.units.lens[view.unit] == wanted:
        return

    def made(other: Situation) -> Situation:
        return other.having(units=other.columns.units._replace(lens=_put(other.columns.units.lens, other.unit, wanted)))

    to, clause = "graded", "convictions were weighed by how serious they are, not counted as such"
    if wanted == 1.0:
        to, clause = "categorical", "any conviction counted as such, however serious or minor"
    yield Change("lens", to, clause, view=made)


def _directive(view: Situation, model: BureaucracyModel, text: int, way: int) -> Iterator[Change]:
    """Its scope, in so many words; and how far it has reached the officer."""
    name = model.directive_names[text]
    title = f"“{model.world.directives[name].title}”"
    along = view.columns.directives.direction[text] * way > 0
    scope = scope_of(view.columns.cases.bits, view.case, text, view.columns.directives)

    def said(other: Situation) -> Situation:
        texts = other.columns.directives
        includes = _put(texts.includes, text, ALWAYS if along else NEVER)
        excludes = _put(texts.excludes, text, NEVER if along else ALWAYS)
        return other.having(directives=texts._replace(includes=includes, excludes=excludes))

    def reached(other: Situation) -> Situation:
        exposure = _put(other.columns.desks.exposure, (other.officer, text), 1.0 if along else 0.0)
        return other.having(desks=other.columns.desks._replace(exposure=exposure))

    if scope != (1 if along else 0):
        level = int(view.columns.cases.level[view.case])
        whom = list(model.world.words.levels.values())[level] if level else "a case like this"
        to, verb = ("in", "covered") if along else ("out", "left out")
        yield Change(f"{name} scope", to, f"{title} {verb} {whom} in so many words", view=said)
    here = view.columns.desks.exposure[view.officer, text]
    if along and here < FULLY:
        yield Change(f"{name} exposure", "1", f"{title} had reached the officer undiluted", view=reached)
    if not along and here > 1.0 - FULLY:
        yield Change(f"{name} exposure", "0", f"{title} had never reached the officer", view=reached)


def _pressure(view: Situation, way: int) -> Iterator[Change]:
    if way * considered(view).terms[TERM_NAMES.index("metrics")] >= 0.0:
        return

    def made(other: Situation) -> Situation:
        pressure = _put(other.columns.desks.pressure, other.officer, 0.0)
        return other.having(desks=other.columns.desks._replace(pressure=pressure))

    yield Change("pressure", "0", "nothing were counted", view=made)


def _agency(unit: str) -> str:
    return unit.split(".")[0]


def _put(column: npt.NDArray[Kind], at: int | tuple[int, int], value: Any) -> npt.NDArray[Kind]:
    """A copy of a column with one place changed."""
    changed = column.copy()
    changed[at] = value
    return changed
