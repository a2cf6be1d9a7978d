"""Are posteriors right? Where known truths lie within what is said of them."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import scipy

from viz.charts.posteriors import COLOUR, SECOND, in_lines
from viz.charts.theme import FAINT, INK, QUIET, nothing, styled

PANEL, HEIGHT, COLUMNS, BINS = 250, 90, 3, 10
SURE = 0.99
EDGES = np.linspace(0.0, 1.0, BINS + 1)


def rank_histograms(ranks: pd.DataFrame, tests: pd.DataFrame, title: str, notes: list[str]) -> Any:
    """A panel for each parameter: how many truths lie in each tenth of what each of two estimators says of them.

    Args:
        ranks: ``estimator`` (two of them), ``parameter``, ``rank`` (from 0 to 1).
        tests: one row an estimator and parameter: ``estimator``, ``parameter``, ``p`` (how likely uniform ranks are to
            be as uneven).
        title: what the chart shows.
        notes: lines under the title.
    """
    estimators = list(dict.fromkeys(ranks["estimator"]))
    colours = alt.Scale(domain=estimators, range=[COLOUR, SECOND])
    panels = [
        _panel(str(name), found, tests[tests["parameter"] == name], colours)
        for name, found in ranks.groupby("parameter", sort=False)
    ]
    return styled(alt.concat(*panels, columns=COLUMNS, spacing=30) if panels else nothing(), title, notes)


def _panel(name: str, ranks: pd.DataFrame, tests: pd.DataFrame, colours: alt.Scale) -> Any:
    counts = [
        {"estimator": estimator, "low": low, "high": high, "share": count / len(found)}
        for estimator, found in ranks.groupby("estimator", sort=False)
        for count, low, high in zip(np.histogram(found["rank"], EDGES)[0], EDGES[:-1], EDGES[1:], strict=True)
    ]
    many = len(ranks) // max(1, ranks["estimator"].nunique())
    ends = scipy.stats.binom.interval(SURE, many, 1.0 / BINS)
    band = pd.DataFrame([{"low": 0.0, "high": 1.0, "from": ends[0] / many, "to": ends[1] / many}])
    top = max(3.0 / BINS, *(row["share"] for row in counts), float(band["to"].iloc[0]))
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0.0, top]), axis=alt.Axis(format="%", tickCount=3,
              gridColor=FAINT))  # fmt: skip
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0.0, 1.0]), axis=alt.Axis(tickCount=3, grid=False))
    allowed = alt.Chart(band).mark_rect(color=FAINT, opacity=0.6).encode(
        x=x, x2="high:Q", y=alt.Y("from:Q", title=None), y2="to:Q"
    )  # fmt: skip
    steps = alt.Chart(pd.DataFrame(counts)).mark_rule(strokeWidth=3).encode(
        x=x, x2="high:Q", y=y,
        color=alt.Color("estimator:N", title=None, scale=colours, legend=alt.Legend(orient="top", labelColor=INK)),
    )  # fmt: skip
    said = ", ".join(f"{row['estimator']} p {row['p']:.2f}" for row in tests.to_dict("records"))
    heading = alt.TitleParams(in_lines(name), subtitle=said, fontSize=13, fontWeight="normal", color=INK,
                              subtitleColor=QUIET, anchor="start", offset=8)  # fmt: skip
    return alt.layer(allowed, steps).properties(width=PANEL, height=HEIGHT, title=heading)
