"""Several worlds under one seed: the same cases, the same officers and common random numbers in each."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

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
