"""What ``--posterior`` adds to a command: draws of the fitted parameters, and how surprising the record is."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

from rich.text import Text

from experiments.calibration.predictive import SURPRISED
from experiments.calibration.setup import stamp
from experiments.calibration.stored import Stored, drawn, posteriors
from experiments.patterns import Validation
from experiments.records import records
from experiments.smallest import WIDTH_ERROR, width_off
from model.errors import InputError
from model.schema import Prior
from model.world.loader import load
from viz.reports.console import err, literal, out, table
from viz.reports.figures import beside_the_record, percent

ROUGH = 0.1
"""The part of its width by which an interval over draws may be off without a note."""


def drawn_for(
    places: Sequence[str | Path], count: int, seed: int, world: str, settings: Sequence[str]
) -> list[dict[str, float]]:
    """Draws of the posteriors in some folders; none without a folder.

    A posterior belongs to the parameters that it moves. Where the world believes otherwise of them by now, there is a
    warning; where its runs would read something else that differs, a note. So there is where draws are so few that the
    widths of what is unknown are rough. ``--set`` has the last word on a parameter.
    """
    found = posteriors(places, world)
    if not found:
        return []
    _warn(found, world)
    if width_off(count) > ROUGH:
        err.print(f"[dim]Note: {how_rough(count)}[/]")
    moved = {path.partition("=")[0].strip() for path in settings}
    return [{path: value for path, value in one.items() if path not in moved} for one in drawn(found, count, seed)]


def how_rough(draws: int) -> str:
    """How far the width of an interval over so many draws may be off, and how many draws bring that to `ROUGH`.

    >>> how_rough(20)
    'with 20 draws the width of 5-95% may be off by 33%, by more where runs vary much; with --draws 212 by 10%.'
    """
    enough = ceil((WIDTH_ERROR / ROUGH) ** 2)
    return (
        f"with {draws} draws the width of 5-95% may be off by {width_off(draws):.0%}, by more where runs vary much; "
        f"with --draws {enough} by {ROUGH:.0%}."
    )


def _warn(found: Sequence[Stored], world: str) -> None:
    believed = {path: prior for calibration in load(world).calibrations.values()
                for prior in calibration.priors.values() for path in prior.moves}  # fmt: skip
    other = [one for one in found if any(_otherwise(prior, believed) for prior in one.posterior.priors.values())]
    if other:
        err.print(f"[yellow]The world has other priors than these posteriors were made with: {_names(other)}.[/]")
    old = [one for one in found if one not in other and one.about.get("stamp") != _stamp_in(world, one)]
    if old:
        err.print("[dim]Note: made in a world that differs from this one elsewhere than in the parameters that they "
                  f"move: {_names(old)}.[/]")  # fmt: skip


def _otherwise(prior: Prior, believed: Mapping[str, Prior]) -> bool:
    """Whether the world believes something else of a parameter that a prior moves."""
    parts = ("distribution", "range", "mean", "sd")
    there = [believed[path] for path in prior.moves if path in believed]
    return any(getattr(prior, part) != getattr(one, part) for one in there for part in parts)


def _names(found: Sequence[Stored]) -> str:
    return literal(", ".join(one.posterior.name for one in found))


def _stamp_in(world: str, one: Stored) -> str:
    """The stamp that a posterior would have, were it made in a world; empty if the world has no such calibration."""
    try:
        return stamp(world, one.posterior.name, one.about.get("facts", []))
    except InputError:
        return ""


def show_surprises(found: Validation) -> None:
    """Print how surprising each record is that is a number, the checks first."""
    shown = table("Posterior predictive checks", "", "use", "record",
                  "predicted", "90% of predictions", "surprise", right=4)  # fmt: skip
    rows = [row for row in records(found.table) if row["surprise"] is not None and row["use"] != "structure"]
    for row in sorted(rows, key=lambda row: str(row["use"])):
        told = percent(row["surprise"])
        row = {**row, "low": row["predicted_low"], "high": row["predicted_high"]}
        shown.add_row(
            row["id"], row["use"], *beside_the_record(row), Text(told, "red" if row["surprise"] < SURPRISED else "")
        )
    out.print(shown, "")
    out.print(
        f"[dim]{len(found.seeds)} predictions, each a run under one of {found.draws} draws, random variation and "
        "parameter uncertainty together, as in the record; a surprise of 0.0% lies beyond all of them.[/]"
    )
