import json
import re
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from experiments.runs import Run
from model import load
from model.world.streams import within
from viz.charts import (
    flows_of_flips,
    rates_of_both_worlds,
    rates_over_time,
    rates_with_and_without,
    resources_over_time,
)
from viz.charts.save import save
from viz.charts.script import script
from viz.charts.theme import Legend, window
from viz.charts.with_without import in_short

TABLE = pd.DataFrame(
    [
        ("ice", "ICE", "covered, ordered to look", 0.083, 0.0002, 0.0828, 0.078, 0.087, 0.03, 0.12),
        ("uscis", "USCIS", "covered by DACA", 0.998, 0.0, 0.998, 0.9979, 0.9981, np.nan, np.nan),
        ("uscis", "USCIS", "other petitions", 0.827, 0.827, 0.0, 0.0, 0.0, 0.0, 0.0),
    ],
    columns=[
        "agency",
        "heading",
        "label",
        "with",
        "without",
        "shift",
        "low",
        "high",
        "posterior_low",
        "posterior_high",
    ],
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


def test_a_legend_is_the_same_from_a_world_and_from_a_run(small_run: Run) -> None:
    world = load()
    assert Legend.of(small_run.about) == Legend.of_world(within(world, world.scenarios["record-2013"]))


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


def test_with_and_without_stand_on_one_scale_with_their_difference_beside(legend: Legend) -> None:
    drawn = rates_with_and_without(TABLE, legend, "The same leniency", ["one scale"]).to_dict()
    ice, uscis = drawn["vconcat"]
    assert (ice["title"]["text"], uscis["title"]["text"]) == ("ICE", "USCIS")
    for panel, size in ((ice, 1), (uscis, 2)):
        points = [layer for layer in panel["layer"] if layer["mark"]["type"] == "point"]
        assert [point["encoding"]["x"]["field"] for point in points] == ["without", "with"]
        assert {tuple(point["encoding"]["x"]["scale"]["domain"]) for point in points} == {(0.0, 1.0)}
        rows = _data(drawn, panel if "data" in panel else points[0])
        assert len(rows) == size
        for row in rows:
            given = TABLE.loc[TABLE["label"] == row["label"]].iloc[0]
            assert row["figures"] == in_short(given["shift"], given["low"], given["high"])
            known = not np.isnan(given["posterior_low"])
            assert (row["open"] == "all assumed") is not known
            line = row["without"] + given["posterior_low"] if known else None
            assert row["posterior_low"] == (pytest.approx(line) if known else None), "a line lies on the axis of rates"
    assert (
        next(layer for layer in ice["layer"] if layer["mark"].get("filled"))["mark"]["color"] == legend.colours["ice"]
    )


FLIPS = pd.DataFrame(
    [(1, "ice", "review", "prosecuted: hearing", "offered closure: closed", "direct")] * 6
    + [(2, "ice", "review", "prosecuted: hearing", "offered closure: hearing", "ripple")] * 2
    + [(2, "eoir", "bond", "no bond: review", "bond granted: review", "ripple")],
    columns=["seed", "agency", "stage", "from", "to", "cause"],
)


def test_flows_are_as_wide_as_they_are_many_and_told_apart_by_cause(legend: Legend) -> None:
    drawn = flows_of_flips(FLIPS, legend, "Flows", []).to_dict()
    review, bond = drawn["vconcat"]
    assert review["title"]["text"] == f"ICE: {legend.stages['review']}"
    assert review["title"]["subtitle"] == "4.0 decisions a pair changed"
    assert bond["title"]["text"].startswith("EOIR")
    ribbons = pd.DataFrame(_data(drawn, review["layer"][0]))
    widths = (ribbons["bottom"] - ribbons["top"]).groupby([ribbons["to"], ribbons["cause"]]).agg(["min", "max"])
    assert widths.loc[("offered closure: closed", "direct")].tolist() == pytest.approx([0.75, 0.75])
    assert widths.loc[("offered closure: hearing", "ripple")].tolist() == pytest.approx([0.25, 0.25])
    labels = {row["label"] for layer in review["layer"] for row in _data(drawn, layer) if "label" in row}
    assert "prosecuted: hearing (4.0)" in labels and "offered closure: closed (3.0)" in labels


def test_flows_that_are_not_shown_are_counted_and_no_flips_draw_as_well(legend: Legend, tmp_path: Path) -> None:
    stages = list(legend.stages)[:8]
    many = pd.concat([FLIPS.head(9 - at).assign(stage=stage) for at, stage in enumerate(stages)])
    notes = flows_of_flips(many, legend, "Flows", []).to_dict()["title"]["subtitle"]
    assert any("Not shown" in line and stages[-1] in line for line in notes)
    assert save(flows_of_flips(FLIPS.head(0), legend, "Flows", []), tmp_path / "none.svg").stat().st_size > 0


def test_both_worlds_are_drawn_with_the_directives_that_part_them(legend: Legend, tmp_path: Path) -> None:
    months = pd.DataFrame(
        [("ice", "review", month, 50.0, rate, 0.01, rate - 0.015, rate - 0.005)
         for month, rate in zip(pd.date_range("2011-09-01", periods=3, freq="MS"), (0.01, 0.01, 0.05), strict=True)]
        + [("eoir", "bond", pd.Timestamp("2011-09-01"), 1.0, 0.1, 0.1, 0.0, 0.0)],
        columns=["agency", "stage", "month", "decisions", "with", "without", "low", "high"],
    )  # fmt: skip
    order = {"title": "Order to look", "start": "2011-11-17", "to": ["ice"], "stages": ["review"]}
    drawn = rates_of_both_worlds(months, [order], legend, "When?", ["note"]).to_dict()
    (panel,) = drawn["concat"]
    assert panel["title"]["text"] == "ICE: review"
    lines = [layer for layer in panel["layer"] if layer["mark"]["type"] == "line"]
    assert [line["encoding"]["y"]["field"] for line in lines] == ["without", "with"]
    assert "strokeDash" in lines[0]["mark"] and lines[1]["mark"]["color"] == legend.colours["ice"]
    rule = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "rule")
    assert [row["title"] for row in _data(drawn, rule)] == ["Order to look"]
    band = next(layer for layer in panel["layer"] if layer["mark"]["type"] == "area")
    for row in _data(drawn, band):
        assert row["lowest"] == pytest.approx(row["without"] + row["low"])
    assert any("1 Order" in line.replace("\xa0", " ") for line in drawn["title"]["subtitle"])
    none = rates_of_both_worlds(months.head(0), [], legend, "When?", [])
    assert save(none, tmp_path / "none.svg").stat().st_size > 0


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


def test_a_notebook_shows_charts_without_the_internet(legend: Legend) -> None:
    alt.renderers.enable("default")
    chart = rates_with_and_without(TABLE, legend, "The same leniency", [])
    bundle, _ = DisplayFormatter().format(chart)
    assert bundle["image/svg+xml"].startswith("<svg") and "The same leniency" in bundle["image/svg+xml"]
    addresses = set(re.findall(r"https?://[^\s\"'\\\\]+", json.dumps(bundle)))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", alt.SCHEMA_URL}
    assert "text/html" not in bundle


def test_another_way_to_show_charts_stays_chosen(legend: Legend) -> None:
    with alt.renderers.enable("png"):
        rates_with_and_without(TABLE, legend, "The same leniency", [])
        assert alt.renderers.active == "png"


def test_charts_are_saved_as_page_and_pictures_without_the_internet(legend: Legend, tmp_path: Path) -> None:
    chart = rates_with_and_without(TABLE, legend, "The same leniency", [])
    page = save(chart, tmp_path / "chart.html").read_text()
    for remote in ("<script src", "<link", "cdn.jsdelivr", "unpkg.com"):
        assert remote not in page
    assert '"editor": false' in page  # the one entry of the menu that would leave this machine
    assert "vegaEmbed" in page and "The same leniency" in page
    picture = save(chart, tmp_path / "chart.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") > 1000
    assert "covered, ordered to look" in save(chart, tmp_path / "chart.svg").read_text()
    with pytest.raises(ValueError, match=r"\.html, \.png, \.svg"):
        save(chart, tmp_path / "chart.gif")
    assert not (tmp_path / "chart.gif").exists()


def test_the_script_of_charts_is_made_once_and_where_it_cannot_be_kept_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    (tmp_path / "file").touch()

    def make(vl_version: str, snippet: str = "own") -> str:
        made.append(snippet)
        return f"{snippet} of é {vl_version}"

    monkeypatch.setattr("vl_convert.javascript_bundle", make)

    def twice(folder: Path | None) -> list[str]:
        """What is made when two processes ask for the script of a chart's own page, and one for another."""
        monkeypatch.setattr("viz.charts.script.cache_folder", lambda file: folder and str(folder))
        made.clear()
        told = [script.__wrapped__(use) for use in (None, None, "x")]
        assert [text.split()[0] for text in told] == ["own", "own", "x"] and told[0] == told[1]
        return list(made)

    assert twice(tmp_path / "kept" / "here") == ["own", "x"]
    assert len(list(tmp_path.glob("kept/here/*"))) == 2
    assert twice(None) == twice(tmp_path / "file" / "in-a-file") == ["own", "own", "x"]
