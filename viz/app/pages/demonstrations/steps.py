"""The six steps of a demonstration."""

from functools import partial

import pandas as pd
import solara

from experiments.demonstrations import SEEDS, demonstrate, scale_of
from model.world.loader import load
from viz.app.address import Kept
from viz.app.chart_width import alone
from viz.app.controls import Button, Entry, Slider, Table, Working
from viz.app.demonstrations import Demonstration, Text
from viz.app.figure import Figure, spec_of
from viz.app.jobs import Job
from viz.app.layout import Link, element, look
from viz.app.pages.demonstrations.url_state import LONGEST_NAME, MOST_GUESSES, Guessed, Shown
from viz.app.reproduce import Repeat, python
from viz.charts import guesses_and_result
from viz.charts.guesses import said
from viz.charts.theme import Legend


def run(name: str, progress: object) -> pd.DataFrame:
    """A demonstration's experiment, as a piece of work."""
    return demonstrate(name, progress=progress)  # type: ignore[arg-type]


@solara.component
def _Paragraphs(text: Text) -> None:
    with element("div", classes="d-text"):
        element("p", f"About {text.minutes} minutes.", classes="d-hint")
        for paragraph in text.text:
            element("p", paragraph)
        if text.link:
            Link(text.link, children=[text.link_text])


@solara.component
def Stage(one: Demonstration) -> None:
    """What the class has to know."""
    _Paragraphs(one.stage)


@solara.component
def Predict(kept: Kept[Shown], one: Demonstration) -> None:
    """Everybody commits a guess before anything is run."""
    values, set_values = solara.use_state(tuple(50 for _ in one.predict))
    who, set_who = solara.use_state("")
    shown = kept.now

    def put(at: int, value: float) -> None:
        set_values(tuple(int(value) if place == at else old for place, old in enumerate(values)))

    def commit() -> None:
        name = who.strip()[:LONGEST_NAME] or f"guess {len(shown.guess) + 1}"
        kept.change(guess=(*shown.guess, Guessed(name, values)))
        set_who("")

    with element("div", classes="d-text"):
        element("p", "About two minutes. Those who have guessed remember the result. On one screen, take several "
                "guesses in turn; on phones, everybody has their own.", classes="d-hint")  # fmt: skip
        for at, asked in enumerate(one.predict):
            Slider(asked.ask, values[at], partial(put, at), 0, asked.high, 1, "of 100")
        with element("div", classes="d-row"):
            Entry("Whose guess is it? (may be left empty)", who, set_who)
            Button("Commit this guess", commit, main=True, disabled=len(shown.guess) >= MOST_GUESSES)
        if shown.guess:
            columns = {"who": "Guess of", **{guess.key: guess.short for guess in one.predict}}
            rows = [[guess.who, *(f"{value}" for value in guess.values)] for guess in shown.guess]
            Table("Committed", columns, rows, [guess.key for guess in one.predict])
            Button("Take the last one back", lambda: kept.change(guess=shown.guess[:-1]))


@solara.component
def Run(one: Demonstration, job: Job) -> None:
    """The experiment, run before everybody's eyes."""
    state = job.state.value
    with element("div", classes="d-text"):
        element("p", f"The agencies are run {len(SEEDS)} times, each time under another random seed: other people "
                f"come, and fall to other desks. One officer in {round(1 / scale_of(one.run))} is drawn, and as many "
                "of the cases.")  # fmt: skip
        if state.name == "done":
            element("p", "The runs are done; the result is on the next step.", role="status")
        else:
            Working(job, "Running the agencies", lambda: job.begin(run, one.run), "Run it")


@solara.component
def Reveal(one: Demonstration, shown: Shown, job: Job) -> None:
    """The result, and the guesses beside it."""
    state = job.state.value
    _Paragraphs(one.reveal)
    if state.name != "done":
        element("div", "There is nothing to reveal before it has been run.", classes="d-empty")
        Working(job, "Running the agencies", lambda: job.begin(run, one.run), "Run it now")
        return
    _Result(one, shown, state.result)
    Repeat(
        {"In Python": python("from experiments.demonstrations import demonstrate", "result = demonstrate", [one.run])}
    )


@solara.component
def _Result(one: Demonstration, shown: Shown, result: pd.DataFrame) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(load()), [])
    asks = {asked.key: asked.short for asked in one.predict}
    found = result.set_index("key").loc[list(asks)].reset_index().assign(label=lambda rows: rows["key"].map(asks))
    rows = [(asked.short, guess.who, value / 100) for guess in shown.guess
            for asked, value in zip(one.predict, guess.values, strict=False)]  # fmt: skip
    guesses = pd.DataFrame(rows, columns=["label", "who", "value"])
    width = min(820, alone(look.value.width))
    order = list(asks.values())
    spec = solara.use_memo(
        lambda: spec_of(guesses_and_result(found, guesses, order, width)), [id(result), shown.guess, width]
    )
    with element("div"):
        Figure(spec, f"demonstration-{one.run}", "What was guessed, and what came out", lambda: found, legend)
    with element("details"):
        element("summary", "The same in figures")
        columns = {
            "ask": "Asked",
            "model": "Model: of 100 (90% of the runs)",
            **{str(at): guess.who for at, guess in enumerate(shown.guess)},
        }
        table = [
            [row["label"], said(row["median"], row["low"], row["high"]), *(_of(guess, at) for guess in shown.guess)]
            for at, row in enumerate(found.to_dict("records"))
        ]
        Table("Guessed, and come out", columns, table, list(columns)[1:])


def _of(guess: Guessed, at: int) -> str:
    """What was guessed for the figure in that place, if anything was."""
    return f"{guess.values[at]}" if at < len(guess.values) else ""


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
                element("p", asked.passage)
                element("p", asked.source, classes="d-hint")
