"""What is revealed of a demonstration: the model's figures that come with the project, and what happened."""

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from model.errors import InputError
from viz.app.demonstrations import demonstrations
from viz.app.pages.demonstrations.result import STATUS, Result, shipped, told
from viz.charts.guesses import against, said


class Answer(NamedTuple):
    """A figure to reveal.

    Attributes:
        model: the median of the model's runs, with ``low`` and ``high`` (90 percent of them), in percent.
        said: the same in words.
        against: the difference from another figure under the same seeds, in words; empty where there is none.
        happened: in percent; None where it is not on record.
        note: what that is, its source, and how far the model may be believed there.
        wrong: whether the model is known to be wrong here, and its figure no result.
    """

    model: float
    low: float
    high: float
    said: str
    against: str
    happened: float | None
    note: str
    wrong: bool

    @property
    def figure(self) -> float:
        """What a guess is held against: the model's figure, or what happened where the model is wrong."""
        return self.happened if self.wrong and self.happened is not None else self.model


@lru_cache(maxsize=8)
def answers(name: str) -> tuple[Answer, ...]:
    """What is revealed of a demonstration, in the order of its questions.

    Raises:
        InputError: no result of it comes with the project.

    >>> [answer.happened for answer in answers("counted")]
    [5.1, None, None]
    """
    one = demonstrations()[name]
    rows = told(one, _shipped(name).table).to_dict("records")
    return tuple(
        Answer(
            model=100 * row["median"],
            low=100 * row["low"],
            high=100 * row["high"],
            said=said(row["median"], row["low"], row["high"]),
            against=" ".join(against(row)),
            happened=None if pd.isna(row["happened"]) else 100 * row["happened"],
            note=f"{asked.happened.note} {STATUS[asked.happened.status]}".strip(),
            wrong=bool(row["fails"]),
        )
        for row, asked in zip(rows, one.predict, strict=True)
    )


def source(name: str) -> str:
    """What the model's figures are of, in words; raises InputError as `answers` does."""
    return f"The model: median, and 90 percent of the runs. {_shipped(name).of}"


def _shipped(name: str) -> Result:
    found = shipped(demonstrations()[name])
    if found is None:
        raise InputError("no result comes with the project", where="demonstration", found=name,
                         allowed="one with a result in experiments/precomputed")  # fmt: skip
    return found
