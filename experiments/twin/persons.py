"""Persons counted once: how each left the system in either world, and what first parted their two ways.

A flip is a decision, and one person may meet several. Here each person counts once, by the exit at which they are when
the watch ends; whoever is still on the way is at no exit. So the persons moved, summed over causes, are the difference
between the exits of the two worlds, exactly.
"""

import numpy as np
import pandas as pd

from experiments.smallest import POSTERIOR, SMALLEST, judged
from experiments.twin.flips import DIRECT, RIPPLE, flips
from experiments.twin.intervals import over_draws, paired
from experiments.twin.join import ONLY_WITH, ONLY_WITHOUT, WITH, WITHOUT
from experiments.twin.pairs import Pair

PERSON = ["mix", "number", "arrival"]
"""What tells a person from any other, in both worlds."""
ON_THE_WAY, NOT_COME = "on the way", "not come"
ONE_WORLD, TIME, ARRIVAL = "decided in one world", "time", "arrival"
"""Causes beside direct and ripple: a decision that one world alone made; the same decisions, on other days; and that
somebody came in one world alone."""
CAUSES = (DIRECT, RIPPLE, ONE_WORLD, TIME, ARRIVAL)
EVERY = "all"
"""All causes together."""


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


def moved(pair: Pair) -> pd.DataFrame:
    """The persons of a pair, exit by exit and cause by cause, in figures of the run.

    Returns:
        One row an exit and cause, of `CAUSES` and `EVERY` together: ``exit``, ``cause``, ``without`` (persons at that
        exit without the directives), ``gained``, ``lost``, ``net``. The net of `EVERY` is the
        difference between the two worlds' exits.
    """
    exits = list(pair.world.exits)
    known = by_exit(persons(pair)).set_index(["exit", "cause"])
    grid = pd.MultiIndex.from_product([exits, CAUSES], names=["exit", "cause"])
    table = known.reindex(grid, fill_value=0).reset_index()
    whole = table.groupby("exit", sort=False)[["gained", "lost", "net"]].sum().reset_index().assign(cause=EVERY)
    there = pair.without.cases["place"].astype(str).value_counts()
    both = pd.concat([table, whole], ignore_index=True)
    counts = both["exit"].map(there).fillna(0).astype(int)
    return both.assign(without=counts)[["exit", "cause", "without", "gained", "lost", "net"]]


def over_pairs(tables: pd.DataFrame, scale: float, smallest: float = SMALLEST) -> pd.DataFrame:
    """Persons moved over pairs (`moved`, with the ``draw`` of each if parameters were drawn), in figures of the real
    system: those of the run over its scale.

    Returns:
        ``exit``, ``cause``, ``replications``, ``without``, ``gained``, ``lost`` (means), ``net`` with ``low`` and
        ``high``, `POSTERIOR`, and ``verdict``, as a share of those who are at the exit without the directives. Exits at
        which nobody is in either world are left out.
    """
    rows = []
    for (exit_, cause), values in tables.groupby(["exit", "cause"], sort=False):
        means = values[["without", "gained", "lost"]].mean() / scale
        net, draws = values["net"].to_numpy(float) / scale, values.get("draw")
        intervals = *paired(net, draws=draws), *over_draws(net, draws)
        rows.append((exit_, cause, len(values), *means, *intervals))
    columns = ["exit", "cause", "replications", "without", "gained", "lost", "net", "low", "high", *POSTERIOR]
    found = pd.DataFrame(rows, columns=columns)
    used = found.groupby("exit")[["without", "gained"]].transform("max").max(axis=1) > 0.0
    judged_rows = judged(found[used].assign(unit="persons"), smallest, of="without", unit="unit")
    return judged_rows.drop(columns="unit").reset_index(drop=True)


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
