"""One of two worlds, watched: every decision as columns, with what the directives in question added to it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.twin.case_traits import populations, serious, wanted
from experiments.twin.control_variates import leanings
from experiments.twin.inter_officer import opinion_keys, opinions_by, second_opinions
from experiments.twin.other_rules import as_weighed
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.agencies.officers import office_names
from model.cases.draws import Floats
from model.compiled import compiled
from model.observers import Observer
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERM_NAMES
from model.rule.terms.accountability import owed as owes
from model.rule.terms.directive import heard, overlooked, scope_of
from model.rule.terms.metrics import of_metric
from model.schema import World

Mask = npt.NDArray[np.bool_]
SCOPES = ("in", "silent", "out", "not addressed")
KEYS = ["mix", "number", "arrival", "stage", "round"]
"""What tells a decision from any other, in every world that has the same cases."""


class Own(NamedTuple):
    """What the directives in question do in each decision; one row a decision, with room for more.

    Attributes:
        asked: their part of the directive term, in log-odds; ``owed``: of the accountability term.
        passed: chance that none of them brings the case before the eyes; ``others``: that no other does.
        counted: part of the metrics term that belongs to metrics they count or whose targets they set.
        exposure: how far the one that has reached the officer furthest has come, 0 to 1.
        scope: what they say of the case, as a place in `SCOPES`.
        wants: +1 if those in whose scope the case is ask leniency, -1 the contrary, 0 if they disagree or are none.
    """

    asked: Floats
    owed: Floats
    passed: Floats
    others: Floats
    counted: Floats
    exposure: Floats
    scope: npt.NDArray[np.int8]
    wants: npt.NDArray[np.int8]


@compiled
def own_parts(rows: int, log: Log, columns: RuleColumns, texts: Mask, goals: Mask, into: Own) -> None:
    """The parts of a day's decisions that belong to the directives in ``texts`` and the metrics in ``goals``.

    The sums are those of the rule, over some of its directives and metrics. Rows are of the types that a run has, for
    which the rule has been compiled.
    """
    directives = columns.directives
    for row in range(rows):
        officer, case, stage = int(np.int64(log.officer[row])), log.case[row], int(np.int64(log.stage[row]))
        asked, answers, passed, others, counted, furthest, scope, wants = 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 3, 0
        for text in range(texts.shape[0]):
            if not (directives.active[text] and directives.speaks[text, stage]):
                continue
            if not texts[text]:
                says = scope_of(columns.cases.bits, case, text, directives)
                others *= overlooked(text, officer, stage, says, columns)
                continue
            made = heard(text, officer, case, stage, columns)
            passed *= made.overlooked
            asked += made.asked
            answers += owes(text, officer, case, columns)
            furthest = max(furthest, made.exposure)
            if made.says == 1:
                scope = 0
                wants += 1 if directives.direction[text] > 0.0 else -1
            else:
                scope = min(scope, 1 if made.says < 0 else 2)
        for goal in range(goals.shape[0]):
            if goals[goal]:
                counted += of_metric(goal, officer, case, stage, columns)
        into.asked[row], into.owed[row], into.counted[row] = asked, answers, counted
        into.passed[row], into.others[row] = passed, others
        into.exposure[row], into.scope[row] = furthest, scope
        into.wants[row] = 1 if wants > 0 else (-1 if wants < 0 else 0)


class Watch(Observer):
    """Keeps the decisions of a model as columns, and counts nights in custody."""

    model: BureaucracyModel
    leanings: pd.DataFrame

    def __init__(self, whole: World, since: date, texts: Collection[str], goals: Collection[str]) -> None:
        """Wait for a model.

        Args:
            whole: the world to whose names the codes of `table` belong; the model's own is the part of it that its
                scenario watches.
            since: the day from which on nights in custody count.
            texts: the directives in question.
            goals: the metrics that they count or whose targets they set.
        """
        self.whole, self.since = whole, since
        self._directives, self._metrics = texts, goals
        self._days: dict[str, list[npt.NDArray[Any]]] = defaultdict(list)

    def begin(self, model: BureaucracyModel) -> None:
        """Desks lean as they do on the first day."""
        self.model = model
        self._before = np.zeros(len(model.cases.key), dtype=np.int32)
        self.leanings = leanings(model)
        self.names = [name for name in model.world.directives if name in self._directives]
        self.texts = np.array([name in self._directives for name in model.directive_names], dtype=np.bool_)
        self.goals = np.array([name in self._metrics for name in model.world.metrics], dtype=np.bool_)
        self._opinions = opinion_keys(model.world)
        self._size = np.bincount(model.desks.unit, minlength=len(model.world.units()))
        self._first = np.cumsum(self._size) - self._size

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Keep the decisions of a day."""
        m, rows = model, len(log.case)
        asked, owed, passed, others, counted, exposure = np.empty((6, rows))
        scope, wants = np.empty((2, rows), np.int8)
        own = Own(asked, owed, passed, others, counted, exposure, scope, wants)
        own_parts(rows, log, m.columns, self.texts, self.goals, own)
        as_weighed(m.world.rule.name, log, own)
        chance, desk = np.empty(rows), np.empty(rows)
        asks = second_opinions if m.own is None else opinions_by(m.own)
        asks(rows, log, m.random_streams.seed, self._opinions, self._first, self._size, m.columns, chance, desk)
        if m.today == self.since:
            self._before = m.nights - m.case_state.custody
        officer = log.officer
        columns = {
            "day": np.full(rows, m.day, dtype=np.int32), "case": log.case, "officer": officer,
            "unit": m.desks.unit[officer].astype(np.int16), "office": m.desks.office[officer].astype(np.int16),
            "backlog": m.desks.backlog[officer], "habit": m.habits[m.desks.office[officer], log.stage],
            "disagree": chance, "by_desk": desk,
        }  # fmt: skip
        kept = ("stage", "round", "custody", "favourable", "noticed", "to", "hours", "p", "notice", "judgment", "bound")
        columns |= {name: getattr(log, name) for name in kept}
        columns |= {term: log.terms[:, at] for at, term in enumerate(TERM_NAMES)}
        for name, values in {**columns, **own._asdict()}.items():
            self._days[name].append(values)

    @property
    def nights(self) -> npt.NDArray[np.int32]:
        """Nights that each person has spent in custody since the day from which on they count."""
        return self.model.nights - self._before

    def table(self) -> pd.DataFrame:
        """Every decision of the run so far, in the order in which they were made; names are codes of the whole world.

        An officer is known by the unit and the place in it.
        """
        table = pd.DataFrame({name: np.concatenate(days) for name, days in self._days.items()})
        cases, world, whole = self.model.cases, self.model.world, self.whole
        case, stage = table["case"].to_numpy(), table["stage"].to_numpy()
        want = wanted(world, self.names, cases)
        facts = {name: getattr(cases, name)[case] for name in ("mix", "number", "arrival", "level", "complexity")}
        people = {"population": populations(world, cases)[case], "serious": serious(world, cases)[case].astype(np.int8)}
        ask = {name: values[case, stage].astype(np.int8) for name, values in want._asdict().items()}
        found = table.assign(officer=table["officer"] - self._first[table["unit"]], **facts, **people, **ask)
        for column, here, there in (
            ("mix", list(world.mixes), list(whole.mixes)),
            ("stage", list(world.stages), list(whole.stages)),
            ("to", [*world.stages, *world.exits], [*whole.stages, *whole.exits]),
            ("unit", world.units(), whole.units()),
            ("office", office_names(world), office_names(whole)),
        ):
            places = {name: code for code, name in enumerate(there)}
            found[column] = np.array([places[name] for name in here], dtype=np.int32)[found[column]]
        return found
