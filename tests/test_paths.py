"""One officer at a time, or a day of all agencies at once: the same decisions to the last bit."""

import os
import subprocess
import sys
from datetime import date

import numpy as np

from model import BureaucracyModel
from model.agents import Decision
from model.vocabulary import TERMS


class OneAtATime(BureaucracyModel):
    """A model that, after each day's columnar decisions, asks each officer again for each case."""

    compared = 0
    active: set[str] = set()

    def _decide(self) -> int:
        rows = super()._decide()
        log = self._log
        for row in range(rows):
            stage = self.stage_names[log.stage[row]]
            made = self.officers[log.officer[row]].decide(int(log.case[row]), stage)
            assert made == Decision(
                stage, log.p[row], log.notice[row], log.judgment[row], log.bound[row],
                dict(zip(TERMS, log.terms[row].tolist(), strict=True)),
            )  # fmt: skip
            self.active |= {term for term, value in made.terms.items() if value != 0.0}
        self.compared += rows
        return rows


def test_both_paths_agree_to_the_last_bit_with_every_term_active() -> None:
    model = OneAtATime("record-2013", scale=0.02, rng=7, until=date(2012, 12, 31)).run()
    assert model.compared >= 100_000
    assert model.active == set(TERMS)


PROGRAM = """
from datetime import date
import hashlib, warnings
warnings.simplefilter("ignore", RuntimeWarning)
from model import BureaucracyModel
model = BureaucracyModel("record-2013", scale=0.001, rng=3, until=date(2010, 8, 31), trace=True).run()
table = model.recorder.traced().drop(columns=["mix", "stage", "to"])
print(len(table), hashlib.sha256(table.to_numpy(dtype=float).tobytes()).hexdigest())
"""


def _run(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_compiled_interpreted_and_any_number_of_threads_give_the_same_run() -> None:
    compiled = _run(OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    assert int(compiled.split()[0]) > 800
    assert compiled == _run(OMP_NUM_THREADS="4", NUMBA_NUM_THREADS="2")
    assert compiled == _run(NUMBA_DISABLE_JIT="1")


def test_another_seed_gives_another_run_and_the_same_seed_the_same() -> None:
    def rates(seed: int) -> np.ndarray:
        return BureaucracyModel("morton-2011", scale=0.005, rng=seed, until=date(2010, 6, 30)).run().recorder.outcomes()

    assert rates(1).equals(rates(1))
    assert not rates(1).equals(rates(2))
