"""The model of the border beside the record: facts of a world's ``evidence.csv``, and what the model makes of them."""

from experiments.border.record.beside import Beside, beside
from experiments.border.record.facts import Facts, facts_of

__all__ = ["Beside", "Facts", "beside", "facts_of"]
