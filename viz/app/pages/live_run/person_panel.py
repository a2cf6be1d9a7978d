"""The person picked in the hierarchy: leaning, pressure, what has reached them, and their record."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from viz.app.address import Kept
from viz.app.controls import Choice, Table
from viz.app.layout import element
from viz.app.pages.live_run.frame import Screen
from viz.app.pages.live_run.url_state import Shown

NOBODY = ""


@solara.component
def Who(kept: Kept[Shown], screen: Screen) -> None:
    """A panel about the person picked, and the way to pick somebody without a mouse."""
    here, shown = screen.who.value, screen.people.value
    if shown is None:
        return
    with element("section", classes="d-panel"):
        element("h2", "Who is this?")
        _Pick(kept, here, shown.staff.table)
        if here is None:
            element("p", "Click on somebody in the hierarchy, or choose an office here.", classes="d-hint")
        else:
            _Facts(here)


@solara.component
def _Pick(kept: Kept[Shown], here: dict[str, Any] | None, people: pd.DataFrame) -> None:
    where = people["unit"] + ": " + people["office"]
    places = {text: text for text in where[people["office"] != ""].unique()}
    place = f"{here['unit']}: {here['office']}" if here and here["office"] else NOBODY
    mates = people[where == place]

    def enter(chosen: str) -> None:
        rows = people[where == chosen]
        kept.change(who=str(rows["id"].iloc[0]) if len(rows) else NOBODY)

    with element("div", classes="d-row"):
        Choice("Office", place, enter, {NOBODY: "nobody", **places})
        if len(mates):
            names = {str(row["id"]): _named(row) for row in mates.to_dict("records")}
            Choice("Person", here["id"] if here else NOBODY, kept.changer("who"), names)


def _named(row: Mapping[Any, Any]) -> str:
    title = str(row["title"]).split(",")[0]
    return f"{title} {row['id']}" if row["kind"] == "officer" else title


@solara.component
def _Facts(here: dict[str, Any]) -> None:
    manager = here["kind"] == "manager"
    leaning = f"{here['culture']:+.2f} log-odds, towards {'leniency' if here['culture'] > 0 else 'enforcement'}"
    facts = {
        "Who": here["title"] if manager else f"{here['title']}, {here['office']}",
        "Leaning": leaning,
        "Numbers": f"take {here['numbers']:.0%} of this manager's emphasis" if manager
        else f"press with {here['numbers']:.2f} (0 none; above 1 strong)",
    }  # fmt: skip
    for name, reached in here["exposure"].items():
        facts[f"Reached by {name}"] = f"{reached:.0%}"
    if not manager:
        facts["Backlog"] = f"{here['backlog']:.1f} months of work"
        facts["Own record, lately"] = f"{here['lenient']:.1f} lenient; the unit would have made {here['expected']:.1f}"
    if here["leaning"] is not None and here["office"]:
        facts["Office"] = f"{here['officers']} officers, leaning {here['leaning']:+.2f} on average"
    with element("dl", classes="d-facts"):
        for title, text in facts.items():
            element("dt", title)
            element("dd", text)
    if here["decided"] is not None:
        rows = [[str(row.stage), f"{row.decided:,}", f"{row.rate:.1%}"] for row in here["decided"].itertuples()]
        columns = {"stage": "Decision", "decided": "Decided", "rate": "Favourable"}
        Table("What the office has decided since the first day", columns, rows, ["decided", "rate"],
              empty="Nothing yet.")  # fmt: skip
