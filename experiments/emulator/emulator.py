"""The emulator of one directive in one scenario: what moving its fields would change, with the error of the answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from experiments.emulator.fitting import Fit
from experiments.sensitivity.surface import Term, as_columns
from experiments.sweep.factors import Factor, Floats
from model.errors import InputError

DIGITS = 5
"""Significant ones that are kept of a figure."""


@dataclass(frozen=True)
class Emulator:
    """A quadratic in the fields of a directive, fitted to pairs of worlds with and without it.

    All figures are shares of decisions.

    Attributes:
        scenario, directive: what is issued, and the one whose fields can be moved.
        agency, stage, cases: the decisions that it is of, as `experiments.mechanisms.pair_effects.effects` names them.
        inputs: what can be moved, each with its range and the value as issued.
        terms: of the quadratic, by the places of the inputs.
        fit: its coefficients and errors.
        issued: the shift as issued, mean of the replications.
        points, seeds, scale: of the pairs that it was fitted to.
    """

    scenario: str
    directive: str
    agency: str
    stage: str
    cases: str
    inputs: tuple[Factor, ...]
    terms: list[Term]
    fit: Fit
    issued: float
    points: int
    seeds: list[int]
    scale: float

    def change(self, moved: Mapping[str, object]) -> float:
        """By how much the shift would differ from the one as issued, if some fields are moved (path to value).

        Raises:
            InputError: a path that is no input, or a value outside the range that the emulator was fitted to.
        """
        known = {factor.path: factor for factor in self.inputs}
        for path in moved:
            if path not in known:
                raise InputError("the emulator has no such input", where="--set", found=path, known=list(known))
        values = [checked(factor, moved.get(path, factor.own)) for path, factor in known.items()]
        here, own = (as_columns(one[np.newaxis], self.terms)[0, 1:] for one in (coded(self.inputs, values), self.own))
        return float((here - own) @ self.fit.coefficients)

    @property
    def own(self) -> Floats:
        """The inputs as issued, from -1 to 1."""
        return coded(self.inputs, [factor.own for factor in self.inputs])

    @property
    def lucky(self) -> bool:
        """Whether random variation between replications is the larger part of its error."""
        return self.fit.luck**2 > 0.5 * self.fit.error**2


def coded(inputs: tuple[Factor, ...], values: list[object]) -> Floats:
    """Values of the inputs as numbers from -1 to 1."""
    return np.array([2.0 * factor.unit(value) - 1.0 for factor, value in zip(inputs, values, strict=True)])


def checked(factor: Factor, value: object) -> object:
    """A value that an input may take; InputError for any other.

    >>> checked(Factor("directives.memo.clarity", 0.0, 1.0), 0.2)
    0.2
    """
    where = f"--set {factor.path}"
    if factor.values is not None:
        if value not in factor.values:
            raise InputError("no such value", where=where, found=value, known=list(factor.values))
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not factor.low <= value <= factor.high:
        raise InputError(
            "outside what the emulator was fitted to", where=where, found=value,
            allowed=f"{factor.low:g} to {factor.high:g}",
        )  # fmt: skip
    return value


def plain(emulator: Emulator) -> dict[str, Any]:
    """An emulator as JSON has it, its figures in few digits."""
    told = asdict(emulator)
    told["fit"] = {name: _short(value) for name, value in told["fit"].items()}
    told["issued"] = _short(told["issued"])
    told["inputs"] = [{name: one[name] for name in ("path", "low", "high", "values", "own")} for one in told["inputs"]]
    return told


def _short(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_short(one) for one in value]
    return float(f"{value:.{DIGITS}g}")
