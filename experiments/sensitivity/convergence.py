"""Are there enough runs? The indices of the first samples alone, and how wide their intervals still are."""

from dataclasses import dataclass, field
from math import ceil

import pandas as pd

from experiments.ordering import ordered
from experiments.sensitivity.indices import FEWEST, MU_STAR, TOTAL, indices
from experiments.sensitivity.sample import Sample

SETTLED = 0.05
"""Width of the widest interval, as a share of the largest index, at which values are settled (after Sarrazin, Pianosi
and Wagener 2016, who ask for 0.05 of indices between 0 and 1)."""
UNKNOWN = "too few of the samples change the value, or no outcome differs between them. More samples are needed."


@dataclass(frozen=True)
class Convergence:
    """How the indices settle.

    Attributes:
        table: ``samples``, ``runs``, and as `experiments.sensitivity.indices.indices`: total order, or mu*.
        width: of the widest interval, as a share of the largest index, with all samples.
        ranked: parameters, the most important first, of which the interval of each does not reach the next.
        needed: samples that would bring the width to `SETTLED`, if it falls with the square root of their number; none
            where nothing is known.
        unknown: parameters of which the samples tell nothing.
    """

    table: pd.DataFrame = field(repr=False)
    width: float
    ranked: list[str]
    needed: int | None
    unknown: list[str]

    @property
    def settled(self) -> bool:
        """Whether the values are settled."""
        return not self.unknown and self.width <= SETTLED

    def words(self) -> str:
        """What it says, in a sentence or two."""
        names = ", then ".join(self.ranked)
        ranks = f"The intervals rank {names}, and no more." if names else "The intervals rank no parameter."
        if self.unknown or self.needed is None:
            return f"Nothing is known of {', '.join(self.unknown)}: {UNKNOWN} {ranks}"
        if self.settled:
            return f"The values are settled: no interval is wider than {SETTLED:.0%} of the largest index. {ranks}"
        return (
            f"The values are not settled: the widest interval is {self.width:.0%} of the largest index, and about "
            f"{self.needed:,} samples would bring it to {SETTLED:.0%}. {ranks}"
        )


def convergence(sample: Sample) -> Convergence:
    """How the total order, or mu*, settles from an eighth of the samples to all of them.

    Raises:
        InputError: as `experiments.sensitivity.indices.indices`.
    """
    whole, size = sample.blocks()[1].shape
    steps = sorted({max(FEWEST, whole * eighths // 8) for eighths in (1, 2, 4, 6, 8)} | {whole})
    tables = []
    for samples in steps:
        found = indices(sample, samples)
        part = found[found["index"].isin([TOTAL, MU_STAR])].copy()
        part.insert(0, "samples", samples)
        part.insert(1, "runs", samples * size * sample.resolved.plan.replications)
        tables.append(part)
    last = ordered(tables[-1], "value", "factor")
    known = last.dropna(subset="value")
    largest = float(known["value"].max()) if len(known) else 0.0
    width = float((known["high"] - known["low"]).max()) / largest if largest else float("nan")
    return Convergence(
        pd.concat(tables, ignore_index=True), width, _ranked(known),
        ceil(whole * (width / SETTLED) ** 2) if largest else None, list(last.loc[last["value"].isna(), "factor"]),
    )  # fmt: skip


def _ranked(last: pd.DataFrame) -> list[str]:
    """Parameters from the top whose interval does not reach that of any below.

    >>> table = pd.DataFrame({"factor": ["a", "b", "c"], "low": [0.5, 0.1, 0.0], "high": [0.7, 0.3, 0.2]})
    >>> _ranked(table)
    ['a']
    """
    ranked = []
    for at in range(len(last) - 1):
        if last["low"].iloc[at] <= last["high"].iloc[at + 1 :].max():
            break
        ranked.append(str(last["factor"].iloc[at]))
    return ranked
