"""Two kinds of interval, never mixed; and the smallest effect of interest."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import stats

from experiments.rates import wilson
from experiments.smallest import (
    FEWEST_DRAWS,
    MATTERS,
    NONE_THAT_MATTERS,
    TOO_FEW,
    UNDECIDED,
    judged,
    least,
    verdict,
    width_off,
)
from experiments.twin.intervals import Estimate, Spread, adjusted, over_draws, paired, parts, unpaired

UNKNOWN, NOISE, MEAN = 1.0, 0.7, 4.5
"""Of a problem with a known answer: the standard deviations of the level over draws and of noise, and the mean."""
KNOWN = 2 * 1.645 * UNKNOWN
"""The width of 5 to 95 percent over draws, which is all that is unknown."""


def problem(many: int, of_each: int, rng: np.random.Generator) -> tuple[npt.NDArray[np.float64], list[int], float]:
    """Replications of draws of a level, the number of each one's draw, and the true mean of the levels drawn."""
    levels = rng.normal(MEAN, UNKNOWN, size=many)
    values = levels + rng.normal(0.0, NOISE, size=(of_each, many))
    return values.ravel(), [*range(many)] * of_each, float(levels.mean())


def test_variance_is_split_into_what_it_was_made_of() -> None:
    """Of many problems with desks of a known leaning, each part is right on average."""
    rng, many, of_each = np.random.default_rng(2), 40, 4
    found = []
    for _ in range(200):
        values, draws, _ = problem(many, of_each, rng)
        leaning = rng.normal(0.0, 1.0, size=len(values))
        found.append(parts(values + 0.5 * leaning, draws, leaning[:, None]))
    assert np.mean(found, axis=0) == pytest.approx([NOISE**2, 0.25, UNKNOWN**2], rel=0.05)
    alone = parts([0.1, 0.2], None, [[], []])
    assert alone.cases == pytest.approx(0.005) and alone.desks == 0.0 and np.isnan(alone.parameters)


def test_from_160_draws_on_doubling_them_changes_a_width_by_no_more_than_a_tenth() -> None:
    """In four problems of five; with twenty draws, the default, in one of two."""
    rng, within = np.random.default_rng(1), {20: 0, 160: 0}
    for many in within:
        for _ in range(100):
            values, draws, _ = problem(2 * many, 2, rng)
            few = np.array(draws) < many
            one, other = over_draws(values[few], np.array(draws)[few]), over_draws(values, draws)
            within[many] += abs((other.high - other.low) / (one.high - one.low) - 1.0) <= 0.1
    assert within[160] >= 80 > within[20]


@pytest.mark.parametrize("many", [20, 160])
def test_a_width_over_draws_is_off_by_no_more_than_is_said_of_so_many(many: int) -> None:
    """In nine problems of ten without noise; with noise in fewer."""
    rng, times = np.random.default_rng(3), 600
    found = []
    for noise in (0.0, NOISE):
        inside = 0
        for _ in range(times):
            levels = rng.normal(MEAN, UNKNOWN, size=many)
            values = (levels + noise * rng.normal(size=(2, many))).ravel()
            spread = over_draws(values, [*range(many)] * 2)
            inside += abs((spread.high - spread.low) / KNOWN - 1.0) <= width_off(many)
        found.append(inside / times)
    alone, with_noise = found
    assert alone == pytest.approx(0.9, abs=0.04) and with_noise < alone


def widths(many: int, of_each: int, times: int = 400) -> tuple[float, float, float]:
    """Mean widths of both intervals over many problems, and how often that of noise holds the mean of the levels."""
    rng, unknown, noise, held = np.random.default_rng(1), 0.0, 0.0, 0
    for _ in range(times):
        values, draws, truth = problem(many, of_each, rng)
        found, spread = paired(values, draws=draws), over_draws(values, draws)
        unknown += (spread.high - spread.low) / times
        noise += (found.high - found.low) / times
        held += found.low <= truth <= found.high
    return unknown, noise, held / times


def test_more_draws_narrow_the_interval_of_noise_and_not_what_is_unknown() -> None:
    unknown, noise, held = widths(20, 2)
    unknown_twice, noise_twice, held_twice = widths(40, 2)
    assert unknown == pytest.approx(KNOWN, rel=0.1) and unknown_twice == pytest.approx(KNOWN, rel=0.1)
    assert abs(unknown_twice / unknown - 1.0) < 0.1
    assert noise_twice / noise == pytest.approx(2**-0.5, rel=0.05)
    assert held == pytest.approx(0.9, abs=0.04) and held_twice == pytest.approx(0.9, abs=0.04)


def test_more_noise_widens_the_interval_of_noise_alone() -> None:
    unknown, noise, _ = widths(30, 2)
    surer, less_noise, _ = widths(30, 8)
    assert surer == pytest.approx(unknown, rel=0.05), "noise is taken out of what is unknown, however much there is"
    assert less_noise / noise == pytest.approx(0.5, rel=0.1)


def test_each_is_none_where_its_kind_is_not_there() -> None:
    draws = [*range(20)] * 2
    levels = np.arange(20.0)
    sure = paired([*levels, *levels], draws=draws)
    assert sure.low == pytest.approx(sure.high) and sure.mean == 9.5, "no noise: the draws are no part of its interval"
    assert over_draws(np.zeros(40), draws) == Spread(0.0, 0.0)
    noise = np.concatenate([np.tile([1.0, -1.0], 10), np.tile([-1.0, 1.0], 10)])
    assert np.isnan(over_draws(noise, draws)).all(), "the draws differ by nothing but noise"
    assert paired(noise, draws=draws).high > 0.0


@pytest.mark.parametrize(
    ("many", "of_each"), [(1, 30), (FEWEST_DRAWS - 1, 3), (30, 1)], ids=["one draw", "few draws", "one of each"]
)
def test_what_is_unknown_takes_draws_and_replications_of_each(many: int, of_each: int) -> None:
    values, draws, _ = problem(many, of_each, np.random.default_rng(1))
    assert np.isnan(over_draws(values, draws)).all() and np.isnan(over_draws(values, None)).all()
    assert np.isnan(paired(values, draws=draws).low) == (of_each == 1)


def test_one_draw_is_the_interval_of_replications_alone() -> None:
    values = np.random.default_rng(1).normal(size=(2, 9))
    one = [0] * 9
    assert paired(values[0], draws=one) == paired(values[0])
    assert unpaired(*values, draws=one) == unpaired(*values)
    assert adjusted(values[0], values[1], draws=one) == adjusted(values[0], values[1])


def test_controls_take_noise_out_of_both_within_draws() -> None:
    rng = np.random.default_rng(1)
    values, draws, truth = problem(20, 2, rng)
    control = rng.normal(size=40)
    moved = values + 3.0 * control
    plain, better = paired(moved, draws=draws), adjusted(moved, control, draws=draws)
    assert better.high - better.low < 0.5 * (plain.high - plain.low) and better.low <= truth <= better.high
    spread, known = over_draws(moved, draws, control), over_draws(values, draws)
    assert spread.high - spread.low == pytest.approx(known.high - known.low, rel=0.15)


def test_missing_replications_leave_the_draws_as_they_are() -> None:
    found = paired([1.0, 3.0, 10.0], draws=[0, 0, 1])
    assert found.mean == 6.0, "the mean of the draws' means, and not of the replications"
    assert isinstance(found, Estimate) and found.low < 6.0 < found.high


def test_a_narrow_interval_beside_none_is_none_that_matters() -> None:
    assert verdict(1e-7, 2e-7) == NONE_THAT_MATTERS, "it excludes 0, and matters to nobody"
    assert verdict(1e-7, 2e-7, 1e-8) == MATTERS
    assert verdict(-0.001, 0.001) == verdict(0.0001, 0.001) == UNDECIDED
    assert verdict(-0.002, -0.001) == MATTERS and verdict(float("nan"), 0.0) == TOO_FEW


def test_the_smallest_effect_has_the_unit_of_what_it_is_set_against() -> None:
    assert least("share", 0.01) == least("points", 0.01) == 0.01
    assert least("dollars", 0.01, of=-5e6) == 5e4
    rate = 0.027
    odds = np.log(rate / (1 - rate)) + least("log-odds", 0.0005)
    assert 1 / (1 + np.exp(-odds)) - rate == pytest.approx(0.0005, rel=0.02)


def test_the_unit_of_an_agency_is_no_unit_of_measure() -> None:
    table = pd.DataFrame({"agency": ["ice"], "unit": ["ice.attorneys"], "low": [1e-7], "high": [3e-6]})
    assert judged(table)["verdict"].tolist() == [NONE_THAT_MATTERS]


def test_both_intervals_must_say_the_same_where_there_are_two() -> None:
    rows = [(0.03, 0.04, 0.02, 0.06), (0.03, 0.04, -0.02, 0.06), (0.03, 0.04, np.nan, np.nan), (0.0, 1e-5, -1e-5, 1e-5)]
    table = pd.DataFrame(rows, columns=["low", "high", "posterior_low", "posterior_high"])
    assert judged(table)["verdict"].tolist() == [MATTERS, UNDECIDED, MATTERS, NONE_THAT_MATTERS]


def test_without_draws_intervals_are_those_of_scipy() -> None:
    rng = np.random.default_rng(3)
    for many in (2, 5, 40):
        a, b = rng.normal(0.2, 0.1, many), rng.normal(0.1, 0.3, many)
        same, apart = stats.ttest_1samp(a - b, 0.0), stats.ttest_ind(a, b)
        for level in (0.5, 0.9):
            ends = (same.confidence_interval(level), apart.confidence_interval(level))
            assert paired(a - b, level)[1:] == pytest.approx(tuple(ends[0]), abs=1e-12)
            assert unpaired(a, b, level)[1:] == pytest.approx(tuple(ends[1]), abs=1e-12)


@pytest.mark.parametrize(("favourable", "decided"), [(0, 1), (2, 20), (20, 20), (7000, 9000)])
def test_the_interval_of_a_share_is_that_of_scipy(favourable: int, decided: int) -> None:
    found = [bound.iloc[0] for bound in wilson(pd.Series([favourable]), pd.Series([decided]))]
    known = stats.binomtest(favourable, decided).proportion_ci(0.9, method="wilson")
    assert found == pytest.approx([known.low, known.high], abs=1e-12)
