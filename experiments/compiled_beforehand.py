"""Compiles what runs, twin worlds and traces need, so that no command waits for it.

Set-up does it: ``python -m experiments.compiled_beforehand``.
"""

from experiments.traced_runs import traced
from experiments.twin.findings import find
from model import load
from model.world.loader import DEFAULT_SCENARIO

SCALE = 0.001
"""Share of the real system; what is compiled does not depend on it."""


def main() -> None:
    """Run a little of all that is compiled."""
    world = load()
    traced(world.scenarios[DEFAULT_SCENARIO], world, 1, SCALE, terms=True)
    find(DEFAULT_SCENARIO, replications=2, scale=SCALE)


if __name__ == "__main__":
    main()
