"""What must be true on every day of any run, watched from outside the code that should make it so."""

from datetime import timedelta

import numpy as np

from experiments.patterns.audit import capacity, people
from experiments.patterns.run_cache import Watch
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.cases.conditions import any_holds


class _Counted(Watch):
    """Counts from zero."""

    def __init__(self) -> None:
        self.found = 0.0


class People(_Counted):
    """Evenings, at the ends of months, on which people did not add up (`experiments.patterns.audit.people`)."""

    def evening(self, model: BureaucracyModel) -> None:
        """Count everybody, once a month."""
        if (model.today + timedelta(days=1)).day == 1:
            self.found += any(True for _ in people(model))


class Capacity(_Counted):
    """Evenings on which what is in use did not add up (`experiments.patterns.audit.capacity`)."""

    def evening(self, model: BureaucracyModel) -> None:
        """Count what is held."""
        self.found += any(True for _ in capacity(model))


class Lawful(_Counted):
    """Decisions that a law in force forbade: the law's own conditions are put to every case that was decided."""

    def __init__(self) -> None:
        """Whom each law concerns is asked when the first decision is made."""
        super().__init__()
        self._concerned: list[np.ndarray] = []

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Count the decisions of a day that went against a law; where two laws meet, the one that bars prevails."""
        world, laws = model.world, list(model.world.laws.values())
        if not self._concerned:
            self._concerned = [any_holds(world, law.when, model.cases) for law in laws]
        barred = np.zeros(len(log.case), dtype=bool)
        demanded = barred.copy()
        for at, law in enumerate(laws):
            if model.laws.in_force[at]:
                stages = [model.stage_names.index(stage) for stage in law.stages if stage in model.stage_names]
                here = np.isin(log.stage, stages) & self._concerned[at][log.case]
                if law.must == "unfavourable":
                    barred |= here
                else:
                    demanded |= here
        self.found += int((barred & log.favourable).sum() + (demanded & ~barred & ~log.favourable).sum())


class ByTheRule(_Counted):
    """Decisions whose chance is not that of the rule, or whose outcome, unlooked-at, is not what the stage says."""

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Count them: ``p`` is the rule's, within 0 and 1, and what nobody looks at is as its stage says, law aside."""
        free = log.bound == 0
        spared = model.stages.unnoticed[log.stage]
        off = np.abs(log.p - log.notice * log.judgment - (1.0 - log.notice) * spared) > 1e-12
        unseen = (log.favourable != (spared > 0.0)) & ~log.noticed
        self.found += int((free & (off | unseen)).sum() + ((log.p < 0.0) | (log.p > 1.0)).sum())


class Drawn(Watch):
    """How far outcomes are from their chances: ``(favourable - sum of p) / sqrt(sum of p (1 - p))``."""

    def __init__(self) -> None:
        """Nothing has been decided."""
        self._sums = np.zeros(3)

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Add up outcomes, chances and their variance."""
        free = log.bound == 0
        p = log.p[free]
        self._sums += (log.favourable[free].sum(), p.sum(), (p * (1.0 - p)).sum())
        if self._sums[2]:
            self.found = float((self._sums[0] - self._sums[1]) / np.sqrt(self._sums[2]))


class Overworked(_Counted):
    """Queues on which more hours were spent than their officers had, with a world's overtime and the case in hand."""

    def __init__(self) -> None:
        """Nobody has worked."""
        super().__init__()
        self._spent = self._had = np.zeros(0)

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Add up the day's hours, and count those beyond theirs."""
        officers, at = len(model.hours), model.waiting.at
        hours = np.asarray(np.bincount(at, np.where(model.desks.vacant, 0.0, model.hours), officers), dtype=np.float64)
        if not len(self._had):
            self._spent = np.zeros(officers)
            self._had = hours * model.world.society.overtime.value
        self._spent += np.bincount(at[log.officer], log.hours, officers)
        self._had += hours
        longest = float((model.stages.screening_hours + model.stages.review_hours).max())
        self.found = float((self._spent > self._had + longest + 1e-9).sum())
