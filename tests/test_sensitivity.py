"""Sensitivity through the whole path of a sweep, on functions whose answers are known."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.sensitivity import convergence, indices, look, surface
from experiments.sensitivity.analysis import analyse
from experiments.sensitivity.indices import pairs
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.scenario_discovery import condition_of, corner
from experiments.sweep import read_plan, sweep
from experiments.sweep.outputs import Job, Row
from model import InputError
from tests.sweeping import plan_file
from viz.charts import corner_of_failure, indices_by_factor, indices_over_runs, response_surface
from viz.reports.sensitivity import report, summary

NAMES = ["agencies.ice.culture.lens", "agencies.ice.culture.formation", "rule.metrics"]
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

    def make(function: Any, design: dict[str, Any], texts: dict[str, float] | None = None, **changes: Any) -> Sample:
        def measure(_: Job, settings: Any, seed: int) -> list[Row]:
            values = [(texts or {}).get(value, 0.0) if isinstance(value, str) else value for _, value in settings]
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


def test_second_order_indices_of_ishigami_are_the_known_ones(sampled: Any, tmp_path: Path) -> None:
    """Only x1 and x3 act together, and make what the first orders leave: 0.2437."""
    design = {"kind": "sobol", "samples": 512, "second_order": True}
    sample = sampled(ishigami, design)
    assert len(sample.points) == 512 * 8
    table = pairs(sample)
    assert list(zip(table["first"], table["second"], strict=True)) == [(NAMES[0], NAMES[1]), (NAMES[0], NAMES[2]),
                                                                      (NAMES[1], NAMES[2])]  # fmt: skip
    known = np.array([0.0, TOTAL[2], 0.0])
    assert ((table["low"] <= known) & (known <= table["high"])).all() and np.abs(table["value"] - known).max() < 0.08
    rows = _by(indices(sample), "total order")
    assert ((rows["low"] <= TOTAL) & (rows["high"] >= TOTAL)).all()
    found = analyse(tmp_path / "out")
    assert [row["second"] for row in summary(found)["pairs"]] == [NAMES[1], NAMES[2], NAMES[2]]
    told = report(found)
    assert list(told.tables["pairs.csv"]) == ["first", "second", "value", "low", "high"]
    assert "×" in json.dumps(told.charts["pairs"]().to_dict(), ensure_ascii=False)


def test_groups_of_parameters_have_the_indices_of_what_they_make_together(sampled: Any, tmp_path: Path) -> None:
    """x1 and x3 together make 0.5576 of Ishigami's variance and act with nobody else."""
    vary = {NAMES[0]: {**VARY[NAMES[0]], "group": "both"}, NAMES[1]: VARY[NAMES[1]],
            NAMES[2]: {**VARY[NAMES[2]], "group": "both"}}  # fmt: skip
    sample = sampled(ishigami, {"kind": "sobol", "samples": 512}, vary=vary)
    assert sample.groups == ["both", NAMES[1]] and len(sample.points) == 512 * 4
    table = indices(sample).set_index(["index", "factor"])
    for index in ("first order", "total order"):
        for name, known in (("both", TOTAL[0]), (NAMES[1], TOTAL[1])):
            row = table.loc[(index, name)]
            assert row["low"] <= known <= row["high"] and row["value"] == pytest.approx(known, abs=0.05)
    assert convergence(sample).table["runs"].max() == 512 * 4
    assert '"both"' in json.dumps(report(analyse(tmp_path / "out")).charts["indices"]().to_dict())


def test_the_switches_of_a_group_are_turned_with_it(sampled: Any) -> None:
    """``y = s + x``, s 0 or 1, in one group; nothing else matters."""
    vary = {NAMES[0]: {**VARY[NAMES[0]], "group": "both"}, NAMES[1]: VARY[NAMES[1]],
            NAMES[2]: {**SWITCH, "group": "both"}}  # fmt: skip
    sample = sampled(lambda u: u[2] + u[0], {"kind": "sobol", "samples": 64, "second_order": True}, vary=vary)
    units = sample.blocks()[0]
    first, of_both, of_other, back_both, back_other, last = (units[:, at] for at in range(6))
    for at in (0, 2):
        assert (of_both[:, at] == last[:, at]).all() and (of_other[:, at] == first[:, at]).all()
        assert (back_both[:, at] == first[:, at]).all() and (back_other[:, at] == last[:, at]).all()
    assert (first[:, 2] != last[:, 2]).sum() == 32
    total = indices(sample).set_index(["index", "factor"])["value"]["total order"]
    assert total["both"] == pytest.approx(1.0, abs=0.15) and total[NAMES[1]] == 0.0
    assert pairs(sample)["value"].tolist() == pytest.approx([0.0], abs=0.1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"design": {"kind": "morris", "samples": 4, "second_order": True}},
            "second-order indices are those of a sobol",
        ),
        ({"design": {"kind": "morris", "samples": 4}, "group": "all"}, "groups of parameters are those of a sobol"),
        ({"design": {"kind": "sobol", "samples": 4}, "group": "all"}, "all parameters in one group"),
        ({"design": {"kind": "sobol", "samples": 4}, "group": NAMES[1]}, "a group named like a parameter"),
    ],
)
def test_groups_and_pairs_that_a_design_has_not_are_refused(changes: Any, said: str, tmp_path: Path) -> None:
    group = changes.pop("group", None)
    vary = {name: {**row, "group": group} if group else row for name, row in VARY.items()}
    with pytest.raises(InputError, match=said):
        read_plan(plan_file(tmp_path, vary=vary, target=None, **changes))


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


SWITCH, STEPPED = {"values": [0.0, 2.0]}, {"values": [2.0, 0.0, 1.0]}


def test_sobol_indices_of_ishigami_with_a_switch_are_the_known_ones(sampled: Any) -> None:
    """x3 is -pi or 0, so what stands before sin(x1) is 1 + 0.1 pi^4 or 1: ``V1 = mean^2 / 2``, ``V13 = half^2 / 2``,
    with the mean of the two and half of what they are apart; ``V2 = 49 / 8``."""
    mean, half = 1.0 + 0.05 * np.pi**4, 0.05 * np.pi**4
    parts = np.array([mean**2 / 2.0, 49.0 / 8.0, half**2 / 2.0])
    first, total = parts * [1, 1, 0] / parts.sum(), (parts + parts[2] * np.array([1, 0, 0])) / parts.sum()
    vary = {**VARY, NAMES[2]: {"values": [0.0, 1.0]}}
    table = indices(sampled(ishigami, {"kind": "sobol", "samples": 512}, vary=vary))
    for index, known in (("first order", first), ("total order", total)):
        rows = _by(table, index)
        assert ((rows["low"] <= known) & (known <= rows["high"])).all(), (rows, known)
        assert np.abs(rows["value"] - known).max() < 0.07


@pytest.mark.parametrize("entropy", range(4))
def test_a_switch_that_makes_nearly_everything_is_found_in_sixteen_samples(sampled: Any, entropy: int) -> None:
    """``y = s (2 + x)``, s 0 or 1: of ``V = E(2 + x)^2 / 2 - 1.25^2 = 79 / 48``, x has a part in ``1 / 24``."""
    vary = {NAMES[2]: SWITCH, NAMES[0]: VARY[NAMES[0]], NAMES[1]: VARY[NAMES[1]]}

    def made(values: np.ndarray) -> float:
        switch, x = values[0] / 2.0, values[1]
        return float(switch * (2.0 + x))

    sample = sampled(made, {"kind": "sobol", "samples": 16}, vary=vary, entropy=entropy)
    units = sample.blocks()[0]
    assert (units[:, 0, 0] != units[:, -1, 0]).sum() == 8 and set(units[:, :, 0].ravel()) == {0.0, 1.0}
    total = _by(indices(sample), "total order")
    known = 1.0 - (1.0 / 48.0) / (79.0 / 48.0), (1.0 / 24.0) / (79.0 / 48.0)
    assert total["value"][NAMES[2]] == pytest.approx(known[0], abs=0.2)
    assert total["low"][NAMES[2]] > 0.3 and total["high"][NAMES[2]] == 1.0
    assert total["value"][NAMES[0]] == pytest.approx(known[1], abs=0.05)
    assert convergence(sample).ranked == [NAMES[2], NAMES[0]]


def test_too_few_samples_to_turn_a_switch_give_no_information_and_not_0(sampled: Any, tmp_path: Path) -> None:
    vary = {**VARY, NAMES[2]: SWITCH}
    sample = sampled(lambda u: u[2] + 0.01 * u[0], {"kind": "sobol", "samples": 4}, vary=vary)
    rows = indices(sample).set_index("factor")
    assert rows.loc[NAMES[2], ["value", "low", "high"]].isna().all(axis=None)
    assert rows.loc[NAMES[0], ["value", "low", "high"]].notna().all(axis=None)
    settling = convergence(sample)
    assert settling.unknown == [NAMES[2]] and not settling.settled
    assert f"Nothing is known of {NAMES[2]}: too few" in settling.words()
    told = summary(analyse(tmp_path / "out"))
    assert [row["value"] for row in told["indices"] if row["factor"] == NAMES[2]] == [None, None]
    assert told["convergence"]["unknown"] == [NAMES[2]]


def test_a_sample_whose_two_halves_never_differ_has_no_information_and_no_traceback(sampled: Any) -> None:
    vary = {**VARY, NAMES[2]: SWITCH}
    base = sampled(lambda u: u[2], {"kind": "sobol", "samples": 4}, vary=vary)
    first = np.zeros_like(base.outcome)
    first[base.points.point.reshape(4, 5)[:, 1]] = 1.0
    settling = convergence(replace(base, outcome=first))
    assert settling.unknown == sorted(NAMES) and settling.needed is None and "Nothing is known" in settling.words()
    rows = indices_by_factor(settling.table, "What?", []).to_dict()
    panels = indices_over_runs(settling.table, "Enough?", []).to_dict()
    assert "NaN" not in json.dumps([rows["layer"], panels["concat"]])


def test_morris_of_a_linear_function_of_values_one_by_one_is_its_slopes(sampled: Any) -> None:
    vary = {NAMES[0]: VARY[NAMES[0]], NAMES[1]: {"values": [0.0, 1.0]}, NAMES[2]: STEPPED}
    table = indices(sampled(lambda u: u[0] + 3.0 * u[1] + 5.0 * u[2], {"kind": "morris", "samples": 8}, vary=vary))
    assert _by(table, "mu*")["value"].tolist() == pytest.approx([1.0, 3.0, 5.0])
    assert _by(table, "sigma")["value"].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_morris_of_texts_is_the_change_from_one_to_another(sampled: Any) -> None:
    """0, 0 and 1 for three texts: of the three pairs of them two are 1 apart."""
    path = "directives.detainer-2012.authority"
    vary = {**VARY, path: {"values": ["soft", "economic", "regulatory"]}}
    del vary[NAMES[2]]
    table = indices(
        sampled(lambda u: float(u[2] == 0.5), {"kind": "morris", "samples": 6}, vary=vary, texts={"regulatory": 1.0})
    )
    assert table.set_index(["factor", "index"])["value"][path, "mu*"] == pytest.approx(2.0 / 3.0)


@pytest.mark.parametrize("kind", ["sobol", "morris", "latin-hypercube"])
def test_the_surface_of_a_switch_goes_from_its_one_value_to_its_other(kind: str, sampled: Any) -> None:
    vary = {**VARY, NAMES[2]: SWITCH}
    fitted = surface(sampled(lambda u: u[0] + 4.0 * u[2], {"kind": kind, "samples": 16}, vary=vary))
    found = fitted.table.set_index("term")["coefficient"]
    assert found[NAMES[2]] == pytest.approx(2.0) and f"{NAMES[2]} squared" not in found


def test_a_stored_design_of_values_that_cannot_be_made_again_is_refused(
    sampled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampled(linear, {"kind": "sobol", "samples": 8}, vary={**VARY, NAMES[2]: SWITCH})
    for other in (lambda rows, *_: rows, lambda rows, *_: 0.5 * rows, lambda rows, *_: 0.0 * rows):
        monkeypatch.setattr("experiments.sweep.designs.apart", other)
        with pytest.raises(InputError, match="cannot be made again"):
            look(tmp_path / "out")


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
    """Of every point the surface knows what a fit to the other points foresees there."""
    sample = sampled(ishigami, {"kind": "latin-hypercube", "samples": 60})
    fitted = surface(sample)
    x, y = 2.0 * sample.points.units - 1.0, sample.outcome
    terms = [np.ones(60), *x.T, *np.square(x).T, *(x[:, one] * x[:, other] for one, other in ((0, 1), (0, 2), (1, 2)))]
    columns = np.column_stack(terms)

    def missed(known: np.ndarray) -> np.ndarray:
        return y - columns @ np.linalg.lstsq(columns[known], y[known], rcond=None)[0]

    spread = np.square(y - y.mean()).sum()
    unseen = [missed(np.arange(60) != at)[at] for at in range(60)]
    assert fitted.fit == pytest.approx(1.0 - np.square(missed(np.arange(60) >= 0)).sum() / spread)
    assert fitted.foresight == pytest.approx(1.0 - np.square(unseen).sum() / spread)
    assert fitted.foresight < 0.9


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
    held = len(sample.outcome) * found.mass
    assert f"The box holds {held:.0f} points, and {held * found.density:.0f} of them fail" in found.words()
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
    with pytest.raises(InputError, match="the extra discovery is not installed") as caught:
        corner(sample, "<", 1.0)
    assert 'python -m pip install "ema-workbench' in str(caught.value)


def test_a_failed_run_takes_its_block_out_and_no_other(sampled: Any) -> None:
    def broken(u: np.ndarray) -> float:
        if u[0] > 0.97:
            raise ZeroDivisionError
        return linear(u)

    sample = sampled(broken, {"kind": "sobol", "samples": 64})
    units, outcome = sample.blocks()
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
    found = analyse(tmp_path / "out")
    assert found.indices is not None and found.convergence is not None
    rows = indices_by_factor(found.indices, "What?", ["note"]).to_dict()
    (data,) = [d for d in rows["datasets"].values() if "factor" in d[0]]
    assert [(d["factor"], d["index"], d["value"]) for d in data] == list(
        found.indices[["factor", "index", "value"]].itertuples(index=False, name=None)
    )
    panels = indices_over_runs(found.convergence.table, "Enough?", []).to_dict()["concat"]
    assert panels[0]["title"]["text"] == [NAMES[0]] and len(panels) == 3
    from viz.reports.sensitivity_charts import drawn, surface_chart

    assert [name for name, _, _ in drawn(found)] == ["indices", "convergence", "surface"]
    assert response_surface is not None
    fitted = found.surface
    assert fitted is not None
    through = [0.25, 0.75, 0.5]
    shown = surface_chart(fitted, found.sample, through).to_dict()
    [rings] = [rows for rows in shown["datasets"].values() if len(rows) == 1 and "x" in rows[0]]
    at = {factor.path: float(factor.at([unit])[0]) for factor, unit in zip(fitted.factors, through, strict=True)}
    across, up = (fitted.factors[place].path for place in fitted.strongest()[:2])
    assert rings == [{"x": at[across], "y": at[up]}]


def test_a_surface_of_few_points_boasts_of_nothing(sampled: Any) -> None:
    few = surface(sampled(linear, {"kind": "latin-hypercube", "samples": 12}))
    assert few.fit > 0.999
    assert few.words() == "12 points for the 10 terms of the surface: too few to say how well it fits."
    many = surface(sampled(linear, {"kind": "latin-hypercube", "samples": 40}))
    assert "100.0% of the variance of 40 points" in many.words()
