"""Directives on a time axis: numbered lines, and a key that says what the numbers mean."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import altair as alt
import pandas as pd

from viz.charts.theme import INK, QUIET

LINE = 140
LETTER = 9
"""Pixels that a letter of a number takes."""
Directives = Sequence[Mapping[str, Any]]


def numbered(directives: Directives, first: pd.Timestamp, last: pd.Timestamp) -> list[dict[str, Any]]:
    """The directives that start within some days, with their ``number`` in the order of their dates.

    >>> two = [{"title": "Order", "start": "2018-06-20"}, {"title": "Memo", "start": "2018-04-06"}]
    >>> found = numbered(two, pd.Timestamp("2018-01-01"), pd.Timestamp("2018-12-31"))
    >>> [(one["number"], one["title"]) for one in found]
    [('1', 'Memo'), ('2', 'Order')]
    """
    issued = [one for one in directives if first <= pd.Timestamp(one["start"]) <= last]
    return [{"number": str(at), **one} for at, one in enumerate(sorted(issued, key=itemgetter("start")), start=1)]


def speaking(directives: Directives, agency: str, stage: str) -> list[Mapping[str, Any]]:
    """The directives that speak to a decision of an agency, at one of their ``stages`` or at all."""
    return [one for one in directives if agency in one["to"] and (not one["stages"] or stage in one["stages"])]


def key(directives: Directives) -> list[str]:
    """The numbered directives with their dates, in lines of even length; no directive is broken."""
    space = "\N{NO-BREAK SPACE}"
    texts = [f"{d['number']} {d['title']} ({date.fromisoformat(d['start']):%d %b %Y})" for d in directives]
    lines = textwrap.wrap(" · ".join(text.replace(" ", space) for text in texts), LINE, break_on_hyphens=False)
    return [line.removesuffix(" ·") for line in lines]


def together(directives: Directives, letter: float) -> pd.DataFrame:
    """Numbers that would stand on each other, as one; a letter of them takes so many days of the axis.

    >>> dates = ["2018-04-06", "2018-05-02", "2018-05-05", "2018-06-20"]
    >>> four = [{"number": str(at), "start": day} for at, day in enumerate(dates, start=1)]
    >>> together(four, letter=10)["number"].tolist()
    ['1', '2-3', '4']
    """
    groups: list[list[Mapping[str, Any]]] = []
    for one in directives:
        if groups and _days(groups[-1][0], one) < letter * (len(_label(groups[-1])) + 1):
            groups[-1].append(one)
        else:
            groups.append([one])
    table = pd.DataFrame({"number": map(_label, groups), "start": [group[0]["start"] for group in groups]})
    return table.astype({"start": "datetime64[s]"})


def _days(one: Mapping[str, Any], later: Mapping[str, Any]) -> int:
    return (date.fromisoformat(later["start"]) - date.fromisoformat(one["start"])).days


def _label(group: Sequence[Mapping[str, Any]]) -> str:
    """The numbers of a group: those that follow each other as one range.

    >>> _label([{"number": number} for number in ("2", "3", "4", "7")])
    '2-4,7'
    """
    ranges: list[list[int]] = []
    for number in (int(one["number"]) for one in group):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ",".join("-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in ranges)


def rules(directives: Directives) -> Any:
    """A dashed line at each directive."""
    table = pd.DataFrame([(one["title"], one["start"]) for one in directives], columns=["title", "start"])
    marks = alt.Chart(table.astype({"start": "datetime64[s]"})).mark_rule(color=QUIET, strokeDash=[4, 3])
    return marks.encode(x=alt.X("start:T"), tooltip=["title:N", "start:T"])


def labels(directives: Directives, first: pd.Timestamp, last: pd.Timestamp, width: float, above: bool = False) -> Any:
    """Their numbers at the top of a panel of some width, or above it; its axis goes from one day to another."""
    letter = LETTER * (last - first).days / width
    place: dict[str, Any] = {"baseline": "bottom", "dx": -3} if above else {"baseline": "top", "dx": 3}
    marks = alt.Chart(together(directives, letter)).mark_text(align="left", fontSize=13, color=INK, **place)
    return marks.encode(x=alt.X("start:T"), text="number:N", y=alt.value(-3 if above else 0))
