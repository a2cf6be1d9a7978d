"""Compiles what runs, twin worlds and traces need, so that no command waits for it.

Set-up does it: ``python -m experiments.compiled_beforehand``.
"""

from experiments.traced_runs import traced
from experiments.twin.findings import find
from model import BureaucracyModel, load

SCALE = 0.001
"""Share of the real system; what is compiled does not depend on it."""


def main() -> None:
    """Run a little of all that is compiled."""
    world = load()
    BureaucracyModel("morton-2011", SCALE, world=world).run()
    traced(world.scenarios["daca-2012"], world, 1, SCALE, terms=True)
    find("daca-2012", replications=2, scale=SCALE)


if __name__ == "__main__":
    main()
