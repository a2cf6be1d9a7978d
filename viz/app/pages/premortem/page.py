"""How would it fail? The draft above, what there is to say of its text, and the report below."""

from typing import Any

import solara

from experiments.drafting.form import SHARES
from experiments.drafting.remark import Remark
from model.errors import InputError
from model.schema import World
from viz.app.address import Kept, day, use_address
from viz.app.controls import Choice, Entry, Slider, Working
from viz.app.figure import Downloads
from viz.app.jobs import Job, use_aside, use_job
from viz.app.layout import Place, Problem, Titled, element
from viz.app.pages.premortem.tasks import NAME, SIZES, looked_over, tried
from viz.app.pages.premortem.url_state import AS_THERE, OTHERWISE, SAME, Shown, line
from viz.app.reproduce import Repeat, command
from viz.app.shown_world import named, the_world
from viz.reports.premortem import HTML, MARKDOWN

LENGTHS = {"look": "a first look", "usual": "the usual report"}
FILES = {"HTML": HTML, "MD": MARKDOWN}
"""To read and to print; and as Markdown."""


@solara.component
def PremortemPage(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown, world, job = kept.now, the_world(), use_job()
    Titled(place, problems)
    text = shown.text(world)
    solara.use_effect(lambda: job.clear, [text, shown.size])
    remarks = use_aside(lambda: looked_over(text), [text])
    with element("div", classes="d-stack"):
        with element("section", classes="d-panel d-controls"):
            _Text(kept, shown, world)
            _Force(kept, shown, world)
        _Remarks(remarks).key(f"{remarks is None} {text}")
        with element("section", classes="d-panel"):
            element("h2", "The report")
            Choice("How thorough", shown.size, kept.changer("size"), LENGTHS, segments=True)
            Working(job, "Trying the draft", lambda: job.begin(tried, text, shown.size), "Try it")
            _Found(job)
        options = {"worlds" if name == "failing" else name: value for name, value in SIZES[shown.size].items()}
        Repeat(
            {"The draft, as draft.toml": text, "In a terminal": command("premortem", NAME, world=named(), **options)}
        )


@solara.component
def _Text(kept: Kept[Shown], shown: Shown, world: World) -> None:
    there = world.directives[shown.like]
    wrong, set_wrong = solara.use_state("")

    def starts(text: str) -> None:
        try:
            kept.change(start=day(text))
            set_wrong("")
        except InputError as problem:
            set_wrong(str(problem))

    with element("div", classes="d-row"):
        Choice("It follows", shown.like, kept.changer("like"), {name: one.title for name, one in
               world.directives.items()}, hint="Whatever is not set here stays as in that directive.")  # fmt: skip
    with element("div", classes="d-row"):
        Entry("Title", shown.title, lambda text: kept.change(title=line(text)))
        Entry("First day", f"{shown.start or there.start}", starts, kind="date", wrong=wrong)
    agencies = {name: one.title for name, one in world.agencies.items()}
    units = {f"{name}.{unit}": f"{one.title}: {part.title}" for name, one in world.agencies.items()
             for unit, part in one.units.items()}  # fmt: skip
    with element("div", classes="d-row"):
        addressed = {AS_THERE: f"{SAME}: {', '.join(there.to)}", **agencies, **units}
        Choice("To", shown.to, kept.changer("to"), addressed)
        Choice("Whom it covers", shown.level, kept.changer("level"), {AS_THERE: SAME, **world.words.levels})
        Choice("Of all others it says", shown.otherwise, kept.changer("otherwise"), OTHERWISE)


@solara.component
def _Force(kept: Kept[Shown], shown: Shown, world: World) -> None:
    there = world.directives[shown.like]
    element("p", "How firmly it speaks, and who answers for it; a mark shows what the directive that it follows has.",
            classes="d-hint")  # fmt: skip
    with element("div", classes="d-levers d-controls"):
        for name, (_, about) in SHARES.items():
            own, usual = getattr(shown, name), float(getattr(there, name).value)

            def moved(value: float, name: str = name, usual: float = usual) -> None:
                kept.change(**{name: -1 if value == usual else round(100 * value)})

            Slider(name.capitalize(), own / 100 if own >= 0 else usual, moved, 0.0, 1.0, 0.05, "%", about, usual)


@solara.component
def _Remarks(remarks: list[Remark] | InputError | None) -> None:
    with element("section", classes="d-panel"):
        element("h2", "Remarks on the text")
        if remarks is None:
            element("p", "Reading it …", role="status")
        elif isinstance(remarks, InputError):
            Problem("It cannot be read.", [remarks])
        elif not remarks:
            element("p", "No remarks.")
        else:
            for one in remarks:
                with element("details"):
                    element("summary", f"{one.grade}: {one.what}")
                    element("p", one.why)
                    element("p", one.instead)


@solara.component
def _Found(job: Job) -> None:
    state = job.state.value
    if state.name == "done":
        _Report(state.result).key("report")
        return
    text = "Try it to see who changes, what carries it, what breaks downstream, and how it fails."
    element("div", "The draft is being tried." if state.busy else text, classes="d-empty").key("none")


@solara.component
def _Report(found: dict[str, Any]) -> None:
    element("p", "Saved as HTML it has the tables and charts, and prints as the part to be read and an appendix.",
            classes="d-hint")  # fmt: skip
    Downloads("premortem", list(FILES), lambda kind, _: found[FILES[kind]].encode())
    element("h3", "In short")
    for said in found["short"]:
        element("p", said)
    for number, (title, says) in enumerate(found["says"].items(), 1):
        element("h3", f"{number}. {title}")
        for said in says:
            element("p", said)
