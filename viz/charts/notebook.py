"""Charts in a notebook, without the internet: Altair's own way would load Vega from a network address."""

from typing import Any

import altair as alt
import vl_convert

NAME = "discretion"
VEGALITE = f"application/vnd.vegalite.{alt.SCHEMA_VERSION.partition('.')[0]}+json"


def shown_offline() -> None:
    """From now on a notebook shows charts as `rendered` has them, unless it has chosen another of Altair's ways."""
    if alt.renderers.active == "default":
        alt.renderers.register(NAME, rendered)
        alt.renderers.enable(NAME)


def rendered(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    """A chart as a picture, and for a notebook that draws Vega-Lite itself (JupyterLab does) as the chart."""
    return {"image/svg+xml": vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), VEGALITE: spec}
