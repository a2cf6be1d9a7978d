"""What a run makes of a measure (`model.schema.measure`), in figures of the real system: of the run, over its scale."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from experiments.border import children, custody
from experiments.runs import Run
from model.schema import Between, World
from model.schema.measure import Counted, CountOf, Measure, MovedOf, OrderOf, PoolOf, ShareOf, SpreadOf, Which

TIMES = {"outcomes": "week", "flows": "week", "paths": "month", "separated": "separated", "breaches": "day"}
"""The column of each table that says when."""
YEAR = 365.0
Figures = Callable[[str], float]
"""Looks a number up in ``evidence.csv``."""


def value(of: Measure, run: Run, world: World, figures: Figures) -> float:
    """What a measure of one run gives; missing where there is nothing to measure it from."""
    match of:
        case CountOf():
            return _count(of, run, figures)
        case ShareOf():
            return share(of, _rows(of, run), run.about["scale"], figures)
        case SpreadOf():
            return _spread(of, run, world)
        case OrderOf():
            return _order(of, run)
        case PoolOf():
            return _pool(of, run, world)
    raise TypeError(f"{of.kind} is not measured of one finished run")


def number(rows: pd.DataFrame, of: Counted) -> float:
    """``sum of cases`` of the rows that are asked for, less those that are taken off again.

    >>> from experiments.border.worked import paths
    >>> gone = {"stage": ["felony"], "outcome": ["not reached"]}
    >>> number(paths(), Counted(table="paths", where=[{"stage": ["felony"], "to": ["sentencing"]}], less=[gone]))
    3.0
    """
    total = _sum(rows, of.where)
    return total - _sum(rows, of.less) if of.less is not None else total


def share(of: ShareOf, rows: pd.DataFrame, scale: float, figures: Figures) -> float:
    """``counted / counted of``; of a figure of record, ``counted / scale / figure``.

    >>> from experiments.border.worked import paths
    >>> one = ShareOf(kind="share", table="paths", where=[{"to": ["court"]}], of=[{"stage": ["acceptance"]}])
    >>> share(one, paths(), 1.0, float)
    0.6
    """
    counted = number(rows, of)
    if isinstance(of.of, str):
        return counted / scale / figures(of.of)
    everybody = _sum(rows, of.of)
    return counted / everybody if everybody else float("nan")


def moved(of: MovedOf, run: Run, other: Run, world: World) -> float:
    """Places of a region that count more than in another run, by at least a share; out of nothing none can be had."""
    here, there = ([number(rows, of) for rows in _places(of, of.by, one, world)] for one in (run, other))
    return float(sum(one >= (1.0 + of.least) * less > 0 for one, less in zip(here, there, strict=True)))


def _count(of: CountOf, run: Run, figures: Figures) -> float:
    found = number(_rows(of, run), of) / float(run.about["scale"])
    if of.per is not None:
        first, last = of.days or [date.fromisoformat(run.about[end]) for end in ("start", "end")]
        found = found * (YEAR if of.per == "year" else 1.0) / ((last - first).days + 1)
    if of.times is not None:
        found *= share(of.times, _rows(of.times, run), run.about["scale"], figures)
    return found


def _spread(of: SpreadOf, run: Run, world: World) -> float:
    """How far apart the shares of places lie."""
    sums = [(number(rows, of), _sum(rows, of.of)) for rows in _places(of, of.by, run, world)]
    shares = np.array([counted / everybody for counted, everybody in sums if everybody >= of.fewest])
    if not len(shares):
        return float("nan")
    return float(shares.std() if of.gives == "sd" else np.ptp(shares))


def _order(of: OrderOf, run: Run) -> float:
    """Spearman's rank correlation over the months of record; none comes in a month without rows."""
    rows = _rows(of, run)
    month = rows[TIMES[of.table]].dt.strftime("%Y-%m")
    found = [number(rows[month == one], of) for one in of.recorded]
    return float(pd.Series(found).rank().corr(pd.Series(list(of.recorded.values())).rank()))


def _places(of: Counted, by: str, run: Run, world: World) -> Iterator[pd.DataFrame]:
    """The rows of each place: of a region's parts, or of what stands in a column."""
    rows = _rows(of, run)
    if by not in world.regions:
        yield from (rows[rows[by] == place] for place in rows[by].unique())
        return
    region = world.regions[by]
    for areas in (region.parts or {area: [area] for area in region.areas}).values():
        yield rows[rows["area"].isin(areas)]


def _rows(of: Counted, run: Run) -> pd.DataFrame:
    """The rows of a time, one way to count them for all tables: ``cases``."""
    rows = getattr(run, of.table)
    if of.days is not None:
        rows = _between(rows, TIMES[of.table], of.days)
    if of.table == "outcomes":
        lenient = rows.assign(cases=rows["favourable"], favourable=True)
        return pd.concat([lenient, rows.assign(cases=rows["decided"] - rows["favourable"], favourable=False)])
    if of.table in ("separated", "breaches"):
        return rows.assign(cases=rows["persons"] if of.table == "breaches" else 1)
    return rows


def _between(rows: pd.DataFrame, column: str, days: Sequence[date]) -> pd.DataFrame:
    return rows[(rows[column] >= pd.Timestamp(days[0])) & (rows[column] <= pd.Timestamp(days[1]))]


def _sum(rows: pd.DataFrame, any_of: Sequence[Which] | None) -> float:
    if any_of is None:
        return float(rows["cases"].sum())
    fit = np.any([_fits(rows, which) for which in any_of], axis=0)
    return float(rows["cases"][fit].sum())


def _fits(rows: pd.DataFrame, which: Which) -> np.ndarray:
    """Which rows have all that is said."""
    fit = np.ones(len(rows), dtype=bool)
    for column in which.model_fields_set:
        said = getattr(which, column)
        if isinstance(said, Between):
            low, high = -np.inf if said.min is None else said.min, np.inf if said.max is None else said.max
            fit &= rows[column].between(low, high).to_numpy()
        elif isinstance(said, bool):
            fit &= rows[column].to_numpy(dtype=bool) == said
        elif said is not None:
            fit &= rows[column].isin(said).to_numpy()
    return fit


def _pool(of: PoolOf, run: Run, world: World) -> float:
    """A resource at the end of the week of a day, or over some days."""
    rows, scale = run.resources[run.resources["what"] == of.pool], float(run.about["scale"])
    if of.gives == "most-over":
        return custody.most_over(_between(rows, "day", of.days), of.pool) / scale
    if of.gives in ("cost-over", "share-apart"):
        monthly = _between(custody.by_month(rows, date.fromisoformat(run.about["start"])), "month", of.days)
        return _cost_over(monthly, world) / scale if of.gives == "cost-over" else _share_apart(monthly, of, run)
    weeks = rows[rows["day"] >= pd.Timestamp(of.days[0])]
    week = weeks[weeks["day"] == weeks["day"].min()]
    if of.gives == "places-over":
        return float((week["used"] > week["amount"]).sum())
    return float(week["used"].sum() / week["amount"].sum()) if len(week) else float("nan")


def _cost_over(monthly: pd.DataFrame, world: World) -> float:
    """What is beyond capacity costs so much in a year."""
    days = monthly.drop_duplicates("month")["days"].sum()
    over = custody.dollars(monthly.assign(used=monthly["over"]), world).sum()
    return float(over) * YEAR / days if days else float("nan")


def _share_apart(monthly: pd.DataFrame, of: PoolOf, run: Run) -> float:
    """``person-days of people who were separated / unit-days in use``."""
    used = float(monthly["used"].sum())
    there = sum(children.in_care(run.separated, day) for day in pd.date_range(of.days[0], of.days[1]))
    return there / used if used else float("nan")
