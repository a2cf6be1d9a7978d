"""What is kept of a sweep, and what is never lost: resume, failures, full disks, tables."""

import json
import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import experiments
from experiments.rates import rates
from experiments.runs import run as single_run
from experiments.sensitivity import look
from experiments.sweep import outputs, planned_runs, read_plan, resolve, sweep
from experiments.sweep.driver import Swept
from experiments.sweep.journal import BEGAN, BROKE, FINISHED, events
from experiments.sweep.loading import load_runs
from experiments.sweep.outputs import Job, Row
from experiments.sweep.store import Store, existing
from experiments.twin import pair
from experiments.twin.shift import paired_rates
from model import InputError
from tests.sweeping import SMALL, plan_file, tables

LENS = "agencies.ice.culture.lens"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workers: a sweep is then one process that can be looked into."""
    monkeypatch.setattr("experiments.sweep.driver.TINY", 1000)


def fake(job: Job, settings: Any, seed: int) -> list[Row]:
    """In place of a run: a number that depends on all that a run depends on."""
    lens, metrics = (float(value) for _, value in settings)
    if metrics == 2.0:
        raise ZeroDivisionError(f"seed {seed}")
    return [Row("rates", "ice", "custody", "rate", lens + metrics / 10.0 + seed / 2**70)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that take no time."""
    monkeypatch.setattr("experiments.sweep.outputs.measure", fake)


def swept(folder: Path, out: str = "out", retry_failed: bool = False, **changes: Any) -> Swept:
    return sweep(plan_file(folder, **changes), folder / out, retry_failed=retry_failed)


def test_the_values_are_those_of_the_model(tmp_path: Path) -> None:
    swept(tmp_path)
    table = experiments.load(tmp_path / "out")
    assert list(table.columns) == [
        "scenario", "point", "replication", LENS, "rule.metrics", "seed", "output", "agency", "stage",
        "measure", "value",
    ]  # fmt: skip
    place = table[(table["point"] == 4) & (table["replication"] == 1)]
    row = place.iloc[0]
    settings = [f"{name}={row[name]}" for name in (LENS, "rule.metrics")]
    wanted = single_run(
        "detainer-2012", 0.002, int(row["seed"]), settings=settings, until=pd.Timestamp(SMALL["until"]).date()
    )
    for known in rates(wanted.outcomes).to_dict("records"):
        here = place[(place["agency"] == known["agency"]) & (place["stage"] == known["stage"])]
        values = here.set_index("measure")["value"]
        assert len(values) == 5
        for name, value in values.items():
            assert value == pytest.approx(known[str(name)]), name
    assert len(place) == 5 * len(rates(wanted.outcomes))


def test_pairs_of_worlds_give_the_shift(tmp_path: Path) -> None:
    vary = {LENS: {"values": [0.1, 0.9]}}
    plan = {"outputs": ["shift", "measures"], "target": "shift.ice", "until": "2012-12-31", "vary": vary}
    swept(tmp_path, replications=1, **plan)
    table = experiments.load(tmp_path / "out")
    seed = int(table["seed"].iloc[0])
    world = single_run.__kwdefaults__["world"]
    scenario = resolve(read_plan(plan_file(tmp_path, **plan)))
    one = pair(
        outputs.scenario_of(scenario.world, scenario.job("detainer-2012")), seed=seed, scale=0.002, world=world,
        settings={LENS: 0.1},
    )  # fmt: skip
    known = paired_rates(one, ["agency"]).set_index("agency")
    found = table[(table["point"] == 0) & (table["stage"] == "all")].pivot(
        index="agency", columns="measure", values="value"
    )
    assert {"ice", "eoir"} <= set(found.index)
    for agency in found.index:
        assert found["rate_with"][agency] == known["rate_with"][agency]
        assert found["shift"][agency] == known["rate_with"][agency] - known["rate_without"][agency]
    assert set(table[table["output"] == "measures"]["measure"]) == set(outputs.KEPT["measures"])


def test_a_finished_sweep_is_not_run_again(tmp_path: Path, quick: None) -> None:
    assert swept(tmp_path).computed == 12
    before = tables(tmp_path / "out")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}
    assert swept(tmp_path).computed == 0
    assert stamps == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}
    assert before == tables(tmp_path / "out")


def test_runs_in_any_order_give_the_same_bytes(tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(tmp_path, "forward")
    from experiments.sweep import driver

    forward = driver.unfinished
    monkeypatch.setattr(driver, "unfinished", lambda *a, **k: reversed(list(forward(*a, **k))))
    swept(tmp_path, "backward")
    assert tables(tmp_path / "forward") == tables(tmp_path / "backward")


def test_more_replications_or_values_run_only_what_is_new(tmp_path: Path, quick: None) -> None:
    assert swept(tmp_path).computed == 12
    assert swept(tmp_path, replications=5).computed == 6 * 3
    wider = {LENS: SMALL["vary"][LENS], "rule.metrics": {"values": [0.0, 0.5, 1.0, 2.0]}}
    assert swept(tmp_path, replications=5, vary=wider).computed == 2 * 5
    swept(tmp_path, "anew", replications=5, vary=wider)
    assert tables(tmp_path / "out") == tables(tmp_path / "anew")
    began = Counter(key for _, event, key in events(tmp_path / "out") if event == BEGAN)
    assert len(began) == 40 and set(began.values()) == {1}


def test_a_run_that_fails_is_a_row_and_the_others_go_on(tmp_path: Path, quick: None) -> None:
    done = swept(tmp_path)
    assert (done.runs, done.failed) == (12, 4)
    runs = load_runs(tmp_path / "out")
    failed = runs[runs["status"] == "failed"]
    assert len(runs) == 12 and len(failed) == 4
    assert failed["error"].tolist() == [f"ZeroDivisionError: seed {seed}" for seed in failed["seed"]]
    assert set(failed["rule.metrics"]) == {2.0} and runs["seed"].nunique() == 2
    assert runs[runs["status"] == "done"]["error"].isna().all()
    assert 2.0 not in set(experiments.load(tmp_path / "out")["rule.metrics"])


def test_failed_runs_are_done_again_only_if_asked(tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(tmp_path)
    assert swept(tmp_path).computed == 0
    assert swept(tmp_path, retry_failed=True) == Swept(tmp_path / "out", 12, 4, 4)
    monkeypatch.setattr("experiments.sweep.outputs.measure", lambda *_: [Row("rates", "ice", "custody", "rate", 1.0)])
    assert swept(tmp_path, retry_failed=True) == Swept(tmp_path / "out", 12, 4, 0)
    assert set(load_runs(tmp_path / "out")["status"]) == {"done"}
    broke = [key for _, event, key in events(tmp_path / "out") if event == BROKE]
    assert len(broke) == 8 and len(set(broke)) == 4


def test_a_combination_that_the_world_refuses_fails_alone(tmp_path: Path) -> None:
    vary = {f"mixes.jail.levels.{name}": {"values": [0.1, 0.6]} for name in ("none", "level-1")}
    done = swept(tmp_path, vary=vary, replications=1)
    assert (done.runs, done.failed) == (4, 1)
    runs = load_runs(tmp_path / "out")
    (row,) = runs[runs["status"] == "failed"].to_dict("records")
    assert row["error"].startswith("InputError: shares that do not sum to 1")
    assert [row[path] for path in vary] == [0.6, 0.6]


def test_the_seed_of_every_run_is_recorded(tmp_path: Path, quick: None) -> None:
    swept(tmp_path, replications=3)
    runs = load_runs(tmp_path / "out")
    planned = list(planned_runs(resolve(read_plan(plan_file(tmp_path, replications=3)))))
    assert runs["seed"].tolist() == [run.seed for run in planned]
    assert runs["key"].tolist() == [run.key for run in planned]
    assert runs["seed"].dtype == np.int64


def test_dates_texts_and_switches_vary_and_come_back_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, authority = (f"directives.detainer-2012.{key}" for key in ("start", "authority"))
    counts = "metrics.discretion-granted.in_force"
    rows = [Row("rates", "ice", "charge", "rate", 0.5)]
    monkeypatch.setattr("experiments.sweep.outputs.measure", lambda *_: rows)
    plan = plan_file(
        tmp_path, until="2013-01-31", replications=1, design={"kind": "factorial"}, target="rate.ice.charge",
        settings={"directives.training-2012.start": date(2012, 1, 10)},
        vary={start: {"values": [date(2012, 12, 21), date(2013, 1, 15)]}, authority: {"values": ["soft", "regulatory"]},
              counts: {"values": [True, False]}},
    )  # fmt: skip
    sweep(plan, tmp_path / "out")
    runs = load_runs(tmp_path / "out")
    assert set(runs[start]) == {"2012-12-21", "2013-01-15"} and set(runs[authority]) == {"soft", "regulatory"}
    assert runs[counts].dtype == bool and runs[counts].sum() == 4 and len(runs) == 8
    assert len(experiments.load(tmp_path / "out")) == 8
    assert len(look(tmp_path / "out").outcome) == 8


def test_a_later_directive_moves_less_by_the_end(tmp_path: Path) -> None:
    start = "directives.detainer-2012.start"
    sweep(
        plan_file(
            tmp_path, until="2013-01-31", replications=1, outputs=["shift"], target="shift.ice",
            design={"kind": "factorial"}, vary={start: {"values": [date(2012, 12, 21), date(2013, 1, 15)]}},
        ), tmp_path / "out",
    )  # fmt: skip
    table = experiments.load(tmp_path / "out").query("agency == 'ice' and stage == 'all' and measure == 'shift'")
    assert table.set_index(start)["value"].is_unique


@pytest.mark.parametrize(
    ("value", "what"),
    [(datetime(2012, 12, 21, 9), "a time, not a date"), ({"a": 1}, "a table"), ([{"a": 1}], "a table")],
)
def test_a_value_that_no_parameter_has_is_refused_before_anything_is_written(
    tmp_path: Path, value: Any, what: str
) -> None:
    for changes in ({"vary": {"rule.metrics": {"values": [value]}}}, {"settings": {"rule.strain": value}}):
        with pytest.raises(InputError, match=what):
            swept(tmp_path, **changes)
        assert not (tmp_path / "out").exists()


def test_values_that_are_no_numbers_are_kept_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sweep.outputs.measure", lambda *_: [])
    path = "directives.detainer-2012.stages"
    swept(tmp_path, vary={path: {"values": [["charge"], ["charge", "custody"]]}}, replications=1)
    assert [json.loads(text) for text in load_runs(tmp_path / "out")[path]] == [["charge"], ["charge", "custody"]]


def test_an_interrupted_sweep_can_be_looked_at_and_gone_on_with(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def interrupted(*arguments: Any) -> list[Row]:
        nonlocal calls
        calls += 1
        if calls == 6:
            raise KeyboardInterrupt
        return fake(*arguments)

    monkeypatch.setattr("experiments.sweep.outputs.measure", interrupted)
    with pytest.raises(KeyboardInterrupt):
        swept(tmp_path)
    runs = load_runs(tmp_path / "out")
    assert runs["status"].value_counts().to_dict() == {"done": 4, "failed": 1}
    assert len(experiments.load(tmp_path / "out")) == 4
    assert swept(tmp_path).computed == 7
    swept(tmp_path, "anew")
    assert tables(tmp_path / "out") == tables(tmp_path / "anew")


def test_a_file_that_power_was_lost_on_is_run_again(tmp_path: Path, quick: None) -> None:
    swept(tmp_path)
    before = tables(tmp_path / "out")
    store = existing(tmp_path / "out")
    paths = sorted((tmp_path / "out" / "runs").rglob("*.parquet"))
    paths[0].write_bytes(b"")
    paths[1].write_bytes(paths[1].read_bytes()[:40])
    (tmp_path / "out" / "results.parquet").unlink()
    assert swept(tmp_path).failed == 4
    assert before == tables(tmp_path / "out")
    assert all(path.stat().st_size > 40 for path in store.folder.rglob("*.parquet"))


@pytest.mark.parametrize("number", [3, 7, 13, 14, 15])
def test_a_full_disk_gives_a_clear_message_and_what_was_finished_is_intact(
    number: int, tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first write is the plan, then come the runs, and the tables are renamed at the end."""
    swept(tmp_path, "whole")
    written, write = 0, Path.replace

    def full(self: Path, target: Path) -> Path:
        nonlocal written
        written += 1
        if written >= number:
            raise OSError(28, os.strerror(28))
        return write(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device") as caught:
        swept(tmp_path)
    assert str(tmp_path / "out") in str(caught.value)
    monkeypatch.undo()
    monkeypatch.setattr("experiments.sweep.driver.TINY", 1000)
    monkeypatch.setattr("experiments.sweep.outputs.measure", fake)
    finished = {path: path.read_bytes() for path in (tmp_path / "out" / "runs").rglob("*.parquet")}
    assert len(finished) == min(number - 2, 12)
    assert swept(tmp_path).computed == 12 - len(finished)
    assert all(path.read_bytes() == content for path, content in finished.items())
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_a_disk_that_fills_while_the_tables_are_made_leaves_the_runs(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    write = pq.ParquetWriter.write_table

    def full(self: Any, table: Any, *arguments: Any, **options: Any) -> None:
        if len(table.schema) > 8:
            raise OSError(28, os.strerror(28))
        write(self, table, *arguments, **options)

    with monkeypatch.context() as during:
        during.setattr(pq.ParquetWriter, "write_table", full)
        with pytest.raises(InputError, match="No space left"):
            swept(tmp_path)
    assert not (tmp_path / "out" / "runs.parquet").exists()
    assert swept(tmp_path).computed == 0
    assert set(tables(tmp_path / "out")) == {"runs.parquet", "results.parquet"}


def test_a_folder_that_cannot_be_written_is_told_of_before_anything_runs(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InputError, match="cannot be written: Permission denied"):
        swept(tmp_path)
    monkeypatch.undo()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        swept(tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("key", "words"), [("version", "another version of the model"), ("world", "from another world")]
)
def test_a_store_of_another_version_or_world_is_left_as_it_is(
    key: str, words: str, tmp_path: Path, quick: None
) -> None:
    swept(tmp_path)
    marker = tmp_path / "out" / "sweep.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), key: "another"}))
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=words) as caught:
        swept(tmp_path, replications=5)
    assert "'another'" in str(caught.value) and "a new folder" in str(caught.value)
    assert before == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert len(experiments.load(tmp_path / "out")) == 8


def test_a_world_of_ones_own_is_kept_with_the_sweep(tmp_path: Path, quick: None) -> None:
    from tests.worldcopy import changed_copy

    world = changed_copy({}, tmp_path / "mine")
    swept(tmp_path, world="mine")
    assert swept(tmp_path, world="mine").computed == 0
    copied = tmp_path / "out" / "world"
    for path in world.rglob("*.toml"):
        assert (copied / path.relative_to(world)).read_bytes() == path.read_bytes()
    text = (world / "world.toml").read_text()
    (world / "world.toml").write_text(text.replace('title = "United States', 'title = "The United States', 1))
    with pytest.raises(InputError, match="from another world"):
        swept(tmp_path, world="mine")


def test_more_runs_than_confirmed_are_not_begun(tmp_path: Path, quick: None) -> None:
    plan = plan_file(tmp_path)
    with pytest.raises(InputError, match="more runs than confirmed") as caught:
        sweep(plan, tmp_path / "out", at_most=11)
    assert "12 runs to do of 12" in str(caught.value) and "--at-most 12" in str(caught.value)
    assert not (tmp_path / "out").exists()
    assert sweep(plan, tmp_path / "out", at_most=12).computed == 12
    assert sweep(plan, tmp_path / "out", at_most=0).computed == 0


def test_two_sweeps_do_not_work_in_one_folder(tmp_path: Path, quick: None) -> None:
    swept(tmp_path)
    with existing(tmp_path / "out").locked(), pytest.raises(InputError, match="another sweep is at work"):
        swept(tmp_path, replications=4)
    assert swept(tmp_path, replications=4).computed == 12


def test_what_was_half_written_is_cleared_away(tmp_path: Path, quick: None) -> None:
    swept(tmp_path)
    (tmp_path / "out" / "part" / "half").write_bytes(b"half")
    swept(tmp_path, replications=3)
    assert list((tmp_path / "out" / "part").iterdir()) == []


def test_the_journal_tells_what_began_and_finished(tmp_path: Path, quick: None) -> None:
    swept(tmp_path)
    told = events(tmp_path / "out")
    assert Counter(event for _, event, _ in told) == {BEGAN: 12, FINISHED: 8, BROKE: 4}
    (path,) = (tmp_path / "out" / "journal").iterdir()
    path.write_text(path.read_text() + "2026-01-01T00:00")
    assert events(tmp_path / "out") == told


def test_what_is_no_sweep_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sweep"):
        experiments.load(tmp_path)


def test_the_store_is_safe_from_a_run_that_is_kept_twice(tmp_path: Path) -> None:
    store = Store(tmp_path)
    rows = [Row("rates", "ice", "charge", "rate", 0.5)]
    store.keep_failure("ab12", "E: broke")
    assert store.failed("ab12") and not store.done("ab12")
    store.keep("ab12", rows)
    before = store.path("ab12").read_bytes()
    store.keep("ab12", rows)
    assert store.path("ab12").read_bytes() == before
    assert store.done("ab12") and not store.failed("ab12")
    found = store.read("ab12")
    assert found is not None and found[1] is None and found[0].to_pylist() == [rows[0]._asdict()]
    assert store.read("cd34") is None
