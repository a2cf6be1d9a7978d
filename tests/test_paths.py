"""One officer at a time, or a day of all agencies at once: the same decisions to the last bit."""

import os
import subprocess
import sys
from datetime import date

import numpy as np

from model import BureaucracyModel, load
from model.agencies.decision_log import Log
from model.agents import Decision
from model.observers import Observer
from model.rule.terms import TERM_NAMES


class OneAtATime(Observer):
    """After each day's decisions, asks each officer again for each case."""

    def __init__(self) -> None:
        self.compared, self.active = 0, set[str]()

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        for row in range(len(log.case)):
            stage = model.stage_names[log.stage[row]]
            made = model.officers[log.officer[row]].decide(int(log.case[row]), stage)
            assert made == Decision(
                stage, log.p[row], log.notice[row], log.judgment[row], log.bound[row],
                dict(zip(TERM_NAMES, log.terms[row].tolist(), strict=True)),
            )  # fmt: skip
            self.active |= {term for term, value in made.terms.items() if value != 0.0}
        self.compared += len(log.case)


def test_both_paths_agree_to_the_last_bit_with_every_term_active() -> None:
    one = OneAtATime()
    BureaucracyModel("record-2013", scale=0.02, rng=7, until=date(2012, 12, 31), observers=[one]).run()
    assert one.compared >= 100_000
    assert one.active == set(TERM_NAMES)


def test_both_paths_agree_at_the_border() -> None:
    world, one = load(settings={"agencies.usao.units.attorneys.hours": 0.3}), OneAtATime()
    model = BureaucracyModel(
        "zero-tolerance-2018", scale=0.01, rng=7, world=world, until=date(2017, 3, 31), observers=[one]
    ).run()
    assert one.compared >= 3000
    assert (model.recorder.paths.table()["outcome"] == "not reached").any()


PROGRAM = """
from datetime import date
import hashlib, warnings
warnings.simplefilter("ignore", RuntimeWarning)
from model import BureaucracyModel
from model.record.separations import breaches, separated
digest = hashlib.sha256()
decided = 0
for scenario, scale, until in (
    ("record-2013", 0.001, date(2010, 8, 31)), ("el-paso-2017", 0.004, date(2017, 6, 30)),
):
    model = BureaucracyModel(scenario, scale=scale, rng=3, until=until, trace=True).run()
    table = model.recorder.traced().drop(columns=["mix", "stage", "to"])
    decided += len(table)
    digest.update(table.to_numpy(dtype=float).tobytes())
    digest.update(repr((separated(model).to_csv(), breaches(model).to_csv(), model.census())).encode())
print(decided, digest.hexdigest())
"""


def _run(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_compiled_interpreted_and_any_number_of_threads_give_the_same_run() -> None:
    compiled = _run(OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    assert int(compiled.split()[0]) > 2500
    assert compiled == _run(OMP_NUM_THREADS="4", NUMBA_NUM_THREADS="2")
    assert compiled == _run(NUMBA_DISABLE_JIT="1")


def test_another_seed_gives_another_run_and_the_same_seed_the_same() -> None:
    def rates(seed: int) -> np.ndarray:
        return BureaucracyModel("morton-2011", scale=0.005, rng=seed, until=date(2010, 6, 30)).run().recorder.outcomes()

    assert rates(1).equals(rates(1))
    assert not rates(1).equals(rates(2))
