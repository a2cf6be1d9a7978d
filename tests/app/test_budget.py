"""The demonstration on a budget: what a memo sets, costs and shifts, and how it is built on the page."""

from typing import Any

from experiments.demonstrations import demonstrate, summary
from experiments.demonstrations.budget import (
    BUDGET,
    LEVERS,
    OFFICE,
    WORLD,
    key_of,
    memos,
    ranked,
    settings,
)  # fmt: skip
from experiments.precomputed.demonstrated import stored
from model import load
from tests.app.seen import addressed, barred, cells, eventually
from viz.app.address import read_query
from viz.app.pages.demonstrations.url_state import Shown
from viz.charts.shifts import in_points


def test_what_a_step_sets_is_in_the_memo_and_more_of_a_lever_shifts_more() -> None:
    figures = ranked(demonstrate("budget", seeds=[1])).set_index("key")["shift"]
    for memo in memos():
        found = load(WORLD, {**OFFICE, **settings(memo)}).directives["memo"]
        for lever, at in zip(LEVERS, memo, strict=True):
            for key, value in lever.steps[at].sets.items():
                assert getattr(getattr(found, key), "value", getattr(found, key)) == value
    for place in range(len(LEVERS)):
        alone = [memo for memo in memos() if not any(step for at, step in enumerate(memo) if at != place)]
        bought = [figures[key_of(memo)] for memo in alone]
        assert bought == sorted(bought) and bought[-1] > bought[0]


def test_the_best_that_the_budget_buys_is_found_and_two_levers_earn_more_together() -> None:
    known = stored("budget")
    assert known is not None
    rows = ranked(summary("budget", known.figures))
    assert (rows["cost"] <= BUDGET).all() and rows["shift"].is_monotonic_decreasing
    assert sorted(rows["memo"]) == sorted(memos())
    alone = rows[rows["memo"].map(lambda memo: sum(step > 0 for step in memo) == 1)]
    best = rows.iloc[0]
    assert sum(step > 0 for step in best["memo"]) > 1 and best["shift_low"] > alone["shift_high"].max()
    text, asked, both = (rows.set_index("key").loc[key, "shift"] for key in ("200", "002", "202"))
    assert both > text + asked


def test_memos_are_kept_in_the_link_each_once() -> None:
    shown, problems = read_query(Shown, "name=budget&built=202&built=202&built=333&built=000&built=001")
    assert shown.built == ((2, 0, 2), (0, 0, 1)) and len(problems) == 2


def test_a_memo_is_built_within_the_budget_and_told_with_its_interval(visit: Any) -> None:
    page = visit("/demonstrations?name=budget&guess=Ana%3A20,40,60,50&step=3")
    issue, spent = page.get_by_role("button", name="Issue this memo"), page.locator(".d-build [role=status]").first
    assert issue.is_disabled()
    page.get_by_text("6 points: chiefs are judged by it first").click()
    page.get_by_text("2 points: a rule without exceptions").click()
    eventually(page, spent.text_content, "8 of 6 points spent: that is more than there is.")
    assert issue.is_disabled()
    page.get_by_text("4 points: chiefs answer for the list").click()
    eventually(page, spent.text_content, "6 of 6 points spent.")
    issue.focus()
    page.keyboard.press("Enter")
    addressed(page, "built=202")
    known = stored("budget")
    assert known is not None
    [best, *_] = ranked(summary("budget", known.figures)).to_dict("records")
    [row] = cells(page, "Memos issued")
    shift = in_points(best["shift"], best["shift_low"], best["shift_high"])
    assert row[1] == "6" and row[3] == shift and "answer for the list" in row[6]
    page.get_by_role("button", name="Show all that the budget buys").click()
    page.get_by_text("The best that 6 points buy here: a rule without exceptions").wait_for()
    assert page.locator(".d-build .d-chart").count() == 1
    assert barred(page) == []
