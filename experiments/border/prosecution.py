"""From apprehension to court: what became of people, and what decided it.

Each measure takes the table ``paths`` of a run (`model.record.paths`) and returns the rows that it counts; `count` adds
up their ``cases``. Counts are those of the run: divided by its scale they are those of the real system. A month is that
of the decision, a day or two after the apprehension. The worked numbers are those of `experiments.border.worked.paths`.
"""

import numpy as np
import pandas as pd

from experiments.border.names import ATTORNEYS, BEFORE_COURT, COURT, FELONIES, OTHER, REFERRAL, SENTENCE, hours_a_case
from model.schema import World

TO_COURT = (COURT, SENTENCE)
KINDS = ("misdemeanour", "re-entry", "other crime")
"""Illegal entry; a felony of somebody apprehended at the border; a felony that another agency brings."""


def count(rows: pd.DataFrame) -> int:
    """Persons in some rows: ``sum of cases``."""
    return int(rows["cases"].sum())


def apprehended(paths: pd.DataFrame) -> pd.DataFrame:
    """All on whom the Border Patrol decided: ``processed + unprepared + referred``.

    Of the adults alone 5 + 1 + 4, of the parents 2 + 0 + 2.

    >>> from experiments.border.worked import paths
    >>> count(apprehended(paths()))
    14
    """
    return paths[paths["stage"] == REFERRAL]


def processed(paths: pd.DataFrame) -> pd.DataFrame:
    """Handled without a referral, by judgment or by law: 4 + 1 adults alone and 2 parents.

    >>> from experiments.border.worked import paths
    >>> count(processed(paths()))
    7
    """
    return paths[(paths["stage"] == REFERRAL) & (paths["outcome"] == "favourable")]


def unprepared(paths: pd.DataFrame) -> pd.DataFrame:
    """To be referred, but the station could not prepare another file that day.

    >>> from experiments.border.worked import paths
    >>> count(unprepared(paths()))
    1
    """
    return paths[(paths["stage"] == REFERRAL) & (paths["outcome"] == "unfavourable") & ~paths["to"].isin(ATTORNEYS)]


def referred(paths: pd.DataFrame) -> pd.DataFrame:
    """Referred to an attorney: 3 adults alone for a misdemeanour, 1 for a felony, and 2 parents.

    >>> from experiments.border.worked import paths
    >>> count(referred(paths()))
    6
    """
    return paths[(paths["stage"] == REFERRAL) & paths["to"].isin(ATTORNEYS)]


def accepted(paths: pd.DataFrame) -> pd.DataFrame:
    """Accepted by an attorney: with hours and a slot in court, or, for a felony, in line for the hours.

    1 adult alone and 2 parents for a misdemeanour, 1 adult and 3 of other agencies' for a felony.

    >>> from experiments.border.worked import paths
    >>> count(accepted(paths()))
    7
    """
    return paths[paths["stage"].isin(ATTORNEYS) & paths["to"].isin(TO_COURT)]


def declined(paths: pd.DataFrame) -> pd.DataFrame:
    """Declined by an attorney, by judgment or by law.

    >>> from experiments.border.worked import paths
    >>> count(declined(paths()))
    1
    """
    return paths[paths["stage"].isin(ATTORNEYS) & (paths["outcome"] == "favourable")]


def short(paths: pd.DataFrame) -> pd.DataFrame:
    """Not declined by judgment, but for want of an attorney's hours or of a slot in court.

    >>> from experiments.border.worked import paths
    >>> count(short(paths()))
    1
    """
    unfavourable = paths["stage"].isin(ATTORNEYS) & (paths["outcome"] == "unfavourable")
    return paths[unfavourable & ~paths["to"].isin(TO_COURT)]


def not_reached(paths: pd.DataFrame) -> pd.DataFrame:
    """Time ran out before an attorney got to them, at the desk or in line for hours.

    >>> from experiments.border.worked import paths
    >>> count(not_reached(paths()))
    1
    """
    return paths[paths["stage"].isin(ATTORNEYS) & (paths["outcome"] == "not reached")]


def turned_down(paths: pd.DataFrame) -> pd.DataFrame:
    """Not prosecuted though an attorney had the file: ``declined + short + not_reached``.

    Their ``reason`` is the term of the decision that weighed most, or ``law``, ``capacity``, ``time``.

    >>> from experiments.border.worked import paths
    >>> turned_down(paths()).groupby("reason")["cases"].sum().to_dict()
    {'capacity': 1, 'equities': 1, 'time': 1}
    """
    return paths[paths["stage"].isin(ATTORNEYS) & ~paths["to"].isin(TO_COURT)]


def prosecuted(paths: pd.DataFrame) -> pd.DataFrame:
    """``accepted - those of them who then waited too long``, with their ``kind`` (`KINDS`).

    Who waits too long in the line for an attorney's hours is taken off, as -1 case, in the month in which time ran out:
    here one of the three whom other agencies brought.

    >>> from experiments.border.worked import paths
    >>> prosecuted(paths()).groupby("kind")["cases"].sum().to_dict()
    {'misdemeanour': 3, 'other crime': 2, 're-entry': 1}
    """
    lapsed = not_reached(paths)
    lapsed = lapsed[lapsed["stage"] == FELONIES]
    rows = pd.concat([accepted(paths), lapsed.assign(cases=-lapsed["cases"])], ignore_index=True)
    felony, other = rows["stage"] == FELONIES, rows["mix"] == OTHER
    return rows.assign(kind=np.select([felony & other, felony], [KINDS[2], KINDS[1]], KINDS[0]))


def share_of_other_crime(by_kind: pd.DataFrame) -> pd.Series:
    """``prosecutions of other crime / all prosecutions``, row by row; missing where nobody is prosecuted.

    Args:
        by_kind: prosecutions, with a column for each of `KINDS`.

    >>> share_of_other_crime(pd.DataFrame({"misdemeanour": [3], "re-entry": [1], "other crime": [2]})).round(4).tolist()
    [0.3333]
    """
    everybody = by_kind[list(KINDS)].sum(axis=1)
    return by_kind[KINDS[2]] / everybody.where(everybody > 0)


def missed(paths: pd.DataFrame) -> pd.DataFrame:
    """Serious offenders who left the way to court: processed, unprepared, declined, short, or not reached.

    Serious is a conviction of level 2 (a felony) or graver, or a gang. One adult was processed, and one felon of
    another agency's was not reached.

    >>> from experiments.border.worked import paths
    >>> count(missed(paths()))
    2
    """
    left = paths["stage"].isin(BEFORE_COURT) & ~paths["to"].isin([*ATTORNEYS, *TO_COURT])
    return paths[left & paths["serious"].astype(bool)]


def time_served(paths: pd.DataFrame) -> pd.DataFrame:
    """Sentenced to no more than the time they had been held, at the first hearing or at a later one.

    >>> from experiments.border.worked import paths
    >>> count(time_served(paths()))
    1
    """
    return paths[paths["stage"].isin(TO_COURT) & (paths["outcome"] == "favourable")]


def jailed(paths: pd.DataFrame) -> pd.DataFrame:
    """Sentenced to a term beyond the time they had been held.

    >>> from experiments.border.worked import paths
    >>> count(jailed(paths()))
    1
    """
    return paths[(paths["stage"] == SENTENCE) & (paths["outcome"] == "unfavourable")]


def attorney_hours(paths: pd.DataFrame, world: World) -> pd.DataFrame:
    """Prosecutions with the ``hours`` of attorneys that they take: ``cases * hours of such a case in such a sector``.

    Three misdemeanours in Tucson at 4 hours each:

    >>> from experiments.border.worked import paths
    >>> from model import load
    >>> float(attorney_hours(paths(), load()).groupby("kind")["hours"].sum()["misdemeanour"])
    12.0
    """
    rows = prosecuted(paths)
    places = rows[["stage", "mix", "area"]].astype(str)
    takes = {tuple(one): hours_a_case(world, *one) for one in places.drop_duplicates().itertuples(index=False)}
    each = np.array([takes[tuple(one)] for one in places.itertuples(index=False)], dtype=np.float64)
    return rows.assign(hours=rows["cases"] * each)
