"""The list of demonstrations, and a demonstration from its first step to its last."""

from collections.abc import Callable
from functools import partial

import solara
from reacton.ipyvue import use_event

from viz.app.address import Kept, use_address
from viz.app.controls import Button
from viz.app.demonstrations import Demonstration, demonstrations
from viz.app.jobs import use_job
from viz.app.layout import Place, Titled, element
from viz.app.pages.demonstrations.steps import Discuss, Explain, Predict, Reveal, Run, Stage
from viz.app.pages.demonstrations.url_state import STEPS, Shown


@solara.component
def Demonstrations(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    Titled(place, problems)
    if kept.now.name:
        _Guided(kept, demonstrations()[kept.now.name])
    else:
        _List(kept)


@solara.component
def _List(kept: Kept[Shown]) -> None:
    with element("div", classes="d-cards"):
        for at, (name, one) in enumerate(demonstrations().items(), start=1):
            _Card(at, one, partial(kept.change, name=name, step=0, guess=()))


@solara.component
def _Card(at: int, one: Demonstration, choose: Callable[[], None]) -> None:
    card = element(
        "button",
        element("span", f"{at} · about ten minutes", classes="d-kicker"),
        element("span", one.title, classes="d-question"),
        element("span", one.question),
        classes="d-card", type="button",
    )  # fmt: skip
    use_event(card, "click", lambda *_: choose())


@solara.component
def _Guided(kept: Kept[Shown], one: Demonstration) -> None:
    shown, job = kept.now, use_job()
    went, last = shown.step, len(STEPS) - 1

    def go(step: int) -> Callable[[], None]:
        return lambda: kept.change(step=min(max(step, 0), last))

    with element("section", classes="d-panel d-guided"):
        with element("div", classes="d-row"):
            element("h2", one.title)
            Button("All demonstrations", lambda: kept.change(name="", step=0, guess=()))
        with element("ol", classes="d-steps"):
            for at, title in enumerate(STEPS):
                _Step(title, at, went, go(at))
        element("p", one.question, classes="d-question")
        if went == 0:
            Stage(one)
        elif went == 1:
            Predict(kept, one)
        elif went == 2:
            Run(one, job)
        elif went == 3:
            Reveal(one, shown, job)
        elif went == 4:
            Explain(one)
        else:
            Discuss(one)
        with element("div", classes="d-row"):
            Button("Back", go(went - 1), disabled=went == 0)
            Button(f"Next: {STEPS[went + 1]}" if went < last else "That was the last step", go(went + 1), main=True,
                   disabled=went == last)  # fmt: skip


@solara.component
def _Step(title: str, at: int, here: int, choose: Callable[[], None]) -> None:
    where = "d-here" if at == here else "d-past" if at < here else ""
    current = {"aria_current": "step"} if at == here else {}
    with element("li", classes=where):
        button = element("button", f"{at + 1} {title}", type="button", **current)
        use_event(button, "click", lambda *_: choose())
