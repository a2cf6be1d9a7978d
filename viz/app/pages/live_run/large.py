"""The one rate that a live run is about, large; and once a lever is moved what that changed, in a sentence."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import solara

from experiments.sensitivity.in_words import parameter
from model.schema import Scenario, World
from model.world.settings import pairs
from viz.app.layout import element
from viz.app.pages.live_run.estimated import told
from viz.app.pages.live_run.frame import Screen
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.views import panels_of
from viz.app.pages.live_run.watched_run import until
from viz.app.shown_world import world_of
from viz.charts.live import LEAST


@solara.component
def Large(shown: Shown, screen: Screen, plan: Scenario, world: World, issued: pd.DataFrame | None) -> None:
    """The last rate of the decision that the scenario is about, beside that of the run as it was issued."""
    drawn = screen.rates.value
    agency, stage = panels_of(world, plan)[0]
    now = last_rate(None if drawn is None else drawn.rates, agency, stage)
    before = None if issued is None or drawn is None else last_rate(until(issued, drawn.when.today), agency, stage)
    said = f"{world.agencies[agency].title}, {world.stages[stage].title}: {world.stages[stage].labels['favourable']}"
    with element("div", classes="d-large", role="status"):
        element("strong", "–" if now is None else f"{now:.1%}")
        with element("div"):
            element("span", f"{said}, of the decisions of the last eight weeks")
            if shown.set:
                element("span", changed(now, before, shown.set, world_of((), shown.own)), classes="d-changed")
                if estimate := told(shown, drawn, issued):
                    element("span", estimate, classes="d-hint")


def last_rate(rates: pd.DataFrame | None, agency: str, stage: str) -> float | None:
    """The last rate of a decision; None where there is none, or too few decisions for one.

    >>> rows = pd.DataFrame({"agency": "ice", "stage": "review", "decided": [40, 50], "rate": [0.1, 0.2]})
    >>> last_rate(rows, "ice", "review"), last_rate(rows, "ice", "charge")
    (0.2, None)
    """
    if rates is None or not len(rates):
        return None
    here = rates[(rates["agency"] == agency) & (rates["stage"] == stage)]
    return float(here["rate"].iloc[-1]) if len(here) and here["decided"].iloc[-1] >= LEAST else None


def changed(now: float | None, before: float | None, settings: tuple[str, ...], issued: World) -> str:
    """What some settings changed of a rate, the cases and the luck being the same.

    >>> from model import load
    >>> moved = ("directives.review-2011.clarity=0.2",)
    >>> changed(0.005, 0.046, moved, load())
    '4.6% → 0.5% because of this: Case-by-case review of the docket: clarity of the text, 0.2 instead of 0.95.'
    >>> changed(0.046, 0.046, moved, load())
    'No difference so far because of this: Case-by-case review of the docket: clarity of the text, 0.2 instead of 0.95.'
    """
    why = "; ".join(_moved(path, value, issued) for path, value in pairs(settings))
    if now is None or before is None:
        return f"Not yet to be compared with the run as issued: {why}."
    one, other = f"{before:.1%}", f"{now:.1%}"
    return f"{'No difference so far' if one == other else f'{one} → {other}'} because of this: {why}."


def _moved(path: str, value: Any, issued: World) -> str:
    here: Any = issued
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else getattr(here, part, None)
    stood = getattr(here, "value", here)
    return f"{parameter(path, issued)}, {_plain(value)}" + ("" if stood is None else f" instead of {_plain(stood)}")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,g}" if isinstance(value, int | float) else str(value)
