"""The pre-mortem: a draft tried before it is issued; who changes, what holds them, what breaks.

>>> from experiments.premortem import premortem
>>> found = premortem(["memo"], world="two-desks", replications=2, failing=12, scale=0.1)
>>> found.asked.into, found.shift["agency"].unique().tolist()
('memo', ['fees'])
"""

from experiments.premortem.question import Question, question
from experiments.premortem.study import Premortem, premortem

__all__ = ["Premortem", "Question", "premortem", "question"]
