"""Discretion: does a directive change what the front line does?

The model: a world as data, cases, officers who decide by one rule, and the days of their agencies.
"""

from model.bureaucracy import BureaucracyModel
from model.errors import InputError
from model.world.loader import load, worlds

__version__ = "0.2.0"
__all__ = ["BureaucracyModel", "InputError", "__version__", "load", "worlds"]
