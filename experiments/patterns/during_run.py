"""Patterns that a run shows only while it runs: one person before every desk, and how long a petition takes."""

import numpy as np

from experiments.patterns.run_cache import Watch
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.cases.people import of_people
from model.explain.casefile import source_of
from model.explain.view import considered, typical, views

CASE, T_VISA = "claudia", "t-visa"
DAYS_A_MONTH = 30.4


class Before(Watch):
    """The likeliest leniency for a named case before an agency's typical officers, on the day that the case names."""

    agency = ""

    def evening(self, model: BureaucracyModel) -> None:
        """Put the case before every desk of the agency that would decide it."""
        file = model.world.cases[CASE]
        if model.today != file.on:
            return
        chances = []
        for stage in file.stages:
            unit = model.world.units()[int(model.stages.unit[model.stage_names.index(stage)])]
            if unit.startswith(f"{self.agency}."):
                mix = source_of(file.person, stage, model.world)
                case = of_people(model.world, model.register, [file.person], file.area, mix)
                chances.append(float(considered(typical(views(model, case, stage))).p))
        self.found = max(chances)


class BeforeIce(Before):
    """Before ICE."""

    agency = "ice"


class BeforeUscis(Before):
    """Before USCIS."""

    agency = "uscis"


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
