"""Patterns that a run shows only while it runs: one person before every desk, and how long a petition takes."""

import numpy as np

from experiments.patterns.run_cache import Watch
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.cases.people import of_people
from model.explain.casefile import source_of
from model.explain.view import considered, typical, views
from model.rule.decision import RuleOutput
from model.schema import CaseFile

CASE, T_VISA, BOND, PAROLE = "claudia", "t-visa", "bond", "parole"
DAYS_A_MONTH = 30.4


class Before(Watch):
    """The likeliest leniency for a named case before an agency's typical officers, on the day that the case names."""

    agency = ""

    def evening(self, model: BureaucracyModel) -> None:
        """Put the case before every desk that is asked about."""
        file = model.world.cases[CASE]
        if model.today == file.on:
            self.found = max(self.chance(_before(model, file, stage)) for stage in self.stages(model, file))

    def stages(self, model: BureaucracyModel, file: CaseFile) -> list[str]:
        """Those of the case's own that the agency decides."""
        units = {stage: int(model.stages.unit[model.stage_names.index(stage)]) for stage in file.stages}
        return [stage for stage, at in units.items() if model.world.units()[at].startswith(f"{self.agency}.")]

    def chance(self, made: RuleOutput) -> float:
        """What is looked at: the chance of leniency."""
        return float(made.p)


def _before(model: BureaucracyModel, file: CaseFile, stage: str) -> RuleOutput:
    """The decision of the typical officer of a stage."""
    mix = source_of(file.person, stage, model.world)
    case = of_people(model.world, model.register, [file.person], file.area, mix)
    return considered(typical(views(model, case, stage)))


class BeforeIce(Before):
    """Before ICE."""

    agency = "ice"


class BeforeUscis(Before):
    """Before USCIS."""

    agency = "uscis"


class Bond(Before):
    """Before the immigration judge who decides on bond."""

    def stages(self, model: BureaucracyModel, file: CaseFile) -> list[str]:
        """The bond hearing alone."""
        return [BOND]


class ParoleLookedAt(Before):
    """Whether the request for parole is looked at as a matter of its own, whatever comes of it."""

    def stages(self, model: BureaucracyModel, file: CaseFile) -> list[str]:
        """Parole alone."""
        return [PAROLE]

    def chance(self, made: RuleOutput) -> float:
        """That it is noticed."""
        return float(made.notice)


class MonthsToVisa(Watch):
    """Median months from filing to the grant of a T visa."""

    def __init__(self) -> None:
        """No petition has been decided."""
        self._days: list[int] = []

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Note the age of each petition that is granted today."""
        here = (log.stage == model.stage_names.index(T_VISA)) & log.favourable
        self._days += (model.day - model.cases.arrival[log.case[here]]).tolist()

    def evening(self, model: BureaucracyModel) -> None:
        """The median so far."""
        if self._days:
            self.found = float(np.median(self._days)) / DAYS_A_MONTH
