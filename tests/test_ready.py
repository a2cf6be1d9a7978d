"""A petition is laid before nobody until fingerprints and checks have come back."""

from datetime import date

import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.schema import Scenario

SPRING = Scenario(
    title="Spring", question="?", start=date(2012, 1, 2), end=date(2012, 4, 29), directives=[], streams=["benefits"]
)


@pytest.mark.parametrize("stage", ["u-visa", "t-visa", "vawa"])
def test_a_petition_waits_for_its_checks(stage: str) -> None:
    made = BureaucracyModel(SPRING, rng=1, scale=0.2).run().recorder.outcomes()
    weeks = made[made["stage"] == stage].groupby("week")["decided"].sum()
    ready = load().mixes[stage].ready
    assert ready is not None
    first = pd.Timestamp(SPRING.start) + pd.Timedelta(days=int(ready.least.value))
    assert weeks[weeks.index < first].sum() == 0
    assert weeks[weeks.index >= first].sum() > 0
