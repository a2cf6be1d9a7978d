"""The decision rule in C (``benchmarks/kernel.c``), compiled for a model's columns; only to measure against.

A kernel that spelt out by hand where each column lies would go wrong with the first column that moves. Its structures
are written from the columns themselves: arrays are pointers and shapes, numbers are numbers, the hot record of a case
(`model.storage`) is a packed structure. Every member takes eight bytes, so that Python hands over an array of words.
"""

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model import BureaucracyModel
from model.agencies.decision_log import Log
from model.agencies.officers import Desks, Units
from model.cases.draws import Floats
from model.day.random_streams import RandomStreams
from model.rule.rule_columns import Customs, Directives, Laws, Metrics, RuleWeights, Stages
from model.rule.terms import TERMS
from model.storage import Record

SOURCE = Path(__file__).with_name("kernel.c")
COMPILER = ("cc", "-O3", "-std=c11", "-ffp-contract=off", "-fPIC", "-shared")
"""No operation may be left out, put together or moved: the bits are to be the same."""
KEYWORDS = {"case", "short"}
"""Names of columns that C keeps for itself; they end in an underscore there."""
TYPES = {"float64": "double", "float32": "float", "bool": "bool"}

Words = npt.NDArray[np.uint64]
Kernel = Callable[[int, Words], None]


class Columns(NamedTuple):
    """All that the kernel reads, and the log that it writes."""

    cases: Record
    desks: Desks
    units: Units
    habits: Floats
    stages: Stages
    directives: Directives
    laws: Laws
    customs: Customs
    metrics: Metrics
    rule: RuleWeights
    streams: RandomStreams
    given: Log
    into: Log


def columns_of(model: BureaucracyModel, given: Log, into: Log) -> Columns:
    """What the kernel needs to decide again, as the model stands, what is ``given``."""
    return Columns(
        model.stored.hot, model.desks, model.units, model.habits, model.stages, model.directives, model.laws,
        model.customs, model.metrics, model.rule, model.random_streams, given, into,
    )  # fmt: skip


def compiler() -> str | None:
    """Where the C compiler is; None where there is none."""
    return which(COMPILER[0])


def build(columns: Columns) -> Kernel:
    """Compile the kernel for columns of this layout: a function of how many rows and the `words` of the columns.

    Raises:
        subprocess.CalledProcessError: the compiler refuses the kernel; it says why on standard error.
    """
    with TemporaryDirectory() as folder:
        Path(folder, "columns.h").write_text(header(columns), encoding="utf-8")
        made = Path(folder, "kernel.so")
        subprocess.run([*COMPILER, "-I", folder, "-o", made, SOURCE, "-lm"], check=True)
        function = ctypes.CDLL(str(made)).decide_all
    function.argtypes, function.restype = (ctypes.c_int64, ctypes.c_void_p), None
    return lambda rows, words: function(rows, words.ctypes.data)


def header(columns: Columns) -> str:
    """The structures of the columns in C."""
    types: dict[str, str] = {"Case": _record(columns.cases.dtype)}
    _members(columns, types)
    start = ("#include <stdbool.h>", "#include <stdint.h>", f"enum {{ TERMS = {len(TERMS)} }};")
    return "\n".join([*start, *types.values(), ""])


def words(columns: Columns) -> Words:
    """The members of the structure ``Columns``; good as long as the arrays are there."""
    return np.array(_members(columns, {}), dtype=np.uint64)


def _members(columns: NamedTuple, types: dict[str, str]) -> list[int]:
    """Declare the structure of a bundle of columns after those in it; returns its members as words."""
    declared, members = [], []
    for field, value in columns._asdict().items():
        name = f"{field}_" if field in KEYWORDS else field
        if isinstance(value, np.ndarray):
            if not value.flags.c_contiguous:
                raise ValueError(f"{type(columns).__name__}.{field} does not lie in one piece")
            declared += [f"{_type(value.dtype)} *{name}", f"int64_t {name}_shape[{value.ndim}]"]
            members += [value.ctypes.data, *value.shape]
        elif isinstance(value, tuple):
            members += _members(value, types)  # type: ignore[arg-type]
            declared.append(f"{type(value).__name__} {name}")
        else:
            number = np.asarray(value)
            declared.append(f"{_type(number.dtype)} {name}")
            members.append(int(number.view(np.uint64)))
    types[type(columns).__name__] = f"typedef struct {{ {'; '.join(declared)}; }} {type(columns).__name__};"
    return members


def _record(record: np.dtype[np.void]) -> str:
    """The structure of a packed record."""
    fields = []
    for name in record.names or ():
        base, shape = record[name].subdtype or (record[name], ())
        fields.append(f"{_type(base)} {name}{''.join(f'[{size}]' for size in shape)}")
    return f"typedef struct __attribute__((packed, aligned(8))) {{ {'; '.join(fields)}; }} Case;"


def _type(column: np.dtype) -> str:
    return "Case" if column.names else TYPES.get(column.name, f"{column.name}_t")
