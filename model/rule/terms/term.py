"""What a term of the rule is, and the parts into which an explanation takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

Fact = float | bool | str
Parts = Sequence["Detail"]
SLIGHT = 0.05
"""Log-odds below which a part is not worth a sentence."""


@dataclass(frozen=True)
class Detail:
    """A part of a term: what it is, what it adds in log-odds, and the facts that make it so."""

    name: str
    title: str
    adds: float
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Term:
    """One term of the decision rule, in log-odds.

    Attributes:
        name: in tables and columns.
        phrase: in a chart or a sentence.
        function: its value for an officer, a case and a stage (rows) of the columns that the rule reads; compiled.
        details: its parts for one decision, which sum to it.
        clause: what weighed, as part of a sentence, from its parts.
    """

    name: str
    phrase: str
    function: Callable[[int, int, int, RuleColumns], float]
    details: Callable[[Situation, "BureaucracyModel"], tuple[Detail, ...]]
    clause: Callable[[Parts], str]
