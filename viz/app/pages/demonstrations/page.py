"""The list of demonstrations, and a demonstration from its first step to its last."""

from collections.abc import Callable
from functools import partial

import solara
from reacton.ipyvue import use_event

from viz.app import session
from viz.app.address import Kept, use_address
from viz.app.controls import Button, Clicker, Copy
from viz.app.demonstrations import Demonstration, demonstrations
from viz.app.jobs import Job, use_job
from viz.app.layout import Place, Titled, below, element
from viz.app.pages.demonstrations.sheet import Sheet
from viz.app.pages.demonstrations.steps import Discuss, Explain, First, Predict, Reveal, Run, Stage, TakeHome
from viz.app.pages.demonstrations.url_state import PREDICT, REVEAL, RUN, SHEET, STEPS, Guessed, Shown

remembered: solara.Reactive[dict[str, tuple[Guessed, ...]]] = solara.reactive({})
"""The guesses of a visitor by demonstration, while they look at other pages."""


@solara.component
def Demonstrations(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown = kept.now

    def remember() -> None:
        if shown.name:
            remembered.value = {**remembered.peek(), shown.name: shown.guess}

    solara.use_effect(remember, [shown.name, shown.guess])
    if not shown.name:
        Titled(place, problems)
        _List(kept)
        return
    one = demonstrations()[shown.name]
    Titled(place, problems)
    if shown.show == SHEET:
        Sheet(one, lambda: kept.change(show=""))
    else:
        _Guided(kept, one).key(shown.name)


@solara.component
def _List(kept: Kept[Shown]) -> None:
    with element("div", classes="d-cards"):
        for at, (name, one) in enumerate(demonstrations().items(), start=1):
            guesses = remembered.value.get(name, ())
            _Card(at, one, len(guesses), partial(kept.change, name=name, step=0, guess=guesses)).key(name)
    _Room()


@solara.component
def _Room() -> None:
    """The way to the room for a class, or how to open one."""
    with element("section", classes="d-panel d-text"):
        element("h2", "With a class and its phones")
        element("p", "Everybody joins by a QR code and guesses on their own phone; the guesses arrive on the "
                "projector as dots, and the reveal beside them. Nobody is asked for a name.")  # fmt: skip
        if session.instructor:
            element("a", "Open the room for the class", href=f"{below()}{session.instructor}")
        else:
            element("p", "This app was started for its own machine. Stop it, and start it with a room:")
            Copy(label="In a terminal", text="discretion class --open")


@solara.component
def _Card(at: int, one: Demonstration, guesses: int, choose: Callable[[], None]) -> None:
    been = f" · {guesses} guess{'es' * (guesses > 1)} kept" if guesses else ""
    card = element(
        "button",
        element("span", f"{at} · about ten minutes{been}", classes="d-kicker"),
        element("span", one.title, classes="d-question"),
        element("span", one.question),
        classes="d-card", type="button",
    )  # fmt: skip
    use_event(card, "click", lambda *_: choose())


@solara.component
def _Guided(kept: Kept[Shown], one: Demonstration) -> None:
    shown, job = kept.now, use_job()
    went, last = shown.step, len(STEPS) - 1
    guessed = bool(shown.guess)

    def go(step: int) -> None:
        if guessed or step <= PREDICT:
            kept.change(step=min(max(step, 0), last), upto=0)

    def on() -> None:
        if went == REVEAL and shown.upto:
            kept.change(upto=(shown.upto + 1) % len(one.predict))
        else:
            go(went + 1)

    Clicker(event_on=lambda _: on(), event_back=lambda _: go(went - 1))
    with element("section", classes="d-panel d-guided"):
        with element("div", classes="d-row d-unprinted"):
            element("h2", one.title)
            Button("Teacher's sheet", lambda: kept.change(show=SHEET))
            Button("All demonstrations", lambda: kept.change(name="", step=0, upto=0, guess=(), built=()))
        with element("ol", classes="d-steps d-unprinted"):
            for at, title in enumerate(STEPS):
                _Step(title, at, went, partial(go, at), at > PREDICT and not guessed).key(title)
        element("p", one.question, classes="d-question")
        if went >= RUN and not guessed:
            First(partial(go, PREDICT))
        else:
            _Content(kept, one, job)
        with element("div", classes="d-row d-unprinted"):
            Button("Back", partial(go, went - 1), disabled=went == 0)
            Button(f"Next: {STEPS[went + 1]}" if went < last else "That was the last step", partial(go, went + 1),
                   main=True, disabled=went == last or (went >= PREDICT and not guessed))  # fmt: skip


@solara.component
def _Content(kept: Kept[Shown], one: Demonstration, job: Job) -> None:
    shown = kept.now
    steps: list[Callable[[], object]] = [
        lambda: Stage(one), lambda: Predict(kept, one), lambda: Run(kept, one, job), lambda: Reveal(kept, one, job),
        lambda: Explain(one), lambda: Discuss(one), lambda: TakeHome(one, shown, job),
    ]  # fmt: skip
    steps[shown.step]()


@solara.component
def _Step(title: str, at: int, here: int, choose: Callable[[], None], locked: bool) -> None:
    where = "d-here" if at == here else "d-past" if at < here else ""
    current = {"aria_current": "step"} if at == here else {}
    off = {"disabled": "disabled"} if locked else {}
    with element("li", classes=where):
        button = element("button", f"{at + 1} {title}", type="button", **current, **off)
        use_event(button, "click", lambda *_: choose())
