"""Priors as ways from the unit interval to a parameter: every parameter is tried by its place among its prior's values.

A place of 0.5 is the prior's median, whatever its distribution. So all parameters are on one scale, and a posterior that
says nothing is as wide in its places as the prior: uniform, with variance 1/12.
"""

from collections.abc import Mapping
from math import exp, log

from scipy.stats import norm

from model.schema import Prior

Places = Mapping[str, float]
PRIOR_VARIANCE = 1.0 / 12.0


def value_at(prior: Prior, place: float) -> float:
    """The prior's quantile at a place between 0 and 1.

    >>> even = Prior(title="t", moves=["rule.peers"], bounds=(1, 100), source="assumed: an example")
    >>> orders = even.model_copy(update={"distribution": "log-uniform"})
    >>> bell = even.model_copy(update={"distribution": "normal", "middle": 50.5, "sd": 10})
    >>> [round(value_at(prior, 0.5), 6) for prior in (even, orders, bell)]
    [50.5, 10.0, 50.5]
    """
    low, high = prior.bounds
    if prior.distribution == "uniform":
        return low + place * (high - low)
    if prior.distribution == "log-uniform":
        return exp(log(low) + place * (log(high) - log(low)))
    middle, sd = _bell(prior)
    below, above = (float(norm.cdf(bound, middle, sd)) for bound in (low, high))
    return float(min(max(norm.ppf(below + place * (above - below), middle, sd), low), high))


def place_of(prior: Prior, value: float) -> float:
    """Where a value stands among the prior's: the inverse of `value_at`.

    >>> prior = Prior(title="t", moves=["rule.peers"], distribution="log-uniform", bounds=(1, 100), source="B02")
    >>> round(place_of(prior, 10.0), 6)
    0.5
    """
    low, high = prior.bounds
    if prior.distribution == "uniform":
        return (value - low) / (high - low)
    if prior.distribution == "log-uniform":
        return (log(value) - log(low)) / (log(high) - log(low))
    middle, sd = _bell(prior)
    below, here, above = (float(norm.cdf(at, middle, sd)) for at in (low, value, high))
    return (here - below) / (above - below)


def settings_at(priors: Mapping[str, Prior], places: Places) -> dict[str, float]:
    """The settings (path to value) of one point: each prior at its place, in all that it moves."""
    return {path: value_at(prior, places[name]) for name, prior in priors.items() for path in prior.moves}


def _bell(prior: Prior) -> tuple[float, float]:
    assert prior.middle is not None and prior.sd is not None  # a normal prior has both, or is refused as it is read
    return prior.middle, prior.sd
