"""Peers: what colleagues nearby have been doing lately."""

from typing import TYPE_CHECKING

from model.arithmetic import exp
from model.compiled import compiled
from model.rule.rule_columns import RuleColumns
from model.rule.situation import Situation
from model.rule.terms.term import Detail, Parts, Term

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


@compiled
def peers(weight: float, signal: float) -> float:
    """``weight * signal``; the signal is the log of what colleagues nearby did over what their unit does.

    Brehm and Gates 1997: fellow officers shape compliance more than supervisors.

    >>> peers(0.5, 0.6)
    0.3
    """
    return weight * signal


@compiled
def _value(officer: int, case: int, stage: int, columns: RuleColumns) -> float:
    return peers(columns.rule.peers, columns.desks.peers[officer])


def _details(at: Situation, model: "BureaucracyModel") -> tuple[Detail, ...]:
    signal = float(at.columns.desks.peers[at.officer])
    facts = {"signal": signal, "ratio": exp(signal)}
    return (Detail("colleagues", "colleagues nearby", peers(at.columns.rule.peers, signal), facts),)


def _clause(parts: Parts) -> str:
    ratio = float(parts[0].facts["ratio"])
    return f"colleagues nearby, lately {'more' if ratio > 1 else 'less'} lenient than their unit"


PEERS = Term("peers", "colleagues", _value, _details, _clause)
