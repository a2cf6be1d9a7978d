"""History matching: where in the prior the record is out of reach, so that no run is spent there.

A plain emulator says what the errors at any point would be: of each target a polynomial in the parameters, of a degree
that the runs suffice for. A point is *implausible* where one of the errors that it says lies more than three standard
deviations from the one aimed at, of which the emulator's own errors are the most part (Craig, Goldstein, Seheult and
Smith 1997; Vernon, Goldstein and Bower 2010). What is left are points of the prior, as likely as they were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from experiments.calibration.problem import Problem

Floats = npt.NDArray[np.float64]
CUTOFF = 3.0
"""Standard deviations (Pukelsheim 1994: 95 percent of any distribution with one peak lie within)."""
EDGE = 1e-4
DEGREES, RUNS_OF_EACH = (4, 3, 2), 5
"""Of the polynomial, the highest first that leaves so many runs for each of its coefficients, or else the last."""
CROWD, MOVES, LEVELS = 2000, 12, 60
"""Points that look for what is left, steps of each at a level, and levels after which they stop."""


@dataclass(frozen=True)
class Emulator:
    """What the errors at a point would be.

    Attributes:
        problem: what was asked.
        fitted: the polynomial.
        targets: of which there is something to say: their errors differ.
        aim: the errors to come close to.
        sd: of what a run lies off, on runs that were left out of the fit.
        explained: the share of the variance of each target's errors that it explains on such runs.
    """

    problem: Problem = field(repr=False)
    fitted: Pipeline = field(repr=False)
    targets: Sequence[str]
    aim: Floats
    sd: Floats
    explained: Floats

    def implausibility(self, places: Floats) -> Floats:
        """By point, how many standard deviations the farthest target lies off; points x parameters."""
        said = np.asarray(self.fitted.predict(along(self.problem, places))).reshape(len(places), -1)
        return np.asarray((np.abs(said - self.aim) / self.sd).max(axis=1))


@dataclass(frozen=True)
class Left:
    """What of the prior is left.

    Attributes:
        emulators: by which points were ruled out, each with the standard deviations that it was held to.
        share: of the prior that is left.
    """

    emulators: tuple[tuple[Emulator, float], ...] = ()
    share: float = 1.0

    def off(self, places: Floats) -> Floats:
        """How implausible points are to the emulator that likes each least; what is left is at most 1."""
        if not self.emulators:
            return np.zeros(len(places))
        return np.max([one.implausibility(places) / cutoff for one, cutoff in self.emulators], axis=0)

    def has(self, places: Floats) -> npt.NDArray[np.bool_]:
        """Which points are left."""
        return self.off(places) <= 1.0


def along(problem: Problem, places: Floats) -> Floats:
    """Places as the model is likely to see them: normal scores of a normal prior, and of others as they are."""
    normal = [prior.distribution == "normal" for prior in problem.priors.values()]
    return np.where(normal, ndtri(np.clip(places, EDGE, 1.0 - EDGE)), places)


def degree(runs: int, parameters: int) -> int:
    """Of the polynomial.

    >>> degree(1000, 4), degree(1000, 8), degree(1000, 15)
    (4, 3, 2)
    """
    return next((one for one in DEGREES if RUNS_OF_EACH * comb(parameters + one, one) <= runs), DEGREES[-1])


def emulator(runs: pd.DataFrame, problem: Problem) -> Emulator | None:
    """The emulator of some runs (columns ``place.NAME``, ``error.NAME``); None where no error differs, or runs are few.

    Its error is found by leaving out a fifth of the runs in turn.
    """
    told = [name for name in problem.aim if runs[f"error.{name}"].std() > 0.0]
    if not told or len(runs) < 2 * len(problem.priors) + 10:
        return None
    x = along(problem, runs[[f"place.{name}" for name in problem.priors]].to_numpy())
    y = runs[[f"error.{name}" for name in told]].to_numpy()
    shape = make_pipeline(StandardScaler(), PolynomialFeatures(degree(*x.shape)), Ridge(alpha=0.1))
    off = y - cross_val_predict(shape, x, y, cv=5).reshape(y.shape)
    aim = np.array([problem.aim[name] for name in told])
    return Emulator(problem, shape.fit(x, y), told, aim, off.std(axis=0), 1.0 - off.var(axis=0) / y.var(axis=0))


def narrowed(left: Left, found: Emulator, parameters: int, count: int, seed: Sequence[int]) -> tuple[Left, Floats]:
    """What is left if one more emulator has its say, and points of it, each as likely as any other.

    A crowd of points of the prior is held to an ever stricter implausibility, half of it at each level; those that are
    left take the places of the others, and move within the level by the differences of two others (subset simulation,
    Au and Beck 2001; ter Braak 2006). Where no point comes within a standard deviation of the record, the cutoff is
    that much farther out: then the nearest is what is left.

    Returns:
        What is left, and ``count`` points of it.
    """
    rng = np.random.default_rng(list(seed))
    crowd = rng.random((max(count, CROWD), parameters))
    share = 1.0
    for _ in range(LEVELS):
        there = found.implausibility(crowd)[left.has(crowd)]
        cutoff = CUTOFF + max(0.0, float(there.min()) - 1.0) if len(there) else CUTOFF
        held = _Held(left, found, cutoff)
        off = held(crowd)
        level = max(1.0, float(np.median(off)))
        share *= float((off <= level).mean())
        taken = rng.choice(np.flatnonzero(off <= level), len(crowd))
        crowd = _stirred(crowd[taken], held, level, MOVES if level > 1.0 else 5 * MOVES, rng)
        if level <= 1.0:
            break
    return Left((*left.emulators, (found, cutoff)), share), crowd[rng.permutation(len(crowd))[:count]]


@dataclass(frozen=True)
class _Held:
    """How far points are from being left, if one more emulator has its say up to a cutoff; at most 1 is left."""

    left: Left
    found: Emulator
    cutoff: float

    def __call__(self, places: Floats) -> Floats:
        return np.maximum(self.left.off(places), self.found.implausibility(places) / self.cutoff)


def _stirred(
    crowd: Floats, held: Callable[[Floats], Floats], level: float, moves: int, rng: np.random.Generator
) -> Floats:
    """The points after some steps, none of them beyond the level or the prior."""
    width = 2.38 / np.sqrt(2.0 * crowd.shape[1])
    for _ in range(moves):
        one, other = rng.permutation(len(crowd)), rng.permutation(len(crowd))
        far = width * rng.choice([0.2, 0.5, 1.0], len(crowd))[:, np.newaxis]
        tried = crowd + far * (crowd[one] - crowd[other]) + rng.normal(0.0, 1e-4, crowd.shape)
        allowed = ((tried > 0.0) & (tried < 1.0)).all(axis=1)
        there = np.full(len(crowd), np.inf)
        if allowed.any():
            there[allowed] = held(tried[allowed])
        moved = there <= level
        crowd = np.where(moved[:, np.newaxis], tried, crowd)
    return crowd
