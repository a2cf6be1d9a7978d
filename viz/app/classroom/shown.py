"""What the projector and the phones are told of a room. A phone is never told the guess of another."""

from functools import lru_cache
from typing import Any

import segno

from viz.app.address import write_query
from viz.app.classroom.answers import Answer, answers, source
from viz.app.classroom.room import Room, Round, middle, nearest
from viz.app.demonstrations import Demonstration, Guess, demonstrations
from viz.app.pages.demonstrations.url_state import EXPLAIN, REVEAL, Guessed, Shown


@lru_cache(maxsize=4)
def qr(address: str) -> str:
    """A QR code as the address of a picture, made here."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, scale=8)


def projector(room: Room, address: str) -> dict[str, Any]:
    """What the instructor's page shows; ``address`` is that of the phones' page."""
    now = room.round
    played = {one.name for one in room.rounds}
    return {
        "change": room.change, "turn": room.turn, "address": address, "code": room.code,
        "qr": qr(f"{address}#{room.code}"), "phones": len(room.phones),
        "rounds": len(room.rounds), "guesses": sum(len(one.guesses) for one in room.rounds),
        "demonstrations": [
            {"name": name, "title": one.title, "question": one.question, "played": name in played}
            for name, one in demonstrations().items()
        ],
        "round": None if now is None else _round(now, len(room.rounds)),
    }  # fmt: skip


def _round(now: Round, number: int) -> dict[str, Any]:
    one, known = demonstrations()[now.name], answers(now.name)
    rows = []
    for at, asked in enumerate(one.predict):
        values = now.column(at)
        row: dict[str, Any] = {"ask": asked.ask, "high": asked.high, "guesses": values, "said": _class(values)}
        if values:
            row["middle"] = middle(values)
        if at < now.shown:
            row |= _revealed(known[at], values, asked)
        rows.append(row)
    return {
        **_titled(one, number),
        "of": source(now.name),
        "closed": now.closed,
        "shown": now.shown,
        "guessed": len(now.guesses),
        "rows": rows,
        "on": _on(now, one) if now.shown == len(rows) else "",
    }


def _on(now: Round, one: Demonstration) -> str:
    """Where a demonstration goes on in the app once all is revealed, with the median of the class as its guess."""
    medians = tuple(round(middle(now.column(at))[1]) for at in range(len(one.predict)) if now.column(at))
    guess = (Guessed("the class", medians),) if medians else ()
    return f"demonstrations?{write_query(Shown(now.name, REVEAL if one.build else EXPLAIN, guess=guess))}"


def _revealed(known: Answer, values: list[int], asked: Guess) -> dict[str, Any]:
    best = nearest(values, known.figure)
    whose = "what happened" if known.wrong else "the model"
    return {
        "model": [known.model, known.low, known.high], "happened": known.happened, "wrong": known.wrong,
        "short": asked.short, "told": _told(known), "note": known.note, "best": best,
        "nearest": f"Nearest to {whose}: {_number(values[best[0]])}"
                   + (f" ({len(best)} phones)" if len(best) > 1 else ""),
    }  # fmt: skip


def phone(room: Room, token: str) -> dict[str, Any]:
    """What a phone shows: the questions, its own guess, and of each figure that is revealed what came out."""
    now = room.round
    if now is None:
        return {"turn": room.turn, "round": None, "played": len(room.rounds)}
    one, known, mine = demonstrations()[now.name], answers(now.name), now.guesses.get(token)
    place = list(now.guesses).index(token) if mine else -1
    rows: list[dict[str, Any]] = [{"ask": asked.ask, "high": asked.high} for asked in one.predict]
    for at in range(now.shown):
        rows[at] |= _outcome(now.column(at), known[at], place)
    told = {**_titled(one, len(room.rounds)), "closed": now.closed, "mine": mine, "rows": rows}
    return {"turn": room.turn, "round": told}


def _outcome(values: list[int], known: Answer, place: int) -> dict[str, Any]:
    return {"told": _told(known), "said": _class(values), "best": place in nearest(values, known.figure)}


def _titled(one: Demonstration, number: int) -> dict[str, Any]:
    return {"number": number, "title": one.title, "question": one.question}


def _told(known: Answer) -> dict[str, str]:
    """What came out, in words."""
    happened = "not on record" if known.happened is None else f"{known.happened:g}"
    model = "known to be wrong here" if known.wrong else known.said
    return {"model": model, "happened": happened, "against": known.against}


def _class(values: list[int]) -> str:
    """The guesses of a class in words.

    >>> _class([]), _class([4]), _class([10, 20, 30, 40, 95])
    ('no guess yet', '1 guess: 4', '5 guesses: median 30, middle half 20 to 40')
    """
    if len(values) < 2:
        return f"1 guess: {values[0]}" if values else "no guess yet"
    low, median, high = map(_number, middle(values))
    return f"{len(values)} guesses: median {median}, middle half {low} to {high}"


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
