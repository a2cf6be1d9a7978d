"""One of the two worlds: what a pair keeps of it beside its decisions."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.twin.case_traits import POPULATIONS, populations, serious
from experiments.twin.join import category
from model import BureaucracyModel
from model.record.separations import breaches, separated
from model.schema import Scenario, World


class Watched(Protocol):
    """An observer that knows the nights that each case spends in custody."""

    model: BureaucracyModel

    @property
    def nights(self) -> npt.NDArray[np.int32]:
        """One number a case."""


@dataclass(frozen=True)
class Side:
    """One world, after its run.

    Attributes:
        scenario: which directives there were.
        world: the part of the whole that it watches.
        cases: one row a person who has come: ``mix``, ``number`` and ``arrival``, the same in both worlds and
            nobody else's; ``level``, ``population``, ``serious``; ``place`` (where they wait, or the exit);
            ``nights`` in custody from the directives' first day on.
        outcomes, resources: the tables of the run (`model.record.tables.Recorder`).
        separated, breaches: who was separated, and where legal limits were broken (`model.record.separations`).
        hours: hours a day that the officers of each unit have, at this scale.
    """

    scenario: Scenario
    world: World = field(repr=False)
    cases: pd.DataFrame = field(repr=False)
    outcomes: pd.DataFrame = field(repr=False)
    resources: pd.DataFrame = field(repr=False)
    separated: pd.DataFrame = field(repr=False)
    breaches: pd.DataFrame = field(repr=False)
    hours: pd.Series = field(repr=False)


def side_of(watch: Watched) -> Side:
    """What is kept of a finished run that was watched."""
    model = watch.model
    world, cases, place = model.world, model.cases, model.case_state.place
    come = place >= 0
    table = pd.DataFrame(
        {
            "mix": category(pd.Series(cases.mix[come]), list(world.mixes)),
            "number": cases.number[come],
            "arrival": cases.arrival[come],
            "level": category(pd.Series(cases.level[come]), list(world.words.levels)),
            "population": category(pd.Series(populations(world, cases)[come]), POPULATIONS),
            "serious": serious(world, cases)[come],
            "place": category(pd.Series(place[come]), [*world.stages, *world.exits]),
            "nights": watch.nights[come],
        }
    )
    by_unit = np.bincount(model.offices.unit, model.offices.hours * model.offices.size)
    hours = pd.Series(by_unit, index=pd.Index(world.units(), name="unit"))
    return Side(
        model.world_scenario, world, table, model.recorder.outcomes(), model.recorder.resource_table(),
        separated(model), breaches(model), hours,
    )  # fmt: skip
