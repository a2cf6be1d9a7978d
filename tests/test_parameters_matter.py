"""No parameter is accepted and then ignored: each one, moved, changes some decision or count."""

import hashlib
from datetime import date

import numpy as np
import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.checks import quantities
from model.schema import Quantity, Scenario, Shares

GROUPS = 12
SCENARIO = Scenario(
    title="all", question="?", start=date(2011, 9, 1), end=date(2013, 2, 28),
    directives=["priorities-2010", "discretion-2011", "review-2011", "training-2012", "detainer-2012", "daca-2012"],
)  # fmt: skip
ELSEWHERE = {
    "metrics.discretion-granted.target": "in force only where a directive counts it (tests/test_directives.py)",
}


def _signature(settings: dict[str, object]) -> str:
    model = BureaucracyModel(SCENARIO, scale=0.006, rng=1, world=load(settings=settings), trace=True).run()
    digest = hashlib.sha256()
    table = model.recorder.traced()
    digest.update(table[["case", "officer", "p", "hours", "favourable", "noticed"]].to_numpy(dtype=float).tobytes())
    resources = model.recorder.resource_table()[["amount", "used", "over"]].fillna(0.0)
    digest.update(resources.to_numpy(dtype=float).tobytes())
    digest.update(pd.DataFrame({"e": model.emphasis}).to_numpy().tobytes())
    digest.update(np.ascontiguousarray(model.desks.orientation).tobytes())
    return digest.hexdigest()


def _moved(quantity: Quantity) -> float:
    low, high = quantity.bounds
    step = max(abs(quantity.value), 0.2 if quantity.unit in ("share", "log-odds") else 1.0) * 0.9
    for value in (quantity.value + step, quantity.value - step, (quantity.value + low) / 2, (quantity.value + high) / 2):
        if low <= value <= high and value != quantity.value:
            return float(value)
    raise AssertionError(f"{quantity} cannot be moved")


def _parameters() -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for path, quantity in quantities(load()):
        if isinstance(quantity, Shares):
            share = max(quantity.shares, key=quantity.shares.__getitem__)
            if quantity.shares[share] < 1.0:
                found.append((f"{path}.shares.{share}", quantity.shares[share] * 0.6))
        elif path not in ELSEWHERE:
            found.append((path, _moved(quantity)))
    return found


@pytest.fixture(scope="module")
def base() -> str:
    return _signature({})


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_parameter_changes_something(base: str, group: int) -> None:
    ignored = [path for path, value in _parameters()[group::GROUPS] if _signature({path: value}) == base]
    assert not ignored
