"""Culture moves slowly: experience, who leaves and who is hired.

Every week, for an officer of a unit with formation strength ``F``::

    leaning += (1 - F) * experience * own record * 7/365

The *record* of an officer is the log of their leniency over what their office would have made at the same stages, both
fading with the half-life ``memory`` and both softened by ``prior``. Leniency is the sum
of probabilities, not of outcomes: the log of a few lucky outcomes is too low on average, and lower the fewer there are.
Decisions that the law or custom had already made say nothing about anybody and are left out.
"""

from typing import NamedTuple

import numpy as np

from model.agencies.decision_log import LAPSED, Log
from model.agencies.officers import Desks, Offices, Units
from model.arithmetic import exp, log
from model.cases.draws import Floats, normal, uniform
from model.compiled import compiled


class Records(NamedTuple):
    """What has been done lately, fading.

    Attributes:
        lenient, expected: per officer, the sum of probabilities of leniency, and what their office would have made of
            it.
        office_lenient, office_decided: offices x stages, the sum of probabilities of leniency, and the decisions.
    """

    lenient: Floats
    expected: Floats
    office_lenient: Floats
    office_decided: Floats


def records(officers: int, offices: int, stages: int) -> Records:
    """Nothing has been decided yet."""
    lenient, decided = np.zeros((2, offices, stages))
    return Records(np.zeros(officers), np.zeros(officers), lenient, decided)


@compiled
def update_records(rows: int, log: Log, fading: float, desks: Desks, records: Records) -> None:
    """Add a day's decisions to the records, after what was there has faded by ``fading``."""
    for office in range(records.office_decided.shape[0]):
        for stage in range(records.office_decided.shape[1]):
            if records.office_decided[office, stage] > 0.0:
                records.office_lenient[office, stage] *= fading
                records.office_decided[office, stage] *= fading
    for officer in range(records.lenient.shape[0]):
        records.lenient[officer] *= fading
        records.expected[officer] *= fading
    for row in range(rows):
        if log.bound[row] == 0 and log.track[row] != LAPSED:
            office, stage = desks.office[log.officer[row]], log.stage[row]
            records.office_decided[office, stage] += 1.0
            records.office_lenient[office, stage] += log.p[row]
    for row in range(rows):
        if log.bound[row] == 0 and log.track[row] != LAPSED:
            stage, officer = log.stage[row], log.officer[row]
            office = desks.office[officer]
            records.expected[officer] += records.office_lenient[office, stage] / records.office_decided[office, stage]
            records.lenient[officer] += log.p[row]


@compiled
def move_leanings(
    seed: np.uint64, leaves: np.uint64, recruit: np.uint64, experience: float, units: Units, offices: Offices,
    prior: Floats, records: Records, desks: Desks,
) -> None:  # fmt: skip
    """One week on: leanings move, some officers leave, and recruits take their desks.

    ``leaves`` and ``recruit`` are the keys of the week's draws; ``experience`` is the pull of one's own record, in
    log-odds a year; ``prior`` softens the record of each officer, in cases.
    """
    for officer in range(desks.orientation.shape[0]):
        unit, key = desks.unit[officer], desks.key[officer]
        own = log((records.lenient[officer] + prior[officer]) / (records.expected[officer] + prior[officer]))
        desks.orientation[officer] += (1.0 - units.formation[unit]) * experience * own * 7.0 / 365.0
        stays = exp(-units.turnover[unit] * 7.0 / 365.0)
        if not desks.vacant[officer] and uniform(seed, key, leaves) < 1.0 - stays:
            luck = units.spread[unit] * normal(seed, key, recruit)
            desks.orientation[officer] = units.recruits[unit] + offices.history[desks.office[officer]] + luck
            records.lenient[officer] = records.expected[officer] = 0.0
