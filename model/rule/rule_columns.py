"""Stages, directives, laws and metrics as columns, and all that the rule reads together."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.officers import Desks, Units
from model.cases.columns import Cases
from model.cases.conditions import ALWAYS, NEVER, Mask, Register
from model.cases.draws import Floats, Keys, purpose
from model.schema import Custom, Law, World
from model.schema.directive import addresses
from model.schema.world import RULES

Codes = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.int64]


OWN = -1
"""The place of a rule of one's own among the rules."""


class RuleWeights(NamedTuple):
    """The scalars of the rule; ``grades`` by conviction level.

    ``which`` rule it is, as a place in `model.schema.world.RULES`; `OWN` for one in a file of its own.
    """

    which: int
    conviction: float
    reading: float
    metrics: float
    stake: float
    haste: float
    strain: float
    grades: Floats


class Stages(NamedTuple):
    """One row a stage: who decides, what leniency asks for, hours, days until it lapses (endless where it does not).

    ``outcome_hours`` is stages x (unfavourable, favourable): what the outcome takes beside screening and review.
    ``unnoticed`` is 1 where a case that nobody looks at becomes the favourable outcome, else 0.
    """

    unit: Numbers
    threshold: Floats
    screening_hours: Floats
    review_hours: Floats
    outcome_hours: Floats
    lapse: Floats
    unnoticed: Floats


class Directives(NamedTuple):
    """One row a directive. ``active`` changes by the day.

    ``speaks`` is directives x stages; ``breaks`` directives x customs: with which of them it tells to break.
    """

    active: Mask
    speaks: Mask
    breaks: Mask
    direction: Floats
    authority: Floats
    latitude: Floats
    meaning: Floats
    mandate: Floats
    includes: Numbers
    excludes: Numbers
    otherwise: Codes


class Laws(NamedTuple):
    """One row a law. ``in_force`` changes by the day; ``binds`` is laws x stages; ``must`` is -1 or +1."""

    in_force: Mask
    binds: Mask
    must: Codes
    when: Numbers


class Customs(NamedTuple):
    """One row a custom: a share of cases that is treated alike without being weighed.

    Attributes:
        seed, key: of the draw that says of a case whether it is among them.
        binds: customs x stages.
        must: -1 or +1, the outcome that it gives.
        when: the cases.
        share: of these, held to it where nobody tells to break with it.
    """

    seed: np.uint64
    key: Keys
    binds: Mask
    must: Codes
    when: Numbers
    share: Floats


class Metrics(NamedTuple):
    """One row a metric; the other columns are metrics x stages.

    ``credit`` is -1 where the unfavourable outcome comes to be counted, +1 where the favourable one does. Where both
    do, it is how much quicker the favourable one is, as a share of what a case takes; and the metric ``hastens``.
    """

    in_force: Mask
    credit: Floats
    hastens: Mask
    when: Numbers


class RuleColumns(NamedTuple):
    """All that the rule reads: what is known of cases, officers and their units, and what binds or presses them.

    ``habits`` is offices x stages: the share of cases weighed one by one as a habit. ``leanings`` is what each office's
    officers are drawn around, in log-odds.
    """

    cases: Cases
    desks: Desks
    units: Units
    habits: Floats
    leanings: Floats
    stages: Stages
    directives: Directives
    laws: Laws
    customs: Customs
    metrics: Metrics
    rule: RuleWeights


def rule_weights(world: World) -> RuleWeights:
    """The scalars of a world's rule."""
    rule = world.rule
    grades = np.array([rule.grades[level].value if level in rule.grades else 0.0 for level in world.words.levels])
    which = RULES.index(rule.name) if rule.name in RULES else OWN
    return RuleWeights(
        which, rule.conviction.value, rule.reading.value, rule.metrics.value, rule.stake.value, rule.haste.value,
        rule.strain.value, grades,
    )  # fmt: skip


def stages(world: World) -> Stages:
    """The stages of a world, in its order."""
    units = world.units()
    rows = world.stages.values()
    return Stages(
        unit=np.array([units.index(s.decider) for s in rows], dtype=np.int64),
        threshold=np.array([s.threshold.value for s in rows]),
        screening_hours=np.array([s.screening_hours.value for s in rows]),
        review_hours=np.array([s.review_hours.value for s in rows]),
        outcome_hours=np.array([[s.hours_of("unfavourable"), s.hours_of("favourable")] for s in rows]),
        lapse=np.array([s.lapse.value if s.lapse else np.inf for s in rows]),
        unnoticed=np.array([float(s.unnoticed == "favourable") for s in rows]),
    )


def directives(world: World, names: Sequence[str], register: Register) -> Directives:
    """The named directives; none is active yet."""
    rows = [world.directives[name] for name in names]
    units = world.units()
    speaks = np.zeros((len(rows), len(world.stages)), dtype=np.bool_)
    for text, row in enumerate(rows):
        for stage, (name, entry) in enumerate(world.stages.items()):
            deciders = {entry.decider, *(other.moves[name] for other in rows if name in other.moves)}
            named = row.stages is None or name in row.stages
            speaks[text, stage] = named and any(addresses(row.to, unit) for unit in deciders if unit in units)
    says = {"out": 0, "in": 1, "silent": -1}
    breaks = np.array([[custom in row.breaks_with for custom in world.customs] for row in rows], dtype=np.bool_)
    return Directives(
        active=np.zeros(len(rows), dtype=np.bool_),
        speaks=speaks,
        breaks=breaks.reshape(len(rows), len(world.customs)),
        direction=np.array([float(r.direction) for r in rows]),
        authority=np.array([world.rule.authority[r.authority].value for r in rows]),
        latitude=np.array([r.latitude.value for r in rows]),
        meaning=np.array([r.meaning.value for r in rows]),
        mandate=np.array([r.mandate.value for r in rows]),
        includes=np.array([register.number(r.scope.include, empty=NEVER) for r in rows], dtype=np.int64),
        excludes=np.array([register.number(r.scope.exclude, empty=NEVER) for r in rows], dtype=np.int64),
        otherwise=np.array([says[r.scope.otherwise] for r in rows], dtype=np.int8),
    )


def laws(world: World, register: Register) -> Laws:
    """The laws of a world; none is in force yet."""
    rows = list(world.laws.values())
    return Laws(np.zeros(len(rows), dtype=np.bool_), *_bounds(world, rows, register))


def customs(world: World, register: Register, seed: int) -> Customs:
    """The customs of a world."""
    rows = list(world.customs.values())
    keys = np.array([purpose("custom", name) for name in world.customs], dtype=np.uint64)
    share = np.array([custom.share.value for custom in rows])
    return Customs(np.uint64(seed), keys, *_bounds(world, rows, register), share)


def _bounds(world: World, rows: Sequence[Law] | Sequence[Custom], register: Register) -> tuple[Mask, Codes, Numbers]:
    """At which stages each binds (rows x stages), to which outcome, and whom."""
    binds = np.array([[name in row.stages for name in world.stages] for row in rows], dtype=np.bool_)
    return (
        binds.reshape(len(rows), len(world.stages)),
        np.array([1 if row.must == "favourable" else -1 for row in rows], dtype=np.int8),
        np.array([register.number(row.when, empty=ALWAYS) for row in rows], dtype=np.int64),
    )


def metrics(world: World, register: Register, decider: Mapping[str, str] | None = None) -> Metrics:
    """The metrics of a world; none is in force yet. ``decider`` is who decides each stage, if not as in the world."""
    rows = list(world.metrics.values())
    credit = np.zeros((len(rows), len(world.stages)))
    hastens = np.zeros(credit.shape, dtype=np.bool_)
    for goal, row in enumerate(rows):
        for stage, (name, entry) in enumerate(world.stages.items()):
            unit = decider[name] if decider else entry.decider
            if name in row.presses and unit.split(".")[0] == row.agency:
                hastens[goal, stage] = row.outcome == "decided"
                credit[goal, stage] = {"favourable": 1.0, "unfavourable": -1.0, "decided": entry.quicker()}[row.outcome]
    return Metrics(
        in_force=np.zeros(len(rows), dtype=np.bool_),
        credit=credit,
        hastens=hastens,
        when=np.array([register.number(m.when, empty=ALWAYS) for m in rows], dtype=np.int64),
    )
