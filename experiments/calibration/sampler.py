"""How pyabc gets its candidates here: each has a number, and its draws belong to that number.

pyabc's own samplers draw from one stream in the order in which processes happen to ask, so that no run can be repeated
with several of them. Here candidate *k* of population *t* draws from a stream of its own, candidates are judged in the
order of their numbers, and so the result is the same with any number of workers, and after any interruption.
"""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from typing import Any

import cloudpickle
import numpy as np
from pyabc.population import Particle, Sample
from pyabc.sampler import Sampler

from experiments.parallel import in_order, processes
from experiments.sweep.engines import at

AHEAD = 2
"""Candidates that a worker is given ahead of their turn."""


class Numbered(Sampler):
    """Candidates in the order of their numbers, in this process or in several."""

    def __init__(self, seed: int, pool: Executor | None, workers: int, accepted: Callable[[int, int], None]) -> None:
        """Draw by ``seed``; ``accepted`` is told the population and how many of its particles there are."""
        super().__init__()
        self.seed, self.pool, self.workers, self.accepted = seed, pool, workers, accepted

    def sample_until_n_accepted(
        self, n: int, simulate_one: Callable[[], Particle], t: int, *, max_eval: float = np.inf,
        all_accepted: bool = False, ana_vars: Any = None,
    ) -> Sample:  # fmt: skip
        """The first ``n`` candidates that are accepted, as pyabc asks for them."""
        sample = self._create_empty_sample()
        self.nr_evaluations_ = 0
        with closing(self._candidates(simulate_one, t)) as candidates:
            for particle in candidates:
                self.nr_evaluations_ += 1
                sample.append(particle)
                if particle.accepted:
                    self.accepted(t, sample.n_accepted)
                if sample.n_accepted == n:
                    break
        return sample

    def _candidates(self, simulate_one: Callable[[], Particle], t: int) -> Generator[Particle, None, None]:
        keys = ((self.seed, t, number) for number in count())
        if self.pool is None:
            return (candidate(simulate_one, key) for key in keys)
        packed = cloudpickle.dumps(simulate_one)  # pyabc makes it of closures, which plain pickle refuses
        return in_order(self.pool, partial(unpacked, packed), keys, AHEAD * self.workers)


def unpacked(simulate_one: bytes, key: tuple[int, int, int]) -> Particle:
    """One candidate, in another process."""
    return candidate(cloudpickle.loads(simulate_one), key)


def candidate(simulate_one: Callable[[], Particle], key: tuple[int, int, int]) -> Particle:
    """One candidate, with the random seed of its key; pyabc draws from numpy's global stream."""
    before = np.random.get_state()
    np.random.seed(np.random.SeedSequence([part + 1 for part in key]).generate_state(4))
    try:
        return simulate_one()
    finally:
        np.random.set_state(before)


@contextmanager
def pool_of(workers: int, scheduler: str | None = None) -> Iterator[Executor | None]:
    """Processes for the work, or the workers of a dask scheduler; none for one worker.

    Raises:
        InputError: no scheduler answers, or it has no worker.
    """
    if scheduler is not None:
        with at(scheduler) as engine:
            yield engine.client.get_executor()
    else:
        with processes(workers) as pool:
            yield pool
