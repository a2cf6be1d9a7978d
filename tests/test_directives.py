"""Each lever of a directive does what it says, on the same cases."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model import BureaucracyModel, load
from model.agencies.pressure import WHOLE
from model.schema import Directive, Scenario, World

START, ISSUED, END = date(2010, 10, 1), date(2011, 1, 1), date(2011, 12, 31)
PLAIN = {
    "title": "Probe", "issuer": "test", "source": "a test", "start": ISSUED, "direction": 1, "to": ["ice"],
    "authority": "regulatory", "scope": {"otherwise": "in"},
}  # fmt: skip
SHARES = ("clarity", "latitude", "meaning", "mandate", "monitoring", "training", "evaluation")
NEUTRAL = {"clarity": 1.0, "latitude": 0.0, "meaning": 1.0, "mandate": 0.0, "monitoring": 1.0, "training": 0.0,
           "evaluation": 1.0}  # fmt: skip


def directive(**changes: object) -> Directive:
    """A clear, regulatory directive to ICE with some terms changed; shares as plain numbers."""
    fields = {**PLAIN, **NEUTRAL, **changes}
    for name in SHARES:
        fields[name] = {"value": fields[name], "unit": "share", "source": "a test"}
    return Directive.model_validate(fields)


def silent(**changes: object) -> Directive:
    """A directive that moves no mind: it speaks of nobody, so that only its other effects are seen."""
    return directive(**{"scope": {"otherwise": "out"}, **changes})


def run(*texts: Directive, settings: dict[str, object] | None = None, scale: float = 0.01) -> BureaucracyModel:
    """A run under the given directives."""
    world: World = load(settings=settings or {})
    named = {f"probe-{at}": text for at, text in enumerate(texts)}
    world = world.model_copy(update={"directives": {**world.directives, **named}})
    scenario = Scenario(title="probe", question="?", start=START, end=END, directives=list(named))
    return BureaucracyModel(scenario, scale=scale, rng=1, world=world, trace=True).run()


@pytest.fixture(scope="module")
def without() -> BureaucracyModel:
    return run()


def rate(model: BureaucracyModel, stage: str) -> float:
    table = model.recorder.traced()
    at = table[(table["stage"] == stage) & (table["day"] > pd.Timestamp(2011, 2, 1))]
    return float(at["p"].mean())


def exposure(model: BureaucracyModel, unit: str) -> float:
    mine = model.desks.unit == model.world.units().index(unit)
    return float(model.desks.exposure[mine].mean())


def test_a_directive_that_addresses_nobody_changes_nothing(without: BureaucracyModel) -> None:
    nobody = run(directive(to=[]))
    assert nobody.recorder.traced().equals(without.recorder.traced())
    assert nobody.recorder.outcomes().equals(without.recorder.outcomes())


def test_nothing_changes_before_the_first_day(without: BureaucracyModel) -> None:
    with_it, plain = (m.recorder.traced() for m in (run(directive(mandate=1.0)), without))
    before = pd.Timestamp(ISSUED)
    assert with_it[with_it["day"] < before].equals(plain[plain["day"] < before])
    assert not with_it.equals(plain)


def test_a_mandate_to_look_raises_notice_and_an_appeal_does_not(without: BureaucracyModel) -> None:
    def noticed(model: BureaucracyModel) -> float:
        table = model.recorder.traced()
        return float(table.loc[(table["stage"] == "review") & (table["day"] > pd.Timestamp(ISSUED)), "notice"].mean())

    assert noticed(run(directive(mandate=1.0))) > 10 * noticed(without)
    assert noticed(run(directive(evaluation=0.0))) == pytest.approx(noticed(without), rel=0.05)


def test_direction_moves_both_ways(without: BureaucracyModel) -> None:
    assert rate(run(directive(direction=1)), "custody") > rate(without, "custody") * 1.1
    assert rate(run(directive(direction=-1)), "custody") < rate(without, "custody") * 0.9


@pytest.mark.parametrize(
    "weaker",
    [{"clarity": 0.5}, {"meaning": 0.3}, {"latitude": 1.0}, {"authority": "soft"}, {"evaluation": 0.0}],
    ids=lambda change: next(iter(change)),
)
def test_each_weakness_of_the_text_weakens_it(without: BureaucracyModel, weaker: dict[str, object]) -> None:
    strong, weak, none = (rate(m, "custody") for m in (run(directive()), run(directive(**weaker)), without))
    assert none < weak < strong


def test_without_monitoring_it_fades() -> None:
    assert exposure(run(directive(monitoring=0.0)), "ice.officers") < 0.5 * exposure(run(directive()), "ice.officers")


def test_a_union_can_block_training_and_consent_lifts_the_block() -> None:
    said: list[dict[str, object]] = [{}, *({"union_consents": agreed} for agreed in (None, True, False))]
    plain, blocked, agreed, refused = (run(directive(**change, training=0.9 if change else 0.0)) for change in said)
    assert exposure(blocked, "ice.officers") == exposure(plain, "ice.officers")
    assert exposure(blocked, "ice.attorneys") > exposure(plain, "ice.attorneys")
    assert exposure(agreed, "ice.officers") > exposure(plain, "ice.officers") + 0.2
    assert exposure(refused, "ice.attorneys") == exposure(plain, "ice.attorneys")


def test_a_superseded_directive_ends() -> None:
    later = directive(supersedes=["probe-0"], start=date(2011, 6, 1))
    model = run(directive(), later)
    assert model.desks.exposure[:, 0].max() == 0.0
    assert model.desks.exposure[:, 1].max() > 0.0


def test_an_end_date_ends_it(without: BureaucracyModel) -> None:
    table = run(directive(end=date(2011, 3, 1))).recorder.traced()
    assert (table.loc[table["day"] > pd.Timestamp(2011, 3, 10), "directive"] == 0.0).all()
    assert (table.loc[table["day"].between("2011-01-15", "2011-02-20") & (table["stage"] == "custody"),
                      "directive"] > 0.0).any()  # fmt: skip


def test_lifting_and_imposing_laws(without: BureaucracyModel) -> None:
    lifted = run(silent(lifts=["moral-character-bar", "aggravated-felony-bar"]))
    table = lifted.recorder.traced()
    barred = np.isin(lifted.cases.level[table["case"]], [3, 4, 5]) & (table["stage"] == "hearing")
    assert table.loc[barred & (table["day"] < pd.Timestamp(ISSUED)), "favourable"].sum() == 0
    assert table.loc[barred & (table["day"] >= pd.Timestamp(ISSUED)), "favourable"].sum() > 0


def test_dropping_a_quota_drops_its_pressure(without: BureaucracyModel) -> None:
    zero = {"value": 0, "unit": "persons", "source": "a test"}
    model = run(silent(targets={"removals": zero, "criminal-removals": zero}))
    ice = model.desks.unit == model.world.units().index("ice.attorneys")
    assert model.desks.pressure[ice].max() == 0.0
    assert without.desks.pressure[ice].max() > 0.0
    assert model.emphasis[model.hierarchy.managers.agency == list(model.world.agencies).index("ice")].max() == 0.0


def test_counting_discretion_as_an_achievement_presses_for_it(without: BureaucracyModel) -> None:
    table = run(silent(counts=["discretion-granted"])).recorder.traced()
    plain = without.recorder.traced()
    late = pd.Timestamp(2011, 6, 1)
    credit = [t.loc[(t["stage"] == "review") & (t["day"] > late), "metrics"].mean() for t in (table, plain)]
    assert credit[0] > credit[1]
    target = "metrics.discretion-granted.target"
    looked_at = directive(counts=["discretion-granted"], mandate=1.0)
    short, met = (run(looked_at, settings={target: asked}).recorder.traced() for asked in (400_000, 200))
    pressed = [t.loc[(t["stage"] == "review") & (t["day"] > late), "metrics"].mean() for t in (short, met)]
    assert pressed[0] > pressed[1] + 0.1


def test_moving_the_decision_moves_it_to_other_desks() -> None:
    model = run(silent(to=["uscis.centres"], moves={"review": "uscis.centres"}, mandate=1.0))
    table = model.recorder.traced()
    review = table[(table["stage"] == "review") & (table["day"] > pd.Timestamp(2011, 3, 1))]
    units = np.array(model.world.units())[model.desks.unit[review["officer"]]]
    assert (units == "uscis.centres").mean() > 0.99
    assert review["favourable"].mean() > 0.3


def test_promised_resources_come_late(without: BureaucracyModel) -> None:
    more = {"amount": {"value": 10000, "unit": "beds", "source": "a test"},
            "delay": {"value": 90, "unit": "days", "source": "a test"}}  # fmt: skip
    table = run(silent(resources={"beds": more})).recorder.resource_table()
    beds = table[table["what"] == "beds"].set_index("day")["amount"]
    assert beds.loc[:"2011-03-25"].max() == 340 and beds.loc["2011-04-10":].min() == 440


def test_promised_people_come_late_and_work_off_what_waits() -> None:
    order: dict[str, object] = {"mandate": 1.0, "review": {"pending_at": "hearing", "by": "review"}}
    more = {"amount": {"value": 450, "unit": "persons", "source": "a test"},
            "delay": {"value": 90, "unit": "days", "source": "a test"}}  # fmt: skip
    model, without = run(directive(staff={"ice.attorneys": more}, **order)), run(directive(**order))
    theirs = model.desks.unit == model.world.units().index("ice.attorneys")
    assert np.allclose(model.hours[theirs], 1.5 * without.hours[theirs])
    assert (model.hours[~theirs] == without.hours[~theirs]).all()
    before, after = pd.Timestamp(2011, 4, 1), pd.Timestamp(2011, 4, 3)
    tables = [m.recorder.traced().query("stage == 'review'") for m in (model, without)]
    early, late = ([t[t["day"] < before] for t in tables], [t[t["day"] >= after] for t in tables])
    assert early[0].equals(early[1])
    assert late[0]["hours"].sum() > 1.2 * late[1]["hours"].sum()


def test_hiring_to_another_mission_moves_the_culture() -> None:
    kind = {"value": 2.0, "unit": "log-odds", "source": "a test"}
    hired = run(silent(recruits={"ice.officers": kind}), settings={"agencies.ice.units.officers.turnover": 0.8})
    usual = run(silent(), settings={"agencies.ice.units.officers.turnover": 0.8})
    mine = hired.desks.unit == hired.world.units().index("ice.officers")
    assert hired.desks.orientation[mine].mean() > usual.desks.orientation[mine].mean() + 1.0


def test_an_ordered_review_reaches_the_pending_cases() -> None:
    review = {"pending_at": "hearing", "by": "review"}
    model = run(directive(to=["ice.attorneys"], mandate=1.0, review=review))
    ordered = model.recorder.traced().query("ordered")
    pending = (model.cases.arrival < (ISSUED - START).days).sum()
    assert 0 < model.reviewed < pending
    assert len(ordered) <= model.reviewed
    assert ordered["noticed"].mean() > 0.1
    assert (ordered["day"] >= pd.Timestamp(ISSUED)).all()
    closed = ordered[(ordered["to"] == "closed") & ordered["favourable"]]
    exits = len(model.stage_names) + list(model.world.exits).index("closed")
    assert len(closed) > 10 and (model.case_state.place[closed["case"]] == exits).all()


def test_a_case_ordered_twice_while_it_waits_is_reviewed_once() -> None:
    review = {"pending_at": "hearing", "by": "review"}
    unwatched = {"to": ["ice.attorneys"], "evaluation": 0.0, "review": review}
    texts = [directive(**unwatched, start=date(2011, month, 1)) for month in (1, 2)]
    model = run(*texts)
    ordered = model.recorder.traced().query("ordered")
    assert len(ordered) > 500
    assert not ordered.duplicated(["case", "round"]).any()
    waiting = int(model.case_state.laid.sum())
    assert waiting + len(ordered) <= model.reviewed


def test_an_offer_that_is_declined_counts_as_an_achievement_too() -> None:
    review = {"pending_at": "hearing", "by": "review"}
    model = run(directive(to=["ice.attorneys"], mandate=1.0, counts=["discretion-granted"], review=review), scale=0.02)
    table = model.recorder.traced()
    year = table[(table["stage"] == "review") & table["favourable"] & (table["day"] >= pd.Timestamp(2011, 10, 1))]
    assert (year["ordered"] & (year["to"] == "hearing")).any()
    assert model.targets.done[list(model.world.metrics).index("discretion-granted"), WHOLE] == len(year)
