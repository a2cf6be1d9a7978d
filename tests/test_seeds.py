from contextlib import closing
from itertools import count, islice
from time import sleep

import pytest

from experiments.mechanisms.pair_effects import Outcomes
from experiments.paired import observed
from experiments.parallel import Tick, as_they_come, in_order, over_seeds, processes, seeds_from, ticks
from experiments.twin import pair
from experiments.twin.pairs import days_of
from experiments.twin.watch import Watch
from model import BureaucracyModel
from model.errors import InputError
from model.observers import Observer
from model.world.loader import load


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


def doubled(task: int) -> int:
    return 2 * task


def test_tasks_without_an_end_come_back_in_order() -> None:
    with processes(2) as pool:
        assert pool is not None
        with closing(in_order(pool, doubled, count(), 4)) as found:
            assert list(islice(found, 5)) == [0, 2, 4, 6, 8]


class OfEvenings(Observer):
    """Looks at every evening."""

    def evening(self, model: BureaucracyModel) -> None:
        """It is over."""


@pytest.mark.parametrize("observer", [Observer, OfEvenings, Outcomes])
def test_days_are_told_alike_whether_somebody_looks_at_each(observer: type[Observer]) -> None:
    world = load()
    record = world.scenarios["detainer-2012"]
    days = 2 * ((record.end - record.start).days + 1)
    told: list[tuple[int, int]] = []
    runs = observed([(record, world)] * 2, 1, 0.002, observer, progress=lambda *now: told.append(now))
    assert len(list(runs)) == 2
    assert told == sorted(told)
    assert {total for _, total in told} == {days}
    assert (days // 2, days) in told
    assert told[-1] == (days, days)
    assert (len(told) == days) is (observer is OfEvenings)


def test_a_pair_tells_its_days_though_nobody_looks_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "daily", False)
    told: list[tuple[int, int]] = []
    ticked: list[int] = []
    tick = ticks(lambda more=1: ticked.append(more))

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        tick(done, total)

    one = pair("detainer-2012", scale=0.002, progress=tell)
    assert told[-1] == (days_of(one.twins), days_of(one.twins))
    assert len(told) < days_of(one.twins) == sum(ticked)
