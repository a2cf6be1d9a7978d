"""What the chart of a posterior draws."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import scipy

from experiments.calibration.posterior import Posterior
from experiments.calibration.priors import factor

POINTS = 81
INSIDE = 1e-9


def curves(posterior: Posterior) -> pd.DataFrame:
    """Prior and posterior along each parameter: ``parameter``, ``x``, ``log``, ``prior``, ``posterior``.

    The densities are along the axis that is drawn (of a log-uniform prior a logarithmic one), and scaled so that the
    higher of the posterior's and the prior's is 1.
    """
    tables = []
    for name, prior in posterior.priors.items():
        log = prior.distribution == "log-uniform"
        ends = np.log(prior.range) if log else np.array(prior.range)
        at = np.linspace(ends[0], ends[1], POINTS)
        values = posterior.points[name].to_numpy(dtype=np.float64)
        along = np.log(values) if log else values
        x = np.exp(at) if log else at
        places = np.array([factor(prior).unit(one) for one in np.clip(x, *prior.range)])
        before = np.gradient(places, at)
        after = _density(along, posterior.weights, at)
        top = max(before.max(), after.max())
        tables.append(
            pd.DataFrame({"parameter": name, "x": x, "log": log, "prior": before / top, "posterior": after / top})
        )
    return pd.concat(tables, ignore_index=True)


def marks(posterior: Posterior, points: Mapping[str, float], second: pd.DataFrame) -> pd.DataFrame:
    """One row a parameter: its summary, the ``point`` that a dashed line marks, and what another estimator says of it.

    Args:
        posterior: what is drawn.
        points: by parameter.
        second: as of `experiments.calibration.fitting.Second.intervals`; its columns come as ``second_low`` and so on.
    """
    summary = posterior.summary()
    other = second.set_index("parameter")[["low", "median", "high"]].add_prefix("second_")
    found = summary.assign(point=[points[name] for name in summary["parameter"]])
    return found.join(other, on="parameter")


def _density(along: np.ndarray, weights: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Density of weighted points, mirrored at the ends of the axis so that nothing is lost beyond them."""
    if np.ptp(along) < INSIDE:
        return np.where(np.abs(at - along[0]) == np.abs(at - along[0]).min(), 1.0, 0.0)
    kde = scipy.stats.gaussian_kde(along, weights=weights)
    return np.asarray(kde(at) + kde(2 * at[0] - at) + kde(2 * at[-1] - at))
