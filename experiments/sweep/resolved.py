"""A plan set against its world: every path, range, scenario and target is known to be there before anything runs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.sweep.factors import Factor, Varied, plain
from experiments.sweep.outputs import Job, Target, check_target, scenario_of
from experiments.sweep.plan import Plan, Source
from experiments.twin import matched
from model.errors import InputError
from model.schema import Quantity, World
from model.world.checks import quantities
from model.world.checks.days import check_scenario
from model.world.loader import WORLDS, load, move, read, worlds
from model.world.rule_files import name_the_rule


@dataclass(frozen=True)
class Resolved:
    """A plan that can be run.

    Attributes:
        plan: as it was read.
        text: of its file.
        folder: where its world lies.
        world: with the plan's settings.
        factors: what varies, in the plan's order.
        target: what an analysis looks at, if the plan names it.
    """

    plan: Plan
    text: str
    folder: Path
    world: World
    factors: tuple[Factor, ...]
    target: Target | None

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All that are run."""
        return (*self.plan.scenarios, *([self.plan.against] if self.plan.against else []))

    def job(self, scenario: str, world: Path | None = None) -> Job:
        """What all runs of a scenario have in common; ``world`` is another copy of the same world."""
        plan = self.plan
        without = None if plan.without is None else tuple(plan.without)
        return Job(
            str(world or self.folder), scenario, plan.scale, plan.until, tuple(plan.outputs), without, plan.against,
            tuple(plan.settings.items()),
        )  # fmt: skip


def resolve(source: Source, world: Path | None = None) -> Resolved:
    """Set a plan against its world.

    Args:
        source: the plan.
        world: the folder of a copy of its world, in place of the one that it names.

    Raises:
        InputError: a world, path, value, range, scenario, day or target that there is not, or that is not allowed.
    """
    plan, name = source.plan, source.path.name
    shipped = WORLDS / plan.world if plan.world in worlds() else None
    folder = world or shipped or (source.path.parent / plan.world).resolve()
    with_settings = _loaded(folder, plan.settings, f"{name}: settings" if plan.settings else f"{name}: world")
    known = dict(quantities(with_settings))
    document = read(folder)
    name_the_rule(document)
    tables = document.tables
    factors = tuple(
        replace(_factor(path, varied, known.get(path), tables, f'{name}: vary."{path}"'), group=varied.group)
        for path, varied in plan.vary.items()
    )
    for factor in factors:
        if plan.design.kind == "one-at-a-time":
            _own_is_there(factor, f'{name}: vary."{factor.path}"')
        ends = factor.values or (factor.low, factor.high)
        for value in ends:
            _loaded(folder, {**plan.settings, factor.path: value}, f'{name}: vary."{factor.path}"')
    target = check_target(plan.target, plan.outputs, with_settings, f"{name}: target") if plan.target else None
    found = Resolved(plan, source.text, folder, with_settings, factors, target)
    for scenario in plan.scenarios:
        job = found.job(scenario)
        watched = scenario_of(with_settings, job)
        check_scenario(with_settings, watched)
        if plan.paired:
            matched(with_settings, watched, plan.without, plan.against)
    return found


def _factor(path: str, varied: Varied, entry: object, tables: dict[str, Any], where: str) -> Factor:
    own = entry.value if isinstance(entry, Quantity) else plain(_own(tables, path, where))
    if varied.values is not None:
        found = Factor(path, 0.0, float(len(varied.values) - 1), tuple(varied.values), own=own)
        return replace(found, values=tuple(sorted(varied.values))) if found.numeric else found
    allowed = entry.bounds if isinstance(entry, Quantity) else (0.0, 1.0)
    if isinstance(own, bool) or not isinstance(own, int | float):
        raise InputError("no number, and so without a range", where=where, found=own, allowed="values = [...]")
    given = varied.range or (list(entry.range) if isinstance(entry, Quantity) and entry.range else None)
    if given is None:
        raise InputError("the world gives it no range of its own", where=where, allowed="range = [lowest, highest]")
    low, high = given
    if not (allowed[0] <= low and high <= allowed[1]):
        raise InputError(
            "a range outside what the world allows", where=where, found=given,
            allowed=f"{allowed[0]:,.10g} to {allowed[1]:,.10g}",
        )  # fmt: skip
    shape = {"triangular": (varied.mode,), "normal": (varied.mean, varied.sd)}.get(varied.distribution or "", ())
    if varied.distribution == "log-uniform" and low <= 0.0:
        raise InputError("a logarithm needs a range above 0", where=where, found=given, allowed="above 0")
    if varied.distribution == "triangular" and not low <= float(varied.mode or 0.0) <= high:
        raise InputError("a mode outside the range", where=where, found=varied.mode, allowed=f"{low:g} to {high:g}")
    law = varied.distribution or "uniform"
    return Factor(path, low, high, None, law, tuple(float(part or 0.0) for part in shape), own)


def _own_is_there(factor: Factor, where: str) -> None:
    """Raise InputError if one at a time would have nowhere to start from."""
    known = factor.low <= factor.own <= factor.high if factor.values is None else factor.own in factor.values
    if not known:
        raise InputError(
            "the world's own value, where one at a time begins, is outside of what varies", where=where,
            found=list(factor.values or (factor.low, factor.high)), allowed=f"{factor.own} among them",
        )  # fmt: skip


def _own(tables: dict[str, Any], path: str, where: str) -> Any:
    """The value that stands at a path of the world's files."""
    try:
        keys = move(dict(tables), path, 0)
    except InputError as error:
        raise _moved(error, where) from None
    inside: Any = tables
    for key in keys:
        inside = inside[key]
    return inside


def _loaded(folder: Path, settings: Mapping[str, Any], where: str) -> World:
    try:
        return load(folder, settings)
    except InputError as error:
        raise _moved(error, where) if settings else error from None


def _moved(error: InputError, where: str) -> InputError:
    """The same error, told where it stands in the plan."""
    nearest = [error.nearest] if error.nearest else []
    return InputError(error.what, where=where, found=error.found, allowed=error.allowed, known=nearest)
