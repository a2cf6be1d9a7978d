"""Sensitivity through the whole path of a sweep, on functions whose answers are known."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.sensitivity import convergence, indices, look, surface
from experiments.sensitivity.findings import find
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.scenario_discovery import condition_of, corner
from experiments.sweep import sweep
from experiments.sweep.outputs import Job, Row
from model import InputError
from tests.sweeping import plan_file
from viz.charts import corner_of_failure, indices_by_factor, indices_over_runs, response_surface

NAMES = ["agencies.ice.culture.lens", "agencies.ice.culture.formation", "rule.peers"]
VARY = {NAMES[0]: {"range": [0.0, 1.0]}, NAMES[1]: {"range": [0.0, 1.0]}, NAMES[2]: {"range": [0.0, 2.0]}}
FIRST = [0.3139, 0.4424, 0.0]
TOTAL = [0.5576, 0.4424, 0.2437]
"""Of the Ishigami function with a = 7 and b = 0.1 (Ishigami and Homma 1990)."""


def ishigami(u: np.ndarray) -> float:
    x = np.pi * (2.0 * u - 1.0)
    return float(np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))


def linear(u: np.ndarray) -> float:
    return float(1.0 * u[0] + 3.0 * u[1])


def bowl(u: np.ndarray) -> float:
    return float(2.0 + (2.0 * u[0] - 1.0) ** 2 + 0.5 * (2.0 * u[1] - 1.0) * (2.0 * u[2] - 1.0))


def box(u: np.ndarray) -> float:
    return 0.0 if u[0] > 0.6 and u[2] < 0.5 else 1.0


@pytest.fixture
def sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sweeps a function of three numbers from 0 to 1 in place of the model."""
    monkeypatch.setattr("experiments.sweep.driver.TINY", 10**6)

    def make(function: Any, design: dict[str, Any], **changes: Any) -> Sample:
        def measure(_: Job, settings: Any, seed: int) -> list[Row]:
            values = [value for _, value in settings]
            units = np.array([*values[:2], values[2] / 2.0])
            return [Row("rates", "eoir", "hearing", "rate", function(units))]

        monkeypatch.setattr("experiments.sweep.outputs.measure", measure)
        plan = plan_file(tmp_path, **{"design": design, "vary": VARY, "replications": 1, **changes})
        sweep(plan, tmp_path / "out")
        return look(tmp_path / "out")

    return make


def _by(table: pd.DataFrame, index: str) -> pd.DataFrame:
    return table[table["index"] == index].set_index("factor").loc[NAMES]


def test_sobol_indices_of_ishigami_are_the_known_ones_within_their_intervals(sampled: Any) -> None:
    sample = sampled(ishigami, {"kind": "sobol", "samples": 512})
    table = indices(sample)
    for index, known in (("first order", FIRST), ("total order", TOTAL)):
        rows = _by(table, index)
        assert ((rows["low"] <= known) & (known <= rows["high"])).all(), rows
        assert np.abs(rows["value"] - known).max() < 0.05
    settling = convergence(sample)
    widths = settling.table.groupby("samples").apply(lambda rows: (rows["high"] - rows["low"]).max())
    assert widths.index.tolist() == [64, 128, 256, 384, 512] and widths.iloc[-1] < widths.iloc[0]
    assert not settling.settled and settling.needed > 512
    assert settling.table["runs"].max() == 512 * 5


def test_morris_finds_the_effects_and_the_ranks_of_ishigami(sampled: Any) -> None:
    """The true mean effects are those of every possible step on the grid."""
    grid, step = np.linspace(0.0, 1.0, 8), 4.0 / 7.0
    true = []
    for at in range(3):
        effects = []
        for units in product(grid, repeat=3):
            moved = np.array(units)
            moved[at] += step
            if moved[at] <= 1.0 + 1e-9:
                effects.append(abs(ishigami(moved) - ishigami(np.array(units))) / step)
        true.append(np.mean(effects))
    table = indices(sampled(ishigami, {"kind": "morris", "samples": 200, "levels": 8}))
    rows = _by(table, "mu*")
    half = rows["high"] - rows["value"]
    assert (np.abs(rows["value"] - true) <= 2.0 * half).all(), (rows, true)  # at once, so beyond 90 percent of each
    assert rows["value"].rank().tolist() == pd.Series(true).rank().tolist()


def test_morris_of_a_linear_function_is_its_slopes(sampled: Any) -> None:
    table = indices(sampled(linear, {"kind": "morris", "samples": 8}))
    assert _by(table, "mu*")["value"].tolist() == pytest.approx([1.0, 3.0, 0.0])
    assert _by(table, "sigma")["value"].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_a_quadratic_is_found_again(sampled: Any) -> None:
    fitted = surface(sampled(bowl, {"kind": "latin-hypercube", "samples": 40}))
    found = fitted.table.set_index("term")["coefficient"]
    assert found["constant"] == pytest.approx(2.0)
    assert found[f"{NAMES[0]} squared"] == pytest.approx(1.0)
    assert found[f"{NAMES[1]} x {NAMES[2]}"] == pytest.approx(0.5)
    assert found[NAMES[0]] == pytest.approx(0.0, abs=1e-9)
    assert fitted.fit == pytest.approx(1.0) and fitted.foresight == pytest.approx(1.0)
    assert fitted.at([[0.5, 0.5, 0.5], [1.0, 1.0, 1.0]]).tolist() == pytest.approx([2.0, 3.5])
    assert fitted.strongest()[0] == 0


def test_what_a_quadratic_cannot_tell_is_told(sampled: Any) -> None:
    fitted = surface(sampled(ishigami, {"kind": "latin-hypercube", "samples": 60}))
    assert fitted.foresight < fitted.fit < 0.9


def test_one_at_a_time_gives_curves_without_products(sampled: Any) -> None:
    fitted = surface(sampled(linear, {"kind": "one-at-a-time", "levels": 4}))
    assert not [term for term in fitted.table["term"] if " x " in term]
    assert fitted.table.set_index("term")["coefficient"][NAMES[1]] == pytest.approx(1.5)


def test_too_few_points_have_no_surface(sampled: Any) -> None:
    with pytest.raises(InputError, match="too few points") as caught:
        surface(sampled(linear, {"kind": "latin-hypercube", "samples": 10}))
    assert "10 points" in str(caught.value) and "more than 10" in str(caught.value)


def test_prim_finds_the_corner(sampled: Any) -> None:
    pytest.importorskip("ema_workbench", reason="the extra discovery is not installed")
    sample = sampled(box, {"kind": "latin-hypercube", "samples": 200})
    found = corner(sample, "<", 0.5)
    assert found.failing == (sample.outcome < 0.5).sum() and found.points == 200
    limits = found.limits.set_index("factor")
    assert set(limits.index) == {NAMES[0], NAMES[2]}
    assert limits["from"][NAMES[0]] == pytest.approx(0.6, abs=0.1)
    assert limits["to"][NAMES[2]] == pytest.approx(1.0, abs=0.25)
    assert found.density >= 0.8 and found.coverage > 0.85 and found.unseen > 0.6
    assert (limits["chance"] < 1e-4).all()
    drawn = corner_of_failure(found.limits, found.path, found.cases, "Where?", ["note"]).to_dict()
    assert "The corner" in str(drawn)


def test_prim_takes_switches_too(sampled: Any) -> None:
    pytest.importorskip("ema_workbench", reason="the extra discovery is not installed")
    path = "stages.bond.detained_first"
    vary = {NAMES[0]: VARY[NAMES[0]], NAMES[1]: VARY[NAMES[1]], path: {"values": [False, True]}}
    sample = sampled(
        lambda u: 0.0 if u[2] > 0.1 and u[0] > 0.5 else 1.0, {"kind": "latin-hypercube", "samples": 300}, vary=vary
    )
    found = corner(sample, "<", 0.5)
    limits = found.limits.set_index("factor")
    assert limits["from"][path] == "True" and limits["from"][NAMES[0]] > 0.4
    assert surface(sample).left_out == [path]


@pytest.mark.parametrize("text", ["shift.ice", "shift.ice = 3", "< 3", "shift.ice < x", "shift.ice < 1e"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not a condition"):
        condition_of(text)


def test_a_corner_of_nothing_and_an_extra_that_is_missing(sampled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = sampled(linear, {"kind": "latin-hypercube", "samples": 20})
    if pytest.importorskip("ema_workbench"):
        with pytest.raises(InputError, match="none of the points fail") as caught:
            corner(sample, "<", -1.0)
        assert "a threshold between" in str(caught.value)
    monkeypatch.setattr("experiments.sensitivity.scenario_discovery.find_spec", lambda _: None)
    with pytest.raises(InputError, match="PRIM is not installed") as caught:
        corner(sample, "<", 1.0)
    assert "discretion[discovery]" in str(caught.value)


def test_a_failed_run_takes_its_block_out_and_no_other(sampled: Any) -> None:
    def broken(u: np.ndarray) -> float:
        if u[0] > 0.97:
            raise ZeroDivisionError
        return linear(u)

    sample = sampled(broken, {"kind": "sobol", "samples": 64})
    units, outcome = sample.blocks(5)
    assert 0 < sample.failed < 64 and 64 - sample.failed <= len(outcome) < 64
    assert not np.isnan(outcome).any() and units.shape == (len(outcome), 5, 3)
    assert _by(indices(sample), "total order")["value"][NAMES[1]] == pytest.approx(0.9, abs=0.1)


def test_replications_are_averaged_and_their_luck_is_told(sampled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = sampled(linear, {"kind": "latin-hypercube", "samples": 30}, replications=3)
    assert sample.noise == pytest.approx(0.0)
    assert sampled(linear, {"kind": "latin-hypercube", "samples": 30}, replications=3).outcome.shape == (30,)


def test_designs_without_indices_and_outcomes_that_do_not_change_are_refused(sampled: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a design without indices"):
        indices(sampled(linear, {"kind": "factorial", "levels": 3}))
    with pytest.raises(InputError, match="no such agency"):
        look(tmp_path / "out", "rate.icee.hearing")
    with pytest.raises(InputError, match="no run has a value of it"):
        look(tmp_path / "out", "rate.ice.review")
    with pytest.raises(InputError, match="no such scenario in the plan"):
        look(tmp_path / "out", None, "daca-2012")


def test_an_outcome_that_never_changes_has_no_indices(sampled: Any) -> None:
    with pytest.raises(InputError, match="never changes"):
        indices(sampled(lambda u: 1.0, {"kind": "morris", "samples": 4}))


def test_charts_show_what_the_tables_say(sampled: Any, tmp_path: Path) -> None:
    sampled(ishigami, {"kind": "sobol", "samples": 64})
    found = find(tmp_path / "out")
    assert found.indices is not None and found.convergence is not None
    rows = indices_by_factor(found.indices, "What?", ["note"]).to_dict()
    (data,) = [d for d in rows["datasets"].values() if "factor" in d[0]]
    assert [(d["factor"], d["index"], d["value"]) for d in data] == list(
        found.indices[["factor", "index", "value"]].itertuples(index=False, name=None)
    )
    panels = indices_over_runs(found.convergence.table, "Enough?", []).to_dict()["concat"]
    assert panels[0]["title"]["text"] == [NAMES[0]] and len(panels) == 3
    from viz.reports.sensitivity_charts import drawn

    assert [name for name, _, _ in drawn(found)] == ["indices", "convergence", "surface"]
    assert response_surface is not None
