"""The tables and the words of ``discretion explain --twin``: one decision in two worlds."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from experiments.twin.join import REROUTED
from experiments.twin.replay import Decided, Replay
from model.rule.terms import TERM_PHRASES
from model.schema import World
from viz.reports.console import out, table
from viz.reports.explanation import facts
from viz.reports.figures import percent

SAME = 5e-4
"""Log-odds below which two parts are shown as alike."""


def entry(found: Replay, side: Decided, title: str, world: World) -> dict[str, Any]:
    """One world's decision as `viz.charts.waterfall.two_worlds` takes it."""
    stage = world.stages[found.key[3]]
    law = {"title": side.law, "must": "favourable" if side.bound > 0 else "unfavourable"} if side.bound else None
    return {
        "title": title, "agency": world.agencies[side.unit.split(".")[0]].title, "unit": side.unit,
        "labels": {str(outcome): label for outcome, label in stage.labels.items()}, "notice": side.notice,
        "judgment": side.judgment, "probability": side.probability, "threshold": side.threshold,
        "terms": dict(side.terms), "law": law,
    }  # fmt: skip


def show(found: Replay, row: Mapping[Any, Any], differ: list[str], world: World) -> None:
    """Who it is about, how it was decided in each world, and what the flip table says of it."""
    stage = world.stages[found.key[3]]
    what = f"{escape(stage.title)}, seed {row['seed']}, with and without {', '.join(differ)}"
    out.print(f"[bold]Flip {row['flip']}[/]  {what}\n")
    out.print(f"[dim]{escape(facts(found.person, world))}[/]\n")
    out.print(_decisions(found, world), "")
    out.print(_terms(found), "")
    out.print(in_words(found, row), markup=False)


def _decisions(found: Replay, world: World) -> Table:
    labels = world.stages[found.key[3]].labels
    shown = table("Decision in both worlds", "", "without", "with", right=2)
    sides = (found.without, found.with_it)

    def line(name: str, *values: str | Text) -> None:
        shown.add_row(name, *values)

    line("day", *(f"{side.day:%d %b %Y}" for side in sides))
    line("desk", *(f"{side.office}, {side.unit} {side.officer + 1}" for side in sides))
    line("chance to be looked at", *(percent(side.notice) for side in sides))
    line(f"  the case's draw: {found.notice_draw:.4f}", *(_drawn(found.notice_draw < side.notice) for side in sides))
    line("chance once looked at", *(percent(side.judgment) for side in sides))
    line(f"  the case's draw: {found.judge_draw:.4f}", *(_drawn(found.judge_draw < side.judgment) for side in sides))
    if any(side.law for side in sides):
        line("bound by law", *(side.law or "-" for side in sides))
    line("chance in all", *(Text(percent(side.probability), "bold") for side in sides))
    outcomes = (labels["favourable" if side.favourable else "unfavourable"] for side in sides)
    line("outcome", *(Text(outcome, "bold") for outcome in outcomes))
    line("goes to", *(side.to for side in sides))
    return shown


def _drawn(below: bool) -> str:
    return "below: yes" if below else "above: no"


def _terms(found: Replay) -> Table:
    shown = table("Terms of the rule (log-odds)", "", "without", "with", "difference", right=3)
    here, there = found.with_it, found.without
    shown.add_row("starting point", f"{there.threshold:+.3f}", f"{here.threshold:+.3f}", _apart(0.0))
    for term, title in TERM_PHRASES.items():
        shown.add_row(title, *_figures(there.terms[term], here.terms[term]))
        if abs(here.terms[term] - there.terms[term]) >= SAME:
            for name, without, with_it in _parts(found, term):
                shown.add_row(Text(f"  {name}", "dim"), *_figures(without, with_it))
    sums = [side.threshold + sum(side.terms.values()) for side in (there, here)]
    shown.add_row(Text("sum", "bold"), *_figures(*sums))
    return shown


def _parts(found: Replay, term: str) -> Iterator[tuple[str, float, float]]:
    """The parts of a term that differ between the worlds."""
    here = {part.title: part.adds for part in found.with_it.details[term]}
    there = {part.title: part.adds for part in found.without.details[term]}
    for title in dict.fromkeys([*there, *here]):
        without, with_it = there.get(title, 0.0), here.get(title, 0.0)
        if abs(with_it - without) >= SAME:
            yield title, without, with_it


def _figures(without: float, with_it: float) -> tuple[str, str, Text]:
    return f"{without:+.3f}", f"{with_it:+.3f}", _apart(with_it - without)


def _apart(difference: float) -> Text:
    if abs(difference) < SAME:
        return Text("0", "dim")
    return Text(f"{difference:+.3f}", "green" if difference > 0 else "red")


def in_words(found: Replay, row: Mapping[Any, Any]) -> str:
    """What the flip table says of the decision, in sentences."""
    if row["kind"] == REROUTED:
        return (
            f"The same outcome, but the case went to {found.with_it.to} and not to {found.without.to}: what stood open "
            "to it had changed. A ripple of what came before."
        )
    named = TERM_PHRASES.get(row["term"], row["term"])
    before, alone = row["p_without"], row["p_without"] + row["moved"]
    said = (
        f"What moves it furthest is {named}: put as it is with the directives, while all else stays as without them, "
        f"the chance goes from {percent(before)} to {percent(alone)}."
    )
    if row["cause"] == "direct":
        return f"{said} Direct: the directives' own words, orders and counts alone carry the draw across the line."
    return f"{said} A ripple: it takes something that they had moved before (backlog, pressure, custody)."
