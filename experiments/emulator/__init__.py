"""An emulator: what a directive would have shifted with some of its fields otherwise, told at once, without a run.

>>> from model import load
>>> [factor.path.split(".")[-1] for factor in inputs(load(), "detainer-2012")]
['authority', 'clarity', 'latitude', 'meaning', 'mandate', 'monitoring', 'evaluation']
"""

from experiments.emulator.emulator import Emulator
from experiments.emulator.fields import inputs
from experiments.emulator.making import make

__all__ = ["Emulator", "inputs", "make"]
