"""Does the memo arrive? The page: levers on the left, the hierarchy and the rates beside them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import solara

from experiments.precomputed import DOSED
from model.schema import Scenario, World
from viz.app.address import Kept, use_address
from viz.app.jobs import use_aside
from viz.app.layout import Place, Problem, Titled, element
from viz.app.pages.live_run.frame import Screen
from viz.app.pages.live_run.large import Large
from viz.app.pages.live_run.person_panel import Who
from viz.app.pages.live_run.player import Player, Wanted
from viz.app.pages.live_run.steering import Levers, Start, Transport
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.views import Network, Rates
from viz.app.pages.live_run.watched_run import reference
from viz.app.reproduce import Repeat, command, python
from viz.app.shown_world import OWN, first, named, the_world, tried


@solara.component
def Memo(place: Place) -> None:
    """The page."""
    kept_, problems = use_address(Shown)
    asked = kept_.now
    world, refused = solara.use_memo(lambda: tried(asked.set, asked.own), [asked.set, asked.own])
    shown = replace(asked, set=(), own="") if refused else asked
    if shown.scenario not in world.scenarios:
        shown = replace(shown, scenario=first("scenario")())
    plan = world.scenarios[shown.scenario]
    shown = replace(shown, directive=_directive(shown, plan))
    Titled(place, [*problems, *([refused] if refused else [])])
    _Live(kept_, shown, world, plan)


def _directive(shown: Shown, plan: Scenario) -> str:
    """The directive whose levers are shown: the one asked for, if the scenario has it; else its usual one.

    A scenario of a visitor's own has none that is usual; of its directives it is the one that orders most.
    """
    usual = DOSED.get(shown.scenario, "")
    if shown.directive in plan.directives or not plan.directives:
        return shown.directive if plan.directives else ""
    if usual in plan.directives:
        return usual
    texts = the_world().directives
    return max(plan.directives, key=lambda name: (texts[name].mandate.value, texts[name].clarity.value))


@solara.component
def _Live(kept_: Kept[Shown], shown: Shown, world: World, plan: Scenario) -> None:
    screen = solara.use_memo(Screen, [])
    before, eve = plan.start - timedelta(days=1), eve_of(shown.directive, plan, world)
    untouched = replace(shown.setup, settings=()) if shown.set else None
    issued = use_aside(lambda: reference(untouched) if untouched else None, [untouched])
    view: dict[str, Any] = {"colour": shown.colour, "directive": shown.directive, "who": shown.who}

    def begin() -> Player:
        first = min(max(shown.day or eve, before), plan.end)
        return Player(Wanted(shown.setup, first, **view), screen.show, screen.failed.set)

    player = solara.use_memo(begin, [])

    def live() -> Any:
        player.start()
        return player.end

    def follow() -> None:
        other = player.wanted.setup.scenario != shown.scenario
        away = {"day": eve, "playing": False} if other else {}
        player.change(setup=shown.setup, **view, **away)

    def pull(settings: tuple[str, ...]) -> None:
        coming = kept_.after(set=settings)
        here = (coming.scenario, coming.own) == (shown.scenario, shown.own)
        if here and tried(coming.set, coming.own)[1] is None:
            player.ahead(setup=coming.setup)
        kept_.change(set=settings)

    solara.use_effect(live, [])
    solara.use_effect(follow, [shown.setup, *view.values()])
    with element("div", classes="d-sides"):
        with element("div", classes="d-stack d-controls"):
            Start(kept_, shown, world)
            Levers(kept_, shown, world, pull)
        with element("div", classes="d-stack"):
            _Failed(screen)
            Transport(player, screen, plan, world)
            Large(shown, screen, plan, world, issued if untouched else None)
            Network(kept_, shown, screen, world)
            Rates(shown, screen, plan, world, issued if untouched else None)
            Who(kept_, screen, world)
            _Kept(kept_, shown, screen, plan, world)


def eve_of(directive: str, plan: Scenario, world: World) -> date:
    """The day on which a run is first seen: the eve of a directive, within the watch or on the evening before it.

    >>> from model import load
    >>> eve_of("review-2011", load().scenarios["morton-2011"], load())
    datetime.date(2011, 11, 16)
    """
    before = plan.start - timedelta(days=1)
    eve = world.directives[directive].start - timedelta(days=1) if directive else before
    return min(max(eve, before), plan.end)


@solara.component
def _Failed(screen: Screen) -> None:
    if screen.failed.value is not None:
        Problem("The run stopped.", [screen.failed.value])


@solara.component
def _Kept(kept_: Kept[Shown], shown: Shown, screen: Screen, plan: Scenario, world: World) -> None:
    """The day in the address once the run stands still, and the same run without the app."""
    when = screen.when.value
    still = when is not None and when.wanted.setup == shown.setup and when.reached and not when.wanted.playing
    today = when.today if when else plan.start

    def write() -> None:
        if still:
            kept_.change(day=None if today == eve_of(shown.directive, plan, world) else today)

    solara.use_effect(write, [still, still and today, shown.directive])
    Repeat(_texts(shown, today if still and plan.start <= today < plan.end else None))


def _texts(shown: Shown, last: date | None) -> dict[str, str]:
    options = {"world": named(), "scale": shown.scale, "seed": shown.seed, "until": last}
    if shown.scenario == OWN:
        file = "Put this into scenarios/own.toml of a copy of the world, and name the copy with --world."
        return {
            file: shown.own,
            "In a terminal": command("run", OWN, **{**options, "world": "my-world"}, set=shown.set),
        }
    imports = "from experiments.runs import run"
    if last:
        imports = f"from datetime import date\n\n{imports}"
    return {
        "In a terminal": command("run", shown.scenario, **options, set=shown.set),
        "In Python": python(imports, "result = run", [shown.scenario], **options, settings=shown.set),
    }
