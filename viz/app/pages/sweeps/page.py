"""Sweeps: which one, and of what, above; what it tells below."""

from functools import partial

import numpy as np
import pandas as pd
import solara

from experiments.sensitivity.analysis import Analysis
from experiments.sensitivity.in_words import outcome, term
from experiments.sweep.outputs import Target
from viz.app import sweep_library
from viz.app.address import Kept, use_address
from viz.app.controls import Choice, Entry, Table, Working
from viz.app.figure import Drawn
from viz.app.jobs import use_job
from viz.app.layout import Place, Titled, element
from viz.app.pages.sweeps.surface import Explored
from viz.app.pages.sweeps.tasks import Opened, opened
from viz.app.pages.sweeps.url_state import Shown
from viz.app.reproduce import Repeat, command, python
from viz.charts.theme import Legend
from viz.reports.figures import ranged
from viz.reports.sensitivity_charts import drawn, in_words, measured

NONE = ""
NAMES = {
    "indices": "What the outcome depends on", "convergence": "Whether there were enough runs",
    "corner": "Where the outcome fails",
}  # fmt: skip
HOW = "discretion sweep first"


@solara.component
def Sweeps(place: Place) -> None:
    """The page."""
    kept, problems = use_address(Shown)
    shown = kept.now
    Titled(place, problems)
    with element("div", classes="d-stack"):
        _Which(kept, shown)
        if shown.sweep:
            _Opened(kept, shown).key(shown.sweep)


@solara.component
def _Which(kept: Kept[Shown], shown: Shown) -> None:
    shelf = sweep_library.shelf
    known = shelf.sweeps()

    def choose(name: str) -> None:
        kept.change(**{**Shown().__dict__, "sweep": name})

    with element("section", classes="d-panel d-controls"):
        if not known and not shown.sweep:
            with element("div", classes="d-empty"):
                element("p", f"There is no sweep in the folder {shelf.root} yet. In a terminal, this makes a first one "
                        "in less than a minute; then load this page again:")  # fmt: skip
                element("pre", HOW)
            return
        options = {NONE: "choose one", **{name: name for name in known}}
        if shown.sweep and shown.sweep not in options:
            options[shown.sweep] = shown.sweep
        Choice("Sweep", shown.sweep, choose, options, hint=f"Those in the folder {shelf.root} of this machine.")


@solara.component
def _Opened(kept: Kept[Shown], shown: Shown) -> None:
    job, shelf = use_job(), sweep_library.shelf
    asked = (shelf, shown.sweep, shelf.written(shown.sweep), shown.of, shown.scenario, shown.corner)
    last = solara.use_ref(None)

    def read() -> None:
        job.clear()
        job.begin(opened, *asked)

    solara.use_effect(read, [asked])
    state = job.state.value
    if state.name == "done":
        last.current = state.result
    seen: Opened | None = last.current
    if seen is not None:
        _Of(kept, shown, seen)
    if state.name not in ("idle", "done"):
        Working(job, "Reading the sweep, and resampling it", read, "Read it again")
    if seen is not None and state.name == "done":
        _Told(kept, shown, seen).key(f"{id(seen)}")


@solara.component
def _Of(kept: Kept[Shown], shown: Shown, seen: Opened) -> None:
    sample = seen.found.sample
    plan, world = sample.resolved.plan, sample.resolved.world
    with element("section", classes="d-panel d-controls"):
        element("h2", plan.title)
        element("p", plan.question)
        known = sample.outcome[~np.isnan(sample.outcome)]
        element("p", f"A {plan.design.kind} design: {len(known):,} points of {len(sample.points):,} have a value, each "
                f"of {plan.replications} replications at scale {plan.scale:g}. The outcome goes from "
                f"{measured(known.min(), sample)} to {measured(known.max(), sample)}; its mean is "
                f"{measured(known.mean(), sample)}.",
                classes="d-hint")  # fmt: skip
        with element("div", classes="d-row"):
            Choice("Outcome", str(sample.target), lambda of: kept.change(of=of, corner=""),
                   {name: outcome(Target(*name.split(".")), world) for name in seen.targets})  # fmt: skip
            if len(plan.scenarios) > 1:
                titles = {name: world.scenarios[name].title for name in plan.scenarios}
                Choice("Scenario", sample.scenario, kept.changer("scenario"), titles)
            Entry("What counts as failing (may be left empty)", shown.corner, kept.changer("corner"),
                  hint=f"Such as {sample.target} < {np.median(known):.3g}; a share as a number.")  # fmt: skip


@solara.component
def _Told(kept: Kept[Shown], shown: Shown, seen: Opened) -> None:
    found = seen.found
    legend = solara.use_memo(lambda: Legend.of_world(found.sample.resolved.world), [])
    parts = solara.use_memo(lambda: [part for part in drawn(found) if part[0] != "surface"], [])
    for name, rows, chart in parts:
        with element("section", classes="d-panel"):
            Drawn(partial(lambda made: made, chart), [], f"{name}-{found.sample.target}", NAMES[name],
                  partial(pd.DataFrame, rows), legend)  # fmt: skip
            if name == "convergence" and found.convergence is not None:
                element("p", found.convergence.words())
    if found.surface is not None:
        Explored(kept, shown, found.surface, found.sample, legend)
    else:
        element("div", f"No response surface: {found.no_surface}.", classes="d-empty")
    _Numbers(found)
    _Again(shown, found)


@solara.component
def _Numbers(found: Analysis) -> None:
    """The indices and the terms of the surface in figures."""
    words = in_words(found.sample)[1]
    with element("section", classes="d-panel"), element("details"):
        element("summary", "The same in figures")
        if found.indices is not None:
            rows = [[words[row["factor"]], row["index"], *ranged(row["value"], row["low"], row["high"])]
                    for row in found.indices.to_dict("records")]  # fmt: skip
            columns = {"factor": "Parameter", "index": "Index", "value": "Value", "range": "90% interval"}
            Table("Sensitivity", columns, rows, ["value", "range"])
        if found.surface is not None:
            rows = [[term(row["term"], words), *ranged(row["coefficient"], row["low"], row["high"])]
                    for row in found.surface.table.to_dict("records")]  # fmt: skip
            columns = {"term": "Term", "value": "Coefficient", "range": "90% interval"}
            Table("The surface, each parameter from -1 to 1 over its range", columns, rows, ["value", "range"])


@solara.component
def _Again(shown: Shown, found: Analysis) -> None:
    folder = str(sweep_library.shelf.root / shown.sweep)
    plan = found.sample.resolved.plan
    scenario = found.sample.scenario if len(plan.scenarios) > 1 else None
    of = None if shown.corner else str(found.sample.target)
    options = {"of": of, "scenario": scenario, "corner": shown.corner or None}
    call = python("from experiments.sensitivity.analysis import analyse", "found = analyse", [folder],
                  target=of, scenario=scenario, condition=shown.corner or None)  # fmt: skip
    Repeat({"In a terminal": command("sensitivity", folder, **options),
            "In Python": f"{call}\nprint(found.indices, found.surface)"})  # fmt: skip
