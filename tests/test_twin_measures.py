"""Measures of twin worlds against figures that are counted in another way."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from experiments.twin import Pair, pair
from experiments.twin.aggregate import averaged, exclusive
from experiments.twin.case_traits import POPULATIONS, populations, serious, wanted
from experiments.twin.findings import find
from experiments.twin.inter_officer import by_the_desk, disagreement
from experiments.twin.measures import effects, measured
from experiments.twin.measures.value import TRIANGLE, verdict
from experiments.twin.watch import Watch
from model import BureaucracyModel, load
from model.cases.conditions import Register
from model.cases.draws import purpose, uniform
from model.cases.people import of_people
from model.schema import Scenario, World

SCALE = 0.003
MEMOS = load().scenarios["morton-2011"].model_copy(update={"end": date(2012, 6, 30)})


@pytest.fixture(scope="module")
def review() -> Pair:
    return pair(MEMOS, ["review-2011"], seed=2, scale=SCALE)


@pytest.fixture(scope="module")
def found(review: Pair) -> pd.DataFrame:
    """Measures of both worlds, by agency, stage, group and measure."""
    return effects(review).set_index(["agency", "stage", "group", "measure"]).sort_index()


def watched(scenario: Scenario, world: World) -> Watch:
    watch = Watch(world, MEMOS.start, ["review-2011"], [])
    BureaucracyModel(scenario, SCALE, 2, world=world, observers=[watch])
    return watch


def test_nights_in_custody_are_those_of_the_days(review: Pair, found: pd.DataFrame) -> None:
    model = BureaucracyModel(review.twins.without, SCALE, 2, world=load())
    since, nights = review.twins.first_day, 0
    while not model.finished:
        model.step()
        nights += int(model.case_state.custody.sum()) if model.today >= since else 0
    assert nights > 1000
    assert found.loc[("all", "all", "all", "custody"), "without"] == pytest.approx(nights / SCALE)
    held = model.pools.used[0]
    assert held == model.case_state.custody.sum()


def test_backlog_overtime_and_cost_are_those_of_the_tables(review: Pair, found: pd.DataFrame) -> None:
    world, side = load(), review.without
    end = side.resources[side.resources["day"] == side.resources["day"].max()].set_index("what")["used"]
    waiting = end[["bond", "hearing"]].sum() / SCALE
    assert found.loc[("eoir", "all", "all", "backlog"), "without"] == pytest.approx(waiting)
    monday = pd.Timestamp("2011-11-14")
    beds = side.resources[(side.resources["what"] == "beds") & (side.resources["day"] >= monday)]
    cost = beds["days"].sum() * world.resources["beds"].cost.value / SCALE  # type: ignore[union-attr]
    assert found.loc[("all", "all", "beds", "cost"), "without"] == pytest.approx(cost)
    made = review.decisions[review.decisions["day_without"] >= monday]
    hours = made[made["agency"] == "uscis"]["hours_without"].sum()
    assert found.loc[("uscis", "all", "officers", "cost"), "without"] == pytest.approx(hours * 50 / SCALE)


def test_a_price_changes_what_a_harm_amounts_to_and_nothing_else() -> None:
    dear = load(settings={"resources.beds.cost": 318, "agencies.ice.units.attorneys.cost": 160})
    tables = [effects(pair(short("review-2011"), seed=2, scale=0.001, world=world)) for world in (load(), dear)]
    cheap, high = (table.set_index(["agency", "stage", "group", "measure"])["with"] for table in tables)
    beds, officers = ("all", "all", "beds", "cost"), ("ice", "all", "officers", "cost")
    assert high[beds] == pytest.approx(2.0 * cheap[beds])
    assert high[officers] > cheap[officers]
    pd.testing.assert_series_equal(high.drop([beds, officers]), cheap.drop([beds, officers]))


def short(*names: str) -> Scenario:
    days = {"start": date(2011, 10, 1), "end": date(2012, 2, 28)}
    return Scenario(title="Short", question="?", directives=list(names), **days)


def test_the_second_officer_would_decide_the_case_as_the_rule_says() -> None:
    """One agent at a time, before the evening in which leanings move."""
    world = load()
    watch = watched(MEMOS, world)
    model = watch.model
    while model.today < date(2010, 6, 30):
        model.step()
    leaning = model.desks.orientation.copy()
    model.step()
    model.desks.orientation[:] = leaning
    table = watch.table()
    rows = table[table["day"] == model.day]
    assert len(rows) > 10
    stages, units = list(world.stages), np.array([officer.unit for officer in model.officers])
    for row in rows.to_dict("records"):
        stage, unit = stages[row["stage"]], world.units()[row["unit"]]
        (first, *_), size = np.flatnonzero(units == unit), int((units == unit).sum())
        at = int(
            uniform(model.random_streams.seed, model.cases.key[row["case"]], purpose("second opinion", stage))
            * (size - 1)
        )
        other = model.officers[first + at + (at >= row["officer"])].decide(row["case"], stage)
        own = model.officers[first + row["officer"]].decide(row["case"], stage)
        assert own.probability == row["p"]
        free = own.bound == 0
        assert row["disagree"] == (disagreement(own.probability, other.probability) if free else 0.0)
        apart = by_the_desk(own.notice, own.judgment, other.notice, other.judgment)
        assert row["by_desk"] == (apart if free else 0.0)


def test_desks_alone_disagree_less_than_desks_and_luck(review: Pair, found: pd.DataFrame) -> None:
    decided = review.decisions.dropna(subset=["by_desk_with"])
    assert (decided["by_desk_with"] <= decided["disagree_with"] + 1e-12).all()
    both = found.loc[("ice", "review", "all")]
    assert both.loc["disagreement", "with"] > both.loc["disagreement by desk", "with"] > 0.0
    assert both.loc["disagreement", "with"] > both.loc["disagreement", "without"]


def test_populations_cross_how_people_are_seen_with_whether_they_have_a_lawyer() -> None:
    world = load()
    claudia = world.cases["claudia"].person
    people = [
        claudia.model_copy(update={"level": level, "charge": "none", "lawyer": lawyer,
                                   "numbers": {"prior_removals": removed}})
        for level, lawyer, removed in (("none", True, 0), ("level-3", True, 0), ("none", False, 0), ("none", False, 1))
    ]  # fmt: skip
    cases = of_people(world, Register(world), people, "Houston", "jail", date(2012, 1, 2))
    assert [POPULATIONS[code] for code in populations(world, cases)] == list(POPULATIONS)
    assert serious(world, cases).tolist() == [False, False, False, False]


@pytest.mark.parametrize(("direction", "spare"), [(1, [True, False]), (-1, [False, True])])
def test_whom_a_directive_would_spare_is_whom_it_covers_or_leaves_out(direction: int, spare: list[bool]) -> None:
    """The memos cover those without a conviction and leave out the serious; a strict text turns it round."""
    world = load()
    text = world.directives["review-2011"].model_copy(update={"direction": direction})
    world = world.model_copy(update={"directives": {**world.directives, "review-2011": text}})
    person = world.cases["long-resident"].person
    people = [person.model_copy(update={"level": level}) for level in ("none", "level-1")]
    want = wanted(
        world, ["review-2011"], of_people(world, Register(world), people, "Houston", "jail", date(2012, 1, 2))
    )
    at = list(world.stages).index("review")
    assert want.covered[:, at].tolist() == [True, False]
    assert want.spare[:, at].tolist() == spare
    assert not want.spare[:, list(world.stages).index("hearing")].any()


def test_shares_of_a_burden_sum_to_one(found: pd.DataFrame) -> None:
    """Where a stage spared nobody, there is nothing to share: all are zero."""
    targeting = found[found["family"] == "targeting"].reset_index()
    sums = []
    for _, rows in targeting.groupby(["agency", "stage", "measure"]):
        level = rows[~rows["group"].isin(POPULATIONS)]
        sums += [level["with"].sum(), rows[rows["group"].isin(POPULATIONS)]["without"].sum()]
    assert all(each == pytest.approx(1.0) or each == 0.0 for each in sums)
    assert np.mean(sums) > 0.8


def test_the_order_spares_those_it_asks_for_and_costs_the_lawyers_hours(found: pd.DataFrame) -> None:
    ice = found.loc[("ice", "review", "all")]
    for measure in ("spared, of those to be spared", "looked at as an individual"):
        assert ice.loc[measure, "with"] > ice.loc[measure, "without"]
    assert ice.loc["overreach", "with"] < ice.loc["overreach", "without"]
    whole = found.loc[("ice", "all")]
    assert whole.loc[("all", "counted work"), "with"] < whole.loc[("all", "counted work"), "without"]
    assert whole.loc[("officers", "cost"), "with"] > whole.loc[("officers", "cost"), "without"]


def test_a_directive_addressed_to_nobody_moves_no_measure() -> None:
    world = load()
    idle = world.directives["review-2011"].model_copy(update={"to": [], "review": None})
    world = world.model_copy(update={"directives": {**world.directives, "review-2011": idle}})
    one = pair(short("review-2011"), seed=1, scale=0.001, world=world)
    table = effects(one)
    pd.testing.assert_series_equal(table["with"], table["without"], check_names=False)
    values = measured(one).set_index("measure")["value"]
    assert values["gain"].isna().all() and (values["retargeted by level"].fillna(0.0) == 0.0).all()


def test_the_triangle_shows_each_component_as_it_was_measured() -> None:
    told: list[int] = []
    few = short("review-2011")
    result = find(few, world=load(), replications=3, scale=0.001, so_far=lambda one: told.append(len(one.seeds)))
    assert told == [1, 2] and result.seeds == [1, 2, 3] and result.scale == 0.001
    table = result.value
    assert set(table["corner"]) == {part.corner for part in TRIANGLE}
    for row in table.to_dict("records"):
        same = result.effects[["agency", "stage", "group", "measure"]] == [
            row["agency"], row["stage"], row["group"], row["measure"]
        ]  # fmt: skip
        (source,) = result.effects[same.all(axis=1)].to_dict("records")
        assert (row["difference"], row["with"]) == (source["difference"], source["with"])
        assert row["verdict"] == verdict(source["verdict"], source["difference"], row["better"])
    months = result.months
    before = months[months["month"] < "2011-11-01"]
    assert len(before) and (before["with"] == before["without"]).all()


def test_work_can_be_cancelled_from_where_it_is_told_of_progress() -> None:
    class CancelledError(Exception):
        pass

    def after(days: int) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            if done >= days:
                raise CancelledError

        return tell

    with pytest.raises(CancelledError):
        find(short("review-2011"), world=load(), replications=2, scale=0.001, progress=after(10))


def test_no_interval_of_a_response_leaves_what_the_measure_can_be() -> None:
    """Two pairs far apart: t(1) = 6.31 carries every interval beyond its measure's bounds."""
    values = {
        "uptake": (0.99, 0.8), "slippage": (0.01, 0.2), "persistence": (0.9, 1.0), "retargeted by level": (0.0, 0.3),
        "gain": (0.9, 0.3), "spillover": (-0.9, -0.3), "latency": (28.0, 84.0),
    }  # fmt: skip
    rows = [("ice", "review", name, value) for name, pair in values.items() for value in pair]
    table = pd.DataFrame(rows, columns=["agency", "stage", "measure", "value"])
    found = averaged([table], days=100).set_index("measure")
    ends = {name: (row["low"], row["high"]) for name, row in found.iterrows()}
    assert ends["latency"] == (28.0, 112.0)
    assert {name: end for name, end in ends.items() if name in ("uptake", "slippage", "retargeted by level")} == {
        "uptake": (pytest.approx(0.295, abs=0.001), 1.0), "slippage": (0.0, pytest.approx(0.705, abs=0.001)),
        "retargeted by level": (0.0, 1.0),
    }  # fmt: skip
    assert ends["persistence"][1] == 1.0 and ends["gain"][1] == 1.0 and ends["spillover"][0] == -1.0
    rates = pd.DataFrame({"agency": "ice", "stage": "review", "size": 10, "mean": [0.02, 0.3]})
    assert exclusive([rates])["low"].tolist() == [0.0]
