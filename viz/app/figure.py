"""A chart on a page: drawn in the browser, moved without being redrawn, and there to be taken home."""

import json
from base64 import b64encode
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd
import solara

from experiments.spreadsheet import as_csv
from viz.app.jobs import use_aside
from viz.app.layout import element, look
from viz.app.shown_world import per_world
from viz.app.take_home import Columns, filled, framed, picture
from viz.charts.screen import DARK, darkened, lightened
from viz.charts.theme import Legend, dressed

TYPES = {"PNG": "image/png", "SVG": "image/svg+xml", "CSV": "text/csv"}
TEXTS = {"HTML": "text/html", "MD": "text/markdown"}


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
    name: str, kinds: list[str], file: dict[str, str] | None, event_wanted: Callable[[list[str]], None]
) -> None: ...


@solara.component
def Figure(
    spec: Spec, name: str, label: str, data: Callable[[], pd.DataFrame], legend: Legend, tables: Tables = UNMOVED,
    picked: Callable[[Any], None] = lambda _: None, key_field: str = "id", renderer: str = "svg", state: str = "",
    notes: Sequence[str] = (), finding: str = "",
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
        notes: lines that stand under the title of a saved picture; the source and the day stand below it.
        finding: what it finds, in a sentence: the title of a saved picture.
    """
    dark = look.value.dark
    shown = solara.use_memo(lambda: json.dumps(_on_screen(spec.vega, legend, dark)), [spec, dark])
    moved = solara.use_memo(lambda: json.dumps(tables.columns), [tables])

    def make(kind: str, address: str) -> bytes:
        if kind == "CSV":
            return as_csv(data()).encode()
        return picture(kind, filled(framed(spec.vega, label, notes, finding), tables.columns), address)

    with element("figure", classes="d-figure"):
        _Chart(
            spec=shown, tables=moved, label=label, key_field=key_field, dark=dark, renderer=renderer, state=state,
            event_picked=picked,
        )  # fmt: skip
        Downloads(name, list(TYPES), make)


@solara.component
def Drawn(
    chart: Callable[[], Any], depends: list[Any], name: str, label: str, data: Callable[[], pd.DataFrame],
    legend: Legend, finding: str = "", shared: Hashable = None,
) -> None:  # fmt: skip
    """A chart that takes a while to lay out: it is made beside the page, again when something it depends on changes.

    ``chart`` makes it, and ``depends`` on these; ``shared`` is all that it is made of beside the world, where others
    may see the same (`laid_out`); the rest is as `Figure` has it.
    """
    spec = use_aside(lambda: spec_of(chart()) if shared is None else laid_out(Recipe(shared, chart)), depends)
    with element("div", classes="d-fit"):
        if spec is None:
            element("div", "Drawing …", classes="d-empty", role="status")
        else:
            Figure(spec, name, label, data, legend, finding=finding)


@solara.component
def Downloads(name: str, kinds: Sequence[str], make: Callable[[str, str], bytes]) -> None:
    """A button a kind (of `TYPES` or `TEXTS`); what ``make`` gives for it, and for the address of the page, is saved on
    the visitor's machine.
    """
    file: solara.Reactive[dict[str, str] | None] = solara.use_reactive(None)

    def wanted(asked: list[str]) -> None:
        kind, address = asked
        content = b64encode(make(kind, address)).decode()
        file.value = {"name": f"{name}.{kind.lower()}", "type": (TYPES | TEXTS)[kind], "base64": content}

    _Download(name=name, kinds=list(kinds), file=file.value, event_wanted=wanted)


def spec_of(chart: Any) -> Spec:
    """A chart of `viz.charts` as Vega-Lite has it; it takes a good part of a second, so keep what comes of it."""
    return Spec((chart if chart.config is not alt.Undefined else dressed(chart)).to_dict())


@dataclass(frozen=True)
class Recipe:
    """A chart by what it is made of, beside the world, and how."""

    of: Hashable
    chart: Callable[[], Any] = field(compare=False)


@per_world(most=32)
def laid_out(recipe: Recipe) -> Spec:
    """A chart that is the same for every visitor, made once."""
    return spec_of(recipe.chart())


def _on_screen(spec: dict[str, Any], legend: Legend, dark: bool) -> dict[str, Any]:
    shown = {**spec, "background": None, "padding": 4}
    if not dark:
        return shown
    return darkened(shown, {**DARK, **{colour: lightened(colour) for colour in legend.colours.values()}})
