"""Children who were separated: how old, for how long, and who came back; and the legal limits on their time.

Each measure takes ``separated`` (one row a child) or ``breaches`` (one row a clock, sector and day) of a run
(`model.record.separations`). Counts are those of the run: divided by its scale they are those of the real system. The
worked numbers are those of `experiments.border.worked`.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from model.record.paths import BANDS

AGES = BANDS[1:]


def band(ages: pd.Series) -> pd.Series:
    """The band of each age, as in the table ``paths``.

    >>> band(pd.Series([0, 4, 5, 17])).tolist()
    ['under 5', 'under 5', '5 to 9', '10 to 17']
    """
    return pd.Series(np.array(AGES)[np.searchsorted((4, 9), ages.to_numpy(), side="left")], index=ages.index)


def hours_until_handed_over(separated: pd.DataFrame) -> float:
    """Median hours from separation until ORR has the child, of those handed over; to a day's precision.

    >>> from experiments.border.worked import separated
    >>> hours_until_handed_over(separated())
    48.0
    """
    return float(separated["hours"].median()) if separated["hours"].notna().any() else float("nan")


def at_the_station(separated: pd.DataFrame, stations: Collection[str]) -> pd.DataFrame:
    """Children whose parent was back before they had been handed over, reunited at one of the exits ``stations``.

    >>> from experiments.border.worked import separated
    >>> len(at_the_station(separated(), {"reunited-at-station"}))
    1
    """
    return separated[separated["at"].isin(list(stations))]


def still_apart(separated: pd.DataFrame) -> pd.DataFrame:
    """Children not back with the parent when the watch ends, wherever they are: with a sponsor, in care, at a station.

    >>> from experiments.border.worked import separated
    >>> len(still_apart(separated()))
    1
    """
    return separated[~separated["reunited"].astype(bool)]


def in_care(separated: pd.DataFrame, day: pd.Timestamp) -> int:
    """Separated children whom ORR has on a day: handed over by then, and not yet gone.

    >>> from experiments.border.worked import separated
    >>> [in_care(separated(), pd.Timestamp(day)) for day in ("2018-05-21", "2018-06-01", "2018-06-29")]
    [0, 1, 0]
    """
    there = (separated["handed"] <= day) & ~(separated["left"] <= day)
    return int(there.sum())


def days_past(breaches: pd.DataFrame, clock: str) -> int:
    """``sum of persons`` over days: each day that somebody is held beyond a limit counts once. Here 5 + 2.

    >>> from experiments.border.worked import breaches
    >>> days_past(breaches(), "children-72-hours")
    7
    """
    return int(breaches.loc[breaches["clock"] == clock, "persons"].sum())


def worst_breach(breaches: pd.DataFrame, clock: str) -> tuple[str, pd.Timestamp, int] | None:
    """The place, the day and the persons of the worst breach of a clock; none if it was kept.

    >>> from experiments.border.worked import breaches
    >>> place, day, persons = worst_breach(breaches(), "children-72-hours")
    >>> place, f"{day:%d %b %Y}", persons
    ('Tucson', '01 Jun 2018', 5)
    """
    rows = breaches[breaches["clock"] == clock]
    if rows.empty:
        return None
    worst = rows.nlargest(1, "persons").iloc[0]
    return str(worst["area"]), pd.Timestamp(worst["day"]), int(worst["persons"])


def stay(bed_days: float, leaving: float) -> float:
    """Mean days in care, ``bed-days / children who leave`` (Little's law), in a month or longer; missing if none leave.

    300,000 bed-days while 6,000 children leave:

    >>> stay(300_000, 6_000)
    50.0
    """
    return bed_days / leaving if leaving else float("nan")
