"""Persons counted once: how each left the system in either world, and what first parted their two ways.

A flip is a decision, and one person may meet several. Here each person counts once, by the exit at which they are when
the watch ends; whoever is still on the way is at no exit. So the persons moved, summed over causes, are the difference
between the exits of the two worlds, exactly.
"""

import numpy as np
import pandas as pd

from experiments.twin.flips import flips
from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT, WITH, WITHOUT
from experiments.twin.pairs import Pair

PERSON = ["mix", "number", "arrival"]
"""What tells a person from any other, in both worlds."""
ON_THE_WAY, NOT_COME = "on the way", "not come"
ONE_WORLD, TIME, ARRIVAL = "decided in one world", "time", "arrival"
"""Causes beside direct and ripple: a decision that one world alone made; the same decisions, on other days; and that
somebody came in one world alone."""


def persons(pair: Pair) -> pd.DataFrame:
    """One row a person who is elsewhere in the two worlds when the watch ends.

    Returns:
        ``mix``, ``number``, ``arrival``; ``from`` (without the directives) and ``to`` (with them): an exit,
        `ON_THE_WAY` or `NOT_COME`; ``cause``: that of the first decision which differs (``direct``, ``ripple``,
        `ONE_WORLD`), `TIME` where none does, `ARRIVAL` where the person came in one world alone.
    """
    sides = [_places(side.cases, list(pair.world.exits)) for side in (pair.without, pair.with_it)]
    both = sides[0].merge(sides[1], on=PERSON, how="outer", suffixes=(WITHOUT, WITH))
    both = both.rename(columns={"place" + WITHOUT: "from", "place" + WITH: "to"}).fillna(
        {"from": NOT_COME, "to": NOT_COME}
    )
    gone = both[both["from"] != both["to"]].merge(_first(pair), on=PERSON, how="left")
    alone = (gone["from"] == NOT_COME) | (gone["to"] == NOT_COME)
    return gone.assign(cause=np.where(alone, ARRIVAL, gone["cause"].fillna(TIME))).reset_index(drop=True)


def by_exit(moved: pd.DataFrame) -> pd.DataFrame:
    """How many more are at each exit with the directives, cause by cause: those who came there less those who left it.

    Returns:
        One row an exit and cause: ``exit``, ``cause``, ``gained``, ``lost`` and ``net``; `ON_THE_WAY` and `NOT_COME`
        are told like exits.

    >>> moved = pd.DataFrame({"from": ["removed", "removed", "closed"], "to": ["closed", "closed", "removed"],
    ...                       "cause": ["direct", "ripple", "ripple"]})
    >>> by_exit(moved).query("exit == 'closed'")[["cause", "gained", "lost", "net"]].to_numpy().tolist()
    [['direct', 1, 0, 1], ['ripple', 1, 1, 0]]
    """
    ends = [moved.rename(columns={end: "exit"}).assign(gained=int(end == "to"), lost=int(end == "from"))
            for end in ("to", "from")]  # fmt: skip
    table = pd.concat(ends).groupby(["exit", "cause"])[["gained", "lost"]].sum().reset_index()
    return table.assign(net=table["gained"] - table["lost"])


def _places(cases: pd.DataFrame, exits: list[str]) -> pd.DataFrame:
    place = cases["place"].astype(str)
    return cases[PERSON].astype({"mix": str}).assign(place=place.where(place.isin(exits), ON_THE_WAY))


def _first(pair: Pair) -> pd.DataFrame:
    """The cause of the first decision of each person that differs; of two on one day the one that both worlds made."""
    changed = flips(pair)
    day = changed[["day", "day_without"]].min(axis=1)
    alone = pair.decisions[pair.decisions["kind"].isin([ONLY_WITH, ONLY_WITHOUT])]
    table = pd.concat(
        [
            changed[[*PERSON, "cause"]].assign(day=day),
            alone[PERSON].assign(cause=ONE_WORLD, day=alone["day" + WITH].fillna(alone["day" + WITHOUT])),
        ]
    ).astype({"mix": str, "cause": str})
    return table.sort_values("day", kind="stable").drop_duplicates(PERSON)[[*PERSON, "cause"]]
