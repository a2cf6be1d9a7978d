"""How the model does on the facts of record, by running it."""

from collections.abc import Callable
from datetime import date
from statistics import median

import pandas as pd

from docs.tables.markdown import table
from docs.tables.shipped import WORLD, facts
from experiments.runs import Run, run
from model.explain import explain
from model.loader import content_hash
from model.schema import World
from model.streams import within

SCENARIO, SCALE, SEEDS = "record-2013", 0.2, range(1, 9)
DOCKET = 411_000
CASE = "claudia"
UNWATCHED: dict[str, object] = {"scenarios": {}, "cases": {}, "regions": {}, "series": {}}
"""Parts of a world that a scenario of the interior does not reach."""


def compared(world: World) -> str:
    """Record and model, one row a fact; and what was run."""
    runs = [run(SCENARIO, SCALE, seed) for seed in SEEDS]
    use = {fact["id"]: fact["use"] for fact in facts()}
    rows = []
    for fact, what, recorded, words, measure in MEASURES:
        found = sorted(measure(one) for one in runs)
        middle = median(found)
        ratio = f"{middle / recorded:.2f}" if recorded else ""
        rows.append([fact, use[fact], what, words(recorded), words(middle), _range(words, found), ratio])
    rows += [["I18", use["I18"], *row] for row in _one_person()]
    head = ["fact", "use", "what", "record", "model, median", "lowest to highest", "model / record"]
    return f"{table(head, rows)}\n\n{stamp(world)}"


def stamp(world: World) -> str:
    """What the comparison was made with: another world has another, as far as the scenario watches it."""
    scenario = world.scenarios[SCENARIO]
    issued = {name: world.directives[name] for name in scenario.directives}
    watched = within(world, scenario).model_copy(update={**UNWATCHED, "directives": issued})
    content = content_hash(watched, scenario)
    return f"World `{WORLD}`, content `{content}`; scenario `{SCENARIO}`, {len(SEEDS)} seeds, scale {SCALE:g}."


def _range(words: Callable[[float], str], found: list[float]) -> str:
    return f"{words(found[0])} to {words(found[-1])}"


def _one_person() -> list[list[str]]:
    found = explain(CASE, scenario=SCENARIO)
    ice = [one for one in found if one.agency == "ICE"]
    uscis = next(one for one in found if one.agency == "USCIS")
    highest = max(ice, key=lambda one: one.probability)
    return [
        [f"leniency for Claudia, at the ICE decision where it is likeliest (`{highest.stage}`)", "none",
         f"{highest.probability:.2%}", "", ""],
        ["T visa for Claudia at USCIS", "granted", f"{uscis.probability:.1%}", "", ""],
    ]  # fmt: skip


# Measures, each of one run, in cases of the real system


def _between(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    return rows[(rows["week"] >= pd.Timestamp(first)) & (rows["week"] <= pd.Timestamp(last))]


def _flow(result: Run, to: str, first: date, last: date, **where: list[str]) -> float:
    rows = result.flows[result.flows["to"] == to]
    for column, names in where.items():
        rows = rows[rows[column].isin(names)]
    return float(_between(rows, first, last)["cases"].sum()) / float(result.about["scale"])


def _closed(result: Run, first: date, last: date, **where: list[str]) -> float:
    return _flow(result, "closed", first, last, **where)


def _requests(result: Run, last: date) -> tuple[float, float]:
    rows = result.outcomes[result.outcomes["stage"] == "daca"]
    sums = _between(rows, date(2012, 8, 1), last)[["decided", "favourable"]].sum() / result.about["scale"]
    return float(sums["decided"]), float(sums["favourable"])


def _approved(result: Run) -> float:
    decided, favourable = _requests(result, date(2013, 6, 30))
    return favourable / decided


def _convicted(result: Run) -> tuple[float, float]:
    year = date(2011, 10, 1), date(2012, 9, 30)
    levels = ["immigration", "level-3", "level-2", "level-1", "national-security"]
    return _flow(result, "removed", *year, level=levels), _flow(result, "removed", *year)


def _share_convicted(result: Run) -> float:
    convicted, everybody = _convicted(result)
    return convicted / everybody


def _before(result: Run) -> float:
    return _closed(result, date(2010, 1, 1), date(2011, 6, 12)) / (76 / 52.18)


def _cases(number: float) -> str:
    return f"{number:,.0f}"


def _percent(share: float) -> str:
    return f"{share:.2%}" if share < 0.1 else f"{share:.1%}"


REVIEW = date(2011, 11, 14)
NINETEEN = date(2011, 11, 28), date(2013, 6, 30)
Measure = tuple[str, str, float, Callable[[float], str], Callable[[Run], float]]
MEASURES: list[Measure] = [
    ("I17", "closures a year before any memo", 17, _cases, _before),
    ("I02", "closed by Jun 2012, of the docket under review (record: less than)", 0.02, _percent,
     lambda one: _closed(one, REVIEW, date(2012, 6, 10)) / DOCKET),
    ("I03", "closed by Oct 2012", 10998, _cases, lambda one: _closed(one, REVIEW, date(2012, 10, 31))),
    ("I04", "closed Dec 2011 to Jun 2013", 21648, _cases, lambda one: _closed(one, *NINETEEN)),
    ("I05", "of these, charged on a criminal ground", 249 / 21648, _percent,
     lambda one: _closed(one, *NINETEEN, charge=["criminal"]) / _closed(one, *NINETEEN)),
    ("I06", "of these, charged with entry without inspection", 14813 / 21648, _percent,
     lambda one: _closed(one, *NINETEEN, charge=["entry"]) / _closed(one, *NINETEEN)),
    ("I10", "removals of FY2012 with a conviction", 225390, _cases, lambda one: _convicted(one)[0]),
    ("I10", "the same as a share of all removals", 0.55, _percent, _share_convicted),
    ("B01", "DACA: approved, of those decided by Jun 2013", 400562 / 405945, _percent, _approved),
    ("B01", "DACA: decided by Jun 2013", 405945, _cases, lambda one: _requests(one, date(2013, 6, 30))[0]),
    ("B03", "DACA: decided by mid-September 2012", 29, _cases, lambda one: _requests(one, date(2012, 9, 9))[0]),
]  # fmt: skip
"""Fact, what it is, the record, how it is written, and how a run measures it. A week counts with its Monday."""
