"""The decision rule: notice, then judge. Every officer of every agency decides by it; agencies differ in data.

Officer *i* with case *c* on day *t*; "favourable" is the lenient outcome of the stage::

    p(favourable) = notice(i, c, t) * sigmoid(threshold + sum of terms(i, c, t))      bounded by law(c, stage)

Each term is a function of its own, in log-odds: culture, equities, severity, metrics, directive, peers, scrutiny.
`consider` puts them together for one officer and one case. It is plain arithmetic: called from Python it decides
one case, compiled (`model.day.work`) it decides a day of all agencies, to the same last bit.
"""

from typing import NamedTuple

from model.agencies.officers import Desks, Units
from model.arithmetic import exp
from model.cases.columns import Cases
from model.cases.conditions import NEVER, Bits, holds
from model.compiled import compiled
from model.rule.rule_columns import Directives, Laws, Metrics, RuleWeights, Stages


class Considered(NamedTuple):
    """A decision before chance: how it was made up.

    Attributes:
        p: probability of the favourable outcome, within the law.
        notice: probability that the case is looked at as an individual.
        judgment: probability of the favourable outcome once it is.
        bound: -1 if a law bars leniency, +1 if a law demands it, 0 if the officer may choose.
        culture, equities, severity, metrics, directive, peers, scrutiny: the terms, in log-odds.
    """

    p: float
    notice: float
    judgment: float
    bound: int
    culture: float
    equities: float
    severity: float
    metrics: float
    directive: float
    peers: float
    scrutiny: float


@compiled
def sigmoid(x: float) -> float:
    """The logistic function: log-odds to probability.

    >>> sigmoid(0.0), round(sigmoid(2.0), 4)
    (0.5, 0.8808)
    """
    return 1.0 / (1.0 + exp(-x))


@compiled
def noticed(habit: float, mandated: float, strain: float, backlog: float, foreign: float, complexity: float) -> float:
    """Whether a case is looked at as an individual at all.

    ``looked = 1 - (1 - habit)(1 - mandated)``, times the attention that is left:
    ``exp(-(1 - habit)(strain * backlog + foreign * complexity))``.

    Custom (``habit``, Wilson's critical tasks) or an order to look (``mandated``) brings a case before the eyes.
    Where the task is not custom, a backlog (months of work) and a searching inquiry turn them away again.
    Wilson 1989, pp. 25-26, 101; Rabin 2014, Part V.A.

    >>> noticed(1.0, 0.0, 0.1, 12.0, 0.5, 1.0)  # an adjudicator: backlog or not
    1.0
    >>> round(noticed(0.02, 0.0, 0.1, 0.0, 0.5, 1.0), 4)  # an enforcement officer, unasked
    0.0123
    >>> round(noticed(0.02, 1.0, 0.1, 0.0, 0.5, 1.0), 4)  # the same under an order to look
    0.6126
    """
    looked = 1.0 - (1.0 - habit) * (1.0 - mandated)
    return looked * exp(-(1.0 - habit) * (strain * backlog + foreign * complexity))


@compiled
def culture(orientation: float) -> float:
    """The officer's own leaning, drawn around the agency's formation and the office's history (Wilson 1989, ch. 5-6).

    >>> culture(-2.0)
    -2.0
    """
    return orientation


@compiled
def equities(merit: float, regard: float) -> float:
    """``regard * merit``: the summed weight of the equities that are documented and seen, as this agency weighs them.

    The list and its order of weight are those of the June 2011 memos (Rabin 2014, fn 156-157).

    >>> equities(1.3, 0.6)
    0.78
    """
    return regard * merit


@compiled
def severity(grade: float, convicted: bool, lens: float, conviction: float) -> float:
    """``-((1 - lens) * grade + lens * conviction)`` if convicted of anything, else ``-(1 - lens) * grade``.

    Through the categorical lens every conviction is the same "criminal"; without it each has its grade
    (Rabin 2014, Part V.A: convictions as the key sorting mechanism).

    >>> round(severity(1.0, True, 0.9, 2.6), 2), round(severity(1.0, True, 0.1, 2.6), 2)  # a misdemeanour
    (-2.44, -1.16)
    """
    return -((1.0 - lens) * grade + (lens * conviction if convicted else 0.0))


@compiled
def metric(weight: float, pressure: float, credit: float) -> float:
    """``weight * pressure * credit``: what is counted gets done (Wilson 1989, p. 161; Biber 2009, p. 9).

    ``credit`` is -1 where the unfavourable outcome would come to be counted, +1 where the favourable one would.

    >>> metric(0.8, 0.5, -1.0)
    -0.4
    """
    return weight * pressure * credit


@compiled
def willingness(direction: float, orientation: float, mission: float, meaning: float) -> float:
    """``meaning * exp(-mission * distance)``, distance = how far the directive points against the officer's leaning.

    Falls with the distance, more steeply the stronger the sense of mission, and rises with how meaningful the
    policy seems (Rabin 2014, Part IV; Lopez Oliva 2019, Operational capacity).

    >>> willingness(1.0, 1.0, 0.3, 0.5), round(willingness(1.0, -2.0, 0.3, 0.5), 3)
    (0.5, 0.274)
    """
    return meaning * exp(-mission * max(0.0, -direction * orientation))


@compiled
def reading(scope: int, direction: float, orientation: float, latitude: float, slope: float) -> float:
    """How far the text is read as asking what it asks of this case: 1 fully, 0 not at all.

    ``scope`` is +1 in, 0 out, -1 silent. Where it is silent the reader's own culture fills the gap:
    ``sigmoid(slope * direction * orientation)``. Of a case that is in, ``latitude`` leaves that share to the reader
    (Rabin 2014, Part V.A: "agents naturally elided").

    >>> reading(0, 1.0, -2.0, 0.5, 1.0), round(reading(-1, 1.0, -2.0, 0.5, 1.0), 3)
    (0.0, 0.119)
    >>> round(reading(1, 1.0, -2.0, 0.5, 1.0), 3), reading(1, 1.0, -2.0, 0.0, 1.0)
    (0.56, 1.0)
    """
    if scope == 0:
        return 0.0
    own = sigmoid(slope * direction * orientation)
    return own if scope < 0 else (1.0 - latitude) + latitude * own


@compiled
def directive(direction: float, authority: float, exposure: float, willing: float, read: float) -> float:
    """``direction * authority * exposure * willingness * reading``: what one directive moves, in log-odds.

    >>> round(directive(1.0, 3.0, 0.4, 0.5, 1.0), 3)
    0.6
    """
    return direction * authority * exposure * willing * read


@compiled
def peers(weight: float, signal: float) -> float:
    """``weight * signal``; the signal is the log of what colleagues nearby did over what their unit does.

    Brehm and Gates 1997: fellow officers shape compliance more than supervisors.

    >>> peers(0.5, 0.6)
    0.3
    """
    return weight * signal


@compiled
def scrutiny(weight: float, fear: float, visibility: float, grade: float) -> float:
    """``-weight * fear * visibility * grade``: blame falls on the one who was lenient in a visible, grave case.

    >>> scrutiny(1.0, 0.5, 0.4, 2.0)
    -0.4
    """
    return -weight * fear * visibility * grade


@compiled
def scope_of(bits: Bits, case: int, text: int, directives: Directives) -> int:
    """What a directive says of a case: +1 in scope, 0 out of it, -1 nothing."""
    if directives.excludes[text] != NEVER and holds(bits, case, directives.excludes[text]):
        return 0
    if directives.includes[text] != NEVER and holds(bits, case, directives.includes[text]):
        return 1
    return int(directives.otherwise[text])


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
def consider(
    officer: int, case: int, stage: int, cases: Cases, desks: Desks, units: Units, stages: Stages,
    directives: Directives, laws: Laws, metrics: Metrics, rule: RuleWeights,
) -> Considered:  # fmt: skip
    """One officer, one case, one stage: the whole rule.

    All arguments after the first three are columns; ``officer``, ``case`` and ``stage`` are rows in them.
    """
    unit = desks.unit[officer]
    orientation = desks.orientation[officer]
    grade = rule.grades[cases.level[case]]

    passed_over, asked = 1.0, 0.0
    for text in range(directives.active.shape[0]):
        if directives.active[text] and directives.speaks[text, stage]:
            exposure = desks.exposure[officer, text]
            passed_over *= 1.0 - directives.mandate[text] * exposure
            willing = willingness(
                directives.direction[text], orientation, units.mission[unit], directives.meaning[text]
            )
            read = reading(
                scope_of(cases.bits, case, text, directives),
                directives.direction[text], orientation, directives.latitude[text], rule.reading,
            )  # fmt: skip
            asked += directive(directives.direction[text], directives.authority[text], exposure, willing, read)

    counted = 0.0
    for goal in range(metrics.in_force.shape[0]):
        credit = metrics.credit[goal, stage]
        if metrics.in_force[goal] and credit != 0.0 and holds(cases.bits, case, metrics.when[goal]):
            counted += metric(rule.metrics, desks.pressure[officer, goal], credit)

    terms = (
        culture(orientation),
        equities(cases.merit[case], units.regard[unit]),
        severity(grade, cases.level[case] > 0, units.lens[unit], rule.conviction),
        counted,
        asked,
        peers(rule.peers, desks.peers[officer]),
        scrutiny(rule.scrutiny, units.fear[unit], cases.visibility[case], grade),
    )
    notice = noticed(
        units.habit[unit, stage], 1.0 - passed_over, rule.strain, desks.backlog[officer],
        units.complexity[unit], cases.complexity[case],
    )  # fmt: skip
    total = stages.threshold[stage]
    for term in terms:
        total += term
    judgment = sigmoid(total)
    bound = bound_by_law(cases.bits, case, stage, laws)
    p = notice * judgment if bound == 0 else (1.0 if bound > 0 else 0.0)
    return Considered(p, notice, judgment, bound, *terms)
