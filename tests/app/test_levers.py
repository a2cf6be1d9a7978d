"""The page of levers in a browser, and the commands that it offers."""

import json
import shlex
from typing import Any

from typer.testing import CliRunner

from experiments.precomputed import ranking, responses
from model import load
from tests.app.seen import addressed, barred, cells, query, saved, told, unfolded
from viz.app.pages.levers.doses import dose_rows
from viz.charts.shifts import in_points
from viz.cli.app_command import commands

WORLD = load()


def shifts(table: Any) -> list[list[str]]:
    return [[row["title"], in_points(row["shift"], row["low"], row["high"])] for row in table.to_dict("records")]


def test_what_comes_with_the_project_is_shown_at_once(visit: Any) -> None:
    page = visit("/levers")
    page.wait_for_selector("text=These figures come with the project")
    found, doses = ranking("morton-2011", WORLD), responses("morton-2011", "review-2011", WORLD)
    assert found is not None and doses is not None
    unfolded(page, "The same in figures, and what each lever changes")
    assert [[row[0], row[3]] for row in cells(page, "Levers at ice, review")] == shifts(found.ranked())
    assert cells(page, "Shift by dose") == dose_rows(doses, WORLD)
    page.get_by_label("Beside the shift").select_option("backlog")
    addressed(page, "beside=backlog")
    page.get_by_label("Ranked by").select_option("eoir")
    addressed(page, "agency=eoir")
    eoir = found.ranked(next(iter(found.targets))._replace(agency="eoir", stage="all"))
    assert [[row[0], row[3]] for row in cells(page, "Levers at eoir, all")] == shifts(eoir)
    page.locator(".d-chart svg").nth(1).wait_for()
    assert saved(page, "Download levers-morton-2011-eoir-all as CSV").startswith(b"lever,title")
    assert saved(page, "Download doses-review-2011 as SVG").startswith(b"<svg")


def test_levers_are_pulled_as_the_experiment_and_the_command_pull_them(visit: Any, tmp_path: Any) -> None:
    page = visit("/levers?scenario=daca-2012&replications=2&scale=0.002&seed=3")
    page.get_by_role("button", name="Pull the levers").click()
    unfolded(page, "The same in figures, and what each lever changes")
    shown = [[row[0], row[3]] for row in cells(page, "Levers at uscis, daca")]
    words = shlex.split(told(page, "In a terminal"))
    assert words[:2] == ["discretion", "levers"]
    result = CliRunner().invoke(commands, [*words[1:], "--json", "--out", str(tmp_path / "out")])
    told_by = json.loads(result.stdout)
    titles = {row["lever"]: row["title"] for row in told_by["levers"]}
    here = [row for row in told_by["shift"] if (row["agency"], row["stage"]) == ("uscis", "daca")]
    here.sort(key=lambda row: -row["shift"])
    assert shown == [[titles[row["lever"]], in_points(row["shift"], row["low"], row["high"])] for row in here]
    assert barred(page) == []


def test_doses_can_be_stopped_in_the_middle_and_nothing_is_lost(visit: Any) -> None:
    page = visit("/levers?scenario=detainer-2012&replications=7")
    page.get_by_label("Scenario", exact=True).select_option("morton-2011")
    page.get_by_label("Directive", exact=True).select_option("discretion-2011")
    page.get_by_label("First seed").fill("9")
    page.get_by_label("First seed").press("Tab")
    addressed(page, "seed=9")
    page.get_by_label("Size").select_option("0.02")
    page.get_by_label("Replications").fill("99")
    page.get_by_label("Replications").press("Tab")
    page.get_by_text("not a number in this range").wait_for()
    page.get_by_role("button", name="Try the doses").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Your settings are kept").wait_for()
    assert "directive=discretion-2011" in query(page) and "replications=7" in query(page)


def test_a_scenario_without_levers_says_so(visit: Any) -> None:
    visit("/levers?scenario=baseline-2010").wait_for_selector("text=No lever of the world fits this scenario")
