"""Several worlds under one seed: the same cases, the same officers and common random numbers in each."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from experiments.parallel import Progress, Tick, one_of, silent
from model import BureaucracyModel
from model.observers import Observer
from model.schema import Scenario, World

Kept = TypeVar("Kept", bound=Observer)


def observed(
    conditions: Sequence[tuple[Scenario, World]],
    seed: int,
    scale: float,
    observer: Callable[[], Kept],
    *,
    tables: bool = True,
    done: Tick = silent,
    progress: Progress | None = None,
) -> Iterator[tuple[BureaucracyModel, Kept]]:
    """Run each scenario in its world to the last day, one after the other.

    Args:
        conditions: scenarios, each with its world.
        seed: of all of them, and so the draws of every case and officer that they share.
        scale: share of the real system's cases and officers.
        observer: makes what looks at a run.
        tables: whether the model's own tables are kept.
        done: called after each run.
        progress: told the days done and the days in all, over all runs.

    Yields:
        The finished model, and its observer.

    Raises:
        InputError: whatever `BureaucracyModel` refuses.

    >>> from model import load
    >>> world = load()
    >>> record = world.scenarios["detainer-2012"]
    >>> conditions = [(record, world), (record.model_copy(update={"directives": []}), world)]
    >>> one, other = (model for model, _ in observed(conditions, 1, 0.001, Observer))
    >>> bool((one.cases.key == other.cases.key).all()), len(one.directive_names), len(other.directive_names)
    (True, 1, 0)
    """
    for at, (scenario, world) in enumerate(conditions):
        kept = observer()
        model = BureaucracyModel(scenario, scale, seed, world=world, observers=[kept], tables=tables)
        model.run(one_of(progress, at, len(conditions)))
        done()
        yield model, kept


def in_both(one: pd.DataFrame, other: pd.DataFrame, keys: Sequence[str], suffixes: tuple[str, str]) -> pd.DataFrame:
    """The rows of two tables that agree in ``keys``, side by side, in the order of the first.

    What `pandas.merge` finds, by one key: ``keys`` are codes, whole numbers that are not negative, and together fit
    into 63 bits.

    >>> one = pd.DataFrame({"case": [4, 2, 7], "stage": [1, 0, 1], "p": [0.1, 0.2, 0.3]})
    >>> in_both(one, one.iloc[1:].assign(p=0.5), ["case", "stage"], ("", "_other")).values.tolist()
    [[2.0, 0.0, 0.2, 0.5], [7.0, 1.0, 0.3, 0.5]]
    >>> in_both(one, pd.concat([one, one]), ["case", "stage"], ("", "_other"))["case"].tolist()
    [4, 4, 2, 2, 7, 7]
    """
    code, code_other = (np.zeros(len(table), np.int64) for table in (one, other))
    for key in keys:
        here, there = (table[key].to_numpy(np.int64) for table in (one, other))
        size = 1 + max(here.max(initial=0), there.max(initial=0))
        code, code_other = code * size + here, code_other * size + there
    left_rows, right_rows = (pd.DataFrame({"code": each, "row": np.arange(len(each))}) for each in (code, code_other))
    rows, at = left_rows.merge(right_rows, on="code")[["row_x", "row_y"]].to_numpy().T
    rest = other.drop(columns=list(keys))
    twice = [str(name) for name in rest if name in one]
    left, right = ({name: name + ending for name in twice} for ending in suffixes)
    columns = {left.get(str(name), name): one[name].to_numpy()[rows] for name in one}
    return pd.DataFrame(columns | {right.get(str(name), name): rest[name].to_numpy()[at] for name in rest})
