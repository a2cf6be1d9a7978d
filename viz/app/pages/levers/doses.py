"""More or less of one thing: how far a directive shifts each agency by dose."""

import pandas as pd
import solara

from experiments.mechanisms import KINDS, Responses
from experiments.mechanisms.groups import labelled, telling
from experiments.precomputed import DOSED
from experiments.precomputed import responses as shipped_responses
from experiments.spreadsheet import as_csv
from model.schema import World
from viz.app.address import Kept
from viz.app.controls import Choice, Table, Working
from viz.app.figure import Drawn
from viz.app.jobs import use_job
from viz.app.layout import Note, element
from viz.app.pages.levers.tasks import responses
from viz.app.pages.levers.url_state import Shown
from viz.app.reproduce import Repeat, command, python
from viz.app.shown_world import named
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.dose_response import charted


@solara.component
def Doses(kept: Kept[Shown], shown: Shown, world: World) -> None:
    """Which directive, and what more or less of it would do."""
    titles = {name: world.directives[name].title for name in world.scenarios[shown.scenario].directives}
    if not titles:
        return
    known = [name for name in (shown.directive, DOSED.get(shown.scenario), *titles) if name in titles]
    directive = known[0]
    with element("section", classes="d-panel"):
        element("h2", "Dose response")
        element("p", "One thing in the text of one directive is given in other doses; all else stays. The ring is the "
                "directive as it was issued.", classes="d-hint")  # fmt: skip
        Choice("Directive", directive, kept.changer("directive"), titles)
        _Found(shown, directive, world).key(directive)


@solara.component
def _Found(shown: Shown, directive: str, world: World) -> None:
    job = use_job()
    ready = solara.use_memo(lambda: shipped_responses(shown.scenario, directive, world) if shown.shipped else None, [])
    state = job.state.value
    found = state.result if state.name == "done" else ready
    if found is not None and state.name != "done":
        Note("These figures come with the project, as those above.")
    Working(job, "Trying the doses", lambda: job.begin(responses, shown.asked, directive),
            "Run them again" if found else "Try the doses")  # fmt: skip
    if found is None:
        element("div", "Not run yet: each dose is set against the same world without the directive.", classes="d-empty")
    else:
        _Drawn(found, shown, directive, world).key(f"{id(found)}")


@solara.component
def _Drawn(found: Responses, shown: Shown, directive: str, world: World) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(world), [])
    Drawn(lambda: charted(found), [], f"doses-{directive}", "The shift of each agency by dose",
          lambda: found.by_dose, legend, shared=(shown.asked, directive, as_csv(found.by_dose)))  # fmt: skip
    with element("details"):
        element("summary", "The same in figures, and what a dose is")
        columns = {"agency": "Agency", "cases": "Decisions", "over": "Dose of", "dose": "Dose",
                   "shift": "Shift, points (90% interval)", "verdict": "Verdict"}  # fmt: skip
        Table("Shift by dose", columns, dose_rows(found, world), ["shift"])
        with element("dl", classes="d-facts"):
            for kind in found.by_dose["over"].unique():
                element("dt", kind)
                element("dd", KINDS[kind])
    options = {"world": named(), "replications": shown.replications, "scale": shown.scale, "seed": shown.seed}
    call = python("from experiments.mechanisms import dose_response", "found = dose_response",
                  [shown.scenario, directive], **options)  # fmt: skip
    Repeat({
        "In a terminal": command("dose", shown.scenario, directive=directive, **options),
        "In Python": f"{call}\nprint(found.by_dose)",
    })  # fmt: skip


def dose_rows(found: Responses, world: World) -> list[list[str]]:
    """The doses of the groups of decisions that tell something, in figures."""
    rows: pd.DataFrame = labelled(found.by_dose, telling(found.by_dose, found.twins, world), found.by_dose)
    return [
        [world.agencies[row["agency"]].title, row["label"], row["over"], f"{row['dose']}{' (as it is)' * row['own']}",
         in_points(row["effect"], row["low"], row["high"]), row["verdict"]]
        for row in rows.to_dict("records")
    ]  # fmt: skip
