"""A term of the rule is one record: what holds of every one of them."""

import numpy as np
import pytest

from model import BureaucracyModel, load
from model.agencies.decision_log import LAPSED
from model.rule.decision import consider
from model.rule.situation import Situation
from model.rule.terms import TERM_NAMES, TERMS, WHOLE, Term, values
from tests.weighed import weighed


def test_a_weight_of_zero_is_put_into_the_middle_of_its_range() -> None:
    assert not weighed(load())
    without = load(settings={"rule.metrics": 0, "rule.equities.health": 0})
    assert weighed(without) == {"rule.metrics": sum(without.rule.metrics.bounds) / 2}


@pytest.fixture(scope="module")
def situations() -> tuple[BureaucracyModel, list[Situation]]:
    """Decisions of the last day of a run, as they would be made again on its evening."""
    model = BureaucracyModel("record-2013", scale=0.01, rng=3, settings=weighed(load())).run()
    log = model.log
    rows = np.flatnonzero(log.track[: int(model.decided_today.sum())] != LAPSED)
    columns = model.columns
    return model, [Situation(int(log.officer[r]), int(log.case[r]), int(log.stage[r]), columns) for r in rows]


def test_values_are_those_of_the_records_in_their_order(situations) -> None:
    _, some = situations
    assert len(some) > 30
    for at in some:
        expected = tuple(term.function(*at) for term in TERMS)
        assert values(WHOLE, *at) == expected == consider(*at).terms
    assert len(set(TERM_NAMES)) == len(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=TERM_NAMES)
def test_parts_sum_to_the_term_and_can_be_said(situations, term: Term) -> None:
    model, some = situations
    at_work = [at for at in some if term.function(*at) != 0.0]
    assert at_work
    for at in at_work:
        parts = term.details(at, model)
        assert sum(part.adds for part in parts) == pytest.approx(term.function(*at), abs=1e-12)
        assert term.clause(parts) and "{" not in term.clause(parts)
