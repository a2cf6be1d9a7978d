"""The steps of a demonstration."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import solara

from experiments.demonstrations import SEEDS, demonstrate
from viz.app.address import Kept
from viz.app.controls import Button, Entry, Print, Slider, Table, Working
from viz.app.demonstrations import Demonstration, Text
from viz.app.jobs import Job
from viz.app.layout import Link, element, explained
from viz.app.pages.demonstrations.pictures import Own
from viz.app.pages.demonstrations.result import Figures, Happened, Picture, result_of, size
from viz.app.pages.demonstrations.url_state import LONGEST_NAME, MOST_GUESSES, REVEAL, Guessed, Shown
from viz.app.reproduce import Repeat, python


def run(name: str, progress: object) -> pd.DataFrame:
    """A demonstration's experiment, as a piece of work."""
    return demonstrate(name, progress=progress)  # type: ignore[arg-type]


@solara.component
def _Paragraphs(text: Text) -> None:
    with element("div", classes="d-text"):
        element("p", f"About {text.minutes} minutes.", classes="d-hint")
        for paragraph in text.text:
            element("p", *explained(paragraph))
        if text.link:
            Link(text.link, children=[text.link_text])


@solara.component
def Stage(one: Demonstration) -> None:
    """What the class has to know."""
    _Paragraphs(one.stage)


@solara.component
def First(to_predict: Callable[[], None]) -> None:
    """In the place of whatever would give the result away before anybody has guessed."""
    with element("div", classes="d-empty"):
        element("p", "Guess first: those who have guessed remember the result.")
        Button("To the guesses", to_predict, main=True)


@solara.component
def Predict(kept: Kept[Shown], one: Demonstration) -> None:
    """Everybody commits a guess before anything is run."""
    nowhere: tuple[int | None, ...] = tuple(None for _ in one.predict)
    values, set_values = solara.use_state(nowhere)
    who, set_who = solara.use_state("")
    shown = kept.now

    def put(at: int, value: float) -> None:
        set_values(lambda old: tuple(int(value) if place == at else one for place, one in enumerate(old)))

    def commit() -> None:
        name = who.strip()[:LONGEST_NAME] or f"guess {len(shown.guess) + 1}"
        kept.change(guess=(*shown.guess, Guessed(name, tuple(value for value in values if value is not None))))
        set_who("")
        set_values(nowhere)

    with element("div", classes="d-text"):
        element("p", "About two minutes. Those who have guessed remember the result. On one screen, take several "
                "guesses in turn; on phones, everybody has their own.", classes="d-hint")  # fmt: skip
        for at, asked in enumerate(one.predict):
            Slider(asked.ask, values[at], partial(put, at), 0, asked.high, 1, "of 100")
        missing = sum(value is None for value in values)
        with element("div", classes="d-row"):
            Entry("Whose guess is it? (may be left empty)", who, set_who)
            Button("Commit this guess", commit, main=True, disabled=missing > 0 or len(shown.guess) >= MOST_GUESSES)
        element("p", f"{missing} of {len(values)} still to be set." if missing else "", classes="d-hint", role="status")
        if shown.guess:
            columns = {"who": "Guess of", **{guess.key: guess.short for guess in one.predict}}
            rows = [[guess.who, *(f"{value}" for value in guess.values)] for guess in shown.guess]
            Table("Committed", columns, rows, [guess.key for guess in one.predict])
            with element("div", classes="d-row"):
                Button("Take the last one back", lambda: kept.change(guess=shown.guess[:-1]))
                Button("Begin with another class", lambda: kept.change(guess=(), built=()))


@solara.component
def Run(kept: Kept[Shown], one: Demonstration, job: Job) -> None:
    """What has been run, and the way to run it again before everybody's eyes."""
    found = result_of(one, job)
    with element("div", classes="d-text"):
        element("p", f"The agencies are run {len(SEEDS)} times, each time under another random seed: other people "
                f"come, and fall to other desks. They are run with {size(one)}.")  # fmt: skip
        if found is not None:
            element("p", f"{found.of} The result is on the next step.", role="status")
            Button("Reveal it one figure at a time", lambda: kept.change(step=REVEAL, upto=1))
        Working(job, "Running the agencies", lambda: job.begin(run, one.run),
                "Run it" if found is None else "Run it again, here")  # fmt: skip


@solara.component
def Reveal(kept: Kept[Shown], one: Demonstration, job: Job) -> None:
    """The result, what happened, and the guesses beside them."""
    found, shown = result_of(one, job), kept.now
    if not shown.upto:
        _Paragraphs(one.reveal)
    if found is None:
        element("div", "There is nothing to reveal before it has been run.", classes="d-empty")
        Working(job, "Running the agencies", lambda: job.begin(run, one.run), "Run it now")
        return
    Picture(one, shown.guess, found, shown.upto)
    if shown.upto:
        Button("Reveal the next figure", lambda: kept.change(upto=(shown.upto + 1) % len(one.predict)), main=True)
        return
    Own(kept, one, found)
    Happened(one)
    Figures(one, shown.guess, found)
    Link("/about", children=["How it works, and how far to trust it"])
    Repeat(
        {"In Python": python("from experiments.demonstrations import demonstrate", "result = demonstrate", [one.run])}
    )


@solara.component
def Explain(one: Demonstration) -> None:
    """Why it came out like this, and where to look on."""
    _Paragraphs(one.explain)


@solara.component
def Discuss(one: Demonstration) -> None:
    """Three questions, each with the passage it rests on."""
    with element("ol", classes="d-text d-discuss"):
        for asked in one.discuss:
            with element("li"):
                element("p", asked.question, classes="d-question")
                element("p", *explained(asked.passage))
                element("p", asked.source, classes="d-hint")


@solara.component
def TakeHome(one: Demonstration, shown: Shown, job: Job) -> None:
    """A card: one sentence, one picture, one question; it prints on a page."""
    found = result_of(one, job)
    with element("div", classes="d-take"):
        element("p", one.title, classes="d-kicker")
        element("p", one.take.sentence, classes="d-question")
        if found is not None:
            Picture(one, shown.guess, found)
        element("p", "A question to take home", classes="d-kicker")
        element("p", one.take.question, classes="d-question")
    with element("div", classes="d-row"):
        Print(label="Print this card")
