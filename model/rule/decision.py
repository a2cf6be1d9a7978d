"""The decision rule: notice, then judge. Every officer of every agency decides by it; agencies differ in data.

Officer *i* with case *c* on day *t*; "favourable" is the lenient outcome of the stage::

    p(favourable) = notice(i, c, t) * sigmoid(threshold + sum of terms(i, c, t)) + (1 - notice(i, c, t)) * u(stage)

bounded by law(c, stage). A stage says what an unnoticed case becomes: ``u`` is 0 where that is the unfavourable
outcome, 1 where it is the favourable one. Law leaves no choice, and custom settles a case before anybody weighs it.
Each term is in log-odds and stands in a file of its own in `model.rule.terms`. `consider` puts them together for one
officer and one case. It is plain arithmetic: called from Python it decides one case, compiled (`model.day.work`) it
decides a day of all agencies, to the same last bit.
"""

from typing import NamedTuple

from model.arithmetic import exp, sigmoid
from model.cases.conditions import Bits, holds
from model.cases.draws import uniform
from model.compiled import compiled
from model.rule.rivals import coping, offices, sanction
from model.rule.rule_columns import Laws, RuleColumns
from model.rule.terms import WHOLE, values
from model.rule.terms.directive import overlooked, scope_of
from model.rule.weighed import Weighed
from model.schema.world import COPING, OFFICES, RULES, SANCTION

_SANCTION, _COPING, _OFFICES = RULES.index(SANCTION), RULES.index(COPING), RULES.index(OFFICES)


class RuleOutput(NamedTuple):
    """A decision before chance: how it was made up.

    Attributes:
        p: probability of the favourable outcome, within the law.
        notice: probability that the case is looked at as an individual.
        judgment: probability of the favourable outcome once it is.
        bound: -1 if a law bars leniency, +1 if a law demands it, -2 or +2 if custom settles it that way, 0 if the
            officer weighs it.
        terms: the terms in log-odds, in the order of `model.rule.terms.TERMS`.
    """

    p: float
    notice: float
    judgment: float
    bound: int
    terms: tuple[float, ...]


@compiled
def noticed(habit: float, mandated: float, strain: float, backlog: float, foreign: float, complexity: float) -> float:
    """Whether a case is looked at as an individual at all.

    ``looked = 1 - (1 - habit)(1 - mandated)``, times the attention that is left:
    ``exp(-(1 - habit)(strain * backlog + foreign * complexity))``.

    Custom (``habit``, Wilson's critical tasks) or an order to look (``mandated``) brings a case before the eyes.
    Where the task is not custom, a backlog (months of work) and a searching inquiry turn them away again.
    Wilson 1989, pp. 25-26, 101; Rabin 2014, Part V.A.

    >>> noticed(1.0, 0.0, 0.1, 12.0, 0.5, 1.0)  # whose task it is: backlog or not
    1.0
    >>> round(noticed(0.02, 0.0, 0.1, 0.0, 0.5, 1.0), 4)  # an enforcement officer, unasked
    0.0123
    >>> round(noticed(0.02, 1.0, 0.1, 0.0, 0.5, 1.0), 4)  # the same under an order to look
    0.6126
    """
    looked = 1.0 - (1.0 - habit) * (1.0 - mandated)
    return looked * exp(-(1.0 - habit) * (strain * backlog + foreign * complexity))


@compiled
def likely(notice: float, judgment: float, unnoticed: float) -> float:
    """``notice * judgment + (1 - notice) * unnoticed``: the chance of the favourable outcome where there is a choice.

    ``unnoticed`` is 1 where a case that nobody looks at becomes the favourable outcome, else 0.

    >>> likely(0.5, 0.4, 0.0), likely(0.5, 0.4, 1.0)
    (0.2, 0.7)
    """
    return notice * judgment + (1.0 - notice) * unnoticed


@compiled
def mandated(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    """Chance that some directive brings a case before the officer's eyes: by its mandate, or as they answer for it."""
    passed_over, directives = 1.0, columns.directives
    for text in range(directives.active.shape[0]):
        if directives.active[text] and directives.speaks[text, stage]:
            says = scope_of(columns.cases.bits, case, text, directives)
            passed_over *= overlooked(text, officer, stage, says, columns)
    return 1.0 - passed_over


@compiled
def bound_by_law(bits: Bits, case: int, stage: int, laws: Laws) -> int:
    """-1 if a law in force bars the favourable outcome, +1 if one demands it, 0 if there is a choice.

    Where two laws meet, the one that bars prevails.
    """
    bound = 0
    for law in range(laws.binds.shape[0]):
        if laws.in_force[law] and laws.binds[law, stage] and holds(bits, case, laws.when[law]):
            if laws.must[law] < 0:
                return -1
            bound = 1
    return bound


@compiled
def held(officer: int, custom: int, columns: RuleColumns) -> float:
    """``share * product of (1 - awareness)``: the part of its cases that a custom still settles.

    The product is over the directives in effect that tell to break with it: who has heard of one weighs the case.
    """
    share = float(columns.customs.share[custom])
    for text in range(columns.directives.active.shape[0]):
        if columns.directives.active[text] and columns.directives.breaks[text, custom]:
            share *= 1.0 - columns.desks.awareness[officer, text]
    return share


@compiled
def settled_by_custom(officer: int, case: int, stage: int, columns: RuleColumns) -> int:
    """-2 or +2 if a custom settles a case unweighed, else 0; the first custom that does prevails."""
    customs = columns.customs
    for custom in range(customs.share.shape[0]):
        if customs.binds[custom, stage] and holds(columns.cases.bits, case, customs.when[custom]):
            drawn = uniform(customs.seed, columns.cases.key[case], customs.key[custom])
            if drawn < held(officer, custom, columns):
                return 2 * int(customs.must[custom])
    return 0


@compiled
def weigh(asked: float, officer: int, case: int, stage: int, columns: RuleColumns) -> Weighed:
    """One officer, one case, one stage: the whole rule. ``asked`` is `mandated`; the others are rows of the columns."""
    desks = columns.desks
    notice = noticed(
        columns.habits[desks.office[officer], stage], asked, columns.rule.strain, desks.backlog[officer],
        columns.units.complexity[desks.unit[officer]], columns.cases.complexity[case],
    )  # fmt: skip
    return Weighed(notice, values(WHOLE, officer, case, stage, columns))


@compiled
def within(weighed: Weighed, officer: int, case: int, stage: int, columns: RuleColumns) -> RuleOutput:
    """What becomes of a case that has been weighed: the threshold of the stage, the law and customs, by any rule."""
    total = columns.stages.threshold[stage]
    for term in weighed.terms:
        total += term
    judgment = sigmoid(total)
    bound = bound_by_law(columns.cases.bits, case, stage, columns.laws)
    if bound == 0:
        bound = settled_by_custom(officer, case, stage, columns)
    free = likely(weighed.notice, judgment, columns.stages.unnoticed[stage])
    p = free if bound == 0 else (1.0 if bound > 0 else 0.0)
    return RuleOutput(p, weighed.notice, judgment, bound, weighed.terms)


@compiled
def consider(officer: int, case: int, stage: int, columns: RuleColumns) -> RuleOutput:
    """One officer, one case, one stage, by the rule of the world: the whole one, or a rival (`model.rule.rivals`).

    Spelt out, because compiled code calls only functions that it can see by name.
    """
    asked = mandated(officer, case, stage, columns)
    if columns.rule.which == _SANCTION:
        weighed = sanction(asked, officer, case, stage, columns)
    elif columns.rule.which == _COPING:
        weighed = coping(asked, officer, case, stage, columns)
    elif columns.rule.which == _OFFICES:
        weighed = offices(asked, officer, case, stage, columns)
    else:
        weighed = weigh(asked, officer, case, stage, columns)
    return within(weighed, officer, case, stage, columns)
