"""Priors as ways from the unit interval to a parameter: a parameter is tried by its place among its prior's values.

A place of 0.5 is the prior's median, whatever its distribution. So all parameters are on one scale, and a posterior
that says nothing is as wide in its places as the prior: uniform, with variance 1/12.
"""

from collections.abc import Mapping

from experiments.sweep.factors import Factor
from model.schema import Prior

Places = Mapping[str, float]
PRIOR_VARIANCE = 1.0 / 12.0


def factor(prior: Prior) -> Factor:
    """A prior as what varies in a sweep varies: with its quantiles (``at``) and their inverse (``unit``).

    >>> prior = Prior(title="t", moves=["rule.metrics"], range=(0.5, 50), distribution="log-uniform", source="B02")
    >>> factor(prior).at(0.5).item(), round(factor(prior).unit(5.0), 6)
    (5.0, 0.5)
    """
    shape = () if prior.mean is None or prior.sd is None else (prior.mean, prior.sd)
    return Factor(prior.moves[0], *prior.range, distribution=prior.distribution, shape=shape)


def settings_at(priors: Mapping[str, Prior], places: Places) -> dict[str, float]:
    """The settings (path to value) of one point: each prior at its place, in all that it moves."""
    return {path: factor(prior).at(places[name]).item() for name, prior in priors.items() for path in prior.moves}
