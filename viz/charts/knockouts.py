"""What becomes of a shift when mechanisms are off, singly and in pairs, and what each adds when it is on."""

from typing import Any

import altair as alt
import pandas as pd

from viz.charts.shifts import in_points, signed_points
from viz.charts.theme import FAINT, IN_POINTS, INK, QUIET, Legend, across, nothing, reach, styled
from viz.charts.waterfall import AGAINST, FOR

CELL, ROW = 50, 32
BARS = 250
LABELS = 80
MAP, ADDS = "change of the shift with these off", "what each adds when it is on"


def knockout_map(
    knocked: pd.DataFrame, shares: pd.DataFrame, totals: pd.DataFrame, legend: Legend, title: str, notes: list[str]
) -> Any:
    """For each group of decisions a heat map of mechanisms that are off, and beside it their shares as bars.

    On the diagonal one mechanism is off, elsewhere two. Each map has a colour scale of its own, around no change; what
    does not matter, or is undecided, has no colour (`experiments.smallest`). All in percentage points.

    Args:
        knocked: ``agency``, ``label`` (of the group), ``one``, ``other``, ``change``, ``change_low``, ``change_high``,
            ``verdict``.
        shares: ``agency``, ``label``, ``mechanism``, ``share``, ``low``, ``high``, ``verdict``.
        totals: ``agency``, ``label``, ``total`` (whole, bare), ``effect``, ``low``, ``high``.
        legend: names and colours.
        title: what the chart shows.
        notes: lines under the title.
    """
    panels = []
    for (agency, label), rows in knocked.groupby(["agency", "label"], sort=False, observed=True):
        here = [table[(table["agency"] == agency) & (table["label"] == label)] for table in (shares, totals)]
        heading = alt.TitleParams(
            f"{legend.agencies[str(agency)]}: {label}", subtitle=_sum(here[1]), frame="group", offset=12,
            color=legend.colours[str(agency)],
        )  # fmt: skip
        order = list(here[0]["mechanism"])
        parts = alt.hconcat(_map(rows, order), _bars(here[0], order), spacing=30).resolve_scale(color="independent")
        panels.append(parts.properties(title=heading))
    return styled(alt.vconcat(*(panels or [nothing()]), spacing=40).resolve_scale(color="independent"), title, notes)


def _sum(totals: pd.DataFrame) -> list[str]:
    figures = {row["total"]: in_points(row["effect"], row["low"], row["high"]) for row in totals.to_dict("records")}
    return [f"shift {figures['whole']} with all on; {figures['bare']} with all off"]


def _map(rows: pd.DataFrame, order: list[str]) -> Any:
    place = {name: at for at, name in enumerate(order)}
    turned = rows["one"].map(place) > rows["other"].map(place)
    shown = rows.assign(
        row=rows["one"].where(turned, rows["other"]), column=rows["other"].where(turned, rows["one"]),
        figure=[signed_points(change) for change in rows["change"]],
        figures=[in_points(*row) for row in rows[["change", "change_low", "change_high"]].itertuples(index=False)],
    )  # fmt: skip
    telling = rows.loc[rows["verdict"] == "matters", "change"].abs()
    furthest = float(telling.max()) if len(telling) else 1.0
    x = alt.X("column:N", sort=order, title=MAP, axis=alt.Axis(orient="bottom", labelAngle=-35, **_plain()))
    y = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(minExtent=LABELS, labelPadding=8, **_plain()))
    base = alt.Chart(shown).encode(x=x, y=y, tooltip=["row", "column", "figures"])
    scale = alt.Scale(domain=[-furthest, 0.0, furthest], range=[AGAINST, "#FFFFFF", FOR], interpolate="rgb")
    known = alt.datum.verdict == "matters"
    cells = base.mark_rect(stroke=FAINT).encode(
        color=alt.when(known).then(alt.Color("change:Q", scale=scale, legend=None)).otherwise(alt.value("#FFFFFF"))
    )
    strong = f"datum.verdict == 'matters' && abs(datum.change) > {0.6 * furthest}"
    colour = alt.when(strong).then(alt.value("white")).when(known).then(alt.value(INK)).otherwise(alt.value(QUIET))
    text = base.mark_text(fontSize=12).encode(text="figure:N", color=colour)
    return alt.layer(cells, text).properties(width=CELL * len(order), height=ROW * len(order))


def _bars(rows: pd.DataFrame, order: list[str]) -> Any:
    shown = rows.assign(
        figures=[in_points(*row) for row in rows[["share", "low", "high"]].itertuples(index=False)],
        way=[("for" if share > 0.0 else "against") for share in rows["share"]],
    )
    scale = alt.Scale(domain=reach(rows[["share", "low", "high"]]), nice=False)
    base = alt.Chart(shown).encode(y=alt.Y("mechanism:N", sort=order, title=None, axis=None), tooltip=["figures"])
    x = across(scale, alt.Axis(labelExpr=IN_POINTS, tickCount=5, gridColor=FAINT), ADDS)
    hollow = alt.when("datum.verdict != 'matters'").then(alt.value("white"))
    fill = hollow.when("datum.way == 'for'").then(alt.value(FOR))
    bar = base.mark_bar(height=16, stroke=QUIET, strokeWidth=0.5).encode(
        x=x("share"), x2=alt.datum(0.0), fill=fill.otherwise(alt.value(AGAINST))
    )
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=x("low"), x2="high:Q")
    text = base.mark_text(align="left", fontSize=13, color=INK).encode(x=alt.value(BARS + 14), text="figures:N")
    return alt.layer(bar, interval, text).properties(width=BARS, height=ROW * len(order))


def _plain() -> dict[str, Any]:
    return {"ticks": False, "domain": False, "labelFontSize": 13, "grid": False}
