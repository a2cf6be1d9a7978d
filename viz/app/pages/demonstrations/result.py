"""What came out of a demonstration: the guesses, the model, and what happened, in one picture and one table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import solara

from experiments.demonstrations import BESIDE, SEEDS, scale_of, summary
from experiments.precomputed.demonstrated import stored
from model import __version__
from model.world.loader import load
from viz.app.chart_width import alone
from viz.app.controls import Table
from viz.app.demonstrations import Demonstration
from viz.app.figure import Figure, spec_of
from viz.app.jobs import Job
from viz.app.layout import element, look
from viz.app.pages.demonstrations.url_state import Guessed
from viz.charts import guesses_and_result
from viz.charts.guesses import WRONG, said
from viz.charts.theme import Legend


@dataclass(frozen=True, eq=False)
class Result:
    """A result, as `experiments.demonstrations.summary` gives it, and ``of`` what it is, in words."""

    table: pd.DataFrame
    of: str


def result_of(one: Demonstration, job: Job) -> Result | None:
    """What has been run here, or else what comes with the project; None where neither is there."""
    state = job.state.value
    if state.name == "done":
        return Result(state.result, f"Run here: {_seeds(list(SEEDS))}, {size(one)}; Discretion {__version__}.")
    return shipped(one)


def shipped(one: Demonstration) -> Result | None:
    """What comes with the project; None where nothing does."""
    known = stored(one.run)
    if known is None:
        return None
    made = f"Discretion {known.version}, world {known.of['content']}"
    of = f"Comes with the project: {_seeds(known.seeds)}, {size(one)}; {made}."
    return Result(summary(one.run, known.figures), of)


def size(one: Demonstration) -> str:
    """How much of the system is run, in words."""
    parts = round(1 / scale_of(one.run))
    return "every officer and every case" if parts == 1 else f"one officer in {parts}, and as many of the cases"


def _seeds(seeds: list[int]) -> str:
    return f"{len(seeds)} runs under seeds {seeds[0]} to {seeds[-1]}"


def told(one: Demonstration, table: pd.DataFrame) -> pd.DataFrame:
    """The figures that are asked for, in their order, with what they are called and what happened."""
    asked = {guess.key: guess for guess in one.predict}
    beside = BESIDE.get(one.run, {})
    rows = table.set_index("key").loc[list(asked)].reset_index()
    on_record = [asked[key].happened for key in rows["key"]]
    return rows.assign(
        label=[asked[key].short for key in rows["key"]],
        against=[asked[beside[key]].short if key in beside else "" for key in rows["key"]],
        happened=[np.nan if found.figure is None else found.figure / 100 for found in on_record],
        fails=[found.status == "fails" for found in on_record],
    )


@solara.component
def Picture(one: Demonstration, guess: tuple[Guessed, ...], found: Result, upto: int = 0) -> None:
    """The guesses, the model, and what happened: of the first so many figures, or of all."""
    legend = solara.use_memo(lambda: Legend.of_world(load()), [])
    width = min(820, alone(look.value.width))
    rows = solara.use_memo(lambda: told(one, found.table).head(upto or len(one.predict)), [id(found.table), upto])
    guessed = [(asked.short, by.who, value / 100) for by in guess
               for asked, value in zip(one.predict[: len(rows)], by.values, strict=False)]  # fmt: skip
    guesses = pd.DataFrame(guessed, columns=["label", "who", "value"])
    spec = solara.use_memo(
        lambda: spec_of(guesses_and_result(rows, guesses, list(rows["label"]), width)), [id(rows), guess, width]
    )
    Figure(spec, f"demonstration-{one.run}", f"{one.title}: guesses, model, and what happened", lambda: rows, legend,
           notes=[found.of], finding=one.take.sentence)  # fmt: skip
    element("p", found.of, classes="d-hint")


@solara.component
def Happened(one: Demonstration) -> None:
    """What happened, figure by figure, with its source and how far the model may be believed there."""
    notes: dict[str, list[str]] = {}
    for asked in one.predict:
        notes.setdefault(f"{asked.happened.note} {STATUS[asked.happened.status]}".strip(), []).append(asked.short)
    element("h3", "What happened")
    with element("dl", classes="d-happened"):
        for note, names in notes.items():
            element("dt", "; ".join(names))
            element("dd", note)


STATUS = {
    "": "", "fitted": "The model was fitted to it: that they agree is no evidence.",
    "holds": "The model was not fitted to it, and comes out near it.",
    "fails": "Here the model is known to be wrong; its figure is not taught as a result.",
}  # fmt: skip


@solara.component
def Figures(one: Demonstration, guess: tuple[Guessed, ...], found: Result) -> None:
    """The same as a table."""
    rows = told(one, found.table).to_dict("records")
    columns = {"ask": "Asked", "happened": "What happened", "model": "Model: of 100 (90% of the runs)",
               **{str(at): by.who for at, by in enumerate(guess)}}  # fmt: skip
    table = [
        [row["label"], "not on record" if pd.isna(row["happened"]) else f"{100 * row['happened']:g}",
         said(row["median"], row["low"], row["high"]) + (f": {WRONG}" if row["fails"] else ""),
         *(f"{by.values[at]}" if at < len(by.values) else "" for by in guess)]
        for at, row in enumerate(rows)
    ]  # fmt: skip
    with element("details"):
        element("summary", "The same in figures")
        Table("Guessed, and come out", columns, table, list(columns)[1:])
