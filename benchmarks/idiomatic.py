"""The same decisions by an idiomatic Mesa loop: each agent, each day, takes its cases and decides them one by one."""

from collections import deque
from dataclasses import dataclass
from datetime import date
from time import perf_counter

import numpy as np

from model import BureaucracyModel, load
from model.agents import Officer
from model.cases.draws import uniform


@dataclass(frozen=True)
class Pair:
    """Time for the same decisions, made both ways.

    Attributes:
        decisions: how many.
        columnar, one_at_a_time: seconds for taking, noticing and judging them.
        differing: decisions on which the two ways disagree.
    """

    decisions: int
    columnar: float
    one_at_a_time: float
    differing: int

    @property
    def ratio(self) -> float:
        """How many times faster the columnar way is."""
        return self.one_at_a_time / self.columnar


class Both(BureaucracyModel):
    """A model that lets each officer decide again, in Python, what was decided in columns."""

    fast = slow = 0.0
    decisions = differing = 0

    def _decide(self) -> int:
        started = perf_counter()
        rows = super()._decide()
        self.fast += perf_counter() - started
        log = self._log
        desks: dict[Officer, deque[int]] = {}
        for row in range(rows):
            desks.setdefault(self.officers[log.officer[row]], deque()).append(row)
        started = perf_counter()
        outcomes = np.empty(rows, dtype=np.bool_)
        for officer, queue in desks.items():
            while queue:
                row = queue.popleft()
                outcomes[row] = self._one(officer, int(log.case[row]), int(log.stage[row]), int(log.round[row]))
        self.slow += perf_counter() - started
        self.decisions += rows
        self.differing += int((outcomes != log.favourable[:rows]).sum())
        return rows

    def _one(self, officer: Officer, case: int, stage: int, times: int) -> bool:
        made = officer.decide(case, self.stage_names[stage])
        key = self.cases.key[case]
        seen = (
            uniform(self.random_streams.seed, key, self.random_streams.notice[stage] + np.uint64(times)) < made.notice
        )
        lenient = (
            uniform(self.random_streams.seed, key, self.random_streams.judge[stage] + np.uint64(times)) < made.judgment
        )
        return bool(seen and lenient) if made.bound == 0 else made.bound > 0


def compare(scale: float = 0.5) -> Pair:
    """Decide three weeks around the start of the review both ways. Routing is in neither time."""
    everything = load().scenarios["record-2013"]
    window = everything.model_copy(update={"start": date(2011, 11, 10), "end": date(2011, 11, 30)})
    BureaucracyModel(window, scale=0.001, rng=1).run()
    model = Both(window, scale=scale, rng=1)
    model.run()
    return Pair(model.decisions, model.fast, model.slow, model.differing)
