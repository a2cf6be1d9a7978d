"""The options that several commands share, each with one meaning and one help text."""

import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, TypedDict

import typer

from experiments.smallest import FEWEST_DRAWS, SMALLEST

_DEFAULT = Path(__file__).parents[2] / "model" / "worlds" / "default.toml"
DEFAULT_WORLD: str = tomllib.loads(_DEFAULT.read_text("utf-8"))["world"]
"""The world of every command unless told; read here, for to import the model takes a second."""
USUAL, OF_EACH = 8, 2
"""Replications unless told, and of each draw of a posterior."""
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="Its name; [bold]discretion worlds[/] lists them.")]
World = Annotated[str, typer.Option(help="A world by name, or the folder of one.")]
Scale = Annotated[float, typer.Option(help="Share of the real system: 1 is every case and every officer.")]
Replications = Annotated[int, typer.Option(help="How many times, each with its own random seed.")]
FirstSeed = Annotated[int, typer.Option("--seed", min=0, help="Of the first replication; the next has one more.")]
Workers = Annotated[
    int, typer.Option(envvar="DISCRETION_WORKERS", help="Processes to share the work. Default: one a processor.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Move a parameter in every world; may be given again."),
]

SmallestEffect = Annotated[
    float,
    typer.Option(
        "--smallest-effect",
        metavar="POINTS",
        min=0.0,
        help="Smallest effect of interest, in percentage points: what is less is called none that matters.",
    ),
]
Posterior = Annotated[
    list[Path] | None,
    typer.Option(
        "--posterior",
        metavar="DIR",
        help="Draw the fitted parameters, from what [bold]discretion calibrate[/] wrote; may be given again. "
        "[bold]shipped[/]: the posteriors that come with the world.",
    ),
]
Draws = Annotated[
    int, typer.Option(min=FEWEST_DRAWS, help="With --posterior: how many draws, each with replications of its own.")
]
OfDraws = Annotated[
    int | None,
    typer.Option(
        "--replications",
        help=f"How many, each with its own random seed. Default: {USUAL}; with --posterior {OF_EACH} of each draw.",
    ),
]
Calibration = Annotated[
    str, typer.Argument(metavar="CALIBRATION", help="By its name in the world's folder [bold]calibrations[/].")
]
ItsScale = Annotated[float | None, typer.Option(help="Share of the real system. Default: the calibration's.")]
AsJson = Annotated[bool, typer.Option("--json", help="The tables in numbers, as JSON.")]
DRAWS = 20
"""What `Draws` is unless told."""
POINTS = 100.0 * SMALLEST
"""What `SmallestEffect` is unless told."""
PROCESSORS = os.cpu_count() or 1
"""What `Workers` is unless told."""


def each(replications: int | None, drawn: Sequence[object]) -> int:
    """How many replications there are (`OfDraws`), of each draw if there are any."""
    return (OF_EACH if drawn else USUAL) if replications is None else replications


def out(usual: str = "") -> Any:
    """The option ``--out``, of a command whose results go to a place below ``results/`` unless told."""
    default = f" Default: results/{usual}." if usual else ""
    return typer.Option("--out", metavar="DIR", help=f"Where the results go.{default}")


class Asked(TypedDict):
    """What every study takes (`experiments`), as it was asked for."""

    world: str
    settings: list[str]
    replications: int
    seed: int
    scale: float
    smallest: float
    workers: int


class Drawn(Asked):
    """The same, of a study that draws parameters as well."""

    draws: list[dict[str, float]]


def of_study(scale: float, drawing: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the options that every study takes in the place of its parameter ``asked``, an `Asked`.

    With ``drawing`` also those by which parameters are drawn from a posterior: then ``asked`` is a `Drawn`.
    """
    shared = {
        "replications": (OfDraws, None) if drawing else (Replications, USUAL), "scale": (Scale, scale),
        "seed": (FirstSeed, 1), "smallest": (SmallestEffect, POINTS), "world": (World, DEFAULT_WORLD),
        "settings": (Settings, None), **({"posterior": (Posterior, None), "draws": (Draws, DRAWS)} if drawing else {}),
        "workers": (Workers, PROCESSORS),
    }  # fmt: skip

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            asked = {name: given.pop(name) for name in shared}
            asked |= {"settings": asked["settings"] or [], "smallest": asked["smallest"] / 100.0}
            command(**given, asked=_with_draws(asked) if drawing else asked)

        def options() -> Iterator[Parameter]:
            for name, option in signature(command, eval_str=True).parameters.items():
                if name != "asked":
                    yield option.replace(kind=Parameter.KEYWORD_ONLY)
                    continue
                for word, (kind, usual) in shared.items():
                    yield Parameter(word, Parameter.KEYWORD_ONLY, default=usual, annotation=kind)

        made = list(options())
        run.__signature__ = signature(command).replace(parameters=made)  # type: ignore[attr-defined]
        run.__annotations__ = {option.name: option.annotation for option in made}
        return run

    return with_options


def _with_draws(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked for, with the draws in the place of the posteriors."""
    found = drawn(asked.pop("posterior"), *(asked[name] for name in ("draws", "seed", "world", "settings")))
    return {**asked, "draws": found, "replications": each(asked["replications"], found)}


def drawn(
    posterior: Sequence[Path] | None, count: int, seed: int, world: str, settings: Sequence[str] | None
) -> list[dict[str, float]]:
    """The draws of `Posterior`; without one none, and nobody waits a second for what would draw them."""
    if not posterior:
        return []
    from viz.reports.posterior_predictive import drawn_for

    return drawn_for(posterior, count, seed, world, settings or [])
