"""The tables and the files of ``discretion twin``."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.ordering import significant
from experiments.records import records
from experiments.smallest import INTERVALS, MATTERS, NONE_THAT_MATTERS, TOO_FEW, smallest_in_words
from experiments.twin.findings import Findings
from experiments.twin.flips import DIRECT, RIPPLE
from experiments.twin.measures.value import BETTER, WORSE
from experiments.twin.persons import ARRIVAL, EVERY, ONE_WORLD, TIME
from experiments.twin.stored_twins import FLIPS, MARKER, content
from model import __version__
from model.world.checks.days import notes
from viz.charts.shifts import in_points, signed_points
from viz.reports.console import bold, literal, out, remark, table, to_run
from viz.reports.figures import amount, percent
from viz.reports.report import Files, Report
from viz.reports.twin_charts import CHARTS, charted

TABLES = ("shift", "measures", "effects", "new", "persons", "variance", "months")
FILES = Files(MARKER, (*(f"{name}.csv" for name in TABLES), FLIPS), tuple(CHARTS))
FLIP_GROUPS = ["agency", "stage", "kind", "cause", "term"]
RESPONSES = ("uptake", "slippage", "gain", "spillover", "latency", "persistence")
DAYS, DIFFERENCES = "latency", ("gain", "spillover")
HOW_TO_READ = "Shift of the expected rate, in percentage points."
LAST_COLUMN = (
    " Last column: the interval's width relative to an unpaired design of equal cost; in brackets with drawn outcomes."
)
OF_DRAWS = (
    " Two intervals: of the mean over replications (random variation, in all tables), and over {draws} posterior draws "
    "(parameter uncertainty; of the other tables in the files)."
)
UNPAIRED = "paired /\nunpaired"
OTHERS = (ONE_WORLD, TIME, ARRIVAL)
OF_PERSONS = (
    "In figures of the real system, at the end of the watch; summed over causes exactly the difference of the exits. "
    "Ripples: net, and both directions. Other: decided in one world alone, sooner or later, come in one world alone."
)
OF_VARIANCE = (
    "In brackets the share of the variance. Cases: who comes, and what is drawn for them; desks: who sits there, as "
    "far as their leanings tell; parameters: what the draws' means differ by beyond both."
)
ROOM, WIDE = 94, 106
"""Characters of a terminal that has room for all but the last column, and for that as well."""
SHORT = {NONE_THAT_MATTERS: "none", TOO_FEW: "too few"}
"""Verdicts where there is little room."""
STAGES, KINDS = 3, 10
"""Stages whose response is shown, and kinds of flips: those that matter most; all are in the files."""


def report(
    found: Findings, scenario: str, asked: Mapping[str, Any], settings: list[str], draws: Mapping[str, Any]
) -> Report:
    """What was found; a number that is missing is null.

    Args:
        found: the findings.
        scenario: its name.
        asked: the ``world``, and what was set against it: ``without``, ``against``.
        settings: parameters that were moved.
        draws: of the posterior, by the seed of the pair that had it.
    """
    agencies = found.shift[found.shift["by"] == "agency"].drop(columns=["by", "group"])
    told = {
        "discretion": __version__, "world": found.world.name, "scenario": scenario, "settings": settings,
        "asked": dict(asked), "content": content(found.world, found.twins), "differ": found.twins.differ,
        "first_day": found.twins.first_day.isoformat(), "seeds": found.seeds, "scale": found.scale,
        "precise": found.precise, "smallest_effect": found.smallest, "posterior_draws": found.draws,
        "intervals": INTERVALS, "shift": records(agencies), "new": records(found.new),
        "measures": records(found.measures), "effects": records(found.effects), "value": records(found.value),
        "persons": records(found.persons), "variance": records(found.variance),
        "kinds": found.kinds, "flips": records(counted(found)),
        "notes": notes(found.world, found.twins.with_it), "draws": draws,
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found),
        tables={**{f"{name}.csv": getattr(found, name) for name in TABLES}, FLIPS: found.flips},
        charts={name: partial(chart, found) for name, chart in CHARTS.items()},
    )  # fmt: skip


def counted(found: Findings) -> pd.DataFrame:
    """Flips and reroutes by where, kind, cause and term, over all replications; the most frequent first."""
    counts = found.flips.groupby(FLIP_GROUPS, observed=True).size().rename("count").reset_index()
    return counts.astype(dict.fromkeys(FLIP_GROUPS, str)).sort_values("count", ascending=False, kind="stable")


def _show(found: Findings, folder: Path) -> None:
    differ, runs = ", ".join(found.twins.differ), len(found.seeds)
    out.print(f"[bold]With and without {differ}[/], from {found.twins.first_day:%d %B %Y} on\n")
    remark(notes(found.world, found.twins.with_it))
    out.print(_shift(found, f"Estimated shift: {runs} pairs at scale {found.scale:g}, same cases"))
    last = OF_DRAWS.format(draws=found.draws) if found.draws else LAST_COLUMN if out.width >= WIDE else ""
    out.print(f"[dim]{HOW_TO_READ} {smallest_in_words(found.smallest)}{last}[/]\n")
    if found.draws:
        out.print(_variance(found), f"[dim]{OF_VARIANCE}[/]\n", sep="\n")
    for shown in (_new(found), _response(found), _flips(found)):
        if shown.row_count:
            out.print(shown, "")
    if (gone := _persons(found)).row_count:
        out.print(gone, f"[dim]{OF_PERSONS}[/]\n", sep="\n")
    for shown in (_targeting(found), _triangle(found)):
        if shown.row_count:
            out.print(shown, "")
    for said, still in found.value[~found.value["verdict"].isin([BETTER, WORSE])].groupby("verdict"):
        out.print(f"[dim]{str(said).capitalize()}: {literal(_listed(still, found))}.[/]")
    if found.precise is False:
        out.print("[yellow]Not as precise as asked: more replications or a larger scale would narrow it.[/]")
    if len(found.flips):
        to_run("One flip, side by side:", "explain", 1, "--twin", folder)
    out.print(f"Stored in {bold(folder)}: {', '.join(sorted(FILES.names))}.")


def _shift(found: Findings, title: str) -> Table:
    """The shift of each agency and stage.

    A narrow terminal has no room for the number of decisions; a wide one has room for the comparison with an unpaired
    design.
    """
    interval = "shift (90% interval\nof the mean)" if found.draws else "shift (90% interval)"
    columns = ["decisions", "with", "without", interval, "verdict"]
    shown_columns = columns if out.width >= ROOM else columns[1:]
    last = ["5-95% over\nposterior draws"] if found.draws else [UNPAIRED] if out.width >= WIDE else []
    shown = table(title, "agency", "stage", *shown_columns, *last, right=len(shown_columns) + len(last))
    for row in charted(found).to_dict("records"):
        verdict = str(row["verdict"]) if out.width >= ROOM else SHORT.get(row["verdict"], row["verdict"])
        figures = [
            f"{row['decisions']:,.0f}", percent(row["rate_with"]), percent(row["rate_without"]),
            in_points(row["shift"], row["low"], row["high"]), verdict,
        ]  # fmt: skip
        more = over_draws_in_points(row) if found.draws else _ratios(row["ratio"], row["ratio_drawn"])
        stage = row["label"] if row["by"] == "stage" else "all"
        cells = [found.world.agencies[row["agency"]].title, stage, *figures[-len(shown_columns) :], more]
        shown.add_row(*cells[: len(shown.columns)])
    return shown


def over_draws_in_points(row: Mapping[Any, Any]) -> str:
    """The ends over posterior draws, or that random variation leaves no room to tell them.

    >>> over_draws_in_points({"posterior_low": 0.026, "posterior_high": 0.06})
    '+2.60 to +6.00'
    >>> over_draws_in_points({"posterior_low": float("nan"), "posterior_high": float("nan")})
    'not separable from noise'
    """
    low, high = row["posterior_low"], row["posterior_high"]
    if pd.isna(low):
        return "not separable from noise"
    return f"{signed_points(low)} to {signed_points(high)}"


def _ratios(ratio: float, of_outcomes: float) -> str:
    return "-" if pd.isna(ratio) else f"{ratio:.2f} ({of_outcomes:.2f})"


def _new(found: Findings) -> Table:
    shown = table(
        "Decisions made only with the directives", "agency", "stage", "a pair", "favourable (90% interval)", right=2
    )
    for row in found.new.to_dict("records"):
        title = found.world.agencies[row["agency"]].title
        shown.add_row(title, row["stage"], f"{row['decisions']:,.0f}", _share(row["rate"], row["low"], row["high"]))
    return shown


def _response(found: Findings) -> Table:
    """Uptake and the rest: where nobody decided without the directives, and where they gained most."""
    rows = found.measures.set_index(["agency", "stage", "measure"])[["mean", "low", "high"]]
    means = rows["mean"].unstack("measure").reindex(columns=list(RESPONSES))
    asked = means[means["uptake"].notna()]
    places = (
        pd.Series(significant(asked["gain"].abs()), asked.index)
        .sort_values(ascending=False, na_position="first", kind="stable")
        .index[:STAGES]
        .tolist()
    )
    heads = [f"{found.world.agencies[agency].title} {stage}" for agency, stage in places]
    shown = table("Front-line response by stage (90% intervals)", "", *heads, right=len(heads))
    for measure in RESPONSES if places else ():
        figures = _days if measure == DAYS else in_points if measure in DIFFERENCES else _share
        known = [(*place, measure) in rows.index for place in places]
        cells = [figures(*rows.loc[(*place, measure)]) if is_known else "-"
                 for place, is_known in zip(places, known, strict=True)]  # fmt: skip
        shown.add_row(measure, *cells)
    return shown


def _days(mean: float, low: float, high: float) -> str:
    return f"{mean:,.0f} days" + ("" if pd.isna(low) else f" ({low:,.0f} to {high:,.0f})")


def _share(mean: float, low: float, high: float) -> str:
    return percent(mean) + ("" if pd.isna(low) else f" ({percent(low)} to {percent(high)})")


def _flips(found: Findings) -> Table:
    title = f"Changed decisions by cause, over {len(found.seeds)} pairs"
    shown = table(title, *FLIP_GROUPS, "decisions", right=1)
    for row in counted(found).head(KINDS).to_dict("records"):
        names = {**row, "agency": found.world.agencies[row["agency"]].title}
        shown.add_row(*(names[name] for name in FLIP_GROUPS), f"{row['count']:,}")
    return shown


def _persons(found: Findings) -> Table:
    """Who left the system otherwise: all causes, and of the ripples both directions; exits that nobody gained or lost
    are left to the file.
    """
    columns = ("difference (90% interval)", "direct", "ripples", "gained", "lost", "other")
    shown = table("Persons moved, each counted once, by exit", "", *columns, right=len(columns))
    shown.columns[0].no_wrap = False
    nets = found.persons.pivot(index="exit", columns="cause", values="net")
    ripples = found.persons[found.persons["cause"] == RIPPLE].set_index("exit")
    whole = found.persons[found.persons["cause"] == EVERY]
    for row in whole[whole["gained"] + whole["lost"] > 0.0].to_dict("records"):
        net, both = nets.loc[row["exit"]], ripples.loc[row["exit"]]
        interval = "" if pd.isna(row["low"]) else f" ({_persons_more(row['low'])} to {_persons_more(row['high'])})"
        causes = net[DIRECT], net[RIPPLE], both["gained"], -both["lost"], net[list(OTHERS)].sum()
        shown.add_row(
            found.world.exits[row["exit"]].title, f"{_persons_more(row['net'])}{interval}", *map(_persons_more, causes)
        )
    return shown


def _persons_more(count: float) -> str:
    return "0" if abs(count) < 0.5 else f"{count:+,.0f}"


def _variance(found: Findings) -> Table:
    """Where the variance of one pair's shift comes from, at agencies as wholes."""
    shown = table("Standard deviation of one pair's shift, in points, by source", "agency", "cases", "desks",
                  "parameters", right=3)  # fmt: skip
    for row in found.variance[found.variance["stage"] == "all"].to_dict("records"):
        cells = [f"{100.0 * row[part]:.3f} ({percent(row[f'{part}_share'])})" if row[part] == row[part] else "-"
                 for part in ("cases", "desks", "parameters")]  # fmt: skip
        shown.add_row(found.world.agencies[row["agency"]].title, *cells)
    return shown


def _targeting(found: Findings) -> Table:
    """Who bears enforcement, at agencies as wholes, where a group's share has moved."""
    shown = table("Burden by group", "", "of", "with", "without", "difference (90% interval)", right=3)
    rows = found.effects
    moved = rows[(rows["family"] == "targeting") & (rows["stage"] == "all") & (rows["verdict"] == MATTERS)]
    for row in moved.to_dict("records"):
        whose = f", {found.world.agencies[row['agency']].title}" if row["agency"] != "all" else ""
        shown.add_row(row["group"], f"{row['measure']}{whose}", *amounts(row))
    return shown


def _triangle(found: Findings) -> Table:
    roomy = out.width >= ROOM
    sides = ["with", "without"] if roomy else []
    shown = table("Public value: what matters", "", "", *sides, "difference (90% interval)", "", right=len(sides) + 2)
    shown.columns[0].no_wrap = False
    rows = found.value[found.value["verdict"].isin([BETTER, WORSE])]
    for corner, part in rows.groupby("corner", sort=False):
        shown.add_row(Text(str(corner), "bold"))
        for row in part.to_dict("records"):
            colour = "green" if row["verdict"] == BETTER else "red"
            cells = amounts(row)[-len(sides) - 1 :]
            shown.add_row(f"  {row['measure']}", _of(row, found), *cells, Text(row["verdict"], colour))
    return shown


def _of(row: Mapping[Any, Any], found: Findings) -> str:
    agency = [found.world.agencies[row["agency"]].title] if row["agency"] != "all" else []
    return " ".join([*agency, *([row["group"]] if row["group"] not in ("all", "officers") else [])])


def _listed(rows: pd.DataFrame, found: Findings) -> str:
    parts = [(row["measure"], _of(row, found)) for row in rows.to_dict("records")]
    by_measure: dict[str, list[str]] = {}
    for measure, of in parts:
        by_measure.setdefault(measure, []).extend([of] if of else [])
    return "; ".join(f"{measure} ({', '.join(of)})" if of else measure for measure, of in by_measure.items())


def amounts(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    """With, without, and the difference with its interval, in the unit of a measure."""
    if row["unit"] == "share":
        return percent(row["with"]), percent(row["without"]), in_points(row["difference"], row["low"], row["high"])
    interval = "" if pd.isna(row["low"]) else f" ({amount(row['low'], sign='+')} to {amount(row['high'], sign='+')})"
    unit = {"dollars": "$ "}.get(row["unit"], "")
    words = "" if unit else f" {row['unit']}"
    with_it, without = amount(row["with"]), amount(row["without"])
    return f"{unit}{with_it}{words}", f"{unit}{without}", f"{unit}{amount(row['difference'], sign='+')}{interval}"
