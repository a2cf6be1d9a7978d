"""A draft looked over, two directives beside each other, and what is in force on a day, on a terminal."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table

from experiments.drafting.comparing import Difference
from experiments.drafting.reading import Draft
from experiments.drafting.remark import GRADES, Remark
from experiments.drafting.stacking import Stack
from viz.reports.console import bold, literal, out, table
from viz.reports.figures import percent

COLOURS = dict(zip(GRADES, ("red", "yellow", "cyan"), strict=True))


def show_remarks(draft: Draft, remarks: Sequence[Remark]) -> None:
    """Print the remarks on a draft, and how many there are of each grade."""
    out.print(f"{bold(draft.name)}, {draft.directive.start}, among what is in force in {bold(draft.scenario)}")
    for remark in remarks:
        out.print(f"\n[{COLOURS[remark.grade]}]{remark.grade}[/]  {bold(remark.rule)}: {literal(remark.what)}")
        out.print(Padding(literal(remark.why), (0, 0, 0, 2)))
        out.print(Padding(literal(remark.instead), (0, 0, 0, 2)))
        for line in remark.example.splitlines():
            out.print(f"  {literal(line)}", style="dim", soft_wrap=True)
    counts = [f"{sum(remark.grade == grade for remark in remarks)} {grade}" for grade in GRADES]
    out.print(f"\n{', '.join(counts)}." if remarks else "\nNothing to remark.")


def difference_table(first: str, second: str, found: Sequence[Difference]) -> Table:
    """Where two directives part."""
    shown = table("Where they part", "about", "term", first, second)
    about = ""
    for one in found:
        shown.add_row("" if one.about == about else one.about, one.term.replace("_", " "), one.first, one.second)
        about = one.about
    return shown


def show_stack(found: Stack) -> None:
    """Print who sees which directive, and which have ended."""
    unit = ""
    for one in found.layers:
        if one.unit != unit:
            out.print(bold(one.unit))
        unit = one.unit
        heard = percent(one.aware)
        out.print(f"  {literal(one.directive)}, since {one.start}: {one.asks}, {heard} aware")
        where = f"offices: {', '.join(one.offices)}" if one.offices else "all offices"
        out.print(Padding(literal(f"{', '.join(one.stages)}; {where}"), (0, 0, 0, 6)), style="dim")
    for name, why in found.ended.items():
        out.print(f"{bold(name)}: {literal(why)}")
    if not found.layers:
        out.print("Nothing is in force there.")
