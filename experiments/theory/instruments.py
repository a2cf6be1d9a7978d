"""T01, T08: what a directive must come with to be carried out."""

from typing import Any

from experiments.theory.lab import MEMO, ORDER, Lab, early, effect, free, in_scope, unevenness

LITTLE = 0.5
"""Exhortation moves little if it moves less than this part of what evaluation does."""
WIDELY = 0.1
"""A directive moves the front line widely if it turns one in ten of the decisions that it speaks of."""


def exhortation(lab: Lab) -> dict[str, float]:
    """T01: exhortation alone moves the front line little and unevenly; tied to evaluation or scrutiny, fast and widely.

    Source: judge quotas of 2018; the stop-justification order of 2013; the memos of 2011 (evidence, T01).

    Design: the memos of June 2011 as they were (soft, hardly followed up); the same text with the evaluation of
    managers and the monitoring of the ordered review of November; and with these and its mandate, by which every case
    must be looked at and accounted for, as the justification order had it. Each against no directive, at ICE, for a
    year.

    Refuted if exhortation does half as much as the evaluated text or more; if that is not ahead within eight weeks; if
    either tie fails to turn a tenth of the decisions in scope; if exhortation is spread as evenly over offices.

    Measured, with ``e``, ``t`` and ``s`` the mean change in the chance of leniency over the same cases by exhortation,
    evaluation and scrutiny, ``E``, ``T`` the same of the first eight weeks, ``t'``, ``s'`` the same of cases in scope,
    and ``cv`` the spread of offices' changes over their mean: ``t / 2 - e``, ``T - E``, ``t' - 0.1``, ``s' - 0.1``,
    ``cv(e) - cv(t)``.
    """
    memo, order, nothing = lab.text(MEMO), lab.text(ORDER), lab.run({})
    evaluated = lab.text(MEMO, evaluation=order.evaluation, monitoring=order.monitoring)
    accounted = evaluated.model_copy(update={"mandate": order.mandate})
    told, judged, watched = (free(lab.run({MEMO: text}), nothing, "ice") for text in (memo, evaluated, accounted))
    reached = [effect(early(both, memo.start)) for both in (told, judged)]
    return {
        "half of what evaluation does, less exhortation": LITTLE * effect(judged) - effect(told),
        "lead of evaluation within eight weeks": reached[1] - reached[0],
        "turned by evaluation, in scope, less a tenth": effect(in_scope(judged, nothing, memo)) - WIDELY,
        "turned by scrutiny, in scope, less a tenth": effect(in_scope(watched, nothing, memo)) - WIDELY,
        "unevenness over offices, exhortation less evaluation": unevenness(told) - unevenness(judged),
    }


def meaning(lab: Lab) -> dict[str, float]:
    """T08: policy that front-line staff find meaningful is implemented more willingly.

    Source: Lopez Oliva 2019, "Operational capacity".

    Design: the memos of June 2011, issued to ICE and to USCIS, with the least and the most meaning that any directive
    of the world has; each against no directive, for a year.

    Refuted if either agency does not move further with the meaningful text.

    Measured: the difference between the two mean changes in the chance of leniency, over the same cases.
    """
    known = sorted((text.meaning for text in (lab.text(MEMO), *lab.world.directives.values())), key=float)
    found = {}
    for title, agency in (("ICE", "ice"), ("USCIS", "uscis")):
        changes: dict[str, Any] = {"to": [agency], "stages": None}
        texts = [lab.text(MEMO, meaning=share, **changes) for share in (known[0], known[-1])]
        least, most = (effect(free(lab.run({MEMO: text}), lab.run({}), agency)) for text in texts)
        found[f"gain with meaning at {title}"] = most - least
    return found
