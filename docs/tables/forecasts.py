"""The forecast of the judges' quota as it was registered (`experiments.forecasts`), and how it was made.

`made` makes it of the world and the code as they are; `docs/forecasts` holds it as `experiments.forecasts.register`
wrote it, before anything was compared with it.
"""

from functools import cache
from pathlib import Path

from docs.tables.markdown import table
from docs.tables.shipped import WORLD
from docs.tables.stamps import fingerprint, stamped
from experiments.forecasts import Figure, Interval, Registered, read
from experiments.forecasts.judges_quota import SCENARIO, Forecast, forecast
from model.schema import World
from model.world.loader import load
from model.world.streams import read as read_by

FILE = Path(__file__).parents[1] / "forecasts" / f"{SCENARIO}.json"
SEEDS, SCALE = range(1, 21), 0.05
PROBE_SEEDS, PROBE_SCALE = range(1, 3), 0.002
JUDGED = "agencies.eoir-2018.levels.assistant-chief.judged_by_numbers"
UNSURE = {"rule.haste": (0.25, 1.0), JUDGED: (0.3, 0.8)}
"""What is assumed and matters most, and between which values it may as well lie."""


INTERVALS = {
    "luck": "5-95% of replications",
    "unknown": "of the medians of the difference over other values of " + " and ".join(UNSURE) + ", one at a time",
}


def registered() -> Registered:
    """The forecast as it stands in its file; raises InputError if that was changed."""
    return read(FILE)


def figures(_world: World) -> str:
    """The registered figures."""
    rows = [[one.figure, *(_told(one.figure, side) for side in (one.with_it, one.without, one.shift)),
             _range(one.figure, one.shift.unknown)] for one in registered().figures]  # fmt: skip
    return table(["figure", "with the quota", "without", "difference", "difference, other assumptions"], rows)


def status(world: World) -> str:
    """When the forecast was registered, of which world and code, and whether these are still the same."""
    found = registered()
    now = stamp(world)
    same = "The world and the code are still those of the forecast."
    other = f"The world or the code has changed since; now they are {now}. The forecast stands as registered."
    words = same if now == found.stamp else other
    return f"Registered on {found.date} with {found.stamp}; hash of the file `{found.hash[:16]}`. {words}"


def stamp(world: World) -> str:
    """The part of a world that the forecast reads, and a probe of the code."""
    scenario = world.scenarios[SCENARIO]
    return stamped("content", [read_by(world, scenario), scenario], probe())


@cache
def probe() -> str:
    """The same figures over much smaller runs."""
    found = forecast(PROBE_SEEDS, PROBE_SCALE)
    return fingerprint({f"{row.figure} {at}": value for row in found for at, value in enumerate(row.with_it)})


def made(day: str) -> Registered:
    """The forecast of a day, with its stamp."""
    others = [forecast(SEEDS, SCALE, {path: value}) for path, ends in UNSURE.items() for value in ends]
    found = [
        Figure(figure=one.figure, unit=_unit(one.figure), with_it=_side(one.with_it), without=_side(one.without),
               shift=_side(one.shift, _ends([other[at] for other in others])))
        for at, one in enumerate(forecast(SEEDS, SCALE))
    ]  # fmt: skip
    return Registered(
        title="The immigration judges' quota of 2018", date=day, stamp=stamp(load(WORLD)),
        command="docs.tables.forecasts.made", seeds=tuple(SEEDS), scale=SCALE, intervals=INTERVALS,
        figures=tuple(found),
    )  # fmt: skip


def _side(values: tuple[float, float, float], unknown: tuple[float, float] | None = None) -> Interval:
    return Interval(middle=values[0], luck=values[1:], unknown=unknown)


def _unit(figure: str) -> str:
    """In what a figure is counted.

    >>> _unit("granted, all, FY2019"), _unit("hours a case, FY2019"), _unit("pending at the end of FY2019")
    ('share', 'hours', 'cases')
    """
    return {"granted": "share", "hours": "hours"}.get(figure.replace(",", " ").split()[0], "cases")


def _ends(found: list[Forecast]) -> tuple[float, float]:
    medians = [one.shift[0] for one in found]
    return min(medians), max(medians)


def _told(figure: str, side: Interval) -> str:
    """A median with its range; shares in percent.

    >>> _told("granted, all, FY2019", Interval(middle=0.4, luck=(0.39, 0.41)))
    '40.0 (39.0 to 41.0)'
    """
    return f"{_said(figure, side.middle)} ({_range(figure, side.luck)})"


def _range(figure: str, ends: tuple[float, float] | None) -> str:
    return "-" if ends is None else f"{_said(figure, ends[0])} to {_said(figure, ends[1])}"


def _said(figure: str, value: float) -> str:
    unit, digits = (100.0, 1) if figure.startswith("granted") else (1.0, 2 if figure.startswith("hours") else 0)
    return f"{unit * value:,.{digits}f}"
