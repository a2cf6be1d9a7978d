"""Culture moves slowly: colleagues, experience, who leaves and who is hired.

Every week, for an officer of a unit with formation strength ``F``::

    leaning += (1 - F) * (drift * (mean leaning of colleagues - leaning) + experience * own record) * 7/365

The *record* of an officer, and of colleagues together, is the log of their leniency over what their unit would have
made at the same stages, both fading with the half-life ``memory`` and both softened by ``prior``. Leniency is the sum
of probabilities, not of outcomes: the log of a few lucky outcomes is too low on average, and lower the fewer there are.
Decisions that the law had already made say nothing about anybody and are left out.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import LAPSED, Log
from model.agencies.officers import Desks, Offices, Units
from model.arithmetic import exps, log, logs
from model.cases.draws import Floats, normals, purpose, uniforms
from model.compiled import compiled
from model.schema import Society


class Records(NamedTuple):
    """What has been done lately, fading.

    Attributes:
        lenient, expected: per officer, the sum of probabilities of leniency, and what their unit would have made of it.
        stage_lenient, stage_decided: per stage, for the unit's norm.
    """

    lenient: Floats
    expected: Floats
    stage_lenient: Floats
    stage_decided: Floats


def records(officers: int, stages: int) -> Records:
    """Nothing has been decided yet."""
    return Records(np.zeros(officers), np.zeros(officers), np.zeros(stages), np.zeros(stages))


@compiled
def update_records(rows: int, log: Log, fading: float, records: Records) -> None:
    """Add a day's decisions to the records, after what was there has faded by ``fading``."""
    for stage in range(records.stage_lenient.shape[0]):
        records.stage_lenient[stage] *= fading
        records.stage_decided[stage] *= fading
    for officer in range(records.lenient.shape[0]):
        records.lenient[officer] *= fading
        records.expected[officer] *= fading
    for row in range(rows):
        if log.bound[row] == 0 and log.track[row] != LAPSED:
            records.stage_decided[log.stage[row]] += 1.0
            records.stage_lenient[log.stage[row]] += log.p[row]
    for row in range(rows):
        if log.bound[row] == 0 and log.track[row] != LAPSED:
            stage, officer = log.stage[row], log.officer[row]
            records.expected[officer] += records.stage_lenient[stage] / records.stage_decided[stage]
            records.lenient[officer] += log.p[row]


@compiled
def update_peer_signal(
    near: npt.NDArray[np.int32], prior: Floats, usual: float, records: Records, peers: Floats
) -> None:
    """What colleagues nearby did over what their unit does, as a log, into ``peers``.

    ``prior`` is what softens the log for an officer with the ``usual`` number of colleagues; with fewer it is less.
    """
    for officer in range(near.shape[0]):
        lenient, expected, colleagues = 0.0, 0.0, 0
        for at in range(near.shape[1]):
            other = near[officer, at]
            if other >= 0:
                lenient += records.lenient[other]
                expected += records.expected[other]
                colleagues += 1
        doubt = prior[officer] * max(colleagues, 1) / usual
        peers[officer] = log((lenient + doubt) / (expected + doubt))


def drift(
    week: int, seed: int, society: Society, near: npt.NDArray[np.int32], desks: Desks, units: Units, offices: Offices,
    prior: Floats, records: Records,
) -> None:  # fmt: skip
    """One week on: leanings move, some officers leave, and recruits take their desks."""
    there = near >= 0
    colleagues = np.where(there, desks.orientation[near], 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    own = logs((records.lenient + prior) / (records.expected + prior))
    pull = society.drift.value * np.where(there.any(axis=1), colleagues - desks.orientation, 0.0)
    step = (1.0 - units.formation[desks.unit]) * (pull + society.experience.value * own) * 7.0 / 365.0
    desks.orientation[:] += step
    leaves = uniforms(np.uint64(seed), desks.key, purpose("leaves", week))
    gone = (leaves < 1.0 - exps(-units.turnover[desks.unit] * 7.0 / 365.0)) & ~desks.vacant
    if gone.any():
        unit, office = desks.unit[gone], desks.office[gone]
        luck = normals(np.uint64(seed), desks.key[gone], purpose("recruit", week))
        desks.orientation[gone] = units.recruits[unit] + offices.history[office] + units.spread[unit] * luck
        records.lenient[gone] = 0.0
        records.expected[gone] = 0.0
