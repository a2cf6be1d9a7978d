"""The app opens any world: a page shows what there is of it, and says in one line why where there is nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reacton
import solara

from experiments.precomputed import made
from model.errors import InputError
from model.world.loader import load
from tests.commands import discretion
from tests.guided import parole_board
from viz.app import shown_world
from viz.app.address import Kept, read_query
from viz.app.glossary import glossary
from viz.app.layout import Place
from viz.app.pages.case.page import moment_of
from viz.app.pages.case.tasks import standing
from viz.app.pages.case.url_state import Shown as Case
from viz.app.pages.downstream.tasks import watched
from viz.app.pages.downstream.views import Interior
from viz.app.pages.levers import tasks as levers
from viz.app.pages.levers.url_state import Shown as Levers
from viz.app.pages.live_run.url_state import Shown as Live
from viz.app.pages.premortem.tasks import looked_over
from viz.app.pages.premortem.url_state import Shown as Draft
from viz.app.pages.twins.flips import Flips
from viz.app.pages.twins.tasks import findings
from viz.app.pages.twins.url_state import Shown as Twins
from viz.app.pages.twins.views import Measures, Parted, Shifted
from viz.app.routes import PLACES, routes

KEPT: Kept[Any] = Kept(solara.reactive(Twins()))


@pytest.fixture(params=["two-desks", "patrol", "parole-board"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    name = str(parole_board(tmp_path)) if request.param == "parole-board" else request.param
    shown_world.show(name)
    yield name
    shown_world.show(load().name)


def texts(part: Any) -> list[str]:
    """All that a widget says, and the labels of its controls."""
    if isinstance(part, str):
        return [part]
    own = [part.label] if isinstance(getattr(part, "label", None), str) else []
    return own + [text for child in getattr(part, "children", None) or [] for text in texts(child)]


def rendered(element: Any, path: str) -> list[str]:
    within = solara.RoutingProvider(routes=routes, pathname=path, children=[element])
    box, context = reacton.render(within, handle_error=False)
    said = texts(box)
    context.close()
    return said


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_opens_or_says_in_one_line_why_it_does_not_apply(place: Place, world: str) -> None:
    route = next(route for route in routes if f"/{route.path}" == place.path)
    said = rendered(route.component(), place.path)
    assert said[0] == place.question
    assert "This page has failed" not in " ".join(said)
    lacking = place.lacks(load(world))
    assert (lacking == said[-1]) == bool(lacking)
    assert bool(lacking) == (place.name == "Demonstrations" or (place.name == "One case" and not load(world).cases))


def test_the_first_page_speaks_of_the_world_that_is_shown(world: str) -> None:
    known = load(world)
    said = rendered(routes[0].component(), "/")
    assert said[:2] == [known.title, known.summary] and "USCIS" not in " ".join(said)
    assert {one.title for one in known.scenarios.values()} <= set(said)
    assert "ICE" not in glossary() and "discretion" in glossary()


def test_the_addresses_begin_with_what_the_world_has(world: str) -> None:
    known = load(world)
    for shown in (Live(), Twins(), Levers()):
        assert known.scenarios[shown.scenario].directives and not known.scenarios[shown.scenario].counterfactual_of
    assert Draft().like in known.directives and Case().case in known.cases


@pytest.mark.parametrize("world", ["two-desks", "parole-board"], indirect=True)
def test_what_the_pages_run_is_of_the_world_that_is_shown(world: str) -> None:
    asked, silent, known = Levers(scale=0.05).asked, lambda *_: None, load(world)
    found = findings(asked.scenario, None, None, (), 2, 1, asked.scale, silent, silent)
    assert found.world == known
    for part in (Shifted(found), Parted(found), Measures(found), Flips(KEPT, Twins(), found)):
        rendered(part, "/twins")
    run = watched(asked.scenario, (), 1, asked.scale, silent)
    assert run.about["world"] == known.name
    rendered(Interior(run), "/downstream")
    assert not isinstance(looked_over(Draft().text(known)), InputError)
    moment, _ = moment_of(known, known.cases[Case().case], Case().fitted()[0])
    seen = standing(known.cases[Case().case], moment)
    assert seen.error is None and seen.found


def test_a_small_world_is_shown_whole(world: str) -> None:
    few = world != "patrol"
    for page in (Case, Live, Levers, Twins):
        shown, problems = read_query(page, "scale=1")
        assert bool(problems) != few and shown.scale == (1.0 if few else shown.sizes[0])
        assert page().fitted()[0].scale == shown.scale and shown.scale in shown.sizes


def test_levers_and_doses_are_tried_in_the_world_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for study in ("rank", "dose_response"):
        monkeypatch.setattr(made, study, lambda *_, world, **__: world)
    shown_world.show("two-desks")
    try:
        asked, silent = Levers().asked, lambda *_: None
        tried = [levers.ranking(asked, silent), levers.responses(asked, "memo", silent)]
    finally:
        shown_world.show(load().name)
    assert tried == [load("two-desks")] * 2


def test_findings_that_come_with_the_project_are_not_shown_of_another_world(tmp_path: Path) -> None:
    usual = Levers()
    assert usual.shipped
    shown_world.show(str(tmp_path))
    ours = usual.shipped
    shown_world.show(load().name)
    assert not ours


def test_a_world_that_cannot_be_opened_is_refused_before_the_server_starts(tmp_path: Path) -> None:
    for world, said in ((str(tmp_path), "a folder without a world"), ("two-desk", "nearest: two-desks")):
        done = discretion("app", "--world", world)
        assert done.exit_code == 2 and said in done.stderr


def test_a_world_without_cases_or_directives_says_so() -> None:
    bare = load("two-desks").model_copy(update={"cases": {}, "directives": {}})
    lacking = {place.name: place.lacks(bare) for place in PLACES}
    assert "a file in its folder cases/" in lacking["One case"] and "No directive" in lacking["Pre-mortem"]
