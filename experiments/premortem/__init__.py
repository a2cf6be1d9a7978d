"""The pre-mortem: a draft tried before it is issued; who changes, what holds them, what breaks.

`premortem` takes drafts by name or file. What it asks is told at once, before anything is run:

>>> from experiments.premortem import question
>>> from model import load
>>> asked = question(["memo"], load("two-desks"))
>>> asked.into, asked.drafts, asked.scenario.directives
('memo', ('memo',), ['memo'])
"""

from experiments.premortem.question import Question, question
from experiments.premortem.study import Premortem, premortem

__all__ = ["Premortem", "Question", "premortem", "question"]
