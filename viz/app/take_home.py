"""A chart as a picture to take home: what it finds above, its source below, the address of its page within."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from struct import pack
from textwrap import wrap
from typing import Any
from zlib import crc32

import vl_convert

from model import __version__
from viz.charts.theme import INK, QUIET

PPI, SCALE = 300, 2.5
"""Dots an inch, and for each pixel of the screen: a chart of 900 pixels is 7.5 inches wide, its letters 8 points."""
HEADER = 33
"""Bytes of a PNG before anything may be said of it."""
LETTERS = 80
"""In a line of a title."""
WHOLE = ("$schema", "config", "datasets", "autosize", "usermeta")
"""What Vega-Lite reads at the top of a chart alone."""

Columns = Mapping[str, Sequence[Any]]


def picture(kind: str, spec: dict[str, Any], address: str) -> bytes:
    """A chart as a PNG or an SVG that says from which page it was saved."""
    if kind == "SVG":
        drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        return drawn.replace(">", f"><metadata>{escape(address)}</metadata>", 1).encode()
    png = vl_convert.vegalite_to_png(spec, scale=SCALE * 72 / PPI, ppi=PPI, allowed_base_urls=[])
    said = b"tEXtSource\0" + address.encode("latin-1", "replace")
    return png[:HEADER] + pack(">I", len(said) - 4) + said + pack(">I", crc32(said)) + png[HEADER:]


def framed(spec: dict[str, Any], title: str, notes: Sequence[str], finding: str = "") -> dict[str, Any]:
    """A chart as it leaves the page: what it finds or is called above, its source and the day below.

    Args:
        spec: as Vega-Lite has it.
        title: what it shows, where it has no title of its own.
        notes: what else has to be known of it, under the title.
        finding: what it finds, in a sentence.

    >>> found = framed({"mark": "bar", "title": {"text": "Dots: cases"}}, "Cases", ["To 1 May 2018"], "Few are closed.")
    >>> found["title"]["text"], found["title"]["subtitle"], found["vconcat"][0]
    (['Few are closed.'], ['Cases', 'Dots: cases', 'To 1 May 2018'], {'mark': 'bar'})
    """
    old = spec.get("title") or {}
    text, under = old.get("text", []), old.get("subtitle", [])
    lines = [text] if isinstance(text, str) else list(text)
    called, rest = (lines, list(under)) if under else ([title], lines)
    if finding:
        called, rest = wrap(finding, LETTERS), [*called, *rest]
    look = {"anchor": "start", "frame": "bounds", "fontSize": 18, "fontWeight": "bold", "color": INK, "offset": 16,
            "subtitleColor": QUIET, "subtitleFontSize": 13, "subtitlePadding": 6}  # fmt: skip
    source = f"Source: Discretion {__version__}, a model; saved on {date.today():%d %B %Y}."
    mark = {"type": "text", "align": "left", "fontSize": 12, "color": QUIET, "text": source}
    below = {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"value": 0}}, "height": 14,
             "view": {"stroke": None}}  # fmt: skip
    whole = {name: spec[name] for name in WHOLE if name in spec}
    chart = {name: part for name, part in spec.items() if name not in (*WHOLE, "title", "background", "padding")}
    return {**whole, "title": {**look, "text": called, "subtitle": [*rest, *notes]}, "background": "white",
            "padding": 16, "vconcat": [chart, below]}  # fmt: skip


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
