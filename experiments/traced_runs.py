"""Runs kept light: who decided what of whom, so that many worlds with the same cases can be set side by side.

`experiments.twin` keeps all that made every decision, of two worlds. Here it is the decision alone, of as many as one
likes: a lever against the record, a theory against its contrary.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.paired import in_both
from experiments.twin.join import WITH, WITHOUT
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.cases.draws import Floats
from model.compiled import compiled
from model.observers import Observer
from model.rule.decision import mandated
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERM_NAMES
from model.schema import Scenario, World

KEYS = ["row", "stage", "round"]
"""What tells a decision from any other of a run."""
KEPT = ("day", "case", "officer", "stage", "round", "favourable", "p", "bound", "hours")


@compiled
def look_at(rows: int, log: Log, columns: RuleColumns, into: Floats) -> None:
    """How far custom and directives have each case of a day looked at, whatever the workload (`noticed`)."""
    for row in range(rows):
        officer, stage = log.officer[row], log.stage[row]
        asked = mandated(officer, log.case[row], stage, columns)
        into[row] = 1.0 - (1.0 - columns.habits[columns.desks.office[officer], stage]) * (1.0 - asked)


class Trace(Observer):
    """Keeps the decisions of a model as columns."""

    model: BureaucracyModel
    leanings: Floats

    def __init__(self, terms: bool = False) -> None:
        """Keep decisions; with ``terms``, also how far each was looked at, and why it came out so."""
        self._terms, self.daily = terms, terms
        self._days: list[tuple[Log, Floats | None]] = []

    def begin(self, model: BureaucracyModel) -> None:
        """Officers lean as they did on the first day."""
        self.model = model
        self.leanings = model.desks.orientation.copy()

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Keep decisions."""
        self._days.append((log, self._looked(log) if self._terms else None))

    @property
    def nights(self) -> npt.NDArray[np.int32]:
        """Nights that each person has spent in custody."""
        return self.model.nights

    def _looked(self, log: Log) -> Floats:
        looked = np.empty(len(log.case))
        look_at(len(looked), log, self.model.columns, looked)
        return looked

    def table(self) -> pd.DataFrame:
        """One row a decision; the case by its key and its row in the population, all other names as codes."""
        days = [log for log, _ in self._days]
        kept = {name: np.concatenate([getattr(log, name) for log in days]) for name in KEPT}
        desks, cases, case, officer = self.model.desks, self.model.cases, kept.pop("case"), kept["officer"]
        columns: dict[str, npt.NDArray[Any]] = {
            "case": cases.key[case], "row": case, "level": cases.level[case],
            "day": kept.pop("day"), "officer": officer, "unit": desks.unit[officer].astype(np.int16),
            "office": desks.office[officer].astype(np.int16), **kept,
        }  # fmt: skip
        if self._terms:
            terms = np.concatenate([log.terms for log in days])
            columns["notice"] = np.concatenate([log.notice for log in days])
            columns["looked"] = np.concatenate([looked for _, looked in self._days if looked is not None])
            columns |= {name: terms[:, at] for at, name in enumerate(TERM_NAMES)}
        return pd.DataFrame(columns)


@dataclass(frozen=True)
class Traced:
    """A finished run.

    Attributes:
        trace: what was recorded, and the model as it is after the last day.
        decisions: as `Trace.table`.
    """

    trace: Trace = field(repr=False)
    decisions: pd.DataFrame = field(repr=False)

    @property
    def model(self) -> BureaucracyModel:
        """The model, finished."""
        return self.trace.model


def traced(scenario: Scenario, world: World, seed: int, scale: float, terms: bool = False) -> Traced:
    """Run a scenario of a world to its end and keep its decisions (`Trace`)."""
    trace = Trace(terms)
    BureaucracyModel(scenario, scale, seed, world=world, observers=[trace]).run()
    return Traced(trace, trace.table())


def same_cases(
    with_it: Traced, without: Traced, columns: Sequence[str] = ("p",), since: date | None = None
) -> pd.DataFrame:
    """The decisions that both worlds made.

    Args:
        with_it: one world.
        without: the other, with the same seed, scale and days.
        columns: what is taken of both, with the endings ``_with`` and ``_without``.
        since: only decisions of this day or later, in the second world.

    Returns:
        ``agency`` and ``stage`` (names), and ``day``, ``level``, ``office``, ``bound`` as in the second world: it says
        whose decision it is, since in the first it may lie on other desks; and ``columns``.
    """
    model = without.model
    there = without.decisions
    if since is not None:
        there = there[there["day"] >= (since - model.start).days]
    agencies = pd.Series([unit.split(".")[0] for unit in model.world.units()]).array
    shared = ["day", "unit", "level", "office", "bound"]
    others = with_it.decisions[[*KEYS, *columns]]
    key, other_key = model.cases.key, with_it.model.cases.key
    if not np.array_equal(key, other_key):
        rows = pd.Index(key).get_indexer(pd.Index(other_key))[others["row"]]
        others = others.assign(row=rows)[rows >= 0]
    both = in_both(there[[*KEYS, *shared, *columns]], others, KEYS, (WITHOUT, WITH))
    both.insert(0, "case", model.cases.key[both.pop("row")])
    both.insert(0, "agency", pd.Series(agencies.take(both.pop("unit").to_numpy()), index=both.index))
    both["stage"] = pd.Series(model.stage_names).array.take(both["stage"].to_numpy())
    return both
