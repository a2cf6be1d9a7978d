"""Visitors who talk to the server as a page's script does; `tests/campaign/visitors.py` lets fifty come at once."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from tests.campaign.visitors import FIRST, intruded, visited

OPENED = ("/memo", "/premortem", "/memo")


def test_visitors_at_once_see_their_own_and_nobody_elses(server: Any) -> None:
    seeds = range(FIRST, FIRST + len(OPENED))
    with ThreadPoolExecutor(len(OPENED)) as pool:
        stays = [pool.submit(visited, server.address, path, Random(1), seed, len(OPENED))
                 for path, seed in zip(OPENED, seeds, strict=True)]  # fmt: skip
    assert [stay.result() for stay in stays] == [(True, {seed}) for seed in seeds]


def test_nobody_is_let_into_a_page_that_another_has_open(server: Any) -> None:
    assert not intruded(server.address)
