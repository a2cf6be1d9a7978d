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

from model.agencies.hierarchy import Hierarchy
from model.agencies.officers import office_names
from model.arithmetic import exps
from model.cases.draws import Floats
from model.compiled import compiled
from model.schema import Directive, World
from model.schema.directive import addresses

Numbers = npt.NDArray[np.int64]


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
    to: npt.NDArray[np.bool_]
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


def in_effect(texts: Issued, day: int) -> npt.NDArray[np.bool_]:
    """Which directives are in effect on a day."""
    return (texts.start <= day) & (day < texts.end)


def signal(texts: Issued, day: int, erosion: float) -> Floats:
    """What the head of the agency makes of each directive on a day; 0 before its start and after its end.

    >>> one = [np.array([0]), np.array([FAR])] + [np.array([x]) for x in (1.0, 0.8, 0.5, 0.0)]
    >>> texts = Issued(*one, to=np.array([[True]]), trains=np.array([[0.0]]))
    >>> signal(texts, 0, 0.01), signal(texts, 10**5, 0.01), signal(texts, -1, 0.01)
    (array([1.]), array([0.5]), array([0.]))
    """
    age = np.maximum(day - texts.start, 0)
    made = texts.monitoring + (1.0 - texts.monitoring) * exps(-erosion * age)
    return np.where(in_effect(texts, day), made, 0.0)


@compiled
def hear(
    office: Numbers, above: Numbers, to: npt.NDArray[np.bool_], passed: Floats, trained: Floats, into: Floats
) -> None:
    """What reaches officers: ``1 - (1 - passed)(1 - trained)`` where they are addressed, else nothing.

    ``passed`` is managers x directives, ``trained`` directives x offices, ``into`` officers x directives.
    """
    for officer in range(into.shape[0]):
        for text in range(into.shape[1]):
            at = office[officer]
            into[officer, text] = 0.0
            if to[text, at]:
                into[officer, text] = 1.0 - (1.0 - passed[above[officer], text]) * (1.0 - trained[text, at])


class Spread:
    """Exposure of every manager to every directive, from day to day."""

    def __init__(self, world: World, texts: Issued, hierarchy: Hierarchy) -> None:
        """Nobody has heard of anything yet."""
        self.erosion = world.society.erosion.value
        self.hierarchy = hierarchy
        self.exposure = np.zeros((len(hierarchy.managers.parent), len(texts.start)))
        codes = {agency: code for code, agency in enumerate(world.agencies)}
        self._agency_of = np.array([codes[unit.split(".")[0]] for unit, _ in office_names(world)])
        self.read(texts)

    def read(self, texts: Issued) -> None:
        """Take the directives as they are worded; what has been heard so far stays heard."""
        managers = self.hierarchy.managers
        self.texts = texts
        office_to = texts.to.T[np.maximum(managers.office, 0)]
        heads_to = np.array(
            [texts.to[:, self._agency_of == agency].any(axis=1) for agency in managers.agency], dtype=np.bool_
        ).reshape(len(managers.parent), len(texts.start))
        self._hears = np.where((managers.unit < 0)[:, None], heads_to, office_to)
        self.align()

    def align(self) -> None:
        """What managers pass on for their own part, as they lean and the directives are worded."""
        texts, managers = self.texts, self.hierarchy.managers
        distance = np.maximum(0.0, -texts.direction[None, :] * managers.orientation[:, None])
        distance[managers.parent < 0] = 0.0
        self._aligned = texts.clarity[None, :] * exps(-managers.mission[:, None] * distance)

    def shares(self, emphasis: Floats) -> Floats:
        """What each manager passes on of each directive: managers x directives."""
        numbers = np.where(self.hierarchy.managers.parent < 0, 0.0, emphasis)[:, None]
        attention = (1.0 - numbers) + numbers * self.texts.evaluation[None, :]
        return np.asarray(self._aligned * attention)

    def step(self, day: int, emphasis: Floats, officers_office: Numbers, into: Floats) -> None:
        """One day on: each level hears what the level above passed on of yesterday's; officers into ``into``."""
        parent = self.hierarchy.managers.parent
        made = signal(self.texts, day, self.erosion)
        passed = self.exposure * self.shares(emphasis)
        hear(officers_office, self.hierarchy.above, self.texts.to, passed, self.texts.trains * made[:, None], into)
        came = np.where((parent < 0)[:, None], made[None, :], passed[np.maximum(parent, 0)])
        self.exposure = np.where(self._hears, came, 0.0) * in_effect(self.texts, day)[None, :]
