"""Remarks on what stands around a draft: other directives, what is counted, offices that nobody addresses."""

from collections.abc import Iterator

from experiments.drafting.laid import Laid, unit_of
from experiments.drafting.reading import reached
from experiments.drafting.remark import Remark, in_100, lines, quantity, several
from experiments.drafting.text import SOME
from experiments.twin.case_traits import spoken_of
from model.schema import Directive
from model.schema.directive import addresses
from model.schema.phrases import whose


def desks(laid: Laid, row: Directive) -> set[tuple[str, str, str]]:
    """The desks that a directive speaks to: stage, unit, office."""
    found = set()
    for stage in reached(laid.world, row):
        name = row.moves.get(stage, laid.world.stages[stage].decider)
        for office in _offices(laid, name):
            if row.offices is None or office in row.offices:
                found.add((stage, name, office))
    return found


def _offices(laid: Laid, unit: str) -> dict[str, float]:
    return laid.world.offices_of(unit_of(laid.world, unit))


def contradicts(laid: Laid) -> Iterator[Remark]:
    """Directives in force that pull the other way, on the same cases at the same desks."""
    here, against = desks(laid, laid.row), {}
    for name in laid.in_force if laid.asks and laid.inside.any() else []:
        other = laid.world.directives[name]
        if name not in laid.row.supersedes and other.direction != laid.row.direction and here & desks(laid, other):
            both = laid.inside & spoken_of(laid.world, other.scope, laid.cases)["in"]
            if both.any():
                against[name] = float(both.sum() / laid.inside.sum())
    if against:
        said = several([f"{name} (of {in_100(part)})" for name, part in against.items()], 6)
        yield Remark(
            "contradiction", "weak" if max(against.values()) >= SOME else "think of it",
            f"Of some whom it names the opposite is asked by what stays in force: {said}.",
            "Directives add up at the desk (odd.md, 7.9): they pull against each other, and the one nearer to the "
            "officer's own leaning pulls harder (7.10).",
            "End the others, or leave their cases out.",
            lines("supersedes", [*laid.row.supersedes, *against]),
        )  # fmt: skip


def ends_too_much(laid: Laid) -> Iterator[Remark]:
    """A directive that it ends also for desks of which it does not speak."""
    here = desks(laid, laid.row)
    for name in laid.row.supersedes:
        left = desks(laid, laid.world.directives[name]) - here
        if name in laid.ended and left:
            whom = sorted({f"{whose(unit, laid.world)} at {laid.world.stages[stage].title}" for stage, unit, _ in left})
            yield Remark(
                "ends too much", "think of it",
                f"It ends {name}, which also spoke to {several(whom, 3)}; to them it says nothing in its place.",
                "What is superseded ends everywhere (odd.md, 7.6); where nothing follows, officers go back to custom "
                "and to their own leaning.",
                "Address them too, or end the other directive when somebody else does.",
                lines("supersedes", [other for other in laid.row.supersedes if other != name]),
            )  # fmt: skip


def ends_nothing(laid: Laid) -> Iterator[Remark]:
    """Directives that it ends, and that are not in force."""
    gone = [name for name in laid.row.supersedes if name not in laid.ended]
    if gone:
        kept = [name for name in laid.row.supersedes if name not in gone]
        yield Remark(
            "ends nothing", "think of it",
            f"It supersedes what is not in force on {laid.row.start}: {several(gone)}.",
            "To end what is not in force changes nothing (odd.md, 7.6); who reads it looks for a rule that nobody "
            "follows.",
            "Leave them out, or look at the day.", lines("supersedes", kept),
        )  # fmt: skip


def counted_otherwise(laid: Laid) -> Iterator[Remark]:
    """A count that rewards the opposite."""
    rows = [laid.world.directives[name] for name in (*laid.in_force, laid.draft.name)]
    put = {name for row in rows for name in row.counts}
    dropped = {name for row in rows for name, to in row.targets.items() if to.value == 0.0}
    agencies = {unit.split(".")[0] for unit in laid.deciders} if laid.asks else set()
    found = {
        name: metric for name, metric in laid.world.metrics.items()
        if metric.agency in agencies and metric.outcome == laid.opposite and set(metric.presses) & set(laid.stages)
        and (metric.in_force or name in put) and name not in dropped and metric.target.value > 0.0
        and (metric.starts is None or metric.starts <= laid.row.start)
    }  # fmt: skip
    if found:
        said = several([f"{row.title} ({laid.world.agencies[row.agency].title})" for row in found.values()])
        zero = [quantity(f"targets.{name}", 0, row.target.unit, "assumed: dropped as a quota")
                for name, row in found.items()]  # fmt: skip
        yield Remark(
            "counted otherwise", "think of it" if laid.row.evaluation.value >= 0.5 else "weak",
            f"What is counted is the opposite of what it asks: {said}.",
            "Managers pass on the pressure of a target, and of a text what that leaves room for (odd.md, 7.6 and 7.7): "
            "what is counted gets done.",
            "Count what it asks for as well, or lower the target.", "\n".join(zero),
        )  # fmt: skip


def offices_left(laid: Laid) -> Iterator[Remark]:
    """Offices of those who decide that nobody addresses."""
    everywhere = sorted({office for unit in laid.deciders for office in _offices(laid, unit)})
    for unit in laid.deciders if laid.asks else []:
        told = {office for stage, name, office in desks(laid, laid.row) if name == unit}
        whole = _offices(laid, unit)
        left = [office for office in whole if office not in told]
        if left and told:
            part = sum(whole[office] for office in left) / sum(whole.values())
            yield Remark(
                "offices left", "think of it",
                f"{several(left)} of {whose(unit, laid.world)} ({in_100(part)} of them) are not addressed.",
                "Offices that nobody addresses hear of nothing and decide by their own history (odd.md, 7.6): like "
                "cases then end differently by place.",
                "Address them, or say when their turn comes.", lines("offices", everywhere),
            )  # fmt: skip


def addressed_in_vain(laid: Laid) -> Iterator[Remark]:
    """Units that are addressed and decide nothing of what it speaks."""
    world = laid.world
    idle = [unit for unit in world.units() if addresses(laid.row.to, unit) and unit not in laid.deciders
            and unit in laid.row.to]  # fmt: skip
    if idle and laid.asks:
        yield Remark(
            "addressed in vain", "weak",
            f"It addresses {several([whose(unit, world) for unit in idle])}, who decide none of what it speaks of.",
            "Only those who decide a stage can follow a text about it (odd.md, 7.8).",
            "Address those who decide, or name the stages that those addressed decide.",
            lines("to", laid.deciders),
        )  # fmt: skip
