"""Measures that a run shows only while it runs: one person before a desk, and how long a request takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.patterns.run_cache import Watch
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.errors import InputError
from model.explain.casefile import source_of
from model.explain.view import as_cases, considered, typical, views
from model.rule.decision import RuleOutput
from model.schema import CaseFile
from model.schema.world import RULES

DAYS_A_MONTH = 30.4


@dataclass(frozen=True)
class BeforeDesks:
    """Makes what puts a named case before the typical officers of some stages, on the day that the case names.

    Attributes:
        case: of the world.
        agency: whose stages, of those of the case; empty where ``stages`` names them.
        stages: that are asked.
        noticed: ask whether the case is looked at, rather than for leniency.
    """

    case: str
    agency: str = ""
    stages: tuple[str, ...] = ()
    noticed: bool = False

    def __call__(self) -> Watch:
        """For one run."""
        return _Before(self)


class _Before(Watch):
    def __init__(self, asked: BeforeDesks) -> None:
        self.asked = asked

    def evening(self, model: BureaucracyModel) -> None:
        """The likeliest leniency of all desks that are asked about."""
        file = model.world.cases[self.asked.case]
        if model.today == file.on:
            made = [_before(model, file, stage) for stage in self._stages(model, file)]
            self.found = max(float(one.notice if self.asked.noticed else one.p) for one in made)

    def _stages(self, model: BureaucracyModel, file: CaseFile) -> Sequence[str]:
        units = {stage: int(model.stages.unit[model.stage_names.index(stage)]) for stage in file.stages}
        known = model.world.units()
        return self.asked.stages or [
            stage for stage, at in units.items() if known[at].startswith(f"{self.asked.agency}.")
        ]


def _before(model: BureaucracyModel, file: CaseFile, stage: str) -> RuleOutput:
    """The decision of the typical officer of a stage; raises InputError under a rule of one's own."""
    if model.own is not None:
        raise InputError(
            "a pattern that follows one person asks for a shipped rule", where="rule.name",
            found=model.world.rule.name, allowed=f"{', '.join(RULES)}; or patterns that follow nobody (--only)",
        )  # fmt: skip
    mix = source_of(file.person, stage, model.world)
    case = as_cases(model, [file.person], file.area, mix)
    return considered(typical(views(model, case, stage)))


@dataclass(frozen=True)
class Waited:
    """Makes what notes how many months a case of a stage has been there when the lenient outcome comes."""

    stage: str

    def __call__(self) -> Watch:
        """For one run."""
        return _Wait(self.stage)


class _Wait(Watch):
    def __init__(self, stage: str) -> None:
        self.stage = stage
        self._days: list[int] = []

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Note the age of each case that is granted today."""
        here = (log.stage == model.stage_names.index(self.stage)) & log.favourable
        self._days += (model.day - model.cases.arrival[log.case[here]]).tolist()

    def evening(self, model: BureaucracyModel) -> None:
        """The median so far."""
        if self._days:
            self.found = float(np.median(self._days)) / DAYS_A_MONTH
