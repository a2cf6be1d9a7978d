import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from experiments.catalogue import catalogue, parameters
from experiments.results import load_run
from model import BureaucracyModel, load, worlds
from model.world.loader import content_hash
from tests.commands import app, discretion

COMMANDS: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
SMALL = ["--scale", "0.005", "--until", "2010-02-28"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Help and errors.


def test_help_is_quick_and_names_the_commands() -> None:
    program = (
        "import sys; from viz.cli.app_command import commands as app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('model.bureaucracy', 'mesa', 'pandas', 'numba', 'altair')\n"
        "print('heavy:', [name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    for command in COMMANDS:
        assert re.search(rf"^. {command} ", done.stdout, re.MULTILINE), command
    assert "heavy: []" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_examples_that_can_be_given(command: str) -> None:
    """Each example is read by the command's own parser: an option that is not there, or a value it refuses, fails."""
    done = discretion(command, "--help")
    assert done.exit_code == 0
    examples = re.findall(rf"^\s*discretion {command}\b(.*)$", COMMANDS[command].help or "", re.MULTILINE)
    assert examples and done.output.count(f"discretion {command}") >= len(examples)
    for example in examples:
        COMMANDS[command].make_context(command, shlex.split(re.split(r"&&|\|", example)[0]))


def test_version() -> None:
    assert discretion("--version").output == "discretion 0.2.0\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "recrod-2013"], ["no such scenario", "'recrod-2013'", "nearest: record-2013"]),
        (["run", "ours.toml"], ["a file where the name", "discretion premortem ours.toml", "that --world names"]),
        (["run", "record-2013", "--world", "nowhere"], ["no such world", "'nowhere'", "immigration"]),
        (["run", "record-2013", "--set", "rule.metric=0"], ["rule.metric", "nearest: metrics"]),
        (["run", "record-2013", "--set", "rule.metrics"], ["path=value"]),
        (["run", "record-2013", "--set", "agencies.ice.culture.lens=1.3"], ["lens", "1.3", "0 to 1"]),
        (["run", "record-2013", "--scale", "0"], ["scale", "0 < scale <= 1"]),
        (["run", "record-2013", "--scale", "nan"], ["scale", "nan"]),
        (["run", "record-2013", "--seed", str(2**63)], ["seed", str(2**63)]),
        (["run", "record-2013", "--until", "2031-01-01"], ["until", "2010-01-01 to 2013-09-30"]),
        (["demo", "--scale", "2"], ["scale", "0 < scale <= 1"]),
        (["worlds", "atlantis"], ["no such world", "'atlantis'"]),
        (["worlds", "immigration", "ice"], ["--parameters"]),
        (["worlds", "immigration", "unobtainium", "--parameters"], ["no parameter", "'unobtainium'"]),
    ],
)
def test_input_that_cannot_be_used_gives_one_message_and_exit_code_2(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    done = discretion(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "record-2013", "--until", "June"],
        ["run", "record-2013", "--seed", "-1"],
        ["demo", "--replications", "0"],
        ["rnu"],
    ],
)
def test_a_command_line_that_cannot_be_read_gives_exit_code_2(arguments: list[str]) -> None:
    done = discretion(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", [["run", "baseline-2010", *SMALL], ["demo", "--replications", "1"]])
@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere/run", "folder"])
def test_a_place_that_cannot_take_results_is_refused_before_anything_runs(
    command: list[str], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/outcomes.parquet").write_text("mine, too")
    monkeypatch.setattr(BureaucracyModel, "step", lambda _: pytest.fail("it ran"))
    if place.startswith("/proc"):
        monkeypatch.setattr("os.access", lambda *_: False)
    done = discretion(*command, "--out", place)
    assert done.exit_code == 2
    assert f"out: {place}" in done.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder", "outcomes.parquet"]


# Worlds.


def test_worlds_shows_every_scenario_and_its_question() -> None:
    done = discretion("worlds")
    assert done.exit_code == 0
    for name, scenario in load().scenarios.items():
        assert name in done.output and scenario.question in done.output


def test_worlds_in_detail_and_as_json() -> None:
    world = load()
    shown = discretion("worlds", "immigration")
    described = json.loads(discretion("worlds", "immigration", "--json").stdout)
    for kind in ("stages", "directives", "scenarios", "cases"):
        names = list(getattr(world, kind))
        assert sorted(entry["name"] for entry in described[kind]) == sorted(names)
        assert all(name in shown.output for name in names)
    units = [unit["name"] for agency in described["agencies"] for unit in agency["units"]]
    assert units == world.units()
    assert all(unit in shown.output for unit in units)
    starts = [directive["start"] for directive in described["directives"]]
    assert starts == sorted(starts)
    everything = json.loads(discretion("worlds", "--json").stdout)
    assert [entry["name"] for entry in everything] == worlds() and described in everything


def test_every_parameter_that_is_listed_can_be_set() -> None:
    world = load()
    listed = parameters(world)
    same = load(settings={row["path"]: row["value"] for row in listed})
    assert content_hash(same) == content_hash(world)
    row = next(row for row in listed if row["path"] == "agencies.ice.culture.lens")
    assert row == {
        "path": "agencies.ice.culture.lens", "value": 0.9, "unit": "share", "range": [0.0, 1.0],
        "source": world.agencies["ice"].culture.lens.source,
    }  # fmt: skip


def test_parameters_are_filtered_by_path_unit_or_source() -> None:
    world = load()
    lenses = json.loads(discretion("worlds", "immigration", "CULTURE.lens", "--parameters", "--json").stdout)
    assert lenses == parameters(world, "culture.lens")
    assert lenses and all(row["path"].endswith("culture.lens") for row in lenses)
    assert all("I17" in row["source"] for row in parameters(world, "I17"))
    assert "agencies.ice.culture.lens = 0.9 share (0 to 1)" in discretion("worlds", "--parameters").output


def test_the_catalogue_counts_offices_by_area_where_a_unit_has_one_in_each() -> None:
    world = load()
    offices = {u["name"]: u["offices"] for a in catalogue(world)["agencies"] for u in a["units"]}
    assert offices["ice.officers"] == list(world.areas)
    assert offices["uscis.centres"] == ["California", "Nebraska", "Texas", "Vermont"]


# Runs.


def test_run_as_json_keeps_what_is_promised() -> None:
    done = discretion("run", "baseline-2010", *SMALL, "--seed", "3", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"path", "scenario", "seed", "scale", "rates"} <= set(told)
    assert (told["scenario"], told["seed"], told["scale"]) == ("baseline-2010", 3, 0.005)
    stored = load_run(told["path"])
    assert stored.about["end"] == "2010-02-28"
    for rate in told["rates"]:
        assert {"agency", "stage", "decided", "favourable", "rate", "noticed"} <= set(rate)
        rows = stored.outcomes[stored.outcomes["stage"] == rate["stage"]]
        assert rate["decided"] == rows["decided"].sum()
        assert rate["rate"] == pytest.approx(rate["favourable"] / rate["decided"])
        assert rate["noticed"] == pytest.approx(rows["noticed"].sum() / rate["decided"])
    assert {rate["stage"] for rate in told["rates"]} == set(stored.outcomes["stage"])


def test_run_prints_tables_and_stores_them(tmp_path: Path) -> None:
    done = discretion("run", "baseline-2010", *SMALL, "--out", "mine", "--cases")
    assert done.exit_code == 0, done.stderr
    assert "Stored in mine" in done.output
    stored = load_run(tmp_path / "mine")
    assert stored.cases is not None
    assert len(stored.cases) == stored.outcomes["decided"].sum()
    labels = {name: stage["labels"]["favourable"] for name, stage in stored.about["stages"].items()}
    for stage, rows in stored.outcomes.groupby("stage", observed=True):
        decided = f"{rows['decided'].sum():,}"
        assert re.search(rf"{stage} +{labels[str(stage)]} +{decided} ", done.output), stage
    census = stored.about["census"]
    for way, title in stored.about["exits"].items():
        assert re.search(rf"{way} +{re.escape(title)} +{census[way]:,} ", done.output), way
    assert re.search(r"ICE detention beds +170 ", done.output)


def test_run_quietly_says_only_where_and_runs_that_differ_do_not_meet() -> None:
    places = [
        discretion("run", "baseline-2010", *SMALL, "--quiet", *more).stdout
        for more in ([], ["--seed", "2"], ["--set", "rule.metrics=0"], ["--set", "rule.metrics=0.1"], [])
    ]
    assert places[0] == places[-1]
    assert len(set(places)) == 4
    assert all(Path(place.strip(), "run.json").is_file() for place in places)
    settings = [load_run(place.strip()).about["settings"] for place in places]
    assert settings == [[], [], ["rule.metrics=0"], ["rule.metrics=0.1"], []]


def test_a_plain_run_is_named_after_scenario_seed_and_scale() -> None:
    done = discretion("run", "detainer-2012", "--scale", "0.005", "--seed", "7", "--quiet")
    assert done.stdout == "results/detainer-2012-s7-x0.005\n"


@pytest.mark.parametrize(
    ("where", "error", "code"),
    [
        ("model.BureaucracyModel.census", KeyboardInterrupt, 130),
        ("viz.reports.report.save", KeyboardInterrupt, 130),
        ("viz.reports.report.save", OSError(28, "No space left on device"), 2),
    ],
)
def test_a_run_that_is_stopped_leaves_the_earlier_one(
    where: str, error: Any, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert discretion("run", "baseline-2010", *SMALL, "--out", "mine").exit_code == 0
    earlier = {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()}

    def stop(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(where, stop)
    done = discretion("run", "baseline-2010", *SMALL, "--seed", "2", "--out", "mine")
    assert done.exit_code == code
    assert {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()} == earlier
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert discretion("run", "baseline-2010", *SMALL, "--out", "new/run").exit_code == code
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


# The demo.


def test_demo_prints_the_headline_and_writes_a_chart_that_needs_no_internet(tmp_path: Path) -> None:
    done = discretion("demo", "--replications", "2")
    assert done.exit_code == 0, done.stderr
    for words in (
        "ICE: Trial attorneys", "USCIS: Crime victims unit", "as an appeal", "evaluated", "shift (luck)", "unknown",
        "all assumed", "zero-tolerance-2018", "opened: ", "results/demo/headline.html",
    ):  # fmt: skip
        assert words in done.output
    folder = tmp_path / "results/demo"
    tables = {"shift.csv", "pairs.csv", "record.csv"}
    charts = {f"headline{ending}" for ending in (".html", ".png", ".svg")}
    assert {path.name for path in folder.iterdir()} == {*charts, "demo.json", *tables}
    page = (folder / "headline.html").read_text()
    assert "cdn.jsdelivr" not in page and "vegaEmbed" in page
    told = json.loads(discretion("demo", "--replications", "1", "--json").stdout)
    assert told == json.loads((folder / "demo.json").read_text()) and told["replications"] == 1
    assert {row["form"] for row in told["shift"]} == {"appeal", "order", "evaluated"}
