"""How much narrower the intervals of twin worlds are, by running them."""

from collections.abc import Sequence
from functools import cache
from math import hypot

import pandas as pd

from docs.tables.markdown import table
from docs.tables.shipped import WORLD
from docs.tables.stamps import fingerprint, stamped
from experiments.records import records
from experiments.twin import pair
from experiments.twin.intervals import Estimate, adjusted
from experiments.twin.shift import LEANING, over_pairs, paired_rates
from model.schema import World
from model.world.loader import load

SCENARIO, SCALE, SEEDS, AGENCY = "morton-2011", 0.01, range(1, 17), "ice"
PROBE_SCALE, PROBE_SEEDS = 0.001, range(1, 3)
COMPARED: Sequence[tuple[str, ...]] = ((), ("review-2011",))
"""Which directives are taken away: all of the scenario's, or the ordered review alone."""


def narrower(world: World) -> str:
    """The widths of the intervals of one shift, by what was done to narrow them; and what was run."""
    rows = []
    for names in COMPARED:
        pairs = [pair(SCENARIO, names or None, seed=seed, scale=SCALE, world=world) for seed in SEEDS]
        for by, what in ((["agency"], "all ICE decisions"), (["agency", "stage"], "review")):
            tables = pd.concat([paired_rates(one, by) for one in pairs])
            here = (tables["agency"] == AGENCY) & (tables["stage"] == what if "stage" in by else True)
            taken = ", ".join(f"`{name}`" for name in names) or "all four memos"
            rows.append([taken, what, *_widths(tables[here], by)])
    head = ["without", "decisions", "shift, points", "unpaired interval", "outcomes", "probabilities",
            "with control variates", "against unpaired with both"]  # fmt: skip
    return f"{table(head, rows)}\n\n{stamp(world)}"


def _widths(rates: pd.DataFrame, by: list[str]) -> list[str]:
    """The shift, the half-width of the unpaired interval, and how many times narrower the others are."""
    found = over_pairs(rates, by).iloc[0]
    plain = over_pairs(rates.drop(columns=list(rates.filter(like=LEANING))), by).iloc[0]
    leanings = rates.filter(like=LEANING).dropna(axis="columns")
    each = [_width(adjusted(rates[side], leanings)) for side in ("rate_with", "rate_without")]
    apart = found["unpaired_high"] - found["unpaired_low"]
    times = [1.0 / found["ratio_drawn"], 1.0 / plain["ratio"], 1.0 / found["ratio"],
             hypot(*each) / (found["high"] - found["low"])]  # fmt: skip
    return [f"{100 * found['shift']:+.2f}", f"±{50 * apart:.3f}", *(f"{ratio:.1f}" for ratio in times)]


def _width(found: Estimate) -> float:
    return found.high - found.low


@cache
def probe() -> str:
    """The shift of a few small pairs, and its intervals."""
    world = load(WORLD)
    pairs = [pair(SCENARIO, COMPARED[-1], seed=seed, scale=PROBE_SCALE, world=world) for seed in PROBE_SEEDS]
    found = over_pairs(pd.concat([paired_rates(one, ["agency"]) for one in pairs]), ["agency"])
    figures = {
        f"{row['agency']} {name}": value
        for row in records(found)
        for name, value in row.items()
        if isinstance(value, float)
    }
    return fingerprint(figures)


def stamp(world: World) -> str:
    """What the table was made with; another world or another model has another."""
    of = stamped("content", [world, world.scenarios[SCENARIO]], probe())
    return f"World `{WORLD}`, {of}; scenario `{SCENARIO}`, {len(SEEDS)} pairs, scale {SCALE:g}."
