"""The terms of the decision rule, in the order in which they are added; each stands in a file of its own.

A term is a `Term`: a compiled function of an officer, a case and a stage, and what an explanation says of it. To add
one, write its file and name it in `TERMS`; everything else (the log, traces, tables, explanations, charts) loops over
these records. `docs/extending/term.md` does it step by step.
"""

from collections.abc import Collection

from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.terms.accountability import ACCOUNTABILITY
from model.rule.terms.culture import CULTURE
from model.rule.terms.directive import DIRECTIVE
from model.rule.terms.equities import EQUITIES
from model.rule.terms.metrics import METRICS
from model.rule.terms.severity import SEVERITY
from model.rule.terms.term import Detail, Term

__all__ = ["TERMS", "TERM_NAMES", "TERM_PHRASES", "WHOLE", "Detail", "Term", "among", "values"]

TERMS: tuple[Term, ...] = (CULTURE, EQUITIES, SEVERITY, METRICS, DIRECTIVE, ACCOUNTABILITY)
TERM_NAMES = tuple(term.name for term in TERMS)
TERM_PHRASES = {term.name: term.phrase for term in TERMS}


def among(names: Collection[str]) -> tuple[bool, ...]:
    """Of each term in turn, whether it is one of the named.

    >>> among(["culture"]).index(True), sum(among(TERM_NAMES)) == len(TERMS)
    (0, True)
    """
    return tuple(name in names for name in TERM_NAMES)


WHOLE = among(TERM_NAMES)
"""What the whole rule weighs: every term."""

_culture, _equities, _severity, _metrics, _directive, _accountability = (term.function for term in TERMS)


@compiled
def values(weighs: tuple[bool, ...], officer: int, case: int, stage: int, columns: RuleColumns) -> tuple[float, ...]:
    """The value of every term for one decision, in log-odds, in the order of `TERMS`; 0 of those that are not weighed.

    Spelt out, because compiled code calls only functions that it can see by name.
    """
    return (
        _culture(officer, case, stage, columns) if weighs[0] else 0.0,
        _equities(officer, case, stage, columns) if weighs[1] else 0.0,
        _severity(officer, case, stage, columns) if weighs[2] else 0.0,
        _metrics(officer, case, stage, columns) if weighs[3] else 0.0,
        _directive(officer, case, stage, columns) if weighs[4] else 0.0,
        _accountability(officer, case, stage, columns) if weighs[5] else 0.0,
    )
