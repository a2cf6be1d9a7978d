"""How far a directive reaches: down the hierarchy a step a day, thinner at every step.

What the head makes of it, ``t`` days after the start::

    signal(t) = monitoring + (1 - monitoring) * exp(-erosion * t)

The head passes on ``clarity`` of it: a head speaks for the directive. What a manager below passes on of what came
from above the day before::

    share = clarity * exp(-mission * distance) * ((1 - emphasis) + emphasis * evaluation)

``distance`` is how far the directive points against the manager's own leaning; ``emphasis`` is the part of their
attention that numbers take (`model.agencies.pressure`), unless the manager is evaluated on the directive. Officers
receive what their manager passes on, and what a training adds: ``1 - (1 - passed)(1 - training * consent * signal)``.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.hierarchy import Hierarchy, Managers
from model.agencies.officers import office_names
from model.arithmetic import exp, exps
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
    """The days of a watch on which each directive is in effect: the first with it, and the first without it again."""
    rows = [world.directives[name] for name in names]
    start = [(row.start - first_day).days for row in rows]
    end = [FAR if row.end is None else (row.end - first_day).days for row in rows]
    for row, begins in zip(rows, start, strict=True):
        for old in row.supersedes:
            if old in names:
                end[names.index(old)] = min(end[names.index(old)], begins)
    return start, end


def _addressed(row: Directive, unit: str, office: str) -> bool:
    return addresses(row.to, unit) and (row.offices is None or office in row.offices)


def _trained(row: Directive, consent: float) -> float:
    return row.training.value * (consent if row.union_consents is None else float(row.union_consents))


def in_effect(texts: Issued, day: int) -> Mask:
    """Which directives are in effect on a day."""
    return (texts.start <= day) & (day < texts.end)


@compiled
def signal(day: int, start: int, end: int, monitoring: float, erosion: float) -> float:
    """What the head of the agency makes of a directive on a day; 0 before its start and after its end.

    >>> [signal(day, 0, FAR, 0.5, 0.01) for day in (0, 10**5, -1)]
    [1.0, 0.5, 0.0]
    """
    if day < start or day >= end:
        return 0.0
    return monitoring + (1.0 - monitoring) * exp(-erosion * (day - start))


@compiled
def update_exposure(
    day: int, erosion: float, texts: Issued, hears: Mask, aligned: Floats, managers: Managers, above: Numbers,
    office: Numbers, emphasis: Floats, passed: Floats, exposure: Floats, into: Floats,
) -> None:  # fmt: skip
    """One day on: each level hears what the level above passed on of yesterday's.

    ``hears``, ``aligned``, ``passed`` and ``exposure`` are managers x directives (`Lines`); ``above`` and ``office``
    have a row an officer, and ``into`` is officers x directives: ``1 - (1 - passed)(1 - trained)`` where they are
    addressed, else nothing. A directive that nobody has heard of, or that all have forgotten, takes no time.
    """
    for text in range(into.shape[1]):
        start, end = texts.start[text], texts.end[text]
        if day < start or day > end + 1:
            continue
        made = signal(day, start, end, texts.monitoring[text], erosion)
        for manager in range(exposure.shape[0]):
            numbers = emphasis[manager] if managers.parent[manager] >= 0 else 0.0
            attention = (1.0 - numbers) + numbers * texts.evaluation[text]
            passed[manager, text] = exposure[manager, text] * (aligned[manager, text] * attention)
        for officer in range(into.shape[0]):
            at = office[officer]
            into[officer, text] = 0.0
            if texts.to[text, at]:
                trained = texts.trains[text, at] * made
                into[officer, text] = 1.0 - (1.0 - passed[above[officer], text]) * (1.0 - trained)
        for manager in range(exposure.shape[0]):
            parent = managers.parent[manager]
            came = made if parent < 0 else passed[parent, text]
            exposure[manager, text] = came if hears[manager, text] and start <= day < end else 0.0


class Lines:
    """By which managers each directive comes, and what they pass on of it.

    Attributes:
        texts: the directives as they are worded.
        hears: managers x directives, whether it comes by them.
        aligned: managers x directives, what a manager passes on for their own part, 0 to 1.
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
        distance[managers.parent < 0] = 0.0
        self.aligned = np.asarray(texts.clarity[None, :] * exps(-managers.mission[:, None] * distance))
