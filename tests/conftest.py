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


APART = ("tests/test_pages.py", "tests/test_nested.py", "tests/test_two_paths.py", "tests/test_world_contract.py")
"""Files whose tests share nothing and take long: any worker may take each."""
FIRST = ("browser", "tests/test_pages.py", "tests/test_premortem.py", "tests/test_two_paths.py", "tests/test_nested.py")
"""What takes longest is begun first, so that no worker is left alone with it at the end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file go to one worker, which makes what they share once; groups of several files stay whole."""

    def turn(item: pytest.Item) -> int:
        groups = [mark.args[0] for mark in item.iter_markers("xdist_group")]
        names = [*groups, item.nodeid.partition("::")[0]]
        if not groups and names[0] not in APART:
            item.add_marker(pytest.mark.xdist_group(names[0]))
        return next((at for at, name in enumerate(FIRST) if name in names), len(FIRST))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def small_model() -> BureaucracyModel:
    """The record, finished, with every decision kept. Shared: look at it, do not step or change it."""
    return BureaucracyModel("record-2013", scale=0.005, rng=1, until=UNTIL, trace=True).run()


@pytest.fixture(scope="session")
def small_run() -> Run:
    """The tables of the same run as `small_model`, with every decision."""
    return run("record-2013", 0.005, 1, until=UNTIL, trace=True)
