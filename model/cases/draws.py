"""Every draw belongs to its case.

A random number is a function of (seed, subject, purpose) and of nothing else: not of the order in which cases
are decided, nor of what else happened that day. The same case therefore meets the same luck in two worlds that
differ only by a directive, and what differs between them is the directive.

The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators", OOPSLA), applied once per key. Desks are assigned by jump consistent hashing (Lamping and Veach
2014), so that an officer more or less in an office moves only the cases that must move.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from model.arithmetic import normal_quantile
from model.compiled import compiled, compiled_maker

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_UNIT = 1.0 / 9007199254740992.0
_TINY = 2.0**-54


@compiled
def mixed(key: np.uint64) -> np.uint64:
    """SplitMix64's finaliser: 64 bits in, 64 well-mixed bits out."""
    key = key + _GOLDEN
    key = (key ^ (key >> np.uint64(30))) * _MIX_1
    key = (key ^ (key >> np.uint64(27))) * _MIX_2
    return key ^ (key >> np.uint64(31))


@compiled
def key_of(seed: np.uint64, subject: np.uint64, purpose: np.uint64) -> np.uint64:
    """The 64-bit key of one draw: the seed, whom it concerns and what it is for."""
    return mixed(mixed(mixed(seed) ^ subject) ^ purpose)


@compiled
def uniform(seed: np.uint64, subject: np.uint64, purpose: np.uint64) -> float:
    """A number in [0, 1) that belongs to (seed, subject, purpose).

    >>> a = uniform(np.uint64(1), np.uint64(7), np.uint64(3))
    >>> a == uniform(np.uint64(1), np.uint64(7), np.uint64(3)), 0.0 <= a < 1.0
    (True, True)
    """
    return np.float64(key_of(seed, subject, purpose) >> np.uint64(11)) * _UNIT


@compiled
def desk(key: np.uint64, desks: int) -> int:
    """Which of ``desks`` desks a key falls to; adding a desk moves only 1/desks of the keys (jump hash).

    >>> keys = [np.uint64(mixed(np.uint64(k))) for k in range(2000)]
    >>> moved = sum(desk(key, 10) != desk(key, 11) for key in keys)
    >>> 100 < moved < 270
    True
    """
    found, jump = 0, 0
    while jump < desks:
        found = jump
        key = key * np.uint64(2862933555777941757) + np.uint64(1)
        jump = int((found + 1) * (2147483648.0 / (np.float64(key >> np.uint64(33)) + 1.0)))
    return found


@compiled_maker
def keys(subjects: Keys, purposes: Keys) -> Keys:
    """A key for each pair of a subject and a purpose, such as for each of those who came with somebody."""
    out = np.empty(subjects.size, np.uint64)
    for row in range(subjects.size):
        out[row] = key_of(np.uint64(0), subjects[row], purposes[row])
    return out


@compiled_maker
def uniforms(seed: np.uint64, subjects: Keys, purpose: np.uint64) -> Floats:
    """One uniform number for each subject; shape as ``subjects``."""
    out = np.empty(subjects.size, np.float64)
    for row in range(subjects.size):
        out[row] = uniform(seed, subjects[row], purpose)
    return out


@lru_cache(maxsize=1 << 16, typed=True)
def purpose(*words: object) -> np.uint64:
    """The key of a named purpose, such as ``purpose("age")`` or ``purpose("judge", "review")``.

    The two halves are CRC-32 sums of the words, forward and backward, the same on every machine.
    """
    text = "/".join(str(word) for word in words).encode()
    return np.uint64((zlib.crc32(text) << 32) | zlib.crc32(text[::-1]))


@compiled
def normal(seed: np.uint64, subject: np.uint64, purpose: np.uint64) -> float:
    """A standard normal number that belongs to (seed, subject, purpose), by the inverse of the distribution."""
    return normal_quantile(uniform(seed, subject, purpose) * (1.0 - 2 * _TINY) + _TINY)


@compiled_maker
def normals(seed: np.uint64, subjects: Keys, purpose: np.uint64) -> Floats:
    """One standard normal number for each subject; shape as ``subjects``."""
    out = np.empty(subjects.size, np.float64)
    for row in range(subjects.size):
        out[row] = normal(seed, subjects[row], purpose)
    return out


def choices(seed: np.uint64, subjects: Keys, what: np.uint64, shares: Sequence[float]) -> npt.NDArray[np.int8]:
    """For each subject the index of one of ``shares`` (which sum to 1), drawn with those probabilities."""
    return _passed(uniforms(seed, subjects, what), np.cumsum(np.asarray(shares, dtype=np.float64))[:-1])


@compiled_maker
def _passed(numbers: Floats, edges: Floats) -> npt.NDArray[np.int8]:
    """How many of the edges each number has reached."""
    out = np.zeros(numbers.size, np.int8)
    for edge in edges:
        for row in range(numbers.size):
            out[row] += np.int8(numbers[row] >= edge)
    return out


@compiled_maker
def flags(
    seed: np.uint64, subjects: Keys, purposes: Keys, chances: Floats, kind: npt.NDArray[np.int8]
) -> npt.NDArray[np.uint32]:
    """What is true of each subject, as bits, one for each of at most 32 purposes.

    ``chances`` has a row for each ``kind`` of subject and a column for each purpose.
    """
    out = np.zeros(subjects.size, np.uint32)
    for row in range(subjects.size):
        own = mixed(mixed(seed) ^ subjects[row])
        for at in range(purposes.size):
            chance = chances[kind[row], at]
            if chance > 0.0:
                drawn = np.float64(mixed(own ^ purposes[at]) >> np.uint64(11)) * _UNIT
                out[row] |= np.uint32(drawn < chance) << np.uint32(at)
    return out


def subjects(*words: object, count: int) -> Keys:
    """Keys of ``count`` numbered subjects of one name, such as the officers of one office."""
    name = purpose(*words)
    index = np.arange(count, dtype=np.uint64)
    return np.asarray(name ^ (index * _GOLDEN), dtype=np.uint64)
