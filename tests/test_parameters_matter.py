"""No parameter is accepted and then ignored: each one, moved, changes some case, decision or count."""

import copy
import hashlib
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from experiments.twin.measures.harm import Account, dollars
from experiments.twin.world_outcomes import Side
from model import BureaucracyModel, load
from model.schema import Quantity, Scenario, Shares, World
from model.world.checks import quantities
from model.world.levers import amended
from model.world.loader import WORLDS, move, read
from model.world.streams import within
from tests import strained

GROUPS = 12
STREAMS = ("interior", "border", "courts")
QUOTA = "judges-quota-2018"
"""The scenario of the courts."""
SCENARIO = Scenario(
    title="all", question="?", start=date(2011, 6, 1), end=date(2013, 7, 15),
    directives=[
        "priorities-2010", "discretion-2011", "victims-2011", "review-2011", "training-2012", "detainer-2012",
        "daca-2012", "probe",
    ],
)  # fmt: skip
VISIBLE = {
    "mixes.t-visa.periods.0.cases": 60000,
    "mixes.vawa.periods.0.cases": 60000,
    "agencies.uscis.units.victims.staff": 500,
    "agencies.eoir.units.judges.hours": 3,
    "mixes.deputised.periods.0.cases": 60000,
    "mixes.fugitives.periods.0.cases": 60000,
    "mixes.fugitives.numbers.prior_removals.once": 0.3,
    **dict.fromkeys((f"mixes.{mix}.levels.national-security" for mix in ("border", "deputised", "fugitives")), 0.02),
    "society.least_staff": 14,
    "agencies.ice.units.officers.union_consent": 0.5,
}
"""Rare petitions and arrests made frequent, with officers for petitions, judges short of hours, small offices large,
the union half willing: a small scale then meets everything."""
PRICES = ("cost", "cost_over")
"""They move nobody, only what a harm amounts to."""
FREE = ("stages.hearing.unfavourable.1.share", "stages.hearing.unfavourable.1.lag.least",
        "stages.hearing.unfavourable.1.lag.mean")  # fmt: skip
"""What becomes of those who are ordered removed while free, whom judges short of hours do not reach."""
ELSEWHERE = {
    **dict.fromkeys(FREE, "judges have the hours they have: `test_what_becomes_of_the_free_changes_something`"),
    "metrics.removals.pace.2010": "of a watch that begins in that fiscal year: tests/test_pressure.py",
    "agencies.eoir-2018.units.judges.union_consent": "nobody trains the judges of 2018",
    "mixes.court-backlog.between_areas.detained": "nobody of the backlog is detained",
    "directives.judges-quota-2018.latitude": "no case is in its scope: it counts, and asks nothing of a case",
    "directives.judges-quota-2018.meaning": "the same",
    "reports.marshals-beds-full.visible": "outshone by the children who are apart: tests/test_reports.py",
    "metrics.discretion-granted.target": "in force only where a directive counts it: tests/test_directives.py",
}
ASKED = ("consults", "expects", "answers")
"""Of directives that ask and answer, which here do neither: tests/test_reports.py."""
OF_THE_BORDER = ("rule.equities.young-child", "rule.equities.language", "rule.equities.sole-parent",
                 "reporting.candour", "reporting.contact", "reporting.attention")  # fmt: skip
"""Weights that no case of the interior meets, though its rule has them; and how reports travel, of which it has none.
"""


class Digested(BureaucracyModel):
    """A model that sums up each day as a hash of all that was decided and counted."""

    def digest(self) -> str:
        """One more day, and its hash."""
        self.step()
        log, rows = self.log, int(self.rows[0])
        digest = hashlib.sha256()
        for column in (log.case, log.officer, log.to, log.favourable, log.noticed, log.p, log.hours):
            digest.update(column[:rows].tobytes())
        for state in (
            self.desks.orientation,
            self.desks.pressure,
            self.desks.exposure,
            self.amount,
            self.used,
            self.pools.balance,
            self.clocks.breaches,
            self.heard.known,
            self.heard.attention,
            self.case_state.present,
        ):
            digest.update(np.ascontiguousarray(state).tobytes())
        return digest.hexdigest()


def _model(stream: str, settings: dict[str, object], lever: str = "") -> Digested:
    """The shipped directives, and one that trains everybody to be strict, which none of them does."""
    if stream == "courts":
        return Digested(QUOTA, scale=0.01, rng=1, world=_moved(settings), until="2019-03-31")
    if stream == "border":
        world = strained.strained(_moved({**strained.VISIBLE, **settings}))
        return Digested(strained.scenario(), scale=0.02, rng=1, world=world)
    world = _moved({**VISIBLE, **settings})
    world = amended(world, lever) if lever else world
    everybody = world.directives["training-2012"].model_copy(
        update={"to": list(world.agencies), "direction": -1, "authority": "economic", "start": date(2012, 3, 1)}
    )
    world = world.model_copy(update={"directives": {**world.directives, "probe": everybody}})
    return Digested(SCENARIO, scale=0.005, rng=1, world=world)


_TABLES = read(WORLDS / "immigration").tables


def _moved(settings: dict[str, object]) -> World:
    """The shipped world with settings, as `model.load` gives it, without reading and checking its files again."""
    tables = copy.deepcopy(_TABLES)
    kept: list[tuple[object, ...]] = []
    for path, value in settings.items():
        kept.append(move(tables, path, value, kept))
    return World.model_validate(tables)


def _moves(quantity: Quantity) -> list[float]:
    """Values to try: a third up, a third down, halfway to the bounds."""
    low, high = quantity.bounds
    step = max(0.35 * abs(quantity.value), 0.2 if quantity.unit in ("share", "log-odds") else 1.0)
    halves = ((quantity.value + low) / 2, (quantity.value + high) / 2)
    tried = (quantity.value + step, quantity.value - step, *halves)
    return [float(value) for value in tried if low <= value <= high and value != quantity.value]


@cache
def _parameters(stream: str) -> list[tuple[str, list[float]]]:
    """The parameters to move, each with values to try; what interior and border share is moved in the interior."""
    world = load()
    watched = within(world, SCENARIO.model_copy(update={"directives": SCENARIO.directives[:-1]}))
    issued = {name: world.directives[name] for name in SCENARIO.directives[:-1]}
    inside = {path for path, _ in quantities(watched.model_copy(update={"directives": issued}))} - {*OF_THE_BORDER}
    court = within(world, world.scenarios[QUOTA]).model_copy(update={"directives": {QUOTA: world.directives[QUOTA]}})
    of_court = {path for path, _ in quantities(court)} - {*OF_THE_BORDER}
    of = {**dict.fromkeys(of_court, "courts"), **dict.fromkeys(inside, "interior")}
    found: list[tuple[str, list[float]]] = []
    for path, quantity in quantities(world):
        elsewhere = path in ELSEWHERE or path.startswith("levers.") or path.split(".")[-1] in PRICES
        elsewhere = elsewhere or bool({*path.split(".")} & {*ASKED})
        if elsewhere or of.get(path, "border") != stream:
            continue
        if isinstance(quantity, Shares):
            share = max(quantity.shares, key=quantity.shares.__getitem__)
            if quantity.shares[share] < 1.0:
                found.append((f"{path}.shares.{share}", [quantity.shares[share] * 0.6]))
        else:
            found.append((path, _moves(quantity)))
    return found


@cache
def _days(stream: str) -> list[str]:
    """Who the cases are and what happens on each day, if nothing is moved."""
    model = _model(stream, {})
    facts = _facts(model)
    return [facts, *(model.digest() for _ in range((model.end - model.start).days + 1))]


def _facts(model: BureaucracyModel) -> str:
    """A hash of who the cases are."""
    digest = hashlib.sha256()
    for column in model.cases:
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _changes_something(stream: str, path: str, value: float) -> bool:
    days = _days(stream)
    try:
        model = _model(stream, {path: value})
    except ValidationError:
        return False
    if _facts(model) != days[0]:
        return True
    return any(model.digest() != day for day in days[1:])


@pytest.mark.parametrize("lever", load().levers)
def test_each_parameter_of_a_lever_changes_something_when_it_is_pulled(lever: str) -> None:
    def days(settings: dict[str, object]) -> list[str]:
        model = _model("interior", settings, lever)
        return [model.digest() for _ in range((model.end - model.start).days + 1)]

    parameters = {path: quantity for path, quantity in quantities(load()) if path.startswith(f"levers.{lever}.")}
    pulled = days({}) if parameters else []
    for path, quantity in parameters.items():
        assert isinstance(quantity, Quantity)
        assert any(days({path: value}) != pulled for value in _moves(quantity)), path


def test_what_becomes_of_the_free_changes_something() -> None:
    known = dict(quantities(load()))
    hours = {"agencies.eoir.units.judges.hours": known["agencies.eoir.units.judges.hours"].value}

    def days(settings: dict[str, object]) -> list[str]:
        model = _model("interior", {**hours, **settings})
        return [model.digest() for _ in range((model.end - model.start).days + 1)]

    usual = days({})
    for path in FREE:
        assert any(days({path: value}) != usual for value in _moves(known[path])), path


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("stream", STREAMS)
def test_each_parameter_changes_something(stream: str, group: int) -> None:
    moved = _parameters(stream)[group::GROUPS]
    assert moved
    ignored = [path for path, values in moved if not any(_changes_something(stream, path, v) for v in values)]
    assert ignored == []


def test_each_price_changes_dollars() -> None:
    models = [_model(stream, {}).run() for stream in STREAMS]
    before = [_dollars(model, load()) for model in models]
    prices = [path for path, _ in quantities(load()) if path.split(".")[-1] in PRICES]
    dear = {path: _moved({path: 1000.0}) for path in prices}
    assert [path for path in prices if [_dollars(model, dear[path]) for model in models] == before] == []


def _dollars(model: BureaucracyModel, world: World) -> float:
    """What a run cost, at the prices of a world."""
    none, tables = pd.DataFrame(), model.recorder
    dear = world.model_copy(update={"directives": model.world.directives})
    scenario = model.world_scenario
    side = Side(scenario, within(dear, scenario), none, tables.outcomes(), tables.resource_table(), none, none,
                pd.Series())  # fmt: skip
    return sum(found.value for found in dollars(Account(side, model.start, model.scale)))
