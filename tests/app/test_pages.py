"""Every page in a real browser: it opens, each control does something, and it shows what the experiments give."""

import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.demonstrations import demonstrate
from experiments.rates import lately
from experiments.staff import culture, exposure
from experiments.twin.findings import find
from model import BureaucracyModel, load
from model.explain import explain
from tests.app.seen import addressed, barred, cells, data, drawn, eventually, query, told, unfolded
from tests.commands import discretion
from viz.app.demonstrations import demonstrations
from viz.app.pages.demonstrations.pictures import of_hundred
from viz.app.pages.live_run.large import changed, last_rate
from viz.app.pages.live_run.lever_controls import levers
from viz.app.pages.live_run.views import panels_of
from viz.app.pages.live_run.watched_run import Setup, reference, until
from viz.app.routes import PLACES
from viz.app.shown_world import first
from viz.charts.guesses import said
from viz.charts.shifts import in_points
from viz.reports.figures import percent
from viz.reports.twin_charts import charted

WORLD = load()


def test_the_first_page_leads_to_every_other(visit: Any) -> None:
    page = visit("/")
    for place in PLACES:
        page.locator(".d-card", has_text=place.question).first.click()
        page.wait_for_selector(f'h1:has-text("{place.question}")')
        assert page.title().startswith(place.question)
        page.locator(".d-brand").click()
        page.wait_for_selector(".d-cards")


def test_a_live_run_shows_what_the_model_gives(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&seed=3&scale=0.002&day=2012-09-02")
    drawn(page, 0, "daca-2012 3 2012-09-02 True")
    drawn(page, 1, "daca-2012 3 2012-09-02 True")
    model = BureaucracyModel("daca-2012", 0.002, 3, until=date(2012, 9, 2)).run()
    values = [row["value"] for row in data(page, 0, "people")]
    assert values == [round(float(value), 3) for value in exposure(model, "daca-2012")] and any(values)
    rates = lately(model.recorder.outcomes())
    shown = pd.DataFrame(data(page, 1, "now"))
    assert len(shown) == len(rates)
    assert shown["rate"].tolist() == rates["rate"].tolist() and shown["decided"].tolist() == rates["decided"].tolist()
    unfolded(page, "The same in figures")
    last = rates.sort_values("week").groupby(["agency", "stage"], observed=True).tail(1).set_index("stage")
    for row in cells(page, "The last eight weeks"):
        stage = next(name for name, entry in WORLD.stages.items() if entry.title == row[1])
        assert row[3:5] == [f"{last.loc[stage, 'decided']:,}", f"{last.loc[stage, 'rate']:.1%}"]
    page.get_by_text("their leaning").click()
    page.wait_for_function("location.search.includes('colour=culture')")
    page.wait_for_function(
        "document.querySelectorAll('.d-chart')[0].__vue__.shown.view.data('people')[0].value !== 0.0"
    )
    page.wait_for_timeout(300)
    assert [row["value"] for row in data(page, 0, "people")] == [round(float(v), 3) for v in culture(model)]


def test_a_lever_changes_the_run_and_the_address(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-11-30")
    drawn(page, 0, "daca-2012 1 2012-11-30 True")
    page.get_by_label("Clarity").focus()
    page.keyboard.press("Home")
    setting = "directives.daca-2012.clarity=0"
    drawn(page, 0, f"daca-2012 {setting} 1 2012-11-30 True")
    addressed(page, "clarity=0")
    model = BureaucracyModel("daca-2012", 0.002, 1, settings=[setting], until=date(2012, 11, 30)).run()
    assert [row["value"] for row in data(page, 0, "people")] == [
        round(float(v), 3) for v in exposure(model, "daca-2012")
    ]
    drawn(page, 1, f"daca-2012 {setting} 1 2012-11-30 True")
    page.wait_for_function("document.querySelectorAll('.d-chart')[1].__vue__.shown.view.data('before').length > 0")
    agency, stage = panels_of(WORLD, WORLD.scenarios["daca-2012"])[0]
    now, before = (last_rate(pd.DataFrame(data(page, 1, name)), agency, stage) for name in ("now", "before"))
    assert page.locator(".d-large strong").inner_text() == f"{now:.1%}"
    page.get_by_text(changed(now, before, (setting,), WORLD)).wait_for()
    page.get_by_label("Random seed").fill("2")
    page.get_by_label("Random seed").press("Tab")
    drawn(page, 1, f"daca-2012 {setting} 2 2012-11-30 True")
    issued = until(reference(Setup("daca-2012", (), 2, 0.002)), date(2012, 11, 30))
    eventually(page, lambda: [row["rate"] for row in data(page, 1, "before")], issued["rate"].tolist(), 30.0)
    page.get_by_label("Random seed").fill("1")
    page.get_by_label("Random seed").press("Tab")
    page.get_by_label("Appeal").check(force=True)
    page.wait_for_function("location.search.includes('authority')")
    for lever in levers(WORLD, WORLD, "daca-2012"):
        if lever.kind in ("share", "target"):
            page.get_by_label(lever.title, exact=True).press("ArrowLeft" if lever.value else "ArrowRight")
            page.wait_for_function("path => location.search.includes(path)", arg=lever.path)
    page.get_by_role("button", name="As it was issued").click()
    drawn(page, 0, "daca-2012 1 2012-11-30 True")
    page.wait_for_function("!location.search.includes('set=')")


def test_a_lever_moves_the_scenario_that_is_shown_whatever_the_link_says(visit: Any) -> None:
    page = visit("/memo?scenario=own&scale=0.002&day=2012-02-01")
    scenario = first("scenario")()
    drawn(page, 0, f"{scenario} 1 2012-02-01 True")
    page.get_by_label("Clarity").focus()
    page.keyboard.press("Home")
    addressed(page, "clarity=0")
    setting = query(page).partition("set=")[2].partition("&")[0].replace("%3D", "=")
    drawn(page, 0, f"{scenario} {setting} 1 2012-02-01 True")
    assert page.get_by_text("The run stopped").count() == 0


def test_time_goes_on_jumps_and_comes_back(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002")
    drawn(page, 0, "daca-2012 1 2012-06-14 True")
    jumps = {"A day": "2012-01-01", "A month": "2012-01-31", "Next directive": "2012-06-14", "To the end": "2013-09-30"}
    for button, day in (("Reset", "2011-12-31"), *jumps.items(), ("Reset", "2011-12-31")):
        page.get_by_role("button", name=button, exact=True).click()
        drawn(page, 0, f"daca-2012 1 {day} True")
    page.get_by_label("Speed").select_option("30")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("/^[0-9]/.test(document.querySelector('.d-clock strong').textContent)")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Play").wait_for()
    clock = page.inner_text(".d-clock strong")
    page.wait_for_timeout(400)
    assert page.inner_text(".d-clock strong") == clock
    page.wait_for_function("location.search.includes('day=2012')")
    assert barred(page) == []


def test_somebody_can_be_picked_with_mouse_and_keyboard(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-12-30")
    drawn(page, 0, "daca-2012 1 2012-12-30 True")
    model = BureaucracyModel("daca-2012", 0.002, 1, until=date(2012, 12, 30)).run()
    page.locator(".d-chart").first.locator("path[aria-label*='value']").nth(len(model.managers) + 5).click()
    page.wait_for_function("location.search.includes('who=o5')")
    page.wait_for_selector(f".d-facts:has-text('{model.officers[5].culture:+.2f} log-odds')")
    outcomes = model.recorder.outcomes()
    centres = outcomes[outcomes["unit"] == "uscis.centres"]
    office = str(centres.groupby("office", observed=True)["decided"].sum().idxmax())
    page.get_by_label("Office", exact=True).select_option(f"uscis.centres: {office}")
    page.wait_for_selector(f".d-facts:has-text('Service centre director, {office}')")
    decided = cells(page, "What the office has decided")
    here = centres[centres["office"] == office]
    assert decided == [
        [
            WORLD.stages["daca"].title,
            f"{here['decided'].sum():,}",
            f"{here['favourable'].sum() / here['decided'].sum():.1%}",
        ]
    ]
    assert barred(page) == []


def test_what_was_set_before_a_run_is_set(visit: Any) -> None:
    page = visit("/memo?scale=0.002")
    page.get_by_label("Scenario", exact=True).select_option("zero-tolerance-2018")
    issued = WORLD.directives["zero-tolerance-2018"].start
    page.get_by_label("Levers of").select_option("zero-tolerance-2018")
    page.get_by_label("Random seed").fill("8")
    page.get_by_label("Random seed").press("Tab")
    page.wait_for_function("location.search.includes('seed=8')")
    page.get_by_label("Random seed").fill("12345678")
    page.get_by_label("Random seed").press("Tab")
    assert page.get_by_label("Size").locator("option").all_inner_texts() == ["1 in 50"]
    page.wait_for_function("location.search.includes('scale=0.02')")
    drawn(page, 0, f"zero-tolerance-2018 8 {issued - timedelta(days=1)} True")


def test_a_case_is_explained_as_the_model_explains_it(visit: Any) -> None:
    page = visit("/case?scale=0.002&seed=2")
    page.wait_for_selector("h2:has-text('Why?')")
    unfolded(page, "The same in figures")
    found = {one.title: one for one in explain("claudia", seed=2, scale=0.002)}
    rows = cells(page, "Chances before the typical officer")
    assert [row[1] for row in rows] == list(found)
    for row in rows:
        one = found[row[1]]
        assert row[4:7] == [percent(one.notice), percent(one.judgment), percent(one.probability)]
    chosen = page.get_by_label("Decision", exact=True)
    for stage in ("hearing", "t-visa"):
        chosen.select_option(stage)
        page.wait_for_selector(f"text={next(one.words for one in found.values() if one.stage == stage)[:60]}")


def test_a_changed_fact_moves_the_chances_and_can_be_put_back(visit: Any, tmp_path: Path, monkeypatch: Any) -> None:
    page = visit("/case?scale=0.002&stage=hearing")
    page.get_by_role("button", name="Change it and watch").click()
    page.wait_for_function("location.search.includes('fact=level')")
    page.get_by_label("Has a lawyer").uncheck()
    page.get_by_label("A serious illness").select_option("on paper")
    page.wait_for_function("location.search.includes('health')")
    person = WORLD.cases["claudia"].person
    mandatory = person.mandatory and "mandatory%3Dno" not in query(page)
    changed = person.model_copy(update={
        "level": "level-3", "lawyer": False, "mandatory": mandatory,
        "equities": [*person.equities, "health"], "documented": [*person.documented, "health"],
    })  # fmt: skip
    file = WORLD.cases["claudia"].model_copy(update={"person": changed})
    found = {one.title: percent(one.probability) for one in explain(file, scale=0.002)}
    unfolded(page, "The same in figures")
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('td')].some(cell => cell.textContent.trim() === wanted)",
        arg=found["Immigration court"],
    )
    page.wait_for_timeout(500)
    assert {row[1]: row[6] for row in cells(page, "Chances before the typical officer")} == found
    monkeypatch.chdir(tmp_path)
    Path("case.toml").write_text(told(page, "A file case.toml"), encoding="utf-8")
    assert {one.title: percent(one.probability) for one in spoken(page)["found"]} == found
    said = discretion(*shlex.split(told(page, "In a terminal"))[1:])
    assert said.exit_code == 0 and found["Immigration court"] in said.stdout
    page.get_by_role("button", name="As they were").click()
    page.wait_for_function("!location.search.includes('fact')")
    assert barred(page) == []


def test_another_case_scenario_and_day_can_be_chosen(visit: Any) -> None:
    page = visit("/case?scale=0.002")
    page.get_by_label("Begin with").select_option("father-and-son")
    page.wait_for_selector("text=Referral for prosecution")
    page.get_by_label("Begin with").select_option("childhood-arrival")
    page.get_by_label("Under the directives of").select_option("daca-2012")
    page.get_by_label("On the day").fill("2012-03-01")
    page.get_by_label("On the day").press("Tab")
    page.wait_for_selector("text=nobody can ask for it on that day")


def spoken(page: Any) -> dict[str, Any]:
    """What the page gives as Python, run."""
    names: dict[str, Any] = {}
    exec(told(page, "In Python"), names)
    return names


def test_two_worlds_show_what_the_experiment_finds(visit: Any, tmp_path: Path) -> None:
    page = visit("/twins?scenario=detainer-2012&replications=2&scale=0.002&seed=5")
    page.get_by_role("button", name="Run both worlds").click()
    found = find("detainer-2012", world=WORLD, replications=2, seed=5, scale=0.002)
    wanted = charted(found).to_dict("records")
    figures = [
        [f"{row['decisions']:,.0f}", percent(row["rate_with"]), percent(row["rate_without"]),
         in_points(row["shift"], row["low"], row["high"])]
        for row in wanted
    ]  # fmt: skip
    eventually(page, lambda: [row[2:6] for row in cells(page, "On the same cases")], figures)
    flips = found.flips
    assert page.locator("caption", has_text=f"{len(flips):,} of {len(flips):,} changed decisions").count() == 1
    stage = str(flips["stage"].iloc[0])
    page.locator(".d-control", has=page.get_by_text("Decision", exact=True)).locator("select").select_option(stage)
    here = flips[flips["stage"].astype(str) == stage]
    page.locator("caption", has_text=f"{len(here):,} of {len(flips):,} changed decisions").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download flips as CSV").click()
    kept = here[["flip", "number", "p"]].astype({"number": "int64", "p": "float64"}).reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.read_csv(saved.value.path())[list(kept)], kept)
    page.get_by_role("button", name="Why?").first.click()
    page.wait_for_selector("caption:has-text('Decision in both worlds')")
    shown = cells(page, "Decision in both worlds")
    first = here.iloc[0]
    assert f"flip={first['flip']}" in query(page)
    assert [row[0] for row in shown][-2:] == ["outcome", "goes to"]
    assert {shown[-2][1], shown[-2][2]} <= {*WORLD.stages[stage].labels.values()}
    pd.testing.assert_frame_equal(spoken(page)["found"].shift, found.shift)
    words = shlex.split(told(page, "In a terminal"))
    assert discretion(*words[1:], "--out", str(tmp_path / "twin")).exit_code == 0
    told_there = pd.read_csv(tmp_path / "twin" / "shift.csv")
    assert told_there["shift"].tolist() == pytest.approx(found.shift["shift"].tolist())
    assert barred(page) == []


def test_a_demonstration_from_the_first_step_to_the_last(visit: Any) -> None:
    page = visit("/demonstrations")
    one = demonstrations()["fading"]
    page.get_by_role("button", name=re.compile(one.title)).click()
    page.wait_for_selector(f"text={one.stage.text[0][:50]}")
    page.get_by_role("button", name="Next: Predict").click()
    sliders = page.locator("input[type=range]")
    eventually(page, sliders.count, len(one.predict))
    commit = page.get_by_role("button", name="Commit this guess")
    assert page.locator(".d-nowhere").count() == len(one.predict) and commit.is_disabled()
    assert page.get_by_role("button", name="Next: Run").is_disabled()
    for at in range(sliders.count()):
        sliders.nth(at).fill(str(10 * (at + 1)))
    page.locator(".d-nowhere").first.wait_for(state="detached")
    page.get_by_label("Whose guess is it?").fill("Ana")
    page.get_by_label("Whose guess is it?").press("Tab")
    commit.click()
    assert cells(page, "Committed") == [["Ana", "10", "20", "30", "40"]]
    page.get_by_role("button", name="Next: Run").click()
    page.wait_for_selector("text=Comes with the project: 6 runs under seeds 1 to 6")
    page.get_by_role("button", name="Next: Reveal").click()
    unfolded(page, "The same in figures")
    found = demonstrate("fading").set_index("key")
    assert cells(page, "Guessed, and come out") == [
        [asked.short, "not on record", said(*found.loc[asked.key, ["median", "low", "high"]]), str(10 * (at + 1))]
        for at, asked in enumerate(one.predict)
    ]
    left = [of_hundred(float(found["median"][asked.key])) for asked in one.predict]
    assert page.locator(".d-ladder strong").all_inner_texts() == [f"{share} left" for share in ("100 of 100", *left)]
    page.wait_for_selector(f"text={one.predict[0].happened.note}")
    pd.testing.assert_frame_equal(spoken(page)["result"].set_index("key"), found)
    page.get_by_role("button", name="Next: Explain").click()
    page.wait_for_selector(f"text={one.explain.text[0][:50]}")
    page.get_by_role("button", name="Next: Discuss").click()
    for asked in one.discuss:
        page.wait_for_selector(f"text={asked.source[:40]}")
    assert "guess=Ana" in query(page) and "step=5" in query(page)
    page.get_by_role("button", name="Next: Take home").click()
    page.wait_for_selector(f"text={one.take.sentence}")


def test_a_page_of_the_same_address_shows_the_same(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&seed=4&day=2012-07-15&set=directives.daca-2012.monitoring%3D0")
    state = "daca-2012 directives.daca-2012.monitoring=0 4 2012-07-15 True"
    drawn(page, 0, state)
    values = [row["value"] for row in data(page, 0, "people")]
    other = visit("/memo" + query(page))
    drawn(other, 0, state)
    assert [row["value"] for row in data(other, 0, "people")] == values


def test_charts_and_their_data_can_be_taken_home(visit: Any, tmp_path: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-08-31")
    drawn(page, 1, "daca-2012 1 2012-08-31 True")
    for kind, begins in (("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", b"agency,stage,week")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=f"Download rates-daca-2012-2012-08-31 as {kind}").click()
        content = saved.value.path().read_bytes()
        assert content.startswith(begins) and len(content) > 1000
    assert "2012" in content.decode()


def test_the_page_says_how_to_get_the_same_without_it(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-08-31&set=rule.metrics%3D0")
    drawn(page, 0, "daca-2012 rule.metrics=0 1 2012-08-31 True")
    unfolded(page, "The same as a command")
    wanted = "discretion run daca-2012 --scale 0.002 --seed 1 --until 2012-08-31 --set rule.metrics=0"
    page.wait_for_selector(f".d-copy:has-text('{wanted}')")
    about = spoken(page)["result"].about
    assert about["settings"] == ["rule.metrics=0"] and about["end"] == "2012-08-31"
