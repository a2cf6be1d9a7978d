"""What the page of a case asks of the model: a world run to a day, and the case before every desk of it."""

from dataclasses import dataclass
from datetime import date
from threading import Lock

from model import BureaucracyModel
from model.errors import InputError
from model.explain import Explanation, closed_stages, explain_in, run_to
from model.schema import CaseFile
from viz.app.shown_world import per_world, the_world

KEPT = 6
"""Worlds that are kept as they stand on a day."""


@dataclass(frozen=True)
class Moment:
    """A scenario on a day, under a random seed and at a scale."""

    scenario: str
    on: date
    seed: int
    scale: float


@dataclass(frozen=True, eq=False)
class Standing:
    """A case before every desk; or what was wrong with it.

    Attributes:
        file: the case.
        found: one explanation a decision.
        closed: decisions that nobody can ask for on that day.
        error: what was wrong, if anything was.
    """

    file: CaseFile
    found: list[Explanation]
    closed: list[str]
    error: InputError | None = None


_one_at_a_time = Lock()


@per_world(most=KEPT)
def model_at(moment: Moment) -> BureaucracyModel:
    """The world on the evening of a day. It is looked at, never stepped on, since visitors share it."""
    return run_to(the_world(), moment.scenario, moment.on, moment.seed, moment.scale)


def standing(file: CaseFile, moment: Moment) -> Standing:
    """A case before every desk of a world on a day."""
    try:
        with _one_at_a_time:
            model = model_at(moment)
            stages = [stage for stage in file.stages if stage in model.world.stages]
            there = file.model_copy(update={"stages": stages})
            return Standing(file, explain_in(model, there), closed_stages(model, there))
    except InputError as error:
        return Standing(file, [], [], error)
