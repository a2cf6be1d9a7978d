"""What moved levers would change by the end of the watch: told at once by an emulator, then by the run itself."""

from datetime import date, timedelta

import pandas as pd

from experiments.emulator import Emulator
from experiments.precomputed import DOSED
from experiments.precomputed.emulated import stored
from experiments.twin.twins import matched
from model.errors import InputError
from model.world.settings import pairs
from viz.app.pages.live_run.frame import Drawn
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.watched_run import WEEKS
from viz.app.shown_world import per_world, the_world
from viz.charts.shifts import signed_points
from viz.reports.emulator import estimated, whose


@per_world(most=8)
def emulator(scenario: str) -> Emulator | None:
    """The emulator of a scenario that comes with the project, if it is of the world that is shown."""
    return stored(scenario, the_world()) if scenario in DOSED else None


def told(shown: Shown, drawn: Drawn | None, issued: pd.DataFrame | None) -> str:
    """What the moved levers change, of all decisions from the directive's first day on; nothing if it cannot be told.

    An estimate until the run is at its end, and then what it came to, with the estimate beside it.
    """
    found = emulator(shown.scenario) if shown.set else None
    if found is None:
        return ""
    try:
        guess = estimated(found, dict(pairs(shown.set)))
    except InputError:  # a lever that the emulator does not know
        return ""
    world = the_world()
    first = matched(world, shown.scenario, [found.directive]).first_day
    here = f"{whose(found, world)}, from {first:%d %B %Y} to the end"
    ran = None if drawn is None or issued is None else at_the_end(drawn, shown, issued, found, first)
    if ran is None:
        return f"Estimated, until the run is at its end: {guess} by this ({here})."
    return f"By this run: {signed_points(ran)} points ({here}). It had been estimated at {guess}."


def at_the_end(drawn: Drawn, shown: Shown, issued: pd.DataFrame, found: Emulator, first: date) -> float | None:
    """The difference of a finished run to the one as issued, a share; None as long as it is not there."""
    if not drawn.when.finished or drawn.when.wanted.setup != shown.setup:
        return None
    now, before = (since(table, found.agency, found.stage, first) for table in (drawn.rates, issued))
    return None if now is None or before is None else now - before


def since(rates: pd.DataFrame, agency: str, stage: str, first: date) -> float | None:
    """The rate of a decision over all weeks since a day, of rates that are each of the last `WEEKS` weeks.

    >>> week = pd.to_datetime(["2012-01-02", "2012-02-27", "2012-03-05", "2012-04-23", "2012-04-30"])
    >>> table = pd.DataFrame({"agency": "ice", "stage": "review", "week": week, "decided": [9, 50, 40, 50, 60],
    ...                       "favourable": [9, 5, 8, 5, 12]})
    >>> since(table, "ice", "review", date(2012, 1, 5)), since(table, "ice", "charge", date(2012, 1, 5))
    (0.2, None)
    """
    here = rates[(rates["agency"] == agency) & (rates["stage"] == stage)]
    if not len(here):
        return None
    apart = (here["week"].max() - here["week"]).dt.days % (7 * WEEKS) == 0
    whole = here["week"] - timedelta(weeks=WEEKS - 1) >= pd.Timestamp(first)
    taken = here[apart & whole]
    return float(taken["favourable"].sum() / taken["decided"].sum()) if len(taken) else None
