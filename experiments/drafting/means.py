"""Remarks on what it takes: hours, means that come later, those who answer, those who are trained."""

from collections.abc import Iterator
from datetime import timedelta
from math import log

import numpy as np

from experiments.drafting.laid import Laid, edges, resources, unit_of
from experiments.drafting.remark import Remark, conditions, in_100, lines, several, share
from model.cases.conditions import any_holds
from model.schema import Directive
from model.schema.phrases import whose

FULL, HALF = 1.0, 0.5
"""Shares of a year's hours above which a mandate breaks, or is weak."""
WORKDAY = 4.8
"""Hours a calendar day of somebody who does nothing else."""
DAYS = 365
SEEN = 0.7
"""Share of those in scope whose reason is on paper, below which nobody can check the others."""


def hours(laid: Laid) -> Iterator[Remark]:
    """A mandate, a review or a programme for which there are not the hours."""
    for stage, unit in laid.units.items():
        asked, cases = _asked(laid, stage)
        row = unit_of(laid.world, unit)
        own, more = row.staff.value * row.hours.value * DAYS, laid.row.staff.get(unit)
        had = own + (more.heads(row.hours.value) * row.hours.value * DAYS if more else 0.0)
        if asked <= HALF * had:
            continue
        need = np.ceil((asked / HALF - own) / (WORKDAY * DAYS))
        yield Remark(
            "hours", "breaks" if asked > FULL * had else "weak",
            f"To decide {cases:,.0f} cases at {laid.world.stages[stage].title} takes {asked:,.0f} hours in the first "
            f"year; {whose(unit, laid.world)} have {had:,.0f} for all that they decide.",
            "What is not reached waits, and as work piles up fewer of the cases are looked at one by one "
            "(odd.md, 7.8).",
            "Send people with it, narrow it to those who gain most, or give it the time that it takes.",
            f'[staff."{unit}"]\namount = {{ value = {need:.0f}, unit = "persons", source = "assumed: hours asked" }}\n'
            f'hours = {{ value = {WORKDAY:g}, unit = "hours", source = "assumed: 1,750 a year" }}\n'
            'delay = { value = 0, unit = "days", source = "assumed: found before" }',
        )  # fmt: skip


def _asked(laid: Laid, stage: str) -> tuple[float, float]:
    """Hours that the draft asks for at a stage in its first year, and the cases: those that come straight to it.

    Also those that are pending elsewhere, where it orders their review. Custom already has some of them weighed.
    """
    row, world = laid.row, laid.world
    direct = [at for at, mix in enumerate(world.mixes.values()) if mix.stage == stage]
    come = np.isin(laid.cases.mix, direct)
    review = row.review
    if review is not None and review.by == stage:
        waiting = [at for at, mix in enumerate(world.mixes.values()) if mix.stage == review.pending_at and mix.stock]
        come |= np.isin(laid.cases.mix, waiting) & laid.holds(review.when)
    cases = float(come.sum()) / laid.scale
    opened = any(mix in row.opens for mix, entry in world.mixes.items() if entry.stage == stage)
    if not opened and row.mandate.value == 0.0:
        return 0.0, cases
    unit, here = unit_of(world, laid.units[stage]), world.stages[stage]
    habit = unit.habits.get(stage, unit.habit).value
    weighed = 1.0 - (1.0 - habit) * (1.0 - row.mandate.value)
    first = here.screening_hours.value if opened or review is not None else 0.0
    return cases * (first + here.review_hours.value * (weighed if opened else weighed - habit)), cases


def capacity(laid: Laid) -> Iterator[Remark]:
    """A start before the people or the means that it needs."""
    if not laid.asks:
        return
    start = laid.row.start
    uses = {name for stage in laid.stages for edge in edges(laid.world, stage, laid.asked) for name in resources(edge)}
    promised = [
        (name, what, row.start + timedelta(days=delay))
        for name in (laid.draft.name, *laid.in_force)
        for row in (laid.world.directives[name],)
        for what, delay in _delays(row).items()
        if name == laid.draft.name or what in uses or what in laid.deciders
    ]
    late = {f"{_title(laid, what)} ({name}, {ready})": ready for name, what, ready in promised if ready > start}
    if late:
        wait = (max(late.values()) - start).days
        yield Remark(
            "capacity", "weak",
            f"It starts on {start}, up to {wait} days before what it needs is there: "
            f"{several(list(late))}.",
            "Until then what comes over capacity waits, goes elsewhere, or is held beyond a limit (odd.md, 7.12 and "
            "7.13).",
            "Start when the last of it is there.",
            f"start = {max(late.values())}",
        )  # fmt: skip


def _delays(row: Directive) -> dict[str, float]:
    """Days until what a directive promises is there, by resource and unit."""
    later = {name: more.delay.value for name, more in row.resources.items()}
    return later | {unit: more.delay.value for unit, more in row.staff.items()}


def _title(laid: Laid, what: str) -> str:
    return laid.world.resources[what].title if what in laid.world.resources else whose(what, laid.world)


def nobody_answers(laid: Laid) -> Iterator[Remark]:
    """An evaluation that nobody can observe; or nobody who looks, or nobody who answers."""
    row = laid.row
    looked, judged = row.monitoring.value, row.evaluation.value
    if not laid.asks or (looked * judged >= 0.1 and looked >= 0.3):
        return
    if judged > 0.0 and looked == 0.0:
        grade, what = "breaks", f"Managers are judged by it (evaluation {judged:g}), and nobody looks at what was done."
    elif looked == 0.0:
        grade, what = "weak", "Nobody looks whether it is done, and nobody answers for it."
    elif judged == 0.0:
        grade, what = "weak", f"Somebody looks whether it is done (monitoring {looked:g}), and nobody answers for it."
    else:
        few = [f"few look whether it is done (monitoring {looked:g})"] * (looked < 0.5)
        few += [f"few answer for it (evaluation {judged:g})"] * (judged < 0.5)
        grade, what = "weak", f"{' and '.join(few).capitalize()}."
    forgotten = _forgotten(laid) if looked < 0.3 else ""
    yield Remark(
        "nobody answers", grade, what,
        f"Accountability is awareness x monitoring x evaluation (odd.md, 7.6), {looked * judged:.2g} at most. What "
        f"remains is persuasion, which moves those who agree already.{forgotten}",
        "Say who reads the decisions, how often, and who is judged by what they find.",
        f"monitoring = {share(max(looked, 0.8))}\nevaluation = {share(max(judged, 0.6))}",
    )  # fmt: skip


def _forgotten(laid: Laid) -> str:
    """How long a directive without follow-up is kept in mind, as a sentence."""
    erosion = laid.world.society.erosion.value
    return f" Without follow-up half of them have forgotten it after {log(2.0) / erosion:,.0f} days." if erosion else ""


def not_on_paper(laid: Laid) -> Iterator[Remark]:
    """Compliance that rests on what no record shows."""
    cases = laid.cases
    if not laid.asks or not laid.row.evaluation.value or not laid.row.scope.include:
        return
    whole = laid.inside & (cases.equities != 0)
    bare = cases._replace(equities=cases.documented & cases.equities)
    still = any_holds(laid.world, laid.row.scope.include, bare)
    lost = float((whole & ~still).sum() / max(1, laid.inside.sum()))
    if lost >= 1.0 - SEEN:
        yield Remark(
            "not on paper", "weak",
            f"{in_100(lost).capitalize()} of those it names are named for something that is in no document.",
            "Who checks a decision sees the file alone, and what is not on paper weighs with nobody (odd.md, 7.3 and "
            "7.9): it can be passed over without a trace.",
            "Name what is documented, or have it asked for and written down before the decision.",
            "[scope]\n" + lines("in", [_seen(laid, one) for one in conditions(laid.row.scope.include)]),
        )  # fmt: skip


def _seen(laid: Laid, condition: dict[str, object]) -> dict[str, object]:
    """A condition that asks for an equity on paper, where it asked for one whether or not it is."""
    if "equities" in condition:
        return {("seen" if key == "equities" else key): value for key, value in condition.items()}
    return {**condition, "seen": list(laid.world.words.equities)} if "groups" in condition else condition


def training(laid: Laid) -> Iterator[Remark]:
    """A training that a union can stop."""
    row = laid.row
    if row.training.value == 0.0 or row.union_consents:
        return
    consent = {unit: 0.0 if row.union_consents is False else unit_of(laid.world, unit).union_consent.value
               for unit in laid.deciders}  # fmt: skip
    stopped = {unit: part for unit, part in consent.items() if part < 1.0}
    if stopped:
        none = all(part == 0.0 for part in consent.values())
        said = several([f"{whose(unit, laid.world)} ({in_100(part)} let through)" for unit, part in stopped.items()])
        yield Remark(
            "training", "breaks" if none else "weak",
            f"A union can stop its training: {said}.",
            "A training speaks for the head past all managers between, and only as far as the union lets it through "
            "(odd.md, 7.6).",
            "Settle it with the union before it is issued, or do not lean on it.",
            "union_consents = true",
        )  # fmt: skip
