"""A picture of its own for a demonstration: the ladder, the table of two by two, two desks side by side, the dots."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import solara

from experiments.demonstrations import SEEDS, scale_of
from model.explain import load_case
from model.world.loader import load
from viz.app.address import Kept
from viz.app.demonstrations import Demonstration
from viz.app.figure import Drawn
from viz.app.flow import Flow
from viz.app.layout import element
from viz.app.pages.case.tasks import Moment, standing
from viz.app.pages.demonstrations.build import Build
from viz.app.pages.demonstrations.result import Result
from viz.app.pages.demonstrations.url_state import Shown
from viz.charts import two_worlds
from viz.charts.theme import Legend

CASE, SIDES = "claudia", ("review", "t-visa")
GRID = {
    "Review of the docket": ("prosecutors", "adjudicators"), "Deferred action (DACA)": ("daca-at-ice", "daca"),
}  # fmt: skip
"""Of each programme the figures in the hands of ICE and of USCIS."""


@solara.component
def Own(kept: Kept[Shown], one: Demonstration, found: Result) -> None:
    """What a demonstration has of its own, if it has anything: a picture, or the workbench."""
    if one.build:
        Build(kept, found)
    shares = dict(zip(found.table["key"], found.table["median"].astype(float), strict=True))
    if one.run in PICTURES:
        PICTURES[one.run](one, shares)


def of_hundred(share: float) -> str:
    """A share as so many of a hundred.

    >>> of_hundred(0.0512), of_hundred(0.987), of_hundred(0.004)
    ('5 of 100', '99 of 100', '0.4 of 100')
    """
    return f"{100 * share:.{0 if share >= 0.01 else 1}f} of 100"


@solara.component
def _Ladder(one: Demonstration, shares: Mapping[str, float]) -> None:
    """What is left of a message on each rung; apart from them, of the order that is guessed last."""
    rungs = {"What the director signed": 1.0, **{asked.short: shares[asked.key] for asked in one.predict}}
    with element("ol", classes="d-ladder"):
        for title, share in rungs.items():
            with element("li", classes="d-apart" if title == one.predict[-1].short else ""):
                element("span", title)
                element("div", element("div", style=f"width: {100 * share:.1f}%"), classes="d-rung")
                element("strong", f"{of_hundred(share)} left")


@solara.component
def _Grid(one: Demonstration, shares: Mapping[str, float]) -> None:
    """Two programmes in the hands of two agencies."""
    with element("table", classes="d-grid"):
        element("caption", "Leniently decided in the model, by programme and by whose hands it is in")
        with element("tr"):
            element("td")
            for agency in ("ICE", "USCIS"):
                element("th", f"in the hands of {agency}", scope="col")
        for programme, keys in GRID.items():
            with element("tr"):
                element("th", programme, scope="row")
                for key in keys:
                    element("td", of_hundred(shares[key]), style=f"--share: {100 * shares[key]:.0f}%")


@solara.component
def _Desks(one: Demonstration, shares: Mapping[str, float]) -> None:
    """One file before two desks, term by term."""
    legend = solara.use_memo(lambda: Legend.of_world(load()), [])

    def chart() -> Any:
        file = load_case(CASE, load())
        found = standing(file, Moment(file.scenario, file.on, SEEDS[0], scale_of(one.run))).found
        sides = [each.as_json() for stage in SIDES for each in found if each.stage == stage]
        return two_worlds(sides, legend, "The same file before two desks", [])

    Drawn(chart, [], "two-desks", "The terms of two decisions on the same file, side by side", lambda: _figures(shares),
          legend, one.take.sentence)  # fmt: skip


def _figures(shares: Mapping[str, float]) -> pd.DataFrame:
    return pd.DataFrame(shares.items(), columns=["desk", "chance"])


@solara.component
def _Dots(one: Demonstration, shares: Mapping[str, float]) -> None:
    """People who pass a desk, most of them unread."""
    colour = load().agencies["ice"].colour
    what = {"colour": colour, "what": "are offered closure", "happened": ""}
    Flow(rows=[{**what, "who": asked.short, "of": round(100 * shares[asked.key])} for asked in one.predict])


PICTURES: dict[str, Callable[[Demonstration, Mapping[str, float]], Any]] = {
    "same-facts": _Desks, "fading": _Ladder, "counted": _Dots, "whose": _Grid,
}  # fmt: skip
