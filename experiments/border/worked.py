"""A small border for the worked numbers of the measures, and for their tests: tables such as a run has, made by hand.

Ten adults alone and four parents are apprehended in May, all but a few of them in Tucson; other agencies bring three
felons. Two children are separated.
"""

import re

import pandas as pd

FLAGS = {"true": True, "false": False}


def table(head: str, *rows: str) -> pd.DataFrame:
    """A table from words, with two spaces or more between the columns.

    Numbers, dates (2018-05-01), ``true`` and ``false`` are what they look like; ``-`` is missing.

    >>> made = table("day  what  cases", "2018-05-01  not reached  3", "2018-05-02  -  4")
    >>> made["day"].dt.day.tolist(), made["what"].isna().tolist(), int(made["cases"].sum())
    ([1, 2], [False, True], 7)
    """
    cells = [[None if cell == "-" else cell for cell in re.split(r"\s{2,}", row.strip())] for row in rows]
    return pd.DataFrame(cells, columns=head.split(), dtype=object).apply(_typed)


def _typed(column: pd.Series) -> pd.Series:
    known = column.dropna()
    if known.isin(list(FLAGS)).all():
        return column.map(FLAGS)
    if known.str.fullmatch(r"\d{4}-\d\d-\d\d").all():
        return pd.to_datetime(column).astype("datetime64[s]")
    number = pd.to_numeric(column, errors="coerce")
    return column if number[known.index].isna().any() else number


def paths() -> pd.DataFrame:
    """Whom was decided on, and what became of them (`model.record.paths`)."""
    return table(
        "month  stage  area  mix  youngest_child  serious  outcome  to  reason  cases",
        # Ten adults alone: five are processed, one file could not be prepared, four are referred.
        "2018-05-01  referral    Tucson  adults       none      false  favourable    handed-to-ice   metrics    4",
        "2018-05-01  referral    Tucson  adults       none      true   favourable    handed-to-ice   metrics    1",
        "2018-05-01  referral    Tucson  adults       none      false  unfavourable  handed-to-ice   capacity   1",
        "2018-05-01  referral    Tucson  adults       none      false  unfavourable  acceptance      culture    3",
        "2018-05-01  referral    Tucson  adults       none      true   unfavourable  felony          severity   1",
        # Four parents: two are processed as the law demands, two are referred.
        "2018-05-01  referral    Tucson  families     under 5   false  favourable    family-custody  law        2",
        "2018-05-01  referral    Tucson  families     5 to 9    false  unfavourable  acceptance      directive  2",
        # Of three adults one is declined, one finds no slot in court, one is accepted; so are both parents.
        "2018-05-01  acceptance  Tucson  adults       none      false  favourable    handed-to-ice   equities   1",
        "2018-05-01  acceptance  Tucson  adults       none      false  unfavourable  handed-to-ice   capacity   1",
        "2018-05-01  acceptance  Tucson  adults       none      false  unfavourable  court           severity   1",
        "2018-05-01  acceptance  Tucson  families     5 to 9    false  unfavourable  court           directive  2",
        # One felon of the Border Patrol's and three of other agencies stand in line; one of these waits too long.
        "2018-05-01  felony      Tucson  adults       none      true   unfavourable  sentencing      severity   1",
        "2018-05-01  felony      Yuma    other-crime  none      false  unfavourable  sentencing      culture    2",
        "2018-05-01  felony      Yuma    other-crime  none      true   unfavourable  sentencing      severity   1",
        "2018-06-01  felony      Yuma    other-crime  none      true   not reached   declined        time       1",
        # In court one parent has served the time, one goes to jail.
        "2018-05-01  court       Tucson  families     5 to 9    false  favourable    after-court     equities   1",
        "2018-05-01  court       Tucson  families     5 to 9    false  unfavourable  sentencing      culture    1",
        "2018-06-01  sentencing  Tucson  families     5 to 9    false  unfavourable  after-court     severity   1",
        # A child is released from care.
        "2018-06-01  directors-review  Tucson  children  5 to 9  false  favourable  released-to-sponsor  culture  1",
    )


def separated() -> pd.DataFrame:
    """Two children: one back at the station after a day, one with ORR after two and with a sponsor after forty."""
    return table(
        "area    age  separated   handed      hours  left        at                   reunited  days_apart",
        "Tucson  7    2018-05-10  -           -      2018-05-11  reunited-at-station  true      1",
        "Tucson  4    2018-05-20  2018-05-22  48     2018-06-29  released-to-sponsor  false     226",
    )


def resources() -> pd.DataFrame:
    """Ten Marshals beds in Arizona over two weeks, the second with three too many; a hundred attorney hours a week."""
    return table(
        "day         what            kind     area  amount  used  over  days  days_over",
        "2018-05-27  marshals-beds   stock    DAZ   10      8     0     56    0",
        "2018-05-27  attorney-hours  flow     DAZ   100     70    0     0     0",
        "2018-06-03  marshals-beds   stock    DAZ   10      13    3     91    21",
        "2018-06-03  attorney-hours  flow     DAZ   100     140   40    0     0",
        "2018-06-03  felony          waiting  -     -       4     0     0     0",
    )


def breaches() -> pd.DataFrame:
    """Five children beyond the 72 hours in Tucson on a Friday, and two on the day after."""
    return table(
        "day         clock              area    persons",
        "2018-06-01  children-72-hours  Tucson  5",
        "2018-06-02  children-72-hours  Tucson  2",
    )
