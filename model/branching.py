"""A run branched on an evening: its past stays as it was, and a directive still to come is worded otherwise.

A directive does nothing before its first day. To see it worded otherwise, a run need not begin anew: a branch shares
the past to the last decision, and goes on as a run of the other world would.
"""

from copy import deepcopy
from typing import TYPE_CHECKING

import mesa
import numpy as np

from model.agencies.exposure import Issued, issued, spans
from model.cases.columns import columns
from model.day.queues import CaseState
from model.errors import InputError
from model.rule import rule_columns
from model.schema import Agency, World
from model.world.streams import within

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

WORDING = (
    "authority", "clarity", "direction", "evaluation", "latitude", "mandate", "meaning", "monitoring", "targets",
    "training", "union_consents",
)  # fmt: skip
"""What of a directive may be worded otherwise until its first day."""


def branched(model: "BureaucracyModel", world: World) -> "BureaucracyModel":
    """The run as it stands tonight, to go on in another world; the run itself is left as it is.

    Args:
        model: a run on the evening of any day.
        world: differs from the run's in the wording of directives (`WORDING`) and the unions' consent to trainings, and
            in nothing that has had an effect yet; its own world gives a copy.

    Raises:
        InputError: the world would have had another past.

    >>> from model import BureaucracyModel, load
    >>> model = BureaucracyModel("memo", scale=1.0, rng=1, world="two-desks", until="2020-03-31").run()
    >>> other = branched(model, load("two-desks", {"directives.memo.clarity": 0.1}))
    >>> other.today == model.today, other.world.directives["memo"].clarity.value
    (True, 0.1)
    """
    small = within(world, model.world_scenario)
    texts_now = _issued(model, small)
    moved = _past_effect(model, small, texts_now)
    if moved:
        raise InputError("the run would have had another past", where=moved, found=f"branched on {model.today}",
                         allowed="directives worded otherwise that have not begun")  # fmt: skip
    other = type(model).__new__(type(model))
    mesa.Model.__init__(other, rng=model.seed)
    bare = set(vars(other))
    other.wind(model.steps)
    never_changed = [
        *model.recorder.past(), model.calendar, model.society, model.random_streams, model.parties, model.lanes,
        model.routes, model.offices, model.seating,
    ]  # fmt: skip
    memo = {id(model): other, id(model.world): small, **_columns(model)}
    memo |= {id(part): part for part in never_changed}
    for name, part in vars(model).items():
        if name not in bare:
            setattr(other, name, deepcopy(part, memo))
    other.running = model.running
    other.directives = rule_columns.directives(small, model.directive_names, other.register)
    other.directives.active[:] = model.directives.active
    other.lines.read(texts_now)
    other.effects.texts = other.effects.answers.texts = texts_now
    for agent in model.agents if model.posts.filled else ():
        mesa.Model.register_agent(other, deepcopy(agent, memo))
    return other


def _columns(model: "BureaucracyModel") -> dict[int, object]:
    """A copy of the cases' records, and for every column of them, by its id, the same column of the copy."""
    stored = model.stored.copied()
    names = CaseState._fields[:-1]
    return {
        id(model.stored): stored,
        id(model.cases): columns(stored),
        id(model.waiting.next): stored.column("next").T,
        **{id(getattr(model.case_state, name)): stored.column(name) for name in names},
    }


def shares_its_past(model: "BureaucracyModel", world: World) -> bool:
    """Whether a run can be branched into a world tonight."""
    small = within(world, model.world_scenario)
    return not _past_effect(model, small, _issued(model, small))


def _issued(model: "BureaucracyModel", world: World) -> Issued:
    """The directives as another world words them, on the days that answers have given them so far."""
    names = model.directive_names
    texts, written_days = issued(world, names, model.start), spans(model.world, names, model.start)
    for now, then, written in zip(texts[:2], model.lines.texts[:2], written_days, strict=True):
        now += then - np.array(written, dtype=np.int64)
    return texts


def _past_effect(model: "BureaucracyModel", world: World, after: Issued) -> str:
    """A part in which a world differs from a run's and that has had an effect, or may have had one; none is empty."""
    for part in type(world).model_fields:
        if part not in ("agencies", "directives") and getattr(world, part) != getattr(model.world, part):
            return part
    if _without_consent(world.agencies) != _without_consent(model.world.agencies):
        return "agencies"
    before = model.lines.texts
    begun = before.start <= model.day
    for name, text in world.directives.items():
        here = model.world.directives[name]
        late = name in model.directive_names and not begun[model.directive_names.index(name)]
        if text != (here.model_copy(update={key: getattr(text, key) for key in WORDING}) if late else here):
            return f"directives.{name}"
    for was, now in zip(before, after, strict=True):
        if not np.array_equal(was[begun], now[begun]):
            return "agencies: union_consent"
    return ""


def _without_consent(agencies: dict[str, Agency]) -> dict[str, Agency]:
    return {
        name: agency.model_copy(update={"units": {
            title: unit.model_copy(update={"union_consent": None}) for title, unit in agency.units.items()
        }})
        for name, agency in agencies.items()
    }  # fmt: skip
