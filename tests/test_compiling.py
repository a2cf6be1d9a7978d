"""Who waits for the compiler is told so, on a terminal and in a log, once."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from numba.core import event

from experiments.compiling import SAID, announce
from model.rule.decision import within


def compiles(function: Any) -> None:
    """Tell of a compilation as numba does."""
    with event.trigger_event("numba:compile", data={"dispatcher": function}):
        pass


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process that has told nothing yet."""
    monkeypatch.setitem(event._registered, "numba:compile", [])
    announce.cache_clear()
    yield
    announce.cache_clear()


def test_the_first_compilation_of_the_model_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    announce()
    announce()
    assert caplog.messages == []
    compiles(within)
    compiles(within)
    assert caplog.messages == [SAID] and caplog.records[0].levelno == logging.WARNING


def test_what_a_user_compiles_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    announce()
    compiles(compiles)
    assert caplog.messages == []


def test_of_several_processes_one_tells(caplog: pytest.LogCaptureFixture) -> None:
    from threading import Semaphore

    class Turn:
        def __init__(self) -> None:
            self.left = Semaphore(1)

        def acquire(self, block: bool) -> bool:
            return self.left.acquire(blocking=block)

    turn = Turn()
    for _ in range(2):
        announce.cache_clear()
        announce(turn)
        compiles(within)
    assert caplog.messages == [SAID]
