"""The facts of the interior that were fitted hold at full scale, in one run of every case and every officer.

Only facts marked ``fit`` in evidence.csv are asserted; those marked ``check`` are reported by ``discretion validate``
and never required (I04, I05 and B03 among them).
"""

import pandas as pd
import pytest

from experiments.patterns import modelled, patterns
from experiments.patterns.rules import over
from experiments.patterns.run_cache import Seen
from model import load

FITTED = [one for one in modelled(patterns(only=["fit"])) if one.stream in ("interior", "benefits")]


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen(load(), seed=1, scale=1.0, wanted=[one for each in FITTED for one in each.wanted])


@pytest.mark.parametrize("number", range(len(FITTED)), ids=[one.id for one in FITTED])
def test_what_was_fitted_holds(number: int, seen: Seen) -> None:
    pattern = FITTED[number]
    value = pattern.measure(seen)
    assert pattern.rule.met(over([value], difference=False)), f"{value}, and {pattern.rule.words}: {pattern.record}"


def test_i01_every_pending_case_is_reviewed(seen: Seen) -> None:
    run = seen.run(FITTED[0].wanted[0])
    review = run.outcomes[run.outcomes["stage"] == "review"]
    weeks = review["week"].between(pd.Timestamp(2011, 11, 14), pd.Timestamp(2012, 10, 31))
    assert review.loc[weeks, "decided"].sum() == pytest.approx(411_000, rel=0.05)
    assert run.about["reviewed"] == pytest.approx(298_173, rel=0.03)
