"""How it fails: modes of failure, the corner of what is unknown in which each lies, its chance, its early warning."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.premortem.breaks import broken, title
from experiments.premortem.chain import feeding, read_in
from experiments.premortem.question import Question
from experiments.premortem.tries import Tries
from experiments.premortem.warnings import tells, warning
from experiments.premortem.weeks import APART, DESK
from experiments.rates import wilson
from experiments.sensitivity.scenario_discovery import box_of, unseen_density
from experiments.smallest import SMALLEST
from model.world.checks import quantities
from model.world.streams import read

IDLE = "idle"
"""The mode in which those addressed do not come to decide as the draft asks."""
ENOUGH = 10
"""Worlds that fail, and that do not, below which a corner would be told from luck; assumed."""
SAID = 3
"""Parameters that a corner may confine, so that it can be said in a sentence."""
COLUMNS = ["mode", "what", "title", "worlds", "failing", "chance", "chance_low", "chance_high", "corner", "coverage",
           "density", "unseen", "kind", "figure", "area", "day", "above", "threshold", "hits", "of_failing",
           "alarms", "of_others", "tells"]  # fmt: skip


def failures(asked: Question, found: Tries, smallest: float = SMALLEST) -> pd.DataFrame:
    """The modes of failure over worlds that differ in what is unknown and in how the draft is read.

    Returns:
        One row a mode that occurs, of `COLUMNS`, the likeliest first: the kind of limit that breaks, or `IDLE`; in how
        many of the ``worlds`` it occurs, that ``chance`` with its 90 percent interval (Wilson); the ``corner`` of what
        is unknown in which it is dense (PRIM; in words, empty where it occurs always, seldom or without pattern), with
        the share of failures in it (``coverage``), the share of it that fails (``density``) and the same of corners
        found on half of the worlds, among the other half (``unseen``); and its early warning
        (`experiments.premortem.warnings.Warned`): its ``kind`` (`experiments.premortem.weeks.KINDS`), ``figure``,
        ``area``, ``day`` after the start, ``above`` which or below which ``threshold``, of the worlds not used to find
        it ``hits`` of how many failing, false ``alarms`` of how many others, and whether it ``tells`` them apart better
        than chance. A corner confines only what is read on the way to what fails (`experiments.premortem.chain`).
    """
    seeds = found.seeds
    points = pd.DataFrame([one.settings for one in found.each], index=seeds)
    known = {path for path, _ in quantities(read(asked.world, asked.scenario))}
    points = points.loc[:, (points.nunique() > 1) & points.columns.isin(known)]
    half = asked.start + (asked.scenario.end - asked.start) / 2
    rows = []
    for mode, what, name, failing, first in _modes(asked, found, smallest):
        fails = failing.reindex(seeds, fill_value=False)
        low, high = (float(end.iloc[0]) for end in wilson(pd.Series([fails.sum()]), pd.Series([len(fails)])))
        until = pd.Timestamp(half) if first is None else pd.Timestamp(asked.start) + pd.Timedelta(days=first - 1)
        told = warning(found.weeks, fails, until)
        warned = (None,) * 11 if told is None else (
            told.kind, title(asked.world, told.kind, told.what), told.area,
            (told.day - pd.Timestamp(asked.start)).days, *told[4:], tells(*told[6:]),
        )  # fmt: skip
        stages = feeding(asked.watched, mode, what)
        own = points[[path for path in points if read_in(asked.watched, str(path), stages)]]
        rows.append((mode, what, name, len(fails), int(fails.sum()), float(fails.mean()), low, high,
                     *_corner(own, fails.to_numpy(dtype=np.bool_)), *warned))  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["chance", "title"], ascending=[False, True], kind="stable", ignore_index=True)


def _modes(
    asked: Question, found: Tries, smallest: float
) -> Iterator[tuple[str, str, str, "pd.Series[bool]", float | None]]:
    """Modes that occur: kind, what, name, which worlds fail by seed, and the usual day by which they have."""
    rates = pd.concat([one.tables.rates["agency"] for one in found.each])
    for directive_way, agency in _asked_of(asked):
        rows = rates[rates["agency"] == agency].set_index("seed")
        idle = directive_way * (rows["rate_with"] - rows["rate_without"]) < smallest
        if idle.any():
            yield IDLE, agency, f"{asked.world.agencies[agency].title} does not do as it asks", idle, None
    worlds = broken(found.weeks, pd.Timestamp(asked.start))
    for (kind, what), rows in worlds.groupby(["kind", "what"], sort=True):
        broke = rows.groupby("seed")["broke"].any()
        if broke.any():
            first = rows[rows["broke"]].groupby("seed")["day"].min()
            name = title(asked.world, str(kind), str(what))
            shown = name if kind == APART else f"{name}: {'too few hours' if kind == DESK else 'the limit is passed'}"
            yield str(kind), str(what), shown, broke, float(first.quantile(0.5, interpolation="lower"))


def _asked_of(asked: Question) -> list[tuple[int, str]]:
    """Each agency that is addressed, and which way its rate is to move: up (+1) or down."""
    ways = {unit.split(".")[0]: (1 if text.direction > 0 else -1) for text in asked.directives for unit in text.to}
    return [(way, agency) for agency, way in ways.items()]


def _corner(points: pd.DataFrame, fails: npt.NDArray[np.bool_]) -> tuple[str, float | None, float | None, float | None]:
    """The corner in words, its coverage and density, and its density among worlds not used to find it."""
    if find_spec("ema_workbench") is None or points.empty or min(fails.sum(), (~fails).sum()) < ENOUGH:
        return "", None, None, None
    cases = points.reset_index(drop=True)
    box, chosen = box_of(cases, fails, SAID)
    limits, here = box.box_lims[chosen], box.peeling_trajectory.loc[chosen]
    words = [
        _said(name, (float(limits[name][0]), float(limits[name][1])), cases[name]) for name in _surest(box.qp[chosen])
    ]
    if not words:
        return "", None, None, None
    seen = unseen_density(cases, fails, SAID)
    return " and ".join(words), float(here["coverage"]), float(here["density"]), None if np.isnan(seen) else seen


def _surest(chances: dict[str, Sequence[float]]) -> list[str]:
    """What a box confines, the surest first."""
    return sorted(chances, key=lambda name: (min(value for value in (*chances[name], 2.0) if value >= 0.0), name))


def _said(name: str, side: tuple[float, float], values: "pd.Series[float]") -> str:
    """A side of a corner in words.

    >>> _said("rule.stake", (0.5, 1.0), pd.Series([0.0, 1.0])), _said("rule.stake", (0.0, 0.7), pd.Series([0.0, 1.0]))
    ('rule.stake above 0.5', 'rule.stake below 0.7')
    """
    low, high = side
    if high >= values.max():
        return f"{name} above {low:.3g}"
    return f"{name} below {high:.3g}" if low <= values.min() else f"{name} from {low:.3g} to {high:.3g}"
