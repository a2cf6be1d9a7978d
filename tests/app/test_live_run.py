from dataclasses import replace
from datetime import date, timedelta
from threading import Event

import numpy as np
import pandas as pd
import pytest

from experiments.rates import lately
from experiments.runs import described
from experiments.staff import exposure, people
from model import BureaucracyModel, InputError, load
from viz.app.pages.live_run import player as player_module
from viz.app.pages.live_run.lever_controls import Lever, levers, moved
from viz.app.pages.live_run.player import Player, Wanted
from viz.app.pages.live_run.steering import next_directive
from viz.app.pages.live_run.views import panels_of, seats
from viz.app.pages.live_run.watched_run import LiveRun, Setup, reference, until
from viz.charts.live import NEAR, _speaking, bare, numbered
from viz.charts.network import SPAN, WORD, places

SETUP = Setup("daca-2012", (), 3, 0.002)
START = date(2012, 1, 1)
PATIENCE = 60.0


def test_the_rates_of_a_live_run_are_those_of_the_experiments() -> None:
    run = LiveRun(SETUP)
    for day in range(200):
        run.go_on(run.today + timedelta(days=1))
        if day % 17 == 0:
            run.rates()
    assert run.today == START + timedelta(days=199)
    outcomes = BureaucracyModel("daca-2012", 0.002, 3, until=run.today).run().recorder.outcomes()
    whole = outcomes["week"] <= pd.Timestamp(run.today - timedelta(days=6))
    pd.testing.assert_frame_equal(until(run.rates(), run.today), lately(outcomes[whole]))


def test_the_same_table_stays_until_a_week_is_over() -> None:
    run = LiveRun(SETUP)
    for _ in range(70):
        run.go_on(run.today + timedelta(days=1))
    table = run.rates()
    assert run.rates() is table
    for _ in range(7):
        run.go_on(run.today + timedelta(days=1))
    assert run.rates() is not table


def test_the_reference_is_the_whole_run() -> None:
    outcomes = BureaucracyModel("daca-2012", 0.002, 3).run().recorder.outcomes()
    pd.testing.assert_frame_equal(reference(SETUP), lately(outcomes))


class Screen:
    """What a player shows, kept."""

    def __init__(self) -> None:
        self.shown: list[tuple[Wanted, date, bool]] = []
        self.failed: list[Exception] = []
        self.reached = Event()

    def show(self, run: LiveRun, wanted: Wanted, reached: bool) -> None:
        self.run = run
        self.shown.append((wanted, run.today, reached))
        if reached and wanted == self.awaited:
            self.reached.set()

    def wait(self, player: Player, wanted: Wanted) -> tuple[Wanted, date, bool]:
        self.awaited = wanted
        self.reached.clear()
        player.change(**vars(wanted))
        assert self.reached.wait(PATIENCE), self.failed
        return self.shown[-1]

    awaited: Wanted | None = None


@pytest.fixture
def played() -> "tuple[Player, Screen]":
    screen = Screen()
    player = Player(Wanted(SETUP, START - timedelta(days=1)), screen.show, screen.failed.append)
    player.start()
    yield player, screen
    player.end()


def test_a_player_comes_to_a_day_and_back(played: tuple[Player, Screen]) -> None:
    player, screen = played
    for day in (date(2012, 3, 1), date(2012, 2, 1), date(2012, 2, 1), START - timedelta(days=1)):
        wanted = Wanted(SETUP, day, who=str(len(screen.shown)))
        assert screen.wait(player, wanted) == (wanted, day, True)
    assert screen.failed == []


def test_a_lever_is_moved_on_the_day_that_is_shown(
    played: tuple[Player, Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    player, screen = played
    day = date(2012, 7, 1)
    screen.wait(player, Wanted(SETUP, day))
    begun: list[Setup] = []
    monkeypatch.setattr(player_module, "LiveRun", lambda setup: begun.append(setup) or LiveRun(setup))
    clarity, monitoring, metrics = (
        Setup("daca-2012", (setting,), 3, 0.002)
        for setting in ("directives.daca-2012.clarity=0.1", "directives.daca-2012.monitoring=0.1", "rule.metrics=0.0")
    )
    for setup, on in ((clarity, day), (monitoring, day), (SETUP, START), (clarity, day), (metrics, day)):
        wanted = Wanted(setup, on)
        assert screen.wait(player, wanted) == (wanted, on, True)
        fresh = LiveRun(setup)
        while fresh.today < on:
            fresh.go_on(fresh.today + timedelta(days=1))
        assert screen.run.values("exposure", "daca-2012") == fresh.values("exposure", "daca-2012")
        assert screen.run.model.census() == fresh.model.census()
        pd.testing.assert_frame_equal(screen.run.rates(), fresh.rates())
    assert begun == [SETUP, metrics]  # the others were the same until the eve of the directive


@pytest.mark.parametrize("playing", [False, True])
def test_whoever_moves_ahead_waits_until_it_is_shown(
    played: tuple[Player, Screen], playing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, screen = played
    monkeypatch.setattr(player_module, "AHEAD", PATIENCE)
    screen.wait(player, Wanted(SETUP, date(2012, 7, 1), playing=playing, pace=1))
    for clarity in (0.1, 0.2, 0.3):
        setup = replace(SETUP, settings=(f"directives.daca-2012.clarity={clarity}",))
        player.ahead(setup=setup)
        assert (screen.shown[-1][0].setup, screen.shown[-1][2]) == (setup, True)
    player.ahead(setup=setup)  # as it is


def test_a_lever_that_is_moved_during_a_frame_of_play_is_not_taken_for_reached() -> None:
    player = Player(Wanted(SETUP, START, playing=True, pace=1), lambda *_: None, print)  # it is never started
    assert player._reach(player.wanted) is player.wanted
    played = player.wanted
    player.change(setup=replace(SETUP, settings=("directives.daca-2012.clarity=0.1",)))
    assert player._tick(played) != player.wanted
    player.change(setup=SETUP)
    assert player._tick(player.wanted) == player.wanted


def test_whoever_moves_ahead_does_not_wait_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "AHEAD", 0.01)
    player = Player(Wanted(SETUP, START), lambda *_: None, print)  # it is never started
    player.ahead(day=date(2012, 7, 1))
    assert player.wanted.day == date(2012, 7, 1)


def test_what_is_wanted_while_a_failure_is_told_is_run() -> None:
    screen = Screen()
    screen.awaited = Wanted(SETUP, date(2012, 2, 1))
    bad = Wanted(replace(SETUP, scenario="no-such-scenario"), START)
    player = Player(bad, screen.show, lambda _: player.change(**vars(screen.awaited)))
    player.start()
    assert screen.reached.wait(PATIENCE)
    player.end()


def test_a_player_plays_to_the_end_and_stops_there() -> None:
    screen, over = Screen(), Event()

    def show(run: LiveRun, wanted: Wanted, reached: bool) -> None:
        screen.show(run, wanted, reached)
        if run.model.finished and not wanted.playing:
            over.set()

    player = Player(Wanted(SETUP, date(2013, 9, 1), playing=True, pace=1000), show, screen.failed.append)
    player.start()
    assert over.wait(PATIENCE), screen.failed
    player.end()
    days = [day for _, day, _ in screen.shown]
    assert days == sorted(days) and days[-1] == date(2013, 9, 30)


def test_what_goes_wrong_is_told_and_the_player_lives_on(played: tuple[Player, Screen]) -> None:
    player, screen = played
    player.change(setup=Setup("no-such-scenario"), day=START)
    for _ in range(600):
        if screen.failed:
            break
        Event().wait(0.1)
    assert isinstance(screen.failed[0], InputError)
    wanted = Wanted(SETUP, START)
    assert screen.wait(player, wanted) == (wanted, START, True)


def elsewhere(lever: Lever) -> object:
    """Another value that a lever may have."""
    if lever.kind == "yes":
        return not lever.value
    if lever.kind == "choice":
        return "economic" if lever.value != "economic" else "soft"
    if lever.kind == "target":
        return lever.shipped / 2
    return 1.0 - lever.shipped if lever.shipped != 0.5 else 0.6


def test_every_lever_can_be_moved_and_put_back() -> None:
    world = load()
    kinds = set()
    for name in ("training-2012", "zero-tolerance-2018"):
        for lever in levers(world, world, name):
            assert not lever.moved
            kinds.add(lever.kind)
            other = elsewhere(lever)
            settings = moved((), lever, other)
            changed = next(one for one in levers(load(settings=settings), world, name) if one.path == lever.path)
            assert changed.value == pytest.approx(other) if isinstance(other, float) else changed.value == other
            assert changed.moved
            assert moved(settings, changed, lever.shipped) == ()
    assert kinds == {"choice", "share", "target", "yes"}


def test_the_unions_are_not_asked_where_the_directive_says_whether_they_consent() -> None:
    world, name = load(), "training-2012"
    for agreed, asked in ((None, True), (False, False), (True, False)):
        text = world.directives[name].model_copy(update={"union_consents": agreed})
        said = world.model_copy(update={"directives": {**world.directives, name: text}})
        assert any(lever.path.endswith("union_consent") for lever in levers(said, said, name)) == asked


def test_one_lever_leaves_the_others_where_they_are() -> None:
    world = load()
    clarity = next(one for one in levers(world, world, "review-2011") if one.path.endswith("clarity"))
    settings = ("rule.metrics=0", "directives.review-2011.clarity=0.2")
    assert moved(settings, clarity, 0.4) == ("rule.metrics=0", "directives.review-2011.clarity=0.4")


def test_the_next_directive_is_its_eve_and_from_there_its_first_day() -> None:
    world = load()
    plan = world.scenarios["morton-2011"]
    day, days = plan.start, []
    while (found := next_directive(world, plan, day)) is not None:
        day = found[0]
        days.append(day)
    starts = sorted({world.directives[name].start for name in plan.directives})
    assert days == [day for start in starts for day in (start - timedelta(days=1), start)]


def test_a_directive_of_the_first_day_is_not_passed_over() -> None:
    world = load()
    plan = world.scenarios["morton-2011"]
    start = world.directives["review-2011"].start
    late = plan.model_copy(update={"start": start})
    found = next_directive(world, late, start - timedelta(days=1))
    assert found == (start, world.directives["review-2011"].title)


@pytest.mark.parametrize("scenario", ["morton-2011", "zero-tolerance-2018"])
def test_no_two_numbers_of_a_panel_touch(scenario: str) -> None:
    world = load()
    plan = world.scenarios[scenario]
    span = plan.start, plan.end
    issued = numbered([described(name, world.directives[name]) for name in plan.directives], span)
    assert [one["start"] for one in issued] == sorted(one["start"] for one in issued)
    agency, stage = panels_of(world, plan)[0]
    here = _speaking(issued, agency, stage, span)
    shown = here[here["numbers"] != ""]
    apart = shown["week"].diff().dropna()
    assert len(shown) < len(here) and (apart >= NEAR * (pd.Timestamp(span[1]) - pd.Timestamp(span[0]))).all()


def test_a_panel_without_decisions_says_so() -> None:
    stages = [("ice", "review"), ("uscis", "daca")]
    now = pd.DataFrame({"agency": ["ice", "uscis"], "stage": ["review", "daca"], "decided": [20, 19]})
    assert bare(now, stages).to_dict("records") == [{"agency": "uscis", "stage": "daca"}]


@pytest.mark.parametrize("scenario", ["record-2013", "zero-tolerance-2018"])
def test_the_name_of_a_unit_stands_under_its_own_agency(scenario: str) -> None:
    placed = places(people(BureaucracyModel(scenario, 0.02, 1)))
    officers = placed[placed["kind"] == "officer"]
    middles = officers.groupby(["agency", "unit"], sort=False)["x"].mean()
    assert (middles.diff().dropna() >= SPAN).all()
    longest = max(len(word) for world in (load(),) for one in world.agencies.values()
                  for unit in one.units.values() for word in unit.title.split())  # fmt: skip
    assert longest <= WORD


def test_an_officer_is_called_by_the_unit_that_they_belong_to() -> None:
    staff = people(BureaucracyModel("morton-2011", 0.005, 1))
    titles = staff[staff["kind"] == "officer"].groupby("unit")["title"].unique()
    assert titles["ice.attorneys"].tolist() == ["ICE trial attorneys"]
    assert titles["ice.officers"].tolist() == ["ICE deportation officers"]


def test_panels_show_first_what_the_directives_speak_to() -> None:
    world = load()
    assert panels_of(world, world.scenarios["morton-2011"])[0] == ("ice", "review")
    assert panels_of(world, world.scenarios["daca-2012"])[0] == ("uscis", "daca")
    stages = {stage for _, stage in panels_of(world, world.scenarios["zero-tolerance-2018"])}
    assert {world.stages[stage].stream for stage in stages} == {"border"}


@pytest.mark.parametrize("scenario", ["record-2013", "zero-tolerance-2018"])
def test_everybody_has_a_place_of_their_own_below_whom_they_report_to(scenario: str) -> None:
    staff = people(BureaucracyModel(scenario, 0.02, 1))
    placed = places(staff).set_index("id")
    assert placed[["x", "y"]].notna().all().all()
    assert not placed.duplicated(["x", "y"]).any()
    below = placed[placed["above"] != ""]
    assert (below["y"] > placed.loc[below["above"], "y"].to_numpy()).all()
    assert np.allclose(below["above_x"], placed.loc[below["above"], "x"])


def test_two_runs_of_one_scale_share_their_seats() -> None:
    one, other = (LiveRun(Setup("daca-2012", (), seed, 0.002)).staff for seed in (1, 2))
    assert seats(one) is seats(other)


def test_nobody_has_heard_of_a_directive_that_is_not_issued() -> None:
    model = BureaucracyModel("daca-2012", 0.002, 1)
    assert not exposure(model, "review-2011").any()


def test_a_run_goes_on_in_strides_and_stops_on_the_eve_of_a_directive() -> None:
    run, begins = LiveRun(SETUP), load().directives["daca-2012"].start
    strides = []
    while not run.eve:
        before = run.today
        run.go_on(date(2012, 12, 31))
        strides.append((run.today - before).days)
    assert run.today == begins - timedelta(days=1)
    assert set(strides[:-1]) == {14} and 1 <= strides[-1] <= 14
    run.go_on(run.today + timedelta(days=3))
    assert run.today == begins + timedelta(days=2)
