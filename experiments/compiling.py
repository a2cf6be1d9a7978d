"""Says that the model is being compiled, which takes about a minute and happens once on a machine.

``python -m experiments.compiling`` compiles beforehand what runs, twin worlds and their explanations need.
"""

import logging
from functools import cache
from typing import Any

_LOG = logging.getLogger(__name__)
SMALL = 0.001
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


def beforehand() -> None:
    """Run a little of everything that is compiled, so that no command waits for it."""
    from experiments.traced_runs import traced
    from experiments.twin.findings import find
    from model import BureaucracyModel, load

    world = load()
    BureaucracyModel("morton-2011", SMALL, world=world).run()
    traced(world.scenarios["daca-2012"], world, 1, SMALL, terms=True)
    find("daca-2012", replications=2, scale=SMALL)


if __name__ == "__main__":
    beforehand()
