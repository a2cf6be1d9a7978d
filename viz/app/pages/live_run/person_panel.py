"""The person picked in the hierarchy: leaning, pressure, what has reached them, and their record."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from experiments.staff import unit_title
from model.schema import World
from viz.app.address import Kept
from viz.app.controls import Choice, Table
from viz.app.layout import element
from viz.app.pages.live_run.frame import Screen
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.watched_run import Staff

NOBODY = ""


@solara.component
def Who(kept: Kept[Shown], screen: Screen, world: World) -> None:
    """A panel about the person picked, and the way to pick somebody without a mouse."""
    here, shown = screen.who.value, screen.people.value
    if shown is None:
        return
    with element("section", classes="d-panel"):
        element("h2", "Who is this?")
        _Pick(kept, here, shown.staff, world)
        if here is None:
            element("p", "Click on somebody in the hierarchy, or choose an office here.", classes="d-hint")
        else:
            _Facts(here, world)


@solara.component
def _Pick(kept: Kept[Shown], here: dict[str, Any] | None, staff: Staff, world: World) -> None:
    places = solara.use_memo(lambda: _places(staff.table, world), [staff])
    place = f"{here['unit']}: {here['office']}" if here and here["office"] else NOBODY

    def there(chosen: str) -> pd.DataFrame:
        return staff.table[staff.table["unit"] + ": " + staff.table["office"] == chosen]

    def enter(chosen: str) -> None:
        rows = there(chosen)
        kept.change(who=str(rows["id"].iloc[0]) if len(rows) else NOBODY)

    with element("div", classes="d-row"):
        Choice("Office", place, enter, {NOBODY: "nobody", **places})
        if here and place:
            names = {str(row["id"]): _named(row) for row in there(place).to_dict("records")}
            Choice("Person", here["id"], kept.changer("who"), names)


def _places(people: pd.DataFrame, world: World) -> dict[str, str]:
    """Every office with what it is called."""
    offices = people[people["office"] != ""].drop_duplicates(["unit", "office"])
    return {f"{unit}: {office}": f"{unit_title(world, unit)}: {office}"
            for unit, office in zip(offices["unit"], offices["office"], strict=True)}  # fmt: skip


def _named(row: Mapping[Any, Any]) -> str:
    title = str(row["title"]).split(",")[0]
    return f"{title} {row['id']}" if row["kind"] == "officer" else title


@solara.component
def _Facts(here: dict[str, Any], world: World) -> None:
    manager = here["kind"] == "manager"
    leaning = f"{here['culture']:+.2f} log-odds, towards {'leniency' if here['culture'] > 0 else 'enforcement'}"
    facts = {
        "Who": here["title"] if manager else f"{here['title']}, {here['office']}",
        "Leaning": leaning,
        "What is counted": f"takes {here['numbers']:.0%} of this manager's attention" if manager
        else f"a pressure of {here['numbers']:.2f} (0 is none, above 1 is strong)",
    }  # fmt: skip
    for name, reached in here["exposure"].items():
        facts[world.directives[name].title] = f"{reached:.0%} of it has reached this person"
    if not manager:
        facts["Backlog"] = f"{here['backlog']:.1f} months of work"
        facts["Own decisions, lately"] = (
            f"{here['lenient']:.1f} lenient, where an average officer of the unit would have had {here['expected']:.1f}"
        )
    if here["leaning"] is not None and here["office"]:
        facts["Office"] = f"{here['officers']} officers, leaning {here['leaning']:+.2f} on average"
    with element("dl", classes="d-facts"):
        for title, text in facts.items():
            element("dt", title)
            element("dd", text)
    if here["decided"] is not None:
        rows = [[world.stages[str(row.stage)].title, f"{row.decided:,}", f"{row.rate:.1%}"]
                for row in here["decided"].itertuples()]  # fmt: skip
        columns = {"stage": "Decision", "decided": "Decided", "rate": "Favourable"}
        Table("What the office has decided since the first day", columns, rows, ["decided", "rate"],
              empty="Nothing yet.")  # fmt: skip
