"""The teacher's sheet of a demonstration: fifty minutes on paper."""

from collections.abc import Callable, Sequence

import solara

from viz.app.controls import Button, Print, Table
from viz.app.demonstrations import Demonstration
from viz.app.layout import element
from viz.app.pages.demonstrations.build import Bought
from viz.app.pages.demonstrations.result import Happened, shipped, told
from viz.charts.guesses import WRONG, said

PLAN = (
    (5, "Set the stage", "Read or tell what is below under Say. Give nothing of the result away."),
    (
        8,
        "Predict",
        "Everybody sets every slider, on their own phone where there is a room for the class (discretion class); "
        "take a few guesses aloud, and ask for one reason each.",
    ),
    (
        7,
        "Reveal",
        "One figure at a time: in the room after Close the guesses, on one screen by the button at the step Run.",
    ),
    (
        10,
        "Explain",
        "Two mechanisms at most; open one of the linked pages. From the room, Go on in the app leads here, with the "
        "median of the class as its guess.",
    ),
    (15, "Discuss", "In pairs first; one of the three questions is enough."),
    (5, "Take home", "Read the sentence, ask the question, hand out the card."),
)
"""Minutes, step, and what is done in it: fifty minutes in all."""


@solara.component
def Sheet(one: Demonstration, back: Callable[[], None]) -> None:
    """What to say, when to stop, which guesses to expect, and the sources."""
    with element("section", classes="d-panel d-sheet"):
        with element("div", classes="d-row"):
            element("h2", f"Teacher's sheet: {one.title}")
            Print(label="Print this sheet")
            with element("span", classes="d-unprinted"):
                Button("To the demonstration", back)
        element("p", one.question, classes="d-question")
        _Plan()
        _Part("Say", one.stage.text)
        _Asked(one)
        _Part("Expect", [f"{one.teach.expect} (Our expectation; no class has been counted.)"])
        _Part("Stop", [one.teach.stop])
        _Part("Reveal", one.reveal.text)
        if one.build and (known := shipped(one)):
            Bought(known)
        Happened(one)
        _Part("Explain", one.explain.text)
        element("h3", "Discuss")
        with element("ol"):
            for asked in one.discuss:
                element("li", f"{asked.question} {asked.passage} ({asked.source})")
        _Part("Take home", [one.take.sentence, one.take.question])


@solara.component
def _Plan() -> None:
    rows, begin = [], 0
    for minutes, step, what in PLAN:
        rows.append([f"{begin} to {begin + minutes}", step, what])
        begin += minutes
    Table(f"{begin} minutes", {"minutes": "Minutes", "step": "Step", "what": "What is done"}, rows)


@solara.component
def _Part(title: str, paragraphs: Sequence[str]) -> None:
    element("h3", title)
    for paragraph in paragraphs:
        element("p", paragraph)


@solara.component
def _Asked(one: Demonstration) -> None:
    known = shipped(one)
    found = told(one, known.table).set_index("key") if known else None
    columns = {"ask": "Ask", "model": "The model, of 100"}
    rows = []
    for asked in one.predict:
        figure = "" if found is None else said(*found.loc[asked.key, ["median", "low", "high"]])
        rows.append([asked.ask, WRONG if asked.happened.status == "fails" else figure])
    Table("What is guessed", columns, rows, ["model"])
