from contextlib import closing
from time import sleep

import pytest

from experiments.parallel import Tick, as_they_come, over_seeds, seeds_from
from model.errors import InputError


def twice(seed: int, tick: Tick) -> int:
    tick()
    return 2 * seed


def test_seeds_are_shared_out_and_come_back_in_order() -> None:
    told: list[tuple[int, int]] = []
    alone = over_seeds(twice, [3, 1, 2], 1, 1, lambda done, total: told.append((done, total)))
    assert alone == over_seeds(twice, [3, 1, 2], 1, 2) == [6, 2, 4]
    assert told == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(InputError, match="at least 1"):
        seeds_from(1, 0)
    with pytest.raises(InputError, match="not negative"):
        seeds_from(-1, 2)
    with pytest.raises(InputError, match="a seed is a whole number"):
        seeds_from(5.7, 2)  # type: ignore[arg-type]


def twice_but_slowly(seed: int, tick: Tick) -> int:
    """The first two at once; all others together take longer than any worker takes to start."""
    if seed > 2:
        sleep(0.1)
    return twice(seed, tick)


@pytest.mark.parametrize("workers", [1, 2])
def test_tasks_that_nobody_asks_for_are_left_undone(workers: int) -> None:
    told: list[tuple[int, int]] = []
    tell = lambda *now: told.append(now)  # noqa: E731
    with closing(as_they_come(twice_but_slowly, range(1, 2001), [1] * 2000, workers, tell)) as found:
        assert [next(found), next(found)] == [2, 4]
    assert 2 <= len(told) < 2000
    with pytest.raises(InputError, match="nobody to do the work"):
        next(as_they_come(twice, [1], [1], 0))
