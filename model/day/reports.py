"""What travels up and sideways: reports, and attention from outside.

Directives come down a step a day; once a week the same ladder carries reports up. A report is about one thing that the
field sees (`model.schema.report.Report`): its extent ``x``, as severity ``min(1, max(0, (x - begins) / (full -
begins)))``. Those at the foot of the ladder know it as it is. Everybody above knows the mean of what those below told
them the week before, of which each manager holds back what speaks against what they are judged by::

    told = believed * (candour * (1 - max(emphasis, evaluation))) ** (1 / steps)

``emphasis`` is the share of the manager's attention that numbers take, ``evaluation`` how far managers are judged by a
directive in effect that came by them; ``steps`` are the managers between the foot and the head, who take their parts of
one discount as of a directive (`model.agencies.exposure`).

Sideways, the head of another agency comes to hear ``max(contact, attention)`` of what the agency's own head believes:
by contact between the two, and from the news. An agency that is consulted says all, and what it expects beforehand.

*Attention* is what those outside see, and fades by half in so many days (`model.schema.report.Reporting`)::

    attention = max(largest of visible * severity, last week's * 0.5 ** (7 / days))

(Kaufman 1973, Administrative Feedback, on what subordinates tell; Tirole 1986, Hierarchies and Bureaucracies, on what
is held back in a chain; Downs 1972, Up and Down with Ecology, on attention that fades.)
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.agencies.exposure import Issued
from model.agencies.hierarchy import Managers
from model.arithmetic import exp, log
from model.cases.draws import Floats
from model.compiled import compiled
from model.day.pools import Pools
from model.day.pools import names as pool_names
from model.day.queues import CaseState
from model.day.timelines import Clocks, Timelines
from model.schema import World
from model.schema.report import MEASURES

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
CLOCK, RESOURCE, WAITING, APART = range(len(MEASURES))
A_WEEK = 7.0


class Reported(NamedTuple):
    """What is reported, one row a report.

    Attributes:
        measure: what it is about, as a place in `model.schema.report.MEASURES`.
        of: the clock or the stage.
        pools: reports x pools, the pools of the resource.
        agency: whose report it is.
        begins, full, visible: see `model.schema.report.Report`.
        scale: of the run.
        stages: the number of stages; places behind them are exits.
        candour: share that is passed on by those who have nothing to lose.
        keeps: share of the attention that is left after a week.
        gone: managers whose post is vacant.
    """

    measure: Numbers
    of: Numbers
    pools: Mask
    agency: Numbers
    begins: Floats
    full: Floats
    visible: Floats
    scale: float
    stages: int
    candour: float
    keeps: float
    gone: Mask


class Heard(NamedTuple):
    """Who believes what tonight, and what was believed at the end of each week.

    Attributes:
        truth: of each report, how bad it is.
        believed: managers x reports.
        contact: agencies x reports, the share that the head of an agency comes to hear.
        foreseen: agencies x reports, what those consulted have told its head to expect.
        known: agencies x reports, what the head believes.
        attention: one number.
        passed, below, share: of managers, to reckon with: what those below told, how many they are, what is passed on.
        weeks: how many weeks are kept, in ``extents`` and ``truths`` (weeks x reports; the extent is in figures of the
            real system), ``beliefs`` (weeks x agencies x reports) and ``seen`` (weeks).
    """

    truth: Floats
    believed: Floats
    contact: Floats
    foreseen: Floats
    known: Floats
    attention: Floats
    passed: Floats
    below: Floats
    share: Floats
    weeks: Numbers
    extents: Floats
    truths: Floats
    beliefs: Floats
    seen: Floats


def reported(world: World, scale: float, gone: Mask) -> Reported:
    """The reports of a world."""
    rows, how = list(world.reports.values()), world.reporting
    pools, stages, agencies = pool_names(world), list(world.stages), list(world.agencies)
    places = {"clock": list(world.clocks), "waiting": stages}
    return Reported(
        measure=np.array([MEASURES.index(row.measure) for row in rows], dtype=np.int64),
        of=np.array([places[row.measure].index(getattr(row, row.measure)) if row.measure in places else -1
                     for row in rows], dtype=np.int64),
        pools=np.array([[name == row.resource for name, _ in pools] for row in rows], dtype=np.bool_)
        .reshape(len(rows), len(pools)),
        agency=np.array([agencies.index(row.agency) for row in rows], dtype=np.int64),
        begins=np.array([row.begins.value for row in rows]), full=np.array([row.full.value for row in rows]),
        visible=np.array([row.visible.value for row in rows]),
        scale=scale, stages=len(stages), candour=how.candour.value if how else 1.0,
        keeps=float(exp(A_WEEK * log(0.5) / how.attention.value)) if how else 0.0, gone=gone,
    )  # fmt: skip


def heard(world: World, managers: int, weeks: int) -> Heard:
    """Nothing is told yet."""
    agencies, size, how = len(world.agencies), len(world.reports), world.reporting
    contact = np.full((agencies, size), how.contact.value if how else 0.0)
    foreseen, known = np.zeros((2, agencies, size))
    passed, below, share = np.zeros((3, managers))
    extents, truths = np.zeros((2, weeks, size))
    return Heard(
        np.zeros(size), np.zeros((managers, size)), contact, foreseen, known, np.zeros(1), passed, below, share,
        np.zeros(1, np.int64), extents, truths, np.zeros((weeks, agencies, size)), np.zeros(weeks),
    )  # fmt: skip


@compiled
def extent(
    report: int, day: int, told: Reported, state: CaseState, timelines: Timelines, clocks: Clocks, pools: Pools
) -> float:
    """How much there is tonight of what a report is about; people and cases are those of the real system."""
    measure, found = told.measure[report], 0.0
    if measure == WAITING:
        found = state.present[told.of[report]] / told.scale
    elif measure == RESOURCE:
        used, amount = 0.0, 0.0
        for pool in range(pools.amount.shape[0]):
            if told.pools[report, pool]:
                used += pools.used[pool]
                amount += pools.amount[pool]
        found = used / amount if amount > 0.0 else 0.0
    elif measure == APART:
        for case in range(timelines.separated.shape[0]):
            if timelines.separated[case] >= 0 and 0 <= state.place[case] < told.stages:
                found += 1.0 / told.scale
    else:
        for case in range(timelines.since.shape[0]):
            place = state.place[case]
            runs = place >= 0 and clocks.of_place[place] == told.of[report]
            if runs and day - timelines.since[case] > clocks.limit[told.of[report]]:
                found += 1.0 / told.scale
    return found


@compiled
def holds_back(manager: int, day: int, texts: Issued, hears: Mask, emphasis: Floats) -> float:
    """How far a manager is judged by what a report would speak against: numbers, or a directive in effect."""
    judged = emphasis[manager]
    for text in range(texts.start.shape[0]):
        if hears[manager, text] and texts.start[text] <= day < texts.end[text]:
            judged = max(judged, texts.evaluation[text])
    return float(judged)


@compiled
def climb(
    day: int, told: Reported, texts: Issued, hears: Mask, managers: Managers, emphasis: Floats, heard: Heard
) -> None:
    """A week on: everybody knows what those below told them of what they believed a week ago."""
    size, share, passed, below = heard.believed.shape[0], heard.share, heard.passed, heard.below
    for manager in range(size):
        open_to = told.candour * (1.0 - holds_back(manager, day, texts, hears, emphasis))
        share[manager] = exp(managers.part[manager] * log(open_to)) if open_to > 0.0 else 0.0
    for row in range(told.agency.shape[0]):
        for manager in range(size):
            passed[manager], below[manager] = 0.0, 0.0
        for manager in range(size):
            above = managers.parent[manager]
            if above >= 0 and not told.gone[manager]:
                passed[above] += heard.believed[manager, row] * share[manager]
                below[above] += 1.0
        for manager in range(size):
            if managers.agency[manager] == told.agency[row]:
                known = passed[manager] / below[manager] if below[manager] > 0.0 else heard.truth[row]
                heard.believed[manager, row] = known


@compiled
def tell_others(told: Reported, managers: Managers, heard: Heard) -> None:
    """What the heads of agencies believe: of their own field, and of what they hear from others and from the news."""
    for report in range(told.agency.shape[0]):
        head = 0.0
        for manager in range(managers.parent.shape[0]):
            if managers.parent[manager] < 0 and managers.agency[manager] == told.agency[report]:
                head = heard.believed[manager, report]
        for agency in range(heard.known.shape[0]):
            hears = 1.0 if agency == told.agency[report] else max(heard.contact[agency, report], heard.attention[0])
            heard.known[agency, report] = max(heard.foreseen[agency, report], hears * head)


@compiled
def report(
    day: int, told: Reported, texts: Issued, hears: Mask, managers: Managers, emphasis: Floats, state: CaseState,
    timelines: Timelines, clocks: Clocks, pools: Pools, heard: Heard,
) -> None:  # fmt: skip
    """The end of a week: what is true is looked at, what was told climbs, attention rises or fades."""
    if told.agency.shape[0] == 0:
        return
    week, seen = heard.weeks[0], 0.0
    for row in range(told.agency.shape[0]):
        heard.extents[week, row] = extent(row, day, told, state, timelines, clocks, pools)
        bad = (heard.extents[week, row] - told.begins[row]) / (told.full[row] - told.begins[row])
        heard.truth[row] = min(1.0, max(0.0, bad))
        seen = max(seen, told.visible[row] * heard.truth[row])
    heard.attention[0] = max(seen, heard.attention[0] * told.keeps)
    climb(day, told, texts, hears, managers, emphasis, heard)
    tell_others(told, managers, heard)
    heard.seen[week] = heard.attention[0]
    for row in range(told.agency.shape[0]):
        heard.truths[week, row] = heard.truth[row]
        for agency in range(heard.known.shape[0]):
            heard.beliefs[week, agency, row] = heard.known[agency, row]
    heard.weeks[0] += 1
