"""What breaks downstream? What is run above, what came of it below."""

import solara

from experiments.border import has_border
from model.schema import Scenario, World
from viz.app.address import Kept, use_address
from viz.app.controls import Choice, Size, Working
from viz.app.jobs import Job, use_job
from viz.app.layout import Place, Remarks, Titled, element
from viz.app.pages.downstream.instead import Instead
from viz.app.pages.downstream.tasks import watched
from viz.app.pages.downstream.url_state import Shown
from viz.app.pages.downstream.views import Border, Interior
from viz.app.reproduce import Repeat, command, python
from viz.app.shown_world import named, tried
from viz.app.whole import Whole


@solara.component
def DownstreamPage(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    world, refused = solara.use_memo(lambda: tried(kept.now.set), [kept.now.set])
    Titled(place, [*problems, *([refused] if refused else [])])
    shown, job = kept.now, use_job()
    settings = () if refused else shown.set
    asked = (shown.scenario, settings, shown.seed, shown.scale)
    solara.use_effect(lambda: job.clear, [asked])
    with element("div", classes="d-stack"):
        with element("section", classes="d-panel d-controls"):
            _Asked(kept, shown, world, world.scenarios[shown.scenario])
            Working(job, "Running the agencies", lambda: job.begin(watched, *asked), "Run it")
        _Found(shown, job, world)
        Instead(kept, shown, settings, world).key(f"instead {asked}")


@solara.component
def _Asked(kept: Kept[Shown], shown: Shown, world: World, plan: Scenario) -> None:
    titles = {name: one.title for name, one in world.scenarios.items()}
    Choice("Scenario", shown.scenario, lambda name: kept.change(scenario=name, against=()), titles, hint=plan.question)
    Remarks(world, shown.scenario)
    with element("div", classes="d-row"):
        Size(shown.scale, kept.changer("scale"), shown.sizes)
        Whole(kept, "seed")
    element("p", "Figures are scaled up to the real system: each simulated person stands for many, so small "
            "numbers move in steps.",
            classes="d-hint")  # fmt: skip


@solara.component
def _Found(shown: Shown, job: Job, world: World) -> None:
    state = job.state.value
    if state.result is None or state.busy:
        text = "Run it to see what is used of every limit, who waits, and who is kept apart."
        element("div", "The agencies are at work." if state.busy else text, classes="d-empty")
        return
    if has_border(state.result, world):
        Border(state.result, world)
    else:
        Interior(state.result)
    options = {"world": named(), "scale": shown.scale, "seed": shown.seed}
    call = python("from experiments.runs import run", "result = run", [shown.scenario], **options, settings=shown.set)
    Repeat({"In a terminal": command("run", shown.scenario, **options, set=shown.set), "In Python": call})
