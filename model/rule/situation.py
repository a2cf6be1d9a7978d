"""One officer, one case, one stage: what a single decision is about."""

from typing import Any, NamedTuple

import numpy as np

from model.rule.rule_columns import RuleColumns


class Situation(NamedTuple):
    """The arguments of `model.rule.decision.consider`: rows of an officer, a case and a stage, and the columns."""

    officer: int
    case: int
    stage: int
    columns: RuleColumns

    @property
    def unit(self) -> int:
        """The officer's unit."""
        return int(self.columns.desks.unit[self.officer])

    def having(self, **columns: Any) -> "Situation":
        """The same with some columns replaced, by the names of `RuleColumns`."""
        return self._replace(columns=self.columns._replace(**columns))

    def speaking(self) -> list[int]:
        """The directives in effect that speak to this stage."""
        directives = self.columns.directives
        return [int(text) for text in np.flatnonzero(directives.active & directives.speaks[:, self.stage])]
