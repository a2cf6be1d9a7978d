"""The texts of the guided demonstrations, one file each, and their types."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
ORDER = ("same-facts", "fading", "counted", "limits", "whose", "budget")


class _Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Typed):
    """Some paragraphs, how long they take, and the page of the app that shows what they speak of."""

    minutes: int
    text: list[str] = Field(min_length=1)
    link: str = ""
    link_text: str = ""


class Happened(_Typed):
    """What is on record of a figure.

    Attributes:
        figure: in percent; None where nothing is on record.
        note: what it is, and its source.
        pattern: of `discretion validate`, by which one can tell whether the model may be believed here.
        status: of that pattern: the model was ``fitted`` to it, it ``holds`` unfitted, or it ``fails``; a figure of
            the model is then no result.
    """

    figure: float | None = None
    note: str
    pattern: str = ""
    status: Literal["", "fitted", "holds", "fails"] = ""


class Guess(_Typed):
    """A figure to be guessed, in percent; ``key`` is that of the experiment, ``short`` stands in charts."""

    key: str
    short: str
    ask: str
    high: int = 100
    happened: Happened


class Question(_Typed):
    """A question for discussion, the passage it rests on in a few words, and where that stands."""

    question: str
    passage: str
    source: str


class Take(_Typed):
    """What is taken home: one sentence and one question."""

    sentence: str
    question: str


class Teach(_Typed):
    """For the teacher: which guesses to expect (our expectation, not a count of any), and where to stop."""

    expect: str
    stop: str


class Demonstration(_Typed):
    """A guided demonstration: ``run`` names the experiment; with ``build`` a memo is built at the reveal."""

    title: str
    question: str
    run: str
    build: bool = False
    stage: Text
    predict: list[Guess] = Field(min_length=1)
    reveal: Text
    explain: Text
    discuss: list[Question] = Field(min_length=3, max_length=3)
    take: Take
    teach: Teach


@lru_cache(maxsize=1)
def demonstrations() -> dict[str, Demonstration]:
    """The demonstrations by name, in the order in which they are best given."""
    return {
        name: Demonstration.model_validate(tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))) for name in ORDER
    }
