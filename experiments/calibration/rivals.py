"""Rival explanations: the same fit without a part of the rule, by another rule, and without agents at all.

What a rival lacks is switched off (`experiments.mechanisms.switches`); a rule in place of the whole one is one of
`model.rule.rivals`. All have the same budget of runs, and predict from draws of their own posterior.

The plainest rival is a logistic regression without agents: the log-odds of an outcome are an intercept of the group,
and one coefficient for a directive in force. With one recorded figure for each, a maximum-likelihood fit hits every
fitted fact exactly; what is not recorded has the coefficient zero. It has no offices, no culture, no queues, no beds
and no days, so of much it can say nothing. What it says of the checks (``carried`` in the world's patterns) is what
anybody would say who carried the fitted figures on.

A model earns its complexity where what it was not fitted to comes out nearer to the record than under a simpler one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.asked import readable
from experiments.calibration.fitting import fit
from experiments.calibration.predictive import surprises
from experiments.calibration.scores import by_block, crps, of_a_record
from experiments.calibration.setup import problem
from experiments.mechanisms.switches import switched_off
from experiments.patterns import FAILS, HOLDS, Pattern, Validation, modelled, patterns, scenarios_of, validate
from experiments.patterns.pattern import FIT
from experiments.patterns.rules import FARTHEST, over
from model.errors import InputError
from model.schema import World
from model.schema.world import COPING, OFFICES, SANCTION, WHOLE
from model.world.loader import DEFAULT_WORLD, load

LOGISTIC = "logistic"
OFF = {f"no-{name}": name for name in ("culture", "metrics", "accountability", "endorsement", "exposure")}
RIVALS = (WHOLE, *OFF, SANCTION, COPING, OFFICES, LOGISTIC)
SAYS_NOTHING = "says nothing"
USES = ("fit", "check")
OF_EACH = 2
COLUMNS = ["rival", "parameters", "id", "stream", "use", "what", "unit", "observed", "said", "median", "mean",
           "low", "high", "difference", "surprise", "off", "score", "verdict"]  # fmt: skip
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Rivals:
    """What the rivals make of the same facts.

    Attributes:
        calibration: that all were fitted by.
        scale: of the predictions.
        draws: of each posterior.
        table: one row a rival: ``rival``, ``parameters`` (fitted), ``fit`` and ``check`` (root mean square of how far
            the middle prediction lies off, in tolerances, each at most `experiments.patterns.rules.FARTHEST`),
            ``fit_held``, ``check_held`` (patterns that hold), ``fit_asked``, ``check_asked``, and ``unsaid`` (checks of
            which it says nothing; they count as farthest off and not held).
        patterns: one row a rival and pattern: ``rival``, ``id``, ``use``, ``what``, ``unit``, ``observed``, ``said``,
            ``median``, ``low``, ``high`` (of nine predictions in ten), ``surprise``, ``off`` (in tolerances), ``score``
            (`experiments.calibration.scores.crps`, in tolerances), ``verdict``.
        blocks: how the rivals do on the checks, stream by stream (`experiments.calibration.scores.by_block`).
    """

    calibration: str
    scale: float
    draws: int
    table: pd.DataFrame = field(repr=False)
    patterns: pd.DataFrame = field(repr=False)
    blocks: pd.DataFrame = field(repr=False)


def rivals(
    name: str, folder: Path, *, names: Sequence[str] = RIVALS, world: str = DEFAULT_WORLD,
    runs: int = 600, draws: int = 20, scale: float | None = None, seed: int = 1,
    workers: int = 1, progress: Progress | None = None,
) -> Rivals:  # fmt: skip
    """Fit each rival to the facts of a calibration, and predict the checks of the same streams.

    Args:
        name: of the calibration.
        folder: where the bank of each rival is kept; an interrupted call goes on from there.
        names: of the rivals.
        world: name of a shipped world, or the folder of another.
        runs: in the bank of each, the same for all.
        draws: of each posterior, `OF_EACH` predictions each, so that random variation can be separated from parameter
            uncertainty.
        scale: of fits and predictions, if not the calibration's.
        seed: random seed, the same for all rivals.
        workers: processes.
        progress: told the rival, and what is done of how much.

    Raises:
        InputError: a rival or calibration that is not there, or anything that a fit refuses.
    """
    for rival in names:
        if rival not in RIVALS:
            raise InputError("no such rival", where="rival", found=rival, known=RIVALS)
    asked = problem(name, world=world, scale=scale, seed=seed)
    share = float(str(asked.about["scale"]))
    facts = {target.fact for target in asked.targets}
    known = modelled(patterns(world))
    streams = {one.stream for one in known if one.fact in facts}
    asked_of = [one for one in known if one.use in USES and one.stream in streams]
    readable(load(world), scenarios_of(asked_of), share)
    only = [one.id for one in asked_of]
    rows = []
    for rival in names:

        def tell(done: int, total: int, rival: str = rival) -> None:
            if progress is not None:
                progress(rival, done, total)

        if rival == LOGISTIC:
            rows.append(_of_baseline(asked_of))
            continue
        off = moved(rival, load(world))
        here = problem(name, world=world, settings=off, scale=scale, seed=seed)
        found = fit(here, folder / rival, runs=runs, seed=seed, workers=workers, progress=tell)
        points = [{**off, **draw} for draw in found.posterior.draws(draws, seed)]
        predicted = validate(only, world=world, replications=OF_EACH, draws=points, seed=seed, scale=share,
                             workers=workers, progress=tell)  # fmt: skip
        rows.append(_of_model(rival, len(here.priors), predicted, asked_of))
    every = pd.concat(rows, ignore_index=True)
    return Rivals(name, share, draws, tally(every), every.drop(columns="parameters"), by_block(every))


def moved(rival: str, world: World) -> dict[str, object]:
    """The settings (path to value) that make a world that of a rival.

    >>> moved("coping", load("two-desks")), moved("no-accountability", load("two-desks"))
    ({'rule.name': 'coping'}, {'rule.stake': 0.0})
    """
    if rival in OFF:
        return dict(switched_off(world, [OFF[rival]]))
    return {} if rival == WHOLE else {"rule.name": rival}


def _of_model(rival: str, parameters: int, predicted: Validation, known: Sequence[Pattern]) -> pd.DataFrame:
    """What a fitted model makes of each pattern."""
    table = {row["id"]: row for row in surprises(predicted).to_dict("records")}
    said = {one.id: of_a_record(predicted.found[predicted.found["id"] == one.id], one.difference) for one in known}
    rows = []
    for one in known:
        row = table[one.id]
        middle = float(row["mean"] if one.difference else row["median"])
        off = one.rule.reach.off(middle) if one.rule.reach is not None else float("nan")
        low, high = row["predicted_low"], row["predicted_high"]
        score = crps(map(one.rule.reach.off, said[one.id])) if one.rule.reach is not None else float("nan")
        rows.append({
            **row, "low": low, "high": high, "rival": rival, "parameters": parameters, "off": off, "score": score,
        })  # fmt: skip
    return pd.DataFrame(rows)[COLUMNS].reset_index(drop=True)


def _of_baseline(known: Sequence[Pattern]) -> pd.DataFrame:
    """What the logistic regression makes of each pattern: one figure, without an interval."""
    rows = []
    for one in known:
        value = float("nan") if one.carried is None else one.carried
        words = isinstance(one.record, str)
        rows.append({
            "rival": LOGISTIC, "parameters": sum(map(_intercept, known)), "id": one.id, "use": one.use,
            "what": one.what, "unit": one.unit, "observed": float("nan") if words else one.record,
            "said": one.record if words else "", "median": value, "mean": value, "low": value, "high": value,
            "difference": one.difference, "surprise": float("nan"),
            "off": one.rule.reach.off(value) if one.rule.reach is not None else float("nan"),
            "stream": one.stream,
            "score": abs(one.rule.reach.off(value)) if one.rule.reach is not None else float("nan"),
            "verdict": SAYS_NOTHING if one.carried is None
            else HOLDS if one.rule.met(over([value, value], one.difference)) else FAILS,
        })  # fmt: skip
    return pd.DataFrame(rows)[COLUMNS]


def _intercept(one: Pattern) -> bool:
    """Whether the regression has one for a figure; a direction, and what is watched of a single person, have none."""
    return one.use == FIT and one.rule.reach is not None and not any(getattr(run, "watch", None) for run in one.wanted)


def tally(every: pd.DataFrame) -> pd.DataFrame:
    """One row a rival, from one row a rival and pattern; see `Rivals`."""
    rows = []
    for rival, found in every.groupby("rival", sort=False):
        row: dict[str, object] = {"rival": rival, "parameters": int(found["parameters"].iloc[0])}
        for use in ("fit", "check"):
            here = found[found["use"] == use]
            off = here["off"].clip(-FARTHEST, FARTHEST).dropna()
            row[use] = float(np.sqrt(np.square(off).mean())) if len(off) else float("nan")
            row[f"{use}_held"], row[f"{use}_asked"] = int((here["verdict"] == HOLDS).sum()), len(here)
        row["unsaid"] = int(((found["verdict"] == SAYS_NOTHING) & (found["use"] == "check")).sum())
        rows.append(row)
    return pd.DataFrame(rows)
