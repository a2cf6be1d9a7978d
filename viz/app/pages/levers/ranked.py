"""One ranking: the chart, the same in figures, and how to get it without the app."""

import pandas as pd
import solara

from experiments.levers import Ranking, Target
from experiments.levers.choice import ALL
from experiments.levers.in_words import priced
from experiments.precomputed import ranking
from experiments.spreadsheet import as_csv
from model.schema import World
from viz.app.address import Kept
from viz.app.controls import Choice, Table
from viz.app.figure import Drawn, Recipe, laid_out
from viz.app.layout import Note, element
from viz.app.pages.levers.url_state import Shown
from viz.app.reproduce import Repeat, command, loaded
from viz.app.shown_world import named, the_world
from viz.charts.shifts import in_points
from viz.charts.theme import Legend
from viz.reports.levers import ON_CHARTS, beside_the_shift, charted, otherwise, strongest


@solara.component
def Ranked(kept: Kept[Shown], found: Ranking, target: Target, shown: Shown, world: World) -> None:
    """The levers by what they shift at a target, with what they cost whom."""
    legend = solara.use_memo(lambda: Legend.of_world(world), [])
    ranked = found.ranked(target)
    beside = _beside(ranked)
    costs = [shown.beside] if shown.beside in beside else list(beside)[:1]
    with element("div", classes="d-row"):
        Choice("Beside the shift", costs[0] if costs else "", kept.changer("beside"), beside)
    name = f"levers-{shown.scenario}-{target.agency}-{target.stage}"
    label = "The levers by what they would have shifted, and what they would have cost"
    recipe = _recipe(found, target, costs, shown)
    Drawn(recipe.chart, [costs], name, label, lambda: ranked, legend, strongest(ranked), recipe.of)
    rows = [
        [row["title"], otherwise(found, row["lever"]), f"{row['first_day']:%d %B %Y}",
         in_points(row["shift"], row["low"], row["high"]), row["verdict"],
         *(beside_the_shift(row, name) for name in beside)]
        for row in ranked.to_dict("records")
    ]  # fmt: skip
    columns = {"lever": "Lever", "what": "What is otherwise", "from": "From", "shift": "Shift, points (90% interval)",
               "verdict": "Verdict", **beside}  # fmt: skip
    with element("details"):
        element("summary", "The same in figures, and what each lever changes")
        caption = f"Levers at {target.agency}, {target.stage}; in brackets: CI includes 0, or too small to matter"
        Table(caption, columns, rows, ["shift", *beside])
    Note(priced(world, found.scenario))
    Repeat(_texts(shown, target if shown.agency else None))


def first_charts() -> None:
    """Lay out the charts with which the page opens, for which its first visitor would have to wait."""
    shown = Shown()
    if shown.shipped and (found := ranking(shown.scenario, the_world())):
        for target in found.targets:
            laid_out(_recipe(found, target, list(_beside(found.ranked(target)))[:1], shown))


def _beside(ranked: pd.DataFrame) -> dict[str, str]:
    """What can stand beside the shift, with its heading."""
    return {name: heading.replace("\n", " ") for name, heading in ON_CHARTS.items() if name in ranked}


def _recipe(found: Ranking, target: Target, costs: list[str], shown: Shown) -> Recipe:
    made_of = (shown.asked, target, tuple(costs), as_csv(found.ranked(target)))
    return Recipe(made_of, lambda: charted(found, target, costs))


def _texts(shown: Shown, target: Target | None) -> dict[str, str]:
    agency = target.agency if target and target.stage == ALL else None
    options = {"replications": shown.replications, "scale": shown.scale, "seed": shown.seed}
    given = "".join(f", {name}={value!r}" for name, value in {"agency": agency, **options}.items() if value is not None)
    call = (
        "from experiments.levers import rank\nfrom model import load\n\n"
        f'found = rank("{shown.scenario}", world={loaded()}{given})\nprint(found.ranked())'
    )
    return {
        "In a terminal": command("levers", shown.scenario, world=named(), agency=agency, **options),
        "In Python": call,
    }
