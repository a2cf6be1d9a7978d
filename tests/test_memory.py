from types import SimpleNamespace

import pytest

from experiments import memory


@pytest.mark.parametrize(("takes", "searches"), [(0.01, 50), (1.0, 5), (10.0, 1)])
def test_searching_takes_little_of_the_time(takes: float, searches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, spent = [0.0], []

    def collect() -> None:
        spent.append(takes)
        clock[0] += takes

    monkeypatch.setattr(memory, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(memory, "gc", SimpleNamespace(collect=collect))
    let_go = memory.LetGo()
    while clock[0] < 105.0:
        clock[0] += 0.1
        let_go()
    assert len(spent) == pytest.approx(searches, abs=1)
    assert sum(spent) <= memory.SHARE * clock[0] + takes
