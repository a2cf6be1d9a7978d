"""Zero tolerance and the limits nobody asked about: what the beds, the clocks and the records made of it."""

from datetime import date

import pandas as pd

from experiments.border.names import stations_of_reunion
from experiments.parallel import Progress, one_of
from model import BureaucracyModel
from model.record.separations import separated

SCENARIO, NOTICED, UNTIL = "zero-tolerance-2018", "zt-noticed", date(2018, 10, 31)
BEDS = "marshals-beds"


def limits(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """Children separated, who saw their parent again at the station, and how full the Marshals' beds were.

    Returns:
        ``station``: share of the separated children who were back with their family at the station; ``reunited``: share
        reunited by the end of October 2018; ``beds``: beds in use in the fullest week, as a share of those there were;
        ``noticed``: the same had every agency had ninety days' notice and what the plan needs.
    """
    figures: dict[str, float] = {}
    for at, scenario in enumerate((SCENARIO, NOTICED)):
        model = BureaucracyModel(scenario, scale, seed, until=UNTIL).run(one_of(progress, at, 2))
        if scenario == SCENARIO:
            apart = separated(model)
            back = {"station": apart["at"].isin(stations_of_reunion(model.world)), "reunited": apart["reunited"]}
            figures |= {key: float(rows.mean()) if len(apart) else float("nan") for key, rows in back.items()}
        figures["beds" if scenario == SCENARIO else "noticed"] = fullest(model.recorder.resource_table(), BEDS)
    return figures


def fullest(resources: pd.DataFrame, what: str) -> float:
    """Use of a resource over what there is of it, all areas together, in the week in which it is highest.

    >>> day = pd.to_datetime(["2018-05-06", "2018-05-06", "2018-05-13"])
    >>> table = pd.DataFrame({"day": day, "what": "beds", "amount": [10, 30, 40], "used": [5, 25, 44]})
    >>> fullest(table, "beds")
    1.1
    """
    weeks = resources[resources["what"] == what].groupby("day")[["used", "amount"]].sum()
    return float((weeks["used"] / weeks["amount"]).max())
