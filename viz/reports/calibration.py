"""The tables, the files and the chart of ``discretion calibrate``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table
from rich.text import Text

from experiments.calibration.chart_data import curves, marks
from experiments.calibration.fitting import Fitted, Second
from experiments.calibration.held import ENOUGH
from experiments.calibration.ranks import FOREST, REGRESSION, evenness
from experiments.calibration.recovery import recovered
from experiments.calibration.stored import ABOUT, POINTS, described
from experiments.records import records
from model import __version__
from model.world.checks import quantities
from model.world.checks.calibrations import number_at
from model.world.loader import load
from viz.charts import posterior_against_prior, rank_histograms
from viz.charts.save import FORMATS
from viz.reports.console import bold, out, table
from viz.reports.report import Files, Report

FEW = 300.0
"""Points of equal weight below which quantiles of 5 and 95 percent are known too roughly."""
SHORT = 100.0
RANKS = "ranks.csv"
FILES = Files(ABOUT, (POINTS, RANKS), ("posterior", "ranks"), FORMATS)


@dataclass(frozen=True)
class Told:
    """A calibration that is done, with what is told of it.

    Attributes:
        found: what it came to.
        second: what another estimator says.
        held: by which share of the draws each fact is held; None of a recovery test.
        world: name or folder of the world.
        settings: parameters moved in every run.
        truth: of a recovery test, the value of each parameter; None for the record.
    """

    found: Fitted
    second: Second
    held: pd.DataFrame | None
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
            f"--runs {found.bank.runs} --scale {found.problem.about['scale']} --seed {found.seed}",
            *(f"--set {setting}" for setting in self.settings),
        ]  # fmt: skip
        return " ".join(parts)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Whether the ranks of known truths are uniform, by estimator and parameter."""
        return evenness(self.second.ranks)

    @property
    def bank(self) -> dict[str, Any]:
        """What was drawn, in plain data."""
        bank = self.found.bank
        emulator = bank.emulator
        told = [] if emulator is None else zip(emulator.targets, emulator.explained, emulator.sd, strict=True)
        return {
            "runs": bank.runs, "members": len(bank.members), "waves": records(bank.drawn),
            "processor_hours": round(bank.processor / 3600.0, 3), "seconds": round(bank.seconds, 1),
            "emulator": [{"target": name, "explained": round(float(share), 3), "sd": round(float(sd), 3)}
                         for name, share, sd in told],
        }  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """What ``--json`` prints and ``calibration.json`` holds."""
        found = self.found
        posterior = found.posterior
        told = {
            "discretion": __version__, "calibration": found.problem.name, "world": self.world,
            "settings": list(self.settings), "command": self.command, **found.problem.about,
            "facts": sorted({target.fact for target in found.problem.targets}), "bank": self.bank,
            "effective": round(posterior.effective, 1), "parameters": records(posterior.summary()),
            "together": records(posterior.together()), "forest": records(self.second.intervals),
            "ranks": records(self.ranks),
        }  # fmt: skip
        if self.held is not None:
            told["held"] = records(self.held)
        return told if self.truth is None else {**told, "recovered": records(recovered(posterior, self.truth))}


def report(told: Told) -> Report:
    """The posterior, what is known of it, and its charts."""
    posterior, about = told.found.posterior, told.summary()
    return Report(
        FILES, about, partial(_show, told), tables={POINTS: posterior.points, RANKS: told.second.ranks.round(4)},
        charts={"posterior": partial(_chart, told), "ranks": partial(_ranks, told)}, kept=described(posterior, about),
    )  # fmt: skip


def _chart(told: Told) -> Any:
    posterior = told.found.posterior
    dashed = "the truth" if told.truth is not None else "the value in the world's files"
    what = "Recovery of known parameters" if told.truth else "Posterior against prior"
    return posterior_against_prior(
        curves(posterior), marks(posterior, told.points, told.second.intervals),
        f"{what}: calibration {told.found.problem.name}",
        ["Grey: what was believed before; blue: after the facts. Bars: 90 percent by regression (blue) and by forests "
         "(orange); dots: medians.",
         f"Dashed: {dashed}. Contraction: how much of the prior's variance is gone."],
    )  # fmt: skip


def _ranks(told: Told) -> Any:
    many = int(told.ranks["truths"].max())
    return rank_histograms(
        told.second.ranks, told.ranks, f"Ranks of {many} known truths: calibration {told.found.problem.name}",
        ["Where the truth lies within what each estimator says of it, in ten parts. Uniform if the posterior is right;",
         "a hill if it is too wide, a valley if too narrow. Grey: what chance allows a part in 99 of 100 cases."],
    )  # fmt: skip


def _show(told: Told, folder: Path) -> None:
    """Print what was drawn, what is known of each parameter, and what was not."""
    found, bank = told.found, told.found.bank
    left = float(bank.drawn["share"].iloc[-1])
    out.print(
        f"{bold(found.problem.name)}: {bank.runs:,} runs, {bank.processor / 3600.0:.2f} processor-hours, "
        f"{bank.seconds / 60.0:.0f} minutes elapsed; {len(bank.members):,} in what is left of the prior "
        f"(1 part in {1.0 / left:,.0f})\n"
    )
    out.print(_parameters(told), "")
    out.print(_estimators(told), "")
    if told.held is not None:
        out.print(_held(told.held), "")
    for line in _in_words(told):
        out.print(line)
    if found.posterior.effective < FEW:
        worth = f"{found.posterior.effective:.0f}"
        out.print(f"[yellow]These points are worth only {worth} of equal weight: a larger bank says more.[/]")
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


def _estimators(told: Told) -> Table:
    heads = ("by regression (90%)", "by forests (90%)", "overlap", "covered", "p, ranks")
    shown = table("Two estimators; ranks of known truths, regression and forests", "parameter", *heads, right=3)
    first = {row["parameter"]: row for row in records(told.found.posterior.summary())}
    tests = told.ranks.set_index(["parameter", "estimator"])
    for row in records(told.second.intervals):
        name = row["parameter"]
        pair = [tests.loc[(name, estimator)] for estimator in (REGRESSION, FOREST)]
        shown.add_row(
            name, *(_ends(one) for one in (first[name], row)), f"{row['overlap']:.0%}",
            ", ".join(f"{one['covered']:.0%}" for one in pair),
            ", ".join(f"{one['p']:.2f}{'*' if one['uneven'] else ''}" for one in pair),
        )  # fmt: skip
    return shown


def _ends(row: Mapping[str, float]) -> str:
    return f"{short(row['median'])} ({short(row['low'])} to {short(row['high'])})"


def _held(held: pd.DataFrame) -> Table:
    shown = table("Fitted facts by draws of the posterior; errors in tolerances", "", "held", "median", "90%", right=3)
    for row in held.to_dict("records"):
        share = Text(f"{row['held']:.0%}", "red" if row["held"] < ENOUGH else "")
        shown.add_row(row["target"], share, f"{row['median']:+.1f}", f"{row['low']:+.1f} to {row['high']:+.1f}")
    return shown


def _in_words(told: Told) -> list[str]:
    posterior = told.found.posterior
    rows = posterior.summary()
    lines = [
        f"{verdict.capitalize()}: {', '.join(rows.loc[rows['verdict'] == verdict, 'parameter'])}."
        for verdict in ("pinned down", "narrowed", "open") if (rows["verdict"] == verdict).any()
    ]  # fmt: skip
    pairs = [f"{row['one']} with {row['other']} ({row['correlation']:+.2f})"
             for row in posterior.together().to_dict("records")]  # fmt: skip
    uneven = told.ranks[told.ranks["uneven"]]
    lines.append(
        f"Ranks of known truths are uneven beyond chance for {', '.join(sorted(set(uneven['parameter'])))} (*)."
        if len(uneven) else "Ranks of known truths are as even as chance allows, for each parameter and estimator."
    )  # fmt: skip
    apart = told.second.intervals.query("overlap == 0")["parameter"]
    lines.append(f"The two estimators contradict each other on {', '.join(apart)}." if len(apart)
                 else "The intervals of the two estimators overlap for each parameter.")  # fmt: skip
    if pairs:
        lines.append(f"Known together rather than each alone: {', '.join(pairs)}.")
    if told.truth is not None:
        inside = recovered(posterior, told.truth)["inside"]
        lines.append(f"Within its 90 percent interval: the truth of {inside.sum()} of {len(inside)} parameters.")
    elif any(not row["low"] <= told.points[row["parameter"]] <= row["high"] for row in rows.to_dict("records")):
        lines.append("[dim]* the value in the files lies outside the interval[/]")
    return lines
