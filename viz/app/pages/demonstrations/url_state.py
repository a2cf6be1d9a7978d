"""What the address of a demonstration says: which, at which step, and what has been guessed."""

from dataclasses import dataclass, replace

from experiments.demonstrations.budget import AS_IT_IS, Memo, key_of, memos
from model.errors import InputError
from viz.app.address import kept, one_of, whole
from viz.app.demonstrations import ORDER

STEPS = ("Set the stage", "Predict", "Run", "Reveal", "Explain", "Discuss", "Take home")
PREDICT, RUN, REVEAL, EXPLAIN = 1, 2, 3, 4
SHEET = "sheet"
LONGEST_NAME = 24
MOST_GUESSES = 40
MOST_BUILT = 12


@dataclass(frozen=True)
class Guessed:
    """What somebody guessed, in percent, in the order of the questions."""

    who: str
    values: tuple[int, ...]


def guess(text: str) -> Guessed:
    """Reads a guess as ``name:4,97``.

    >>> guess("Ana:4,97")
    Guessed(who='Ana', values=(4, 97))
    """
    who, _, values = text.rpartition(":")
    known = values.split(",")
    if not all(one.isascii() and one.isdigit() and int(one[:4]) <= 1000 for one in known) or not who.isprintable():
        raise InputError("not a guess", found=text[:60], allowed="a name, a colon and percentages, such as Ana:4,97")
    return Guessed(who[:LONGEST_NAME], tuple(int(one) for one in known))


def written(one: Guessed) -> str:
    """Writes a guess."""
    return f"{one.who}:{','.join(map(str, one.values))}"


def built(text: str) -> Memo:
    """Reads a memo that somebody built, as its key.

    >>> built("202")
    (2, 0, 2)
    """
    known = {key_of(memo): memo for memo in memos() if memo != AS_IT_IS}
    if text not in known:
        raise InputError("no memo that the budget buys", found=text[:60], allowed=f"one of {', '.join(known)}")
    return known[text]


@dataclass(frozen=True)
class Shown:
    """Which demonstration, at which step or as a teacher's sheet, with which guesses and memos.

    Attributes:
        upto: how many figures are revealed; 0 for all of them.
    """

    name: str = kept("", one_of(lambda: ("", *ORDER)), turn=True)
    step: int = kept(0, whole(0, len(STEPS) - 1), turn=True)
    show: str = kept("", one_of(lambda: ("", SHEET)), turn=True)
    guess: tuple[Guessed, ...] = kept((), guess, written, many=True)
    upto: int = kept(0, whole(0, 9))
    built: tuple[Memo, ...] = kept((), built, key_of, many=True)

    def fitted(self) -> tuple["Shown", InputError | None]:
        """The same with each memo once, and no more of them than there is room for."""
        return replace(self, built=tuple(dict.fromkeys(self.built))[:MOST_BUILT]), None
