"""With and without: what is set against what above, what came of it below."""

import solara

from experiments.twin.twins import matched
from model.errors import InputError
from model.schema import Scenario, World
from viz.app.address import Kept, use_address
from viz.app.controls import Choice, Size, Switch, Working
from viz.app.jobs import Job, use_job
from viz.app.layout import Note, Place, Problem, Remarks, Titled, element
from viz.app.pages.twins.flips import Flips
from viz.app.pages.twins.tasks import findings
from viz.app.pages.twins.url_state import MOST, Shown
from viz.app.pages.twins.views import Measures, Parted, Shifted
from viz.app.reproduce import Repeat, command, loaded
from viz.app.shown_world import named, the_world
from viz.app.whole import Whole


@solara.component
def Twins(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown, job = kept.now, use_job()
    world, refused = solara.use_memo(lambda: _world(shown), [shown.set, shown.scenario, shown.without, shown.against])
    Titled(place, problems)
    solara.use_effect(lambda: job.clear, [shown.asked])
    with element("div", classes="d-stack"):
        _Asked(kept, shown, world)
        with element("section", classes="d-panel"):
            if refused:
                Problem("These two worlds cannot be set against each other.", [refused])
            else:
                Working(
                    job,
                    f"{shown.replications} pairs of worlds",
                    lambda: job.begin(findings, *shown.asked),
                    "Run both worlds",
                )
        _Found(kept, shown, job)


def _world(shown: Shown) -> tuple[World, InputError | None]:
    """The world, and why its scenarios cannot be set against each other, if they cannot."""
    try:
        world = the_world(shown.set)
        matched(
            world, shown.scenario, list(shown.without) or None if not shown.against else None, shown.against or None
        )
        return world, None
    except InputError as error:
        return the_world(), error


@solara.component
def _Asked(kept: Kept[Shown], shown: Shown, world: World) -> None:
    plan = world.scenarios[shown.scenario]
    with element("section", classes="d-panel d-controls"):
        with element("div", classes="d-pair"):
            with element("div"):
                titles = {name: one.title for name, one in world.scenarios.items()}
                Choice("Scenario", shown.scenario,
                       lambda name: kept.change(scenario=name, without=(), against="", flip=0), titles,
                       hint=plan.question)  # fmt: skip
                Remarks(world, shown.scenario, shown.against)
                Choice("Set against", shown.against, lambda name: kept.change(against=name, without=(), flip=0),
                       _others(world, shown.scenario))  # fmt: skip
            _Taken(kept, shown, world, plan)
        _How(kept, shown)


def _others(world: World, scenario: str) -> dict[str, str]:
    """What a scenario may be set against: itself without some directives, its counterfactuals, what shares its days."""
    own = world.scenarios[scenario]
    options = {"": "the same, without some of its directives"}
    for name, other in world.scenarios.items():
        shares = max(own.start, other.start) <= min(own.end, other.end) and set(own.streams or []) & set(
            other.streams or []
        )
        if name != scenario and shares:
            options[name] = other.title
    return options


@solara.component
def _Taken(kept: Kept[Shown], shown: Shown, world: World, plan: Scenario) -> None:
    with element("fieldset", classes="d-fieldset"):
        element("legend", "Directives to take away")
        if shown.against:
            element("p", "Another scenario is set against this one; nothing is taken away.", classes="d-hint")
            return
        if not shown.without:
            element("p", "All of them, unless some are chosen.", classes="d-hint")
        for name in plan.directives:
            _Directive(kept, shown, name, world.directives[name].title).key(name)


@solara.component
def _Directive(kept: Kept[Shown], shown: Shown, name: str, title: str) -> None:
    def put(on: bool) -> None:
        others = [one for one in kept.now.without if one != name]
        kept.change(without=tuple([*others, name] if on else others), flip=0)

    Switch(title, name in shown.without, put)


@solara.component
def _How(kept: Kept[Shown], shown: Shown) -> None:
    with element("div", classes="d-row"):
        Whole(kept, "replications", "Pairs", 2, MOST, flip=0)
        Size(shown.scale, lambda scale: kept.change(scale=scale, flip=0), shown.sizes)
        Whole(kept, "seed", "First seed", flip=0)


@solara.component
def _Found(kept: Kept[Shown], shown: Shown, job: Job) -> None:
    state = job.state.value
    if state.result is None:
        text = "Run both worlds: the same cases, the same officers, the same random seeds; only the directives differ."
        element("div", text if not state.busy else "The first pair is running.", classes="d-empty")
        return
    found = state.result
    if state.busy:
        Note(f"{len(found.seeds)} of {shown.replications} pairs so far; the intervals narrow as more come.")
    Shifted(found)
    Parted(found)
    if not state.busy:
        Flips(kept, shown, found)
    Measures(found)
    without = [] if shown.against else list(shown.without)
    options = {
        "world": named(), "without": without, "against": shown.against or None, "replications": shown.replications,
        "scale": shown.scale, "seed": shown.seed, "set": shown.set,
    }  # fmt: skip
    chosen = f"without={without or None}, against={shown.against or None!r}"
    call = (
        "from experiments.twin.findings import find\nfrom model import load\n\n"
        f"found = find({shown.scenario!r}, {chosen}, world={loaded(shown.set)}, "
        f"replications={shown.replications}, seed={shown.seed}, scale={shown.scale:g})\nprint(found.shift)"
    )
    Repeat({"In a terminal": command("twin", shown.scenario, **options), "In Python": call})
