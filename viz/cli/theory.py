"""``discretion theory``: what theory claims of agencies, as experiments that can fail."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from viz.cli.options import POINTS, PROCESSORS, FirstSeed, Replications, Scale, Settings, SmallestEffect, Workers, World
from viz.cli.sizes import readable
from viz.reports.console import out, progress, table

if TYPE_CHECKING:
    from experiments.theory import Verdict

MARKER = "theory.json"
FILES = frozenset({MARKER, "theory.csv"})


def theory(
    check: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="T01", help="Only this one; may be given again. Default: all."),
    ] = None,
    replications: Replications = 8,
    scale: Scale = 0.05,
    seed: FirstSeed = 1,
    smallest_effect: SmallestEffect = POINTS,
    workers: Workers = PROCESSORS,
    world: World = "immigration",
    settings: Settings = None,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the results go.")] = Path(
        "results/theory"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Every figure of every check, as JSON.")] = False,
) -> None:
    """Put eight claims of theory to the test: experiments that can fail, under one set of parameters.

    Exhortation against evaluation; with and against the culture; same facts, two agencies; counted against uncounted;
    the easy case under quotas; recruits and peers against coercion; formation; meaning. Each sets worlds against each
    other that differ by what the claim is about. Every figure is one that the claim predicts to be above zero, by
    more than the smallest effect of interest: the claim holds if all their 90 percent intervals lie above that, and
    fails if one lies below; if one lies across, it is not shown. What fails is shown as failing, with the figure that
    failed it. In log-odds the smallest effect is what moves a rate of 2.7 percent by as many points.

    The folder holds theory.csv (every figure) and theory.json.

    --json prints an object: path, discretion, world, settings, seeds, scale, smallest_effect (a share), checks (fact,
    claim, verdict, figures: figure, unit, mean, low, high, least, holds).

    [bold]Examples[/]

    discretion theory

    discretion theory --check T01 --check T06 --replications 20 --scale 0.1

    discretion theory --set rule.peers=1.5 --json
    """
    from experiments.result_folder import staged, usable
    from experiments.theory.checks import check_theory, named, tidy
    from experiments.theory.lab import watch
    from model.world.loader import load

    usable(folder, FILES, MARKER)
    names = named(check)
    typed = load(world, settings or [])
    readable(typed, [watch()], scale)
    with progress(f"{len(names)} checks of theory", quiet=as_json) as done:
        found = check_theory(
            names, world=typed, replications=replications, seed=seed, scale=scale, smallest=smallest_effect / 100.0,
            workers=workers, progress=done,
        )  # fmt: skip
    about = {"settings": settings or [], "seeds": list(range(seed, seed + replications)), "scale": scale,
             "smallest_effect": smallest_effect / 100.0}  # fmt: skip
    told = {"path": str(folder), **_summary(found, typed.name, about)}
    with staged(folder, FILES, MARKER) as part:
        tidy(found).to_csv(part / "theory.csv", index=False)
        (part / MARKER).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _show(found, f"{replications} replications at scale {scale:g}", smallest_effect, folder)


def _summary(found: list["Verdict"], world: str, about: dict[str, Any]) -> dict[str, Any]:
    from model import __version__

    checks = []
    for one in found:
        figures = one.figures.astype(object).where(one.figures.notna(), None).to_dict("records")
        checks.append({"fact": one.fact, "claim": one.claim, "verdict": one.verdict, "figures": figures})
    return {"discretion": __version__, "world": world, **about, "checks": checks}


def _show(found: list["Verdict"], how: str, points: float, folder: Path) -> None:
    from experiments.smallest import least
    from experiments.theory.checks import FAILS, HOLDS

    shown = table(f"Does it hold here? {how}", "", "claim", "decisive figure", "with its 90% interval", "")
    colours = {HOLDS: "green", FAILS: "red"}
    for one in found:
        name, figure = decisive(one)
        colour = colours.get(one.verdict, "yellow")
        shown.add_row(one.fact, one.claim, name, figure, f"[{colour}]{one.verdict}[/]")
    out.print(shown, "")
    out.print(
        f"A claim predicts figures above zero by more than the smallest effect of interest, {points:g} points (in "
        f"log-odds {least('log-odds', points / 100.0):.2g}): it holds if all their intervals lie there, fails if one "
        "lies below, and is not shown if one lies across."
    )
    out.print(f"Stored in [bold]{folder}[/]: theory.csv (every figure) and {MARKER}.")


def decisive(one: "Verdict") -> tuple[str, str]:
    """The first figure that failed a check, else the first that could not be shown, else the first; in words."""
    figures = one.figures
    failed, open_ = figures[figures["high"] <= figures["least"]], figures[~figures["holds"]]
    row = next(rows for rows in (failed, open_, figures) if len(rows)).iloc[0]
    return str(row["figure"]), in_figures(str(row["unit"]), row["mean"], row["low"], row["high"])


def in_figures(unit: str, mean: float, low: float, high: float) -> str:
    """A figure with its interval, in percentage points, log-odds or as a ratio.

    >>> in_figures("points", 0.0512, 0.048, 0.0553), in_figures("ratio", 0.023, -0.039, 0.085)
    ('+5.12 (+4.80 to +5.53) points', '+0.023 (-0.039 to +0.085) ratio')
    """
    from viz.charts.shifts import in_points

    if unit == "points":
        return f"{in_points(mean, low, high)} {unit}"
    interval = "" if low != low else f" ({low:+.3f} to {high:+.3f})"
    return f"{mean:+.3f}{interval} {unit}"
