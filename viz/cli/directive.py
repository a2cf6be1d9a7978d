"""``discretion directive``: the tools of somebody who drafts a directive."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from viz.cli import options
from viz.reports.console import bold, out, to_run
from viz.reports.streams import somebody_is_there

BREAKS = 1
app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
Draft = Annotated[str, typer.Argument(metavar="DRAFT", help="A .toml file, or a directive of the world.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Another first day.")]
AsJson = Annotated[bool, typer.Option("--json", help="The same as JSON, on standard output.")]


@app.callback()
def directive() -> None:
    """Draft a directive: a form, a look over it, two beside each other, what is in force.

    [bold]Examples[/]

    discretion directive new ours.toml --to ice.attorneys --start 2012-03-01

    discretion directive lint zero-tolerance-2018

    discretion directive diff discretion-2011 review-2011

    discretion directive stack zero-tolerance-2018 --on 2018-05-10
    """


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make, NAME.toml.")],
    title: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issues it.")] = None,
    to: Annotated[
        list[str] | None, typer.Option(help="A unit or an agency that it addresses; may be given again.")
    ] = None,
    start: Day = None,
    direction: Annotated[str | None, typer.Option(help="leniency or enforcement.")] = None,
    world: options.World = options.DEFAULT_WORLD,
) -> None:
    """Make a draft: by questions at a terminal, by options, or as a commented form.

    [bold]Example[/]

    discretion directive new ours.toml --to ice.attorneys --start 2012-03-01 --direction leniency
    """
    from experiments.drafting.form import Answers, new_draft, usual
    from model.world.loader import load

    typed = load(world)
    form = usual(typed)
    if somebody_is_there():
        title = title or typer.prompt("What is it called?", default=form.title)
        issuer = issuer or typer.prompt("Who issues it?", default=form.issuer)
        to = to or typer.prompt("Whom does it address (units, with commas)?", default=form.to[0]).split(",")
        day = typer.prompt("When does it start?", default=str(form.start)) if start is None else str(start.date())
        direction = direction or typer.prompt("Towards leniency or enforcement?", default=form.direction)
    else:
        day = str(form.start if start is None else start.date())
    given = [name.strip() for name in to or form.to]
    first = _day(day)
    new_draft(file, typed, Answers(title or form.title, issuer or form.issuer, given, first,
                                   direction or form.direction))  # fmt: skip
    out.print(f"Fill in {bold(file)}, from the top.")
    to_run("Look it over:", "directive", "lint", file)


def _day(text: str) -> date:
    from model.errors import InputError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("not a day", where="start", found=text, allowed="a day such as 2012-03-01") from None


@app.command()
def lint(
    draft: Draft,
    into: Annotated[str | None, typer.Option(metavar="SCENARIO", help="The scenario it is laid into.")] = None,
    start: Day = None,
    world: options.World = options.DEFAULT_WORLD,
    settings: options.Settings = None,
    as_json: AsJson = False,
) -> None:
    """Look over a draft: what is wrong with it, why that matters, and what to write in its place.

    Remarks have three grades: [bold]breaks[/] (it will not do what it says), [bold]weak[/] (it will do less than it
    could) and [bold]think of it[/]. The exit code is 1 if anything breaks, 2 if the draft cannot be read, else 0.

    --json prints an object: draft, scenario, start, and remarks (grade, rule, what, why, instead, example).

    [bold]Examples[/]

    discretion directive lint zero-tolerance-2018

    discretion directive lint review-2011 --into morton-2011 --start 2012-02-15
    """
    from experiments.drafting.lint import lint as looked_over
    from experiments.drafting.reading import draft_of
    from experiments.drafting.remark import GRADES
    from model.world.loader import load
    from viz.reports.drafting import show_remarks

    read = draft_of(draft, load(world, settings or ()), into, None if start is None else start.date())
    remarks = looked_over(read)
    if as_json:
        told = {"draft": read.name, "scenario": read.scenario, "start": str(read.directive.start),
                "remarks": [remark.as_table() for remark in remarks]}  # fmt: skip
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        show_remarks(read, remarks)
    if any(remark.grade == GRADES[0] for remark in remarks):
        raise typer.Exit(BREAKS)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A .toml file, or a directive of the world.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    world: options.World = options.DEFAULT_WORLD,
    as_json: AsJson = False,
) -> None:
    """Compare two directives in words: whom they reach, what they ask, how firmly, how they are watched.

    --json prints an object: a, b (their names), and differences (term, about, first,
    second).

    [bold]Example[/]

    discretion directive diff discretion-2011 review-2011
    """
    from experiments.drafting.comparing import differences
    from experiments.drafting.reading import directive_of
    from model.world.loader import load
    from viz.reports.drafting import difference_table

    typed = load(world)
    (one, with_one), (other, with_other) = directive_of(first, typed), directive_of(second, typed)
    found = differences(typed, with_one.directives[one], with_other.directives[other])
    if as_json:
        typer.echo(json.dumps({"a": one, "b": other, "differences": [part._asdict() for part in found]}, indent=2))
    elif found:
        out.print(difference_table(one, other, found))
    else:
        out.print(f"{bold(one)} and {bold(other)} ask the same, of the same, in the same way.")


@app.command()
def stack(
    scenario: options.Scenario,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day.")],
    office: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Only what this unit, agency or office sees.")
    ] = None,
    world: options.World = options.DEFAULT_WORLD,
    as_json: AsJson = False,
) -> None:
    """See what is in force on a day, who sees which, and what superseded what.

    --json prints an object: scenario, on, ended (what was in force before), and layers (unit,
    directive, start, asks, stages, offices, aware).

    [bold]Examples[/]

    discretion directive stack zero-tolerance-2018 --on 2018-05-10

    discretion directive stack zero-tolerance-2018 --on 2018-05-10 --office SDTX
    """
    from experiments.drafting.stacking import stack as layers
    from model.world.loader import load
    from viz.reports.drafting import show_stack

    typed = load(world)
    found = layers(typed, scenario, on.date(), office)
    if as_json:
        told = {"scenario": scenario, "on": str(on.date()), "ended": found.ended,
                "layers": [{**one._asdict(), "start": str(one.start)} for one in found.layers]}  # fmt: skip
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    show_stack(found)
