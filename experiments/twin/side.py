"""One of the two worlds: what a pair keeps of it beside its decisions."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.twin.join import category
from experiments.twin.people import POPULATIONS, populations, serious
from model import BureaucracyModel
from model.schema import Scenario
from model.vocabulary import LEVELS

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Side:
    """One world, after its run.

    Attributes:
        scenario: which directives there were.
        cases: one row a case that has come: ``mix``, ``number`` and ``arrival``, which tell it from any other in both
            worlds; ``level``, ``population``, ``serious``; ``place`` (the stage where it waits, or the exit);
            ``nights`` in custody from the directives' first day on.
        outcomes, resources: the tables of the run (`model.record.Recorder`).
        hours: hours a day that the officers of each unit have, at this scale.
    """

    scenario: Scenario
    cases: pd.DataFrame = field(repr=False)
    outcomes: pd.DataFrame = field(repr=False)
    resources: pd.DataFrame = field(repr=False)
    hours: pd.Series = field(repr=False)


def side_of(model: BureaucracyModel, decisions: pd.DataFrame, first_day: date) -> Side:
    """What is kept of a finished run.

    Args:
        model: the run.
        decisions: what was watched of it (`experiments.twin.watch.Watch.table`).
        first_day: the day on which the two worlds begin to differ.
    """
    world, cases, place = model.world, model.cases, model.where.place
    first = max((first_day - model.start).days, 0)
    held = nights(
        decisions["case"].to_numpy(np.int64), decisions["day"].to_numpy(np.int64), decisions["custody"].to_numpy(),
        cases.arrival.astype(np.int64), model.where.custody, first, model.day + 1,
    )  # fmt: skip
    come = place >= 0
    table = pd.DataFrame(
        {
            "mix": category(pd.Series(cases.mix[come]), list(world.mixes)),
            "number": cases.number[come],
            "arrival": cases.arrival[come],
            "level": category(pd.Series(cases.level[come]), LEVELS),
            "population": category(pd.Series(populations(world, cases)[come]), POPULATIONS),
            "serious": serious(world, cases)[come],
            "place": category(pd.Series(place[come]), [*world.stages, *world.exits]),
            "nights": held[come],
        }
    )
    by_unit = np.bincount(model.offices.unit, model.offices.hours * model.offices.size)
    hours = pd.Series(by_unit, index=pd.Index(world.units(), name="unit"))
    return Side(model.scenario, table, model.recorder.outcomes(), model.recorder.resource_table(), hours)


def nights(
    case: Numbers, day: Numbers, custody: npt.NDArray[np.bool_], arrival: Numbers, at_the_end: npt.NDArray[np.bool_],
    first: int, days: int,
) -> Numbers:  # fmt: skip
    """Evenings on which each case was in custody, of those from day ``first`` to day ``days - 1``.

    Custody changes only as a case comes, is decided, or leaves. So it lasts from the one to the next as it was when
    that next decision was made, and from the last decision to the end as it is there.

    One case comes on day 0, is detained by a decision on day 2 and released by one on day 7; another comes in custody
    on day 3 and is still held at the end of day 9. With the count from day 4 on: days 4 to 6, and days 4 to 9.

    >>> nights(np.array([0, 0]), np.array([2, 7]), np.array([False, True]), np.array([0, 3]),
    ...        np.array([False, True]), first=4, days=10).tolist()
    [3, 6]

    Args:
        case: of each decision, in the order in which they were made.
        day: of each decision.
        custody: whether the person was held before the decision.
        arrival: the day on which each case comes, negative if before the watch.
        at_the_end: whether each case is in custody after the last day.
        first: the first day that counts.
        days: how many the watch has.
    """
    order = np.argsort(case, kind="stable")
    who, when = case[order], day[order]
    since = np.maximum(arrival[who], first)
    again = np.flatnonzero(who[1:] == who[:-1]) + 1
    since[again] = np.maximum(when[again - 1], first)
    held = np.where(custody[order], np.maximum(when - since, 0), 0)
    total = np.bincount(who, held, minlength=len(arrival)).astype(np.int64)
    last = np.maximum(arrival, first)
    last[who] = np.maximum(when, first)
    return np.asarray(total + np.where(at_the_end, days - last, 0), dtype=np.int64)
