"""Charts as files, without a browser and without the internet."""

import json
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from altair.utils.html import TEMPLATES

from viz.charts.script import VEGALITE, script

FORMATS = (".html", ".png", ".svg")


class _InScript(json.JSONEncoder):
    """JSON as it may stand in the script of a page: no text of a chart ends the script, or begins another."""

    def encode(self, o: Any) -> str:
        return super().encode(o).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


OFFLINE = {"actions": {"export": True, "source": True, "compiled": False, "editor": False}, "mode": "vega-lite"}
"""What the menu of a page offers: to keep the chart, not to hand it to a site elsewhere."""


def save(chart: Any, *paths: Path) -> Path:
    """Write an Altair chart to each of ``paths``: a page that needs no internet (.html), or a picture (.png, .svg).

    Returns:
        The last of them.

    Raises:
        ValueError: a path ends otherwise.
    """
    for path in paths:
        if path.suffix not in FORMATS:
            raise ValueError(f"a chart is saved as {', '.join(FORMATS)}, not as {path.suffix or path.name!r}")
    endings = {path.suffix for path in paths}
    spec = _spec(chart)
    picture = _svg(spec) if endings & {".png", ".svg"} else ""
    for path in paths:
        if path.suffix == ".html":
            path.write_text(_page(spec), "utf-8")
        elif path.suffix == ".svg":
            path.write_text(picture, "utf-8")
        else:
            path.write_bytes(vl_convert.svg_to_png(picture, scale=1, ppi=144))
    return path


def svg(chart: Any) -> str:
    """An Altair chart as a picture that can stand in a page."""
    return _svg(_spec(chart))


def _spec(chart: Any) -> dict[str, Any]:
    with alt.data_transformers.enable("default"), alt.data_transformers.disable_max_rows():
        return dict(chart.to_dict())


def _svg(spec: dict[str, Any]) -> str:
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE))


def _page(spec: dict[str, Any]) -> str:
    """Altair's page that needs no internet, with the script that is kept: Altair would make it anew."""
    return TEMPLATES["inline"].render(
        spec=json.dumps(spec, cls=_InScript), embed_options=json.dumps(OFFLINE), mode="vega-lite", output_div="vis",
        fullhtml=True, vegalite_version=alt.VEGALITE_VERSION, vegaembed_script=script(),
    )  # fmt: skip
