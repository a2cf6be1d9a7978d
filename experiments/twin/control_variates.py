"""Who happens to sit at the desks.

A seed draws officers as well as cases. In one replication the desks of a unit lean a little towards leniency, in the
next away from it, and a directive moves more or less by that alone. How far they lean is known before the first day,
and on average it is nothing: leanings are drawn around the one that the world's files give the unit.
"""

import numpy as np
import pandas as pd

from model import BureaucracyModel
from model.agencies.officers import cultures


def leanings(model: BureaucracyModel) -> pd.DataFrame:
    """How far the desks of each office lean beyond what the world gives their unit, in a model not yet begun.

    Returns:
        ``unit``, ``office`` (as ``unit: office``), ``share`` of the unit's cases that fall to the office, ``leaning``
        (mean of its desks, in log-odds, less the unit's orientation, or the office's own where the world's files give
        it one; its mean over all seeds is zero).
    """
    world, offices = model.world, model.offices
    units = [unit for agency in world.agencies.values() for unit in agency.units.values()]
    known = [
        (unit, office, weight, entry.local.get(office, culture.orientation).value)
        for unit, entry, culture in zip(world.units(), units, cultures(world), strict=True)
        for office, weight in world.offices_of(entry).items()
    ]
    weights = pd.DataFrame(known, columns=["unit", "office", "weight", "expected"])
    return pd.DataFrame(
        {
            "unit": weights["unit"],
            "office": weights["unit"] + ": " + weights["office"],
            "share": weights["weight"] / weights.groupby("unit")["weight"].transform("sum"),
            "leaning": np.bincount(model.desks.office, model.desks.orientation) / offices.size - weights["expected"],
        }
    )
