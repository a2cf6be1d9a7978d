"""The tables, the files and the chart of ``discretion calibrate``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from experiments.calibration.chart_data import curves, marks
from experiments.calibration.fitting import Fitted
from experiments.calibration.recovery import coverage, recovered
from experiments.calibration.smc import HISTORY, IDENTITY
from experiments.calibration.stored import ABOUT, POINTS, described
from experiments.records import records
from model import __version__
from model.world.checks import quantities
from model.world.checks.calibrations import number_at
from model.world.loader import load
from viz.charts import posterior_against_prior
from viz.charts.save import FORMATS
from viz.reports.console import bold, out, table
from viz.reports.report import Files, Report

FEW = 30.0
"""Points of equal weight below which quantiles of 5 and 95 percent say little."""
SHORT = 100.0
FILES = Files(ABOUT, (POINTS,), ("posterior",), FORMATS, rounds=(IDENTITY, HISTORY), begun=IDENTITY)


@dataclass(frozen=True)
class Told:
    """A calibration that is done, with what is told of it.

    Attributes:
        found: what it came to.
        world: name or folder of the world.
        settings: parameters moved in every run.
        truth: of a recovery test, the value of each parameter; None for the record.
    """

    found: Fitted
    world: str
    settings: Sequence[str]
    truth: Mapping[str, float] | None

    @property
    def points(self) -> dict[str, float]:
        """What the chart marks of each parameter: the truth, or the value in the files."""
        if self.truth is not None:
            return dict(self.truth)
        known = dict(quantities(load(self.world, list(self.settings))))
        stand = {name: number_at(known, prior.moves[0]) for name, prior in self.found.problem.priors.items()}
        return {name: found[0] for name, found in stand.items() if found is not None}

    @property
    def command(self) -> str:
        """What makes the same again, but for a choice of facts and parameters."""
        found = self.found
        parts = [
            f"discretion calibrate {found.problem.name}", *(["--recover"] if self.truth is not None else []),
            f"--populations {len(found.populations.course)} --particles {found.particles}",
            f"--scale {found.problem.about['scale']} --seed {found.seed}",
            *(f"--set {setting}" for setting in self.settings),
        ]  # fmt: skip
        return " ".join(parts)

    @cached_property
    def coverage(self) -> pd.Series:
        """How often the interval of each parameter holds a truth that is known."""
        return coverage(self.found.populations.first, self.found.problem)

    @property
    def errors(self) -> pd.DataFrame:
        """How far the last round lies from what was aimed at: ``target``, ``fact``, ``low``, ``median``, ``high``."""
        last, aim = self.found.populations.last, self.found.problem.aim
        off = {target: last[f"error.{target.name}"] - aim[target.name] for target in self.found.problem.targets}
        rows = [(one.name, one.fact, *errors.quantile([0.05, 0.5, 0.95])) for one, errors in off.items()]
        return pd.DataFrame(rows, columns=["target", "fact", "low", "median", "high"])

    def summary(self) -> dict[str, Any]:
        """What ``--json`` prints and ``calibration.json`` holds."""
        found = self.found
        posterior, course = found.posterior, found.populations.course
        told = {
            "discretion": __version__, "calibration": found.problem.name, "world": self.world,
            "settings": list(self.settings), "command": self.command, **found.problem.about,
            "particles": found.particles, "facts": sorted({target.fact for target in found.problem.targets}),
            "populations": records(course),
            "coverage": {name: round(float(share), 3) for name, share in self.coverage.items()},
            "evaluations": found.populations.evaluations, "seconds": round(float(course["seconds"].sum()), 1),
            "effective": round(posterior.effective, 1), "parameters": records(posterior.summary()),
            "together": records(posterior.together()), "fit": records(self.errors),
        }  # fmt: skip
        return told if self.truth is None else {**told, "recovered": records(recovered(posterior, self.truth))}


def report(told: Told) -> Report:
    """The posterior, what is known of it, and the chart, to be stored beside the rounds."""
    posterior, about = told.found.posterior, told.summary()
    return Report(
        FILES, about, partial(_show, told), tables={POINTS: posterior.points},
        charts={"posterior": partial(_chart, told)}, kept=described(posterior, about),
    )  # fmt: skip


def _chart(told: Told) -> Any:
    posterior = told.found.posterior
    dashed = "the truth" if told.truth is not None else "the value in the world's files"
    what = "Recovery of known parameters" if told.truth else "Posterior against prior"
    return posterior_against_prior(
        curves(posterior), marks(posterior, told.points), f"{what}: calibration {told.found.problem.name}",
        ["Grey: what was believed before; colour: after the facts. Bar: 90 percent; dot: median.",
         f"Dashed: {dashed}. Contraction: how much of the prior's variance is gone."],
    )  # fmt: skip


def _show(told: Told, folder: Path) -> None:
    """Print what was sampled, what is known of each parameter, and what was not."""
    found, course = told.found, told.found.populations.course
    accepted = found.particles * len(course) / found.populations.evaluations
    out.print(
        f"{bold(found.problem.name)}: {len(course)} rounds of {found.particles}, "
        f"{found.populations.evaluations:,} runs, {accepted:.0%} kept, {course['seconds'].sum():,.0f} seconds\n"
    )
    out.print(_parameters(told), "")
    out.print(_errors(told), "")
    for line in _in_words(told):
        out.print(line)
    if found.posterior.effective < FEW:
        worth = f"{found.posterior.effective:.0f}"
        out.print(f"[yellow]These points are worth only {worth} of equal weight: fewer rounds, or more particles.[/]")
    out.print(f"Stored in {bold(folder)}: {', '.join(sorted(FILES.names))}.")


def _parameters(told: Told) -> Table:
    heads = ("prior (90%)", "truth" if told.truth else "files", "posterior (90%)", "contraction")
    shown = table("Prior and posterior by parameter", "parameter", *heads, right=0)
    points = told.points
    for row in told.found.posterior.summary().to_dict("records"):
        prior = f"{short(row['prior_low'])} to {short(row['prior_high'])}"
        after = f"{short(row['median'])} ({short(row['low'])} to {short(row['high'])})"
        point = points[row["parameter"]]
        mark = "" if row["low"] <= point <= row["high"] else "*"
        told_of = f"{row['contraction']:4.0%} {row['verdict']}"
        shown.add_row(row["parameter"], prior, f"{short(point)}{mark}", after, told_of)
    return shown


def short(value: float) -> str:
    """A value in a few digits.

    >>> short(265123.0), short(-2.914), short(0.000652)
    ('265,000', '-2.9', '0.00065')
    """
    return f"{float(f'{value:.3g}'):,.0f}" if abs(value) >= SHORT else f"{value:.2g}"


def _errors(told: Told) -> Table:
    shown = table("Errors at the facts in the last round, in tolerances", "", "fact", "median", "90%", right=2)
    for row in told.errors.to_dict("records"):
        shown.add_row(row["target"], row["fact"], f"{row['median']:+.1f}", f"{row['low']:+.1f} to {row['high']:+.1f}")
    return shown


def held(coverage: pd.Series) -> str:
    """How often intervals held the truth, and of which parameter least and most often, if they differ.

    >>> held(pd.Series({"a": 0.8, "b": 0.9})), held(pd.Series({"a": 0.9})), held(pd.Series({"a": 0.9, "b": 0.9}))
    ('85% (a 80%, b 90%)', '90%', '90%, each parameter alike')
    """
    least, most = coverage.idxmin(), coverage.idxmax()
    if least != most:
        return f"{coverage.mean():.0%} ({least} {coverage.min():.0%}, {most} {coverage.max():.0%})"
    return f"{coverage.mean():.0%}" + (", each parameter alike" if len(coverage) > 1 else "")


def _in_words(told: Told) -> list[str]:
    posterior = told.found.posterior
    rows = posterior.summary()
    lines = [
        f"{verdict.capitalize()}: {', '.join(rows.loc[rows['verdict'] == verdict, 'parameter'])}."
        for verdict in ("pinned down", "narrowed", "open") if (rows["verdict"] == verdict).any()
    ]  # fmt: skip
    pairs = [f"{row['one']} with {row['other']} ({row['correlation']:+.2f})"
             for row in posterior.together().to_dict("records")]  # fmt: skip
    lines.append(
        f"With each of the first round's own points for the truth, its interval of 90 percent held it in "
        f"{held(told.coverage)}."
    )
    if pairs:
        lines.append(f"Known together rather than each alone: {', '.join(pairs)}.")
    if told.truth is not None:
        inside = recovered(posterior, told.truth)["inside"]
        lines.append(f"Within its 90 percent interval: the truth of {inside.sum()} of {len(inside)} parameters.")
    elif any(not row["low"] <= told.points[row["parameter"]] <= row["high"] for row in rows.to_dict("records")):
        lines.append("[dim]* the value in the files lies outside the interval[/]")
    return lines
