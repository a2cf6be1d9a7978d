"""Charts as files, without a browser and without the internet."""

import json
from pathlib import Path
from typing import Any

import altair as alt
from altair.utils.html import TEMPLATES

from viz.charts.script import script

FORMATS = (".html", ".png", ".svg")


class _InScript(json.JSONEncoder):
    """JSON as it may stand in the script of a page: no text of a chart ends the script, or begins another."""

    def encode(self, o: Any) -> str:
        return super().encode(o).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class _Page:
    """Altair's page that needs no internet, with the script that is kept: Altair would make it anew."""

    def render(self, **told: Any) -> str:
        return TEMPLATES["inline"].render(vegaembed_script=script(), **told)


OFFLINE = {"actions": {"export": True, "source": True, "compiled": False, "editor": False}}
"""What the menu of a page offers: to keep the chart, not to hand it to a site elsewhere."""


def save(chart: Any, path: Path) -> Path:
    """Write an Altair chart to ``path``: a page that needs no internet (.html), or a picture (.png, .svg).

    Raises:
        ValueError: the path ends otherwise.
    """
    if path.suffix not in FORMATS:
        raise ValueError(f"a chart is saved as {', '.join(FORMATS)}, not as {path.suffix or path.name!r}")
    if path.suffix == ".html":
        with alt.data_transformers.enable("default"), alt.data_transformers.disable_max_rows():
            page = chart.to_html(template=_Page(), json_kwds={"cls": _InScript}, embed_options=OFFLINE)
        path.write_text(page, "utf-8")
    elif path.suffix == ".png":
        chart.save(str(path), ppi=144, scale_factor=1)
    else:
        chart.save(str(path))
    return path
