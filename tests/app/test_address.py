import string
from dataclasses import dataclass
from datetime import date
from threading import Thread
from time import sleep

import pytest
import solara
from hypothesis import given
from hypothesis import strategies as st

from viz.app.address import LONGEST, Kept, day, kept, one_of, read_query, whole, write_query
from viz.app.pages.case.url_state import Shown as Case
from viz.app.pages.demonstrations.url_state import Shown as Demonstration
from viz.app.pages.downstream.url_state import Shown as Downstream
from viz.app.pages.live_run.url_state import Shown as Memo
from viz.app.pages.twins.url_state import Shown as Twins
from viz.app.sizes import size

PAGES = [Memo, Twins, Case, Downstream, Demonstration]


@dataclass(frozen=True)
class Kinds:
    name: str = kept("ice", one_of(lambda: ["ice", "uscis"]))
    seed: int = kept(1, whole(0, 99))
    scale: float = size(0.5, 1.0)
    on: date | None = kept(None, day, write=str)
    set: tuple[str, ...] = kept((), many=True)


@given(
    st.sampled_from(["ice", "uscis"]), st.integers(0, 99), st.sampled_from([0.1, 0.25, 0.5, 1.0]),
    st.none() | st.dates(), st.lists(st.text(string.printable, min_size=1, max_size=30), max_size=4),
)  # fmt: skip
def test_what_is_written_into_a_link_is_read_from_it(
    name: str, seed: int, scale: float, on: date | None, set_: list[str]
) -> None:
    state = Kinds(name, seed, scale, on, tuple(set_))
    assert read_query(Kinds, write_query(state)) == (state, [])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_as_it_is_needs_nothing_in_its_link(page: type) -> None:
    assert write_query(page()) == ""
    assert read_query(page, "") == (page(), [])


@pytest.mark.parametrize("page", PAGES)
@given(query=st.text(max_size=200))
def test_whatever_stands_in_a_link_a_page_opens(page: type, query: str) -> None:
    state, problems = read_query(page, query)
    assert isinstance(state, page)
    assert all(problem.message() for problem in problems)
    assert read_query(page, write_query(state)) == (state, [])


def test_what_cannot_be_used_is_told_and_gives_way() -> None:
    state, problems = read_query(Kinds, "seed=7&name=icee&on=never&colour=red&scale=2")
    assert state == Kinds(seed=7)
    assert [problem.where for problem in problems] == [
        "the address: name", "the address: on", "the address: colour", "the address: scale",
    ]  # fmt: skip
    assert "ice" in problems[0].allowed


def test_an_endless_link_is_not_read() -> None:
    state, problems = read_query(Kinds, "seed=7&" + "x" * LONGEST)
    assert state == Kinds() and len(problems) == 1


def test_numbers_of_other_alphabets_are_no_numbers() -> None:
    assert read_query(Kinds, "seed=٣")[1]
    assert read_query(Kinds, "seed=-1")[1]
    assert read_query(Kinds, "scale=nan")[1]


@dataclass(frozen=True)
class Slow:
    first: int = 0
    second: int = 0

    def fitted(self) -> tuple["Slow", None]:
        sleep(0.05)
        return self, None


def test_what_two_threads_change_at_once_is_both_changed() -> None:
    page = Kept(solara.reactive(Slow()))
    threads = [Thread(target=page.change, kwargs={name: 1}) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert page.now == Slow(1, 1)
