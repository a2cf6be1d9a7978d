"""Why a case would be decided as it would: the terms, the words, and the smallest change that would turn it.

>>> [request] = explain("applicant", "two-desks", scale=1.0)
>>> request.stage, round(request.probability, 2)
('request', 0.62)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from model.agencies.officers import office_names
from model.arguments import unknown_scenario
from model.bureaucracy import BureaucracyModel
from model.errors import InputError
from model.explain.casefile import case_of, load_case, source_of
from model.explain.details import attention, details
from model.explain.flip import smallest_flip
from model.explain.parts import Bound, Change, Explanation, Flip, Practice, Spread
from model.explain.view import as_cases, bounds, considered, settling, typical, views
from model.explain.words import paragraph
from model.rule.situation import Situation
from model.rule.terms import TERM_NAMES, Detail
from model.schema import CaseFile, World
from model.schema.phrases import whose
from model.schema.world import WHOLE
from model.world.loader import DEFAULT_WORLD, load

__all__ = [
    "Bound", "Change", "Detail", "Explanation", "Flip", "Spread", "case_of", "closed_stages", "explain",
    "explain_in", "load_case", "run_to",
]  # fmt: skip


def explain(
    case: str | Path | CaseFile, world: str | Path | World = DEFAULT_WORLD, *, scenario: str | None = None,
    on: date | None = None, seed: int = 1, scale: float = 0.02, agencies: Sequence[str] | None = None,
    settings: Iterable[str] | Mapping[str, object] = (),
) -> list[Explanation]:  # fmt: skip
    """Run a scenario to a day and put a case before every unit that would decide it.

    Args:
        case: the name of a case of the world, the path of a case file, or a `CaseFile` (see `case_of`).
        world: the name of a shipped world, the folder of another, or a `World`.
        scenario: instead of the one that the case names.
        on: the day, instead of the one that the case names; exposure, pressure and backlog are its.
        seed: of the run.
        scale: of the run; officers are fewer at a smaller scale, and alike.
        agencies: only decisions of these, by name or title.
        settings: parameters to move, as ``path=value`` texts or a mapping; not with a `World`.

    Raises:
        InputError: anything that cannot be used, another rule than the whole one, or no decision left to explain.
    """
    if isinstance(world, World) and settings:
        raise InputError("settings move the files of a world; give its name or folder", where="world")
    typed = world if isinstance(world, World) else load(world, settings)
    file = case if isinstance(case, CaseFile) else load_case(case, typed)
    model = run_to(typed, scenario or file.scenario, on or file.on, seed, scale)
    return explain_in(model, file, agencies)


def run_to(
    world: World, scenario: str, on: date, seed: int, scale: float,
    progress: Callable[[int, int], None] | None = None,
) -> BureaucracyModel:  # fmt: skip
    """The world under a scenario, run to the evening of a day."""
    if world.rule.name != WHOLE:
        raise InputError(
            "an explanation takes the whole rule apart, and another decides here", where="rule.name",
            found=world.rule.name, allowed=WHOLE,
        )  # fmt: skip
    if scenario not in world.scenarios:
        raise unknown_scenario(world, scenario, "scenario")
    start, end = world.scenarios[scenario].start, world.scenarios[scenario].end
    if not start <= on <= end:
        raise InputError(
            "a day outside the scenario", where="on", found=str(on), allowed=f"{start} to {end} ({scenario})"
        )
    return BureaucracyModel(scenario, scale, seed=seed, world=world, until=on).run(progress)


def explain_in(model: BureaucracyModel, file: CaseFile, agencies: Sequence[str] | None = None) -> list[Explanation]:
    """Put a case before the units of a model that has been run to some day, stage by stage."""
    wanted, closed = _agencies(model.world, agencies), closed_stages(model, file)
    stages = [s for s in file.stages if s not in closed and _unit(model, s).split(".")[0] in wanted]
    if not stages:
        raise InputError(
            "no decision to explain", where="agency", found=", ".join(agencies or wanted),
            allowed="; ".join(
                f"{stage} ({'not open that day' if stage in closed else _unit(model, stage)})"
                for stage in file.stages
            ),
        )  # fmt: skip
    return [_explained(model, file, stage) for stage in stages]


def closed_stages(model: BureaucracyModel, file: CaseFile) -> list[str]:
    """The stages of a case that only a directive opens which is not in effect: nobody can ask there."""
    world = model.world
    active = {n for n, on in zip(model.directive_names, model.directives.active, strict=True) if on}
    opened_by = {mix: name for name, entry in world.directives.items() for mix in entry.opens}
    edges = [edge for stage in world.stages.values() for edge in (*stage.favourable, *stage.unfavourable)]
    reached = {edge.to for edge in edges}

    def closed(stage: str) -> bool:
        brought = [name for name, mix in world.mixes.items() if mix.stage == stage]
        shut = [mix for mix in brought if mix in opened_by and opened_by[mix] not in active]
        return stage not in reached and bool(brought) and shut == brought

    return [stage for stage in file.stages if closed(stage)]


def _agencies(world: World, named: Sequence[str] | None) -> set[str]:
    if not named:
        return set(world.agencies)
    by_name = {alias.lower(): name for name, a in world.agencies.items() for alias in (name, a.title)}
    for name in named:
        if name.lower() not in by_name:
            titles = [agency.title for agency in world.agencies.values()]
            raise InputError("no such agency", where="agency", found=name, known=titles)
    return {by_name[name.lower()] for name in named}


def _unit(model: BureaucracyModel, stage: str) -> str:
    return model.world.units()[int(model.stages.unit[model.stage_names.index(stage)])]


def _explained(model: BureaucracyModel, file: CaseFile, stage: str) -> Explanation:
    world, entry = model.world, model.world.stages[stage]
    mix = source_of(file.person, stage, world)
    seen = views(model, as_cases(model, [file.person], file.area, mix), stage)
    view = typical(seen)
    made = considered(view)
    low, high = (float(q) for q in np.quantile([considered(one).p for one in seen], [0.1, 0.9]))
    agency, unit = _unit(model, stage).split(".")
    found = Explanation(
        case=file.title, agency=world.agencies[agency].title, unit=f"{agency}.{unit}",
        unit_title=world.agencies[agency].units[unit].title, stage=stage, title=entry.title,
        labels={str(outcome): label for outcome, label in entry.labels.items()},
        scenario=model.scenario_name, on=model.today, probability=float(made.p), notice=float(made.notice),
        judgment=float(made.judgment), unnoticed=entry.unnoticed, threshold=entry.threshold.value,
        law=_law(view, world), custom=_custom(view, world),
        terms={term: float(value) + 0.0 for term, value in zip(TERM_NAMES, made.terms, strict=True)},
        officer=view.officer, office=office_names(world)[model.desks.office[view.officer]][1],
        spread=Spread(len(seen), low, high),
        details=details(view, model), attention=attention(view),
        flip=smallest_flip(view, model, file.person, file.area, mix), words="",
    )  # fmt: skip
    return replace(found, words=paragraph(found, whose(f"{agency}.{unit}", world)))


def _law(view: Situation, world: World) -> Bound | None:
    for law, _ in bounds(view):
        name, entry = list(world.laws.items())[law]
        return Bound(name, entry.title, entry.must, entry.source)
    return None


def _custom(view: Situation, world: World) -> Practice | None:
    if not bounds(view):
        for custom, share in settling(view):
            name, entry = list(world.customs.items())[custom]
            if share > 0.0:
                return Practice(name, entry.title, entry.must, share, entry.source)
    return None
