"""What mechanisms earn against the facts, how large terms are, and whom accountability moves."""

import pandas as pd

from experiments.mechanisms.ablation_tables import (
    ABSENT,
    ALL_ON,
    BETTER,
    TUNED,
    UNSEEN,
    WORSE,
    by_block,
    earned,
)
from experiments.mechanisms.blocks import episodes, missed
from experiments.mechanisms.switches import SWITCHES, switched_off
from experiments.patterns import modelled, patterns
from model import load

DESKS = {"world": "two-desks", "scale": 1.0}
SPREAD = ["agencies.fees.culture.spread=1", "directives.memo.mandate=0"]


def misses(off: str, **values: list[float]) -> pd.DataFrame:
    """Replications of some patterns of the shipped world, measured as it is told."""
    known = modelled(patterns(only=list(values)))
    episode = episodes(load(), known)
    parts = [
        missed(dict(zip(values, one, strict=True)), known, episode).assign(seed=seed, off=off)
        for seed, one in enumerate(zip(*values.values(), strict=True))
    ]
    return pd.concat(parts, ignore_index=True)


def test_a_mechanism_earns_what_is_missed_by_more_without_it() -> None:
    known = modelled(patterns(only=["I03", "I04"]))
    record = {one.id: float(one.record) for one in known}
    near, far = ([record["I03"] * more for more in share] for share in ([1.0, 1.01, 0.99], [1.5, 1.52, 1.49]))
    unseen = [record["I04"] * more for more in (1.0, 1.01, 0.99)]
    held = misses(ALL_ON, I03=near, I04=unseen)
    without = [misses("peers", I03=far, I04=unseen), misses("culture", I03=near, I04=far)]
    table = by_block(pd.concat([held, *without]), known)
    worse = table[table["verdict"] == WORSE].set_index(["off", "kind"])
    assert list(worse.index) == [("peers", "fitted"), ("culture", "figures of record")]
    assert worse.loc[("peers", "fitted"), "ceased"] == "I03" and (table["begun"] == "").all()
    found = earned(table, ["culture", "peers", "notice"]).set_index("mechanism")["earns"]
    assert found.to_dict() == {"culture": UNSEEN, "peers": TUNED, "notice": ABSENT}
    assert set(by_block(pd.concat([held.assign(off="peers"), without[0].assign(off=ALL_ON)]), known)["verdict"]) >= {
        BETTER
    }


def test_every_pattern_of_the_world_stands_in_one_block() -> None:
    world, known = load(), modelled(patterns())
    found = episodes(world, known)
    assert set(found) == {one.id for one in known}
    assert set(found.values()) == {"interior", "benefits", "border", "may-2018", "theory", "structure"}


def test_each_part_has_a_switch_that_changes_the_world() -> None:
    world = load()
    for name in ("endorsement", "learning", "coping"):
        assert switched_off(world, [name]) and not set(switched_off(world, [name]).values()) - {0.0}
    assert set(SWITCHES) > {"culture", "metrics"}
