"""What varies: one parameter or lever, and the values that it takes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
import scipy
from pydantic import BeforeValidator, Field, model_validator

from model.schema.validators import Strict, refused

Floats = npt.NDArray[np.float64]
DIGITS = 10
"""Significant digits of a value that was drawn: enough for any purpose, and alike on every machine."""


def plain(value: Any) -> Any:
    """A value of a plan as the world's settings have it: a date is its text.

    Raises:
        PydanticCustomError: a time or a table.

    >>> plain([date(2012, 12, 21), "soft", True])
    ['2012-12-21', 'soft', True]
    """
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime | time | dict):
        what = "a table" if isinstance(value, dict) else "a time, not a date"
        raise refused(what, found=value, allowed="numbers, texts, true and false, dates such as 2012-12-21, lists")
    return value.isoformat() if isinstance(value, date) else value


Plain = Annotated[Any, BeforeValidator(plain)]


class Varied(Strict):
    """One entry of a plan's ``vary``.

    Attributes:
        range: the lowest and the highest value; that of the world, unless given.
        values: instead, the values one by one: numbers, texts, true and false, dates, lists.
        distribution: within the range.
        mode: of ``triangular``.
        mean, sd: of ``normal``, which is cut off at the range.
        group: of a ``sobol`` design: parameters of one group are moved together and share their indices.
    """

    range: list[float] | None = Field(None, min_length=2, max_length=2)
    values: list[Plain] | None = Field(None, min_length=1)
    distribution: Literal["uniform", "log-uniform", "triangular", "normal"] | None = None
    mode: float | None = None
    mean: float | None = None
    sd: float | None = Field(None, gt=0.0)
    group: str | None = Field(None, min_length=1, max_length=80)

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if self.values is not None:
            for key in ("range", "distribution", "mode", "mean", "sd"):
                if getattr(self, key) is not None:
                    raise refused("either values or a range with its distribution", key=key, allowed="one of the two")
            if len({repr(value) for value in self.values}) < len(self.values):
                raise refused("a value given twice", key="values", found=self.values)
        if self.range is not None and not self.range[0] < self.range[1]:
            raise refused("an empty range", key="range", found=self.range, allowed="the lower value first")
        for key, kind in (("mode", "triangular"), ("mean", "normal"), ("sd", "normal")):
            if (getattr(self, key) is not None) != (self.distribution == kind):
                what = f"a {kind} distribution needs it" if self.distribution == kind else f"only for {kind}"
                raise refused(what, key=key, found=getattr(self, key), allowed="a number")
        return self


@dataclass(frozen=True)
class Factor:
    """A parameter that varies, with all that a design needs to know of it.

    Attributes:
        path: where it stands in the world.
        low, high: the range; of ``values``, the first and the last place.
        values: the values one by one, if they are given so; numbers from the lowest up.
        distribution, shape: within the range; ``shape`` is the mode, or the mean and the standard deviation.
        own: the world's own value.
        group: the name under which it is moved together with others, if it is.
    """

    path: str
    low: float
    high: float
    values: tuple[Any, ...] | None = None
    distribution: str = "uniform"
    shape: tuple[float, ...] = ()
    own: Any = None
    group: str | None = None

    @property
    def name(self) -> str:
        """Its group, or its path where it is moved alone."""
        return self.group or self.path

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.values is None or all(_is_number(value) for value in self.values)

    @property
    def switch(self) -> bool:
        """Whether its values are true and false."""
        return self.values is not None and all(isinstance(value, bool) for value in self.values)

    def at(self, units: npt.ArrayLike) -> Floats:
        """Quantiles: for each number from 0 to 1, the value there, or its place among ``values``.

        >>> Factor("rule.metrics", 0.5, 2.5).at([0.0, 0.25, 1.0]).tolist()
        [0.5, 1.0, 2.5]
        >>> Factor("world.flag", 0, 1, values=(False, True)).at([0.0, 0.49, 0.5, 1.0]).tolist()
        [0.0, 0.0, 1.0, 1.0]
        """
        u = np.asarray(units, dtype=np.float64)
        if self.values is not None:
            return np.minimum(np.floor(u * len(self.values)), len(self.values) - 1)
        drawn = np.clip(self._law().ppf(u), self.low, self.high)
        return np.array([float(f"{value:.{DIGITS}g}") for value in drawn.ravel()]).reshape(u.shape)

    def unit(self, value: Any) -> float:
        """Where a value lies, from 0 to 1: the inverse of `at`.

        >>> Factor("rule.metrics", 0.5, 2.5).unit(1.0)
        0.25
        >>> Factor("world.flag", 0, 1, values=(False, True)).unit(True)
        1.0
        """
        if self.values is not None:
            return float(self.grid(0)[self.values.index(value)])
        return float(self._law().cdf(value))

    def grid(self, levels: int) -> Floats:
        """The numbers from 0 to 1 at which ``levels`` values of the range lie, or all ``values``."""
        return np.linspace(0.0, 1.0, levels if self.values is None else len(self.values))

    def _law(self) -> Any:
        return _law(self.distribution, self.low, self.high, self.shape)


@lru_cache(maxsize=256)
def _law(distribution: str, low: float, high: float, shape: tuple[float, ...]) -> Any:
    width = high - low
    if distribution == "log-uniform":
        return scipy.stats.loguniform(low, high)
    if distribution == "triangular":
        return scipy.stats.triang((shape[0] - low) / width, low, width)
    if distribution == "normal":
        mean, sd = shape
        return scipy.stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)
    return scipy.stats.uniform(low, width)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
