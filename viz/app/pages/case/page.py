"""Why this decision? The page: the facts on the left, every desk and its reasons beside them."""

from datetime import date
from typing import cast

import solara

from model.errors import InputError
from model.schema import CaseFile, World
from viz.app.address import Kept, use_address
from viz.app.controls import Choice, Entry
from viz.app.jobs import use_aside
from viz.app.layout import Place, Problem, Remarks, Titled, element, explained
from viz.app.pages.case.fact_controls import Facts
from viz.app.pages.case.person import built
from viz.app.pages.case.tasks import Moment, Standing, standing
from viz.app.pages.case.url_state import Shown
from viz.app.pages.case.views import Reasons, Stand
from viz.app.reproduce import Repeat, command, python
from viz.app.shown_world import named, the_world


@solara.component
def Case(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown, world = kept.now, the_world()
    base = world.cases[shown.case]
    file, wrong = solara.use_memo(lambda: _built(base, shown, world), [shown.case, shown.fact])
    moment, late = moment_of(world, base, shown)
    Titled(place, [*problems, *late])
    if wrong:
        Problem("These facts do not fit together; the last ones that did are shown.", [wrong])
    with element("div", classes="d-sides"):
        with element("div", classes="d-stack d-controls"):
            _Who(kept, shown, world, base, moment)
            Facts(kept, shown, base, file, world)
        _Before(kept, shown, base, file, moment, world)


def _built(base: CaseFile, shown: Shown, world: World) -> tuple[CaseFile, InputError | None]:
    """The case with what is otherwise; without the last changes that do not fit, and what was wrong with them."""
    wrong: InputError | None = None
    for many in range(len(shown.fact), -1, -1):
        try:
            return built(base, shown.fact[:many], world), wrong
        except InputError as error:
            wrong = error
    return base, wrong


def moment_of(world: World, base: CaseFile, shown: Shown) -> tuple[Moment, list[InputError]]:
    """The world that the case comes before; a day outside its scenario gives way to the nearest inside."""
    plan = world.scenarios[shown.scenario or base.scenario]
    wanted = shown.on or (base.on if plan.start <= base.on <= plan.end else plan.end)
    on = min(max(wanted, plan.start), plan.end)
    moment = Moment(shown.scenario or base.scenario, on, shown.seed, shown.scale)
    if on == wanted:
        return moment, []
    days = f"{plan.start} to {plan.end}"
    return moment, [InputError("a day outside the scenario", where="the day", found=str(wanted), allowed=days)]


@solara.component
def _Who(kept: Kept[Shown], shown: Shown, world: World, base: CaseFile, moment: Moment) -> None:
    plan = world.scenarios[moment.scenario]
    again = {"fact": (), "scenario": "", "on": None, "stage": ""}
    with element("section", classes="d-panel"):
        titles = {name: case.title for name, case in world.cases.items()}
        Choice("Begin with", shown.case, lambda name: kept.change(case=name, **again), titles)
        element("p", *explained(base.story))
        element("p", base.source, classes="d-hint")
        scenarios = {name: one.title for name, one in world.scenarios.items()}
        Choice("Under the directives of", moment.scenario, lambda name: kept.change(scenario=name, on=None), scenarios)
        Entry("On the day", str(moment.on), lambda text: kept.change(on=_date(text)), kind="date",
              low=str(plan.start), high=str(plan.end))  # fmt: skip
        Remarks(world, plan.model_copy(update={"end": moment.on}))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@solara.component
def _Before(kept: Kept[Shown], shown: Shown, base: CaseFile, file: CaseFile, moment: Moment, world: World) -> None:
    now = use_aside(lambda: standing(file, moment), [file, moment])
    was = use_aside(lambda: standing(base, moment) if shown.fact else None, [base, moment, bool(shown.fact)])
    last = solara.use_ref(cast("Standing | None", None))
    if now is not None:
        last.current = now
    seen: Standing | None = last.current
    with element("div", classes="d-stack"):
        if seen is None:
            element("div", f"Running the agencies to {moment.on:%d %B %Y} …", classes="d-empty", role="status")
        elif seen.error:
            Problem("This case cannot be put before the desks.", [seen.error])
        else:
            changed = was if shown.fact and was and not was.error else None
            Stand(seen, changed, moment, world)
            Reasons(kept, shown, seen, world)
            Repeat(_texts(shown, base, seen, moment))


def _texts(shown: Shown, base: CaseFile, seen: Standing, moment: Moment) -> dict[str, str]:
    options = {
        "world": named(),
        "scenario": moment.scenario,
        "on": moment.on,
        "seed": moment.seed,
        "scale": moment.scale,
    }
    imports = "from datetime import date\n\nfrom model.explain import explain"
    case = "case.toml" if shown.fact else shown.case
    text = {"A file case.toml": as_toml(shown.case, base, seen.file)} if shown.fact else {}
    return {
        **text, "In a terminal": command("explain", case, **options),
        "In Python": python(imports, "found = explain", [case], **options),
    }  # fmt: skip


def as_toml(name: str, base: CaseFile, file: CaseFile) -> str:
    """A case file that is like a named one, but for the facts that differ."""
    here, was = file.person.model_dump(), base.person.model_dump()
    lines = [f"{key} = {_toml(value)}" for key, value in here.items() if value != was[key]]
    return "\n".join([f'like = "{name}"', f'title = "{base.title}, otherwise"', "", "[person]", *lines])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
