"""The flip table: every decision that came out differently, to be filtered, taken home, and explained one by one."""

from typing import Any

import pandas as pd
import solara

from experiments.spreadsheet import as_csv
from experiments.twin.findings import Findings
from experiments.twin.replay import Decided, Replay
from experiments.twin.watch import KEYS
from viz.app.address import Kept
from viz.app.controls import Button, Choice, Table, Working
from viz.app.figure import Downloads, Drawn
from viz.app.jobs import use_job
from viz.app.layout import element
from viz.app.pages.twins.tasks import replayed
from viz.app.pages.twins.url_state import ANY, Shown
from viz.app.pages.twins.views import Flowed
from viz.charts import two_worlds
from viz.charts.theme import Legend
from viz.reports.explanation import facts
from viz.reports.figures import percent
from viz.reports.replay import entry, in_words

PAGE = 12
FILTERS = {"agency": "Agency", "stage": "Decision", "level": "Conviction", "term": "Moved by", "cause": "Cause"}
COLUMNS = {
    "flip": "No.", "day": "Day", "agency": "Agency", "stage": "Decision", "level": "Conviction", "from": "Without",
    "to": "With", "term": "Moved by", "cause": "Cause", "p_without": "p without", "p": "p with",
}  # fmt: skip


@solara.component
def Flips(kept: Kept[Shown], shown: Shown, found: Findings) -> None:
    """The table, its filters, and the one that is looked at."""
    at, set_at = solara.use_state(0)
    rows = chosen(found.flips, shown)
    begin = min(at, max(0, (len(rows) - 1) // PAGE * PAGE))
    shown_rows = rows.iloc[begin : begin + PAGE]

    def narrow(name: str, value: str) -> None:
        kept.change(**{name: value})
        set_at(0)

    with element("section", classes="d-panel"):
        if not len(found.flips):
            element("h2", "Changed decisions")
            element("div", "Not one: in these pairs no decision was changed.", classes="d-empty")
            return
        Flowed(found)
        with element("div", classes="d-row"):
            for name, title in FILTERS.items():
                _Filter(name, title, getattr(shown, name), found.flips, narrow).key(name)
            Downloads("flips", ["CSV"], lambda *_: as_csv(rows).encode())
        caption = f"{len(rows):,} of {len(found.flips):,} changed decisions, over {len(found.seeds)} pairs"
        place = list(shown_rows["flip"]).index(shown.flip) if shown.flip in set(shown_rows["flip"]) else -1
        Table(caption, COLUMNS, [_cells(row) for row in shown_rows.to_dict("records")], ["flip", "p_without", "p"],
              action="Why?", picked=lambda row: kept.change(flip=int(shown_rows["flip"].iloc[row])), chosen=place,
              empty="No changed decision is like this.")  # fmt: skip
        with element("div", classes="d-row"):
            Button("Earlier", lambda: set_at(begin - PAGE), disabled=begin == 0)
            Button("Later", lambda: set_at(begin + PAGE), disabled=begin + PAGE >= len(rows))
        picked = found.flips[found.flips["flip"] == shown.flip]
        if len(picked):
            _Why(shown, found, picked.to_dict("records")[0]).key(f"flip-{shown.flip}")


def chosen(flips: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """The flips that pass the filters."""
    for name in FILTERS:
        value = getattr(shown, name)
        if value != ANY:
            flips = flips[flips[name].astype(str) == value]
    return flips


@solara.component
def _Filter(name: str, title: str, value: str, flips: pd.DataFrame, narrow: Any) -> None:
    options = {ANY: "any", **{text: text for text in sorted(flips[name].astype(str).unique())}}
    Choice(title, value if value in options else ANY, lambda text: narrow(name, text), options)


def _cells(row: dict[Any, Any]) -> list[str]:
    as_text = {"p": percent, "p_without": percent, "day": lambda day: f"{day:%d %b %Y}"}
    return [as_text.get(name, str)(row[name]) for name in COLUMNS]


@solara.component
def _Why(shown: Shown, found: Findings, row: dict[Any, Any]) -> None:
    job = use_job()
    scenario, without, against, settings, *_ = shown.asked
    key = tuple(value.item() if hasattr(value, "item") else value for value in (row[name] for name in KEYS))

    def look() -> None:
        job.begin(replayed, scenario, without, against, settings, int(row["seed"]), shown.scale, key)

    solara.use_effect(look, [])
    state = job.state.value
    with element("div", classes="d-note", aria_live="polite"):
        element("h3", f"Why decision {row['flip']} changed")
        if state.name == "done":
            _Explained(found, row, state.result)
        else:
            Working(job, "Running both worlds to that day", look, "Look at it")


@solara.component
def _Explained(found: Findings, row: dict[Any, Any], one: Replay) -> None:
    legend = solara.use_memo(lambda: Legend.of_world(found.world), [])
    sides = [entry(one, one.without, "Without", found.world), entry(one, one.with_it, "With", found.world)]
    title = f"{found.world.stages[one.key[3]].title}, flip {row['flip']}"
    element("p", facts(one.person, found.world))
    element("p", in_words(one, row))
    Drawn(lambda: two_worlds(sides, legend, title, []), [], f"flip-{row['flip']}",
          "The terms of the decision in both worlds", lambda: one.terms.reset_index(), legend)  # fmt: skip
    columns = {"what": "", "without": "Without", "with": "With", "draw": "The case's own draw"}
    Table("Decision in both worlds", columns, _decided(one, found), ["without", "with", "draw"])


def _decided(one: Replay, found: Findings) -> list[list[str]]:
    labels = found.world.stages[one.key[3]].labels
    sides = (one.without, one.with_it)

    def outcome(side: Decided) -> str:
        return labels["favourable" if side.favourable else "unfavourable"]

    return [
        ["day", *(f"{side.day:%d %b %Y}" for side in sides), ""],
        ["desk", *(f"{side.office}, officer {side.officer + 1}" for side in sides), ""],
        ["chance to be looked at", *(percent(side.notice) for side in sides), f"{one.notice_draw:.4f}"],
        ["chance once looked at", *(percent(side.judgment) for side in sides), f"{one.judge_draw:.4f}"],
        ["outcome", *(outcome(side) for side in sides), ""],
        ["goes to", *(side.to for side in sides), ""],
    ]
