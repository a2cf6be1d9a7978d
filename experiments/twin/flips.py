"""The flip table: every decision that came out differently, who made it, which term did it, and why.

What a flip is laid to rests on one calculation. Let ``x`` be what the other world's decision was made of and ``D``
the part that the directives in question themselves had in this one: their directive terms, what one answers to them
for, their mandates to look, the pressure of metrics that they count or whose targets they set, the laws they lift or
impose, the customs they break with. With the case's
own draws ``u`` (notice) and ``v`` (judgment), the same in both worlds::

    notice*   = noticed(mandates of x without theirs, and theirs as in D; all else as in x)
    judgment* = sigmoid(threshold + terms of x + (D's part - x's part of directive and metrics))
    direct  <=>  [v < judgment* where u < notice*, else what an unnoticed case becomes, within the law of D]
                 =  the outcome with the directives

A flip that is not direct is a *ripple*: something that the directives moved earlier carried it (backlog,
pressure of other metrics, culture), alone or together with them. Where a directive hands the stage to another unit,
the case lies on another desk by its own words, and the flip is direct. A decision with the same outcome that was
*rerouted* (a bed was taken, a person was held or free because of what came before) is a ripple by its nature.
Under another rule than the whole one, D's part is what that rule has of it (`experiments.twin.other_rules`).
"""

from typing import Any

import pandas as pd

from experiments.twin.join import REROUTED, WITH, WITHOUT
from experiments.twin.other_rules import notice_by
from experiments.twin.pairs import Pair
from model.agencies import officers
from model.arithmetic import sigmoid
from model.rule import rule_columns
from model.rule.decision import likely, noticed
from model.rule.terms import TERM_NAMES
from model.schema import World
from model.schema.world import WHOLE

DIRECT, RIPPLE = "direct", "ripple"
LAW, NOTICE, DESK, ROUTE = "law", "notice", "desk", "route"
COLUMNS = {
    "mix": "str", "number": "int64", "arrival": "int64", "stage": "str", "round": "int64", "level": "str",
    "kind": "str", "day": "datetime64[us]", "day_without": "datetime64[us]", "from": "str", "to": "str",
    "agency": "str", "unit": "str", "office": "str", "officer": "int64", "p_without": "float64", "p": "float64",
    "term": "str", "moved": "float64", "cause": "str",
}  # fmt: skip
"""Columns of the table and their types, which they have without a row as well."""


def flips(pair: Pair) -> pd.DataFrame:
    """Every decision that both worlds made and that came out differently.

    ``term`` is what, put as it is with the directives while all else stays as it is without them, moves the
    probability furthest towards the new outcome: a term of the rule, ``notice`` or ``law``; ``desk`` where another
    unit decides and ``route`` where the outcome is the same. ``moved`` is by how much.

    Returns:
        One row a decision: which (`experiments.twin.watch.KEYS`), ``level``, ``kind`` (flipped, rerouted), ``day`` with
        the directives and ``day_without``, ``from`` (without) and ``to`` (with) as ``outcome: destination``,
        who decided with the directives, ``p`` of the favourable outcome in both worlds, ``term``, ``moved``, ``cause``.
    """
    rules = _Rules(pair)
    entries: list[dict[str, Any]] = pair.changed.to_dict("records")  # type: ignore[assignment]
    rows = [_row(entry, rules) for entry in entries]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(COLUMNS)


class _Rules:
    """What a replay needs of the world, in which nothing of it changes from day to day."""

    def __init__(self, pair: Pair) -> None:
        world: World = pair.world
        self.labels = {name: stage.labels for name, stage in world.stages.items()}
        self.threshold = [stage.threshold.value for stage in world.stages.values()]
        self.unnoticed = [float(stage.unnoticed == "favourable") for stage in world.stages.values()]
        self.name = world.rule.name
        self.strain = rule_columns.rule_weights(world).strain
        self.units = officers.units(world)
        self.unit_names, self.offices = world.units(), officers.office_names(world)
        directives = [world.directives[name] for name in pair.twins.differ]
        self.moved = {stage for directive in directives for stage in directive.moves}
        self.law = any(directive.lifts or directive.imposes or directive.breaks_with for directive in directives)


def probability(notice: float, judgment: float, unnoticed: float, bound: int) -> float:
    """`model.rule.decision.likely`, within the law: 1 where it demands the favourable outcome, 0 where it bars it.

    >>> probability(0.5, 0.4, 0.0, 0), probability(0.5, 0.4, 0.0, -1)
    (0.2, 0.0)
    """
    return likely(notice, judgment, unnoticed) if bound == 0 else float(bound > 0)


def judged(threshold: float, terms: dict[str, float]) -> float:
    """The probability of the favourable outcome once a case is looked at, its terms added in the rule's order.

    >>> judged(0.5, dict.fromkeys(TERM_NAMES, 0.0) | {"culture": -0.5})
    0.5
    """
    total = threshold
    for term in TERM_NAMES:
        total += terms[term]
    return sigmoid(total)


def direct(entry: dict[str, Any], rules: _Rules) -> bool:
    """Whether the directives' own part alone, put into the other world's decision, gives the new outcome."""
    if entry["unit_with"] != entry["unit_without"]:
        return str(entry["stage"]) in rules.moved
    terms = {term: entry[term + WITHOUT] for term in TERM_NAMES}
    terms["directive"] += entry["asked_with"] - entry["asked_without"]
    terms["accountability"] += entry["owed_with"] - entry["owed_without"]
    terms["metrics"] += entry["counted_with"] - entry["counted_without"]
    notice = notice_by(rules.name, entry) if rules.name != WHOLE else noticed(
        entry["habit_without"], 1.0 - entry["others_without"] * entry["passed_with"], rules.strain,
        entry["backlog_without"], rules.units.complexity[int(entry["unit_without"])], entry["complexity"],
    )  # fmt: skip
    bound = entry["bound_with"] if rules.law else entry["bound_without"]
    lenient = entry["judge_draw"] < judged(rules.threshold[entry["at"]], terms)
    drawn = lenient if entry["notice_draw"] < notice else rules.unnoticed[entry["at"]] > 0.0
    return bool((drawn if bound == 0 else bound > 0) == entry["favourable_with"])


def furthest(entry: dict[str, Any], rules: _Rules) -> tuple[str, float]:
    """What alone moves the probability furthest towards the new outcome, and by how much."""
    threshold, unnoticed = rules.threshold[entry["at"]], rules.unnoticed[entry["at"]]
    terms = {term: entry[term + WITHOUT] for term in TERM_NAMES}
    notice, bound = entry["notice_without"], int(entry["bound_without"])
    judgment = judged(threshold, terms)
    before = probability(notice, judgment, unnoticed, bound)
    moved = {
        LAW: probability(notice, judgment, unnoticed, int(entry["bound_with"])) - before,
        NOTICE: probability(entry["notice_with"], judgment, unnoticed, bound) - before,
    }
    for term in TERM_NAMES:
        there = judged(threshold, {**terms, term: entry[term + WITH]})
        moved[term] = probability(notice, there, unnoticed, bound) - before
    towards = 1.0 if entry["favourable_with"] else -1.0
    name = max(moved, key=lambda one: towards * moved[one])
    return name, moved[name]


def _row(entry: dict[str, Any], rules: _Rules) -> list[Any]:
    labels = rules.labels[str(entry["stage"])]
    outcome = [
        f"{labels['favourable' if entry['favourable' + side] else 'unfavourable']}: {entry['to' + side]}"
        for side in (WITHOUT, WITH)
    ]
    if entry["kind"] == REROUTED:
        term, moved, cause = ROUTE, 0.0, RIPPLE
    else:
        term, moved = furthest(entry, rules)
        if entry["unit_with"] != entry["unit_without"]:
            term, moved = DESK, entry["p_with"] - entry["p_without"]
        cause = DIRECT if direct(entry, rules) else RIPPLE
    unit = rules.unit_names[int(entry["unit_with"])]
    return [
        *(entry[key] for key in ("mix", "number", "arrival", "stage", "round", "level", "kind")),
        entry["day_with"], entry["day_without"], *outcome, entry["agency"], unit,
        rules.offices[int(entry["office_with"])][1], int(entry["officer_with"]), entry["p_without"], entry["p_with"],
        term, moved, cause,
    ]  # fmt: skip
