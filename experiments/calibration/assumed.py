"""What nobody has fitted: the foremost assumptions of a screening that its calibration leaves fixed, to be drawn.

Their points are spread evenly over their ranges, each range alike likely, and are stored as a posterior is
(`experiments.calibration.stored`): what varies a posterior varies these. No fact has narrowed them, so what comes of it
is what a result owes to the assumptions, and no more likely at one end than at the other.
"""

import pandas as pd

from experiments.calibration.posterior import WEIGHT, Posterior
from experiments.calibration.priors import factor, settings_at
from experiments.calibration.screening import FIRST, Screened
from experiments.calibration.setup import stamp
from experiments.calibration.stored import Stored
from experiments.sweep.designs import rows
from experiments.sweep.plan import Design
from model.errors import InputError
from model.schema import Prior
from model.world.loader import load
from model.world.settings import Settings

POINTS = 100


def assumed(found: Screened, world: str, *, points: int = POINTS, seed: int = 1) -> Stored | None:
    """The assumptions among the first twenty of a screening that its calibration does not vary, over their ranges.

    Args:
        found: the screening.
        world: that it is of.
        points: of a Latin hypercube; those that the world refuses are left out.
        seed: of the points.

    Returns:
        None if there is no such assumption, or the world takes no point.
    """
    first = found.table.head(FIRST)
    table = first[first["assumed"] & ~first["calibrated"] & first["effect"].gt(0.0)]
    priors = {
        row["parameter"]: Prior(title=row["parameter"], moves=[row["parameter"]], range=(row["low"], row["high"]),
                                source=row["source"])
        for row in table.to_dict("records")
    }  # fmt: skip
    if not priors:
        return None
    factors = [factor(prior) for prior in priors.values()]
    units = rows(Design(kind="latin-hypercube", samples=points), factors, seed)
    taken = [_takes(world, settings_at(priors, dict(zip(priors, unit.tolist(), strict=True)))) for unit in units]
    places = pd.DataFrame(units[taken], columns=list(priors)).assign(**{WEIGHT: 1.0 / max(sum(taken), 1)})
    about = {"calibration": found.calibration, "world": world, "stamp": stamp(world, found.calibration, [])}
    return Stored(Posterior.of_places(found.calibration, priors, places), about) if len(places) else None


def _takes(world: str, settings: Settings) -> bool:
    """Whether a world can have these values together."""
    try:
        load(world, settings)
    except InputError:
        return False
    return True
