"""The page of sweeps in a browser."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from experiments.sensitivity.analysis import analyse
from experiments.sensitivity.in_words import parameters, term
from model import load
from model.errors import InputError
from tests.app.seen import addressed, barred, cells, saved, told, unfolded
from viz.app.sweep_library import Shelf
from viz.cli.app_command import commands
from viz.reports.figures import percent, ranged

WORDS = parameters(["agencies.ice.culture.lens", "rule.metrics"], load())


def test_a_sweep_is_opened_and_its_surface_walked_over(visit: Any, sweeps: Path) -> None:
    page = visit("/sweeps")
    page.get_by_label("Sweep", exact=True).select_option("small")
    page.get_by_text("Predicted outcome at this point").wait_for()
    found = analyse(sweeps / "small")
    assert found.surface is not None
    middle = [[0.5] * len(found.surface.factors)]
    page.wait_for_selector(f".d-question:has-text('about {percent(float(found.surface.at(middle)[0]))}')")
    page.get_by_text("9 points for the 6 terms of the surface: too few").wait_for()
    unfolded(page, "The same in figures")
    assert cells(page, "The surface, each parameter") == [
        [term(row["term"], WORDS), *ranged(row["coefficient"], row["low"], row["high"])]
        for row in found.surface.table.to_dict("records")
    ]
    page.get_by_label(WORDS["rule.metrics"], exact=True).press("End")
    addressed(page, "at=rule.metrics=2")
    place = [[1.0 if one.path == "rule.metrics" else 0.5 for one in found.surface.factors]]
    page.wait_for_selector(f".d-question:has-text('about {percent(float(found.surface.at(place)[0]))}')")
    page.get_by_label("Map across").select_option("rule.metrics")
    addressed(page, "across=rule.metrics")
    page.get_by_label("Map upwards").select_option("rule.metrics")
    addressed(page, "up=rule.metrics")
    page.get_by_role("button", name="Set all to their middle").click()
    page.get_by_label("Outcome", exact=True).select_option("noticed.ice.charge")
    addressed(page, "of=noticed.ice.charge")
    page.get_by_text("ICE, Detainer and charge: share weighed one by one: about").wait_for()
    page.locator(".d-chart svg").first.wait_for()
    assert saved(page, "Download surface-noticed.ice.charge as PNG").startswith(b"\x89PNG")
    other = analyse(sweeps / "small", "noticed.ice.charge")
    words = shlex.split(told(page, "In a terminal"))
    result = CliRunner().invoke(commands, [*words[1:], "--json"])
    assert other.surface is not None
    terms = json.loads(result.stdout)["surface"]["terms"]
    assert [row["coefficient"] for row in terms] == other.surface.table["coefficient"].tolist()
    assert barred(page) == []


def test_a_corner_where_nothing_fails_is_told(visit: Any) -> None:
    page = visit("/sweeps?sweep=small")
    page.get_by_label("What counts as failing").fill("rate.eoir.hearing < -5")
    page.get_by_label("What counts as failing").press("Tab")
    page.get_by_text("so there is no corner").wait_for()


def test_a_folder_that_is_no_sweep_is_refused(visit: Any) -> None:
    for name, said in (
        ("nothing", "no sweep"),
        ("../small", "outside of the folder"),
        ("/etc", "outside of the folder"),
    ):
        page = visit(f"/sweeps?sweep={name}")
        page.locator(".d-problem", has_text=said).wait_for()


def test_no_name_leads_out_of_the_shelf(tmp_path: Path) -> None:
    (tmp_path / "in" / "one").mkdir(parents=True)
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    shelf = Shelf(tmp_path / "in")
    assert shelf.place("one") == tmp_path / "in" / "one"
    for name in ("..", ".", "", "../in2", "/etc", "link", "one/../../x", "a\x00b", "x" * 5000):
        with pytest.raises(InputError):
            shelf.place(name)
    assert shelf.written("one") == shelf.written("..") == 0.0
    assert Shelf(tmp_path / "none").sweeps() == []
