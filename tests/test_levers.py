import json
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.levers import Ranking, Target, fitting, rank
from experiments.levers.costs import account
from experiments.runs import run
from experiments.smallest import MATTERS, TOO_FEW, UNDECIDED
from experiments.traced_runs import same_cases, traced
from experiments.twin import pair
from experiments.twin.measures.payroll import pay
from experiments.twin.shift import shared
from experiments.twin.world_outcomes import Side
from model import InputError, load
from model.schema import Changes, Scenario
from model.schema.directive import Staffing
from tests.commands import assert_refused, discretion
from viz.charts import lever_ranking
from viz.charts.shifts import in_points

levers = partial(discretion, "levers", "--workers", "1")
SMALL = ["--scale", "0.002", "--replications", "2"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def memos() -> Ranking:
    names = ["quotas-dropped", "adjudicators", "waiver-restored"]
    return rank("morton-2011", names, world=load(), replications=1, scale=0.005)


def at(found: Ranking, lever: str, agency: str, stage: str = "all") -> pd.Series:
    table = found.shift.set_index(["lever", "agency", "stage"])
    return table.loc[(lever, agency, stage)]


def cost(found: Ranking, lever: str, measure: str, group: str = "all") -> float:
    table = found.costs.set_index(["lever", "agency", "group", "measure"])
    return float(table.loc[(lever, "all", group, measure), "difference"])


def test_a_lever_shifts_what_a_pair_of_worlds_says() -> None:
    world, record = load(), load().scenarios["detainer-2012"]
    text = world.levers["training-agreed"].laid_over(world.directives["detainer-2012"])
    both = world.model_copy(update={"directives": {**world.directives, "trained": text}})
    with_it = record.model_copy(update={"directives": ["trained"]})
    one = shared(pair(with_it, against=record, world=both, seed=3, scale=0.005).decisions)
    expected = one.groupby("stage", observed=True)[["p_with", "p_without"]].mean()
    found = rank("detainer-2012", ["training-agreed"], world=world, replications=1, seed=3, scale=0.005)
    rows = found.shift[found.shift["stage"] != "all"].set_index("stage")
    assert found.levers["training-agreed"].first_day == date(2012, 12, 21)
    assert len(rows) == len(expected) > 5
    assert np.allclose(rows["rate_with"], expected["p_with"][rows.index])
    assert np.allclose(rows["rate_without"], expected["p_without"][rows.index])
    assert rows.loc["charge", "shift"] > 0.0


def test_no_figure_of_a_lever_depends_on_which_others_there_are() -> None:
    world, name = load(), "training-agreed"
    bare = world.model_copy(update={"levers": {name: world.levers[name]}})
    alone, beside = (
        rank("morton-2011", names, world=here, replications=1, scale=0.002)
        for names, here in ((None, bare), (["quotas-dropped", name], world))
    )
    assert alone.levers[name].first_day == beside.levers[name].first_day == date(2012, 1, 9)
    assert beside.levers["quotas-dropped"].first_day == date(2011, 6, 17)
    for one, other in ((alone.shift, beside.shift), (alone.costs, beside.costs)):
        rows = other[other["lever"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(one, rows)


def test_a_lever_begins_where_the_directives_in_effect_first_differ() -> None:
    world = load()
    end = Changes(end=date(2012, 9, 1))
    for changes, first in ((end, date(2012, 9, 1)), (world.levers["review-prepared"].changes, date(2011, 11, 17))):
        lever = world.levers["review-prepared"].model_copy(update={"changes": changes})
        assert fitting(world.model_copy(update={"levers": {"own": lever}}), "morton-2011")["own"].first_day == first
    same = lever.model_copy(update={"changes": Changes(end=date(2014, 9, 1))})
    with pytest.raises(InputError, match="in it review-2011 stays as it is"):
        rank("morton-2011", ["own"], world=world.model_copy(update={"levers": {**world.levers, "own": same}}))
    with pytest.raises(InputError, match="no lever to pull"):
        rank("morton-2011", [], world=world)


def test_people_who_are_added_are_paid_in_full_and_once() -> None:
    """500 attorneys for a year of 365 days: 500 * 1750 * 365 / 365.25 hours at 80 dollars, whatever they decide.

    All attorneys spend 1,400 hours; of these 500 parts in 1,400 are those of the people added, whose pay covers them.
    """
    world = load()
    more = Staffing.model_validate({
        "amount": {"value": 500, "unit": "persons", "source": "a test"},
        "delay": {"value": 30, "unit": "days", "source": "a test"},
    })  # fmt: skip
    text = world.directives["review-2011"].model_copy(
        update={"start": date(2011, 1, 2), "staff": {"ice.attorneys": more}}
    )
    world = world.model_copy(update={"directives": {"more": text}})
    scenario = Scenario(
        title="a test", question="?", start=date(2011, 1, 1), end=date(2012, 1, 31), directives=["more"]
    )
    nothing = pd.DataFrame()
    side = Side(scenario, world, nothing, nothing, nothing, nothing, nothing, pd.Series(dtype=float))
    unit = world.agencies["ice"].units["attorneys"]
    spent = pd.Series([14.0], [pd.Timestamp("2011-06-06")])
    paid = pay(side, "ice.attorneys", unit, spent, scenario.start, scale=0.01)
    assert paid == pytest.approx(80.0 * (500 * 1750 * 365 / 365.25 + 900))
    half = pay(side, "ice.attorneys", unit, spent.iloc[:0], date(2012, 1, 1), scale=0.01)
    assert half == pytest.approx(80.0 * 500 * 1750 * 31 / 365.25)


def test_adjudicators_are_the_immigration_judges_and_uscis_has_a_lever_of_its_own() -> None:
    """Rabin 2014, Part V.C, means the adjudication system in the Department of Justice."""
    moved = {name: load().levers[name].changes.moves for name in ("adjudicators", "uscis-review")}
    assert moved == {"adjudicators": {"review": "eoir.judges"}, "uscis-review": {"review": "uscis.centres"}}


def test_levers_do_what_they_say_where_they_say_it(memos: Ranking) -> None:
    assert memos.targets == [Target("ice", "review")]
    assert at(memos, "adjudicators", "ice", "review")["shift"] > 0.3
    assert at(memos, "quotas-dropped", "ice", "custody")["shift"] > 0.0
    assert at(memos, "quotas-dropped", "uscis", "t-visa")["shift"] == 0.0
    assert at(memos, "waiver-restored", "eoir", "hearing")["shift"] > 0.02
    assert cost(memos, "adjudicators", "removed") < cost(memos, "quotas-dropped", "removed") < 0.0
    assert cost(memos, "waiver-restored", "spared", "serious") > 0.0
    assert cost(memos, "waiver-restored", "custody") < 0.0


def test_the_ranking_has_the_largest_shift_first_with_costs_beside(memos: Ranking) -> None:
    table = memos.ranked()
    nudged, replaced = (table[table["replaces"] == swaps] for swaps in (False, True))
    assert table["replaces"].is_monotonic_increasing, "ranked apart"
    assert nudged["shift"].is_monotonic_decreasing and replaced["shift"].is_monotonic_decreasing
    assert replaced["lever"].iloc[0] == "adjudicators" and len(nudged) > 1
    moved = {name for name, lever in load().levers.items() if "moves" in lever.changes.terms()}
    assert set(replaced["lever"]) == moved & set(table["lever"])
    assert {"custody", "custody_low", "removed, high equities", "work", "backlog"} <= set(table.columns)
    assert "separated" not in table.columns
    hearings = memos.ranked(Target("eoir", "hearing"))
    assert hearings["lever"].iloc[0] == "waiver-restored"
    assert "Move the decision to adjudicators" in memos._repr_html_()


def test_costs_are_those_of_the_run() -> None:
    world = load()
    one = traced(world.scenarios["daca-2012"], world, 2, 0.005)
    usual = run("daca-2012", 0.005, 2)
    table = account(one).set_index(["agency", "group", "measure"])["value"] * 0.005
    hours = usual.outcomes.groupby("agency", observed=True)["hours"].sum()
    for agency in ("ice", "eoir", "uscis"):
        assert table[agency, "all", "work"] == pytest.approx(hours[agency])
    census = usual.about["census"]
    assert table["all", "all", "removed"] == pytest.approx(census["removed"])
    assert table["all", "all", "backlog"] == pytest.approx(
        sum(census[stage] for stage in world.stages if stage in census)
    )
    prices = {unit: load().agencies[unit.split(".")[0]].units[unit.split(".")[1]].cost for unit in load().units()}
    spent = usual.outcomes.groupby("unit", observed=True)["hours"].sum()
    paid = sum(hours * price.value for unit, hours in spent.items() if (price := prices[unit]))
    held = usual.resources.loc[usual.resources["what"] == "beds", "days"].sum() * world.resources["beds"].cost.value
    assert table["all", "all", "cost"] == pytest.approx(paid + held)
    beds = usual.resources[usual.resources["what"] == "beds"]["used"]
    assert table["all", "all", "custody"] == pytest.approx(7 * beds.sum(), rel=0.1)
    assert 0 < table["all", "high equities", "removed"] < table["all", "all", "removed"]


def test_same_cases_are_all_that_both_worlds_decided() -> None:
    world = load()
    one, other = (traced(world.scenarios[name], world, 1, 0.002) for name in ("baseline-2010", "morton-2011"))
    both = same_cases(one, other)
    known = [set(map(tuple, run.decisions[["case", "stage", "round"]].to_numpy())) for run in (one, other)]
    assert len(both) == len(known[0] & known[1]) > 1000
    before = both[both["day"] < (date(2010, 6, 30) - date(2010, 1, 1)).days]
    assert (before["p_with"] == before["p_without"]).all() and (both["p_with"] != both["p_without"]).any()


def test_a_scenario_that_departs_from_the_record_is_a_lever_too() -> None:
    world = load()
    found = fitting(world, "zero-tolerance-2018")
    departing = {name for name, one in world.scenarios.items() if one.counterfactual_of == "zero-tolerance-2018"}
    assert departing and departing <= set(found)
    assert all(found[name].scenario == world.scenarios[name] for name in departing)


def test_the_command_stores_the_tables_and_the_chart_and_prints_the_ranking(tmp_path: Path) -> None:
    done = levers("detainer-2012", *SMALL, "--lever", "quotas-dropped", "--lever", "waiver-restored")
    assert done.exit_code == 0, done.output
    for words in ("Levers by shift", "Drop the removal quotas", "not charged", "90 percent intervals",
                  "Without a price: ", "has a cost a point"):  # fmt: skip
        assert words in done.stdout
    place = tmp_path / "results/levers-detainer-2012"
    files = {"shift.csv", "costs.csv", "levers.json", "ranking-charge.html", "ranking-charge.png"}
    assert {path.name for path in place.iterdir()} == files
    told = json.loads((place / "levers.json").read_text())
    assert told["targets"] == [{"agency": "ice", "stage": "charge"}] and told["seeds"] == [1, 2]
    assert told["levers"][0]["otherwise"].startswith("in discretion-2011, detainer-2012: targets removals 0")
    costs, shift = pd.read_csv(place / "costs.csv"), pd.read_csv(place / "shift.csv")
    assert set(costs["measure"]) >= {"work", "custody", "removed", "spared", "backlog"}
    for table, value in ((costs, "difference"), (shift, "shift")):
        assert (table["low"] <= table[value]).all() and (table[value] <= table["high"]).all()


def test_one_replication_gives_json_without_an_interval_and_the_same_files_again(tmp_path: Path) -> None:
    arguments = ["daca-2012", "--scale", "0.002", "--replications", "1", "--lever", "daca-staffed"]
    done = levers(*arguments, "--json", "--out", "one")
    told = json.loads(done.stdout)
    assert told["shift"][0]["low"] is None and told["costs"][0]["verdict"] == TOO_FEW
    assert levers(*arguments, "--out", "other").exit_code == 0
    for name in ("shift.csv", "costs.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mortn-2011"], ["no such scenario", "nearest: morton-2011"]),
        (["baseline-2010"], ["no lever fits the scenario", "review-2011"]),
        (["morton-2011", "--lever", "quota-dropped"], ["no such lever", "nearest: quotas-dropped"]),
        (["daca-2012", "--lever", "quotas-dropped"], ["does not fit", "discretion-2011 or detainer-2012"]),
        (["morton-2011", "--stage", "daca"], ["no case comes to this stage", "review"]),
        (["morton-2011", "--stage", "reviwe"], ["no such stage", "nearest: review"]),
        (["morton-2011", "--agency", "uscsi"], ["no such agency", "nearest: uscis"]),
        (["morton-2011", "--agency", "eoir", "--stage", "review"], ["eoir does not decide", "bond", "hearing"]),
        (["morton-2011", "--replications", "0"], ["replications", "1 or more"]),
        (["morton-2011", "--workers", "0"], ["workers", "1 or more"]),
        (["morton-2011", "--scale", "0"], ["scale", "0 < scale <= 1"]),
    ],
)
def test_bad_input_gives_one_message_and_leaves_nothing_behind(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    assert_refused(levers(*arguments), words, tmp_path)


def test_the_environment_says_how_many_processes_there_are_where_the_command_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCRETION_WORKERS", "0")
    assert_refused(discretion("levers", "morton-2011"), ["workers", "found:   0", "1 or more"], tmp_path)


def test_the_chart_shows_every_figure_on_a_linear_scale_that_holds_it_and_desks_that_swap_apart() -> None:
    said = [MATTERS, UNDECIDED, TOO_FEW]
    table = pd.DataFrame(
        {"title": ["Do much", "Do little", "Nobody knows"], "shift": [0.7, 0.001, 0.0],
         "low": [0.6, -0.001, np.nan], "high": [0.8, 0.003, np.nan], "removed": [-7e4, 10.0, 0.0],
         "removed_low": [-8e4, -5.0, np.nan], "removed_high": [-6e4, 25.0, np.nan]}
    ).assign(verdict=said, removed_verdict=said, replaces=[True, False, False])  # fmt: skip
    drawn = lever_ranking(table, {"removed": "removals"}, "#B5442B", "What if?", ["note"]).to_dict()
    moved, swapped = drawn["vconcat"]
    for part, own in ((moved, table[1:]), (swapped, table[:1])):
        for panel, column in zip(part["hconcat"], ("shift", "removed"), strict=True):
            dots = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "point")
            rows = pd.DataFrame(drawn["datasets"][dots["data"]["name"]])
            assert rows["middle"].tolist() == own[column].tolist()
            assert rows["verdict"].tolist() == own["verdict"].tolist()
            scale = dots["encoding"]["x"]["scale"]
            low, high = scale["domain"]
            assert low <= rows["low"].min() and rows["high"].max() <= high and "type" not in scale
    assert moved["hconcat"][0]["layer"][1]["encoding"]["x"]["scale"]["domain"][1] < 0.01
    shown = pd.DataFrame(drawn["datasets"][swapped["hconcat"][0]["layer"][-1]["data"]["name"]])
    assert shown["figures"].iloc[0] == in_points(0.7, 0.6, 0.8)
