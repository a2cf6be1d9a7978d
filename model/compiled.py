"""Compile functions over scalars and columns to machine code, and keep their types.

The rule is written once, one case at a time, as plain arithmetic (`model/rule/decision.py`). Compiled, the same
functions decide a day of a whole agency; called from Python, they decide one case for one officer. Both are the same
arithmetic in the same order, so both give the same result to the last bit.

Machine code is made of a function once, and kept on disk. Whoever replaces the function in its module, in a notebook
say, would change what is called from Python and not the machine code; `as_written` refuses to go on then. With
``NUMBA_DISABLE_JIT=1`` nothing is compiled, and a function may be replaced wherever it stands.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from tempfile import TemporaryFile
from types import FunctionType
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator

from model.errors import InputError, Words

F = TypeVar("F", bound=Callable[..., object])


def _cache_base() -> Path | None:
    """A folder for machine code; None, and a line that says so, where none can be kept.

    It is ``NUMBA_CACHE_DIR`` where that is set, else beside the model, or where that cannot be written, in the user's
    home.
    """
    settings: Any = numba.config
    bases = [Path(settings.CACHE_DIR)] if settings.CACHE_DIR else [_HERE / "__pycache__", *_in_home()]
    for base in bases:
        if _writable(base):
            return base
    if not settings.DISABLE_JIT:
        _not_kept(" or ".join(map(str, bases)))
    return None


def _imported(text: str) -> set[str]:
    """The modules of the model that a source imports."""
    return set(re.findall(r"^from (model\S*) import", text, re.MULTILINE))


@cache
def _sources() -> dict[str, str]:
    """The sources of the model, by module."""
    texts = {
        "model." + path.relative_to(_HERE).with_suffix("").as_posix().replace("/", "."): path.read_text("utf-8")
        for path in sorted(_HERE.rglob("*.py"))
    }
    return texts | {name.removesuffix(".__init__"): text for name, text in texts.items() if name.endswith(".__init__")}


@cache
def cache_folder(file: str) -> str | None:
    """Where the machine code of a file's functions is kept, made from exactly these sources; None if nowhere.

    Numba looks only at the file of the function that it compiles, and would keep what an edited `decision.py` had
    been compiled into elsewhere; so the folder's name is a hash of the file, of those of the model that it imports,
    and of those that they import in turn. An edit costs the compilation of what is made of the edited file, no more.
    """
    if _BASE is None:
        return None
    texts, own = _sources(), Path(file).read_text("utf-8")
    found: set[str] = set()
    new = _imported(own) & texts.keys()
    while new:
        found |= new
        new = {name for one in new for name in _imported(texts[one])} & texts.keys() - found
    made_of = [own, *((name, texts[name]) for name in sorted(found))]
    return str(_BASE / f"compiled-{hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]}")


def _in_home() -> list[Path]:
    try:
        home = Path.home()
    except RuntimeError:  # a user of whom the machine knows none
        return []
    return [home / ".cache" / "discretion"] if home.is_dir() else []


def _writable(folder: Path) -> bool:
    """Whether a file can be made there, which is more than permissions tell."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _not_kept(folder: str) -> None:
    """Say, once for all processes of a run, that machine code is made anew each time."""
    if parent_process() is None:
        _LOG.warning(
            "Compiled in memory, about a minute at each start: nothing can be written to %s. To keep it, set "
            "NUMBA_CACHE_DIR to a folder that can be written.", folder,
        )  # fmt: skip


_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_BASE = _cache_base()


def compiled(function: F) -> F:
    """Return ``function`` compiled, cached on disk, typed as before. It may not make arrays.

    >>> @compiled
    ... def double(x: float) -> float:
    ...     return 2.0 * x
    >>> double(1.5)
    3.0
    """
    return _compiled(function, forceinline=True)


def compiled_maker(function: F) -> F:
    """As `compiled`, for a function that makes an array.

    Counting who holds which array costs more than a decision, so only functions that make one do it.
    """
    return _compiled(function, forceinline=True, _nrt=True)


def spliced(function: F) -> F:
    """As `compiled`, for a function that takes very many columns and that one other calls.

    Its text is put where it is called before anything is compiled: handing over a thousand pointers and lengths takes
    a compiler longer than the work itself.
    """
    return _compiled(function, inline="always")


class _Place(_CacheLocator):
    """Where the machine code of one function is kept: by what it is made of, so that a copy of the project finds it.

    Numba's own places are named by the path of the source, and lose what they keep when a folder is moved or copied.
    """

    def __init__(self, folder: str, line: int) -> None:
        self._folder, self._line = folder, line

    @classmethod
    def from_function(cls, function: FunctionType, file: str) -> "_Place | None":
        folder = cache_folder(file)
        return cls(folder, function.__code__.co_firstlineno) if folder else None

    def get_cache_path(self) -> str:
        return self._folder

    def get_source_stamp(self) -> str:
        return self._folder[-12:]

    def get_disambiguator(self) -> str:
        return str(self._line)


class _Kept(CompileResultCacheImpl):
    _locator_classes: Any = [_Place]


class _Cache(FunctionCache):
    """Keeps no machine code of what stands in no file; and a full disk stops nobody."""

    _impl_class = _Kept

    def save_overload(self, signature: object, code: object) -> None:
        as_written()
        try:
            super().save_overload(signature, code)  # type: ignore[no-untyped-call]
        except OSError as error:
            _LOG.info("Not kept: %s", error)


def _compiled(function: F, **how: Any) -> F:
    made: Any = numba.njit(**{"_nrt": False, **how})(function)
    file = function.__code__.co_filename
    if Path(file).is_file():
        if made is not function and cache_folder(file):
            made._cache = _Cache(function)  # type: ignore[no-untyped-call]
        if function.__globals__.get("__package__") and "<locals>" not in function.__qualname__:
            _note(function, made)
    return cast(F, made)


_READ: dict[tuple[str, str], tuple[dict[str, Any], object]] = {}
"""What compiled functions are made of: (module, name) to the module's names and what stood there at first."""


def _note(function: Callable[..., object], made: object) -> None:
    """Note a compiled function, and the functions and numbers that it finds by name in its module."""
    home, there = function.__module__, function.__globals__
    _READ.setdefault((home, function.__name__), (there, made))
    for name in function.__code__.co_names:
        if name in there:
            _READ.setdefault((home, name), (there, there[name]))


def interpreted(function: F) -> F:
    """A compiled function as it was written, to be called from Python."""
    return cast(F, getattr(function, "py_func", function))


def retold(function: F, **instead: Callable[..., object]) -> F:
    """A compiled function as it was written, with other functions ``instead`` of some that it calls by name.

    >>> from model.rule.decision import within
    >>> retold(within, settled_by_custom=len).__globals__["settled_by_custom"] is len
    True
    """
    plain: Any = interpreted(function)
    known = {name: interpreted(value) for name, value in plain.__globals__.items()}
    return cast(F, FunctionType(plain.__code__, {**known, **instead}, plain.__name__))


def as_written() -> None:
    """Check that all compiled functions, and what they are made of, still are what their files say.

    Where nothing is compiled, a function may be replaced, if it is in every module that knows it.

    Raises:
        InputError: one has been replaced, or its module was loaded anew.
    """
    others = {key: there.get(key[1]) for key, (there, read) in _READ.items() if there.get(key[1]) is not read}
    settings: Any = numba.config
    if others and settings.DISABLE_JIT:
        whole = {(id(_READ[key][1]), key[1]): other for key, other in others.items()}
        now = {key: (there.get(key[1]), whole.get((id(read), key[1]), read)) for key, (there, read) in _READ.items()}
        others = {key: other for key, (other, everywhere) in now.items() if other is not everywhere}
    for (home, name), other in others.items():
        raise InputError(
            "part of the rule has been replaced, and a run would be half of the old rule and half of the new",
            where=f"{home}.{name}", found=Words(f"{getattr(other, '__module__', '')} {other!r}".strip()),
            allowed="what stands in the file: say otherwise there, in a copy of the package; or set "
            "NUMBA_DISABLE_JIT=1 before Python starts, and replace it in every module that knows it",
        )  # fmt: skip
