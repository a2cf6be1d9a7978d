"""What was true, what the heads of agencies believed, and what those outside saw, week by week."""

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel

ATTENTION = "attention"


def heard(model: "BureaucracyModel") -> pd.DataFrame:
    """One row a Sunday and report: how bad it is, and how bad the head of each agency believes it to be.

    Columns: ``day``; ``report``, with ``attention`` as one of them, which has no beliefs; ``extent``, what the report
    measures, in figures of the real system; ``true``, how bad that is, and, by the names of the agencies, how bad it is
    believed to be, 0 to 1. Empty where a world has no reports.
    """
    world, kept = model.world, model.heard
    weeks, agencies, names = int(kept.weeks[0]), list(world.agencies), list(world.reports)
    sundays = [model.start + timedelta(days=int(day)) for day in np.flatnonzero(model.calendar.sunday)[:weeks]]
    rows = [
        {"day": day, "report": name, "extent": float(kept.extents[week, at]), "true": float(kept.truths[week, at]),
         **dict(zip(agencies, kept.beliefs[week, :, at].tolist(), strict=True))}
        for week, day in enumerate(sundays) for at, name in enumerate(names)
    ]  # fmt: skip
    rows += [{"day": day, "report": ATTENTION, "true": float(kept.seen[week])} for week, day in enumerate(sundays)]
    frame = pd.DataFrame(rows, columns=["day", "report", "extent", "true", *agencies])
    return frame.sort_values("day", kind="stable", ignore_index=True)


def answers_given(model: "BureaucracyModel") -> pd.DataFrame:
    """One row an answer: ``day``, ``directive``, ``hears``, ``does`` and ``effect``, from which day on it counts."""
    rows = [
        {"day": model.start + timedelta(days=done.day), "directive": done.directive, "hears": done.answer.hears,
         "does": _does(done.answer.issues, done.answer.ends),
         "effect": model.start + timedelta(days=done.effect)}
        for done in model.effects.answers.given
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["day", "directive", "hears", "does", "effect"])


def _does(issues: str | None, ends: bool) -> str:
    return f"issues {issues}" if issues else "ends it" if ends else "puts it off"
