"""What the directives in question do to a decision that is made by another rule than the whole one.

`experiments.twin.watch.own_parts` reckons their parts as the whole rule would. A shipped rival has some of these parts
and not others (`model.rule.rivals.WEIGHS`). Of a rule of one's own nobody can tell whose doing its terms are: what it
says under *directive* and *accountability*, and whether it looks, counts as the directives' own.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from model.agencies.decision_log import Log
from model.rule.rivals import WEIGHS
from model.rule.terms import TERM_NAMES
from model.schema.world import OFFICES, WHOLE

if TYPE_CHECKING:
    from experiments.twin.watch import Own

PARTS = {"directive": "asked", "accountability": "owed", "metrics": "counted"}
"""Of each term, the part that `experiments.twin.watch.Own` keeps."""


def as_weighed(rule: str, log: Log, own: "Own") -> None:
    """Put into ``own`` what there is of these parts under the rule that decided."""
    if rule == WHOLE:
        return
    for term, part in PARTS.items():
        column = getattr(own, part)
        if rule not in WEIGHS:
            column[:] = log.terms[:, TERM_NAMES.index(term)] if term != "metrics" else 0.0
        elif term not in WEIGHS[rule]:
            column[:] = 0.0
    if rule == OFFICES:
        own.passed[:] = own.others[:] = 1.0


def notice_by(rule: str, entry: Mapping[str, Any]) -> float:
    """Chance that a case is looked at as without the directives but for their own mandates, under another rule.

    Each shipped rival looks as far as custom and mandates bring a case up, times an attention that they do not move:
    ``notice of the world without * looked* / looked``.
    """
    if rule not in WEIGHS:
        return float(entry["notice_with"])
    unasked = 1.0 - entry["habit_without"]
    looked = 1.0 - unasked * entry["others_without"] * entry["passed_without"]
    asked = 1.0 - unasked * entry["others_without"] * entry["passed_with"]
    return float(entry["notice_without"] * asked / looked if looked > 0.0 else entry["notice_with"])
