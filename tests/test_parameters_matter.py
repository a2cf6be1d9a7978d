"""No parameter is accepted and then ignored: each one, moved, changes some case, decision or count."""

import hashlib
from datetime import date

import numpy as np
import pytest

from model import BureaucracyModel, InputError, load
from model.checks import quantities
from model.levers import amended
from model.schema import Quantity, Scenario, Shares

GROUPS = 12
SCENARIO = Scenario(
    title="all", question="?", start=date(2011, 6, 1), end=date(2013, 7, 15),
    directives=[
        "priorities-2010", "discretion-2011", "review-2011", "training-2012", "detainer-2012", "daca-2012", "probe",
    ],
)  # fmt: skip
VISIBLE = {
    "mixes.t-visa.periods.0.cases": 60000,
    "mixes.vawa.periods.0.cases": 60000,
    "mixes.border.levels.national-security": 0.02,
    "society.least_staff": 14,
    "agencies.ice.units.officers.union_consent": 0.5,
}
"""Rare petitions made frequent, small offices large, the union half willing: a small scale then meets everything."""
PRICED = "a price moves nobody, only what a harm amounts to: tests/test_twin_measures.py"
ELSEWHERE = {
    "resources.beds.cost": PRICED,
    **{f"agencies.{unit.replace('.', '.units.')}.cost": PRICED for unit in load().units()},
    "metrics.discretion-granted.target": "in force only where a directive counts it: tests/test_directives.py",
}


class Digested(BureaucracyModel):
    """A model that sums up each day as a hash of all that was decided and counted."""

    def digest(self) -> str:
        """One more day, and its hash."""
        self.step()
        log, rows = self._log, int(self.decided_today.sum())
        digest = hashlib.sha256()
        for column in (log.case, log.officer, log.to, log.favourable, log.noticed, log.p, log.hours):
            digest.update(column[:rows].tobytes())
        for state in (self.desks.orientation, self.desks.pressure, self.desks.exposure, self.amount, self.used):
            digest.update(np.ascontiguousarray(state).tobytes())
        digest.update(np.ascontiguousarray(self.where.present).tobytes())
        return digest.hexdigest()


def _model(settings: dict[str, object], lever: str = "") -> Digested:
    """The shipped directives, and one that trains everybody to be strict, which none of them does."""
    world = load(settings={**VISIBLE, **settings})
    world = amended(world, lever) if lever else world
    everybody = world.directives["training-2012"].model_copy(
        update={"to": list(world.agencies), "direction": -1, "authority": "economic", "start": date(2012, 3, 1)}
    )
    world = world.model_copy(update={"directives": {**world.directives, "probe": everybody}})
    return Digested(SCENARIO, scale=0.005, rng=1, world=world)


def _moves(quantity: Quantity) -> list[float]:
    """Values to try: a third up, a third down, halfway to the bounds."""
    low, high = quantity.bounds
    step = max(0.35 * abs(quantity.value), 0.2 if quantity.unit in ("share", "log-odds") else 1.0)
    halves = ((quantity.value + low) / 2, (quantity.value + high) / 2)
    tried = (quantity.value + step, quantity.value - step, *halves)
    return [float(value) for value in tried if low <= value <= high and value != quantity.value]


def _parameters() -> list[tuple[str, list[float]]]:
    found: list[tuple[str, list[float]]] = []
    for path, quantity in quantities(load()):
        if isinstance(quantity, Shares):
            share = max(quantity.shares, key=quantity.shares.__getitem__)
            if quantity.shares[share] < 1.0:
                found.append((f"{path}.shares.{share}", [quantity.shares[share] * 0.6]))
        elif path not in ELSEWHERE and not path.startswith("levers."):
            found.append((path, _moves(quantity)))
    return found


@pytest.fixture(scope="module")
def days() -> list[str]:
    model = _model({})
    facts = _facts(model)
    return [facts, *(model.digest() for _ in range((model.end - model.start).days + 1))]


def _facts(model: BureaucracyModel) -> str:
    """A hash of who the cases are."""
    digest = hashlib.sha256()
    for column in model.cases:
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _changes_something(days: list[str], path: str, value: float) -> bool:
    try:
        model = _model({path: value})
    except InputError:
        return False
    if _facts(model) != days[0]:
        return True
    return any(model.digest() != day for day in days[1:])


@pytest.mark.parametrize("lever", load().levers)
def test_each_parameter_of_a_lever_changes_something_when_it_is_pulled(lever: str) -> None:
    def days(settings: dict[str, object]) -> list[str]:
        model = _model(settings, lever)
        return [model.digest() for _ in range((model.end - model.start).days + 1)]

    parameters = {path: quantity for path, quantity in quantities(load()) if path.startswith(f"levers.{lever}.")}
    pulled = days({}) if parameters else []
    for path, quantity in parameters.items():
        assert isinstance(quantity, Quantity)
        assert any(days({path: value}) != pulled for value in _moves(quantity)), path


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_parameter_changes_something(days: list[str], group: int) -> None:
    moved = _parameters()[group::GROUPS]
    assert moved
    ignored = [path for path, values in moved if not any(_changes_something(days, path, v) for v in values)]
    assert ignored == []
