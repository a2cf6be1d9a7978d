import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.runs import Run
from model import load
from viz.charts import rates_before_after, rates_over_time, resources_over_time
from viz.save import save
from viz.theme import Legend, window

TABLE = pd.DataFrame(
    [
        ("ice", "offered closure", "before the memos", 0.0004, 0.0, 0.0012),
        ("ice", "offered closure", "under the ordered review", 0.051, 0.048, 0.055),
        ("uscis", "DACA requests", "approved", 0.987, 0.985, 0.989),
    ],
    columns=["agency", "measure", "period", "median", "low", "high"],
)


@pytest.fixture(scope="module")
def legend() -> Legend:
    return Legend.of_world(load())


def _over_time(run: Run, **changes: Any) -> dict[str, Any]:
    arguments = {"outcomes": run.outcomes, "directives": run.about["directives"], **changes}
    return rates_over_time(**arguments, legend=Legend.of(run.about)).to_dict()


def _panels(drawn: dict[str, Any], key: str = "concat") -> dict[str, dict[str, Any]]:
    return {panel["title"]["text"]: panel for panel in drawn[key] if "title" in panel}


def _data(drawn: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    return drawn["datasets"][layer["data"]["name"]]


def _layers(panel: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {layer["mark"]["type"]: layer for layer in panel["layer"]}


def test_a_legend_is_the_same_from_a_world_and_from_a_run(small_run: Run, legend: Legend) -> None:
    assert Legend.of(small_run.about) == legend


def test_each_decision_has_a_panel_in_the_colour_of_its_agency(small_run: Run, legend: Legend) -> None:
    drawn = _over_time(small_run, least=1)
    pairs = small_run.outcomes[["agency", "stage"]].drop_duplicates().itertuples(index=False)
    wanted = {f"{legend.agencies[agency]}: {stage}": legend.colours[agency] for agency, stage in pairs}
    panels = _panels(drawn)
    assert {title: _layers(panel)["line"]["mark"]["color"] for title, panel in panels.items()} == wanted
    assert panels["ICE: review"]["title"]["subtitle"] == "offered closure"


def test_the_months_add_up_and_thin_ones_are_left_out(small_run: Run) -> None:
    drawn = _over_time(small_run, least=20)
    panel = _panels(drawn)["ICE: review"]
    rows = _data(drawn, _layers(panel)["line"])
    weeks = small_run.outcomes[small_run.outcomes["stage"] == "review"]
    thursdays = weeks["week"] + pd.Timedelta(days=3)
    march = weeks[thursdays.between(pd.Timestamp("2012-03-01"), pd.Timestamp("2012-03-31"))]
    shown = next(row for row in rows if row["month"].startswith("2012-03"))
    assert (shown["decided"], shown["favourable"]) == (march["decided"].sum(), march["favourable"].sum())
    assert shown["rate"] == pytest.approx(march["favourable"].sum() / march["decided"].sum())
    for row in rows:
        assert (row["rate"] is None) == (row["decided"] < 20)


def test_every_rate_that_is_drawn_lies_on_its_axis(small_run: Run) -> None:
    drawn = _over_time(small_run)
    for title, panel in _panels(drawn).items():
        line = _layers(panel)["line"]
        low, high = line["encoding"]["y"]["scale"]["domain"]
        known = [row["rate"] for row in _data(drawn, line) if row["rate"] is not None]
        assert known and low <= min(known) and max(known) <= high, title
    assert "own scale" in " ".join(drawn["title"]["subtitle"])


def test_a_directive_is_marked_where_it_speaks_and_nowhere_else(small_run: Run) -> None:
    drawn = _over_time(small_run, least=1)
    marked = {
        title: [row["title"] for row in _data(drawn, _layers(panel)["rule"])] for title, panel in _panels(drawn).items()
    }
    assert marked["USCIS: daca"] == ["Deferred action for childhood arrivals"]
    assert marked["EOIR: hearing"] == []
    assert "Case-by-case review of the docket" in marked["ICE: review"]
    assert "Case-by-case review of the docket" not in marked["ICE: charge"]
    assert "Detainer guidance of 21 December 2012" in marked["ICE: charge"]
    text = " ".join(drawn["title"]["subtitle"])
    assert [int(number) for number in re.findall(r"(?:^|\s)(\d) [A-Z]", text.replace("\xa0", " "))] == [
        *range(1, len(small_run.about["directives"]) + 1)
    ]


def test_stages_never_busy_enough_are_named(small_run: Run) -> None:
    drawn = _over_time(small_run, least=10)
    assert "USCIS: t-visa" not in _panels(drawn)
    assert any("t-visa" in line for line in drawn["title"]["subtitle"])


def test_a_run_of_days_draws_as_well(small_run: Run, tmp_path: Path) -> None:
    outcomes = small_run.outcomes[small_run.outcomes["week"] < "2010-01-10"]
    drawn = _over_time(small_run, outcomes=outcomes)
    assert "Too few decisions to draw." in str(drawn["datasets"])
    none = rates_over_time(small_run.outcomes.head(0), [], Legend.of(small_run.about))
    assert save(none, tmp_path / "none.svg").stat().st_size > 0


def test_before_and_after_shows_the_figures_in_the_order_given(legend: Legend) -> None:
    drawn = rates_before_after(TABLE, legend, "The same leniency", ["own scales"]).to_dict()
    ice, uscis = drawn["vconcat"]
    assert ice["title"]["text"] == "ICE: offered closure"
    dots = next(layer for layer in ice["layer"] if layer["mark"]["type"] == "point")
    assert dots["encoding"]["y"]["sort"] == ["before the memos", "under the ordered review"]
    rows = _data(drawn, ice if "data" in ice else dots)
    assert [row["figures"] for row in rows] == ["0.04% (0.00 to 0.12%)", "5.1% (4.8 to 5.5%)"]
    assert dots["mark"]["color"] == legend.colours["ice"]
    scales = [panel["layer"][1]["encoding"]["x"]["scale"]["domain"] for panel in (ice, uscis)]
    assert scales[0][0] == 0.0 and scales[0][1] < 0.1
    assert scales[1][0] > 0.9 and scales[1][1] == 1.0


def test_resources_show_the_longest_queues_and_what_is_over(small_run: Run, legend: Legend) -> None:
    table = small_run.resources.copy()
    table["amount"] = table["amount"] * 0.8
    drawn = resources_over_time(table, legend).to_dict()
    titles = [panel["title"]["text"] for panel in drawn["concat"]]
    assert titles[:2] == ["ICE detention beds", "U visas a fiscal year"]
    waiting = table[table["kind"] == "waiting"].groupby("what")["used"].max().sort_values(ascending=False)
    assert titles[2:] == [f"Cases waiting: {stage}" for stage in waiting.index[:4]]
    beds = drawn["concat"][0]
    rows = _data(drawn, beds if "data" in beds else beds["layer"][0])
    assert any(row["top"] > row["amount"] for row in rows)
    assert all(row["top"] == max(row["used"], row["amount"]) for row in rows)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_window_holds_what_it_shows(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    start, end = window(low, high)
    assert 0.0 <= start <= low <= high <= end <= 1.0 + 1e-12
    assert start == 0.0 or end == 1.0
    assert end - start >= 0.00999


def test_charts_are_saved_as_page_and_pictures_without_the_internet(legend: Legend, tmp_path: Path) -> None:
    chart = rates_before_after(TABLE, legend, "The same leniency", [])
    page = save(chart, tmp_path / "chart.html").read_text()
    for remote in ("<script src", "<link", "cdn.jsdelivr", "unpkg.com"):
        assert remote not in page
    assert "vegaEmbed" in page and "The same leniency" in page
    picture = save(chart, tmp_path / "chart.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") > 1000
    assert "under the ordered review" in save(chart, tmp_path / "chart.svg").read_text()
    with pytest.raises(ValueError, match=r"\.html, \.png, \.svg"):
        save(chart, tmp_path / "chart.gif")
    assert not (tmp_path / "chart.gif").exists()
