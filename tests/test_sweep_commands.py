"""The commands of sweeps, as somebody would give them."""

import json
import os
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from experiments.sensitivity.workbench import word, workbench_model
from experiments.sweep.plan import plans
from tests.commands import discretion
from tests.sweeping import plan_file, tables
from viz.cli.progress import shown
from viz.reports import console


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.sweep.driver.TINY", 1000)


def test_plan_lists_what_is_shipped() -> None:
    told = json.loads(discretion("plan", "--json").stdout)
    assert [entry["name"] for entry in told] == plans()
    assert all(f" {name} " in discretion("plan").stdout for name in plans())


def test_plan_tells_what_a_sweep_would_cost_and_keeps_nothing(tmp_path: Path) -> None:
    plan_file(tmp_path)
    done = discretion("plan", "plan.toml", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["points"], told["replications"], told["runs"], told["there"], told["left"]) == (6, 2, 12, 0, 12)
    assert told["seconds"] > 0.0 and told["bytes"] > 512 and told["failed"] == 0
    assert told["vary"][1] == {"path": "rule.metrics", "values": [0.0, 1.0, 2.0]}
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]
    discretion("sweep", "plan.toml", "--out", "out")
    shown = discretion("plan", "plan.toml", "--out", "out").stdout
    for words in ("Varied parameters", "Number of runs", "of these, done already", "on 1,000 cores", "disk, at most"):
        assert words in shown


def test_sweep_tells_what_it_did_and_where_it_is(tmp_path: Path) -> None:
    plan_file(tmp_path)
    done = discretion("sweep", "plan.toml")
    assert done.exit_code == 0, done.output
    assert "12 runs, 12 of them done now, 0 failed." in done.stdout and "results/sweep-plan" in done.stdout
    told = json.loads(discretion("sweep", "plan.toml", "--json").stdout)
    assert told == {"path": "results/sweep-plan", "runs": 12, "computed": 0, "failed": 0, "notes": []}


def test_failed_runs_are_told_of_and_give_another_exit_code(tmp_path: Path) -> None:
    plan_file(tmp_path, vary={f"mixes.jail.levels.{n}": {"values": [0.1, 0.6]} for n in ("none", "level-1")})
    done = discretion("sweep", "plan.toml", "--out", "out")
    assert done.exit_code == 1 and "2 failed" in done.stdout
    assert "2 runs failed" in done.stderr and "--retry-failed" in done.stderr
    assert len(tables(tmp_path / "out")) == 2
    assert discretion("sweep", "plan.toml", "--out", "out", "--retry-failed").exit_code == 1


def test_sensitivity_prints_and_stores_tables_and_charts(tmp_path: Path) -> None:
    vary = {
        "agencies.ice.units.officers.habits.charge": {"range": [0.0, 1.0]},
        "agencies.ice.culture.orientation": {"range": [-5.0, 5.0]},
    }
    plan_file(tmp_path, design={"kind": "morris", "samples": 4}, replications=1, vary=vary, target="rate.ice.charge")
    assert discretion("sweep", "plan.toml", "--out", "out").exit_code == 0
    done = discretion("sensitivity", "out")
    assert done.exit_code == 0, done.output
    for words in ("rate.ice.charge in detainer-2012", "mu*", "sigma", "The values are", "habits.charge"):
        assert words in done.stdout, words
    place = tmp_path / "out/sensitivity/rate.ice.charge"
    names = {path.name for path in place.iterdir()}
    assert {"indices.csv", "indices.png", "convergence.html", "sensitivity.json"} <= names
    assert set(pd.read_csv(place / "indices.csv")["index"]) == {"mu*", "sigma"}
    told = json.loads(discretion("sensitivity", "out", "--of", "favourable.ice.charge", "--json").stdout)
    assert told["target"] == "favourable.ice.charge" and told["design"] == "morris" and told["corner"] is None
    assert {entry["index"] for entry in told["indices"]} == {"mu*", "sigma"}
    assert discretion("sweep", "plan.toml", "--out", "out").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "frist"], ["no such plan", "nearest: first"]),
        (["sweep", "frist"], ["no such plan", "nearest: first"]),
        (["sweep", "plan.toml", "--at-most", "3"], ["more runs than confirmed", "12 runs to do of 12", "--at-most 12"]),
        (["sweep", "plan.toml", "--workers", "1", "--scheduler", "tcp://127.0.0.1:1"], ["either workers"]),
        (["sweep", "plan.toml", "--out", "plan.toml"], ["cannot be written"]),
        (["sensitivity", "nowhere"], ["no sweep", "nowhere"]),
        (["sensitivity", "nowhere", "--corner", "shift.ice"], ["not a condition"]),
    ],
)
def test_bad_input_gives_one_message_and_leaves_nothing_behind(
    arguments: list[str], words: list[str], tmp_path: Path
) -> None:
    plan_file(tmp_path)
    done = discretion(*arguments)
    assert done.exit_code == 2, done.output
    assert done.stdout == "" and "Traceback" not in done.stderr
    for word_ in words:
        assert word_ in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


@pytest.fixture
def disk(tmp_path: Path) -> Any:
    """A disk of its own, of a size in kilobytes, where it can be had (only root mounts)."""
    mounted: list[Path] = []

    def mount(kilobytes: int) -> Path:
        place = tmp_path / f"disk{kilobytes}"
        place.mkdir()
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)], capture_output=True, check=False
        )
        if made.returncode:
            pytest.skip("no disk can be mounted here")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=False)


def test_a_disk_that_is_really_full_and_one_that_is_read_only(disk: Any, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root mounts disks")
    small = disk(8192)
    assert discretion("sweep", str(plan_file(tmp_path, replications=1)), "--out", str(small / "out")).exit_code == 0
    finished = {path: path.read_bytes() for path in (small / "out/runs").rglob("*.parquet")}
    assert finished
    used = int(subprocess.run(["du", "-sk", str(small)], capture_output=True, text=True, check=True).stdout.split()[0])
    subprocess.run(["mount", "-o", f"remount,size={used + 40}k", str(small)], check=True)
    plan = plan_file(tmp_path, replications=8)
    done = discretion("sweep", str(plan), "--out", str(small / "out"))
    assert done.exit_code == 2 and "No space left on device" in done.stderr, done.output
    assert all(path.read_bytes() == content for path, content in finished.items())
    finished = {path: path.read_bytes() for path in (small / "out/runs").rglob("*.parquet")}
    subprocess.run(["mount", "-o", "remount,size=16384k", str(small)], check=True)
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    done = discretion("sweep", str(plan), "--out", str(small / "out"))
    assert done.exit_code == 2 and "cannot be written" in done.stderr
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    told = json.loads(discretion("sweep", str(plan), "--out", str(small / "out"), "--json").stdout)
    assert told["computed"] == 48 - len(finished) and told["failed"] == 0
    assert all(path.read_bytes() == content for path, content in finished.items())


def test_progress_is_a_line_in_a_log_and_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for terminal in (False, True):
        with shown("a sweep", 3, Console(force_terminal=terminal, width=100)) as tell:
            tell(1, 0)
            tell(1, 1)
        said = capsys.readouterr().out
        assert "a sweep" in said and "3 of 3, 1 failed" in said and "left" in said
        assert ("\x1b[" in said) == terminal


@pytest.mark.parametrize(("terminal", "quiet", "lines"), [(False, False, 2), (False, True, 0), (True, False, 0)])
def test_long_work_tells_how_far_it_is_in_a_log_as_well(
    terminal: bool, quiet: bool, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, clock = StringIO(), iter(range(0, 1000, 40))
    monkeypatch.setattr(console, "err", console.Screen(file=written, force_terminal=terminal, width=100))
    monkeypatch.setattr(console, "monotonic", lambda: float(next(clock)))
    with console.progress("border: 5,120 runs", quiet) as tell:
        for done in range(1, 5):
            tell(done, 4)
    said = [line for line in written.getvalue().splitlines() if line.endswith("% done")]
    assert said == [f"border: 5,120 runs: {share}% done" for share in (50, 100)][:lines]


def test_help_teaches_with_examples() -> None:
    for command in ("plan", "sweep", "sensitivity"):
        said = discretion(command, "--help").output
        assert said.count(f" discretion {command}") >= 2


def test_a_plan_is_a_model_of_the_ema_workbench(tmp_path: Path) -> None:
    ema = pytest.importorskip("ema_workbench", reason="the extra discovery is not installed")
    plan_file(tmp_path)
    model = workbench_model("plan.toml", ["decided.ice.charge"])
    with ema.SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=3)
    assert len(experiments) == 3 and word("rule.metrics") in experiments.columns
    assert outcomes["decided_ice_charge"].shape == (3,) and (outcomes["decided_ice_charge"] > 0).all()
