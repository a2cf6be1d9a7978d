"""What a live run looks like: the hierarchy, and the rates as they happen."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
import solara

from experiments.runs import described
from model.schema import Scenario, World
from model.world.streams import within
from viz.app.address import Kept
from viz.app.chart_width import room
from viz.app.controls import Choice, Table
from viz.app.figure import UNMOVED, Figure, Spec, Tables, spec_of
from viz.app.layout import NARROW, element, look
from viz.app.pages.live_run.frame import Coloured, Drawn, Screen
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.watched_run import Staff, until
from viz.app.shown_world import per_world, the_world, world_of
from viz.charts import hierarchy, rates_live
from viz.charts.live import bare, numbered
from viz.charts.network import places
from viz.charts.screen import columns
from viz.charts.theme import Legend

COLOURS = {"exposure": "what has reached them", "culture": "their leaning"}
PANELS = 6
MIDDLE = 1150
LEAST = 560
"""Pixels: the narrowest that a hierarchy can be read at; a phone scrolls it."""
NO_RATES = pd.DataFrame(columns=["agency", "stage", "week", "decided", "favourable", "rate", "low", "high"])


def sheet(width: int) -> tuple[int, int]:
    """Panels in a row, and pixels of each."""
    across = 1 if width < NARROW else 2 if width < MIDDLE else 3
    return across, room(width) // across - 84


@lru_cache(maxsize=32)
def seats(staff: Staff) -> pd.DataFrame:
    """Where everybody is drawn, by id."""
    return places(staff.table).set_index("id", drop=False)


@per_world(most=32)
def network_spec(staff: Staff, colour: str, width: int) -> Spec:
    """The hierarchy, nobody coloured yet."""
    world, nothing = the_world(), [0.0] * len(staff.table)
    units = {f"{a}.{u}": unit.title for a, agency in world.agencies.items() for u, unit in agency.units.items()}
    return spec_of(hierarchy(seats(staff), nothing, Legend.of_world(world), units, colour, width=width))


@per_world(most=32)
def rates_spec(scenario: str, own: str, across: int, wide: int) -> Spec:
    """The panels of a scenario, nothing drawn in them yet."""
    world = world_of((), own)
    plan = world.scenarios[scenario]
    span, legend = (plan.start, plan.end), Legend.of_world(world)
    return spec_of(
        rates_live(NO_RATES, NO_RATES, panels_of(world, plan), _marks(world, plan), span, legend, across, wide)
    )


def _marks(world: World, plan: Scenario) -> list[dict[str, Any]]:
    return [described(name, world.directives[name]) for name in plan.directives]


def lines(world: World, plan: Scenario) -> list[str]:
    """What the numbered lines of the panels are."""
    issued = numbered(_marks(world, plan), (plan.start, plan.end))
    return [f"{one['number']}: {one['title']}, {date.fromisoformat(one['start']):%d %B %Y}" for one in issued]


def _of(shown: Shown, world: World, today: date) -> str:
    """Of which run a saved picture is, and of which day."""
    moved = f", with {', '.join(shown.set)}" if shown.set else ""
    return (f"{world.scenarios[shown.scenario].title}, {today:%d %B %Y}; seed {shown.seed}, "
            f"1 in {round(1 / shown.scale):,}{moved}.")  # fmt: skip


@solara.component
def Network(kept: Kept[Shown], shown: Shown, screen: Screen, world: World) -> None:
    """The hierarchy, through which a directive travels."""
    title = world.directives[shown.directive].title if shown.directive else ""
    with element("section", classes="d-panel"):
        with element("div", classes="d-row"):
            element("h2", f"Exposure: {title}" if shown.colour == "exposure" else "Leaning of officers")
            Choice("Colour by", shown.colour, kept.changer("colour"), COLOURS, segments=True, inline=True)
        _People(kept, shown, screen, world)


@solara.component
def _People(kept: Kept[Shown], shown: Shown, screen: Screen, world: World) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(world), [world.name])
    people, width = screen.people.value, room(look.value.width, LEAST)
    tables = solara.use_memo(lambda: _coloured(people, shown.who), [people, shown.who])
    if people is None:
        element("div", "Building the agencies …", classes="d-empty")
        return
    Figure(
        network_spec(people.staff, people.colour, width), f"hierarchy-{shown.scenario}-{people.when.today}",
        _called(shown, world), lambda: people.staff.table.assign(value=people.values),
        legend, tables, picked=kept.changer("who"), state=people.when.state,
        notes=[_of(shown, world, people.when.today)],
    )  # fmt: skip


def _called(shown: Shown, world: World) -> str:
    """What the hierarchy shows."""
    if shown.colour == "culture":
        return "How everybody in each agency leans"
    text = world.directives[shown.directive].title if shown.directive else "A directive"
    return f"How far it has reached everybody in each agency: {text}"


def _coloured(people: Coloured | None, who: str) -> Tables:
    if people is None:
        return UNMOVED
    placed = seats(people.staff)
    here = placed.loc[placed["id"] == who, ["x", "y"]]
    return Tables({"people": {"value": people.values}, "picked": columns(here)})


@solara.component
def Rates(shown: Shown, screen: Screen, plan: Scenario, world: World, issued: pd.DataFrame | None) -> None:
    """The rates as they happen; beside them, once a lever has been moved, those of the run as it was issued."""
    grey = " Dashed grey: the same run as issued." if shown.set else ""
    with element("section", classes="d-panel"):
        element("h2", "Discretion rate")
        element("p", "Share of favourable decisions over the last eight weeks; the band is the 90% interval of a "
                "rate that rests on so few decisions. Dashed vertical lines: directives that address the decision, "
                f"numbered as in the list below. Each panel has its own scale.{grey}", classes="d-hint")  # fmt: skip
        _Panels(shown, screen, plan, world, issued)


@solara.component
def _Panels(shown: Shown, screen: Screen, plan: Scenario, world: World, issued: pd.DataFrame | None) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(world), [world.name])
    panels = panels_of(world, plan)
    drawn, width, explained = screen.rates.value, look.value.width, lines(world, plan)
    tables = solara.use_memo(lambda: _drawn(drawn, issued, panels), [drawn, id(issued)])
    if drawn is None or not len(drawn.rates):
        element("div", "Too few weeks have passed for a rate. Press play, or jump to the next directive.",
                classes="d-empty")  # fmt: skip
        return
    Figure(
        rates_spec(shown.scenario, shown.own, *sheet(width)), f"rates-{shown.scenario}-{drawn.when.today}",
        "Rates of favourable decisions, week by week, a panel for each decision", lambda: drawn.rates, legend,
        tables, state=drawn.when.state, notes=[_of(shown, world, drawn.when.today), *explained],
    )  # fmt: skip
    with element("ul", classes="d-lines"):
        for line in explained:
            element("li", line)
    _Figures(drawn.rates, world, panels)


def _drawn(drawn: Drawn | None, reference: pd.DataFrame | None, panels: list[tuple[str, str]]) -> Tables:
    if drawn is None:
        return UNMOVED
    before = NO_RATES if reference is None else until(reference, drawn.when.today)
    nothing = bare(drawn.rates, panels)
    return Tables({"now": columns(drawn.rates), "before": columns(before), "bare": columns(nothing)})


def panels_of(world: World, plan: Scenario) -> list[tuple[str, str]]:
    """The (agency, stage) of each panel: those that the scenario's directives speak to, then the others."""
    small = within(world, plan)
    decides = {name: stage.decider for name, stage in small.stages.items()}
    texts = [small.directives[name] for name in plan.directives]

    def spoken(stage: str) -> int:
        return sum(
            decides[stage] in text.to or decides[stage].split(".")[0] in text.to
            for text in texts if not text.stages or stage in text.stages
        )  # fmt: skip

    ordered = sorted(small.stages, key=lambda stage: -spoken(stage))
    return [(decides[stage].split(".")[0], stage) for stage in ordered[:PANELS]]


@solara.component
def _Figures(rates: pd.DataFrame, world: World, panels: list[tuple[str, str]]) -> None:
    """The last rate of each panel in figures."""
    latest = rates.drop_duplicates(["agency", "stage"], keep="last").to_dict("records")
    last = {(row["agency"], row["stage"]): row for row in latest}
    rows = [
        [world.agencies[agency].title, world.stages[stage].title, world.stages[stage].labels["favourable"],
         f"{row['decided']:,}", f"{row['rate']:.1%}", f"{row['low']:.1%} to {row['high']:.1%}"]
        for agency, stage in panels if (row := last.get((agency, stage)))
    ]  # fmt: skip
    titles = {"agency": "Agency", "stage": "Decision", "what": "Favourable is", "decided": "Decided", "rate": "Rate",
              "range": "90% range"}  # fmt: skip
    with element("details"):
        element("summary", "The same in figures")
        Table("The last eight weeks", titles, rows, ["decided", "rate", "range"])
