"""What is counted of a run while it runs: decisions and flows by week, reasons by month, resources, days.

Counts grow in columns and are made into tables at the end (`model.record.tables`). A week's counts stand in a cell for
every combination that there could be, of which few are touched; those are listed, so that closing a week visits no
others. Reasons have too many combinations for that and are kept in a table with open addressing (Knuth 1998, The Art
of Computer Programming 3, 6.4).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import LAPSED, Log
from model.cases.columns import Cases
from model.cases.draws import Floats, mixed
from model.compiled import compiled
from model.day.pools import Pools
from model.schema import World
from model.schema.vocabulary import CHARGES, LEVELS

Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
MEASURES = ("decided", "favourable", "noticed", "hours")
FREE = -1
FULL = 0.6
"""Share of a table of reasons that may be taken before it has to grow."""
SERIOUS = LEVELS.index("level-2")
"""A conviction of this level (a felony) or a graver one makes a person a serious offender, as does a gang."""
NOTICE, LAW, CAPACITY, TIME = 0, 1, 2, 3
"""What decided, if no term of the rule did: not being looked at, a law, a resource that was not to be had, or time that
ran out; places behind those of the terms."""
OTHER_REASONS = 4


class Shape(NamedTuple):
    """How many of each there are, and the mixes whose people came along with somebody."""

    stages: int
    offices: int
    levels: int
    charges: int
    places: int
    areas: int
    mixes: int
    reasons: int
    followers: npt.NDArray[np.bool_]

    def of_decisions(self) -> tuple[int, ...]:
        """Stages x offices x levels x charges x lawyer x custody."""
        return self.stages, self.offices, self.levels, self.charges, 2, 2

    def of_flows(self) -> tuple[int, ...]:
        """Stages x outcomes x destinations x levels x charges."""
        return self.stages, 2, self.places, self.levels, self.charges

    def of_reasons(self) -> tuple[int, ...]:
        """Stages x areas x mixes x bands of age x serious x charges x outcomes x destinations x reasons."""
        return self.stages, self.areas, self.mixes, 4, 2, self.charges, 3, self.places, self.reasons


class Counts(NamedTuple):
    """The counts of a run.

    Attributes:
        decisions: cells x `MEASURES` of the running week; ``flows`` its cases by cell.
        touched_decisions, touched_flows: cells that are not empty; ``touched`` how many of each.
        week_cell, week_values: of the weeks that are closed, cells and measures; ``week_flow``, ``week_cases`` alike.
        filled: rows of each of the two; ``ends`` the same at the end of each week; ``weeks`` how many are closed.
        amount, used, spent, days, over: weeks x pools, at the end of a week (`model.day.pools`); ``present``: weeks x
            stages, cases there.
        keys, times: month and reason as one number, and how often; ``kept`` how many are there.
        decided, favourable: days x agencies; ``pending``: days, cases that wait.
    """

    decisions: Floats
    flows: Numbers
    touched_decisions: Places
    touched_flows: Places
    touched: Numbers
    week_cell: Places
    week_values: Floats
    week_flow: Places
    week_cases: Numbers
    filled: Numbers
    ends: Numbers
    weeks: Numbers
    amount: Floats
    used: Numbers
    spent: Floats
    days: Numbers
    over: Floats
    present: Numbers
    keys: Numbers
    times: Numbers
    kept: Numbers
    decided: Numbers
    favourable: Numbers
    pending: Numbers


def shape(world: World, offices: int, terms: int) -> Shape:
    """How many of each a world has."""
    return Shape(
        len(world.stages), offices, len(LEVELS), len(CHARGES), len(world.stages) + len(world.exits),
        len(world.all_areas()), len(world.mixes), terms + OTHER_REASONS,
        np.array([mix.leader is not None for mix in world.mixes.values()], dtype=np.bool_),
    )  # fmt: skip


def counts(of: Shape, days: int, weeks: int, pools: int, agencies: int) -> Counts:
    """Nothing is counted yet."""
    cells, ways = int(np.prod(of.of_decisions())), int(np.prod(of.of_flows()))
    room, first = 1 << 12, 1 << 13
    return Counts(
        decisions=np.zeros((cells, len(MEASURES))), flows=np.zeros(ways, np.int64),
        touched_decisions=np.empty(cells, np.int32), touched_flows=np.empty(ways, np.int32),
        touched=np.zeros(2, np.int64),
        week_cell=np.empty(room, np.int32), week_values=np.empty((room, len(MEASURES))),
        week_flow=np.empty(room, np.int32), week_cases=np.empty(room, np.int64),
        filled=np.zeros(2, np.int64), ends=np.zeros((weeks + 1, 2), np.int64), weeks=np.zeros(1, np.int64),
        amount=np.zeros((weeks, pools)), used=np.zeros((weeks, pools), np.int64), spent=np.zeros((weeks, pools)),
        days=np.zeros((weeks, pools), np.int64), over=np.zeros((weeks, pools)),
        present=np.zeros((weeks, of.stages), np.int64),
        keys=np.full(first, FREE, np.int64), times=np.zeros(first, np.int64), kept=np.zeros(1, np.int64),
        decided=np.zeros((days, agencies), np.int64), favourable=np.zeros((days, agencies), np.int64),
        pending=np.zeros(days, np.int64),
    )  # fmt: skip


def grown(old: Counts, rows: int) -> Counts:
    """The same counts with room for another ``rows`` of decisions."""
    new = old._asdict()
    for at, names in enumerate((("week_cell", "week_values"), ("week_flow", "week_cases"))):
        needed = int(old.filled[at] + old.touched[at]) + rows
        for name in names:
            column = getattr(old, name)
            if len(column) < needed:
                new[name] = np.empty((2 * needed, *column.shape[1:]), column.dtype)
                new[name][: old.filled[at]] = column[: old.filled[at]]
    size = len(old.keys)
    while size * FULL < old.kept[0] + rows:
        size *= 2
    if size > len(old.keys):
        new["keys"], new["times"] = np.full(size, FREE, np.int64), np.zeros(size, np.int64)
        new["kept"] = np.zeros(1, np.int64)
        wider = Counts(**new)
        _rehash(old.keys, old.times, wider)
        return wider
    return Counts(**new)


@compiled
def _rehash(keys: Numbers, times: Numbers, into: Counts) -> None:
    for at in range(keys.shape[0]):
        if keys[at] != FREE:
            add(keys[at], times[at], into)


@compiled
def has_room(rows: int, counts: Counts) -> bool:
    """Whether a day with so many decisions can be counted, and its week be closed."""
    return bool(
        counts.kept[0] + rows <= FULL * counts.keys.shape[0]
        and counts.filled[0] + counts.touched[0] + rows <= counts.week_cell.shape[0]
        and counts.filled[1] + counts.touched[1] + rows <= counts.week_flow.shape[0]
    )


@compiled
def add(key: int, times: int, counts: Counts) -> None:
    """Count a reason so many times more."""
    last = counts.keys.shape[0] - 1
    at = np.int64(mixed(np.uint64(key)) & np.uint64(last))
    while counts.keys[at] != key:
        if counts.keys[at] == FREE:
            counts.keys[at] = key
            counts.kept[0] += 1
            break
        at = (at + 1) & last
    counts.times[at] += times


@compiled
def count(rows: int, log: Log, office: Numbers, cases: Cases, of: Shape, counts: Counts) -> None:
    """Add a day's decisions to the running week."""
    for row in range(rows):
        case, stage = log.case[row], log.stage[row]
        level, charge = cases.level[case], cases.charge[case]
        favourable = 1 if log.favourable[row] else 0
        way = (((stage * 2 + favourable) * of.places + log.to[row]) * of.levels + level) * of.charges + charge
        if counts.flows[way] == 0:
            counts.touched_flows[counts.touched[1]] = way
            counts.touched[1] += 1
        counts.flows[way] += 1
        if log.track[row] == LAPSED:
            continue
        at = ((stage * of.offices + office[log.officer[row]]) * of.levels + level) * of.charges + charge
        at = 2 * (2 * at + (1 if cases.lawyer[case] else 0)) + (1 if log.custody[row] else 0)
        if counts.decisions[at, 0] == 0.0:
            counts.touched_decisions[counts.touched[0]] = at
            counts.touched[0] += 1
        counts.decisions[at, 0] += 1.0
        if favourable == 1:
            counts.decisions[at, 1] += 1.0
        if log.noticed[row]:
            counts.decisions[at, 2] += 1.0
        counts.decisions[at, 3] += log.hours[row]


@compiled
def count_reasons(month: int, rows: int, log: Log, cases: Cases, of: Shape, counts: Counts) -> None:
    """Count what decided a day's cases, and of whom."""
    for row in range(rows):
        case = log.case[row]
        outcome = 2 if log.track[row] == LAPSED else (1 if log.favourable[row] else 0)
        years = cases.age[case] if of.followers[cases.mix[case]] else cases.youngest_child[case]
        band = 0 if years < 0 else (1 if years <= 4 else (2 if years <= 9 else 3))
        serious = 1 if cases.level[case] >= SERIOUS or cases.gang[case] else 0
        key = np.int64(month) * of.stages + log.stage[row]
        key = ((key * of.areas + cases.area[case]) * of.mixes + cases.mix[case]) * 4 + band
        key = ((key * 2 + serious) * of.charges + cases.charge[case]) * 3 + outcome
        add((key * of.places + log.to[row]) * of.reasons + reason(row, outcome, log), 1, counts)


@compiled
def reason(row: int, outcome: int, log: Log) -> int:
    """What decided a row of the log: a term, by its place, or one of the reasons behind them."""
    terms = log.terms.shape[1]
    if outcome == 2:
        return int(terms + TIME)
    if log.short[row]:
        return int(terms + CAPACITY)
    if log.bound[row] != 0:
        return int(terms + LAW)
    if outcome == 0 and not log.noticed[row]:
        return int(terms + NOTICE)
    sign = 1.0 if outcome > 0 else -1.0
    most = 0
    for term in range(1, terms):
        if log.terms[row, term] * sign > log.terms[row, most] * sign:
            most = term
    return most


@compiled
def close_week(present: Numbers, pools: Pools, of: Shape, counts: Counts) -> None:
    """Keep the counts of the week that ends tonight, and begin anew."""
    week = counts.weeks[0]
    for at in range(counts.touched[0]):
        cell, row = counts.touched_decisions[at], counts.filled[0] + at
        counts.week_cell[row] = cell
        for measure in range(counts.decisions.shape[1]):
            counts.week_values[row, measure] = counts.decisions[cell, measure]
            counts.decisions[cell, measure] = 0.0
    for at in range(counts.touched[1]):
        way, row = counts.touched_flows[at], counts.filled[1] + at
        counts.week_flow[row], counts.week_cases[row] = way, counts.flows[way]
        counts.flows[way] = 0
    for kind in range(2):
        counts.filled[kind] += counts.touched[kind]
        counts.ends[week + 1, kind] = counts.filled[kind]
        counts.touched[kind] = 0
    for pool in range(pools.amount.shape[0]):
        counts.amount[week, pool], counts.used[week, pool] = pools.amount[pool], pools.used[pool]
        counts.spent[week, pool], counts.days[week, pool] = pools.spent[pool], pools.days[pool]
        counts.over[week, pool] = pools.over[pool]
        pools.spent[pool], pools.days[pool], pools.over[pool] = 0.0, 0, 0.0
    for stage in range(of.stages):
        counts.present[week, stage] = present[stage]
    counts.weeks[0] += 1


@compiled
def count_day(day: int, rows: int, log: Log, agency: Numbers, unit: Numbers, waiting: Numbers, counts: Counts) -> None:
    """The day's decisions of each agency, and how many cases wait tonight."""
    for row in range(rows):
        if log.track[row] != LAPSED:
            whose = agency[unit[log.officer[row]]]
            counts.decided[day, whose] += 1
            if log.favourable[row]:
                counts.favourable[day, whose] += 1
    for at in range(waiting.shape[0]):
        counts.pending[day] += waiting[at]
