"""Where a dose of a directive could change nothing, and why."""

from collections.abc import Mapping

from model.schema import Directive, World
from model.schema.agency import Unit
from model.schema.directive import addresses
from model.world.checks.common import deciders

NOTHING = "its text asks nothing of anybody"
ANSWERED = ("training", "monitoring", "evaluation")
"""What decides how far officers expect to answer for a directive, whether or not they are won over."""


def undefined(world: World, name: str, over: str) -> str:
    """Why no dose of a kind could change anything under a directive; nothing if it could.

    >>> from model import load
    >>> undefined(load(), "detainer-2012", "training")
    'the union of ice.officers lets no training through'
    >>> undefined(load(), "detainer-2012", "clarity")
    ''
    """
    directive = world.directives[name]
    if over == "notice":
        later = any(more.delay.value > 0.0 for more in directive.resources.values())
        return "" if later else "it promises no resource that could come earlier"
    heard = [(stage, unit) for stage, units in deciders(world).items() for unit in sorted(units)
             if (directive.stages is None or stage in directive.stages) and addresses(directive.to, unit)]  # fmt: skip
    if not heard:
        return "it speaks to no decision"
    units = {unit: _unit(world, unit) for _, unit in heard}
    orders = any(units[unit].habits.get(stage, units[unit].habit).value < 1.0 for stage, unit in heard)
    if over == "mandate":
        return "" if orders else "those who decide look at every case by custom"
    if not _asks(directive) and not (over in ANSWERED and _answers(world, directive)):
        if over == "strength":
            return NOTHING
        if not (orders and directive.mandate.value):
            return f"{NOTHING}, and makes nobody look"
    why = {"training": _untrained, "monitoring": _unforgotten, "evaluation": _uncounted}.get(over)
    return why(world, directive, units) if why else ""


def _asks(directive: Directive) -> bool:
    """Whether the text asks anything of anybody: it has somebody in its scope, and some meaning."""
    somebody = bool(directive.scope.include) or directive.scope.otherwise != "out"
    return somebody and directive.meaning.value > 0.0


def _answers(world: World, directive: Directive) -> bool:
    """Whether officers have something at stake in cases that the text names."""
    named = bool(directive.scope.include) or directive.scope.otherwise == "in"
    return named and world.rule.stake.value > 0.0 and directive.latitude.value < 1.0


def _untrained(world: World, directive: Directive, units: Mapping[str, Unit]) -> str:
    agreed = directive.union_consents
    reached = any(unit.union_consent.value > 0.0 for unit in units.values()) if agreed is None else agreed
    return "" if reached else f"the union of {' and '.join(units)} lets no training through"


def _unforgotten(world: World, directive: Directive, units: Mapping[str, Unit]) -> str:
    answered = _answers(world, directive) and directive.evaluation.value > 0.0
    return "" if answered or world.society.erosion.value > 0.0 else "nothing is forgotten in this world"


def _uncounted(world: World, directive: Directive, units: Mapping[str, Unit]) -> str:
    """Evaluation counters numbers that take managers' attention, or makes officers answer where somebody looks."""
    if _answers(world, directive) and directive.monitoring.value > 0.0:
        return ""
    agencies = {name for unit in units if len(world.agencies[name := unit.split(".")[0]].levels) > 1}
    counted = {metric.agency for name, metric in world.metrics.items()
               if (metric.in_force or name in directive.counts) and metric.target.value > 0.0}  # fmt: skip
    return "" if agencies & counted else "no numbers take the attention of managers at its agency"


def _unit(world: World, name: str) -> Unit:
    agency, unit = name.split(".")
    return world.agencies[agency].units[unit]
