"""Zero tolerance and the limits nobody asked about: what the beds, the clocks and the records made of it."""

from datetime import date

import pandas as pd

from experiments.border.names import COURT, SENTENCE, stations_of_reunion
from experiments.parallel import Progress
from model import BureaucracyModel
from model.record.separations import separated

SCENARIO, UNTIL = "zero-tolerance-2018", date(2018, 10, 31)
BEDS = "marshals-beds"
POLICY = pd.Timestamp("2018-05-01"), pd.Timestamp("2018-08-31")
"""The months in which the parents of those separated under the policy were sentenced."""


def limits(seed: int, scale: float, progress: Progress) -> dict[str, float]:
    """What became of the separated, and how full the Marshals' beds were.

    Returns:
        ``little-jail``: share of the prosecuted parents, May to August 2018, who were sentenced to little or no jail;
        ``station``: share of the separated children who were back with their family at the station; ``reunited``: share
        reunited by the end of October 2018; ``beds``: beds in use in the fullest week, as a share of those there were.
    """
    model = BureaucracyModel(SCENARIO, scale, seed, until=UNTIL).run(progress)
    apart = separated(model)
    back = {"station": apart["at"].isin(stations_of_reunion(model.world)), "reunited": apart["reunited"]}
    return {
        "little-jail": little_jail(model.recorder.paths.table()),
        **{key: float(rows.mean()) if len(apart) else float("nan") for key, rows in back.items()},
        "beds": fullest(model.recorder.resource_table(), BEDS),
    }


def little_jail(paths: pd.DataFrame) -> float:
    """Of the parents sentenced under the policy, the share with little or no jail; missing where none was.

    >>> may, june = pd.to_datetime(["2018-05-01", "2018-06-01"])
    >>> rows = [(may, "court", "favourable", 7), (may, "court", "unfavourable", 3),
    ...         (june, "sentencing", "favourable", 1), (june, "sentencing", "unfavourable", 2)]
    >>> little_jail(pd.DataFrame(rows, columns=["month", "stage", "outcome", "cases"]).assign(mix="families"))
    0.8
    """
    here = paths[(paths["mix"] == "families") & paths["month"].between(*POLICY)]
    at_once = here[(here["stage"] == COURT) & (here["outcome"] == "favourable")]["cases"].sum()
    later = here[(here["stage"] == SENTENCE) & here["outcome"].isin(["favourable", "unfavourable"])]
    let_go = later[later["outcome"] == "favourable"]["cases"].sum()
    of = at_once + later["cases"].sum()
    return float((at_once + let_go) / of) if of else float("nan")


def fullest(resources: pd.DataFrame, what: str) -> float:
    """Use of a resource over what there is of it, all areas together, in the week in which it is highest.

    >>> day = pd.to_datetime(["2018-05-06", "2018-05-06", "2018-05-13"])
    >>> table = pd.DataFrame({"day": day, "what": "beds", "amount": [10, 30, 40], "used": [5, 25, 44]})
    >>> fullest(table, "beds")
    1.1
    """
    weeks = resources[resources["what"] == what].groupby("day")[["used", "amount"]].sum()
    return float((weeks["used"] / weeks["amount"]).max())
