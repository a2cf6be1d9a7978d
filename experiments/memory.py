"""Lets go of finished models: a model and its agents name each other, and only a search finds such circles.

Python searches by itself once many objects have come, but a model is a few large arrays.
"""

import gc
from time import perf_counter

LASTING = 2.0
"""Seconds between two searches at the least."""
SHARE = 0.05
"""Of the time, at the most, that goes into searches: much else may be in the memory of whoever runs models."""


class LetGo:
    """A search now and then, whoever asks for it."""

    def __init__(self) -> None:
        """The time runs from now on."""
        self._since, self._took = perf_counter(), 0.0

    def __call__(self) -> None:
        """Search for what nothing refers to any more, unless that was done a moment ago."""
        began = perf_counter()
        if began - self._since > max(LASTING, self._took / SHARE):
            gc.collect()
            self._since = perf_counter()
            self._took = self._since - began


let_go = LetGo()
"""That of this process."""
