"""The workbench of the demonstration on a budget: a memo from three levers, and what it shifts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import solara

from experiments.demonstrations.budget import AS_IT_IS, BUDGET, LEVERS, Memo, cost, office, ranked
from viz.app.address import Kept
from viz.app.chart_width import alone
from viz.app.controls import Button, Choice, Table
from viz.app.figure import Figure, spec_of
from viz.app.layout import element, look
from viz.app.pages.demonstrations.result import Result
from viz.app.pages.demonstrations.url_state import MOST_BUILT, Shown
from viz.charts import memos_by_cost
from viz.charts.guesses import said
from viz.charts.shifts import in_points
from viz.charts.theme import Legend

FIGURES = {"cost": "Points", "waived": "Waived, of 100", "shift": "Shift against the memo as it is, in points"}
COLUMNS = {"memo": "Memo", **FIGURES, "text": "Text", "training": "Training", "followed": "Follow-up"}
BEST = 6
"""Of the memos that the budget buys, as many as a teacher's sheet has."""


@solara.component
def Build(kept: Kept[Shown], found: Result) -> None:
    """Levers, the memos that were issued, and on request all that the budget buys."""
    steps, set_steps = solara.use_state(AS_IT_IS)
    every, show = solara.use_state(False)
    issued = kept.now.built
    rows = solara.use_memo(lambda: ranked(found.table), [id(found.table)])

    def begin_again() -> None:
        kept.change(built=())
        show(False)

    with element("section", classes="d-build"):
        element("h3", "Build a memo that works")
        element("p", f"You have {BUDGET} points. Steps and prices are invented for this exercise.", classes="d-hint")
        with element("div", classes="d-levers"):
            for at in range(len(LEVERS)):
                _Lever(at, steps, set_steps)
        _Issue(kept, steps)
        if issued:
            _Issued(rows, issued, every)
            with element("div", classes="d-row"):
                Button("Hide the others" if every else "Show all that the budget buys", lambda: show(not every))
                Button("Begin again", begin_again)
        if issued and every:
            best = rows.to_dict("records")[0]
            element("p", f"The best that {BUDGET} points buy here: {said_of(best['memo'])}. {_came_out(best)}",
                    classes="d-question", role="status")  # fmt: skip


@solara.component
def _Lever(at: int, steps: Memo, put: Callable[[Memo], None]) -> None:
    lever = LEVERS[at]

    def chosen(step: str) -> None:
        text, training, followed = (int(step) if place == at else one for place, one in enumerate(steps))
        put((text, training, followed))

    points = [f"{lever.price * step} point{'s' * (lever.price * step != 1)}" for step in range(len(lever.steps))]
    options = {str(step): f"{points[step]}: {one.said}" for step, one in enumerate(lever.steps)}
    Choice(lever.title, str(steps[at]), chosen, options, segments=True)


@solara.component
def _Issue(kept: Kept[Shown], steps: Memo) -> None:
    issued, spent = kept.now.built, cost(steps)
    why = (
        "that is more than there is" if spent > BUDGET
        else "this is the memo as it is" if steps == AS_IT_IS
        else "this memo is issued" if steps in issued
        else f"no more than {MOST_BUILT} memos" if len(issued) >= MOST_BUILT
        else ""
    )  # fmt: skip
    with element("div", classes="d-row"):
        Button("Issue this memo", lambda: kept.change(built=(*issued, steps)), main=True, disabled=bool(why))
        element("span", f"{spent} of {BUDGET} points spent" + (f": {why}." if why else "."), role="status")


@solara.component
def _Issued(rows: pd.DataFrame, issued: Sequence[Memo], every: bool) -> None:
    known = dict(zip(rows["memo"], rows.to_dict("records"), strict=True))
    last = issued[-1]
    element("p", f"Memo {len(issued)}: {said_of(last)}. {_came_out(known[last])}", classes="d-changed", role="status")
    named = rows.assign(
        label=rows["memo"].map(said_of),
        own=rows["memo"].isin(issued),
        name=[f"{issued.index(memo) + 1}" if memo in issued else "" for memo in rows["memo"]],
    ).drop(columns="memo")
    drawn = named if every else named[named["own"]]
    width = min(820, alone(look.value.width)) - 80
    shown = [id(rows), tuple(issued), every, width]
    spec = solara.use_memo(lambda: spec_of(memos_by_cost(drawn, BUDGET, width)), shown)
    legend = solara.use_memo(lambda: Legend.of_world(office()), [])
    Figure(spec, "demonstration-budget-memos", "What each memo shifts, by what it costs", lambda: drawn, legend)
    Table("Memos issued", COLUMNS, [_told(f"{at}", known[memo]) for at, memo in enumerate(issued, 1)], list(FIGURES))


@solara.component
def Bought(found: Result) -> None:
    """The best memos that the budget buys, for the teacher."""
    rows = ranked(found.table).head(BEST).to_dict("records")
    Table(f"The best that {BUDGET} points buy", COLUMNS, [_told(f"{at}", row) for at, row in enumerate(rows, 1)],
          list(FIGURES))  # fmt: skip


def _told(name: str, row: Mapping[Any, Any]) -> list[str]:
    """A memo as a row of a table (`COLUMNS`)."""
    words = [lever.steps[step].said for lever, step in zip(LEVERS, row["memo"], strict=True)]
    return [name, str(row["cost"]), said(row["median"], row["low"], row["high"]), _shift(row), *words]


def said_of(memo: Memo) -> str:
    """A memo in words.

    >>> said_of((2, 0, 2))
    'a rule without exceptions; nobody is trained; chiefs answer for the list'
    """
    return "; ".join(lever.steps[step].said for lever, step in zip(LEVERS, memo, strict=True))


def _came_out(row: Mapping[Any, Any]) -> str:
    return f"Of 100 requests {100 * row['median']:.1f} are waived: {_shift(row)} points against the memo as it is."


def _shift(row: Mapping[Any, Any]) -> str:
    return in_points(row["shift"], row["shift_low"], row["shift_high"])
