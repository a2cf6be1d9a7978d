"""Who happens to sit at the desks.

A seed draws officers as well as cases. In one replication the desks of a unit lean a little towards leniency, in the
next away from it, and a directive moves more or less by that alone. How far they lean is known before the first day,
and on average it is nothing: leanings are drawn around the one that the world's files give the unit.
"""

import numpy as np
import pandas as pd

from model import BureaucracyModel
from model.officers import cultures, office_names


def leanings(model: BureaucracyModel) -> pd.DataFrame:
    """How far the desks of each office lean beyond what the world gives their unit, in a model not yet begun.

    Returns:
        ``unit``, ``office`` (as ``unit: office``), ``share`` of the unit's cases that fall to the office, ``leaning``
        (mean of its desks, in log-odds, less the unit's orientation; its mean over all seeds is zero).
    """
    world, offices, seating = model.world, model.offices, model.seating
    orientation = np.array([culture.orientation.value for culture in cultures(world)])
    beyond = model.desks.orientation - orientation[model.desks.unit]
    names = office_names(world)
    areas = np.array(list(world.areas.values())) / sum(world.areas.values())
    own = np.diff(seating.cuts, axis=1, prepend=0.0)
    place = np.arange(len(names)) - seating.first[offices.unit]
    share = [
        areas[at] if seating.by_area[unit] else own[unit, at] for unit, at in zip(offices.unit, place, strict=True)
    ]
    return pd.DataFrame(
        {
            "unit": [unit for unit, _ in names],
            "office": [f"{unit}: {office}" for unit, office in names],
            "share": share,
            "leaning": np.bincount(model.desks.office, beyond) / offices.size,
        }
    )
