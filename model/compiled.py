"""Compile functions over scalars and columns to machine code, and keep their types.

The rule is written once, one case at a time, as plain arithmetic (`model/rule/decision.py`). Compiled, the same
functions decide a day of a whole agency; called from Python, they decide one case for one officer. Both are the same
arithmetic in the same order, so both give the same result to the last bit.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def _cache_folder() -> str:
    """A folder for machine code made from exactly these sources.

    Numba looks only at the file of the function that it compiles, and would keep what an edited `decision.py` had
    been compiled into elsewhere; so the folder's name is a hash of all sources of the model.
    """
    here = Path(__file__).parent
    sources = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(here.rglob("*.py")))).hexdigest()[:12]
    kept = here / "__pycache__"
    writable = os.access(kept if kept.exists() else here, os.W_OK)
    base = kept if writable else Path.home() / ".cache" / "discretion"
    return str(base / f"compiled-{sources}")


_CACHE = _cache_folder()


def compiled(function: F) -> F:
    """Return ``function`` compiled, cached on disk, typed as before. It may not make arrays.

    >>> @compiled
    ... def double(x: float) -> float:
    ...     return 2.0 * x
    >>> double(1.5)
    3.0
    """
    return _compiled(function, makes_arrays=False)


def compiled_maker(function: F) -> F:
    """As `compiled`, for a function that makes an array.

    Counting who holds which array costs more than a decision, so only functions that make one do it.
    """
    return _compiled(function, makes_arrays=True)


def _compiled(function: F, makes_arrays: bool) -> F:
    settings: Any = numba.config
    make: Any = numba.njit
    kept, settings.CACHE_DIR = settings.CACHE_DIR, _CACHE
    try:
        in_file = Path(function.__code__.co_filename).is_file()
        return cast(F, make(cache=in_file, forceinline=True, _nrt=makes_arrays)(function))
    finally:
        settings.CACHE_DIR = kept
