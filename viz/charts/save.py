"""Charts as files, without a browser and without the internet."""

from pathlib import Path
from typing import Any

FORMATS = (".html", ".png", ".svg")


def save(chart: Any, path: Path) -> Path:
    """Write an Altair chart to ``path``: a page that needs no internet (.html), or a picture (.png, .svg).

    Raises:
        ValueError: the path ends otherwise.
    """
    if path.suffix not in FORMATS:
        raise ValueError(f"a chart is saved as {', '.join(FORMATS)}, not as {path.suffix or path.name!r}")
    if path.suffix == ".html":
        chart.save(str(path), inline=True)
    elif path.suffix == ".png":
        chart.save(str(path), ppi=144, scale_factor=1)
    else:
        chart.save(str(path))
    return path
