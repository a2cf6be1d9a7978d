"""Where cases wait: a queue at every desk, and a calendar of what comes back later.

Each officer, or all who share their hours, has one queue per *lane*. A lane is a stage, or those in custody at a stage
that serves them first, or the pending cases that a directive has ordered before a stage. Queues are linked lists in
columns: the case itself holds who comes next, so a queue costs nothing until somebody waits in it.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import MAIN, ORDERED
from model.arithmetic import log
from model.cases.draws import Keys, purpose, uniform
from model.compiled import compiled
from model.schema import World
from model.storage import Storage

Numbers = npt.NDArray[np.int64]
Links = npt.NDArray[np.int32]
NOBODY = np.int32(-1)


class Lanes(NamedTuple):
    """One row a lane, in the order in which they are served.

    Attributes:
        stage: the decision.
        track: 0 for a case on its way, 1 for a pending case that a directive ordered before this stage.
        awaits: where a case must still be when its turn comes: the stage itself, or where it was pending.
        urgent: whether its cases are served on the day, with hours taken from days ahead.
        of_stage: stages x (free, in custody) to the lane of the main track.
        ordered: stages to the lane of ordered reviews.
        office_key, desk_key: keys of the draws that assign office (by unit) and desk (by stage).
    """

    stage: Numbers
    track: Numbers
    awaits: Numbers
    urgent: npt.NDArray[np.bool_]
    of_stage: Numbers
    ordered: Numbers
    office_key: Keys
    desk_key: Keys


class Waiting(NamedTuple):
    """The queues and the calendar. A queue lies in the row of an officer: see ``at``.

    Attributes:
        at: the row of each officer's queue: their own, or that of the first of those who share hours.
        first, last: lanes x officers, cases at the ends of each queue; -1 where empty.
        next: tracks x cases, who comes after.
        length: cases waiting at each desk; ``hours`` their work if all were weighed.
        due_first, due_last: days to the case that comes back first and last on that day.
    """

    at: Numbers
    first: Links
    last: Links
    next: Links
    length: Numbers
    hours: npt.NDArray[np.float64]
    due_first: Links
    due_last: Links


class CaseState(NamedTuple):
    """The state of each case.

    Attributes:
        place: the stage at which or to which it is, ``stages + exit`` once it has left, -1 before it comes.
        custody: whether the person is detained; ``holds`` the pool of which a unit is held, -1 for none.
        ordered: how often directives have ordered it to be reviewed.
        laid: whether it waits for such a review now.
        held_since: the day on which the person was last detained; ``nights`` in custody before that day.
        present: how many cases are at each place, kept up as they move.
    """

    place: npt.NDArray[np.int16]
    custody: npt.NDArray[np.bool_]
    holds: npt.NDArray[np.int8]
    ordered: npt.NDArray[np.int8]
    laid: npt.NDArray[np.bool_]
    held_since: Links
    nights: Links
    present: Numbers


class Entries(NamedTuple):
    """Where cases come in, one row a mix: the first stage, the resource held by those in custody, days until ready."""

    stage: Numbers
    holds: Numbers
    least: npt.NDArray[np.float64]
    mean: npt.NDArray[np.float64]
    key: np.uint64


def lanes(world: World) -> Lanes:
    """The lanes of a world: by priority, those in custody before the free, pending reviews last."""
    names = list(world.stages)
    reviewed = {d.review.by: d.review.pending_at for d in world.directives.values() if d.review is not None}
    rows = []
    for at, stage in enumerate(world.stages.values()):
        rows.append((stage.priority, MAIN, 1, at))
        if stage.detained_first:
            rows.append((stage.priority, MAIN, 0, at))
        if names[at] in reviewed:
            rows.append((stage.priority, ORDERED, 1, at))
    rows.sort()
    of_stage = np.full((len(names), 2), -1, dtype=np.int64)
    ordered = np.full(len(names), -1, dtype=np.int64)
    for lane, (_, track, custody_last, at) in enumerate(rows):
        if track == ORDERED:
            ordered[at] = lane
        elif custody_last:
            of_stage[at] = np.where(of_stage[at] < 0, lane, of_stage[at])
        else:
            of_stage[at, 1] = lane
    return Lanes(
        stage=np.array([row[3] for row in rows], dtype=np.int64),
        track=np.array([row[1] for row in rows], dtype=np.int64),
        awaits=np.array(
            [names.index(reviewed[names[row[3]]]) if row[1] == ORDERED else row[3] for row in rows], dtype=np.int64
        ),
        urgent=np.array([row[1] == MAIN and row[2] == 0 for row in rows], dtype=np.bool_),
        of_stage=of_stage,
        ordered=ordered,
        office_key=np.array([purpose("office of", unit) for unit in world.units()], dtype=np.uint64),
        desk_key=np.array([purpose("desk", stage) for stage in world.stages], dtype=np.uint64),
    )


def waiting(lanes: Lanes, at: Numbers, records: Storage, days: int) -> Waiting:
    """Empty queues, of each officer in the row ``at``, and an empty calendar."""
    officers = len(at)
    return Waiting(
        at=at,
        first=np.full((len(lanes.stage), officers), NOBODY), last=np.full((len(lanes.stage), officers), NOBODY),
        next=records.column("next").T, length=np.zeros(officers, dtype=np.int64), hours=np.zeros(officers),
        due_first=np.full(days, NOBODY), due_last=np.full(days, NOBODY),
    )  # fmt: skip


def case_state(records: Storage, places: int) -> CaseState:
    """The state of stored cases, none of whom has come yet."""
    columns: dict[str, Any] = {name: records.column(name) for name in CaseState._fields[:-1]}
    return CaseState(**columns, present=np.zeros(places, dtype=np.int64))


def entries(world: World) -> Entries:
    """Where the mixes of a world enter."""
    stages, resources = list(world.stages), list(world.resources)
    mixes = world.mixes.values()
    return Entries(
        stage=np.array([stages.index(m.stage) for m in mixes], dtype=np.int64),
        holds=np.array([resources.index(m.holds) if m.holds else -1 for m in mixes], dtype=np.int64),
        least=np.array([m.ready.least.value if m.ready else 0.0 for m in mixes]),
        mean=np.array([m.ready.mean.value if m.ready else 0.0 for m in mixes]),
        key=purpose("ready"),
    )


@compiled
def lag(seed: np.uint64, subject: np.uint64, purpose: np.uint64, least: float, mean: float, most: float) -> int:
    """Days on the way: ``least`` and an exponential with what ``mean`` leaves, ``most`` at the most; one at the least.

    >>> lag(np.uint64(1), np.uint64(2), np.uint64(3), 5.0, 5.0, 20.0)
    5
    """
    extra = -log(1.0 - uniform(seed, subject, purpose)) * max(mean - least, 0.0)
    return max(1, int(min(least + extra, most)))


@compiled
def detain(case: int, day: int, state: CaseState) -> None:
    """A person is in custody from tonight on."""
    if not state.custody[case]:
        state.custody[case] = True
        state.held_since[case] = day


@compiled
def release(case: int, day: int, state: CaseState) -> None:
    """A person is in custody no longer, and was not tonight."""
    if state.custody[case]:
        state.custody[case] = False
        state.nights[case] += day - state.held_since[case]


@compiled
def push(case: int, lane: int, officer: int, track: int, hours: float, waiting: Waiting) -> None:
    """Lay a case at the end of a desk's lane."""
    at = waiting.at[officer]
    waiting.next[track, case] = -1
    last = waiting.last[lane, at]
    if last < 0:
        waiting.first[lane, at] = case
    else:
        waiting.next[track, last] = case
    waiting.last[lane, at] = case
    waiting.length[at] += 1
    waiting.hours[at] += hours


@compiled
def pop(lane: int, at: int, track: int, hours: float, waiting: Waiting) -> int:
    """Take the first case of the lane of a queue."""
    case = waiting.first[lane, at]
    waiting.first[lane, at] = waiting.next[track, case]
    if waiting.first[lane, at] < 0:
        waiting.last[lane, at] = -1
    waiting.length[at] -= 1
    waiting.hours[at] = max(waiting.hours[at] - hours, 0.0)
    return int(case)


@compiled
def put_off(case: int, day: int, waiting: Waiting) -> None:
    """Enter a case in the calendar; beyond the end of the watch it stays on its way."""
    if day >= waiting.due_first.shape[0]:
        return
    waiting.next[0, case] = -1
    last = waiting.due_last[day]
    if last < 0:
        waiting.due_first[day] = case
    else:
        waiting.next[0, last] = case
    waiting.due_last[day] = case
