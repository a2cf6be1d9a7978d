"""Compiled and interpreted, a run makes the same decisions to the last bit (`tests/soak.py` compares a million)."""

import pytest

from tests.soak import compared


@pytest.mark.parametrize(
    ("scenario", "scale", "until", "least"),
    [("record-2013", 0.012, "2013-09-30", 80_000), ("zero-tolerance-2018", 0.016, "2018-07-31", 20_000)],
)
def test_a_hundred_thousand_decisions_are_alike_with_every_term_at_work(
    scenario: str, scale: float, until: str, least: int
) -> None:
    found = compared(scenario, scale, until)
    assert found.decisions > least
    assert found.idle == found.unlike == []
