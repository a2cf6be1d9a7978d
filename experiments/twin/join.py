"""The decisions of two worlds, side by side."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from experiments.twin.case_traits import POPULATIONS
from experiments.twin.watch import KEYS, SCOPES
from model import BureaucracyModel
from model.agencies.officers import office_names
from model.cases.draws import uniform
from model.day.random_streams import random_streams as luck_of
from model.rule.terms import TERM_NAMES
from model.schema import World

SAME, REROUTED, FLIPPED = "same", "rerouted", "flipped"
ONLY_WITH, ONLY_WITHOUT = "only with", "only without"
KINDS = (SAME, REROUTED, FLIPPED, ONLY_WITH, ONLY_WITHOUT)
"""Made in both worlds with the same outcome; with the same outcome, but sent elsewhere; with another outcome; made
in one world only."""

SIDES = ["day", "officer", "favourable", "p", "notice", "to", "hours", "disagree", "by_desk"]
FACTS = ["level", "population", "serious", "covered", "spare"]
DETAILS = ["unit", "office", "backlog", "habit", "judgment", "bound", *TERM_NAMES]
OWN = ["asked", "owed", "passed", "others", "counted"]
WITH, WITHOUT = "_with", "_without"


def joined(
    model: BureaucracyModel, world: World, first_day: date, with_it: pd.DataFrame, without: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The decisions of both worlds matched by `KEYS`, and those that came out differently with all that made them.

    Args:
        model: the world without the directives, for the random streams that both share.
        world: the names that codes stand for.
        first_day: the day on which the worlds begin to differ.
        with_it: what was watched in the one with the directives (`Watch.table`).
        without: what was watched in the other.

    Returns:
        ``decisions`` and ``changed`` as `experiments.twin.pairs.Pair` has them.
    """
    both = with_it.merge(without, on=KEYS, how="outer", suffixes=(WITH, WITHOUT), indicator="found", sort=True)
    twice = (both["found"] == "both").to_numpy()
    kind = np.where(both["found"] == "left_only", ONLY_WITH, ONLY_WITHOUT).astype(object)
    flipped = (both["favourable" + WITH] != both["favourable" + WITHOUT]).to_numpy()
    elsewhere = (both["to" + WITH] != both["to" + WITHOUT]).to_numpy()
    kind[twice] = np.where(flipped, FLIPPED, np.where(elsewhere, REROUTED, SAME))[twice]
    table = both[KEYS].copy()
    table["kind"] = pd.Categorical(kind, categories=KINDS)
    for name in (*FACTS, "unit", "office", "scope", "wants", "exposure"):
        table[name] = both[name + WITH].fillna(both[name + WITHOUT])
    days = both["day" + WITH].fillna(both["day" + WITHOUT])
    table["after"] = (days >= (first_day - model.start).days).to_numpy()
    for side in (WITH, WITHOUT):
        for name in SIDES:
            table[name + side] = both[name + side]
    table = _named(table, world, model.start)
    changed = twice & (flipped | elsewhere)
    details = both.loc[changed, [name + side for name in DETAILS for side in (WITH, WITHOUT)]]
    extra = both.loc[changed, [name + side for name in OWN for side in (WITH, WITHOUT)]]
    facts = both.loc[changed, ["complexity" + WITHOUT]].set_axis(["complexity"], axis=1)
    shared = table.loc[changed, [*KEYS, "kind", "level", "agency"]]
    sides = table.loc[changed, [name + side for name in SIDES for side in (WITH, WITHOUT)]]
    parts = [shared, sides, details, extra, facts, _draws(both[changed], model, world)]
    return table, pd.concat(parts, axis=1).reset_index(drop=True)


def _draws(rows: pd.DataFrame, model: BureaucracyModel, world: World) -> pd.DataFrame:
    """The two draws that decided, the same in both worlds, and the codes of the stages."""
    luck = luck_of(world, model.seed)
    case = rows["case" + WITHOUT].astype(np.int64)
    of = {"notice_draw": luck.notice, "judge_draw": luck.judge}
    drawn = {
        name: [
            float(uniform(luck.seed, model.cases.key[c], keys[s] + np.uint64(r)))
            for c, s, r in zip(case, rows["stage"], rows["round"], strict=True)
        ]
        for name, keys in of.items()
    }
    return pd.DataFrame({**drawn, "at": rows["stage"]}, index=rows.index)


def _named(table: pd.DataFrame, world: World, first: date) -> pd.DataFrame:
    """Codes as names, and days of the watch as days."""
    stages, places, units = list(world.stages), [*world.stages, *world.exits], world.units()
    unit = table["unit"].astype(np.int64)
    table["mix"] = category(table["mix"], list(world.mixes))
    table["stage"] = category(table["stage"], stages)
    table["level"] = category(table["level"], list(world.words.levels))
    table["population"] = category(table["population"], POPULATIONS)
    for name in ("serious", "covered", "spare"):
        table[name] = table[name].astype(bool)
    table["scope"] = category(table["scope"], SCOPES)
    table["unit"] = category(unit, units)
    agencies = list(world.agencies)
    of_unit = np.array([agencies.index(name.split(".")[0]) for name in units])
    table["agency"] = category(pd.Series(of_unit[unit], index=table.index), agencies)
    offices = [f"{unit}: {office}" for unit, office in office_names(world)]
    table["office"] = category(table["office"], offices)
    start = pd.Timestamp(first)
    for side in (WITH, WITHOUT):
        table["day" + side] = start + pd.to_timedelta(table["day" + side], unit="D")
        table["to" + side] = category(table["to" + side], places)
        table["favourable" + side] = table["favourable" + side].astype("boolean")
        table["officer" + side] = table["officer" + side].astype("Int32")
    return table


def category(codes: pd.Series, names: Sequence[str]) -> pd.Categorical:
    """Codes as names; missing where a code is."""
    known = codes.fillna(-1).astype(np.int64).to_numpy()
    kind: pd.CategoricalDtype = pd.CategoricalDtype(list(names))
    return pd.Categorical.from_codes(known, dtype=kind)
