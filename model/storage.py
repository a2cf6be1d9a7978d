"""How the columns of cases lie in memory: what a decision reads of one case lies side by side.

Cases come to a desk in no order that a processor could guess. Were each column an array of its own, a decision would
wait for memory a dozen times; so the columns that a decision reads or moves are fields of one record of 64 bytes (a
line of cache), and the rest of another. To everybody else a column is an array as any other.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

LINE = 64
Record = npt.NDArray[np.void]

COLD: list[Any] = [
    ("number", np.int32), ("arrival", np.int32), ("entered", np.int32), ("equities", np.uint16),
    ("documented", np.uint16), ("age", np.int8), ("entry_age", np.int8), ("children", np.int8), ("mandatory", np.bool_),
    ("circumstances", np.uint16), ("youngest_child", np.int8), ("held_since", np.int32), ("nights", np.int32),
]  # fmt: skip


class Storage(NamedTuple):
    """The records of all cases: ``hot`` is read at every decision, ``cold`` when a case is drawn or looked at."""

    hot: Record
    cold: Record

    def column(self, name: str) -> npt.NDArray[Any]:
        """One column; writing to it writes to the record."""
        return self.hot[name] if name in (self.hot.dtype.names or ()) else self.cold[name]

    def copied(self) -> "Storage":
        """The same in memory of its own, laid out alike."""
        hot = _lines(len(self.hot), self.hot.dtype)
        hot[:] = self.hot
        return Storage(hot, self.cold.copy())


def storage(cases: int, words: int, numbers: int) -> Storage:
    """Room for a number of cases, with so many words of conditions and numbers each; nobody has come yet.

    There is room for one number even if the world has none: a column without any would be of another layout, for which
    everything would have to be compiled again.
    """
    fields: list[Any] = [
        ("key", np.uint64), ("bits", np.uint64, (words,)), ("merit", np.float64),
        ("complexity", np.float32), ("group", np.int32), ("next", np.int32, (2,)), ("place", np.int16),
        ("mix", np.int8), ("area", np.int8), ("level", np.int8), ("charge", np.int8), ("lawyer", np.bool_),
        ("in_custody", np.bool_), ("custody", np.bool_), ("holds", np.int8), ("ordered", np.int8), ("laid", np.bool_),
    ]  # fmt: skip
    packed = np.dtype(fields)
    room = -(-packed.itemsize // LINE) * LINE
    hot = np.dtype([*fields, ("unused", np.uint8, (room - packed.itemsize,))])
    cold = np.dtype([*COLD, ("numbers", np.int8, (max(numbers, 1),))])
    nobody = np.zeros(1, dtype=hot)
    nobody["place"] = nobody["holds"] = nobody["next"] = -1
    lines = _lines(cases, hot)
    lines.view(np.uint64).reshape(cases, room // 8)[:] = nobody.view(np.uint64)
    return Storage(lines, np.zeros(cases, dtype=cold))


def _lines(cases: int, packed: np.dtype[np.void]) -> Record:
    """Empty records that begin where a line of cache begins."""
    raw = np.zeros(cases * packed.itemsize + LINE, dtype=np.uint8)
    start = -raw.ctypes.data % LINE
    return raw[start : start + cases * packed.itemsize].view(packed)
