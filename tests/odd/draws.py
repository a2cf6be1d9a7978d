"""Section 7.1 of docs/odd.md, and the table of constants in section 7."""

import re
import zlib
from pathlib import Path

import numpy as np
from scipy.special import ndtri

ODD = (Path(__file__).parents[2] / "docs" / "odd.md").read_text(encoding="utf-8")
CONSTANTS = {name: float(value) for name, value in re.findall(r"^\| ([A-Z_]+) \| ([0-9.]+) \|", ODD, re.MULTILINE)}
MOST = (1 << 64) - 1
G = 0x9E3779B97F4A7C15


def mix(z: int) -> int:
    z = (z + G) & MOST
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MOST
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MOST
    return z ^ (z >> 31)


def P(*words: object) -> int:
    text = "/".join(map(str, words)).encode()
    return zlib.crc32(text) * 2**32 + zlib.crc32(text[::-1])


def desk(z: int, n: int) -> int:
    f, j = 0, 0
    while j < n:
        f, z = j, (z * 2862933555777941757 + 1) & MOST
        j = int((f + 1) * (2**31 / ((z >> 33) + 1)))
    return f


class Draws:
    def __init__(self, seed: int) -> None:
        self.seed = seed

    def key(self, a: int, p: int) -> int:
        return mix(mix(mix(self.seed) ^ a) ^ p)

    def at(self, a: int, p: int) -> float:
        return (self.key(a, p & MOST) >> 11) / 2**53

    def u(self, a: int, *words: object) -> float:
        return self.at(a, P(*words))

    def n(self, a: int, *words: object) -> float:
        return float(ndtri(self.u(a, *words) * (1 - 2**-53) + 2**-54))

    def choice(self, a: int, what: str, shares: list[float]) -> int:
        return int((np.cumsum(shares)[:-1] <= self.u(a, what)).sum())
