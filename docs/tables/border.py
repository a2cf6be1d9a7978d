"""What the model makes of the border, by running it: the year of the policy, the facts, and what could have been."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from docs.tables import credibility
from docs.tables.credibility import SCALE, SEED, SEEDS, WORKERS, validation
from docs.tables.markdown import table
from docs.tables.shipped import BORDER as SCENARIO
from docs.tables.shipped import WORLD
from docs.tables.stamps import fingerprint, stamped
from experiments.border import Account, account, downstream, year
from experiments.border.counterfactuals import Downstream, compare, counterfactuals
from experiments.border.downstream import SIX
from experiments.border.names import EVERYWHERE
from experiments.patterns import HOLDS
from experiments.records import records
from experiments.runs import run
from model.schema import World
from model.world.loader import load
from model.world.streams import within
from viz.reports.border_charts import border_charts
from viz.reports.downstream import downstream_chart
from viz.reports.figures import beside_the_record, difference, figure, in_a_month

PROBE_SCALE = 0.002
Probe = Callable[[], str]


@cache
def probe() -> str:
    """The months, and what broke, of a small run and of its first counterfactual."""
    small = account(run(SCENARIO, PROBE_SCALE, SEED))
    found = compare(SCENARIO, counterfactuals(load(WORLD), SCENARIO)[:1], replications=2, scale=PROBE_SCALE)
    figures = {
        **{f"{row['place']} {row['measure']} {row['month']:%b}": row["value"] for row in records(year(small))},
        **{row["measure"]: row["value"] for row in records(downstream(small))},
        **{f"instead {row['measure']}": row["difference"] for row in records(found.compared)},
    }
    return fingerprint(figures)


def stamp(world: World, of_code: Probe = probe) -> str:
    """What the tables were made with: the border of the world, everything that its scenarios bring, and the code."""
    names = [SCENARIO, *counterfactuals(world, SCENARIO)]
    of = stamped("border", [within(world, world.scenarios[name]) for name in names], of_code())
    return f"World `{WORLD}`, {of}; scenario `{SCENARIO}`, scale {SCALE:g}"


def with_stamp(made: str, world: World, seeds: int, of_code: Probe = probe) -> str:
    """A table with what was run."""
    how = f"{seeds} seeds, 90 percent intervals" if seeds > 1 else f"seed {SEED}"
    return f"{made}\n\n{stamp(world, of_code)}, {how}."


@cache
def _one() -> Account:
    return account(run(SCENARIO, SCALE, SEED))


@cache
def _compared() -> Downstream:
    return compare(SCENARIO, replications=SEEDS, seed=SEED, scale=SCALE, workers=WORKERS)


def months(world: World) -> str:
    """The months of the last year of the watch, all districts together."""
    rows = year(_one())
    rows = rows[rows["place"] == EVERYWHERE]
    heads = [f"{month:%b}" for month in rows["month"].drop_duplicates()]
    lines = [
        [str(measure), *(figure(value, unit) for value, unit in zip(here["value"], here["unit"], strict=True))]
        for measure, here in rows.groupby("measure", sort=False)
    ]
    return with_stamp(table(["2018", *heads], lines), world, 1)


def broken(world: World) -> str:
    """What broke downstream, measure by measure."""
    lines = [
        [row["part"], row["measure"], figure(row["value"], row["unit"]), " ".join(in_a_month(row))]
        for row in records(downstream(_one()))
    ]
    return with_stamp(table(["", "measure", "Oct 2016 to Dec 2018", "in a month"], lines), world, 1)


def _facts(use: str, world: World) -> str:
    lines = [
        [
            row["fact"],
            row["what"],
            *beside_the_record(row),
            row["rule"],
            "holds" if row["verdict"] == HOLDS else f"**{row['verdict']}**",
        ]
        for row in records(validation().of(use))
        if row["stream"] == "border"
    ]
    head = ["fact", "what", "record", "model", "interval", "holds if", ""]
    return with_stamp(table(head, lines), world, SEEDS, credibility.probe)


def fitted(world: World) -> str:
    """Facts that were fitted, beside the model."""
    return _facts("fit", world)


def checked(world: World) -> str:
    """Facts that are only checked, beside the model."""
    return _facts("check", world)


def instead(world: World) -> str:
    """Every counterfactual against what was issued, by the six measures."""
    found = _compared()
    six = found.six()
    record = {row["measure"]: row for row in records(six.drop_duplicates("measure"))}
    lines = [["**as issued**", *(f"**{figure(record[m]['record'], record[m]['unit'])}**" for m in SIX)]]
    for name in found.against:
        rows = {row["measure"]: row for row in records(six[six["scenario"] == name])}
        cells = [" ".join(difference(rows[measure])) for measure in SIX]
        lines.append([f"{world.scenarios[name].title} (`{name}`)", *cells])
    return with_stamp(table([f"from {found.since:%B %Y} on", *SIX], lines), world, SEEDS)


of_facts = partial(stamp, of_code=credibility.probe)
RUNS: Mapping[str, tuple[Callable[[World], str], Callable[[World], str]]] = {
    "border-months": (months, stamp),
    "border-broken": (broken, stamp),
    "border-fitted": (fitted, of_facts),
    "border-checked": (checked, of_facts),
    "border-instead": (instead, stamp),
}


def pictures() -> dict[str, Any]:
    """The charts of what was run just now, by the names of their files; none if nothing was."""
    drawn = border_charts(_one()) if _one.cache_info().currsize else {}
    made = {name: draw() for name, draw in drawn.items()}
    if _compared.cache_info().currsize:
        made["instead"] = downstream_chart(_compared())
    return {f"border-{name}.svg": chart for name, chart in made.items()}
