"""The guesses of a class as a table to keep."""

import csv
import io

from viz.app.classroom.answers import answers
from viz.app.classroom.room import Room
from viz.app.demonstrations import demonstrations

COLUMNS = (
    "round",
    "demonstration",
    "figure",
    "asked",
    "phone",
    "guess",
    "model",
    "model_low",
    "model_high",
    "happened",
)


def table(room: Room) -> str:
    """One row a guess of a figure, as CSV.

    ``phone`` is a label drawn at random when the phone joined, and tells only which guesses came from one phone.
    Guesses and figures are in percent, and ``happened`` is empty where nothing is on record.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for number, one in enumerate(room.rounds, start=1):
        asked = list(zip(demonstrations()[one.name].predict, answers(one.name), strict=True))
        for token, values in one.guesses.items():
            for (question, known), value in zip(asked, values, strict=True):
                found = (known.model, known.low, known.high, known.happened)
                figures = ["" if figure is None else f"{figure:.4g}" for figure in found]
                rows.writerow([number, one.name, question.key, question.ask, room.phones[token], value, *figures])
    return out.getvalue()
