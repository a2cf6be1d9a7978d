"""The path of families, as links between what became of parents and what became of their children."""

from typing import NamedTuple

import pandas as pd

from experiments.border import children, prosecution
from experiments.border.account import Account
from experiments.border.names import PARENTS, stations_of_reunion
from experiments.border.year import MONTHS

APPREHENDED, REFERRED, PROSECUTED = "parents apprehended", "referred", "parents prosecuted"
SEPARATED, HANDED_OVER = "children separated", "handed to ORR"
TOGETHER, APART, BACK, ON_THE_WAY = "together", "apart", "back", "on the way"
"""What a place means for the family."""
SHARE = 0.25


class Link(NamedTuple):
    """From where to where how many go: ``out`` of the first place, ``into`` the second (of a parent, each child).

    ``fate`` is what the second place means for the family.
    """

    source: str
    target: str
    out: float
    into: float
    fate: str


def worst_months(one: Account) -> list[pd.Timestamp]:
    """The months in which at least a quarter as many children were separated as in the worst; else the last twelve.

    With 2, 890 and 620 children: the second and the third.

    >>> from types import SimpleNamespace
    >>> months = pd.to_datetime(["2018-04-01"] * 2 + ["2018-05-01"] * 890 + ["2018-06-01"] * 620)
    >>> [month.month for month in worst_months(SimpleNamespace(separated=pd.DataFrame({"month": months})))]
    [5, 6]
    """
    counts = one.separated["month"].value_counts()
    if counts.empty:
        return [pd.Timestamp(month) for month in sorted(one.paths["month"].unique())[-MONTHS:]]
    return sorted(pd.Timestamp(str(month)) for month in counts.index[counts >= SHARE * counts.max()])


def family_flow(one: Account, months: list[pd.Timestamp]) -> list[Link]:
    """What became, in some months, of parents, and of their children who were separated in them.

    Parents are counted by the month of each decision, so what comes to a place and what leaves it may differ by those
    under way at the ends; children by the month of the separation, and where they are when the watch ends. In figures
    of the real system; links that nobody took are left out.
    """
    rows = one.paths[(one.paths["mix"] == PARENTS) & one.paths["month"].isin(months)]
    links = []
    for source, target, part, fate in (
        (APPREHENDED, "processed", prosecution.processed(rows), TOGETHER),
        (APPREHENDED, "no file prepared in time", prosecution.unprepared(rows), TOGETHER),
        (APPREHENDED, REFERRED, prosecution.referred(rows), ON_THE_WAY),
        (REFERRED, "declined", prosecution.declined(rows), TOGETHER),
        (REFERRED, "no hours or no slot", prosecution.short(rows), TOGETHER),
        (REFERRED, "not reached", prosecution.not_reached(rows), TOGETHER),
        (REFERRED, PROSECUTED, prosecution.prosecuted(rows), APART),
    ):
        number = prosecution.count(part) / one.scale
        links.append(Link(source, target, number, number, fate))
    parents = links[-1].out
    links += _children(one, one.separated[one.separated["month"].isin(months)], parents)
    return [link for link in links if link.out > 0.0]


def _children(one: Account, rows: pd.DataFrame, parents: float) -> list[Link]:
    """Children who were separated, and where they are when the watch ends."""
    station = children.at_the_station(rows, stations_of_reunion(one.world))
    other = rows.drop(station.index)
    ordered, apart = other[other["reunited"].astype(bool)], children.still_apart(other)
    gone = apart[apart["left"].notna()]
    found = [Link(PROSECUTED, SEPARATED, parents if len(rows) else 0.0, len(rows) / one.scale, APART)]
    for source, target, part, fate in (
        (SEPARATED, "back at the station", station, BACK), (SEPARATED, HANDED_OVER, other, APART),
        (HANDED_OVER, "back by order", ordered, BACK), (HANDED_OVER, "left care, still apart", gone, APART),
        (HANDED_OVER, "still in care", apart.drop(gone.index), APART),
    ):  # fmt: skip
        found.append(Link(source, target, len(part) / one.scale, len(part) / one.scale, fate))
    return found
