"""Where a case stands at each desk, and why."""

from typing import Any

import pandas as pd
import solara

from model.explain import Explanation
from model.rule.terms import TERM_PHRASES
from model.schema import World
from model.schema.phrases import chance, signed
from viz.app.address import Kept
from viz.app.chart_width import room
from viz.app.controls import Button, Choice, Table
from viz.app.figure import Figure, spec_of
from viz.app.layout import element, look
from viz.app.pages.case.person import differences, put
from viz.app.pages.case.tasks import Moment, Standing
from viz.app.pages.case.url_state import Shown
from viz.charts import desks, terms
from viz.charts.theme import Legend
from viz.reports.figures import percent

FIGURES, NAMES = 250, 215
"""Pixels: the figures to the right of the desks, their names to the left."""
NESTED = ["details", "flip", "words", "attention"]
"""Of an explanation, what no row of a table can hold."""


@solara.component
def Stand(seen: Standing, was: Standing | None, moment: Moment, world: World) -> None:
    """The chances at every desk, and what they were before a fact was changed."""
    legend = solara.use_memo(lambda: Legend.of_world(world), [world.name])
    now = [one.as_json() for one in seen.found]
    before = [one.as_json() for one in was.found] if was else []
    wide = max(150, room(look.value.width) - FIGURES - NAMES)
    spec = solara.use_memo(lambda: spec_of(desks(now, legend, before, wide, NAMES)), [id(seen), was and id(was), wide])
    with element("section", classes="d-panel"):
        element("h2", "The same person before each desk")
        ring = " Ring: before the facts were changed." if was else ""
        element("p", f"On {moment.on:%d %B %Y}, under {world.scenarios[moment.scenario].title}. Dot: chance with the "
                f"typical officer. Line: eight officers in ten. Band: share of files looked at.{ring}",
                classes="d-hint")  # fmt: skip
        with element("div", classes="d-fit"):
            Figure(spec, "desks", "The chance of a favourable decision at each desk",
                   lambda: pd.DataFrame(now).drop(columns=NESTED), legend)  # fmt: skip
        for stage in seen.closed:
            element("p", f"{world.stages[stage].title}: nobody can ask for it on that day.", classes="d-hint")
        _Chances(seen.found, was.found if was else [])


@solara.component
def _Chances(found: list[Explanation], before: list[Explanation]) -> None:
    was = {one.stage: one for one in before}
    columns = {"agency": "Agency", "decision": "Decision", "what": "Favourable is", "law": "Bound by",
               "notice": "Looked at", "then": "Then", "chance": "Chance", "was": "Before"}  # fmt: skip
    rows = [
        [one.agency, one.title, one.labels["favourable"], one.law.title if one.law else "", percent(one.notice),
         percent(one.judgment), percent(one.probability),
         percent(was[one.stage].probability) if one.stage in was else ""]
        for one in found
    ]  # fmt: skip
    with element("details"):
        element("summary", "The same in figures")
        Table("Chances before the typical officer", columns, rows, ["notice", "then", "chance", "was"])


@solara.component
def Reasons(kept: Kept[Shown], shown: Shown, seen: Standing, world: World) -> None:
    """One decision taken apart: its terms, in words, and the smallest change that would turn it."""
    legend = solara.use_memo(lambda: Legend.of_world(world), [world.name])
    chosen = {one.stage: one for one in seen.found}
    one = chosen.get(shown.stage) or max(seen.found, key=lambda one: (one.stage == "review", not one.law))
    wide = max(180, room(look.value.width) - NAMES - 60)
    spec = solara.use_memo(lambda: spec_of(terms(one.as_json(), legend, wide)), [id(one), wide])
    with element("section", classes="d-panel"):
        with element("div", classes="d-row"):
            element("h2", "Why?")
            Choice("Decision", one.stage, kept.changer("stage"),
                   {stage: f"{each.agency}: {each.title}" for stage, each in chosen.items()}, inline=True)  # fmt: skip
        element("p", "Green adds to the chance, brown takes from it, in log-odds; the axis is the chance once the file "
                "is looked at.", classes="d-hint")  # fmt: skip
        with element("div", classes="d-fit"):
            Figure(spec, f"why-{one.stage}", f"The terms of the decision {one.title}, in log-odds",
                   lambda: _terms(one), legend)  # fmt: skip
        element("p", one.words)
        _Flip(kept, seen, one, world)


def _terms(one: Explanation) -> pd.DataFrame:
    rows = [("starting point", one.threshold), *((TERM_PHRASES[name], adds) for name, adds in one.terms.items())]
    return pd.DataFrame(rows, columns=["term", "log_odds"])


@solara.component
def _Flip(kept: Kept[Shown], seen: Standing, one: Explanation, world: World) -> None:
    def make() -> None:
        person = seen.file.person
        for change in one.flip.changes:
            person = change.person(person) if change.person else person
        facts: Any = kept.now.fact
        base = world.cases[kept.now.case].person
        for name, value in differences(seen.file.person, person, world):
            facts = put(facts, base, name, value)
        kept.change(fact=facts)

    with element("div", classes="d-note"):
        element("h3", "The smallest change that would turn it")
        element("p", one.flip.sentence)
        if one.flip.side == "facts":
            Button("Change it and watch", make)
        parts = ", ".join(
            f"{TERM_PHRASES[name]} {signed(adds)}" for name, adds in one.terms.items() if abs(adds) >= 0.05
        )
        element("p", f"Now {chance(one.probability)}. In log-odds: {parts}.", classes="d-hint")
