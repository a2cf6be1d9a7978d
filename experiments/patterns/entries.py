"""A world's patterns, as its files have them, made into what can be measured and judged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from experiments.patterns import measures, structure
from experiments.patterns.during_run import BeforeDesks, Waited
from experiments.patterns.facts import Fact, Facts, fact_of, figure
from experiments.patterns.pattern import CHECK, FIT, STRUCTURE, NotModelled, Pattern
from experiments.patterns.rules import (
    QUARTER,
    Rule,
    above,
    all_on_side,
    at_least,
    at_most,
    exactly,
    near_none,
    within_points,
    within_share,
)  # fmt: skip
from experiments.patterns.run_cache import Seen, Wanted, Watch, of_trial
from experiments.patterns.trials import TRIALS
from model.errors import InputError
from model.schema import Carried, Composition, Holds, PatternEntry, Ratio, Study, World
from model.schema.measure import CaseOf, Measure, MovedOf, WaitOf

OVER = timedelta(days=7)
"""How long a run goes on after the last day that it is asked about: the week of that day is over by then."""


def of_world(world: World, facts: Facts) -> Iterator[Pattern | NotModelled]:
    """The patterns, study by study, in the order in which what they are about begins.

    A world that names no scenario to be watched has what must be true of any world counted in its first.

    Raises:
        InputError: a trial that is not there, or a fact that has not the figures or the use of a pattern.
    """
    if not any(study.watched for study in world.patterns.values()):
        yield from structure.patterns({name: name for name in list(world.scenarios)[:1]})
    for study in studies(world):
        yield from structure.patterns(study.watched)
        for name, entry in study.pattern.items():
            if entry.trial is not None:
                yield from _tried(name, entry.trial, facts)
            else:
                yield _of_fact(name, entry, entry.scenario or study.scenario or "", world, facts)


def studies(world: World) -> list[Study]:
    """The studies of a world in the order in which what they are about begins; those of no scenario last."""
    return sorted(
        world.patterns.values(),
        key=lambda study: world.scenarios[study.scenario].start if study.scenario else date.max,
    )


def _tried(name: str, trial: str, facts: Facts) -> Iterator[Pattern]:
    """One pattern a figure; a claim holds if all of its figures do."""
    if trial not in TRIALS:
        raise InputError("no such trial", where=f"patterns: {name}, trial", found=trial, known=TRIALS)
    run, figures, of_any_world = TRIALS[trial]
    fact = {"use": STRUCTURE, "stream": STRUCTURE} if of_any_world else _fact(name, facts)
    for at, one in enumerate(figures, start=1):
        yield Pattern(
            name if of_any_world else f"{name}.{at}", fact["use"], fact["stream"], one.what, one.unit, one.record,
            (run,), of_trial(run, one.name), one.rule, difference=not of_any_world,
        )  # fmt: skip


def _of_fact(name: str, entry: PatternEntry, scenario: str, world: World, facts: Facts) -> Pattern | NotModelled:
    """The pattern of a fact, or of a part of it."""
    fact = _fact(name, facts)
    record = _record(entry, fact, facts)
    head = name, fact["use"], fact["stream"], entry.what or "", entry.unit or fact["unit"], record
    if entry.measure is None or entry.holds is None:
        return NotModelled(*head, entry.not_modelled or "")
    wanted = [Wanted(scenario, (), _until(entry, world), _watch(entry.measure))]
    difference = entry.against is not None and bool(entry.against.without)
    if entry.against is not None and difference:
        wanted.append(replace(wanted[0], without=tuple(entry.against.without)))
    rule = _rule(entry.holds, record, entry.unit or fact["unit"], facts)
    moved = isinstance(entry.measure, MovedOf)
    return Pattern(*head, tuple(wanted), _measured(entry, entry.measure, wanted, facts), rule, difference and not moved,
                   _carried(entry, fact, record, world, facts))  # fmt: skip


def _fact(name: str, facts: Facts) -> Fact:
    fact = fact_of(facts, name.split(".")[0])
    if fact["use"] not in (FIT, CHECK):
        raise InputError("a pattern of a fact that is neither fitted nor checked", where=f"evidence.csv: {fact['id']}",
                         found=fact["use"], known=(FIT, CHECK))  # fmt: skip
    return fact


def _carried(
    entry: PatternEntry, fact: Fact, record: float | str, world: World, facts: Facts
) -> float | None:  # fmt: skip
    """What is said of the fact without a model, which knows no single person; None for nothing."""
    said = entry.carried
    if isinstance(said, Carried):
        length, of = ((days[1] - days[0]).days + 1 for days in (said.days, said.of_days))
        return _ratio(said, facts) * length / of
    if isinstance(said, Composition):
        mix = world.mixes[said.mix]
        charged = {level: sum(mix.charges[level].shares.get(one, 0.0) for one in said.charge) for level in mix.charges}
        return sum(share * charged.get(level, 0.0) for level, share in mix.levels.shares.items())
    known = fact["use"] == FIT and isinstance(record, float) and not isinstance(entry.measure, CaseOf)
    return float(record) if said is None and known else said


def _ratio(of: Ratio, facts: Facts) -> float:
    above, below = (sum(figure(facts, one) for one in part) for part in (of.figures, of.over))
    return above / below if of.over else above


def _record(entry: PatternEntry, fact: Fact, facts: Facts) -> float | str:
    """The number of record, or what is said instead."""
    if isinstance(entry.record, Ratio):
        return _ratio(entry.record, facts)
    if entry.record is not None:
        return figure(facts, entry.record) if isinstance(entry.record, str) else entry.record
    return entry.said if entry.said is not None else fact["value"]


def _watch(of: Measure) -> Callable[[], Watch] | None:
    """What has to look at the run while it runs."""
    if isinstance(of, CaseOf):
        return BeforeDesks(of.case, of.agency or "", tuple(of.stages or ()), of.gives == "noticed")
    return Waited(of.stage) if isinstance(of, WaitOf) else None


def _until(entry: PatternEntry, world: World) -> date | None:
    """The last day that has to be run; None for the scenario's."""
    if isinstance(entry.measure, CaseOf):
        return world.cases[entry.measure.case].on + OVER
    parts = [entry.measure, getattr(entry.measure, "times", None)]
    times = [getattr(part, "days", None) for part in parts if part is not None]
    if entry.against is not None and entry.against.days is not None:
        times.append(entry.against.days)
    days = [one[1] for one in times if one is not None]
    return max(days) + OVER if len(days) == len(times) else None


def _measured(entry: PatternEntry, of: Measure, wanted: list[Wanted], facts: Facts) -> Callable[[Seen], float]:
    """How the pattern is measured from the runs of one seed: the first, less what is taken off."""

    def one(seen: Seen, of: Measure, run: Wanted) -> float:
        if run.watch is not None:
            return seen.watched(run).found
        return measures.value(of, seen.run(run), seen.world, lambda where: figure(facts, where))

    def measured(seen: Seen) -> float:
        against = entry.against
        if against is None:
            return one(seen, of, wanted[0])
        if isinstance(of, MovedOf):
            return measures.moved(of, seen.run(wanted[0]), seen.run(wanted[1]), seen.world)
        changes = {key: more for key in ("days", "where") if (more := getattr(against, key)) is not None}
        here, there = one(seen, of, wanted[0]), one(seen, of.model_copy(update=changes), wanted[-1])
        if against.relative:
            return (here - there) / there if there else float("nan")
        return here - there

    return measured


def _rule(holds: Holds, record: float | str, unit: str, facts: Facts) -> Rule:
    """The rule of a pattern; where it has words or a reason of its own, in these."""
    why = {"reason": holds.reason} if holds.reason is not None else {}
    limit = figure(facts, holds.limit) if isinstance(holds.limit, str) else holds.limit
    number = record if isinstance(record, float) else float("nan")
    bound = number if limit is None else limit
    said = f"{100.0 * bound:g}%" if unit == "share" else f"{bound:g}"
    match holds.rule:
        case "within-share":
            rule = within_share(number, holds.width or QUARTER, **why)
        case "within-points":
            rule = within_points(number, holds.width or 0.0, **why)
        case "at-most":
            rule = at_most(bound, f"at most {said}" if limit is not None else "not above the record", **why)
        case "at-least":
            rule = at_least(bound, f"at least {said}" if limit is not None else "not below the record", **why)
        case "above":
            rule = above(bound, **why)
        case "exactly":
            rule = exactly(number, **why)
        case "near-none":
            rule = near_none(holds.width or 0.0, **why)
        case _:
            rule = all_on_side(holds.rule, **why)
    return replace(rule, words=holds.words) if holds.words else rule
