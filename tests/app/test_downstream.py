"""The page of what breaks downstream, in a browser."""

from typing import Any

import pytest

from experiments.border import account, downstream
from experiments.border.counterfactuals import compare
from experiments.runs import run
from model import load
from tests.app.seen import addressed, barred, cells, saved, told
from tests.app.verdicts import verdicts
from viz.app.pages.downstream.happened import FACTS, FAILS, happened
from viz.app.pages.downstream.views import _figure

WORLD = load()


def test_what_is_said_to_have_happened_is_said_with_its_verdict() -> None:
    known = verdicts()
    assert {*FACTS} <= {*WORLD.scenarios}
    for facts in FACTS.values():
        for one in facts.values():
            assert known[one.pattern] == ("fails" if one.fails else "holds"), one


def test_the_border_shows_what_the_experiment_counts(visit: Any) -> None:
    page = visit("/downstream?scenario=el-paso-2017&scale=0.02&seed=3")
    page.get_by_role("button", name="Run it").click()
    shown = cells(page, "Downstream effects by measure")
    table = downstream(account(run("el-paso-2017", 0.02, 3)))
    assert [row[1:3] for row in shown] == [
        [row["measure"], _figure(row["value"], row["unit"])] for row in table.to_dict("records")
    ]
    page.locator(".d-chart svg").nth(2).wait_for()
    assert b"month" in saved(page, "Download districts-el-paso-2017 as CSV")
    assert saved(page, "Download families-el-paso-2017 as SVG").startswith(b"<svg")
    spoken: dict[str, Any] = {}
    exec(told(page, "In Python"), spoken)
    assert downstream(account(spoken["result"]))["value"].tolist() == pytest.approx(
        table["value"].tolist(), nan_ok=True
    )
    assert barred(page) == []


def test_what_could_have_been_is_set_against_the_record(visit: Any) -> None:
    page = visit("/downstream?scale=0.02&replications=2&against=zt-memo-only")
    page.get_by_role("button", name="Run them beside what was issued").click()
    shown = cells(page, "Beside what was issued")
    found = compare("zero-tolerance-2018", ["zt-memo-only"], replications=2, seed=1, scale=0.02)
    assert [row[1:4] for row in shown] == [
        [row["measure"], f"{row['record']:,.0f}", f"{row['value']:,.0f}"] for row in found.six().to_dict("records")
    ]
    on_record = {row[1]: row[6] for row in shown}
    assert on_record["children separated"] == happened("zero-tolerance-2018", "children separated")
    known = {name: one.fails for name, one in FACTS["zero-tolerance-2018"].items() if name in on_record}
    assert known and {name: FAILS in on_record[name] for name in known} == known
    only = page.get_by_role("switch", name=WORLD.scenarios["zt-memo-only"].title)
    assert only.is_checked() and only.is_disabled()
    page.get_by_role("switch", name=WORLD.scenarios["zt-linked"].title).check()
    addressed(page, "against=zt-linked")
    assert page.locator(".d-switch input:checked").count() == 2
    assert barred(page) == []


def test_the_interior_shows_who_waits(visit: Any) -> None:
    page = visit("/downstream?scale=0.02")
    page.get_by_label("Scenario", exact=True).select_option("daca-2012")
    page.get_by_text("No departure from this scenario").wait_for()
    page.get_by_label("Size").select_option("0.005")
    page.get_by_label("Random seed").fill("2")
    page.get_by_label("Random seed").press("Tab")
    addressed(page, "seed=2")
    page.get_by_role("button", name="Run it").click()
    shown = cells(page, "Who waits on the last day")
    found = run("daca-2012", 0.005, 2).resources
    waiting = found[(found["kind"] == "waiting") & (found["day"] == found["day"].max()) & (found["used"] > 0)]
    assert [row[1] for row in shown] == [f"{used / 0.005:,.0f}" for used in waiting["used"]]
