"""What calibrations are asked, and what those that ship have found: from the world's files and from stored results."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docs.tables.markdown import code, table
from docs.tables.shipped import WORLD
from experiments.calibration.predictive import SURPRISED
from experiments.calibration.stored import FOLDER
from model.schema import Prior, World
from model.world.loader import WORLDS
from viz.reports.calibration import short
from viz.reports.figures import beside_the_record, figure, percent
from viz.reports.rivals import with_error

SHIPPED = WORLDS / WORLD / FOLDER
STORED = Path(__file__).parents[1] / "calibration"
"""What ``discretion calibrate --recover``, ``validate --posterior`` and ``rivals`` printed with ``--json``."""


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
    for name, one in world.calibrations.items():
        told = _read(SHIPPED / name / "calibration.json")
        rounds = told["populations"]
        rows.append([
            f"`{name}`", one.title, ", ".join(one.facts), str(len(one.priors)),
            f"{len(rounds)} of {told['particles']} at scale {told['scale']:g}", f"{told['evaluations']:,}",
            f"{told['particles'] * len(rounds) / told['evaluations']:.0%}", f"{told['seconds'] / 60:.0f}",
            f"{told['effective']:.0f}", f"`{told['stamp']}`",
        ])  # fmt: skip
    head = ["calibration", "of", "facts", "parameters", "rounds", "runs", "accepted", "minutes", "ESS", "stamp"]
    return table(head, rows)


def posteriors(world: World) -> str:
    """Posterior against prior for each parameter."""
    rows = []
    for name in world.calibrations:
        for row in _read(SHIPPED / name / "calibration.json")["parameters"]:
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
        for name in world.calibrations for row in _read(SHIPPED / name / "calibration.json")["together"]
    ]  # fmt: skip
    return table(["one", "other", "correlation"], rows) if rows else "None."


def recovery(_: World) -> str:
    """Whether known parameters were found."""
    rows, inside, commands = [], [], []
    for told in _every("recover-*.json"):
        size = f"effective sample size {told['effective']:.0f}"
        commands.append(f"`{told['command']}`, {told['evaluations']} runs, {size}")
        for row in told["recovered"]:
            inside.append(row["inside"])
            rows.append([
                told["calibration"], row["parameter"], f"{short(row['truth'])}",
                _with_ends(row["median"], row["low"], row["high"]), "yes" if row["inside"] else "**no**",
            ])  # fmt: skip
    head = ["calibration", "parameter", "truth", "posterior (90%)", "covered"]
    return f"{table(head, rows)}\n\nCovered: {sum(inside)} of {len(inside)}. {'; '.join(commands)}."


def coverage(world: World) -> str:
    """How often intervals of 90 percent held a truth, over truths from the whole prior."""
    rows = []
    for name in world.calibrations:
        told = _read(SHIPPED / name / "calibration.json")
        shares = told["coverage"]
        worst, best = min(shares, key=lambda one: shares[one]), max(shares, key=lambda one: shares[one])
        rows.append([
            f"`{name}`", str(told["particles"]), f"{sum(shares.values()) / len(shares):.0%}",
            f"{shares[worst]:.0%} ({worst})", f"{shares[best]:.0%} ({best})",
        ])  # fmt: skip
    return table(["calibration", "truths", "coverage, all parameters", "lowest", "highest"], rows)


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
    return table(["calibration", "block", "rival", "facts", "CRPS ± se", "worse than the whole ± se"], rows)


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


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


MADE: dict[str, Callable[[World], str]] = {
    "priors": priors, "calibrations": calibrations, "posteriors": posteriors, "together": together,
    "recovery": recovery, "coverage": coverage, "predictive": predictive, "rivals": rivals,
    "rivals-by-block": rivals_by_block, "rivals-on-checks": rivals_on_checks,
}  # fmt: skip
