"""``python -m benchmarks.yardstick``: the same decisions three ways in one process, and what each of them costs.

Ours is the compiled rule of a run, C a kernel that says the same (`benchmarks.kernel`), and idiomatic a Mesa loop in
which each officer takes the cases on their desk and decides them one by one. An observer has the decisions of every day
made again by each, on the same rows, while officers still are as they were when they decided. Each makes them twice,
and the second time counts: all find the processor's caches filled by themselves. What comes out is compared to the last
bit with what the run itself decided.
"""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import process_time
from typing import cast

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from benchmarks.kernel import Kernel, build, columns_of, compiler, words
from model import BureaucracyModel, load
from model.agencies.decision_log import Log, log_of
from model.agents import Officer
from model.cases.draws import uniform
from model.compiled import compiled
from model.day.random_streams import RandomStreams
from model.day.work import decide
from model.observers import Observer
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERMS
from model.schema import Scenario

OURS, IN_C, IDIOMATIC = "ours", "C", "idiomatic"
COMPARED = ("noticed", "favourable", "p", "notice", "judgment", "bound", "terms")
"""Columns of the log that are compared; the first two are the outcome, the others how it came about."""
NO_COMPILER = "C is left out: there is no C compiler (cc) here"


@dataclass
class Way:
    """What one way of making the decisions has taken so far.

    Attributes:
        seconds: processor time of each round; a round is every decision once.
        decisions: how many, in each round.
        differing: decisions that are not, to the last bit, what the run decided.
    """

    seconds: npt.NDArray[np.float64]
    decisions: int = 0
    differing: int = 0

    @property
    def microseconds(self) -> npt.NDArray[np.float64]:
        """Of each round, a decision."""
        return 1e6 * self.seconds / self.decisions


class Yardstick(Observer):
    """Has what a run decides decided again in each of the ways.

    Args:
        rounds: how often.
        one_in: the idiomatic way is given one decision in so many.
    """

    def __init__(self, rounds: int, one_in: int) -> None:
        self.rounds, self.one_in = rounds, one_in
        self.ways: dict[str, Way] = {}
        self._kernel: Kernel | None = None

    def begin(self, model: BureaucracyModel) -> None:
        empty = log_of(0, len(TERMS))
        decide_all(empty, model.random_streams, model.columns, empty)
        if compiler() is not None:
            self._kernel = build(columns_of(model, empty, empty))

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        part = Log._make(np.ascontiguousarray(column[:: self.one_in]) for column in log)
        given = {OURS: log, IN_C: log, IDIOMATIC: part}
        into = {name: log_of(len(rows.case), len(TERMS)) for name, rows in given.items()}
        streams, columns = model.random_streams, model.columns
        again: dict[str, Callable[[], None]] = {OURS: lambda: decide_all(log, streams, columns, into[OURS])}
        if (kernel := self._kernel) is not None:
            handed = words(columns_of(model, log, into[IN_C]))
            again[IN_C] = lambda: kernel(len(log.case), handed)
        again[IDIOMATIC] = lambda: one_by_one(model, part, into[IDIOMATIC])
        for turn in range(self.rounds):
            for name, make in again.items():
                self.ways.setdefault(name, Way(np.zeros(self.rounds))).seconds[turn] += second_time(make)
        for name in again:
            self.ways[name].decisions += len(given[name].case)
            self.ways[name].differing += int(differ(into[name], given[name]).sum())


def second_time(make: Callable[[], None]) -> float:
    """Seconds of processor time that something takes when it is done for the second time."""
    make()
    started = process_time()
    make()
    return process_time() - started


@compiled
def decide_all(given: Log, streams: RandomStreams, columns: RuleColumns, into: Log) -> None:
    """Decide each row of what is given, and write it into the log."""
    for row in range(given.case.shape[0]):
        officer, case, stage, times = given.officer[row], given.case[row], given.stage[row], given.round[row]
        decide(row, officer, case, stage, times, streams, columns, into)


def one_by_one(model: BureaucracyModel, given: Log, into: Log) -> None:
    """Let each officer decide what is on their desk, one case after the other, and write it into the log."""
    desks: defaultdict[int, deque[int]] = defaultdict(deque)
    for row, officer in enumerate(given.officer.tolist()):
        desks[officer].append(row)
    streams = model.random_streams
    for desk, queue in desks.items():
        officer = cast(Officer, model.posts.officers[desk])
        while queue:
            row = queue.popleft()
            case, stage, times = int(given.case[row]), int(given.stage[row]), np.uint64(given.round[row])
            made = officer.decide(case, model.stage_names[stage])
            key = model.cases.key[case]
            seen = uniform(streams.seed, key, streams.notice[stage] + times) < made.notice
            lenient = uniform(streams.seed, key, streams.judge[stage] + times) < made.judgment
            into.noticed[row] = seen
            into.favourable[row] = (seen and lenient) if made.bound == 0 else made.bound > 0
            into.p[row], into.notice[row], into.judgment[row] = made.probability, made.notice, made.judgment
            into.bound[row], into.terms[row] = made.bound, tuple(made.terms.values())


def differ(one: Log, other: Log) -> npt.NDArray[np.bool_]:
    """The rows of two logs of equal length that are not the same to the last bit."""
    rows = np.zeros(len(one.p), dtype=np.bool_)
    for name in COMPARED:
        first, second = getattr(one, name), getattr(other, name)
        unlike = first.view(f"u{first.itemsize}") != second.view(f"u{second.itemsize}")
        rows |= unlike.any(axis=tuple(range(1, unlike.ndim)))
    return rows


def window() -> Scenario:
    """What is timed: seven weeks around the start of the case-by-case review."""
    return load().scenarios["record-2013"].model_copy(update={"start": date(2011, 11, 10), "end": date(2011, 12, 31)})


def measured(scale: float = 0.5, rounds: int = 7, one_in: int = 20) -> dict[str, Way]:
    """The ways, each timed in each round; what is compiled is compiled before."""
    yardstick = Yardstick(rounds, one_in)
    BureaucracyModel(window(), scale=scale, rng=1, observers=[yardstick], tables=False).run()
    return yardstick.ways


def report(ways: dict[str, Way]) -> Table:
    """Microseconds a decision of each way, how many times those of another, and how many decisions differ."""
    rounds, some, all_of_them = len(ways[OURS].seconds), ways[IDIOMATIC].decisions, ways[OURS].decisions
    notes = [f"the idiomatic loop is given {some:,} of {all_of_them:,}"] if some < all_of_them else []
    notes += [] if IN_C in ways else [NO_COMPILER]
    table = Table(
        "way", "decisions", "microseconds each", "lowest to highest", "differ",
        title=f"The same decisions in one process, median of {rounds} rounds",
        caption="; ".join(notes),
    )  # fmt: skip
    for name, way in ways.items():
        table.add_row(name, f"{way.decisions:,}", *_range(way.microseconds, 3), f"{way.differing}")
    for above, below in ((OURS, IN_C), (IDIOMATIC, OURS)):
        if above in ways and below in ways:
            times = ways[above].microseconds / ways[below].microseconds
            table.add_row(f"{above} / {below}", "", *_range(times, 2))
    return table


def _range(values: npt.NDArray[np.float64], digits: int) -> tuple[str, str]:
    """The median, and the lowest and the highest."""
    return f"{np.median(values):,.{digits}f}", f"{values.min():,.{digits}f} to {values.max():,.{digits}f}"


if __name__ == "__main__":
    Console().print(report(measured()))
