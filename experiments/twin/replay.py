"""A flip replayed: both worlds are run again to the day, and the decision is looked at as it is made.

Nothing is approximated. What decided the draw is read where the draw is made, and the parts of each term are taken
from what the officer had before them that morning.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from experiments.parallel import Progress, one_of
from experiments.twin.twins import Twins
from experiments.twin.watch import KEYS
from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.agencies.officers import office_names
from model.cases.columns import person
from model.cases.draws import uniform
from model.errors import InputError
from model.explain.details import attention, details
from model.explain.view import bounds, settling
from model.observers import Observer
from model.rule.situation import Situation
from model.rule.terms import TERM_NAMES, Detail
from model.schema import Person, World

Key = tuple[str, int, int, str, int]
"""Mix, number, day of arrival, stage and round: what tells a decision from any other (`KEYS`)."""


@dataclass(frozen=True)
class Decided:
    """A decision as it was made in one world.

    Attributes:
        day, unit, office, officer: when and by whom; the officer by the place in the unit.
        probability: of the favourable outcome, within the law; ``notice`` and ``judgment`` make it.
        threshold, terms: log-odds that sum to those of ``judgment``.
        law: the title of the law that leaves no choice, or of the custom that settles the case, if one does; ``bound``
            is which way (below 0, 0, above 0; a law by 1, a custom by 2).
        details: for each term its parts; ``attention``: what ``notice`` is made of.
        favourable, to: what came of it.
    """

    day: date
    unit: str
    office: str
    officer: int
    probability: float
    notice: float
    judgment: float
    threshold: float
    terms: Mapping[str, float]
    bound: int
    law: str
    details: Mapping[str, tuple[Detail, ...]]
    attention: Mapping[str, float]
    favourable: bool
    to: str


@dataclass(frozen=True, repr=False)
class Replay:
    """One decision in two worlds.

    Attributes:
        key: which it is.
        person: whom it is about.
        notice_draw, judge_draw: the case's own draws, the same in both worlds: it is looked at where the first lies
            below ``notice``, and then decided favourably where the second lies below ``judgment``.
        with_it, without: how it was decided.
    """

    key: Key
    person: Person
    notice_draw: float
    judge_draw: float
    with_it: Decided
    without: Decided

    @property
    def terms(self) -> pd.DataFrame:
        """The terms of both worlds side by side, in log-odds, from the threshold to their sum."""
        sides = [
            {"threshold": side.threshold, **side.terms, "sum": side.threshold + sum(side.terms.values())}
            for side in (self.without, self.with_it)
        ]
        table = pd.DataFrame(sides, index=["without", "with"]).T
        return table.assign(difference=table["with"] - table["without"])

    @property
    def chances(self) -> pd.DataFrame:
        """What decided: the chances to be looked at and to be judged favourably, and the case's own draws."""
        return pd.DataFrame(
            {
                "without": [self.without.notice, self.without.judgment, self.without.probability],
                "with": [self.with_it.notice, self.with_it.judgment, self.with_it.probability],
                "draw": [self.notice_draw, self.judge_draw, np.nan],
            },
            index=["looked at", "favourable once looked at", "favourable"],
        )

    def __repr__(self) -> str:
        """Which decision, and what became of it in both worlds, in a line."""
        return f"<Replay of {'/'.join(map(str, self.key))}: {self.without.to} without, {self.with_it.to} with>"

    def _repr_html_(self) -> str:
        ways = [f"{side.day:%d %B %Y}, {escape(f'{side.office}: {side.to}')}" for side in (self.without, self.with_it)]
        return (
            f"<p><b>{' / '.join(map(str, self.key))}</b><br>without: {ways[0]}<br>with: {ways[1]}</p>"
            f"{self.chances.to_html(float_format='{:.4f}'.format, na_rep='')}"
            f"{self.terms.to_html(float_format='{:+.3f}'.format)}"
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values under the names of the attributes, with the difference of each term; days as texts."""
        told = asdict(self)
        told["key"] = dict(zip(KEYS, self.key, strict=True))
        told["person"] = self.person.model_dump(mode="json")
        told["difference"] = {term: self.with_it.terms[term] - self.without.terms[term] for term in TERM_NAMES}
        for side in ("with_it", "without"):
            told[side]["day"] = told[side]["day"].isoformat()
        return told


def replay(
    twins: Twins, world: World, seed: int, scale: float, rows: pd.DataFrame,
    progress: Progress | None = None,
) -> list[Replay]:  # fmt: skip
    """Run both worlds again, as far as it takes, and look at some decisions.

    Args:
        twins: the two scenarios.
        world: the world in which they were run.
        seed: of the pair.
        scale: of the pair.
        rows: decisions that both worlds made, such as rows of the flip table of that seed; only `KEYS` are read.
        progress: told the days done and the days in all.

    Raises:
        InputError: a decision that one of the worlds does not make.
    """
    keys: list[Key] = [tuple(row) for row in rows[KEYS].astype(object).itertuples(index=False)]
    witnesses = []
    for at, scenario in enumerate((twins.with_it, twins.without)):
        witness = Witness(keys)
        model = BureaucracyModel(scenario, scale, seed, world=world, observers=[witness], tables=False)
        total, tell = (model.end - model.start).days + 1, one_of(progress, at, 2)
        while not (model.finished or witness.done):
            model.step()
            tell(model.day + 1, total)
        witnesses.append(witness)
    return [_joined(key, *witnesses) for key in keys]


def _joined(key: Key, with_it: "Witness", without: "Witness") -> Replay:
    for witness in (with_it, without):
        if key not in witness.seen:
            raise InputError("no such decision in this pair of worlds", where="flip", found=str(key))
    case, stage = without.rows[key]
    luck, cases = without.model.random_streams, without.model.cases
    drawn = [
        float(uniform(luck.seed, cases.key[case], keys[stage] + np.uint64(key[-1])))
        for keys in (luck.notice, luck.judge)
    ]
    return Replay(
        key, person(cases, case, without.model.world.words), drawn[0], drawn[1], with_it.seen[key], without.seen[key]
    )


class Witness(Observer):
    """Looks at some decisions of a model as they are made."""

    model: BureaucracyModel
    rows: dict[Key, tuple[int, int]]

    def __init__(self, keys: Collection[Key]) -> None:
        """Wait for decisions."""
        self.keys = keys
        self.seen: dict[Key, Decided] = {}

    def begin(self, model: BureaucracyModel) -> None:
        """Find the cases in a model in which nothing has happened yet."""
        self.model = model
        self.rows = {key: self._row(key) for key in self.keys}
        self._waited_for = {(*place, key[-1]): key for key, place in self.rows.items()}
        self._cases = np.unique([case for case, _ in self.rows.values()])

    @property
    def done(self) -> bool:
        """Whether all have been seen."""
        return len(self.seen) == len(self.rows)

    def decided(self, model: BureaucracyModel, log: Log) -> None:
        """Look at those that are waited for."""
        for row in np.flatnonzero(np.isin(log.case, self._cases)):
            key = self._waited_for.get((int(log.case[row]), int(log.stage[row]), int(log.round[row])))
            if key is not None:
                self.seen[key] = self._decided(model.today, int(row), log)

    def _row(self, key: Key) -> tuple[int, int]:
        """The row of the case and the code of the stage."""
        mix, number, arrival, stage, _ = key
        world, cases = self.model.world, self.model.cases
        same = (cases.number == number) & (cases.arrival == arrival)
        if mix in world.mixes and stage in world.stages:
            rows = np.flatnonzero(same & (cases.mix == list(world.mixes).index(mix)))
            if len(rows) == 1:
                return int(rows[0]), list(world.stages).index(stage)
        raise InputError("no such case in this world", where="flip", found=str(key))

    def _decided(self, day: date, row: int, log: Log) -> Decided:
        m = self.model
        officer, stage = int(log.officer[row]), int(log.stage[row])
        view = Situation(officer, int(log.case[row]), stage, m.columns)
        unit, office = office_names(m.world)[m.desks.office[officer]]
        first = int(np.flatnonzero(m.desks.unit == m.desks.unit[officer])[0])
        return Decided(
            day=day, unit=unit, office=office, officer=officer - first, probability=float(log.p[row]),
            notice=float(log.notice[row]), judgment=float(log.judgment[row]),
            threshold=float(m.stages.threshold[stage]),
            terms={term: float(log.terms[row, at]) for at, term in enumerate(TERM_NAMES)}, bound=int(log.bound[row]),
            law=_bound_by(view, m) if log.bound[row] else "", details=details(view, m),
            attention=attention(view), favourable=bool(log.favourable[row]),
            to=[*m.world.stages, *m.world.exits][int(log.to[row])],
        )  # fmt: skip


def _bound_by(view: Situation, model: BureaucracyModel) -> str:
    """The title of the law that binds here, else of the custom that settles the case."""
    laws, customs = list(model.world.laws.values()), list(model.world.customs.values())
    titles = [*(laws[law].title for law, _ in bounds(view)), *(customs[row].title for row, _ in settling(view))]
    return titles[0]
