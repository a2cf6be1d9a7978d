"""Whole numbers of a page's state, to write in."""

from typing import Any

import solara

from model.errors import InputError
from viz.app.address import Kept, whole
from viz.app.controls import Entry


@solara.component
def Whole(
    kept: Kept[Any], name: str, label: str = "Random seed", low: int = 0, high: int = 999_999, **changes: Any
) -> None:
    """A number of a state by its name; what cannot be used is said beside it. Other ``changes`` go with a new one."""
    wrong, set_wrong = solara.use_state("")

    def put(text: str) -> None:
        try:
            kept.change(**{name: whole(low, high)(text.strip())}, **changes)
            set_wrong("")
        except InputError as error:
            set_wrong(f"{error.found!r} is {error.what}: {error.allowed}.")

    Entry(label, str(getattr(kept.now, name)), put, "number", str(low), str(high), wrong=wrong)
