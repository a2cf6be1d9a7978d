"""Three ways in which a directive reaches a desk: awareness, endorsement, accountability.

*Awareness*: has the officer heard of it? Fast, and by nobody's leave; without follow-up it fades. ``s`` days after the
start, for officers of whom a training reaches the share ``trained`` at once::

    awareness = (1 - (1 - trained) * exp(-(s + 1) / bulletin)) * (monitoring + (1 - monitoring) * exp(-erosion * s))

*Endorsement*: how far do those above stand behind it? Down the ladder, a step a day. ``clarity`` is what survives the
way. Each of the ``steps`` managers below the head takes their part of one discount, by leaning and by what they are
judged by::

    share = (exp(-mission * distance) * ((1 - emphasis) + emphasis * evaluation)) ** (1 / steps)

``distance`` is how far the directive points against the manager's own leaning; ``emphasis`` is the part of their
attention that numbers take (`model.agencies.pressure`), unless the manager is evaluated on the directive. So a chain
of like managers discounts as much as one of them would, however long it is. A training speaks for the head, past those
between. What is heard and endorsed is the officer's *exposure*::

    exposure = awareness * (1 - (1 - endorsed) * (1 - trained))

*Accountability*: does the officer expect to answer for it? ``awareness * monitoring * evaluation``: somebody looks, and
those who look are themselves judged by it. It needs no goodwill (Mummolo 2018; Brehm and Gates 1997).
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Hierarchy, Managers
from model.agencies.officers import Desks, office_names
from model.arithmetic import exp, exps, log
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import Directive, World
from model.schema.directive import addresses

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Issued(NamedTuple):
    """The directives of a scenario as exposure sees them. One row a directive.

    Attributes:
        start, end: days of the watch; ``end`` is the first day without it.
        to: directives x offices, whether addressed.
        trains: directives x offices, share that the training adds after the union's consent.
    """

    start: Numbers
    end: Numbers
    direction: Floats
    clarity: Floats
    monitoring: Floats
    evaluation: Floats
    to: Mask
    trains: Floats


class Endorsement(NamedTuple):
    """How far directives have come down. Managers x directives, shares.

    Attributes:
        endorsed: of each directive, what has come to a manager.
        passed: what is passed on of it.
        share: of what has come, the share that is passed on (`passes_on`), and ``chain``, of which it was made.
    """

    endorsed: Floats
    passed: Floats
    share: Floats
    chain: Floats


FAR = 10**6


def issued(world: World, names: list[str], first_day: date) -> Issued:
    """The named directives, with those superseded ending when their successor starts."""
    rows = [world.directives[name] for name in names]
    start, end = spans(world, names, first_day)
    offices = office_names(world)
    units = [unit for agency in world.agencies.values() for unit in agency.units.values()]
    consent = dict(zip(world.units(), [unit.union_consent.value for unit in units], strict=True))
    to = np.array([[_addressed(row, *office) for office in offices] for row in rows], dtype=np.bool_)
    trains = [[_trained(row, consent[unit]) for unit, _ in offices] for row in rows]
    return Issued(
        np.array(start, dtype=np.int64), np.array(end, dtype=np.int64),
        np.array([float(r.direction) for r in rows]), np.array([r.clarity.value for r in rows]),
        np.array([r.monitoring.value for r in rows]), np.array([r.evaluation.value for r in rows]),
        to.reshape(len(rows), len(offices)), np.array(trains).reshape(len(rows), len(offices)),
    )  # fmt: skip


def spans(world: World, names: list[str], first_day: date) -> tuple[list[int], list[int]]:
    """The days of a watch on which each directive is in effect: the first with it, and the first without it again.

    One that another of them issues in answer to what is reported (`model.day.answers`) has no days of its own.
    """
    rows = [world.directives[name] for name in names]
    waits = in_answer(world, names)
    start = [FAR if name in waits else (row.start - first_day).days for name, row in zip(names, rows, strict=True)]
    end = [FAR if row.end is None or name in waits else (row.end - first_day).days
           for name, row in zip(names, rows, strict=True)]  # fmt: skip
    for row, begins in zip(rows, start, strict=True):
        for old in row.supersedes:
            if old in names:
                end[names.index(old)] = min(end[names.index(old)], begins)
    return start, end


def in_answer(world: World, names: list[str]) -> set[str]:
    """The directives among them that others among them issue in answer."""
    return {answer.issues for name in names for answer in world.directives[name].answers if answer.issues}


def _addressed(row: Directive, unit: str, office: str) -> bool:
    return addresses(row.to, unit) and (row.offices is None or office in row.offices)


def _trained(row: Directive, consent: float) -> float:
    return row.training.value * (consent if row.union_consents is None else float(row.union_consents))


def in_effect(texts: Issued, day: int) -> Mask:
    """Which directives are in effect on a day."""
    return (texts.start <= day) & (day < texts.end)


@compiled
def awareness(since: int, trained: float, bulletin: float, monitoring: float, erosion: float) -> float:
    """Share of officers who have heard of a directive and have it in mind, ``since`` days after its start.

    ``trained`` heard of it at once; ``bulletin`` is the mean number of days until the others have.

    >>> [round(awareness(day, 0.0, 4.0, 0.5, 0.004), 2) for day in (0, 6, 20, 1000)]
    [0.22, 0.82, 0.96, 0.51]
    """
    heard = 1.0 - (1.0 - trained) * exp(-(since + 1.0) / bulletin)
    return heard * (monitoring + (1.0 - monitoring) * exp(-erosion * since))


@compiled
def chain_passes_on(aligned: float, numbers: float, evaluation: float) -> float:
    """The share of what the head says that a chain of managers passes on, all of them like this one.

    >>> chain_passes_on(0.5, 0.5, 0.0), chain_passes_on(0.5, 0.5, 1.0)
    (0.25, 0.5)
    """
    return aligned * ((1.0 - numbers) + numbers * evaluation)


@compiled
def passes_on(chain: float, part: float) -> float:
    """The share of it that one of them passes on; ``part`` is one over the managers below the head.

    >>> passes_on(0.25, 1.0), round(passes_on(0.25, 0.5) ** 2, 3)
    (0.25, 0.25)
    """
    return exp(part * log(chain)) if chain > 0.0 and part != 1.0 else chain


@compiled
def update_exposure(
    day: int, bulletin: float, erosion: float, texts: Issued, hears: Mask, aligned: Floats, managers: Managers,
    above: Numbers, emphasis: Floats, by: Endorsement, desks: Desks,
) -> None:  # fmt: skip
    """One day on: each level hears what the level above passed on of yesterday's.

    ``hears`` and ``aligned`` are managers x directives (`Lines`); ``above`` has a row an officer. Awareness, exposure
    and accountability of the desks are set. A directive that is not in effect takes no time from the second day after
    its end on, and a manager on whom nothing new presses is not reckoned anew.
    """
    endorsed, passed = by.endorsed, by.passed
    for text in range(texts.start.shape[0]):
        start, end = texts.start[text], texts.end[text]
        if day < start or day > end + 1:
            continue
        lasts = day < end
        for manager in range(endorsed.shape[0]):
            if endorsed[manager, text] == 0.0:
                passed[manager, text] = 0.0
                continue
            numbers = emphasis[manager] if managers.parent[manager] >= 0 else 0.0
            chain = chain_passes_on(aligned[manager, text], numbers, texts.evaluation[text])
            if chain != by.chain[manager, text]:
                by.chain[manager, text] = chain
                by.share[manager, text] = passes_on(chain, managers.part[manager])
            passed[manager, text] = endorsed[manager, text] * by.share[manager, text]
        untrained = awareness(day - start, 0.0, bulletin, texts.monitoring[text], erosion)
        for officer in range(above.shape[0]):
            at = desks.office[officer]
            reached = lasts and texts.to[text, at]
            if not reached and desks.awareness[officer, text] == 0.0:
                continue
            heard, trained = 0.0, texts.trains[text, at]
            if reached:
                heard = untrained
                if trained > 0.0:
                    heard = awareness(day - start, trained, bulletin, texts.monitoring[text], erosion)
            desks.awareness[officer, text] = heard
            desks.exposure[officer, text] = heard * (1.0 - (1.0 - passed[above[officer], text]) * (1.0 - trained))
            desks.accountability[officer, text] = heard * texts.monitoring[text] * texts.evaluation[text]
        for manager in range(endorsed.shape[0]):
            parent = managers.parent[manager]
            came = 1.0 if parent < 0 else passed[parent, text]
            endorsed[manager, text] = came if hears[manager, text] and lasts else 0.0


class Lines:
    """By which managers each directive comes, and what they pass on of it.

    Attributes:
        texts: the directives as they are worded.
        hears: managers x directives, whether it comes by them.
        aligned: managers x directives, what a manager passes on as they lean, 0 to 1; of a head, what survives the way.
    """

    def __init__(self, world: World, texts: Issued, hierarchy: Hierarchy) -> None:
        """Read the directives."""
        self.managers = hierarchy.managers
        codes = {agency: code for code, agency in enumerate(world.agencies)}
        self._agency_of = np.array([codes[unit.split(".")[0]] for unit, _ in office_names(world)])
        self.read(texts)

    def read(self, texts: Issued) -> None:
        """Take the directives as they are worded; what has been heard so far stays heard."""
        managers = self.managers
        self.texts = texts
        office_to = texts.to.T[np.maximum(managers.office, 0)]
        agencies = np.unique(self._agency_of)
        to_agency = [texts.to[:, self._agency_of == agency].any(axis=1) for agency in agencies]
        heads_to = np.array(to_agency, dtype=np.bool_)[np.searchsorted(agencies, managers.agency)]
        self.hears = np.where((managers.unit < 0)[:, None], heads_to, office_to)
        self.align()

    def align(self) -> None:
        """What managers pass on for their own part, as they lean and the directives are worded."""
        texts, managers = self.texts, self.managers
        distance = np.maximum(0.0, -texts.direction[None, :] * managers.orientation[:, None])
        self.aligned = np.asarray(exps(-managers.mission[:, None] * distance))
        self.aligned[managers.parent < 0] = texts.clarity
