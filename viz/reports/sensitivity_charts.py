"""The charts of ``discretion sensitivity``, each with its table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from experiments.ordering import ordered
from experiments.sensitivity.analysis import Analysis
from experiments.sensitivity.in_words import outcome, parameters, unit_of
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.surface import Surface
from experiments.sweep.factors import Factor, Floats
from viz.charts import corner_of_failure, indices_by_factor, indices_over_runs, response_surface
from viz.charts.numbers import plain
from viz.reports.figures import figure

STEPS = 25
PAIRS = 12
"""Second-order indices that are shown; the table has all."""


def drawn(found: Analysis) -> list[tuple[str, pd.DataFrame, Any]]:
    """Of each part its name, its table and its chart; parameters and outcomes are in words on the charts alone."""
    sample = found.sample
    target, words = in_words(sample)
    of = f"{target}. {_scenario(sample)}, {len(sample.points):,} points"
    parts: list[tuple[str, pd.DataFrame, Any]] = []
    if found.indices is not None and found.convergence is not None:
        kind = sample.resolved.plan.design.kind
        said = {
            "sobol": "Share of its variance: a parameter alone (first order), and with others (total order).",
            "morris": "mu*: mean effect of the whole range, in units of the outcome; sigma: how uneven it is.",
        }[kind]
        chart = indices_by_factor(
            _said(found.indices, words), "What the outcome depends on", [said, f"{of}. Bars: 90 percent intervals."]
        )
        parts.append(("indices", found.indices, chart))
        if found.pairs is not None:
            parts.append(("pairs", found.pairs, _pairs_chart(found.pairs, words, of)))
        notes = [f"{'Total order' if kind == 'sobol' else 'mu*'} from the first runs alone. Bands: 90 percent."]
        chart = indices_over_runs(
            _said(found.convergence.table, words), "Convergence of the sensitivity indices", notes
        )
        parts.append(("convergence", found.convergence.table, chart))
    if found.surface is not None:
        parts.append(("surface", found.surface.table, surface_chart(found.surface, sample)))
    if found.corner is not None:
        box = found.corner
        limits, cases = _said(box.limits, words), box.cases.rename(columns=words)
        title = f"Box where {box.condition}"
        parts.append(("corner", box.limits, corner_of_failure(limits, box.path, cases, title, [f"{of}.", box.words()])))
    return parts


def in_words(sample: Sample) -> tuple[str, dict[str, str]]:
    """The outcome of a sample in words, and its parameters by their paths."""
    world = sample.resolved.world
    alone = {name: name for name in sample.groups}
    return outcome(sample.target, world), alone | parameters(sample.names, world)


def strongest(rows: pd.DataFrame) -> pd.DataFrame:
    """The largest second-order indices, at most `PAIRS`."""
    return ordered(rows, "value", "first").head(PAIRS)


def _pairs_chart(rows: pd.DataFrame, words: Mapping[str, str], of: str) -> Any:
    shown = strongest(rows)
    both = shown["first"].map(words) + " × " + shown["second"].map(words)
    said = "Share of its variance that two make together, beyond what each makes alone (second order)."
    notes = [said, f"{of}. Bars: 90 percent intervals."]
    return indices_by_factor(shown.assign(factor=both, index="second order"), "Which act together", notes)


def measured(value: float, sample: Sample) -> str:
    """A value of the outcome in its unit."""
    unit = unit_of(sample.target)
    if unit not in ("share", "points"):
        return plain(value)
    return f"{figure(value, unit)} points" if unit == "points" else figure(value, unit)


def _said(rows: pd.DataFrame, words: Mapping[str, str]) -> pd.DataFrame:
    return rows.assign(factor=rows["factor"].map(words))


def _scenario(sample: Sample) -> str:
    return sample.resolved.world.scenarios[sample.scenario].title


def surface_chart(
    fitted: Surface, sample: Sample, through: Sequence[float] | None = None, over: tuple[int, int] | None = None
) -> Any:
    """The chart of a response surface.

    Args:
        fitted: the surface.
        sample: what it was fitted to.
        through: a point of the surface, from 0 to 1 along each of its parameters; the middle unless given.
        over: places of the two parameters of the map; the strongest two unless given.
    """
    where = "in their middle" if through is None else "where they have been put"
    target, words = in_words(sample)
    notes = [
        f"{target}. {_scenario(sample)}, {len(sample.points):,} points. A quadratic.",
        fitted.words(),
        f"Curves: the others {where}; the ring is that point. Dots: what was run, whatever the others.",
    ]
    middle = [0.5] * len(fitted.factors) if through is None else through
    order = fitted.strongest()
    pair = over or (tuple(order[:2]) if len(order) > 1 else None)
    along, points = (_said(rows, words) for rows in _curves(fitted, sample, middle))
    here = _said(_point(fitted, middle), words)
    map_ = None if pair is None else _over(fitted, middle, *pair).replace({"x_name": words, "y_name": words})
    which = "The two that matter most" if over is None else "Two of them"
    title = "The outcome along each parameter"
    return response_surface(along, points, here, map_, title, notes, f"{which}, the others {where}")


def _point(fitted: Surface, through: Sequence[float]) -> pd.DataFrame:
    """The point that all curves go through, a row a parameter."""
    values = [float(_values(factor, np.array([unit]))[0]) for factor, unit in zip(fitted.factors, through, strict=True)]
    foreseen = float(fitted.at([list(through)])[0])
    return pd.DataFrame({"factor": [factor.path for factor in fitted.factors], "value": values, "outcome": foreseen})


def _curves(fitted: Surface, sample: Sample, through: Sequence[float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The surface along each parameter, the strongest first, and the points that were run."""
    steps = np.linspace(0.0, 1.0, STEPS)
    along, points = [], []
    columns = {name: at for at, name in enumerate(sample.names)}
    for at in fitted.strongest():
        factor = fitted.factors[at]
        units = np.tile(np.asarray(through, dtype=np.float64), (STEPS, 1))
        units[:, at] = steps
        along.append(
            pd.DataFrame({"factor": factor.path, "value": _values(factor, steps), "outcome": fitted.at(units)})
        )
        run = _numbers(factor, sample.points.values[:, columns[factor.path]])
        points.append(pd.DataFrame({"factor": factor.path, "value": run, "outcome": sample.outcome}).dropna())
    return pd.concat(along), pd.concat(points)


def _over(fitted: Surface, through: Sequence[float], one: int, two: int) -> pd.DataFrame:
    """The surface over two parameters."""
    steps = np.linspace(0.0, 1.0, STEPS)
    x, y = (axis.ravel() for axis in np.meshgrid(steps, steps))
    units = np.tile(np.asarray(through, dtype=np.float64), (len(x), 1))
    units[:, one], units[:, two] = x, y
    return pd.DataFrame(
        {"x": _values(fitted.factors[one], x), "y": _values(fitted.factors[two], y), "outcome": fitted.at(units),
         "x_name": fitted.factors[one].path, "y_name": fitted.factors[two].path}
    )  # fmt: skip


def _values(factor: Factor, units: Floats) -> Floats:
    """Values along a parameter; between those that were given one by one, in a straight line."""
    return factor.at(units) if factor.values is None else np.interp(units, factor.grid(0), factor.values)


def _numbers(factor: Factor, places: Floats) -> Floats:
    return places if factor.values is None else np.array(factor.values, dtype=np.float64)[places.astype(np.int64)]
