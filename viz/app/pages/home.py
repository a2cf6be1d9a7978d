"""The first page: what this is about, a picture of it, and where to begin."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import solara

from experiments.headline.stored import stored as headline
from experiments.headline.stored import with_unknown
from experiments.headline.study import in_words
from experiments.precomputed.demonstrated import stored
from model.schema import World
from viz.app.figure import Drawn
from viz.app.flow import Flow
from viz.app.layout import Link, Place, element, explained
from viz.app.shown_world import named, the_world
from viz.charts.theme import Legend
from viz.reports.headline import chart

SAID: Mapping[str, Mapping[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""By shipped world: ``heading``, ``lead``, ``doors`` for kinds of visitors, and the ``flows`` of the picture."""


@solara.component
def Home(places: Sequence[Place]) -> None:
    """The page: its opening, and what was found."""
    Opening(places)
    if not named():
        _Headline(the_world())


@solara.component
def Opening(places: Sequence[Place]) -> None:
    """What it is about, where to begin, and one card a page."""
    world = the_world()
    said = {} if named() else SAID[world.name]
    solara.Title("Discretion")
    with element("div"):
        element("h1", said.get("heading", world.title))
        element("p", *explained(said.get("lead", world.summary)), classes="d-lead")
        if said:
            element("div", Flow(rows=flows(said["flows"], world)), classes="d-flowing")
        element("h2", "Where to begin")
        with element("div", classes="d-doors"):
            for door in said["doors"] if said else doors(world):
                with Link(door["path"], classes="d-door"):
                    element("span", door["who"], classes="d-question")
                    element("span", door["what"])
        element("h2", "All pages")
        with element("div", classes="d-cards"):
            for place in places:
                with Link(place.path, classes="d-card"):
                    element("span", place.name, classes="d-kicker")
                    element("span", place.question, classes="d-question")
                    element("span", place.lacks(world) or place.about)


def doors(world: World) -> list[dict[str, str]]:
    """A way in by each scenario of a world of one's own, which is watched live."""
    return [
        {"who": plan.title, "what": plan.question, "path": f"/memo?scenario={name}"}
        for name, plan in world.scenarios.items()
    ]


def flows(
    shown: Sequence[Mapping[str, str]], world: World, known: Callable[[str], Any] = stored
) -> list[dict[str, Any]]:
    """What the picture shows, of the results that come with the project; nothing where none do."""
    found = known("whose")
    if found is None:
        return []
    return [
        {"colour": world.agencies[one["agency"]].colour, "who": one["who"], "what": one["what"],
         "of": round(100 * float(np.median(found.figures[one["figure"]]))), "happened": one["happened"]}
        for one in shown
    ]  # fmt: skip


@solara.component
def _Headline(world: World) -> None:
    """The same words at every desk, as they come with the project."""
    found = headline()
    figures = solara.use_memo(lambda: with_unknown(found.figures), [])
    about = {"replications": found.pairs, "posterior_draws": found.draws}
    with element("section", classes="d-panel"):
        element("h2", "One directive, six desks")
        element("p", in_words(figures, world))
        Drawn(lambda: chart(figures, world, about), [], "headline", "The same words, given to each desk in turn",
              lambda: figures, Legend.of_world(world), shared="headline")  # fmt: skip
