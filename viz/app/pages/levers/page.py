"""Which lever? What is asked above; the ranking and the doses below, at once where they come with the project."""

import solara

from experiments.levers.choice import ALL, Target, fitting
from experiments.precomputed import Asked
from experiments.precomputed import ranking as shipped_ranking
from model.schema import World
from viz.app.address import Kept, use_address
from viz.app.controls import Choice, Size, Working
from viz.app.jobs import use_job
from viz.app.layout import Note, Place, Remarks, Titled, element
from viz.app.pages.levers.doses import Doses
from viz.app.pages.levers.ranked import Ranked
from viz.app.pages.levers.tasks import ranking
from viz.app.pages.levers.url_state import MOST, Shown
from viz.app.shown_world import the_world
from viz.app.whole import Whole

OWN = ""
"""Ranked by the decisions that the scenario is about."""


@solara.component
def Levers(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown, world = kept.now, the_world()
    Titled(place, problems)
    with element("div", classes="d-stack"):
        _Asked(kept, shown, world)
        if not fitting(world, shown.scenario):
            element("div", "No lever of the world fits this scenario: none makes a directive that it issues otherwise.",
                    classes="d-empty")  # fmt: skip
            return
        _Found(kept, shown, world).key(f"{shown.asked}")
        Doses(kept, shown, world).key(f"doses {shown.asked}")


@solara.component
def _Asked(kept: Kept[Shown], shown: Shown, world: World) -> None:
    def choose(name: str) -> None:
        kept.change(scenario=name, agency=OWN, directive="")

    titles = {name: one.title for name, one in world.scenarios.items() if fitting(world, name)}
    with element("section", classes="d-panel d-controls"):
        Choice("Scenario", shown.scenario, choose, {shown.scenario: world.scenarios[shown.scenario].title, **titles},
               hint=world.scenarios[shown.scenario].question)  # fmt: skip
        Remarks(world, shown.scenario)
        with element("div", classes="d-row"):
            Whole(kept, "replications", "Replications", 2, MOST)
            Size(shown.scale, kept.changer("scale"), shown.sizes)
            Whole(kept, "seed", "First seed")


@solara.component
def _Found(kept: Kept[Shown], shown: Shown, world: World) -> None:
    job = use_job()
    ready = solara.use_memo(lambda: shipped_ranking(shown.scenario, world) if shown.shipped else None, [])
    state = job.state.value
    found = state.result if state.name == "done" else ready
    with element("section", classes="d-panel"):
        element("h2", "Levers, one at a time")
        if found is not None and state.name != "done":
            Note(from_project(shown.asked))
        Working(job, "Pulling the levers one at a time", lambda: job.begin(ranking, shown.asked),
                "Run it again" if found else "Pull the levers")  # fmt: skip
        if found is None:
            element("div", "Not run yet: each lever is set against what was issued, same cases, officers and seeds.",
                    classes="d-empty")  # fmt: skip
            return
        agencies = sorted({str(name) for name in found.shift["agency"]})
        options = {OWN: "what the scenario is about",
                   **{name: f"all decisions of {world.agencies[name].title}" for name in agencies}}  # fmt: skip
        chosen = shown.agency if shown.agency in agencies else OWN
        Choice("Ranked by", chosen, kept.changer("agency"), options)
        for target in found.targets if chosen == OWN else [Target(chosen, ALL)]:
            Ranked(kept, found, target, shown, world).key(f"{target} {id(found)}")


def from_project(asked: Asked) -> str:
    """Where a finding comes from that was not run here."""
    return (
        f"These figures come with the project: {asked.replications} replications, seeds {asked.seed} to "
        f"{asked.seed + asked.replications - 1}, one case and officer in {round(1 / asked.scale)}. Change any of them, "
        "or run it again, to have them made here."
    )
