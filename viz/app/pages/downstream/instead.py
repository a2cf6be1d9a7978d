"""What could have been instead: counterfactuals beside the scenario as it was issued, with the same people."""

import pandas as pd
import solara

from experiments.border.counterfactuals import Downstream
from model.schema import World
from viz.app.address import Kept
from viz.app.controls import Slider, Switch, Table, Working
from viz.app.figure import Drawn
from viz.app.jobs import use_job
from viz.app.layout import Note, element
from viz.app.pages.downstream.happened import happened
from viz.app.pages.downstream.tasks import instead
from viz.app.pages.downstream.url_state import MOST, Shown
from viz.app.reproduce import Repeat, command
from viz.app.shown_world import named
from viz.charts.theme import Legend
from viz.reports.downstream import downstream_chart


@solara.component
def Instead(kept: Kept[Shown], shown: Shown, settings: tuple[str, ...], world: World) -> None:
    """Which departures from what was issued are looked at, and what they would have changed."""
    job = use_job()
    others = {name: one.title for name, one in world.scenarios.items() if one.counterfactual_of == shown.scenario}
    against = tuple(name for name in others if not shown.against or name in shown.against)
    asked = (shown.scenario, against, settings, shown.replications, shown.seed, shown.scale)
    solara.use_effect(lambda: job.clear, [asked])
    with element("section", classes="d-panel"):
        element("h2", "Counterfactuals")
        if not others:
            element("div", "No departure from this scenario comes with the world.", classes="d-empty")
            return
        for name, title in others.items():
            _Other(kept, shown, list(others), name, title).key(name)
        Slider("Replications", shown.replications, lambda many: kept.change(replications=int(many)), 2, MOST, 1)
        runs = shown.replications * (1 + len(against))
        Working(job, f"{runs} runs", lambda: job.begin(instead, *asked), "Run them beside what was issued")
        state = job.state.value
        if state.name == "done":
            _Compared(state.result, shown)


@solara.component
def _Other(kept: Kept[Shown], shown: Shown, others: list[str], name: str, title: str) -> None:
    chosen = list(shown.against or others)

    def put(on: bool) -> None:
        now = [one for one in others if (one in chosen or one == name) and (on or one != name)]
        kept.change(against=() if len(now) == len(others) else tuple(now))

    Switch(title, name in chosen, put, disabled=chosen == [name])


@solara.component
def _Compared(found: Downstream, shown: Shown) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(found.world), [id(found)])
    Drawn(lambda: downstream_chart(found), [id(found)], f"instead-{shown.scenario}",
          "What each departure from what was issued would have come to", lambda: found.compared, legend)  # fmt: skip
    titles = {name: found.world.scenarios[name].title for name in found.against}
    rows = [
        [titles[row["scenario"]], row["measure"], f"{row['record']:,.0f}", f"{row['value']:,.0f}",
         _differs(row["difference"], row["low"], row["high"]), row["verdict"],
         happened(shown.scenario, row["measure"])]
        for row in found.six().to_dict("records")
    ]  # fmt: skip
    columns = {"scenario": "Instead", "measure": "Measure", "record": "As issued (model)", "value": "Instead",
               "difference": "Difference (90% interval)", "verdict": "Verdict",
               "happened": "What happened"}  # fmt: skip
    Note(f"From {found.since:%B %Y} on; before that no world differs from another.")
    Table("Beside what was issued", columns, rows, ["record", "value", "difference"])
    options = {
        "world": named(),
        "replications": shown.replications,
        "scale": shown.scale,
        "seed": shown.seed,
        "set": shown.set,
    }
    Repeat({"In a terminal": command("downstream", shown.scenario, against=list(shown.against), **options)})


def _differs(by: float, low: float, high: float) -> str:
    """A difference, with its interval if it has one."""
    return f"{by:+,.0f}" if pd.isna(low) else f"{by:+,.0f} ({low:+,.0f} to {high:+,.0f})"
