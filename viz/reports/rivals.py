"""The tables, the files and the chart of ``discretion rivals``."""

from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from experiments.calibration.rivals import LOGISTIC, RIVALS, SAYS_NOTHING, Rivals
from experiments.patterns import HOLDS
from experiments.records import records
from model import __version__
from model.schema.world import WHOLE
from viz.charts import rivals_on_checks
from viz.charts.save import FORMATS
from viz.reports.console import bold, out, table
from viz.reports.figures import beside_the_record, figure
from viz.reports.report import Files, Report

BANKS = tuple(rival for rival in RIVALS if rival != LOGISTIC)
FILES = Files("rivals.json", ("rivals.csv", "blocks.csv", "patterns.csv"), ("rivals",), FORMATS, rounds=BANKS)


def report(found: Rivals) -> Report:
    """What was found, to be stored beside the bank of each rival."""
    told = {
        "discretion": __version__, "calibration": found.calibration, "scale": found.scale, "draws": found.draws,
        "rivals": records(found.table), "blocks": records(found.blocks), "patterns": records(found.patterns),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found),
        tables={"rivals.csv": found.table, "blocks.csv": found.blocks, "patterns.csv": found.patterns},
        charts={"rivals": partial(_chart, found)},
    )  # fmt: skip


def _chart(found: Rivals) -> Any:
    checks = found.patterns[found.patterns["use"] == "check"]
    return rivals_on_checks(
        checks, [rival for rival in RIVALS if rival in set(found.table["rival"])],
        f"Errors at the checks by rival, fitted to the facts of {found.calibration}",
        ["Patterns that were only checked. How far the middle of the predictions lies off the record, in tolerances:",
         "within one (shaded) it agrees. At the edge: twenty or more. Cross: says nothing. Ring: a direction, failed."],
    )  # fmt: skip


def _show(found: Rivals, folder: Path) -> None:
    """Print the rivals, then every check under each."""
    out.print(_rivals(found), "")
    out.print(_blocks(found), "")
    out.print(_checks(found), "")
    out.print(in_words(found))
    out.print(f"Stored in {bold(folder)}: rivals.csv, blocks.csv, patterns.csv, the chart as rivals.html, .png, .svg.")


def _rivals(found: Rivals) -> Table:
    heads = ("fitted", "fit: hold", "off", "checks: hold", "off", "says nothing of")
    title = f"Rivals fitted to the facts of {found.calibration}; off: root mean square, in tolerances"
    shown = table(title, "", *heads, right=len(heads))
    for row in records(found.table):
        shown.add_row(
            row["rival"], str(row["parameters"]), f"{row['fit_held']} of {row['fit_asked']}", _off(row["fit"]),
            f"{row['check_held']} of {row['check_asked']}", _off(row["check"]), str(row["unsaid"]),
        )  # fmt: skip
    return shown


def _blocks(found: Rivals) -> Table:
    title = "Score of the predictions of the checks (CRPS in tolerances, 0 is the best), ± standard error over facts"
    shown = table(title, "", "", "facts", "score", "worse than the whole", right=3)
    for row in records(found.blocks):
        score, worse = with_error(row["score"], row["error"]), with_error(row["worse"], row["worse_error"], sign="+")
        shown.add_row(row["block"], row["rival"], str(row["facts"]), score, "" if row["rival"] == WHOLE else worse)
    return shown


def with_error(mean: float | None, error: float | None, sign: str = "") -> str:
    """A mean and its standard error.

    >>> with_error(1.25, 0.5), with_error(1.25, None, sign="+"), with_error(None, None)
    ('1.2 ± 0.5', '+1.2', '-')
    """
    if mean is None:
        return "-"
    return f"{mean:{sign}.1f}" + ("" if error is None else f" ± {error:.1f}")


def _off(tolerances: float | None) -> str:
    return "-" if tolerances is None else f"{tolerances:.1f}"


def _checks(found: Rivals) -> Table:
    names = list(found.table["rival"])
    shown = table("Predictions of the checks by rival", "", "record", *names, right=len(names) + 1)
    checks = found.patterns[found.patterns["use"] == "check"]
    for name, rows in checks.groupby("id", sort=False):
        by_rival = {row["rival"]: row for row in records(rows)}
        cells = [_cell(by_rival[rival]) for rival in names]
        shown.add_row(str(name), beside_the_record(by_rival[names[0]])[0], *cells)
    return shown


def _cell(row: dict[str, Any]) -> Text:
    if row["verdict"] == SAYS_NOTHING:
        return Text("-", "dim")
    middle = figure(row["mean"] if row["difference"] else row["median"], row["unit"])
    return Text(middle, "green" if row["verdict"] == HOLDS else "red")


def in_words(found: Rivals) -> str:
    """What the checks say of the whole model against each rival: by how many hold, and by how near all of them are."""
    rows = {row["rival"]: row for row in records(found.table)}
    if WHOLE not in rows or len(rows) < 2:
        return "Nothing to set the whole model against."
    own = rows.pop(WHOLE)
    groups: dict[tuple[bool, bool], list[str]] = {}
    for name, row in rows.items():
        holds = row["check_held"] >= own["check_held"]
        near = None in (row["check"], own["check"]) or row["check"] <= own["check"]
        groups.setdefault((holds, near), []).append(name)
    said = {
        (True, True): "it does not earn its complexity against {}: as many hold, and as near",
        (True, False): "{} hold as many or more of them, but lie farther off over all",
        (False, True): "{} hold fewer of them, but lie as near or nearer over all",
        (False, False): "{} hold fewer of them and lie farther off",
    }
    parts = [words.format(", ".join(groups[key])) for key, words in said.items() if key in groups]
    return f"Of the checks the whole model holds {own['check_held']} of {own['check_asked']}; {'; '.join(parts)}."
