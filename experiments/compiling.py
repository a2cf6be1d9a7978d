"""Says that the model is being compiled, which takes about a minute and happens once on a machine."""

import logging
from functools import cache
from typing import Any

_LOG = logging.getLogger(__name__)
SAID = "Compiling the model to machine code: about a minute, once on this machine."


@cache
def announce(turn: Any = None) -> None:
    """Have it said, once, when this process compiles the model: as a warning of a log, on standard error unless told.

    Args:
        turn: a semaphore that processes share, of which the first to take it says it; without one this process does.
    """
    from numba.core import event

    class Said(event.Listener):
        said = False

        def on_start(self, happening: Any) -> None:
            own = str(getattr(happening.data["dispatcher"], "__module__", "")).startswith("model.")
            if own and not self.said:
                self.said = True
                if turn is None or turn.acquire(block=False):
                    _LOG.warning(SAID)

        def on_end(self, happening: Any) -> None:
            """Nothing more is said."""

    event.register("numba:compile", Said())
