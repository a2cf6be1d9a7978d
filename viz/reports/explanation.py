"""The tables, the words and the chart of ``discretion explain``."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from experiments.result_folder import unwritable
from model.errors import InputError
from model.explain import Explanation
from model.rule.terms import TERM_PHRASES
from model.schema import CaseFile, Person, World
from model.schema.phrases import listed, signed
from viz.charts.save import FORMATS, save
from viz.charts.theme import Legend
from viz.charts.waterfall import waterfall
from viz.reports.console import bold, out, table
from viz.reports.figures import percent


def show(found: Sequence[Explanation], file: CaseFile, closed: Sequence[str], world: World) -> None:
    """Who it is about, where they stand, why, and what would turn it."""
    first = found[0]
    out.print(f"{bold(file.title)}  on {first.on:%d %B %Y}, under {escape(first.scenario)}\n")
    out.print(escape(file.story))
    out.print(f"[dim]{escape(facts(file.person, world))}\n{escape(file.source)}[/]\n")
    out.print(_standing(found))
    out.print()
    for stage in closed:
        out.print(f"[dim]{escape(world.stages[stage].title)}: not open, no directive in effect opens it.[/]\n")
    out.print(_terms(found))
    out.print()
    for one in found:
        colour = world.agencies[one.unit.split(".")[0]].colour
        out.print(f"[bold {colour}]{escape(one.agency)}[/]  {bold(one.title)}")
        out.print(Padding(escape(one.words), (0, 0, 0, 2)))
        out.print(Padding(f"[italic]{escape(one.flip.sentence)}[/]", (0, 0, 1, 2)))


def facts(person: Person, world: World) -> str:
    """What is known of a person, in a sentence or two."""
    words = world.words
    years = person.age - person.entry_age
    seen = [words.equities[name].said for name in person.documented]
    unseen = [words.equities[name].said for name in person.equities if name not in person.documented]
    held = "detained, as a statute requires" if person.mandatory else "detained"
    parts = [
        f"Aged {person.age}, here for {years} years",
        words.levels[person.level],
        *_before(person, world),
        "with a lawyer" if person.lawyer else "without a lawyer",
        held if person.detained else "not detained",
    ]
    papers = f"On paper: {listed(seen)}." if seen else "Nothing that speaks for leniency is on paper."
    true = f" True but not on paper: {listed(unseen)}." if unseen else ""
    return f"{'; '.join(parts)}. {papers}{true}"


def _before(person: Person, world: World) -> list[str]:
    """How often what may have happened before has happened."""
    told = [
        f"{number.title[0].lower()}{number.title[1:]}: {n}" if (n := person.numbers.get(name, 0)) else number.never
        for name, number in world.words.numbers.items()
    ]
    return [words for words in told if words]


def _standing(found: Sequence[Explanation]) -> Table:
    shown = table(
        "Chance of a favourable decision: typical officer, and range of 80% of officers",
        "agency", "decision", "favourable", "bound by law", "looked at", "then", "chance", "range", right=4,
    )  # fmt: skip
    for one in found:
        law = one.law.id if one.law else ""
        spread = "" if one.law else f"{percent(one.spread.low)} to {percent(one.spread.high)}"
        shown.add_row(
            one.agency, one.title, one.labels["favourable"], law, percent(one.notice), percent(one.judgment),
            Text(percent(one.probability), "bold"), spread,
        )  # fmt: skip
    return shown


def _terms(found: Sequence[Explanation]) -> Table:
    shown = table("Terms of the rule (log-odds)", "", *(one.stage for one in found), right=len(found))
    shown.add_row("starting point", *(signed(one.threshold) for one in found))
    for term, title in TERM_PHRASES.items():
        shown.add_row(title, *(_coloured(one.terms[term]) for one in found))
    shown.add_row("sum", *(Text(signed(one.threshold + sum(one.terms.values())), "bold") for one in found))
    return shown


def _coloured(adds: float) -> Text:
    text = signed(adds)
    return Text(text, "dim" if text == "0.0" else "green" if adds > 0 else "red")


def chart_place(chart: Path | None, case: str) -> Path:
    """Where the chart goes, if it can go there."""
    place = chart or Path("results") / f"explain-{Path(case).stem}.html"
    if place.suffix not in FORMATS:
        raise InputError(
            "not a kind of chart", where="--chart", found=place.suffix or place.name, allowed=", ".join(FORMATS)
        )
    above = next(parent for parent in place.resolve().parents if parent.exists())
    if place.is_dir() or not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise unwritable(place, PermissionError(13, os.strerror(13)))
    return place


def draw(found: Sequence[Explanation], file: CaseFile, world: World, place: Path) -> None:
    """Draw the chart of an explanation."""
    when = f"On {found[0].on:%d %B %Y}, under {found[0].scenario}"
    notes = [f"{when}. One rule decides for all; agencies differ in their data alone."]
    drawn(waterfall([one.as_json() for one in found], Legend.of_world(world), file.title, notes), place)


def drawn(chart: Any, place: Path) -> None:
    """Write a chart, whole or not at all."""
    part = place.with_name(f".{uuid4().hex[:8]}{place.suffix}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        save(chart, part)
        part.replace(place)
    except OSError as error:
        raise unwritable(place, error) from None
    finally:
        part.unlink(missing_ok=True)
