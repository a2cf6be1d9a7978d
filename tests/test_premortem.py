import json
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.premortem import Premortem, premortem, question
from experiments.premortem.breaks import broken, passed
from experiments.premortem.holds import CARRIES
from experiments.premortem.mends import KEPT
from experiments.premortem.study import remarks
from experiments.premortem.unsure import REACH, READ, worded
from experiments.premortem.warnings import warning
from experiments.premortem.weeks import CLOCK, POOL, weeks
from experiments.twin.pairs import pair
from model import load
from model.errors import InputError
from tests.commands import assert_refused, discretion
from viz.reports.premortem import report

command = partial(discretion, "premortem")
PLAN = ["zero-tolerance-2018", "referral-change-2018"]
SMALL = ["--world", "two-desks", "--replications", "2", "--worlds", "12", "--scale", "0.1", "--workers", "1"]
DRAFT = 'like = "memo"\ntitle = "A <script>alert(1)</script> draft"\nstart = 2020-05-01\n'


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="module")
def plan() -> Premortem:
    """The memo of April 2018 with the referrals of May, tried in a world that knows no more."""
    return premortem(PLAN, draws=0, replications=2, failing=12, days=100)


@pytest.fixture(scope="module")
def fees() -> Premortem:
    """A memo among clerks, in a world without a law, a pool or a posterior."""
    return premortem(["memo"], world="two-desks", replications=2, failing=12, scale=0.1)


# What is asked.


def test_a_directive_meets_a_world_that_does_not_know_what_came_later() -> None:
    world = load()
    asked = question(PLAN, world)
    assert asked.into == "zero-tolerance-2018" and asked.start == date(2018, 4, 6)
    before = [name for name in asked.scenario.directives if name not in PLAN]
    assert before and all(world.directives[name].start < asked.start for name in before)
    assert {"guidance-2018", "order-2018", "injunction-2018"} & set(asked.scenario.directives) == set()
    assert asked.scenario.end == date(2018, 10, 2)


def test_another_day_moves_the_draft_with_its_end_and_what_is_known_before_it() -> None:
    world = load()
    later = question(["order-2018"], world, start=date(2018, 5, 15)).scenario
    assert "referral-change-2018" in later.directives and "guidance-2018" not in later.directives
    moved = question(["wdtx-guidance-2017"], world, start=date(2017, 2, 1))
    text = moved.world.directives["wdtx-guidance-2017"]
    assert text.start == date(2017, 2, 1) and moved.scenario.directives == ["wdtx-guidance-2017"]
    ends = world.directives["wdtx-guidance-2017"].end
    assert (text.end is None) == (ends is None)


def test_a_draft_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(DRAFT)
    asked = question([str(tmp_path / "mine.toml")], load("two-desks"))
    assert asked.drafts == ("mine",) and asked.scenario.directives == ["memo", "mine"]
    assert asked.directives[0].start == asked.start == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], ["no such directive", "found:   'nothing'", "a directive of the world"]),
        (["nothing.toml"], ["nothing.toml"]),
        (["memo", "--into", "mem"], ["no such scenario", "memo"]),
        (["memo", "--start", "2019-01-01"], ["no scenario of the record", "2020-01-01 to 2020-06-30"]),
        (["memo", "--into", "memo", "--start", "2020-06-29"], ["does not start within", "2020-01-01 to 2020-06-02"]),
        (["memo", "--days", "3"], ["too short a watch", "28 or more"]),
        (["memo", "--replications", "1"], ["2 or more of each draw"]),
        (["memo", "--scale", "0.0001"], ["too small a size"]),
    ],
)
def test_what_cannot_be_tried_is_refused(arguments: list[str], words: list[str], tmp_path: Path) -> None:
    assert_refused(command(*arguments, "--world", "two-desks"), words, tmp_path)


def test_a_scenario_that_does_not_watch_whom_the_draft_addresses_is_refused() -> None:
    with pytest.raises(InputError, match="does not watch whom the draft addresses"):
        question(["daca-2012"], load(), into="zero-tolerance-2018", start=date(2017, 1, 1))


# What breaks.


def _weeks(*figures: tuple[float, float], limit: float, kind: str = POOL) -> pd.DataFrame:
    days = pd.date_range("2018-04-08", periods=len(figures), freq="7D")
    table = pd.DataFrame({"kind": kind, "what": "beds", "area": "", "day": days, "limit": limit, "seed": 1})
    return table.assign(**{"with": [one for one, _ in figures], "without": [other for _, other in figures]})


def test_a_limit_breaks_where_it_is_passed_in_two_weeks_for_a_tenth_more_than_without() -> None:
    start = pd.Timestamp("2018-04-06")
    table = _weeks((90, 50), (100, 50), (100, 99), (130, 80), limit=100)
    assert passed(table).tolist() == [False, True, False, True]
    (row,) = broken(table, start).to_dict("records")
    assert row["broke"] and row["day"] == 9.0
    assert (row["peak"], row["peak_without"], row["short"], row["beyond"]) == (130, 80, 30, 30)
    (once,) = broken(table.head(3), start).to_dict("records")
    assert not once["broke"] and pd.isna(once["day"])


def test_who_is_held_beyond_a_legal_limit_counts_where_it_is_more_than_without() -> None:
    table = _weeks((0, 0), (5, 0), (20, 19), (20, 5), limit=0, kind=CLOCK)
    assert passed(table).tolist() == [False, True, False, True]
    (row,) = broken(table, pd.Timestamp("2018-04-06")).to_dict("records")
    assert (row["short"], row["beyond"]) == (15, 20)


def test_a_resource_of_which_there_is_none_is_no_limit() -> None:
    assert not passed(_weeks((5, 0), (5, 0), limit=0)).any()


def test_weeks_are_those_of_the_tables_of_both_worlds() -> None:
    asked = question(["zero-tolerance-2018"], load(), days=60)
    one = pair(asked.scenario, asked.drafts, scale=0.02, world=asked.world)
    table = weeks(one)
    assert (table["day"] >= pd.Timestamp(asked.start)).all()
    for side, name in ((one.with_it, "with"), (one.without, "without")):
        hours = side.outcomes[side.outcomes["week"] >= pd.Timestamp(asked.start)]["hours"].sum()
        desks = table[(table["kind"] == "desk") & (table["day"] >= pd.Timestamp(asked.start) + pd.Timedelta(days=9))]
        assert desks[name].sum() == pytest.approx(hours / 0.02)


# What is found.


def test_the_plan_of_2018_shifts_patrol_and_attorneys_and_breaks_what_it_broke(plan: Premortem) -> None:
    shift = plan.agencies.set_index("agency")["shift"]
    assert shift["cbp"] < -0.05 and abs(shift["orr"]) < 0.01
    whole = plan.breaks[plan.breaks["area"].isin(["everywhere", ""])].set_index("what")
    assert {"children-72-hours", "marshals-beds"} <= set(whole.index)
    assert (whole["day"] > 0).all() and whole["chance"].between(0.0, 1.0).all()
    assert whole.loc["marshals-beds", "dollars"] > 0.0
    carries = plan.holds[plan.holds["does"] == CARRIES]
    assert "cbp" in set(carries["agency"]) and set(plan.holds["mechanism"]) >= {"culture", "law", "capacity"}


def test_the_law_switched_off_changes_nothing_where_none_is_in_force(fees: Premortem) -> None:
    assert fees.asked.into == "memo" and fees.shift["agency"].unique().tolist() == ["fees"]
    assert fees.breaks.empty and fees.tries.draws == 0
    law = fees.holds[fees.holds["mechanism"] == "law"]
    assert law["change"].abs().max() == 0.0


def test_the_report_answers_each_question_with_figures_of_the_run(plan: Premortem) -> None:
    told = report(plan, {"world": "immigration", "settings": []})
    assert list(told.summary["says"])[:3] == [
        "Who changes, who does not", "What carries it, and what holds it back", "What breaks downstream",
    ]  # fmt: skip
    markdown, html = (told.texts[name]() for name in ("premortem.md", "premortem.html"))
    beds = plan.breaks[(plan.breaks["what"] == "marshals-beds") & (plan.breaks["area"] != "everywhere")].iloc[0]
    for text in (markdown, html):
        assert beds["title"] in text and f"{beds['broke']} of {beds['worlds']}" in text
    assert "Appendix" in html and html.index("3. What breaks") < html.index("<h1>Appendix")
    assert html.index("In short") < html.index("1. Who changes") and told.summary["in_short"]


def test_the_front_part_speaks_of_places_and_days_and_of_no_codes(plan: Premortem) -> None:
    told = report(plan, {}).summary
    front = " ".join([*told["in_short"], *(said for part in told["says"].values() for said in part)])
    assert "Southern California" in front and "SDCA" not in front and " 2018 (day " in front
    assert "processed administratively (the lenient outcome" in front
    assert not any(code in front for code in ("deviants", "stages.", "agencies.", "P31"))


def test_a_legal_limit_that_is_passed_without_the_draft_is_said_to_be(plan: Premortem) -> None:
    duty = report(plan, {}).summary["says"]["Three lenses and a triangle"][0]
    rows = plan.effects[(plan.effects["measure"] == "beyond the limit") & (plan.effects["without"] > 0.0)]
    assert len(rows) and duty.count("already exceeded without the draft") == len(rows)


def test_each_text_of_a_plan_is_looked_over_among_what_it_follows() -> None:
    rules = remarks(question(PLAN, load())).groupby("draft")["rule"].agg(set)
    assert "silent groups" in rules["zero-tolerance-2018"] and "not told" in rules["referral-change-2018"]


# How it fails.


def _watched(seeds: int, tells: bool) -> tuple[pd.DataFrame, "pd.Series[bool]"]:
    """Weeks of a queue that is long in every third world, and of one that is as long everywhere; those fail."""
    days = pd.date_range("2018-04-08", periods=3, freq="7D")
    rows = [
        ("queue", what, "", day, 9.0 if what == "desk" and tells and seed % 3 == 0 else 5.0, seed)
        for seed in range(seeds) for what in ("desk", "other") for day in days
    ]  # fmt: skip
    fails = pd.Series([seed % 3 == 0 for seed in range(seeds)], index=range(seeds))
    return pd.DataFrame(rows, columns=["kind", "what", "area", "day", "with", "seed"]), fails


def test_a_warning_is_the_earliest_figure_that_tells_and_is_counted_on_other_worlds() -> None:
    weeks, fails = _watched(24, tells=True)
    told = warning(weeks, fails, pd.Timestamp("2018-04-30"))
    assert told is not None
    assert (told.what, str(told.day.date()), told.above, told.threshold) == ("desk", "2018-04-08", True, 7.0)
    assert (told.hits, told.failing, told.alarms, told.others) == (4, 4, 0, 8)


def test_there_is_no_warning_where_nothing_tells_or_too_few_fail() -> None:
    until = pd.Timestamp("2018-04-30")
    assert warning(*_watched(24, tells=False), until) is None
    assert warning(*_watched(12, tells=True), until) is None


def test_how_a_draft_is_read_is_drawn_around_what_it_says() -> None:
    asked = question(["zero-tolerance-2018"], load())
    drawn = pd.DataFrame(worded(asked, [], range(50)))
    said = asked.directives[0]
    for term in READ:
        values = drawn[f"directives.zero-tolerance-2018.{term}"]
        assert values.between(0.0, 1.0).all() and values.nunique() > 5
        assert (values - getattr(said, term).value).abs().max() <= REACH


def test_failures_are_counted_over_worlds_of_their_own(plan: Premortem) -> None:
    assert set(plan.failures["worlds"]) == {12}
    always = plan.failures[plan.failures["chance"] == 1.0]
    assert "children-72-hours" in set(always["what"]) and (always["corner"] == "").all()
    assert plan.failures["chance"].is_monotonic_decreasing


def test_mends_keep_what_is_asked_and_ease_what_breaks(plan: Premortem) -> None:
    best = plan.mends[plan.mends["best"]]
    assert len(best) <= 3 and (best["kept"] >= KEPT).all() and (best["eased"] >= best["worse"]).all()
    assert ((best["prevents"] > 0) | (best["spares"] > 0)).all()
    assert (plan.mends["prevents"] <= plan.mends["of_broken"]).all() and plan.mends["of_broken"].nunique() == 1
    beds = plan.mends[plan.mends["mend"].str.endswith("Marshals beds for these cases")].iloc[0]
    assert beds["kept"] == pytest.approx(1.0, abs=0.01)
    moved = plan.eased[(plan.eased["mend"] == beds["mend"]) & (plan.eased["group"] == "marshals-beds")]
    assert (moved["difference"] < 0.0).all() and len(moved)
    alone = plan.mends.set_index("mend").filter(like="Leave out “All amenable", axis="index").iloc[0]
    assert alone["kept"] < 0.2


# Whom to talk to, what it means, how sure.


def test_agencies_that_are_loaded_and_not_addressed_are_told_what_they_would_need(plan: Premortem) -> None:
    assert len(plan.talks) and not set(plan.talks["agency"]) & plan.asked.addressed
    assert (plan.talks["peak"] > 1.1 * plan.talks["peak_without"]).all()
    beds = plan.talks[plan.talks["what"] == "marshals-beds"].iloc[0]
    assert beds["agency"] == "" and beds["short"] > 0.0
    assert beds["lead"] > 0.0 and beds["ask_by"] == beds["arrives"] - beds["lead"]


def test_what_it_leans_on_is_what_is_watched(plan: Premortem) -> None:
    assert set(plan.depends["agency"]) <= plan.asked.addressed and plan.depends["rank"].abs().le(1.0).all()
    assert plan.depends["parameter"].str.startswith("directives.").all()
    assert "P31" in set(plan.leans.loc[plan.leans["fails"] != "", "fact"])
    assert not any(fact.startswith("I") for fact in plan.leans["fact"])


def test_each_lens_is_measures_and_a_question(plan: Premortem) -> None:
    says = report(plan, {}).summary["says"]["Three lenses and a triangle"]
    assert [said.split(".")[0] for said in says] == ["Duty", "Consequence", "Character"]
    assert all(said.endswith("?") for said in says) and "A child to ORR within 72 hours" in says[0]


# The command.


class _Reads(HTMLParser):
    """What a page loads from elsewhere, and the scripts in it."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value for name, value in attrs if name in ("src", "href")] + ([tag] if tag == "script" else [])


def test_the_same_command_leaves_the_same_files_in_every_form(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(DRAFT)
    for place in ("one", "other"):
        done = command("mine.toml", *SMALL, "--out", place)
        assert done.exit_code == 0, done.output
    names = {path.name for path in Path("one").iterdir()}
    assert {"premortem.html", "premortem.md", "premortem.json", "breaks.csv", "remarks.csv"} <= names
    for name in names:
        assert Path("one", name).read_bytes() == Path("other", name).read_bytes(), name
    kept = json.loads(Path("one/premortem.json").read_text())
    assert kept["in_force"] == ["memo"] and kept["drafts"] == ["mine"] and "path" not in kept
    page = _Reads()
    page.feed(Path("one/premortem.html").read_text())
    assert page.loads == []


def test_json_is_the_whole_answer(fees: Premortem, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    def known(drafts: list[str], **given: object) -> Premortem:
        asked.update(given, drafts=drafts)
        return fees

    monkeypatch.setattr("experiments.premortem.premortem", known)
    done = command("memo", *SMALL, "--json")
    assert done.exit_code == 0, done.output
    small = {"drafts": ["memo"], "world": "two-desks", "replications": 2, "failing": 12, "scale": 0.1}
    assert asked.items() >= small.items()
    told = json.loads(done.stdout)
    (row,) = told["shift"][:1]
    assert row["agency"] == "fees" and row["shift"] > 0.1
    assert [row["rule"] for row in told["remarks"]] == ["nobody answers"]
    assert (
        "The text itself is weak (told in the appendix): nobody answers."
        in told["says"]["How it fails, and what would tell in time"]
    )
    assert told["breaks"] == [] and {row["mechanism"] for row in told["holds"]} >= {"culture", "law"}


def test_what_holds_an_agency_that_stays_is_the_same_in_the_sentence_and_in_the_table(plan: Premortem) -> None:
    says = report(plan, {}).summary["says"]["What carries it, and what holds it back"]
    still = plan.holds[plan.holds["shift"].abs() <= plan.smallest]
    for agency, rows in still[still["does"] != ""].groupby("agency"):
        title = plan.asked.world.agencies[str(agency)].title
        assert any(said.startswith(f"{title} stays put") and rows["mechanism"].iloc[0] in said for said in says)
    assert (still["does"] != "carries").all()
