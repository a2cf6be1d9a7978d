"""The yardstick measures the same decisions: ours, C's and an idiomatic loop's agree to the last bit."""

from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from benchmarks import kernel
from benchmarks.yardstick import IDIOMATIC, IN_C, NO_COMPILER, OURS, Way, Yardstick, differ, report
from model import BureaucracyModel, load
from model.agencies.decision_log import Log, log_of
from model.rule.terms import TERM_NAMES
from tests.weighed import weighed

needs_compiler = pytest.mark.skipif(kernel.compiler() is None, reason=NO_COMPILER)


class Watched(Yardstick):
    """Also notes which terms moved a decision, and which bounds the law set."""

    def __init__(self) -> None:
        super().__init__(rounds=1, one_in=1)
        self.active = np.zeros(len(TERM_NAMES), dtype=np.bool_)
        self.bounds: set[int] = set()
        self.logs: list[Log] = []

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        super().decided(model, log)
        self.active |= (log.terms != 0.0).any(axis=0)
        self.bounds |= set(log.bound.tolist())
        self.logs.append(log)


def watched(scenario: str, scale: float, until: str, settings: dict[str, float] | None = None) -> Watched:
    seen = Watched()
    BureaucracyModel(scenario, scale=scale, rng=1, until=until, settings=settings or {}, observers=[seen]).run()
    return seen


@needs_compiler
@pytest.mark.parametrize(
    ("scenario", "scale", "until", "bounds"),
    [("record-2013", 0.01, "2011-09-30", {-1, 0}), ("zero-tolerance-2018", 0.01, "2018-07-31", {-1, 0, 1, 2})],
)
def test_three_ways_agree_on_every_decision_with_every_term_at_work(
    scenario: str, scale: float, until: str, bounds: set[int]
) -> None:
    seen = watched(scenario, scale, until, weighed(load()))
    assert seen.active.all() and seen.bounds == bounds
    made = sum(len(log.case) for log in seen.logs)
    assert made > 10_000
    assert {name: (way.decisions, way.differing) for name, way in seen.ways.items()} == dict.fromkeys(
        (OURS, IN_C, IDIOMATIC), (made, 0)
    )


@needs_compiler
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("0x1p-53", "0x1p-52"),
        ("(low - (rest * c) / (2.0 - c)) - high", "low - ((rest * c) / (2.0 - c) + high)"),
        ("total += made.terms[term]", "total += made.terms[TERMS - 1 - term]"),
    ],
    ids=["draws", "last bits of an exponential", "order of a sum"],
)
def test_a_kernel_that_says_otherwise_is_found_out(
    right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = kernel.SOURCE.read_text(encoding="utf-8")
    assert text.count(right) == 1
    other = tmp_path / "kernel.c"
    other.write_text(text.replace(right, wrong), encoding="utf-8")
    monkeypatch.setattr(kernel, "SOURCE", other)
    ways = watched("record-2013", 0.01, "2010-01-15").ways
    assert ways[IN_C].differing > 0 == ways[OURS].differing == ways[IDIOMATIC].differing


def test_the_last_bit_of_one_decision_is_a_difference() -> None:
    log = watched("record-2013", 0.01, "2010-01-08").logs[-1]
    assert len(log.case) > 5 and not differ(log, log).any()
    for name in ("p", "terms"):
        other = log._replace(**{name: getattr(log, name).copy()})
        getattr(other, name)[3] = np.nextafter(getattr(other, name)[3], 2.0)
        assert np.flatnonzero(differ(log, other)).tolist() == [3]
    other = log._replace(noticed=~log.noticed)
    assert differ(log, other).all()
    nothing = log_of(0, len(TERM_NAMES))
    assert len(differ(nothing, nothing)) == 0


def test_where_there_is_no_compiler_the_others_are_measured_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ways = watched("record-2013", 0.01, "2010-01-15").ways
    assert set(ways) == {OURS, IDIOMATIC} and all(way.differing == 0 < way.decisions for way in ways.values())
    said = printed(ways)
    assert NO_COMPILER in said and "idiomatic / ours" in said and "ours / C" not in said


def test_a_loop_that_is_given_fewer_decisions_says_so() -> None:
    scripted = {OURS: Way(np.array([2e-4]), 1_000), IN_C: Way(np.array([1e-4]), 1_000), IDIOMATIC: Way(np.ones(1), 50)}
    said = printed(scripted)
    assert "the idiomatic loop is given 50 of 1,000" in said and NO_COMPILER not in said
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in said.splitlines() if "│" in line]
    assert ["ours", "1,000", "0.200", "0.200 to 0.200", "0"] in rows
    assert ["ours / C", "", "2.00", "2.00 to 2.00", ""] in rows
    assert ["idiomatic / ours", "", "100,000.00", "100,000.00 to 100,000.00", ""] in rows


def printed(ways: dict[str, Way]) -> str:
    console = Console(record=True, width=120)
    console.print(report(ways))
    return console.export_text()
