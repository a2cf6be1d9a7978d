import os
from datetime import date

import pytest
from hypothesis import settings

from experiments.runs import Run, run
from model import BureaucracyModel

# Consoles read the width once, when they are made, whichever test makes them.
os.environ["COLUMNS"] = "160"

# Tests run side by side, and to start a process costs more than most of their commands; some ask for more.
os.environ["DISCRETION_WORKERS"] = "1"

# Compilation and shared machines make single examples slow; how slow is measured in benchmarks/, not here.
settings.register_profile("discretion", deadline=None)
settings.load_profile("discretion")

UNTIL = date(2013, 6, 30)


@pytest.fixture(scope="session")
def small_model() -> BureaucracyModel:
    """The record, finished, with every decision kept. Shared: look at it, do not step or change it."""
    return BureaucracyModel("record-2013", scale=0.005, rng=1, until=UNTIL, trace=True).run()


@pytest.fixture(scope="session")
def small_run() -> Run:
    """The tables of the same run as `small_model`, with every decision."""
    return run("record-2013", 0.005, 1, until=UNTIL, trace=True)
