"""How areas differ in their cases: the share of each around that of the mix as a whole."""

from collections.abc import Mapping

import numpy as np

from model.arithmetic import exps, log
from model.cases.draws import Floats, normals, purpose
from model.schema import Quantity

HALVINGS = 60


def by_area(
    share: Quantity | None, spread: Quantity | None, what: str, weights: Mapping[str, float], seed: np.uint64
) -> Floats:
    """The share in each area: ``sigmoid(b + spread * N(area, what))``, with ``b`` such that the whole keeps its share.

    ``weights`` are the cases of each area; ``N`` belongs to the seed, the area and ``what`` differs, so that a place
    where lawyers are many has them in every mix. A share of 0 or 1 is that everywhere.

    >>> from model.schema import Quantity
    >>> half = Quantity(value=0.5, unit="share", source="assumed: one in two of them")
    >>> apart = Quantity(value=1.0, unit="sd", source="assumed: by one log-odds")
    >>> shares = by_area(half, apart, "lawyer", {"Atlanta": 1.0, "Miami": 1.0}, np.uint64(1))
    >>> bool(shares[0] != shares[1]), round(float(shares.mean()), 9)
    (True, 0.5)
    """
    p, sd = share.value if share else 0.0, spread.value if spread else 0.0
    if sd == 0.0 or p in (0.0, 1.0):
        return np.full(len(weights), p)
    keys = np.array([purpose("area", name) for name in weights], dtype=np.uint64)
    apart = sd * normals(seed, keys, purpose("docket", what))
    parts = np.array(list(weights.values())) / sum(weights.values())
    low, high = log(p / (1.0 - p)) - apart.max(), log(p / (1.0 - p)) - apart.min()
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if float((parts * _sigmoids(middle + apart)).sum()) < p:
            low = middle
        else:
            high = middle
    return _sigmoids(low + apart)


def _sigmoids(x: Floats) -> Floats:
    return 1.0 / (1.0 + exps(-x))
