"""What is counted of a run while it runs: decisions and flows by week, reasons by month, resources, days.

Counts grow in columns and are made into tables at the end (`model.record.tables`). A week has a row for each
combination that occurs in it, of which there are few; which row a combination has is looked up. Reasons have too many
combinations for that: those of the running month are kept in a table with open addressing (Knuth 1998, The Art of
Computer Programming 3, 6.4). What is counted of a person never changes, and is one number, their *group*.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.decision_log import LAPSED, Log
from model.cases.columns import Cases
from model.cases.conditions import any_holds
from model.cases.draws import Floats, mixed
from model.compiled import compiled, compiled_maker
from model.day.pools import Pools
from model.schema import World

Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Groups = npt.NDArray[np.int32]
MEASURES = ("decided", "favourable", "noticed", "hours")
FREE = -1
FULL = 0.6
"""Share of a table of reasons that may be taken before it has to grow."""
BOUNDS = (4, 9)
"""Years: the youngest child is under 5, 5 to 9, or older."""
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
        """Stages x outcomes x destinations x mixes x levels x charges."""
        return self.stages, 2, self.places, self.mixes, self.levels, self.charges

    def of_reasons(self) -> tuple[int, ...]:
        """Areas x mixes x bands of age x serious x charges x stages x outcomes x destinations x reasons."""
        return self.areas, self.mixes, 4, 2, self.charges, self.stages, 3, self.places, self.reasons


class Counts(NamedTuple):
    """The counts of a run.

    Attributes:
        decisions, flows: for each cell which row of the running week it has, from 1 on; 0 for none.
        week_cell, week_values: cells and measures of all weeks; ``week_flow``, ``week_cases`` alike of flows; zero
            behind the last row.
        touched: rows of the running week of each of the two, behind ``filled`` rows of the weeks that are closed;
            ``ends`` how many there were at the end of each week; ``weeks`` how many are closed.
        amount, used, spent, days, over: weeks x pools, at the end of a week (`model.day.pools`); ``present``: weeks x
            stages, cases there.
        reasons: places x (group, way and reason as one number, how often) of the running month; ``kept`` how many, and
            which month it is.
        month_key, month_times: of the months that are closed, the same; ``month`` the number of the month of each.
        months: rows of closed months.
        decided, favourable: days x agencies; ``pending``: days, cases that wait.
    """

    decisions: Places
    flows: Places
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
    reasons: Numbers
    kept: Numbers
    month_key: Numbers
    month_times: Numbers
    month: Numbers
    months: Numbers
    decided: Numbers
    favourable: Numbers
    pending: Numbers


def shape(world: World, offices: int, terms: int) -> Shape:
    """How many of each a world has."""
    words = world.words
    return Shape(
        len(world.stages), offices, len(words.levels), len(words.charges), len(world.stages) + len(world.exits),
        len(world.all_areas()), len(world.mixes), terms + OTHER_REASONS,
        np.array([mix.leader is not None for mix in world.mixes.values()], dtype=np.bool_),
    )  # fmt: skip


def groups(world: World, cases: Cases, of: Shape) -> Groups:
    """The group of each person: area, mix, band of age, serious, charge, conviction level and lawyer as one number."""
    named = world.words.serious
    serious = any_holds(world, named, cases) if named else np.zeros(len(cases.key), dtype=np.bool_)
    return _groups(cases, serious, of)


@compiled_maker
def _groups(cases: Cases, serious: npt.NDArray[np.bool_], of: Shape) -> Groups:
    out = np.empty(cases.mix.size, np.int32)
    for row in range(cases.mix.size):
        years = cases.age[row] if of.followers[cases.mix[row]] else cases.youngest_child[row]
        band = 0 if years < 0 else 1 + int(years > BOUNDS[0]) + int(years > BOUNDS[1])
        group = ((int(cases.area[row]) * of.mixes + int(cases.mix[row])) * 4 + band) * 2 + int(serious[row])
        group = (group * of.charges + int(cases.charge[row])) * of.levels + int(cases.level[row])
        out[row] = 2 * group + int(cases.lawyer[row])
    return out


def counts(of: Shape, days: int, weeks: int, pools: int, agencies: int) -> Counts:
    """Nothing is counted yet."""
    cells, ways = int(np.prod(of.of_decisions())), int(np.prod(of.of_flows()))
    room, first = 1 << 12, 1 << 10
    return Counts(
        decisions=np.zeros(cells, np.int32), flows=np.zeros(ways, np.int32), touched=np.zeros(2, np.int64),
        week_cell=np.zeros(room, np.int32), week_values=np.zeros((room, len(MEASURES))),
        week_flow=np.zeros(room, np.int32), week_cases=np.zeros(room, np.int64),
        filled=np.zeros(2, np.int64), ends=np.zeros((weeks + 1, 2), np.int64), weeks=np.zeros(1, np.int64),
        amount=np.zeros((weeks, pools)), used=np.zeros((weeks, pools), np.int64), spent=np.zeros((weeks, pools)),
        days=np.zeros((weeks, pools), np.int64), over=np.zeros((weeks, pools)),
        present=np.zeros((weeks, of.stages), np.int64),
        reasons=np.full((first, 2), FREE, np.int64), kept=np.zeros(2, np.int64),
        month_key=np.empty(room, np.int64), month_times=np.empty(room, np.int64), month=np.empty(room, np.int64),
        months=np.zeros(1, np.int64),
        decided=np.zeros((days, agencies), np.int64), favourable=np.zeros((days, agencies), np.int64),
        pending=np.zeros(days, np.int64),
    )  # fmt: skip


def grown(old: Counts, rows: int) -> Counts:
    """The same counts with room for another ``rows`` of decisions."""
    new = old._asdict()
    for names, used, more in (
        (("week_cell", "week_values"), old.filled[0] + old.touched[0], 0),
        (("week_flow", "week_cases"), old.filled[1] + old.touched[1], 0),
        (("month_key", "month_times", "month"), old.months[0], old.kept[0]),
    ):
        for name in names:
            column, needed = new[name], int(used + more) + rows
            if len(column) < needed:
                new[name] = np.zeros((2 * needed, *column.shape[1:]), column.dtype)
                new[name][:used] = column[:used]
    size = len(old.reasons)
    while size * FULL < old.kept[0] + rows:
        size *= 2
    if size == len(old.reasons):
        return Counts(**new)
    wider = Counts(**{**new, "reasons": np.full((size, 2), FREE, np.int64), "kept": old.kept * [0, 1]})
    _rehash(old.reasons, wider)
    return wider


@compiled
def _rehash(reasons: Numbers, into: Counts) -> None:
    for at in range(reasons.shape[0]):
        if reasons[at, 0] != FREE:
            add(reasons[at, 0], reasons[at, 1], into)


@compiled
def has_room(rows: int, counts: Counts) -> bool:
    """Whether a day with so many decisions can be counted, and its week and month be closed."""
    return bool(
        counts.kept[0] + rows <= FULL * counts.reasons.shape[0]
        and counts.months[0] + counts.kept[0] + rows <= counts.month_key.shape[0]
        and counts.filled[0] + counts.touched[0] + rows <= counts.week_cell.shape[0]
        and counts.filled[1] + counts.touched[1] + rows <= counts.week_flow.shape[0]
    )


@compiled
def add(key: int, times: int, counts: Counts) -> None:
    """Count a reason so many times more."""
    reasons, last = counts.reasons, counts.reasons.shape[0] - 1
    at = np.int64(mixed(np.uint64(key)) & np.uint64(last))
    while reasons[at, 0] != key:
        if reasons[at, 0] == FREE:
            reasons[at, 0], reasons[at, 1] = key, 0
            counts.kept[0] += 1
            break
        at = (at + 1) & last
    reasons[at, 1] += times


@compiled
def count(month: int, rows: int, log: Log, office: Numbers, group: Groups, of: Shape, counts: Counts) -> None:
    """Add a day's decisions to the running week and month."""
    counts.kept[1] = month
    for row in range(rows):
        stage, lapsed, custody = np.int64(log.stage[row]), log.track[row] == LAPSED, 1 if log.custody[row] else 0
        favourable, who = 1 if log.favourable[row] else 0, np.int64(group[log.case[row]])
        lawyer, who = who % 2, who // 2
        level, who = who % of.levels, who // of.levels
        charge = who % of.charges
        key = ((who * of.stages + stage) * 3 + (2 if lapsed else favourable)) * of.places + log.to[row]
        add(key * of.reasons + reason(row, lapsed, log), 1, counts)
        mix = who // of.charges // 8 % of.mixes
        way = ((stage * 2 + favourable) * of.places + log.to[row]) * of.mixes + mix
        way = (way * of.levels + level) * of.charges + charge
        counts.week_cases[row_of(1, way, counts.flows, counts.week_flow, counts)] += 1
        if lapsed:
            continue
        at = ((stage * of.offices + office[log.officer[row]]) * of.levels + level) * of.charges + charge
        here = row_of(0, 2 * (2 * at + lawyer) + custody, counts.decisions, counts.week_cell, counts)
        counts.week_values[here, 0] += 1.0
        if favourable == 1:
            counts.week_values[here, 1] += 1.0
        if log.noticed[row]:
            counts.week_values[here, 2] += 1.0
        counts.week_values[here, 3] += log.hours[row]


@compiled
def row_of(kind: int, cell: int, rows: Places, cells: Places, counts: Counts) -> int:
    """The row of a cell in the running week, of decisions (``kind`` 0) or flows (1); an empty one if it had none."""
    if rows[cell] == 0:
        cells[counts.filled[kind] + counts.touched[kind]] = cell
        counts.touched[kind] += 1
        rows[cell] = counts.touched[kind]
    return int(counts.filled[kind] + rows[cell] - 1)


@compiled
def reason(row: int, lapsed: bool, log: Log) -> int:
    """What decided a row of the log: a term, by its place, or one of the reasons behind them."""
    terms = log.terms.shape[1]
    if lapsed:
        return int(terms + TIME)
    if log.short[row]:
        return int(terms + CAPACITY)
    if log.bound[row] != 0:
        return int(terms + LAW)
    if not log.noticed[row]:
        return int(terms + NOTICE)
    sign = 1.0 if log.favourable[row] else -1.0
    most = 0
    for term in range(1, terms):
        if log.terms[row, term] * sign > log.terms[row, most] * sign:
            most = term
    return most


@compiled
def close_month(month: int, counts: Counts) -> None:
    """Keep the reasons of the month that ends tonight, and begin anew."""
    row = counts.months[0]
    for at in range(counts.reasons.shape[0]):
        if counts.reasons[at, 0] != FREE:
            counts.month[row], counts.month_key[row] = month, counts.reasons[at, 0]
            counts.month_times[row] = counts.reasons[at, 1]
            counts.reasons[at, 0] = FREE
            row += 1
    counts.months[0], counts.kept[0] = row, 0


@compiled
def close_week(present: Numbers, pools: Pools, of: Shape, counts: Counts) -> None:
    """Keep the counts of the week that ends tonight, and begin anew."""
    week = counts.weeks[0]
    for at in range(counts.touched[0]):
        counts.decisions[counts.week_cell[counts.filled[0] + at]] = 0
    for at in range(counts.touched[1]):
        counts.flows[counts.week_flow[counts.filled[1] + at]] = 0
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
