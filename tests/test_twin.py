from collections.abc import Callable
from datetime import date
from math import exp

import numpy as np
import pandas as pd
import pytest

from experiments.smallest import MATTERS, NONE_THAT_MATTERS
from experiments.twin import Pair, flips, matched, pair, shift
from experiments.twin.aggregate import tables_of
from experiments.twin.control_variates import leanings
from experiments.twin.intervals import adjusted, paired
from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT
from experiments.twin.measures import measured
from experiments.twin.shift import paired_rates, shared
from model import BureaucracyModel, InputError, load
from model.rule.terms import TERM_NAMES
from model.schema import Directive, Scenario, World

DAYS = {"start": date(2010, 10, 1), "end": date(2011, 12, 31)}
ISSUED = date(2011, 1, 1)
SHARES = {"clarity": 1.0, "latitude": 0.0, "meaning": 1.0, "mandate": 0.0, "monitoring": 1.0, "training": 0.0,
          "evaluation": 1.0}  # fmt: skip


SCARCE = {"resources.beds.amount": 20_000}
"""Fewer beds than are asked for, so that one decision changes where another can lead."""


def probe(**changes: object) -> World:
    """A world with a directive of that name to ICE, and a scenario with it alone."""
    fields: dict[str, object] = {
        "title": "Probe", "issuer": "test", "source": "a test", "start": ISSUED, "direction": 1, "to": ["ice"],
        "authority": "regulatory", "scope": {"otherwise": "in"}, **SHARES, **changes,
    }  # fmt: skip
    for name in SHARES:
        fields[name] = {"value": fields[name], "unit": "share", "source": "a test"}
    world = load(settings=SCARCE)
    directives = {**world.directives, "probe": Directive.model_validate(fields)}
    return world.model_copy(update={"directives": directives})


def scenario(*names: str, **days: date) -> Scenario:
    return Scenario(title="Probe", question="?", directives=list(names), **{**DAYS, **days})


def twin(**changes: object) -> Pair:
    return pair(scenario("probe"), world=probe(**changes), seed=1, scale=0.005)


@pytest.fixture(scope="module")
def review() -> Pair:
    """The record's memos, with and without the ordered review."""
    memos = load().scenarios["morton-2011"].model_copy(update={"end": date(2012, 9, 30)})
    return pair(memos, ["review-2011"], seed=2, scale=0.005, settings=SCARCE)


def test_before_the_first_day_the_worlds_are_the_same_decision_by_decision(review: Pair) -> None:
    before = review.decisions[~review.decisions["after"]]
    assert len(before) > 5000
    assert (before["kind"] == "same").all()
    for name in ("day", "officer", "p", "to"):
        assert (before[f"{name}_with"] == before[f"{name}_without"]).all(), name
    assert before["day_with"].max() < pd.Timestamp(review.twins.first_day)
    assert review.decisions["kind"].nunique() == 5


def test_a_directive_addressed_to_nobody_leaves_them_the_same_to_the_end(review: Pair) -> None:
    one = twin(to=[])
    assert (one.decisions["kind"] == "same").all() and one.decisions["after"].any()
    assert (one.decisions["p_with"] == one.decisions["p_without"]).all()
    none, some = tables_of(one).flips, tables_of(review).flips
    assert none.empty and not some.empty and none.dtypes.to_dict() == some.dtypes.to_dict()
    found = shift([one, one], ["agency"])
    assert (found["shift"] == 0.0).all() and (found["verdict"] == NONE_THAT_MATTERS).all()


def test_both_worlds_give_a_case_to_the_same_desk(review: Pair) -> None:
    both = review.decisions.dropna(subset=["officer_with", "officer_without"])
    assert (both["officer_with"] == both["officer_without"]).all()


def test_decisions_are_those_of_a_run_of_its_own() -> None:
    world = probe(mandate=1.0)
    one = pair(scenario("probe"), world=world, seed=1, scale=0.005)
    model = BureaucracyModel(scenario("probe"), 0.005, 1, world=world, trace=True).run()
    keys = ["mix", "number", "arrival", "stage", "round"]
    alone = model.recorder.traced()[[*keys, "day", "favourable", "p"]].sort_values(keys).reset_index(drop=True)
    there = one.decisions[one.decisions["kind"] != "only without"].sort_values(keys).reset_index(drop=True)
    assert len(alone) == len(there)
    for name in ("day", "favourable", "p"):
        assert (alone[name] == there[f"{name}_with"]).all()


def test_a_flip_is_what_its_terms_and_its_draws_make_it(review: Pair) -> None:
    changed = review.changed[review.changed["kind"] == "flipped"].head(20)
    assert len(changed) == 20
    thresholds = {name: stage.threshold.value for name, stage in review.world.stages.items()}
    for row in changed.to_dict("records"):
        for side in ("_with", "_without"):
            total = thresholds[row["stage"]] + sum(row[term + side] for term in TERM_NAMES)
            judgment = 1.0 / (1.0 + exp(-total))
            assert judgment == pytest.approx(row["judgment" + side])
            if row["bound" + side] == 0:
                drawn = row["notice_draw"] < row["notice" + side] and row["judge_draw"] < judgment
                assert drawn == row["favourable" + side]


def test_an_officer_of_the_run_would_decide_a_flip_as_the_table_says(review: Pair) -> None:
    table = flips(review).query("kind == 'flipped' and stage == 'review' and round == 0").sort_values("day")
    row = table.iloc[0]
    for side, p, day in (("with_it", "p", "day"), ("without", "p_without", "day_without")):
        model = BureaucracyModel(getattr(review.twins, side), review.scale, review.seed, world=review.world)
        while pd.Timestamp(model.today) < row[day]:
            leaning = model.desks.orientation.copy()
            model.step()
        model.desks.orientation[:] = leaning
        mixes = list(model.world.mixes)
        same = (model.cases.number == row["number"]) & (model.cases.arrival == row["arrival"])
        (case,) = np.flatnonzero(same & (model.cases.mix == mixes.index(row["mix"])))
        officer = [one for one in model.officers if one.unit == row["unit"]][row["officer"]]
        assert officer.office == row["office"] and officer.unit == row["unit"]
        assert officer.decide(int(case), row["stage"]).probability == row[p]


def test_the_order_to_look_is_told_from_its_ripples(review: Pair) -> None:
    table = flips(review)
    ordered = table[(table["stage"] == "review") & (table["kind"] == "flipped")]
    assert (ordered["term"] == "notice").mean() > 0.9 and (ordered["cause"] == "direct").mean() > 0.8
    assert ordered["to"].str.startswith("offered closure").mean() > 0.9
    elsewhere = table[table["stage"] != "review"]
    assert len(elsewhere) and (elsewhere["cause"] == "ripple").all()
    assert (table.loc[table["kind"] == "rerouted", "term"] == "route").all()


@pytest.mark.parametrize(
    ("changes", "term", "stage"),
    [
        ({"evaluation": 0.0}, "directive", "custody"),
        ({"meaning": 0.0, "to": ["eoir"]}, "accountability", "hearing"),
        ({"mandate": 1.0, "authority": "soft"}, "notice", "review"),
        ({"scope": {"otherwise": "out"}, "lifts": ["aggravated-felony-bar", "moral-character-bar"]}, "law", "hearing"),
        ({"scope": {"otherwise": "out"}, "to": ["uscis.centres"], "moves": {"review": "uscis.centres"}}, "desk",
         "review"),
    ],
    ids=["text", "answering", "mandate", "law", "desk"],
)  # fmt: skip
def test_each_lever_is_named_as_what_did_it(changes: dict[str, object], term: str, stage: str) -> None:
    table = flips(twin(**changes))
    here = table[(table["stage"] == stage) & (table["kind"] == "flipped")]
    assert len(here) > 5
    assert (here["term"] == term).mean() > 0.8
    assert (here.loc[here["term"] == term, "cause"] == "direct").mean() > 0.8


def test_a_flip_of_what_no_directive_touches_is_a_ripple() -> None:
    beds = {"beds": {"amount": {"value": 20000, "unit": "beds", "source": "a test"},
                     "delay": {"value": 0, "unit": "days", "source": "a test"}}}  # fmt: skip
    table = flips(twin(scope={"otherwise": "out"}, resources=beds))
    assert (table["kind"] == "rerouted").sum() > 20
    assert (table["cause"] == "ripple").all()
    custody = table[(table["stage"] == "custody") & (table["kind"] == "rerouted")]
    assert len(custody) and (custody["from"] != custody["to"]).all()


def test_the_shift_compares_the_same_cases_after_the_first_day(review: Pair) -> None:
    found = paired_rates(review, ["stage"]).set_index("stage").loc["review"]
    table = review.decisions.query("stage == 'review' and after")
    both = table[table["day_with"].notna() & table["day_without"].notna()]
    assert found["decisions"] == len(both)
    flipped = both[both["kind"] == "flipped"]
    net = flipped["favourable_with"].sum() - flipped["favourable_without"].sum()
    assert found["drawn_with"] - found["drawn_without"] == pytest.approx(net / len(both))
    assert found["rate_with"] - found["rate_without"] == pytest.approx((both["p_with"] - both["p_without"]).mean())
    alone = table[table["p_with"].notna()]
    assert found["all_with"] == pytest.approx(alone["favourable_with"].astype(float).mean())
    assert len(alone) > len(both)


def test_outcomes_are_drawn_with_the_probabilities_that_stand_for_them(review: Pair) -> None:
    """``sum of (Y - p) / sqrt(sum of p (1 - p))`` is about standard normal, in each world, of what both decided."""
    both = shared(review.decisions)
    for side in ("_with", "_without"):
        for _, rows in both.groupby("stage", observed=True):
            p, drawn = rows["p" + side], rows["favourable" + side].astype(float)
            variance = (p * (1.0 - p)).sum()
            assert abs((drawn - p).sum()) <= 4.0 * np.sqrt(variance) + 1e-9


def test_the_shift_of_what_the_desks_explain_is_narrower_and_of_the_same_mean() -> None:
    """Of a shift that is known to be 0.02, intervals hold it as often as they say, with controls and without."""
    draws, level = np.random.default_rng(1), 0.9
    held, width, means = {True: 0, False: 0}, {True: 0.0, False: 0.0}, []
    for _ in range(500):
        leaning = draws.normal(0.0, 0.1, size=(8, 1))
        seen = 0.02 + 0.1 * leaning[:, 0] + draws.normal(0.0, 0.003, size=8)
        for known in (True, False):
            found = adjusted(seen, leaning, level) if known else paired(seen, level)
            held[known] += found.low <= 0.02 <= found.high
            width[known] += found.high - found.low
            means += [found.mean] if known else []
    for share in held.values():
        assert abs(share / 500 - level) < 0.04
    assert width[True] < 0.5 * width[False]
    assert np.mean(means) == pytest.approx(0.02, abs=0.0003)


def test_who_sits_at_the_desks_leans_to_neither_side_on_average() -> None:
    world = load()
    found = [leanings(BureaucracyModel("baseline-2010", 0.002, seed, world=world)) for seed in range(30)]
    assert found[0].groupby("unit")["share"].sum().to_numpy() == pytest.approx(1.0)
    model = BureaucracyModel("baseline-2010", 0.002, 0, world=world)
    here = [o for o in model.officers if o.unit == "ice.attorneys" and o.office == "Houston"]
    expected = np.mean([o.culture for o in here]) - world.agencies["ice"].units["attorneys"].culture.orientation.value
    row = found[0].set_index("office").loc["ice.attorneys: Houston"]
    assert row["leaning"] == pytest.approx(expected)
    everybody = pd.concat(found)["leaning"]
    assert abs(everybody.mean()) < 4.0 * everybody.std() / np.sqrt(30)


def test_nor_do_those_of_offices_to_which_the_world_gives_a_leaning_of_their_own() -> None:
    world = load()
    every = pd.concat([leanings(BureaucracyModel("border-2016", 0.02, seed, world=world)) for seed in range(10)])
    own = {f"{agency}.{name}: {office}" for agency, entry in world.agencies.items()
           for name, unit in entry.units.items() for office in unit.local}  # fmt: skip
    by_office = every[every["office"].isin(own)].groupby("office")["leaning"]
    assert len(by_office) > 10
    assert (by_office.mean().abs() < 4.0 * by_office.std() / np.sqrt(10)).all()


def test_pairing_narrows_what_both_worlds_share() -> None:
    pairs = [twin_of(seed) for seed in range(1, 4)]
    found = shift(pairs, ["agency", "stage"]).set_index("stage")
    assert found.loc["hearing", "ratio_drawn"] < 0.4 and found.loc["hearing", "ratio"] < 0.05
    assert found.loc["charge", "ratio_drawn"] < 0.2 and found.loc["charge", "ratio"] < 0.05
    assert found.loc["hearing", "verdict"] != MATTERS
    assert found.loc["review", "verdict"] == MATTERS
    whole = shift(pairs).set_index("agency").loc["ice"]
    assert whole["ratio"] < 0.25 and whole["ratio_drawn"] < 0.5
    assert whole["low"] <= whole["drawn_high"] and whole["drawn_low"] <= whole["high"]


def twin_of(seed: int) -> Pair:
    memos = load().scenarios["morton-2011"].model_copy(update={"end": date(2012, 6, 30)})
    return pair(memos, ["review-2011"], seed=seed, scale=0.003)


def test_measures_of_an_order_to_look(review: Pair) -> None:
    table = measured(review).set_index(["stage", "measure"])["value"]
    assert table["review", "uptake"] + table["review", "slippage"] == pytest.approx(1.0)
    assert table["review", "gain"] > 0.0 and table["review", "uptake"] > 0.0
    assert table["review", "latency"] % 28 == 0 and table["review", "persistence"] <= 1.0
    assert abs(table["hearing", "spillover"]) < 0.05
    assert np.isnan(table["hearing", "uptake"])


def test_another_scenario_is_compared_over_the_days_that_both_have() -> None:
    twins = matched(load(), "morton-2011", against="detainer-2012")
    assert (twins.with_it.start, twins.with_it.end) == (date(2012, 1, 1), date(2013, 6, 30))
    memos, guidance = (load().scenarios[name].directives for name in ("morton-2011", "detainer-2012"))
    assert twins.differ == [name for name in load().directives if name in {*memos, *guidance}]
    assert twins.first_day == date(2012, 1, 1)


def test_worlds_in_which_nobody_is_decided_in_both_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = pd.DataFrame({"kind": [ONLY_WITH, ONLY_WITHOUT]})
    monkeypatch.setattr("experiments.twin.pairs.joined", lambda *_: (apart, apart))
    with pytest.raises(InputError, match="share no cases"):
        pair("memo", world="two-desks", scale=0.05)


def later() -> World:
    world = probe()
    return world.model_copy(update={"scenarios": {**world.scenarios, "later": scenario(
        "probe", start=date(2014, 1, 1), end=date(2014, 2, 1))}})  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: matched(load(), "morton-2011", ["reveiw-2011"]), ["no such directive", "nearest: review-2011"]),
        (lambda: matched(load(), "morton-2011", ["daca-2012"]), ["no such directive to take away", "daca-2012"]),
        (lambda: matched(load(), "baseline-2010", ["daca-2012"]), ["it has no directives"]),
        (lambda: matched(load(), "morton-2011", []), ["no directive to take away"]),
        (lambda: matched(load(), "mortno-2011"), ["no such scenario", "nearest: morton-2011"]),
        (lambda: matched(load(), "morton-2011", against="morton-2011"), ["nothing differs", "morton-2011"]),
        (lambda: matched(load(), "baseline-2010"), ["nothing differs"]),
        (lambda: matched(load(), "morton-2011", ["review-2011"], "baseline-2010"), ["either", "another scenario"]),
        (lambda: matched(later(), "morton-2011", against="later"), ["share no cases", "2014-01-01 to 2014-02-01"]),
        (lambda: matched(load(), scenario("daca-2012")), ["after the last day", "2012-06-15"]),
    ],
)
def test_what_cannot_be_compared_is_refused(ask: Callable[[], object], words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        ask()
    for word in words:
        assert word in str(caught.value)
