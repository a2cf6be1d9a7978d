"""The tables, the chart and the files of ``discretion reports``."""

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.records import records
from experiments.reporting import TRUE, Reporting
from experiments.runs import described
from model.record.heard import ATTENTION
from viz.charts.reports import truth_and_belief
from viz.charts.theme import Legend
from viz.reports.console import bold, literal, out, remark, table
from viz.reports.figures import difference, figure, percent
from viz.reports.report import Files, Report, header

FILES = Files("reports.json", ("weekly.csv", "answers.csv", "consulted.csv"), ("reports",))
HALF, SEEN = 0.5, 0.1


def report(found: Reporting, settings: list[str]) -> Report:
    """What was found, with the notes on days of the scenario; a number that is missing is null."""
    weekly, answers = _plain(found.weekly), _plain(found.answers)
    told = {
        **header(found.world, found.scenario, settings), "seeds": found.seeds, "scale": found.scale,
        "halfway": records(_halfway(found)), "answers": records(answers), "consulted": records(found.consulted),
    }  # fmt: skip
    return Report(
        FILES, told, partial(_show, found, told["notes"]),
        tables={"weekly.csv": weekly, "answers.csv": answers, "consulted.csv": found.consulted},
        charts={"reports": partial(reports_chart, found)},
    )  # fmt: skip


def issuers(found: Reporting) -> list[str]:
    """The agencies whose heads would have to answer: of the directives that consult or answer, the first addressees.

    Without such directives, of those that start while there is something to see, the first to start first.
    """
    world, believing = found.world, set(found.weekly["whose"])
    rows = [world.directives[name] for name in world.scenarios[found.scenario].directives]
    first, last = _eventful(found.weekly.assign(day=pd.to_datetime(found.weekly["day"])))
    asks = [row for row in rows if row.consults or row.answers] or sorted(
        (row for row in rows if first <= pd.Timestamp(row.start) <= last), key=lambda row: row.start
    )
    heads = [row.to[0].split(".")[0] for row in asks if row.to]
    return [head for head in dict.fromkeys(heads) if head in believing]


def reports_chart(found: Reporting) -> Any:
    """The chart of what was found, over the weeks in which there was anything to tell."""
    world, legend, who = found.world, Legend.of_world(found.world), next(iter(issuers(found)), "")
    weekly = found.weekly.assign(day=pd.to_datetime(found.weekly["day"]))
    weekly = weekly[weekly["day"].between(*_eventful(weekly))]
    titles = {name: row.title for name, row in world.reports.items() if name in set(weekly["report"])}
    first = str(weekly["day"].min().date()) if len(weekly) else ""
    issued = [row for row in _issued(found) if row["start"] >= first]
    agency = legend.agencies.get(who, "nobody")
    return truth_and_belief(
        weekly, {**titles, ATTENTION: "Attention from outside"},
        {name: (who, legend.colours[who]) for name in titles if who}, issued,
        f"What is true, and what the head of {agency} believes",
        [f"{world.scenarios[found.scenario].title}: 0 is nothing to tell, 100 percent as bad as can be; mean of "
         f"{len(found.seeds)} replications at scale {found.scale:g}.",
         f"Line: true. Dashed: believed at the head of {agency}. Red: what is not believed, or no longer true."],
    )  # fmt: skip


def _eventful(weekly: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From two months before those outside see anything to speak of to two months after; else all weeks."""
    seen = weekly[(weekly["report"] == ATTENTION) & (weekly["severity"] > SEEN)]["day"]
    days, around = (seen, pd.Timedelta(weeks=9)) if len(seen) else (weekly["day"], pd.Timedelta(0))
    return days.min() - around, days.max() + around


def _issued(found: Reporting) -> list[dict[str, Any]]:
    """The directives of the scenario; those that came as an answer, on the middle one of their days."""
    world, days = found.world, dict[str, str]()
    for does, rows in found.answers.groupby("does"):
        if str(does).startswith("issues "):
            days[str(does).removeprefix("issues ")] = f"{sorted(rows['effect'])[len(rows) // 2]}"
    names = world.scenarios[found.scenario].directives
    return [described(name, world.directives[name]) | {"start": days[name]} if name in days
            else described(name, world.directives[name]) for name in names]  # fmt: skip


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same with dates as texts."""
    days = [name for name in ("day", "effect") if name in frame]
    return frame.assign(**{name: [f"{day}" for day in frame[name]] for name in days})


def _halfway(found: Reporting) -> pd.DataFrame:
    """When each report is half as bad as can be, on average over the replications, and when heads believe that."""
    above = found.weekly[found.weekly["severity"] >= HALF]
    first = above.groupby(["report", "whose"], sort=False)["day"].min().reset_index()
    true = first[first["whose"] == TRUE].set_index("report")["day"]
    believed = first[first["whose"] != TRUE].set_index(["report", "whose"])["day"]
    agencies = [name for name in found.weekly["whose"].unique() if name != TRUE]
    rows = [
        {"report": name, "whose": agency, "true": f"{true[name]}",
         "believed": f"{believed[name, agency]}" if (name, agency) in believed.index else None,
         "days": (believed[name, agency] - true[name]).days if (name, agency) in believed.index else None}
        for name in true.index if name != ATTENTION for agency in agencies
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["report", "whose", "true", "believed", "days"])


def _show(found: Reporting, remarks: list[str], folder: Path) -> None:
    remark(remarks)
    world = found.world
    out.print(f"{bold(world.scenarios[found.scenario].title)}: what was reported, and who came to believe it\n")
    out.print(_beliefs(found), "")
    if len(found.answers):
        out.print(_answers(found), "")
    if len(found.consulted):
        out.print(_consulted(found), "")
    out.print(
        f"Means over {len(found.seeds)} replications at scale {found.scale:g}. Half: half as bad as can be, by the "
        "world's own measure of the report. Believed: by the head of an agency, to whom reports climb a manager a week."
    )
    out.print(f"Stored in {bold(folder)}: weekly.csv, answers.csv, consulted.csv, reports.html, reports.png.")


def _beliefs(found: Reporting) -> Table:
    world, halfway = found.world, _halfway(found)
    shown = table(
        "When each report is half as bad as can be, and when heads believe it", "report of", "about", "true", "head of",
        "believes", "days later", right=1,
    )  # fmt: skip
    who = issuers(found)
    for name, report in world.reports.items():
        heads = dict.fromkeys((report.agency, *who))
        rows = records(halfway[(halfway["report"] == name) & halfway["whose"].isin(heads)])
        most = found.weekly[(found.weekly["report"] == name) & (found.weekly["whose"] == TRUE)]["severity"].max()
        first = [world.agencies[report.agency].title, literal(report.title)]
        if not rows:
            shown.add_row(*first, f"never; {percent(most)} at most", "", "", "")
        for row in rows:
            when = [row["believed"] or "never", "" if row["days"] is None else str(int(row["days"]))]
            shown.add_row(*first, row["true"], world.agencies[row["whose"]].title, *when)
            first = [first[0], ""]
    return shown


def _answers(found: Reporting) -> Table:
    shown = table("What was done in answer, in how many replications", "on hearing", "", "in effect, at the earliest",
                  "middle", "latest", "in", right=1)  # fmt: skip
    for (hears, does), rows in found.answers.groupby(["hears", "does"], sort=False):
        days = sorted(rows["effect"])
        named = found.world.reports[hears].title if hears in found.world.reports else "attention from outside"
        shown.add_row(literal(named), literal(does), f"{days[0]}", f"{days[len(days) // 2]}", f"{days[-1]}",
                      f"{len(days)} of {len(found.seeds)}")  # fmt: skip
    return shown


def _consulted(found: Reporting) -> Table:
    measures = list(found.consulted["measure"].unique())
    shown = table("Those whom it loads are consulted: difference to asking nobody", "days before", "", *measures,
                  right=len(measures))  # fmt: skip
    first = {row["measure"]: row for row in records(found.consulted.drop_duplicates("measure"))}
    shown.add_row("nobody", "", *(figure(first[m]["nobody"], first[m]["unit"]) for m in measures), style="bold")
    for (lead, capacity), rows in found.consulted.groupby(["lead", "capacity"], sort=False):
        by = {row["measure"]: row for row in records(rows)}
        told, reach = zip(*(difference(by[measure]) for measure in measures), strict=True)
        shown.add_row(f"{lead}", "with what they find" if capacity else "asked only", *told)
        shown.add_row("", "", *reach, style="dim")
    return shown
