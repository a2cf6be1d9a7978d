"""``discretion rivals``: does the model earn its complexity?"""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.cli.deliver import deliver
from viz.reports.console import err


def rivals(
    name: options.Calibration,
    names: Annotated[
        list[str] | None,
        typer.Option("--rival", metavar="RIVAL", help="These alone; may be given again. Default: all ten."),
    ] = None,
    runs: Annotated[int, typer.Option(help="Runs in the bank of each fit.")] = 600,
    draws: Annotated[int, typer.Option(help="Draws of each posterior, two predictions each; one or more.")] = 20,
    scale: options.ItsScale = None,
    seed: Annotated[int, typer.Option(min=0, help="Random seed, the same for all rivals.")] = 1,
    world: options.World = options.DEFAULT_WORLD,
    workers: options.Workers = options.PROCESSORS,
    folder: Annotated[Path | None, options.out("rivals-CALIBRATION")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Set the model against simpler ones: fitted to the same facts, which is nearer to those it has not seen?

    The rivals, as [bold]--rival[/] names them:

    [bold]whole[/]: the model as it is.

    [bold]no-culture[/]: every officer and manager leans to neither side; the parameters that say how far they lean
    are not fitted.

    [bold]no-metrics[/]: no targets.

    [bold]no-accountability[/]: nobody has anything at stake in answering for a directive.

    [bold]no-endorsement[/]: no text wins anybody over.

    [bold]no-exposure[/]: every directive is heard whole, at once and for good by all whom it addresses.

    [bold]sanction[/], [bold]coping[/], [bold]offices[/]: another rule decides (docs/extending/rule.md): a rational
    agent who weighs an expected sanction; one who rations hours and effort; fixed effects of offices and nothing else.

    [bold]logistic[/]: no agents, but an intercept for each fitted figure and a coefficient for each directive whose
    effect is on record, carried on to the checks; it hits what it is fitted to, and has no queues, beds, days, persons.

    Each is calibrated by itself (discretion calibrate), and predicts from draws of its own posterior. A figure is so
    many tolerances off the record, where the tolerance is that of the rule by which the pattern holds; twenty at the
    most, and for a pattern of which a rival says nothing. What a model must earn is in the checks: a rival that does as
    well on them with less is the better explanation of these facts. The score is proper (CRPS, in tolerances, 0 is the
    best): it counts how near the predictions lie and how sure they are, stream by stream, and how much worse than the
    whole model a rival is on the same facts, with the standard error over facts.

    An interrupted command goes on after the last runs that were kept. The folder holds rivals.csv, blocks.csv
    (scores), patterns.csv (every rival on every pattern), rivals.json, the chart as rivals.html, .png and .svg, and the
    bank of each rival.

    --json prints an object: path, discretion, calibration, scale, draws, rivals (rival, parameters, fit, fit_held,
    fit_asked, check, check_held, check_asked, unsaid), blocks (block, rival, facts, score, error, worse,
    worse_error), patterns (rival, id, stream, use, what, unit, observed, said, median,
    mean, low, high, difference, surprise, off, score, verdict).

    [bold]Examples[/]

    discretion rivals border

    discretion rivals review --rival whole --rival no-culture --draws 40
    """
    from experiments.calibration.rivals import RIVALS
    from experiments.calibration.rivals import rivals as compared
    from viz.reports.rivals import FILES, report

    place = folder or Path("results") / f"rivals-{name}"
    FILES.check(place)
    with err.status("fitting ...") as status:

        def tell(rival: str, done: int, total: int) -> None:
            status.update(f"{rival}: {done} of {total}")

        found = compared(
            name, place, names=names or RIVALS, world=world, runs=runs, draws=draws, scale=scale, seed=seed,
            workers=workers, progress=tell,
        )  # fmt: skip
    deliver(report(found), place, as_json)
