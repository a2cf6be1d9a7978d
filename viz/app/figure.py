"""A chart on a page: drawn in the browser, moved without being redrawn, and there to be taken home."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import solara
import vl_convert

from experiments.spreadsheet import as_csv
from model import __version__
from viz.app.jobs import use_aside
from viz.app.layout import element, look
from viz.charts.screen import DARK, darkened, lightened
from viz.charts.theme import INK, QUIET, Legend, dressed

TYPES = {"PNG": "image/png", "SVG": "image/svg+xml", "CSV": "text/csv"}
TEXTS = {"HTML": "text/html", "MD": "text/markdown"}
SCALE = 2.0
"""Pixels of a PNG for each of the screen's."""

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, eq=False)
class Spec:
    """A chart as Vega-Lite has it.

    Solara looks through every list and mapping that a component is given, at every change of anything, for
    components within; a chart has thousands. It looks into no object of another kind, nor into a text.
    """

    vega: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Tables:
    """Columns that replace those which a chart has under these names (`viz.charts.screen.named`).

    Columns left out stay as they are, if there are as many rows.
    """

    columns: Mapping[str, Columns]


UNMOVED = Tables({})


@solara.component_vue("vue/chart.vue", vuetify=False)
def _Chart(
    spec: str,
    tables: str,
    label: str,
    key_field: str,
    dark: bool,
    renderer: str,
    state: str,
    event_picked: Callable[[Any], None],
) -> None:
    """``spec`` and ``tables`` as JSON."""


@solara.component_vue("vue/download.vue", vuetify=False)
def _Download(
    name: str, kinds: list[str], file: dict[str, str] | None, event_wanted: Callable[[str], None]
) -> None: ...


@solara.component
def Figure(
    spec: Spec, name: str, label: str, data: Callable[[], pd.DataFrame], legend: Legend, tables: Tables = UNMOVED,
    picked: Callable[[Any], None] = lambda _: None, key_field: str = "id", renderer: str = "svg", state: str = "",
    notes: Sequence[str] = (),
) -> None:  # fmt: skip
    """A chart with the ways to save it.

    Args:
        spec: of the chart (`spec_of`). The same object is not drawn again.
        name: of the files that it is saved in.
        label: what it shows, for those who cannot see it.
        data: gives what CSV is made of.
        legend: colours of agencies.
        tables: what has moved in it.
        picked: told the ``key_field`` of the mark that is clicked.
        key_field: a field of the data.
        renderer: ``svg``, or ``canvas`` for many marks that move.
        state: what is shown, written on the element once it has been drawn.
        notes: lines that stand under the title of a saved picture, above the source and the day on which it was saved.
    """
    dark = look.value.dark
    shown = solara.use_memo(lambda: json.dumps(_on_screen(spec.vega, legend, dark)), [spec, dark])
    moved = solara.use_memo(lambda: json.dumps(tables.columns), [tables])

    def make(kind: str) -> bytes:
        if kind == "CSV":
            return as_csv(data()).encode()
        return _file(kind, filled(titled(spec.vega, label, notes), tables.columns))

    with element("figure", classes="d-figure"):
        _Chart(
            spec=shown, tables=moved, label=label, key_field=key_field, dark=dark, renderer=renderer, state=state,
            event_picked=picked,
        )  # fmt: skip
        Downloads(name, list(TYPES), make)


@solara.component
def Drawn(
    chart: Callable[[], Any], depends: list[Any], name: str, label: str, data: Callable[[], pd.DataFrame],
    legend: Legend,
) -> None:  # fmt: skip
    """A chart that takes a while to lay out: it is made beside the page, again when something it depends on changes.

    ``chart`` makes it, and ``depends`` on these; the rest is as `Figure` has it.
    """
    spec = use_aside(lambda: spec_of(chart()), depends)
    with element("div", classes="d-fit"):
        if spec is None:
            element("div", "Drawing …", classes="d-empty", role="status")
        else:
            Figure(spec, name, label, data, legend)


@solara.component
def Downloads(name: str, kinds: Sequence[str], make: Callable[[str], bytes]) -> None:
    """A button a kind (of `TYPES` or `TEXTS`); what ``make`` gives for it is saved on the visitor's machine."""
    file: solara.Reactive[dict[str, str] | None] = solara.use_reactive(None)

    def wanted(kind: str) -> None:
        content = b64encode(make(kind)).decode()
        file.value = {"name": f"{name}.{kind.lower()}", "type": (TYPES | TEXTS)[kind], "base64": content}

    _Download(name=name, kinds=list(kinds), file=file.value, event_wanted=wanted)


def spec_of(chart: Any) -> Spec:
    """A chart of `viz.charts` as Vega-Lite has it; it takes a good part of a second, so keep what comes of it."""
    return Spec((chart if chart.config is not alt.Undefined else dressed(chart)).to_dict())


def _on_screen(spec: dict[str, Any], legend: Legend, dark: bool) -> dict[str, Any]:
    shown = {**spec, "background": None, "padding": 4}
    if not dark:
        return shown
    return darkened(shown, {**DARK, **{colour: lightened(colour) for colour in legend.colours.values()}})


def _file(kind: str, spec: dict[str, Any]) -> bytes:
    """A chart as a picture."""
    if kind == "SVG":
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[])


def titled(spec: dict[str, Any], title: str, notes: Sequence[str]) -> dict[str, Any]:
    """A chart as it leaves the page: with a title, what has to be known of it, its source, and the day.

    >>> titled({"title": {"text": "Dots: cases"}}, "Cases", ["To 1 May 2018"])["title"]["subtitle"][:2]
    ['Dots: cases', 'To 1 May 2018']
    """
    old = spec.get("title") or {}
    text, under = old.get("text", []), old.get("subtitle", [])
    if not under:
        text, under = title, [text] if isinstance(text, str) else text
    source = f"Source: Discretion {__version__}, a model; saved on {date.today():%d %B %Y}."
    look = {"anchor": "start", "frame": "bounds", "fontSize": 18, "fontWeight": "bold", "color": INK, "offset": 16,
            "subtitleColor": QUIET, "subtitleFontSize": 13, "subtitlePadding": 6}  # fmt: skip
    return {**spec, "title": {**look, "text": text, "subtitle": [*under, *notes, source]}, "background": "white",
            "padding": 16}  # fmt: skip


def filled(spec: Any, tables: Mapping[str, Columns]) -> Any:
    """A chart with other columns under the names of ``tables``.

    >>> filled({"data": {"name": "now", "values": [{"a": 1, "b": 2}]}}, {"now": {"b": [3]}})
    {'data': {'name': 'now', 'values': [{'a': 1, 'b': 3}]}}
    """
    if isinstance(spec, list):
        return [filled(entry, tables) for entry in spec]
    if not isinstance(spec, dict):
        return spec
    if "values" in spec and spec.get("name") in tables:
        cells = tables[spec["name"]]
        changed = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
        before = spec["values"] if len(spec["values"]) == len(changed) else [{}] * len(changed)
        return {**spec, "values": [{**old, **new} for old, new in zip(before, changed, strict=True)]}
    return {key: filled(value, tables) for key, value in spec.items()}
