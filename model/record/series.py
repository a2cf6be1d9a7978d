"""Series by day, as Mesa keeps them: the rate of each agency, how many cases are decided and how many wait."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import mesa
import numpy as np

from model.day.counts import Counts

if TYPE_CHECKING:
    from model.bureaucracy import BureaucracyModel


class Series(mesa.DataCollector):
    """Mesa's DataCollector, which can also collect many days at once that nobody has looked at."""

    def __init__(self, agencies: Sequence[str]) -> None:
        rates = {f"{agency} rate": partial(_rate, agency=code) for code, agency in enumerate(agencies)}
        super().__init__({**rates, "decided": _decided, "pending": _pending})
        self._rates, self._made = list(rates), list(self.model_reporters)

    @property
    def as_made(self) -> bool:
        """Whether it has no other reporters than it was made with."""
        others = self.agent_reporters or self.agenttype_reporters
        return list(self.model_reporters) == self._made and not others

    def collect_days(self, first: int, until: int, counts: Counts) -> None:
        """What `collect` would have collected on the days from ``first`` to before ``until``."""
        decided, favourable = counts.decided[first:until], counts.favourable[first:until]
        with np.errstate(invalid="ignore"):
            rates = favourable / decided
        for at, name in enumerate(self._rates):
            self.model_vars[name].extend(rates[:, at].tolist())
        self.model_vars["decided"].extend(decided.sum(axis=1).tolist())
        self.model_vars["pending"].extend(counts.pending[first:until].tolist())


def _rate(model: "BureaucracyModel", agency: int) -> float:
    decided = model.decided_today[agency]
    return float(model.favourable_today[agency] / decided) if decided else float("nan")


def _decided(model: "BureaucracyModel") -> int:
    return int(model.decided_today.sum())


def _pending(model: "BureaucracyModel") -> int:
    return int(model.waiting.length.sum())
