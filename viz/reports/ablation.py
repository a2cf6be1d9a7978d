"""The tables, the files and the chart of ``discretion knockouts``."""

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.mechanisms import MECHANISMS, Knockouts
from experiments.mechanisms.groups import labelled, telling, title
from experiments.mechanisms.knockout_tables import BARE, WHOLE
from experiments.mechanisms.knockouts import PAIRS_OF_ORDERS
from experiments.ordering import ordered
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS, NONE_THAT_MATTERS, TOO_FEW, UNDECIDED, smallest_in_words
from viz.charts import knockout_map
from viz.charts.save import FORMATS
from viz.charts.shifts import in_points, signed_points
from viz.charts.theme import Legend
from viz.reports.console import bold, out, remark, table
from viz.reports.report import Files, Report, header
from viz.reports.unknown import show_unknown

LESS = (NONE_THAT_MATTERS, UNDECIDED, TOO_FEW)
TABLES = ("shares", "totals", "knocked", "worths")
FILES = Files("knockouts.json", tuple(f"{name}.csv" for name in TABLES), ("knockouts",), FORMATS)


def report(found: Knockouts, scenario: str, settings: list[str]) -> Report:
    """What was found, with the notes on days of the scenario."""
    told = {
        **header(found.world, scenario, settings), "differ": found.twins.differ,
        "first_day": found.twins.first_day.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "exact": found.exact,
        "mechanisms": {name: MECHANISMS[name].off for name in found.mechanisms},
        "shares": records(found.shares), "totals": records(found.totals), "knocked": records(found.knocked),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found, told["notes"]),
        tables={f"{name}.csv": getattr(found, name) for name in TABLES},
        charts={"knockouts": partial(_chart, found)},
    )  # fmt: skip


def _chart(found: Knockouts) -> Any:
    groups = telling(found.totals, found.twins, found.world)
    knocked, shares, totals = (
        labelled(rows, groups, found.totals) for rows in (found.knocked, found.shares, found.totals)
    )
    return knockout_map(
        knocked, shares, totals,
        Legend.of_world(found.world), "Shift with mechanisms off, and Shapley shares",
        [f"With and without {', '.join(found.twins.differ)}; {len(found.seeds)} replications; percentage points.",
         "Left: on the diagonal one mechanism is off, elsewhere two; grey: not beyond the smallest effect.",
         "Right: Shapley shares with 90 percent intervals; what is left with all off, plus these, is the shift."],
    )  # fmt: skip


def _show(found: Knockouts, remarks: list[str], folder: Path) -> None:
    """Print the shares, then for each group what becomes of the shift with one mechanism off."""
    remark(remarks)
    groups = telling(found.totals, found.twins, found.world)
    differ, runs = ", ".join(found.twins.differ), len(found.seeds)
    out.print(f"[bold]With and without {differ}[/], from {found.twins.first_day:%d %B %Y} on\n")
    out.print(_definitions(found), "")
    if not groups:
        out.print("None of the agencies that they address shifts.\n")
    for group in groups:
        rows = [labelled(getattr(found, name), [group], found.totals) for name in ("knocked", "shares", "totals")]
        name = f"{found.world.agencies[group[0]].title}: {title(group, found.totals)}"
        out.print(_of_group(f"{name}, {runs} replications at scale {found.scale:g}, in points", *rows), "")
        show_unknown(rows[1], ["mechanism"], "share", found.draws)
        out.print(f"{in_words(rows[1])}\n", markup=False)
    drawn = "every order" if found.exact else f"{2 * PAIRS_OF_ORDERS} orders drawn a replication"
    out.print(f"[dim]Intervals hold 90 percent; shares are over {drawn}. Grey: they do not matter. "
              f"{smallest_in_words(found.smallest)}[/]")  # fmt: skip
    out.print(f"Stored in {bold(folder)}: every agency and stage as CSV, the chart as knockouts.html, .png, .svg.")


def _definitions(found: Knockouts) -> Table:
    shown = table("Ablation definitions", "mechanism", "when it is off")
    for name in found.mechanisms:
        shown.add_row(name, MECHANISMS[name].off)
    return shown


def _of_group(heading: str, knocked: pd.DataFrame, shares: pd.DataFrame, totals: pd.DataFrame) -> Table:
    shown = table(heading, "mechanism", "shift with it off", "change by that", "share of the shift", right=3)
    sums = {row["total"]: row for row in totals.to_dict("records")}
    bare, whole = (in_points(*(sums[name][key] for key in ("effect", "low", "high"))) for name in (BARE, WHOLE))
    shown.add_row("all off", signed_points(sums[BARE]["effect"]), "", bare)
    singles = knocked[knocked["one"] == knocked["other"]].set_index("one")
    for share in shares.to_dict("records"):
        row = singles.loc[share["mechanism"]]
        change = in_points(row["change"], row["change_low"], row["change_high"])
        part = in_points(share["share"], share["low"], share["high"])
        shown.add_row(
            share["mechanism"], signed_points(row["effect"]),
            _told(change, row["verdict"]), _told(part, share["verdict"]),
        )  # fmt: skip
    effect = signed_points(sums[WHOLE]["effect"])
    shown.add_row(*(Text(cell, "bold") for cell in ("all on", effect, "", whole)))
    return shown


def _told(figure: str, verdict: str) -> Text:
    return Text(figure, "" if verdict == MATTERS else "dim")


def in_words(shares: pd.DataFrame) -> str:
    """Which mechanisms add to the shift and which take from it, as far as their shares matter.

    >>> shares = pd.DataFrame({"mechanism": ["culture", "capacity", "custom", "notice"],
    ...                        "share": [-0.02, 0.001, -0.00001, 0.01],
    ...                        "verdict": ["matters", "undecided", "none that matters", "matters"]})
    >>> in_words(shares)
    'Adds: notice (+1.00). Takes away: culture (-2.00). None that matters: custom. Undecided: capacity.'
    """
    known = ordered(shares[shares["verdict"] == MATTERS], "share", "mechanism", size=True)

    def listed(rows: pd.DataFrame) -> str:
        return ", ".join(f"{row['mechanism']} ({signed_points(row['share'])})" for row in rows.to_dict("records"))

    parts = {
        "Adds": listed(known[known["share"] > 0.0]), "Takes away": listed(known[known["share"] < 0.0]),
        **{said.capitalize(): ", ".join(shares.loc[shares["verdict"] == said, "mechanism"]) for said in LESS},
    }  # fmt: skip
    return " ".join(f"{name}: {found}." for name, found in parts.items() if found)
