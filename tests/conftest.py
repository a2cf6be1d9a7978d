import os
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

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
BROWSER = "browser"
VISITING = (
    "bad_pages", "budget", "classroom", "downstream", "every_page", "levers", "pages", "premortem", "proxy", "screen",
    "server", "sweeps", "visitors",
)  # fmt: skip
"""Files `tests/app/test_*.py` whose tests share a server and a browser: both are started once."""
FIRST = (BROWSER, "tests/test_pages.py", "tests/test_premortem.py", "tests/test_two_paths.py", "tests/test_nested.py")
"""What takes longest is begun first, so that no worker is left alone with it at the end."""


class ByFile(LoadScopeScheduling):
    """The tests of a file go to one worker, which makes what they share once."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if _of(nodeid) in APART else _of(nodeid)


def _of(nodeid: str) -> str:
    """The file of a test, or `BROWSER`."""
    file = nodeid.partition("::")[0]
    return BROWSER if file in {f"tests/app/test_{name}.py" for name in VISITING} else file


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of `FIRST` come first; who visits a server has to be known."""
    files = {_of(item.nodeid) for item in items if {"server", "browser"} & {*getattr(item, "fixturenames", ())}}
    if unknown := files - {BROWSER}:
        raise pytest.UsageError(f"to be added to VISITING in tests/conftest.py: {', '.join(sorted(unknown))}")
    turns = {name: turn for turn, name in enumerate(FIRST)}
    items.sort(key=lambda item: turns.get(_of(item.nodeid), len(FIRST)))


@pytest.fixture(scope="session")
def small_model() -> BureaucracyModel:
    """The record, finished, with every decision kept. Shared: look at it, do not step or change it."""
    return BureaucracyModel("record-2013", scale=0.005, rng=1, until=UNTIL, trace=True).run()


@pytest.fixture(scope="session")
def small_run() -> Run:
    """The tables of the same run as `small_model`, with every decision."""
    return run("record-2013", 0.005, 1, until=UNTIL, trace=True)
