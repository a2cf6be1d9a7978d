"""Compile a scalar function to machine code, and keep its types.

The rule is written once, one case at a time, as plain arithmetic (`model/decision.py`). Compiled, the same
functions decide a day of a whole agency; called from Python, they decide one case for one officer. Both are
the same machine code, so both give the same result to the last bit.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Return ``function`` compiled ahead of its first use per type, cached on disk, typed as before.

    >>> @compiled
    ... def double(x: float) -> float:
    ...     return 2.0 * x
    >>> double(1.5)
    3.0
    """
    where = getattr(function, "__module__", "")
    return cast(F, njit(cache=where != "__main__" and "<doctest" not in function.__code__.co_filename)(function))
