"""How areas differ in their cases: the share of each around that of the mix as a whole."""

from collections.abc import Mapping

import numpy as np

from model.arithmetic import exp, log
from model.cases.draws import Floats, normals, purpose
from model.compiled import compiled_maker
from model.schema import Quantity

STEPS, ENOUGH = 60, 1e-14
"""Steps towards the share of the whole at most, and the log-odds below which a step is none."""


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
    return _around(p, apart, np.array(list(weights.values())) / sum(weights.values()))


@compiled_maker
def _around(p: float, apart: Floats, parts: Floats) -> Floats:
    """``sigmoid(b + apart)``, whose mean weighted by ``parts`` is ``p``: Newton's steps, halved where they leave."""
    low, high = log(p / (1.0 - p)) - apart.max(), log(p / (1.0 - p)) - apart.min()
    b = (low + high) / 2.0
    out = np.empty(apart.size, np.float64)
    for _ in range(STEPS):
        whole, slope = 0.0, 0.0
        for at in range(apart.size):
            out[at] = 1.0 / (1.0 + exp(-(b + apart[at])))
            whole += parts[at] * out[at]
            slope += parts[at] * out[at] * (1.0 - out[at])
        if whole < p:
            low = b
        else:
            high = b
        before = b
        b = before - np.divide(whole - p, slope)
        if not low < b < high:
            b = (low + high) / 2.0
        if abs(b - before) <= ENOUGH:
            break
    return out
