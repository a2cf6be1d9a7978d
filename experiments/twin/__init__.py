"""Twin worlds: the same cases, the same officers, the same random numbers, with and without a directive.

>>> from experiments.twin import pair, flips, shift
>>> one = pair("detainer-2012", scale=0.002)
>>> one.twins.differ, str(one.twins.first_day)
(['detainer-2012'], '2012-12-21')
>>> set(flips(one)["cause"]) <= {"direct", "ripple"}
True
"""

from experiments.twin.flips import flips
from experiments.twin.pairs import Pair, pair
from experiments.twin.persons import by_exit, persons
from experiments.twin.shift import shift
from experiments.twin.twins import Twins, matched

__all__ = ["Pair", "Twins", "by_exit", "flips", "matched", "pair", "persons", "shift"]
