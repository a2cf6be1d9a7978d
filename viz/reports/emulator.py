"""What an emulator answers, in words and as plain data."""

from collections.abc import Mapping
from typing import Any

from experiments.emulator import Emulator
from experiments.emulator.emulator import plain
from experiments.mechanisms.pair_effects import ALL, OPENED
from experiments.sensitivity.in_words import parameter
from experiments.twin.twins import matched
from model.schema import World
from viz.charts.shifts import signed_points
from viz.reports.console import bold, literal, out, remark, table
from viz.reports.figures import percent
from viz.reports.report import header


def estimated(found: Emulator, moved: Mapping[str, object]) -> str:
    """The change to what was issued, with its error: "about +0.41 ± 0.20 points"."""
    return f"about {signed_points(found.change(moved))} ± {100 * found.fit.half_width:.2f} points"


def whose(found: Emulator, world: World) -> str:
    """The decisions that an emulator is of, in words."""
    agency = world.agencies[found.agency].title
    if found.stage == ALL:
        return f"favourable, of all decisions of {agency}"
    stage = world.stages[found.stage]
    opened = " about what it opened" if found.cases == OPENED else ""
    return f"{stage.labels['favourable']}, of the decisions{opened} of {agency} at the stage “{stage.title}”"


def as_data(found: Emulator, world: World, moved: Mapping[str, object]) -> dict[str, Any]:
    """The answer as plain data; shifts, changes and errors are shares."""
    change, told = found.change(moved), plain(found)
    settings = [f"{path}={value}" for path, value in moved.items()]
    return {
        **header(world, found.scenario, settings), "directive": found.directive, "agency": found.agency,
        "stage": found.stage, "cases": found.cases, "issued": told["issued"], "change": change,
        "shift": found.issued + change, **{name: told["fit"][name] for name in told["fit"] if name != "coefficients"},
        **{name: told[name] for name in ("points", "seeds", "scale", "inputs")},
    }  # fmt: skip


def show(found: Emulator, world: World, moved: Mapping[str, object]) -> None:
    """Print the answer, how sure it is, and what can be asked."""
    remark(header(world, found.scenario, [])["notes"])
    change = found.change(moved)
    first = matched(world, found.scenario, [found.directive]).first_day
    out.print(f"{bold(world.directives[found.directive].title)}, from {first:%d %B %Y} on: "
              f"{literal(whose(found, world))}\n")  # fmt: skip
    out.print(f"Shift as issued: {signed_points(found.issued)} points")
    if moved:
        out.print(f"As asked: about {signed_points(found.issued + change)}, a change of {estimated(found, moved)}")
    out.print(f"\n{how_sure(found)}\n")
    shown = table("What can be asked, with --set", "path", "what", "from", "to", "as issued", right=3)
    for factor in found.inputs:
        low, high = (factor.values[0], factor.values[-1]) if factor.values else (f"{factor.low:g}", f"{factor.high:g}")
        shown.add_row(factor.path, parameter(factor.path, world).rpartition(": ")[2], low, high, f"{factor.own}")
    out.print(shown)


def how_sure(found: Emulator) -> str:
    """What an emulator was fitted to, and how far off it is."""
    fit = found.fit
    luck = (
        "more than half of that is random variation between replications" if found.lucky
        else f"random variation between replications is {100 * fit.luck:.2f} of it"
    )  # fmt: skip
    return (
        f"Estimated, not run: a quadratic fitted to {found.points} pairs of worlds in {len(found.seeds)} replications "
        f"at scale {found.scale:g}. Of pairs left out of the fit, 9 in 10 lie within {100 * fit.half_width:.2f} points "
        f"of it (root mean square {100 * fit.error:.2f}; {luck}); it has {percent(max(0.0, fit.explained))} of their "
        "mean square."
    )
