"""Patterns that the model is held against: what was fitted, what is only checked, and what must be true of any world.

Each pattern is defined once: its id, use and record, how it is measured from runs, and the rule by which it holds.

>>> from experiments.patterns import measured, modelled, patterns
>>> from model import load
>>> fitted = modelled(patterns(only=["fit"]))
>>> fitted[0].id, fitted[0].record, fitted[0].rule.words
('I17', 1843.0, 'at most 1843')
>>> few = [one for one in fitted if one.fact == "P02"]
>>> list(measured(few, load(), seed=1, scale=0.002))
['P02.before', 'P02.during']
"""

from experiments.patterns.pattern import NotModelled, Pattern
from experiments.patterns.registry import explained, measured, modelled, patterns, scenarios_of, steps_of, under
from experiments.patterns.validation import FAILS, HOLDS, NOT_MODELLED, Validation, validate

__all__ = [
    "FAILS", "HOLDS", "NOT_MODELLED", "NotModelled", "Pattern", "Validation", "explained", "measured", "modelled",
    "patterns", "scenarios_of", "steps_of", "under", "validate",
]  # fmt: skip
