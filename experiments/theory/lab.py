"""Where the theory is tested: one replication, in which worlds that differ by one thing are run on the same cases."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import log, nan

import numpy as np
import pandas as pd

from experiments.asked import in_world
from experiments.traced_runs import Traced, same_cases, traced
from experiments.twin.case_traits import spoken_of
from experiments.twin.join import WITH, WITHOUT
from model.errors import InputError
from model.schema import Directive, Scenario, World
from model.world.loader import content_hash

START, END = date(2011, 1, 1), date(2012, 6, 30)
"""The watch: half a year to fill the queues before the memos of June 2011, and a year to see what becomes of them."""
MEMO, ORDER = "discretion-2011", "review-2011"
EARLY = timedelta(days=56)
"""Eight weeks: what is reached by then is reached fast."""
FEWEST = 20
"""Decisions without which the rate of an office or an officer tells nothing."""


def has(world: World, name: str = MEMO) -> None:
    """See to it that a world has a directive with which the theory is tested; raises InputError if it has not."""
    if name not in world.directives:
        raise InputError(
            "a directive that the theory is tested with is missing", where="world", found=name, known=world.directives
        )


class Lab:
    """Runs under one seed. A run that is asked for again is not made again.

    Attributes:
        world: the parameters, the same for every experiment but for what it varies.
        seed, scale: of every run.
    """

    def __init__(self, world: World, seed: int, scale: float) -> None:
        """No run has been made."""
        self.world, self.seed, self.scale = world, seed, scale
        self._runs: dict[tuple[str, bool], Traced] = {}

    def text(self, name: str, **changes: object) -> Directive:
        """A directive of the world, with some terms otherwise."""
        has(self.world, name)
        return self.world.directives[name].model_copy(update=changes)

    def run(
        self, directives: Mapping[str, Directive], settings: Mapping[str, float] | None = None, terms: bool = False
    ) -> Traced:
        """A run under these directives and no others, with some parameters moved."""
        key = content_hash({name: text.model_dump(mode="json") for name, text in directives.items()}, settings or {})
        if (key, terms) not in self._runs:
            world = in_world(self.world, settings or {})
            world = world.model_copy(update={"directives": {**world.directives, **directives}})
            self._runs[key, terms] = traced(watch(directives), world, self.seed, self.scale, terms=terms)
        return self._runs[key, terms]


def watch(directives: Iterable[str] = ()) -> Scenario:
    """The scenario of every experiment, under some directives."""
    return Scenario(title="theory", question="?", start=START, end=END, directives=list(directives))


def free(with_it: Traced, without: Traced, agency: str, stage: str = "") -> pd.DataFrame:
    """The same cases in two runs, from the memo's day on, where the law leaves a choice: `same_cases`."""
    both = same_cases(with_it, without, since=without.model.world.directives[MEMO].start)
    here = (both["agency"] == agency) & (both["bound"] == 0)
    return both[here & (both["stage"] == stage)] if stage else both[here]


def in_scope(both: pd.DataFrame, run: Traced, text: Directive) -> pd.DataFrame:
    """Decisions about those of whom the text says that they are in its scope."""
    cases = run.model.cases
    return both[both["case"].isin(cases.key[spoken_of(run.model.world, text.scope, cases)["in"]])]


def effect(both: pd.DataFrame) -> float:
    """``mean of p with - p without``, a difference of shares.

    >>> effect(pd.DataFrame({"p_with": [0.3, 0.5], "p_without": [0.1, 0.5]}))
    0.1
    """
    return float((both["p" + WITH] - both["p" + WITHOUT]).mean())


def effect_in_log_odds(both: pd.DataFrame) -> float:
    """``logit(mean of p with) - logit(mean of p without)``: comparable between agencies near zero and near one.

    Missing where leniency is certain or out of the question.

    >>> round(effect_in_log_odds(pd.DataFrame({"p_with": [0.5, 0.5], "p_without": [0.0, 0.5]})), 4)
    1.0986
    >>> effect_in_log_odds(pd.DataFrame({"p_with": [0.5], "p_without": [0.0]}))
    nan
    """
    rates = [float(both["p" + side].mean()) for side in (WITH, WITHOUT)]
    if not all(0.0 < rate < 1.0 for rate in rates):
        return nan
    one, other = (log(rate / (1.0 - rate)) for rate in rates)
    return one - other


def unevenness(both: pd.DataFrame) -> float:
    """The spread of offices' changes of ``p`` over the mean change; missing where nobody is moved.

    >>> both = pd.DataFrame({"office": ["a", "b"] * 20, "p_with": [0.3, 0.5] * 20, "p_without": 0.2})
    >>> round(unevenness(both), 4), unevenness(both.assign(p_with=0.2))
    (0.5, nan)
    """
    offices = (both["p" + WITH] - both["p" + WITHOUT]).groupby(both["office"])
    moved = effect(both)
    return spread(offices.mean(), offices.size()) / abs(moved) if moved else nan


def early(both: pd.DataFrame, issued: date) -> pd.DataFrame:
    """Decisions of the first `EARLY` days."""
    return both[both["day"] < (issued + EARLY - START).days]


def spread(rates: pd.Series, sizes: pd.Series) -> float:
    """The standard deviation of rates, of those that rest on `FEWEST` decisions or more.

    >>> spread(pd.Series([0.1, 0.3, 0.9]), pd.Series([20, 30, 2]))
    0.1
    """
    known = rates[sizes >= FEWEST].to_numpy(dtype=np.float64)
    return float(np.std(known)) if len(known) else np.nan
