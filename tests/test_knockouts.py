from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from experiments.mechanisms import MECHANISMS, Knockouts, knockouts
from experiments.mechanisms.groups import telling
from experiments.mechanisms.knockouts import _together
from experiments.mechanisms.pair_effects import ALL, OPENED, SAME, Outcomes, effects
from experiments.mechanisms.switches import switched_off
from experiments.mechanisms.trials import Trial, tried
from experiments.smallest import TOO_FEW
from experiments.twin import matched, pair
from experiments.twin.join import ONLY_WITH
from experiments.twin.shift import shared
from model import BureaucracyModel, InputError, load
from model.schema import Quantity, Scenario
from model.world.checks import quantities

MEMOS = ["discretion-2011", "review-2011", "training-2012"]
WINTER = Scenario(title="Winter", question="?", start=date(2011, 10, 1), end=date(2012, 2, 29), directives=MEMOS)
DACA = Scenario(title="DACA", question="?", start=date(2012, 8, 1), end=date(2012, 10, 31), directives=["daca-2012"])
SMALL = {"scale": 0.003, "seed": 5}


def days(*off: str) -> Iterator[BureaucracyModel]:
    """A model with mechanisms off, after each of its days."""
    model = BureaucracyModel(WINTER, rng=1, scale=0.003, world=load(settings=switched_off(load(), off)))
    while not model.finished:
        model.step()
        yield model


def last(*off: str) -> BureaucracyModel:
    *_, model = days(*off)
    return model


@pytest.fixture(scope="module")
def found() -> Knockouts:
    return knockouts(WINTER, mechanisms=["exposure", "notice", "culture"], replications=2, exact=True, **SMALL)


def test_without_culture_nobody_leans_and_nobody_ever_will() -> None:
    model = last("culture")
    assert not model.desks.orientation.any() and not model.hierarchy.managers.orientation.any()
    assert not model.units.recruits.any() and last().desks.orientation.any()


def test_without_metrics_nothing_presses_and_managers_attend_to_directives() -> None:
    model = last("metrics")
    assert not model.desks.pressure.any() and not model.emphasis.any()
    assert last().desks.pressure.any() and last().emphasis.any()


def test_without_exposure_everybody_addressed_has_heard_on_the_first_day() -> None:
    names = WINTER.directives
    for model in days("exposure"):
        for at, name in enumerate(names):
            directive = model.world.directives[name]
            here = [any(to in (unit, unit.split(".")[0]) for to in directive.to) for unit in model.world.units()]
            wanted = np.array(here)[model.desks.unit] & (model.today >= directive.start)
            assert (model.desks.exposure[:, at] == wanted).all(), (name, model.today)


def test_without_accountability_or_notice_no_decision_knows_them() -> None:
    model = BureaucracyModel(
        WINTER, rng=1, scale=0.003, trace=True,
        world=load(settings=switched_off(load(), ["accountability", "notice"])),
    ).run()  # fmt: skip
    table = model.recorder.traced()
    assert len(table) > 500
    assert not table["accountability"].any() and (table["notice"] == 1.0).all()


def test_without_limits_of_capacity_nobody_waits_and_every_bed_is_there() -> None:
    for model in days("capacity"):
        assert not model.waiting.length.any() and not model.desks.backlog.any()
    assert (model.pools.amount >= len(model.cases.key)).all()


def test_without_limits_of_capacity_nobody_waits_at_the_border() -> None:
    spring = Scenario(title="Spring", question="?", start=date(2018, 4, 1), end=date(2018, 6, 10), streams=["border"],
                      directives=["zero-tolerance-2018", "referral-change-2018"])  # fmt: skip
    waits = []
    for off in ([], ["capacity"]):
        kept, world = Outcomes(), load(settings=switched_off(load(), off))
        model = BureaucracyModel(spring, rng=1, scale=0.01, world=world, observers=[kept]).run()
        made = kept.table()
        assert (made["unit"] >= 0).all() and ((made["p"] >= 0.0) & (made["p"] <= 1.0)).all()
        waits.append(int(model.waiting.length.sum() + (model.pools.first >= 0).sum()))
    assert waits[0] > 0 and waits[1] == 0


def test_switches_are_parameters_that_anybody_can_set() -> None:
    world = load()
    known = {path: entry.value for path, entry in quantities(world) if isinstance(entry, Quantity)}
    taken: set[str] = set()
    for name, mechanism in MECHANISMS.items():
        sets = switched_off(world, [name])
        assert sets and set(sets) <= set(known) and not taken & set(sets), name
        assert any(known[path] != value for path, value in sets.items())
        assert mechanism.off and mechanism.why
        taken |= set(sets)
    everything = switched_off(world, MECHANISMS)
    assert load(settings=[f"{path}={value}" for path, value in everything.items()]) == load(settings=everything)


def test_the_effect_is_the_shift_that_twin_worlds_measure() -> None:
    world = load()
    twins = matched(world, WINTER, ["review-2011"])
    tables = []
    for scenario in (twins.with_it, twins.without):
        kept = Outcomes()
        model = BureaucracyModel(scenario, SMALL["scale"], int(SMALL["seed"]), world=world, observers=[kept]).run()
        tables.append(kept.table())
    found = effects(*tables, twins, model.world)
    quick = found.query("cases == @SAME and stage != @ALL").set_index(["agency", "stage"])
    slow = shared(pair(WINTER, ["review-2011"], **SMALL).decisions)
    chances = slow.assign(effect=slow["p_with"] - slow["p_without"]).groupby(["agency", "stage"], observed=True)
    wanted = chances["effect"].agg(["size", "mean"]).loc[quick.index]
    assert len(quick) == len(chances) > 5 and quick["effect"].any()
    assert (quick["decisions"] == wanted["size"]).all()
    assert quick["effect"].to_numpy() == pytest.approx(wanted["mean"].to_numpy())


def test_requests_that_a_programme_opened_count_from_nought() -> None:
    trial = Trial(DACA, None, "immigration", 5, 0.003, {}, {"nothing": {}})
    table = tried(trial)
    new = table[(table["cases"] == OPENED) & (table["stage"] == "daca")].iloc[0]
    only = pair(DACA, **SMALL).decisions.query("kind == @ONLY_WITH")
    assert set(only["stage"].astype(str)) == {"daca"} and ONLY_WITH
    assert (new["decisions"], new["effect"]) == (len(only), pytest.approx(only["p_with"].mean()))


def test_shares_and_what_is_left_with_all_off_are_the_shift(found: Knockouts) -> None:
    keys = ["agency", "stage", "cases"]
    totals = found.totals.pivot(index=keys, columns="total", values="effect")
    parts = found.shares.groupby(keys)["share"].sum()
    assert len(totals) > 5 and totals["whole"].any()
    assert (totals["bare"] + parts).to_numpy() == pytest.approx(totals["whole"].to_numpy(), abs=1e-12)


def test_a_notebook_shows_the_shares_between_the_ends(found: Knockouts) -> None:
    page = found._repr_html_()
    assert "training-2012" in page and page.index("bare") < page.index("culture") < page.index("whole")
    figures = [*found.totals["effect"], *found.shares["share"]]
    assert all(f">{100.0 * figure:+.2f}<" in page for figure in figures)


def test_exact_shares_run_every_combination_and_drawn_ones_agree_on_the_whole(found: Knockouts) -> None:
    assert found.worths["off"].nunique() == 8
    drawn = knockouts(WINTER, mechanisms=["exposure", "notice", "culture"], replications=2, **SMALL)
    assert drawn.worths["off"].nunique() == 8 and not drawn.exact
    pd.testing.assert_frame_equal(drawn.totals, found.totals)
    pd.testing.assert_frame_equal(drawn.knocked, found.knocked)
    assert not drawn.shares["share"].equals(found.shares["share"])


def test_a_knock_out_is_the_shift_under_those_settings(found: Knockouts) -> None:
    off = switched_off(load(), ["culture", "notice"])
    shifts = []
    for seed in found.seeds:
        same = shared(pair(WINTER, settings=off, scale=0.003, seed=seed).decisions).query("agency == 'ice'")
        shifts.append((same["p_with"] - same["p_without"]).mean())
    row = found.knocked.query("agency == 'ice' and stage == @ALL and one == 'culture' and other == 'notice'").iloc[0]
    assert row["cases"] == SAME and row["effect"] == pytest.approx(np.mean(shifts))
    on = found.totals.query("agency == 'ice' and stage == @ALL and total == 'whole'").iloc[0]
    assert row["change"] == pytest.approx(row["effect"] - on["effect"])


def test_where_all_look_by_custom_the_order_to_look_carries_nothing(found: Knockouts) -> None:
    shares = found.shares.query("agency == 'ice' and stage == 'review'").set_index("mechanism")["share"]
    assert shares["notice"] > 0.0 > shares["culture"]


def test_worlds_are_shared_only_where_that_is_safe() -> None:
    off = [frozenset[str](), frozenset({"exposure"}), frozenset({"custom"}), frozenset({"custom", "exposure"})]
    alone, among = matched(load(), WINTER), matched(load(), WINTER, ["review-2011"])
    groups = [sorted(map(sorted, group)) for group in _together(off, alone).values()]
    assert groups == [[[], ["exposure"]], [["custom"], ["custom", "exposure"]]]
    assert len(_together(off, among)) == 4
    runs = [last_without(*names) for names in ((), ("exposure",))]
    pd.testing.assert_frame_equal(*runs)


def last_without(*off: str) -> pd.DataFrame:
    world = load(settings=switched_off(load(), off))
    kept = Outcomes()
    BureaucracyModel(matched(world, WINTER).without, 0.003, 1, world=world, observers=[kept]).run()
    return kept.table()


def test_several_processes_find_the_same_and_tell_how_far_they_are(found: Knockouts) -> None:
    told: list[tuple[int, int]] = []
    again = knockouts(
        WINTER, mechanisms=["exposure", "notice", "culture"], replications=2, exact=True, workers=2, **SMALL,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    pd.testing.assert_frame_equal(again.worths, found.worths)
    pd.testing.assert_frame_equal(again.shares, found.shares)
    assert told[-1] == (24, 24) and told == sorted(told)


def test_one_replication_has_shares_but_no_interval() -> None:
    one = knockouts(WINTER, mechanisms=["notice"], replications=1, **SMALL)
    assert one.shares["share"].notna().all() and one.shares["low"].isna().all()
    assert (one.shares["verdict"] == TOO_FEW).all()


def test_agencies_that_nothing_moved_have_no_place_on_the_page(found: Knockouts) -> None:
    groups = telling(found.totals, found.twins, load())
    assert groups[0] == ("ice", ALL, SAME) and len(groups) > 1
    assert {agency for agency, _, _ in groups} == {"ice"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"without": ["reveiw-2011"]}, ["no such directive", "nearest: review-2011"]),
        ({"without": ["daca-2012"]}, ["no such directive to take away"]),
        ({"mechanisms": ["cultur"]}, ["no such mechanism", "nearest: culture"]),
        ({"mechanisms": []}, ["no mechanism to switch off", "capacity"]),
        ({"replications": 0}, ["replications", "1 or more"]),
        ({"workers": 0}, ["workers", "1 or more"]),
        ({"scale": 0.0}, ["scale", "0 < scale <= 1"]),
        ({"seed": -1}, ["seed", "not negative"]),
        ({"settings": ["rule.metric=0"]}, ["no such parameter", "nearest: metrics"]),
    ],
)
def test_what_cannot_be_run_is_refused(asked: dict[str, object], words: list[str]) -> None:
    scenario = WINTER.model_copy(update={"end": WINTER.start + timedelta(days=60)})
    with pytest.raises(InputError) as caught:
        knockouts(scenario, **{"scale": 0.003, "replications": 1, **asked})  # type: ignore[arg-type]
    for word in words:
        assert word in str(caught.value)


def test_worlds_in_which_nobody_is_decided_in_both_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.mechanisms.trials.effects", lambda *_: pd.DataFrame())
    scenario = WINTER.model_copy(update={"end": WINTER.start + timedelta(days=60)})
    with pytest.raises(InputError, match="share no cases"):
        knockouts(scenario, mechanisms=["custom"], replications=1, **SMALL)
