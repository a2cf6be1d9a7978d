"""Calibrations: what is believed of parameters before the facts speak, and which facts may speak."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from model.schema.quantity import pair
from model.schema.refused import Day, Name, Source, Strict, one_of, refused

DISTRIBUTIONS = ("uniform", "log-uniform", "normal")


class Prior(Strict):
    """What is believed of a parameter before the model is held against the facts.

    Attributes:
        title: what the parameter is, in words.
        moves: paths as ``--set`` takes them; several get the same value.
        distribution: ``uniform``, ``log-uniform`` (alike likely to be doubled as to be halved), or ``normal``, cut off at
            the bounds.
        bounds: the lowest and the highest value that is tried.
        middle, sd: of a normal distribution, and of no other.
        source: where the belief comes from; never the facts to which the parameter is then fitted.
    """

    title: str
    moves: list[str] = Field(min_length=1)
    distribution: Annotated[str, one_of("distribution", DISTRIBUTIONS)] = "uniform"
    bounds: Annotated[tuple[float, float], BeforeValidator(pair)]
    middle: float | None = None
    sd: float | None = Field(None, gt=0.0)
    source: Source

    @model_validator(mode="after")
    def _is_a_distribution(self) -> Self:
        low, high = self.bounds
        if low >= high:
            raise refused("bounds that hold nothing", key="bounds", found=[low, high], allowed="the lower one first")
        if self.distribution == "log-uniform" and low <= 0.0:
            raise refused("no logarithm of this bound", key="bounds", found=low, allowed="above 0")
        for key in ("middle", "sd"):
            given = getattr(self, key)
            if (given is not None) != (self.distribution == "normal"):
                what = "a normal distribution has both middle and sd, and no other has either"
                raise refused(what, key=key, found=given, allowed="middle and sd with distribution = 'normal'")
        if self.middle is not None and not low <= self.middle <= high:
            raise refused("a middle out of bounds", key="middle", found=self.middle, allowed=f"{low:g} to {high:g}")
        return self


class Calibration(Strict):
    """Some parameters, and the facts that they are fitted to.

    Attributes:
        title: what is fitted.
        scenario: the one whose runs are held against the facts.
        until: the last day that the facts speak of; later ones are not run.
        scale: the smallest share of the real system at which the facts can be read off a run.
        facts: ids of ``evidence.csv``, all of them for fitting (``fit``).
        priors: the parameters, by a short name.
    """

    title: str
    scenario: str
    until: Day
    scale: float = Field(gt=0.0, le=1.0)
    facts: list[str] = Field(min_length=1)
    priors: dict[Name, Prior] = Field(min_length=1)
