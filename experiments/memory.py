"""Lets go of models.

A model and its agents are a reference cycle, and a few large arrays do not make Python look for cycles.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def let_go() -> Iterator[None]:
    """Models that are made within, or in a function that this stands above, are gone afterwards unless they are kept.

    Only what was made within is looked through, which takes little however much else is in the memory.

    >>> from weakref import ref
    >>> class Model: ...
    >>> @let_go()
    ... def run():
    ...     model = Model()
    ...     model.agents = [model]
    ...     return ref(model)
    >>> run()()
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
