"""All that a day reads and changes, in two bundles: what is fixed, and what moves.

What is fixed changes at most between two days, when a directive or somebody's hand reaches into the run
(`model.day.effects`, `model.posts`). What moves is changed by the day itself. Both are columns and numbers; the day of
a whole world is a function of them (`model.day.days`).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.culture import Records
from model.agencies.decision_log import Log
from model.agencies.exposure import Endorsement, Issued
from model.agencies.hierarchy import Managers
from model.agencies.officers import Desks, Offices, Seating, Units
from model.agencies.pressure import Targets
from model.arithmetic import exp, log
from model.cases.columns import Cases, Parties
from model.cases.conditions import Bits
from model.cases.draws import Floats, Keys
from model.compiled import spliced
from model.day.calendar import Calendar
from model.day.counts import Counts, Shape
from model.day.pools import Pools
from model.day.queues import CaseState, Entries, Lanes, Waiting
from model.day.random_streams import RandomStreams
from model.day.reports import Heard, Reported
from model.day.routes import Routes
from model.day.timelines import Clocks, Timelines
from model.rule.rule_columns import Customs, Directives, Laws, Metrics, RuleColumns, RuleWeights, Stages
from model.schema import World

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Society(NamedTuple):
    """How an office lives, as numbers (`model.schema.world.Society`); ``fading`` is a day's of what is remembered."""

    fading: float
    experience: float
    bulletin: float
    erosion: float
    standing_pressure: float
    urgency: float
    backlog_horizon: float
    overtime: float


def society(world: World) -> Society:
    """The numbers of a world's society."""
    rows = world.society
    return Society(
        exp(log(0.5) / rows.memory.value), rows.experience.value, rows.bulletin.value, rows.erosion.value,
        rows.standing_pressure.value, rows.urgency.value, rows.backlog_horizon.value, rows.overtime.value,
    )  # fmt: skip


class Seats(NamedTuple):
    """Before whom a case comes: keys of the draws, offices and who is there.

    Attributes:
        seed: of all draws.
        key, area: of each case.
        office_key, desk_key: of the draws that assign an office (by unit) and a desk (by stage).
        seating: the offices of the units.
        first, size: the officers of each office.
        vacant: desks at which nobody sits.
    """

    seed: np.uint64
    key: Keys
    area: npt.NDArray[np.int8]
    office_key: Keys
    desk_key: Keys
    seating: Seating
    first: Numbers
    size: Numbers
    vacant: Mask


class Ways(NamedTuple):
    """What decides where a case goes; no day changes it.

    Attributes:
        seats: before whom it comes.
        mix, in_custody, bits: of each case (`model.cases.columns`).
        edge, lag: keys of the draws of the edge that is taken and of the days on the way.
        parties, entries, lanes, routes, stages: columns.
    """

    seats: Seats
    mix: npt.NDArray[np.int8]
    in_custody: Mask
    bits: Bits
    edge: Keys
    lag: Keys
    parties: Parties
    entries: Entries
    lanes: Lanes
    routes: Routes
    stages: Stages


class Traffic(NamedTuple):
    """Where the cases are, what they wait for and what they hold: it moves as they do."""

    waiting: Waiting
    state: CaseState
    pools: Pools
    timelines: Timelines
    clocks: Clocks


class Fixed(NamedTuple):
    """What no day changes.

    Attributes:
        ways: what decides where a case goes.
        streams: keys of the draws.
        arrived: the first case of each day, and behind the last day the number of cases.
        group: of each case, for what is counted (`model.day.counts`).
        agency: the agency of each unit.
        above: whom officers report to (`model.agencies.hierarchy.Hierarchy`).
        habits: offices x stages: the share of cases weighed one by one by custom.
        hears, aligned: managers x directives: whether a directive comes by them, and what they pass on of it for their
            own part (`model.agencies.exposure`).
        leanings: what the officers of each office are drawn around (`model.agencies.officers.leanings`).
        prior: softens the record of each officer, in cases (`model.agencies.culture`).
        counted: metrics x stages x outcomes, what is counted.
        tables: whether weeks and reasons are counted.
        calendar, society, cases, units, offices, managers, texts, reported, directives, laws, customs, metrics, rule,
            shape: columns and numbers.
    """

    ways: Ways
    streams: RandomStreams
    calendar: Calendar
    society: Society
    cases: Cases
    arrived: Numbers
    group: npt.NDArray[np.int32]
    units: Units
    agency: Numbers
    offices: Offices
    habits: Floats
    managers: Managers
    above: Numbers
    texts: Issued
    reported: Reported
    hears: Mask
    aligned: Floats
    leanings: Floats
    prior: Floats
    directives: Directives
    laws: Laws
    customs: Customs
    metrics: Metrics
    rule: RuleWeights
    counted: Mask
    shape: Shape
    tables: bool


class Moving(NamedTuple):
    """What a day changes.

    Attributes:
        traffic: where the cases are.
        hours: a day's hours of each officer; ``together`` of all who share a queue, in the row of the queue.
        credit: hours of a queue that are left, below zero where they are overdrawn.
        emphasis: share of each manager's attention that numbers take.
        endorsement: how far each directive has come down.
        rows: of the log, written today; and of ``kept``, the logs of days that nobody has looked at yet.
        desks, targets, records, log, counts, heard: columns.
    """

    traffic: Traffic
    desks: Desks
    hours: Floats
    together: Floats
    credit: Floats
    targets: Targets
    emphasis: Floats
    endorsement: Endorsement
    records: Records
    log: Log
    rows: Numbers
    kept: Log
    counts: Counts
    heard: Heard


@spliced
def known(fixed: Fixed, moving: Moving) -> RuleColumns:
    """All that the rule reads."""
    ways = fixed.ways
    return RuleColumns(
        fixed.cases, moving.desks, fixed.units, fixed.habits, fixed.leanings, ways.stages, fixed.directives,
        fixed.laws, fixed.customs, fixed.metrics, fixed.rule,
    )  # fmt: skip
