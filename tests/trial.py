"""What `tests.matrix` runs in each environment: a run, a twin, an explanation, and a batch of Mesa's."""

import subprocess
import sys
from pathlib import Path

import model

COMMANDS = [
    "run daca-2012 --scale 0.002 --out run",
    "twin daca-2012 --scale 0.002 --replications 2 --out twin",
    "explain claudia --json",
]


def batch() -> None:
    """The seeds of a batch are those of its runs, whatever Mesa does with them."""
    from mesa.batchrunner import batch_run

    rows = batch_run(
        model.BureaucracyModel, {"scenario": "record-2013", "scale": 0.01, "rng": [1, 2, 1]}, max_steps=10,
        display_progress=False,
    )  # fmt: skip
    one, two, again = [(row["decided"], row["pending"]) for row in rows]
    assert one == again != two, f"the seeds of the batch were not used: {one}, {two}, {again}"


if __name__ == "__main__":
    assert Path(model.__file__).is_relative_to(sys.prefix), f"not the installed package: {model.__file__}"
    for command in COMMANDS:
        subprocess.run([Path(sys.prefix, "bin/discretion"), *command.split()], check=True)
    batch()
