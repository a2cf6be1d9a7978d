import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.mechanisms import KINDS, MECHANISMS
from experiments.smallest import MATTERS, TOO_FEW, UNDECIDED
from model import load
from tests.commands import assert_refused, discretion
from viz.charts import knockout_map, response_by_dose
from viz.charts.save import save
from viz.charts.theme import Legend

SMALL = ["--scale", "0.002", "--replications", "2", "--workers", "1"]
KNOCKED = pd.DataFrame(
    [("culture", "culture", 0.02, 0.01, 0.03, MATTERS), ("custom", "custom", 0.0, -0.01, 0.01, UNDECIDED),
     ("custom", "culture", 0.03, 0.02, 0.04, MATTERS)],
    columns=["one", "other", "change", "change_low", "change_high", "verdict"],
).assign(agency="ice", label="review")  # fmt: skip
SHARES = pd.DataFrame(
    [("culture", -0.02, -0.03, -0.01, MATTERS), ("custom", 0.001, -0.001, 0.003, UNDECIDED)],
    columns=["mechanism", "share", "low", "high", "verdict"],
).assign(agency="ice", label="review")
TOTALS = pd.DataFrame(
    [("whole", 0.011, 0.01, 0.012), ("bare", 0.03, 0.02, 0.04)], columns=["total", "effect", "low", "high"]
).assign(agency="ice", label="review")
DOSES = pd.DataFrame(
    [("strength", "log-odds", 0.0, "none", False, 0.0, -0.001, 0.001),
     ("strength", "log-odds", 1.2, "soft", True, 0.01, 0.008, 0.012),
     ("clarity", "share", 0.0, "0", False, 0.0, float("nan"), float("nan")),
     ("clarity", "share", 0.75, "0.75", True, 0.01, float("nan"), float("nan"))],
    columns=["over", "unit", "at", "dose", "own", "effect", "low", "high"],
).assign(agency="ice", label="review")  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def layers(panel: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {layer["mark"]["type"]: layer for layer in panel["layer"]}


def rows(drawn: dict[str, Any], panel: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    return drawn["datasets"][layer.get("data", panel.get("data"))["name"]]


def test_knockouts_say_what_off_means_and_store_everything(tmp_path: Path) -> None:
    done = discretion("knockouts", "detainer-2012", *SMALL, "--mechanism", "culture", "--mechanism", "notice")
    assert done.exit_code == 0, done.output
    for words in ("Ablation definitions", MECHANISMS["culture"].off, "ICE: charge", "share of the shift", "all on"):
        assert words in done.stdout
    place = tmp_path / "results/knockouts-detainer-2012"
    assert {path.name for path in place.iterdir()} == {
        "shares.csv", "totals.csv", "knocked.csv", "worths.csv", "knockouts.json", "knockouts.html", "knockouts.png",
        "knockouts.svg",
    }  # fmt: skip
    told = json.loads((place / "knockouts.json").read_text())
    assert told["mechanisms"] == {name: MECHANISMS[name].off for name in ("culture", "notice")}
    assert told["differ"] == ["detainer-2012"] and told["seeds"] == [1, 2] and told["exact"] is False
    shares = pd.read_csv(place / "shares.csv").query("agency == 'ice' and stage == 'all'")
    totals = pd.read_csv(place / "totals.csv").query("agency == 'ice' and stage == 'all'").set_index("total")
    assert totals["effect"]["bare"] + shares["share"].sum() == pytest.approx(totals["effect"]["whole"])


def test_one_replication_as_json_has_no_interval() -> None:
    done = discretion("knockouts", "detainer-2012", "--scale", "0.002", "--replications", "1", "--workers", "1",
                      "--mechanism", "notice", "--json")  # fmt: skip
    told = json.loads(done.stdout)
    assert {row["mechanism"] for row in told["shares"]} == {"notice"}
    assert all(row["low"] is None and row["verdict"] == TOO_FEW for row in told["shares"])


def test_a_dose_tells_the_shift_at_each_and_where_there_is_none(tmp_path: Path) -> None:
    done = discretion("dose", "detainer-2012", "--directive", "detainer-2012", *SMALL, "--over", "mandate", "--over",
                      "training")  # fmt: skip
    assert done.exit_code == 0, done.output
    for words in ("ICE: charge", "0.5 *", "No dose of training: the union of ice.officers", "from least to most"):
        assert words in done.stdout
    place = tmp_path / "results/dose-detainer-2012"
    assert {path.name for path in place.iterdir()} == {
        "doses.csv", "response.csv", "worths.csv", "dose.json", "dose.html", "dose.png", "dose.svg",
    }  # fmt: skip
    told = json.loads((place / "dose.json").read_text())
    assert list(told["undefined"]) == ["training"]
    assert {row["over"] for row in told["doses"]} == {"mandate"} and {row["at"] for row in told["doses"]} == {
        0.0, 0.25, 0.5, 0.75, 1.0,
    }  # fmt: skip


def test_help_names_every_mechanism_and_every_kind_of_dose() -> None:
    for command, names in (("knockouts", MECHANISMS), ("dose", KINDS)):
        text = discretion(command, "--help").stdout
        assert all(name in text for name in names) and "Examples" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["knockouts", "mortno-2011"], ["no such scenario", "nearest: morton-2011"]),
        (["knockouts", "morton-2011", "--without", "reveiw-2011"], ["no such directive", "nearest: review-2011"]),
        (["knockouts", "morton-2011", "--mechanism", "metric"], ["no such mechanism", "nearest: metrics"]),
        (["knockouts", "morton-2011", "--replications", "0"], ["replications", "1 or more"]),
        (["knockouts", "morton-2011", "--workers", "0"], ["workers", "1 or more"]),
        (["knockouts", "baseline-2010"], ["nothing differs"]),
        (["dose", "morton-2011", "--directive", "daca-2012"], ["no such directive to take away"]),
        (["dose", "morton-2011", "--directive", "review-2011", "--over", "volume"], ["no such kind of dose"]),
        (["dose", "morton-2011", "--directive", "review-2011", "--agency", "uscsi"], ["nearest: uscis"]),
        (["dose", "morton-2011", "--directive", "review-2011", "--replications", "0"], ["1 or more"]),
        (["dose", "morton-2011"], ["--directive"]),
    ],
)
def test_bad_input_gives_one_message_and_leaves_nothing_behind(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    assert_refused(discretion(*arguments), words, tmp_path)


def test_the_map_has_a_cell_for_each_pair_and_a_bar_for_each_share() -> None:
    drawn = knockout_map(KNOCKED, SHARES, TOTALS, Legend.of_world(load()), "Which?", ["note"]).to_dict()
    (panel,) = drawn["vconcat"]
    assert panel["title"]["text"] == "ICE: review"
    assert panel["title"]["subtitle"] == [
        "shift +1.10 (+1.00 to +1.20) with all on; +3.00 (+2.00 to +4.00) with all off"
    ]
    cells, bars = panel["hconcat"]
    found = {(row["row"], row["column"]): row for row in rows(drawn, cells, layers(cells)["rect"])}
    assert set(found) == {("culture", "culture"), ("custom", "custom"), ("custom", "culture")}
    assert found["custom", "culture"]["figure"] == "+3.00"
    assert layers(cells)["rect"]["encoding"]["color"]["condition"]["scale"]["domain"] == [-0.03, 0.0, 0.03]
    shown = rows(drawn, bars, layers(bars)["bar"])
    assert [row["figures"] for row in shown] == ["-2.00 (-3.00 to -1.00)", "+0.10 (-0.10 to +0.30)"]
    assert layers(bars)["bar"]["encoding"]["y"]["sort"] == ["culture", "custom"]


def test_the_doses_have_a_panel_a_kind_one_scale_and_a_ring_where_the_directive_is() -> None:
    drawn = response_by_dose(DOSES, Legend.of_world(load()), "What?", ["note"]).to_dict()
    (group,) = drawn["vconcat"]
    titles, domains = [], set()
    for panel in group["concat"]:
        line = layers(panel)["line"]
        titles.append(line["encoding"]["x"]["title"])
        domains.add(tuple(line["encoding"]["y"]["scale"]["domain"]))
        ring = [layer for layer in panel["layer"] if "transform" in layer]
        assert ring[0]["transform"] == [{"filter": "datum.own"}]
    assert titles == ["strength (log-odds)", "clarity (share)"]
    assert domains == {(-0.001, 0.012)}
    assert "'soft'" in group["concat"][0]["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]


def test_charts_of_mechanisms_are_saved_as_page_and_pictures(tmp_path: Path) -> None:
    legend = Legend.of_world(load())
    empty = knockout_map(KNOCKED.head(0), SHARES.head(0), TOTALS.head(0), legend, "Which?", [])
    for chart in (knockout_map(KNOCKED, SHARES, TOTALS, legend, "Which?", []),
                  response_by_dose(DOSES, legend, "What?", []), empty):  # fmt: skip
        for ending in (".html", ".png", ".svg"):
            assert save(chart, tmp_path / f"chart{ending}").stat().st_size > 1000
