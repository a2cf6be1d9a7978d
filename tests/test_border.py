"""The border: nobody is lost on the way, what runs out is not overdrawn, and no decision breaks a law."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.border.counterfactuals import compare
from model import BureaucracyModel, load
from model.record.separations import breaches, separated
from model.schema import Scenario, World
from tests.audit import audit

SPRING = Scenario(
    title="spring", question="?", start=date(2018, 4, 16), end=date(2018, 7, 22), streams=["border"],
    directives=[
        "wdtx-guidance-2017", "april-2017", "directors-review-2017", "dnm-guidance-2017", "zero-tolerance-2018",
        "hires-2018", "referral-change-2018", "referral-change-texas", "call-texas-2018", "referral-change-california",
        "speech-2018", "referral-change-arizona", "calls-2018", "guidance-2018", "order-2018", "injunction-2018",
    ],
)  # fmt: skip
INJUNCTION = date(2018, 6, 26)
Beyond = dict[tuple[str, str, date], int]


def _with(share_of_beds: float) -> World:
    """The shipped world with a part of ORR's beds."""
    beds = load().resources["orr-beds"].amount
    assert beds is not None
    return load(settings={"resources.orr-beds.amount": beds.value * share_of_beds})


class Clocks:
    """Legal limits on time, read day by day from where everybody is."""

    def __init__(self, model: BureaucracyModel) -> None:
        self.model = model
        names = [*model.stage_names, *model.world.exits]
        self.places = {clock: [names.index(place) for place in row.places] for clock, row in model.world.clocks.items()}
        self.nights = {clock: np.zeros(len(model.cases.key), dtype=int) for clock in self.places}
        self.beyond: Beyond = defaultdict(int)

    def read(self) -> None:
        """The end of a day: nobody is beyond a limit but those for whom a temporary bed is being opened."""
        model = self.model
        overflow = model.stage_names.index("overflow")
        for clock, places in self.places.items():
            there = np.isin(model.case_state.place, places)
            self.nights[clock] = np.where(there, self.nights[clock] + 1, 0)
            late = np.flatnonzero(self.nights[clock] - 1 > model.world.clocks[clock].limit.value)
            for case in late:
                self.beyond[clock, model.world.all_areas()[model.cases.area[case]], model.today] += 1
                assert model.case_state.place[case] == overflow, "beyond a limit, and not for want of a bed"


class Flows:
    """What is taken of each flow, counted from the decisions of the day and not from its balance."""

    def __init__(self, model: BureaucracyModel) -> None:
        self.model = model
        self.left = np.zeros(len(model.pools.flow))
        self.takes = {name: [1.0] for name in model.world.resources}
        for stage in model.world.stages.values():
            for edge in (*stage.favourable, *stage.unfavourable):
                if edge.uses is not None and edge.takes is not None:
                    self.takes[edge.uses].append(edge.takes.value)

    def read(self) -> None:
        """A flow is taken while there is some of it, or some to give in advance: only the last overdraws that."""
        pools = self.model.pools
        for at, resource in enumerate(self.model.world.resources):
            for pool in np.unique(pools.of[at][pools.of[at] >= 0]):
                if pools.flow[pool]:
                    morning = min(self.left[pool], pools.amount[pool] * pools.reserve[pool]) + pools.amount[pool]
                    assert pools.balance[pool] <= morning + 1e-9
                    advance = max(0.0, 12 * max(self.takes[resource]) - pools.amount[pool] * (1 + pools.reserve[pool]))
                    assert pools.balance[pool] > -advance - max(self.takes[resource])
                    assert 0.0 <= pools.owed[pool] <= advance + max(self.takes[resource])
                    if pools.balance[pool] < morning - 1e-9:
                        assert morning > -advance, "taken although nothing was left"
                    self.left[pool] = pools.balance[pool]


@settings(max_examples=8, derandomize=True)
@given(seed=st.integers(0, 10**6), scale=st.floats(0.001, 0.03), beds=st.floats(0.3, 1.2))
def test_people_and_capacity_add_up_every_day(seed: int, scale: float, beds: float) -> None:
    model = BureaucracyModel(SPRING, scale, seed, world=_with(beds))
    clocks, flows = Clocks(model), Flows(model)
    while not model.finished:
        model.step()
        audit(model)
        clocks.read()
        flows.read()
    table = breaches(model)
    told = {(row.clock, row.area, row.day.date()): row.persons for row in table.itertuples()}
    assert told == clocks.beyond


def test_where_there_is_no_bed_children_stay_beyond_the_limit_and_every_day_is_counted() -> None:
    model = BureaucracyModel(SPRING, 0.02, 3, world=_with(0.8))
    clocks = Clocks(model)
    while not model.finished:
        model.step()
        clocks.read()
    table = breaches(model)
    assert {(row.clock, row.area, row.day.date()): row.persons for row in table.itertuples()} == clocks.beyond
    assert len(table) > 100 and set(table["clock"]) == {"children-72-hours"}
    apart = separated(model)
    assert (apart["hours"] > 72).any() and apart["hours"].isna().any()


@pytest.fixture(scope="module")
def record() -> BureaucracyModel:
    return BureaucracyModel("zero-tolerance-2018", 0.05, 1, trace=True).run()


def _decided(model: BureaucracyModel, *stages: str) -> pd.DataFrame:
    """Decisions at some stages, with the facts of each case that laws ask for."""
    table = model.recorder.traced()
    table = table[table["stage"].isin(stages)].copy()
    cases = model.cases
    table["area"] = np.array(model.world.all_areas())[cases.area[table["case"]]]
    table["level"] = np.array(list(model.world.words.levels))[cases.level[table["case"]]]
    for bit, name in enumerate(model.world.words.circumstances):
        table[name] = (cases.circumstances[table["case"]] >> bit & 1).astype(bool)
    return table


def _told_to_break(area: str, day: pd.Timestamp) -> bool:
    """Whether parents could be referred in a sector: the El Paso Initiative, and from a day of May 2018 to 20 June."""
    windows = {"El Paso (Texas)": ("2017-03-09", "2017-11-18"), "El Paso (New Mexico)": ("2017-08-15", "2017-11-18")}
    starts = {
        "El Paso (Texas)": "2018-05-06", "Big Bend": "2018-05-06", "Del Rio": "2018-05-06",
        "San Diego sector": "2018-05-07", "El Centro": "2018-05-07", "Yuma": "2018-05-09", "Tucson": "2018-05-09",
    }  # fmt: skip
    start = starts.get(area, "2018-05-05")
    first, end = windows.get(area, (start, start))
    return first <= f"{day:%Y-%m-%d}" < end or start <= f"{day:%Y-%m-%d}" < "2018-06-20"


def test_by_custom_no_parent_is_referred_until_agents_have_heard_of_its_end(record: BureaucracyModel) -> None:
    table = _decided(record, "referral")
    covered = (
        (table["mix"] == "families") & ~table["doubtful-tie"] & ~table["aggravated"] & ~table["gang"]
        & (table["level"] == "none")
    )  # fmt: skip
    families = table[covered]
    told = np.array([_told_to_break(row.area, row.day) for row in families.itertuples()])
    assert len(families) > 2000 and told.sum() > 100
    by_law = families["day"] >= pd.Timestamp(INJUNCTION)
    assert families.loc[~told, "favourable"].all() and (families.loc[~told & ~by_law, "bound"] == 2).all()
    assert (families.loc[by_law, "bound"] == 1).all()
    weighed = families[told].assign(weighed=families.loc[told, "bound"] == 0).groupby("day")["weighed"].mean()
    assert weighed.loc["2018-05-05":"2018-05-08"].mean() < 0.6 < 0.9 < weighed.loc["2018-06-01":].mean()
    assert not families.loc[told & (families["bound"] == 0), "favourable"].all()
    excepted = table[(table["mix"] == "families") & ~covered]
    assert not excepted["favourable"].all()


def test_parents_are_referred_from_each_sectors_own_day() -> None:
    """DOJ OIG 2021: 5 to 9 May 2018, and nowhere twice; the order of June ends all of them."""
    world = load()
    changes = [
        text for name, text in world.directives.items() if name.startswith("referral-change") and "noticed" not in name
    ]
    starts = {area: text.start for text in changes for area in text.offices or []}
    assert sorted(starts) == sorted(world.regions["sectors"].names)
    assert sum(len(text.offices or []) for text in changes) == len(starts)
    assert starts["El Paso (New Mexico)"] == date(2018, 5, 5) and starts["Del Rio"] == date(2018, 5, 6)
    assert starts["El Centro"] == date(2018, 5, 7) and starts["Yuma"] == date(2018, 5, 9)
    assert {custom for text in changes for custom in text.breaks_with} == set(world.customs)
    assert not world.directives["order-2018"].breaks_with
    assert {name for name in world.directives["order-2018"].supersedes} <= {
        *world.scenarios["zero-tolerance-2018"].directives
    }


def test_after_the_injunction_no_family_with_a_certain_tie_is_separated(record: BureaucracyModel) -> None:
    """As it was; and as if parents had gone on being referred, without the order of 20 June."""
    directives = [name for name in SPRING.directives if name != "order-2018"]
    going_on = SPRING.model_copy(update={"directives": directives})
    for model in (record, BureaucracyModel(going_on, 0.05, 2, trace=True).run()):
        first_day = (INJUNCTION - model.start).days
        table = _decided(model, "referral", "acceptance", "felony")
        table = table[(table["mix"] == "families") & (table["day"] >= pd.Timestamp(INJUNCTION))]
        certain = table[~table["doubtful-tie"]]
        assert certain["favourable"].all() and (certain["bound"] == 1).all()
        apart = np.flatnonzero(model.timelines.separated >= 0)
        after = model.timelines.separated[apart] >= first_day
        assert len(apart) > 20
        tie = list(model.world.words.circumstances).index("doubtful-tie")
        doubtful = model.cases.circumstances[model.parties.leader[apart]] >> tie & 1
        assert doubtful[after].all() and not doubtful[~after].all()
    assert len(certain) > 50


def test_nobody_is_held_beyond_a_limit_where_there_are_beds(record: BureaucracyModel) -> None:
    held = _decided(record, "family-release")
    assert len(held) > 300
    table = breaches(record)
    assert "family-20-days" not in set(table["clock"])
    beds = record.recorder.resource_table()
    beds = beds[beds["what"] == "orr-beds"].set_index("day")
    full = beds.index[beds["used"] >= beds["amount"]]
    assert len(beds) - len(full) > 50
    for day in set(table["day"]):
        assert ((full >= day - pd.Timedelta(days=14)) & (full <= day + pd.Timedelta(days=7))).any(), day


def test_courts_take_no_more_a_day_than_they_have_slots(record: BureaucracyModel) -> None:
    accepted = _decided(record, "acceptance")
    accepted = accepted[accepted["to"] == "court"]
    region = record.world.resources["court-slots"]
    districts = record.world.regions[str(region.region)].parts
    for district, areas in districts.items():
        cap = region.amounts[district].value * record.scale
        days = accepted[accepted["area"].isin(areas)].groupby("day").size()
        assert days.max() < max(12.0, cap) + 1, district
        for start in (date(2016, 10, 1), date(2018, 4, 1), date(2018, 5, 5), date(2018, 6, 1)):
            four_weeks = days[pd.Timestamp(start) : pd.Timestamp(start + timedelta(days=27))]  # type: ignore[misc]
            assert four_weeks.sum() < 28 * cap + 12 + 1, district
    assert len(accepted) > 3000


def test_a_child_taken_at_the_referral_is_back_when_the_prosecution_is_declined_if_still_at_the_station(
    record: BureaucracyModel,
) -> None:
    table = record.recorder.traced()
    days = (table["day"] - pd.Timestamp(record.start)).dt.days
    asked = table["stage"].isin(["acceptance", "felony"]) & (table["mix"] == "families")
    decided = dict(zip(table["case"][asked], zip(days[asked], table["to"][asked], strict=True), strict=True))
    apart = np.flatnonzero(record.timelines.separated >= 0)
    names = [*record.stage_names, *record.world.exits]
    at_once, back = 0, 0
    for child in apart:
        leader = int(record.parties.leader[child])
        day, to = decided.get(leader, (record.day, "nowhere yet"))
        taken, left = int(record.timelines.separated[child]), int(record.timelines.left[child])
        at_once += taken < day
        returned = names[record.case_state.place[child]] == "back-with-parent"
        back += returned
        if to == "family-custody":
            handed = int(record.timelines.handed[child])
            assert returned == (handed < 0 or handed == left), "left at a station, or brought back from care"
            assert not returned or left == day
        else:
            assert not returned or leader not in decided, "back with a parent who was accepted"
    assert back > 20 and 0.4 < at_once / len(apart) < 0.7


def test_reunited_children_had_been_separated_and_were_near_or_linked(record: BureaucracyModel) -> None:
    table = separated(record)
    names = [*record.stage_names, *record.world.exits]
    for place in ("reunited-at-station", "back-with-parent", "reunited"):
        there = np.flatnonzero(record.case_state.place == names.index(place))
        assert len(there) and (record.timelines.separated[there] >= 0).all()
        assert len(there) == (table["at"] == place).sum()
    near = table[table["at"] == "reunited-at-station"]
    assert near["reunited"].all() and near["hours"].isna().all()
    linked = list(record.world.words.circumstances).index("linked")
    by_order = np.flatnonzero(record.case_state.place == names.index("reunited"))
    assert (record.cases.circumstances[by_order] >> linked & 1).all()
    assert (record.timelines.left[by_order] >= (INJUNCTION - record.start).days).all()
    assert (table["days_apart"] >= 0).all() and (table.loc[~table["reunited"], "days_apart"] > 0).all()


def test_no_figure_of_a_counterfactual_depends_on_which_others_are_compared() -> None:
    names = ["zt-memo-only", "zt-linked"]
    alone, beside = (compare("zero-tolerance-2018", asked, replications=1, scale=0.001) for asked in (names[:1], names))
    assert (alone.since, beside.since) == (date(2018, 5, 1), date(2018, 4, 1))
    rows = beside.compared[beside.compared["scenario"] == names[0]]
    pd.testing.assert_frame_equal(alone.compared, rows.reset_index(drop=True))
    six = beside.six()
    assert six.groupby("measure")["record"].nunique().eq(1).all()
    assert (six["value"] - six["record"]).to_numpy() == pytest.approx(six["difference"].to_numpy())
