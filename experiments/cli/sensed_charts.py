"""The charts of ``discretion sensitivity``, each with its table."""

from typing import Any

import numpy as np
import pandas as pd

from experiments.cli.report import percent
from experiments.sensitivity.findings import Findings
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.surface import Surface
from experiments.sweep.factors import Factor, Floats
from viz.charts import corner_of_failure, indices_by_factor, indices_over_runs, response_surface

STEPS = 25


def drawn(found: Findings) -> list[tuple[str, pd.DataFrame, Any]]:
    """Of each part its name, its table and its chart."""
    sample = found.sample
    of = f"{sample.target}, {sample.scenario}, {len(sample.points):,} points"
    parts: list[tuple[str, pd.DataFrame, Any]] = []
    if found.indices is not None and found.convergence is not None:
        kind = sample.resolved.plan.design.kind
        said = {
            "sobol": "Share of its variance: a parameter alone (first order), and with others (total order).",
            "morris": "mu*: mean effect of the whole range, in units of the outcome; sigma: how uneven it is.",
        }[kind]
        title = f"What does {sample.target} depend on?"
        chart = indices_by_factor(found.indices, title, [said, f"{of}. Bars: 90 percent intervals."])
        parts.append(("indices", found.indices, chart))
        notes = [f"{'Total order' if kind == 'sobol' else 'mu*'} from the first runs alone. Bands: 90 percent."]
        chart = indices_over_runs(found.convergence.table, "Are there enough runs?", notes)
        parts.append(("convergence", found.convergence.table, chart))
    if found.surface is not None:
        notes = [f"{of}. A quadratic: it fits {percent(found.surface.fit)} of the variance, foresees "
                 f"{percent(max(found.surface.foresight, 0.0))}.",
                 "Curves: the others in their middle. Dots: what was run, whatever the others."]  # fmt: skip
        chart = response_surface(*_curves(found.surface, sample), f"How does {sample.target} respond?", notes)
        parts.append(("surface", found.surface.table, chart))
    if found.corner is not None:
        box = found.corner
        notes = [f"{of}. {box.failing:,} of them fail. The box holds {percent(box.coverage)} of these;",
                 f"{percent(box.density)} of the points in it fail ({percent(box.unseen)} of others)."]  # fmt: skip
        title = f"Where is {box.condition}?"
        parts.append(("corner", box.limits, corner_of_failure(box.limits, box.path, box.cases, title, notes)))
    return parts


def _curves(fitted: Surface, sample: Sample) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None]:
    """The surface along each parameter, the points that were run, and the surface over the strongest two."""
    steps = np.linspace(0.0, 1.0, STEPS)
    order = fitted.strongest()
    along, points = [], []
    columns = {name: at for at, name in enumerate(sample.names)}
    for at in order:
        factor = fitted.factors[at]
        units = np.full((STEPS, len(order)), 0.5)
        units[:, at] = steps
        along.append(
            pd.DataFrame({"factor": factor.path, "value": _values(factor, steps), "outcome": fitted.at(units)})
        )
        run = _numbers(factor, sample.points.values[:, columns[factor.path]])
        points.append(pd.DataFrame({"factor": factor.path, "value": run, "outcome": sample.outcome}).dropna())
    over = None
    if len(order) > 1:
        one, two = order[:2]
        x, y = (axis.ravel() for axis in np.meshgrid(steps, steps))
        units = np.full((len(x), len(order)), 0.5)
        units[:, one], units[:, two] = x, y
        over = pd.DataFrame(
            {"x": _values(fitted.factors[one], x), "y": _values(fitted.factors[two], y), "outcome": fitted.at(units),
             "x_name": fitted.factors[one].path, "y_name": fitted.factors[two].path}
        )  # fmt: skip
    return pd.concat(along), pd.concat(points), over


def _values(factor: Factor, units: Floats) -> Floats:
    """Values along a parameter; between those that were given one by one, in a straight line."""
    return factor.at(units) if factor.values is None else np.interp(units, factor.grid(0), factor.values)


def _numbers(factor: Factor, places: Floats) -> Floats:
    return places if factor.values is None else np.array(factor.values, dtype=np.float64)[places.astype(np.int64)]
