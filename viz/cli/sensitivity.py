"""``discretion sensitivity``: what an outcome of a sweep depends on."""

from pathlib import Path
from typing import Annotated

import typer

from viz.cli.deliver import deliver
from viz.reports.console import err


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that [bold]discretion sweep[/] wrote.")],
    target: Annotated[
        str | None,
        typer.Option("--of", metavar="TARGET", help="MEASURE.AGENCY or MEASURE.AGENCY.STAGE. Default: the plan's."),
    ] = None,
    scenario: Annotated[str | None, typer.Option(metavar="SCENARIO", help="Which, if the plan has several.")] = None,
    corner: Annotated[
        str | None,
        typer.Option(
            metavar="CONDITION",
            help="What counts as failing: find the corner of the space where it does (needs the extra discovery).",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The tables as JSON, on standard output.")] = False,
) -> None:
    """See what an outcome of a sweep depends on, and whether there were enough runs to tell.

    Of a sobol design, Sobol indices: the share of the outcome's variance that each parameter makes alone (first
    order) and together with others (total order); of one with second_order also what each two make together, and of
    parameters in groups what each group makes. Of a morris design, mu* (how far the outcome moves over the whole
    range of a parameter, or from one text to another) and sigma (how unevenly). Both with 90 percent intervals, and
    with the indices of the first samples alone, to see whether they have settled. Of any design, a response surface:
    a quadratic in all parameters.

    --corner names a condition, such as "shift.ice < 0.005", and finds the corner of the parameter space in which it
    holds (PRIM); --of is then the target of the condition.

    Tables (CSV) and charts (HTML, PNG) go to DIR/sensitivity/TARGET.

    --json prints an object: path, discretion, target, scenario, design, runs, failed, noise (share of the variance that
    the seeds of replications alone make), indices, pairs (second order: first, second, value, low, high), convergence
    (samples, width, settled, needed, ranked, unknown),
    surface (terms, fit, foresight), corner (condition, limits, coverage, density, mass, unseen); null where the design
    has none, or the samples tell nothing. A row of indices has index (which), factor, value, low and high.

    [bold]Examples[/]

    discretion sensitivity results/sweep-ice-shift

    discretion sensitivity results/sweep-first --of rate.ice.charge --json

    discretion sensitivity results/sweep-corners --corner "shift.ice < 0.005"
    """
    from experiments.sensitivity.analysis import analyse
    from viz.reports.sensitivity import place_in, report

    with err.status("resampling ..."):
        found = analyse(folder, target, scenario, corner)
    deliver(report(found), place_in(folder, found), as_json)
