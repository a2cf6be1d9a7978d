"""Calibrations: what is believed of parameters before the facts speak, and which facts may speak."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from model.schema.quantity import pair
from model.schema.validators import Day, Name, Source, Strict, not_empty, refused


class Prior(Strict):
    """What is believed of a parameter before the model is held against the facts.

    Attributes:
        title: what the parameter is, in words.
        moves: paths as ``--set`` takes them; several get the same value.
        distribution: ``uniform``, ``log-uniform`` (as likely doubled as halved), or ``normal``, cut off at the range.
        range: the lowest and the highest value that is tried.
        mean, sd: of a normal distribution, and of no other.
        source: where the belief comes from; never the facts to which the parameter is then fitted.
    """

    title: str
    moves: list[str] = Field(min_length=1)
    distribution: Literal["uniform", "log-uniform", "normal"] = "uniform"
    range: Annotated[tuple[float, float], BeforeValidator(pair)]
    mean: float | None = None
    sd: float | None = Field(None, gt=0.0)
    source: Source

    @model_validator(mode="after")
    def _is_a_distribution(self) -> Self:
        low, high = self.range
        if low >= high:
            raise refused("an empty range", key="range", found=[low, high], allowed="the lower value first")
        if self.distribution == "log-uniform" and low <= 0.0:
            raise refused("no logarithm of this value", key="range", found=low, allowed="above 0")
        for key in ("mean", "sd"):
            given = getattr(self, key)
            if (given is not None) != (self.distribution == "normal"):
                what = "a normal distribution needs it" if given is None else "only for normal"
                raise refused(what, key=key, found=given, allowed="a number, with distribution = 'normal'")
        return self


class Calibration(Strict):
    """Some parameters, and the facts that they are fitted to.

    Attributes:
        title: what is fitted.
        facts: ids of ``evidence.csv``, or of single patterns, all of them for fitting (``fit``).
        scale: the smallest share of the real system at which the facts can be read off a run.
        streams: what is run of the scenarios in which the facts are measured; without it, all that they watch.
        start: the first day that is run of them; without it, theirs.
        runs: of the model in the bank, from which everything is estimated (`experiments.calibration.bank`).
        priors: the parameters, by a short name.
    """

    title: str
    facts: list[str] = Field(min_length=1)
    scale: float = Field(gt=0.0, le=1.0)
    streams: Annotated[list[str], not_empty("stream")] | None = None
    start: Day | None = None
    runs: int = Field(ge=10, le=1_000_000)
    priors: dict[Name, Prior] = Field(min_length=1)
