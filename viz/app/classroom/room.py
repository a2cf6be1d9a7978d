"""A room and its rounds: who is in it, when a guess counts, what may be revealed. Nothing here knows of the web.

>>> room = Room()
>>> phone = room.join(room.code)
>>> room.begin("counted", [100, 100])
>>> room.guess(phone, 1, [20, 35])
>>> room.close()
>>> room.reveal()
>>> room.round.shown, room.round.guesses[phone]
(1, [20, 35])
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from statistics import median, quantiles

from pydantic import BaseModel, ConfigDict, Field

from model.errors import InputError

MOST_PHONES = 100
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of a code: no vowels, so that it is no word, and nothing that is taken for a digit."""
CODE = 5


class NotIn(InputError):
    """Whoever asks is not of this class, or does not hold the instructor's key."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Round(_Kept):
    """One demonstration, guessed once.

    Attributes:
        name: of the demonstration.
        highs: the highest guess of each of its figures, in percent.
        closed: whether guesses count no more.
        shown: how many of the figures have been revealed.
        guesses: of each phone by its token, in percent, one a figure; in the order in which they came.
    """

    name: str
    highs: list[int]
    closed: bool = False
    shown: int = 0
    guesses: dict[str, list[int]] = {}

    def column(self, at: int) -> list[int]:
        """All guesses of one figure."""
        return [values[at] for values in self.guesses.values()]


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


class Room(_Kept):
    """A class: ``code`` lets a phone in, ``key`` is the instructor's; phones have a token and a label, and no name.

    Attributes:
        phones: the label of each phone, under which its guesses are saved, by its token.
        rounds: as they were played.
        playing: whether the last of them is on the projector.
        turn: grows when something changes for the phones.
        change: grows when anything changes.
        touched: when it last did.
    """

    code: str = Field(default_factory=_code)
    key: str = Field(default_factory=lambda: secrets.token_urlsafe(16))
    phones: dict[str, str] = {}
    rounds: list[Round] = []
    playing: bool = False
    turn: int = 0
    change: int = 0
    touched: datetime = Field(default_factory=datetime.now)

    @property
    def round(self) -> Round | None:
        """The round on the projector."""
        return self.rounds[-1] if self.playing else None

    def holds(self, key: str) -> None:
        """Raise NotIn if this is not the instructor's key."""
        if not secrets.compare_digest(key.encode(), self.key.encode()):
            raise NotIn("not the instructor's key", where="key", allowed="the key in the link that the terminal shows")

    def join(self, code: str, token: str = "") -> str:
        """Let a phone in.

        Args:
            code: as it stands on the projector; small letters and spaces do.
            token: what the phone was given before, if it was.

        Returns:
            Its token; the same where it is in the room already.

        Raises:
            NotIn: there is no class of that code.
            InputError: the room is full.
        """
        if token in self.phones:
            return token
        if "".join(code.split()).upper() != self.code:
            raise NotIn("no class has this code", where="code", found=code, allowed="the letters on the projector")
        if len(self.phones) >= MOST_PHONES:
            raise InputError("the room is full", where="phones", found=len(self.phones) + 1,
                             allowed=f"at most {MOST_PHONES}")  # fmt: skip
        token = secrets.token_urlsafe(12)
        labels = set(self.phones.values())
        while (label := secrets.token_hex(2)) in labels:
            pass
        self.phones[token] = label
        self._changed(0)
        return token

    def begin(self, name: str, highs: Sequence[int]) -> None:
        """Open the guesses of a demonstration whose figures may be guessed up to ``highs``."""
        self.leave()
        self.rounds.append(Round(name=name, highs=list(highs)))
        self.playing = True
        self._changed()

    def guess(self, token: str, number: int, values: Sequence[object]) -> None:
        """Take the guesses of a phone; until the round is closed it may send others.

        Args:
            token: the phone's.
            number: of the round, from 1.
            values: in percent, one a figure.

        Raises:
            NotIn: the phone is not of this class.
            InputError: the round is another or closed, or the guesses are not whole numbers that may be guessed.
        """
        if token not in self.phones:
            raise NotIn("this phone is not in the room", where="phone", allowed="a phone that joined with the code")
        now = self.round
        if now is None or now.closed or number != len(self.rounds):
            raise InputError("guesses are closed", where="round", found=number, allowed="the round on the projector")
        if len(values) != len(now.highs):
            raise InputError("not as many guesses as questions", where="guess", found=len(values),
                             allowed=f"{len(now.highs)}")  # fmt: skip
        whole = []
        for at, (value, high) in enumerate(zip(values, now.highs, strict=True), start=1):
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= high:
                raise InputError("not a guess", where=f"guess {at}", found=value,
                                 allowed=f"a whole number from 0 to {high}")  # fmt: skip
            whole.append(value)
        now.guesses[token] = whole
        self._changed(0)

    def close(self) -> None:
        """Take no more guesses; raises InputError before anybody has guessed."""
        now = self._played()
        if not now.guesses:
            raise InputError("nobody has guessed yet", where="close", allowed="a round with a guess")
        now.closed = True
        self._changed()

    def reopen(self) -> None:
        """Take guesses again; raises InputError once anything is revealed."""
        now = self._played()
        if now.shown:
            raise InputError("a figure is revealed already", where="reopen", allowed="a round of which nothing is")
        now.closed = False
        self._changed()

    def reveal(self) -> None:
        """Reveal the next figure; raises InputError while guesses still come, or when all are revealed."""
        now = self._played()
        if not now.closed or now.shown >= len(now.highs):
            raise InputError("there is nothing to reveal", where="reveal", found=f"{now.shown} of {len(now.highs)}",
                             allowed="a round that is closed, with a figure to come")  # fmt: skip
        now.shown += 1
        self._changed()

    def leave(self) -> None:
        """Back to the list of demonstrations; a round in which nobody guessed is forgotten."""
        if self.rounds and not self.rounds[-1].guesses:
            self.rounds.pop()
        elif self.rounds:
            self.rounds[-1].closed = True
        self.playing = False
        self._changed()

    def end(self) -> None:
        """Forget the class: its code, its phones, its rounds. The next one may come in."""
        self.code, self.phones, self.rounds, self.playing = _code(), {}, [], False
        self._changed()

    def _played(self) -> Round:
        if self.round is None:
            raise InputError("no round is being played", where="round", allowed="a demonstration that was begun")
        return self.round

    def _changed(self, turns: int = 1) -> None:
        self.turn += turns
        self.change += 1
        self.touched = datetime.now()


def middle(values: Sequence[float]) -> tuple[float, float, float]:
    """The median of some guesses between the ends of their middle half.

    >>> middle([10, 20, 30, 40, 90]), middle([7])
    ((20.0, 30, 40.0), (7, 7, 7))
    """
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, median(values), high


def nearest(values: Sequence[int], figure: float) -> list[int]:
    """The places of the guesses that come nearest to a figure.

    >>> nearest([10, 4, 6, 4], 4.9)
    [1, 3]
    """
    least = min(abs(value - figure) for value in values)
    return [at for at, value in enumerate(values) if abs(value - figure) == least]
