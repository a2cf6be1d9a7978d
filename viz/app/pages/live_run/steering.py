"""What is set before a run and while it goes on."""

from collections.abc import Callable
from datetime import date, timedelta

import solara

from model.schema import Scenario, World
from viz.app.address import Kept
from viz.app.controls import Button, Choice, Size, Slider, Switch, Upload
from viz.app.layout import Remarks, element
from viz.app.pages.live_run import lever_controls as lever_rules
from viz.app.pages.live_run.frame import Screen
from viz.app.pages.live_run.player import Player, days_on
from viz.app.pages.live_run.url_state import Shown
from viz.app.shown_world import MOST_BYTES, OWN, world_of
from viz.app.whole import Whole

PACES = {"2": "2 days a second", "10": "10 days a second", "30": "30 days a second", "100": "100 days a second"}
TARGETS = 600_000.0
DAY = timedelta(days=1)


@solara.component
def Start(kept: Kept[Shown], shown: Shown, world: World) -> None:
    """Which scenario, at which scale, under which random seed."""

    def read(file: dict[str, str]) -> None:
        kept.change(scenario=OWN, own=str(file["text"])[: 2 * MOST_BYTES], directive="", set=(), day=None, who="")

    with element("section", classes="d-panel"):
        titles = {name: plan.title for name, plan in world.scenarios.items()}
        Choice(
            "Scenario", shown.scenario,
            lambda name: kept.change(scenario=name, directive="", set=(), day=None, who=""), titles,
            hint=world.scenarios[shown.scenario].question,
        )  # fmt: skip
        Remarks(world, shown.scenario)
        Upload("A scenario of your own (TOML)", read, ".toml,text/plain", MOST_BYTES,
               hint="Its days and its directives; what it says stays in the address.")  # fmt: skip
        with element("div", classes="d-pair"):
            Size(shown.scale, kept.changer("scale"), shown.sizes)
            Whole(kept, "seed")


@solara.component
def Levers(kept: Kept[Shown], shown: Shown, world: World, pull: Callable[[tuple[str, ...]], None]) -> None:
    """What may be moved: parameters of one directive, and what is counted; ``pull`` is told all that is then set."""
    with element("section", classes="d-panel", aria_label="Levers"):
        names = lever_rules.directives_of(world, shown.scenario)
        if not names:
            element("p", "Nothing comes down from the top in this scenario: there is no lever to move.")
            return
        Choice("Levers of", shown.directive, kept.changer("directive"), names)
        found = lever_rules.levers(world, world_of((), shown.own), shown.directive)
        for lever in found:
            _Lever(kept, lever, pull)
        Button("As it was issued", lambda: pull(()), disabled=not shown.set)


def _Lever(
    kept: Kept[Shown], lever: lever_rules.Lever, pull: Callable[[tuple[str, ...]], None]
) -> solara.Element:  # fmt: skip
    def put(value: object) -> None:
        pull(lever_rules.moved(kept.now.set, lever, value))

    if lever.kind == "choice":
        return Choice(lever.title, lever.value, put, lever_rules.OPTIONS, segments=True, hint=lever.hint)
    if lever.kind == "yes":
        return Switch(lever.title, lever.value, put, hint=lever.hint)
    if lever.kind == "target":
        return Slider(
            lever.title, lever.value, lambda value: put(float(value)), 0.0, max(TARGETS, lever.shipped),
            lever_rules.STEP, "a year", lever.hint, lever.shipped,
        )  # fmt: skip
    return Slider(
        lever.title, lever.value, lambda value: put(round(float(value), 2)), 0.0, 1.0, 0.05, "%", lever.hint,
        lever.shipped,
    )  # fmt: skip


@solara.component
def Transport(player: Player, screen: Screen, plan: Scenario, world: World) -> None:
    """Play, pause, step, jump; and what day it is."""
    with element("section", classes="d-panel d-controls", aria_label="Time"):
        _Buttons(player, screen, plan, world)
        _Clock(screen, plan, world)


@solara.component
def _Buttons(player: Player, screen: Screen, plan: Scenario, world: World) -> None:
    pace, set_pace = solara.use_state("10")
    when = screen.when.value
    playing, over = bool(when and when.wanted.playing), bool(when and when.finished)
    today = when.today if when else plan.start - timedelta(days=1)
    following = next_directive(world, plan, today)

    def go(day: date) -> None:
        player.change(day=min(day, plan.end), playing=False)

    def repace(text: str) -> None:
        set_pace(text)
        player.change(pace=int(text))

    with element("div", classes="d-row"):
        label = "❚❚ Pause" if playing else "▶ Play"
        Button(label, lambda: player.change(playing=not player.wanted.playing), main=True, disabled=over)
        Button("A day", lambda: go(days_on(player.wanted.day, 1, plan.end)), disabled=over)
        Button("A month", lambda: go(days_on(player.wanted.day, 30, plan.end)), disabled=over)
        Button("Next directive", lambda: go(following[0]) if following else None, disabled=following is None)
        Button("To the end", lambda: go(plan.end), disabled=over)
        Button("Reset", lambda: go(plan.start - timedelta(days=1)))
        Choice("Speed", pace, repace, PACES, inline=True)


@solara.component
def _Clock(screen: Screen, plan: Scenario, world: World) -> None:
    when = screen.when.value
    today = when.today if when else plan.start - timedelta(days=1)
    passed, total = max(0, (today - plan.start).days + 1), (plan.end - plan.start).days + 1
    with element("div", classes="d-clock", role="status"):
        element("strong", f"{today:%d %B %Y}" if passed else f"Before {plan.start:%d %B %Y}")
        element("span", f"day {passed:,} of {total:,}")
        for told in _events(world, plan, today):
            element("span", told)
        element("span", "" if when is not None and when.reached else "on the way …", classes="d-hint")
    bar = element("div", style=f"width: {100 * passed / total:.2f}%")
    element(
        "div", bar, classes="d-progress", role="progressbar", aria_valuenow=str(passed), aria_valuemin="0",
        aria_valuemax=str(total), aria_label="Days of the watch",
    )  # fmt: skip


def next_directive(world: World, plan: Scenario, today: date) -> tuple[date, str] | None:
    """Where the next directive of a scenario takes a reader, and its title; none if no more come.

    To the eve of it, on which nobody has heard of it; from there to its first day.
    """
    starts = sorted((world.directives[name].start, world.directives[name].title) for name in plan.directives)
    following = next(((start, title) for start, title in starts if start > max(today, plan.start - DAY)), None)
    if following is None or following[0] - DAY <= today:
        return following
    return following[0] - DAY, following[1]


def _events(world: World, plan: Scenario, today: date) -> list[str]:
    """What came last and what comes next."""
    issued = [(world.directives[name].start, world.directives[name].title) for name in plan.directives]
    last = max(((start, title) for start, title in issued if start <= today), default=None)
    following = min(((start, title) for start, title in issued if start > today), default=None)
    told = [f"{(today - last[0]).days:,} days since: {last[1]}"] if last else []
    if following is not None:
        when = "tomorrow" if following[0] == today + DAY else f"on {following[0]:%d %B %Y}"
        told.append(f"next, {when}: {following[1]}")
    return told
