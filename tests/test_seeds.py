from contextlib import closing

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
    with pytest.raises(InputError, match="no replication"):
        seeds_from(1, 0)
    with pytest.raises(InputError, match="not negative"):
        seeds_from(-1, 2)
    with pytest.raises(InputError, match="a seed is a whole number"):
        seeds_from(5.7, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_has_enough_leaves_the_rest_undone(workers: int) -> None:
    told: list[tuple[int, int]] = []
    with closing(as_they_come(twice, range(1, 2001), [1] * 2000, workers, lambda *now: told.append(now))) as found:
        assert [next(found), next(found)] == [2, 4]
    assert 2 <= len(told) < 2000
    with pytest.raises(InputError, match="nobody to do the work"):
        next(as_they_come(twice, [1], [1], 0))
