"""What calibrations are asked, and what those that ship have found: from the world's files and from stored results."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

from docs.tables.markdown import code, table
from docs.tables.shipped import WORLD
from experiments.calibration.held import ENOUGH
from experiments.calibration.predictive import SURPRISED
from experiments.calibration.ranks import FOREST, REGRESSION
from experiments.calibration.screening import FIRST
from experiments.calibration.stored import ABOUT, FOLDER
from model.schema import Prior, World
from model.world.loader import WORLDS
from viz.reports.calibration import short
from viz.reports.figures import beside_the_record, figure, percent
from viz.reports.rivals import with_error

SHIPPED = WORLDS / WORLD / FOLDER
STORED = Path(__file__).parents[1] / "calibration"
"""What ``discretion calibrate --recover``, ``validate --posterior`` and ``rivals`` printed with ``--json``."""


WRAPPED = partial(fill, width=120, break_long_words=False, break_on_hyphens=False)
"""A paragraph in lines of the width that prose has."""


def priors(world: World) -> str:
    """Every prior, by calibration."""
    rows = [
        [name, prior.title, code(*prior.moves), _distribution(prior), prior.source]
        for calibration in world.calibrations.values() for name, prior in calibration.priors.items()
    ]  # fmt: skip
    return table(["parameter", "what", "moves", "prior", "why"], rows)


def _distribution(prior: Prior) -> str:
    low, high = prior.range
    bell = f" ({prior.mean:g}, sd {prior.sd:g})" if prior.mean is not None else ""
    return f"{prior.distribution}{bell}, {low:g} to {high:g}"


def calibrations(world: World) -> str:
    """What each calibration that ships was, and took."""
    rows = []
    for told in _banked(world):
        name, bank = told["calibration"], told["bank"]
        one = world.calibrations[name]
        rows.append([
            f"`{name}`", one.title, ", ".join(one.facts), str(len(told["parameters"])),
            f"{bank['runs']:,} at scale {told['scale']:g}", _part(bank["waves"][-1]["share"]), f"{bank['members']:,}",
            f"{bank['processor_hours']:.2f}", f"{bank['seconds'] / 60:.0f}", f"{told['effective']:.0f}",
            f"`{told['stamp']}`",
        ])  # fmt: skip
    head = ["calibration", "of", "facts", "parameters", "runs", "prior left", "members", "processor hours", "minutes",
            "ESS", "stamp"]  # fmt: skip
    others = [f"`{name}`" for name in world.calibrations if "bank" not in _shipped(name)]
    note = f"\n\nOf earlier runs, and not from a bank: {', '.join(others)}." if others else ""
    return table(head, rows) + note


def _part(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"1 in {float(f'{1.0 / share:.2g}'):,.0f}"


def emulators(world: World) -> str:
    """How well a polynomial in the parameters says what a run of the bank gives."""
    rows = [
        [f"`{told['calibration']}`", one["target"], f"{one['explained']:.0%}", f"{one['sd']:.1f}"]
        for told in _banked(world) for one in told["bank"]["emulator"]
    ]  # fmt: skip
    return table(["calibration", "target", "variance explained", "sd of its error, tolerances"], rows)


def screening(_: World) -> str:
    """The first twenty parameters of each screening, and how many of them are assumptions."""
    parts = []
    for told in _every("screen-*.json"):
        rest = max((row["effect"] or 0.0 for row in told["effects"][FIRST:]), default=0.0)
        rows = []
        for row in told["effects"][:FIRST]:
            value, varied = "assumed" if row["assumed"] else "sourced", "yes" if row["calibrated"] else "no"
            rows.append([code(row["parameter"]), value, varied, row["target"], f"{row['effect']:.1f}"])
        said = (
            f"`{told['calibration']}`: {told['parameters']} parameters, {told['runs']:,} runs at scale "
            f"{told['scale']:g}, {told['processor_hours']:.2f} processor-hours. Of the first {FIRST}, "
            f"{told['assumed']} are assumptions, and {told['fixed']} are left fixed. No other moves a fact by more "
            f"than {rest:.1f} tolerances."
        )
        parts.append(f"{WRAPPED(said)}\n\n{table(['parameter', 'value', 'varied', 'moves most', 'tolerances'], rows)}")
    return "\n\n".join(parts) or "None is stored."


def posteriors(world: World) -> str:
    """Posterior against prior for each parameter."""
    rows = []
    for name in world.calibrations:
        for row in _shipped(name)["parameters"]:
            rows.append([
                row["parameter"], _with_ends(row["prior_median"], row["prior_low"], row["prior_high"]),
                _with_ends(row["median"], row["low"], row["high"]), f"{row['contraction']:.0%}",
                row["verdict"],
            ])  # fmt: skip
    return table(["parameter", "prior (90%)", "posterior (90%)", "contraction", ""], rows)


def together(world: World) -> str:
    """Parameters known together rather than each alone."""
    rows = [
        [row["one"], row["other"], f"{row['correlation']:+.2f}"]
        for name in world.calibrations for row in _shipped(name)["together"]
    ]  # fmt: skip
    return table(["one", "other", "correlation"], rows) if rows else "None."


def recovery(_: World) -> str:
    """Whether known parameters were found."""
    rows, inside, commands = [], [], []
    for told in _every("recover-*.json"):
        size = f"effective sample size {told['effective']:.0f}"
        commands.append(f"- `{told['command']}`: {size}")
        for row in told["recovered"]:
            inside.append(row["inside"])
            rows.append([
                told["calibration"], row["parameter"], f"{short(row['truth'])}",
                _with_ends(row["median"], row["low"], row["high"]), "yes" if row["inside"] else "**no**",
            ])  # fmt: skip
    head = ["calibration", "parameter", "truth", "posterior (90%)", "covered"]
    return "\n".join([table(head, rows), "", f"Covered: {sum(inside)} of {len(inside)}.", "", *commands])


def estimators(world: World) -> str:
    """What two estimators say of each parameter, and how each stands the test of known truths."""
    rows = []
    for told in _banked(world):
        first = {row["parameter"]: row for row in told["parameters"]}
        tests = {(row["parameter"], row["estimator"]): row for row in told["ranks"]}
        for row in told["forest"]:
            pair = [tests[row["parameter"], estimator] for estimator in (REGRESSION, FOREST)]
            rows.append([
                row["parameter"],
                *(_with_ends(one["median"], one["low"], one["high"]) for one in (first[row["parameter"]], row)),
                f"{row['overlap']:.0%}", ", ".join(f"{one['covered']:.0%}" for one in pair),
                ", ".join(f"**{one['p']:.2f}**" if one["uneven"] else f"{one['p']:.2f}" for one in pair),
            ])  # fmt: skip
    head = ["parameter", "regression (90%)", "forests (90%)", "overlap", "covered", "p of the ranks"]
    return table(head, rows)


def held(world: World) -> str:
    """By how many draws of its posterior each fitted fact is held."""
    rows = []
    for told in _banked(world):
        for row in told["held"]:
            share = f"{100 * row['held']:.3g}%"
            share = share if row["held"] >= ENOUGH else f"**{share}**"
            rows.append([f"`{told['calibration']}`", row["target"], share, f"{row['median']:+.1f}",
                         f"{row['low']:+.1f} to {row['high']:+.1f}"])  # fmt: skip
    return table(["calibration", "fact", "held by", "median error, tolerances", "90% of draws"], rows)


def predictive(_: World) -> str:
    """Every fact that was only checked, as a model that knows the fitted ones predicts it."""
    rows = []
    for told in _every("predictive.json"):
        for row in told["patterns"]:
            if row["use"] != "check" or row["stream"] == "theory" or row["median"] is None:
                continue
            said = row["observed"] if isinstance(row["observed"], str) else ""
            observed = {**row, "said": said, "low": row["predicted_low"], "high": row["predicted_high"]}
            share = row["surprise"]
            told_share = "" if share is None else f"**{percent(share)}**" if share < SURPRISED else percent(share)
            rows.append([row["id"], row["what"], *beside_the_record(observed), told_share, row["verdict"]])
    head = ["pattern", "what", "record", "predicted", "90% of predictions", "predictive p", ""]
    (told,) = _every("predictive.json")
    many = f"{len(told['seeds'])} predictions at scale {told['scale']:g}"
    return f"{table(head, rows)}\n\n{many}; a predictive p of 0.0% lies beyond all of them."


def rivals(_: World) -> str:
    """Each rival on fitted facts and on checks."""
    rows = []
    for told in _every("rivals-*.json"):
        for row in told["rivals"]:
            off = [figure_of(row[use]) for use in ("fit", "check")]
            rows.append([
                told["calibration"], row["rival"], str(row["parameters"]), f"{row['fit_held']} of {row['fit_asked']}",
                off[0], f"{row['check_held']} of {row['check_asked']}", off[1], str(row["unsaid"]),
            ])  # fmt: skip
    head = ["calibration", "rival", "fitted", "fit: hold", "RMS error", "checks: hold", "RMS error", "no prediction of"]
    return table(head, rows)


def rivals_by_block(_: World) -> str:
    """The score of each rival on the checks of each stream, beside the whole model's on the same facts."""
    rows = []
    for told in _every("rivals-*.json"):
        for row in told.get("blocks", ()):
            worse = "" if row["rival"] == "whole" else with_error(row["worse"], row["worse_error"], sign="+")
            score = with_error(row["score"], row["error"])
            rows.append([told["calibration"], row["block"], row["rival"], str(row["facts"]), score, worse])
    head = ["calibration", "block", "rival", "facts", "CRPS ± se", "worse than the whole ± se"]
    return table(head, rows)


def rivals_on_checks(_: World) -> str:
    """What each rival makes of each check."""
    parts = []
    for told in _every("rivals-*.json"):
        names = [row["rival"] for row in told["rivals"]]
        by_id: dict[str, dict[str, dict[str, Any]]] = {}
        for row in told["patterns"]:
            if row["use"] == "check":
                by_id.setdefault(row["id"], {})[row["rival"]] = row
        rows = [
            [name, beside_the_record(of[names[0]])[0], *(_cell(of[rival]) for rival in names)]
            for name, of in by_id.items()
        ]
        parts.append(table(["pattern", "record", *names], rows))
    return "\n\n".join(parts)


def figure_of(tolerances: float | None) -> str:
    """So many tolerances off, or a dash."""
    return "-" if tolerances is None else f"{tolerances:.1f}"


def _with_ends(middle: float, low: float, high: float) -> str:
    return f"{short(middle)} ({short(low)} to {short(high)})"


def _cell(row: dict[str, Any]) -> str:
    middle = row["mean"] if row["difference"] else row["median"]
    told = figure(middle, row["unit"])
    return told if row["verdict"] == "holds" or middle is None else f"*{told}*"


def _every(pattern: str) -> list[dict[str, Any]]:
    return [_read(path) for path in sorted(STORED.glob(pattern))]


def _banked(world: World) -> list[dict[str, Any]]:
    """What is known of the posteriors that were made from a bank, as those of earlier versions were not."""
    return [told for told in map(_shipped, world.calibrations) if "bank" in told]


def _shipped(name: str) -> dict[str, Any]:
    """What is known of a posterior that ships with the world."""
    return _read(SHIPPED / name / ABOUT)


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


MADE: dict[str, Callable[[World], str]] = {
    "priors": priors, "calibrations": calibrations, "screening": screening, "posteriors": posteriors,
    "together": together, "emulators": emulators, "estimators": estimators, "held": held, "recovery": recovery,
    "predictive": predictive, "rivals": rivals, "rivals-by-block": rivals_by_block,
    "rivals-on-checks": rivals_on_checks,
}  # fmt: skip
