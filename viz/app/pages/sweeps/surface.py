"""A response surface to be walked over: every parameter can be put somewhere, and the outcome is read off."""

from collections.abc import Mapping

import numpy as np
import solara

from experiments.sensitivity.in_words import outcome, parameters
from experiments.sensitivity.sample import Sample
from experiments.sensitivity.surface import Surface
from experiments.sweep.factors import Factor
from viz.app.address import Kept
from viz.app.controls import Button, Choice, Slider
from viz.app.figure import Drawn
from viz.app.layout import element
from viz.app.pages.sweeps.url_state import Shown
from viz.charts.theme import Legend
from viz.reports.sensitivity_charts import measured, surface_chart

STEPS = 40


@solara.component
def Explored(kept: Kept[Shown], shown: Shown, fitted: Surface, sample: Sample, legend: Legend) -> None:
    """The surface through a point, the levers that move the point, and what is foreseen there."""
    put = dict(shown.at)
    through = [unit_of(factor, put[factor.path]) if factor.path in put else 0.5 for factor in fitted.factors]
    moved = tuple(through) if put else None
    over = pair_of(fitted, shown.across, shown.up)
    foreseen, world = float(fitted.at([through])[0]), sample.resolved.world
    words = solara.use_memo(lambda: parameters(sample.names, world), [])
    with element("section", classes="d-panel"):
        element("h2", "Predicted outcome at this point")
        said = f"{outcome(sample.target, world)}: about {measured(foreseen, sample)}"
        element("p", said, classes="d-question", role="status")
        element("p", "Read off the surface, without a run: it is only as good as the fit stated above the chart. "
                "Rings mark the point.", classes="d-hint")  # fmt: skip
        with element("div", classes="d-levers d-controls"):
            for at, factor in enumerate(fitted.factors):
                _Lever(kept, factor, value_of(factor, through[at]), words[factor.path])
        with element("div", classes="d-row"):
            _Axes(kept, fitted, over, words)
            Button("Set all to their middle", lambda: kept.change(at=()), disabled=not put)
        Drawn(lambda: surface_chart(fitted, sample, moved, over), [moved, over], f"surface-{sample.target}",
              "The outcome along each parameter, and over two of them", lambda: fitted.table, legend,
              f"{words[fitted.factors[fitted.strongest()[0]].path]} moves the outcome most.")  # fmt: skip


@solara.component
def _Lever(kept: Kept[Shown], factor: Factor, value: float, called: str) -> None:
    low, high = ends(factor)

    def put(where: float) -> None:
        others = tuple(pair for pair in kept.now.at if pair[0] != factor.path)
        kept.change(at=(*others, (factor.path, float(where))))

    shipped = float(factor.own) if isinstance(factor.own, int | float) else None
    Slider(called, float(f"{value:.4g}"), put, low, high, (high - low) / STEPS, shipped=shipped)


@solara.component
def _Axes(kept: Kept[Shown], fitted: Surface, over: tuple[int, int] | None, words: Mapping[str, str]) -> None:
    if len(fitted.factors) < 2:
        return
    names = {factor.path: words[factor.path] for factor in fitted.factors}
    strongest = fitted.strongest()
    across, up = over or (strongest[0], strongest[1])
    one, two = fitted.factors[across].path, fitted.factors[up].path
    Choice("Map across", one, lambda path: kept.change(across=path, up=one if path == two else two), names)
    Choice("Map upwards", two, lambda path: kept.change(up=path, across=two if path == one else one), names)


def pair_of(fitted: Surface, across: str, up: str) -> tuple[int, int] | None:
    """The places of the two parameters of the map, if two of the surface are named."""
    names = [factor.path for factor in fitted.factors]
    if across in names and up in names and across != up:
        return names.index(across), names.index(up)
    return None


def ends(factor: Factor) -> tuple[float, float]:
    """The lowest and the highest value of a parameter in the design."""
    if factor.values is None:
        return factor.low, factor.high
    return float(min(factor.values)), float(max(factor.values))


def unit_of(factor: Factor, value: float) -> float:
    """Where a value lies in the design, from 0 to 1; what lies outside is put to the nearest end.

    >>> unit_of(Factor("rule.metrics", 0.0, 2.0), 0.5), unit_of(Factor("rule.metrics", 0.0, 2.0), 9.0)
    (0.25, 1.0)
    """
    low, high = ends(factor)
    inside = min(max(value, low), high)
    if factor.values is None:
        return factor.unit(inside)
    values = np.array(factor.values, dtype=np.float64)
    order = np.argsort(values)
    return float(np.interp(inside, values[order], factor.grid(0)[order]))


def value_of(factor: Factor, unit: float) -> float:
    """The value at a number from 0 to 1.

    >>> value_of(Factor("rule.stake", 0.0, 2.0), 0.25), value_of(Factor("rule.stake", 0.0, 2.0, (0.0, 1.0, 2.0)), 0.5)
    (0.5, 1.0)
    """
    if factor.values is None:
        return float(factor.at([unit])[0])
    return float(np.interp(unit, factor.grid(0), [float(value) for value in factor.values]))
