"""What could have been done otherwise: levers, pulled one at a time, against the record.

>>> from experiments.levers import rank
>>> found = rank("daca-2012", ["daca-staffed"], replications=1, scale=0.002)
>>> found.ranked().columns[:5].tolist()
['lever', 'title', 'first_day', 'replications', 'decisions']
"""

from experiments.levers.choice import Pulled, Target, fitting, targets
from experiments.levers.ranking import POINT, SHOWN, Ranking, rank

__all__ = ["POINT", "SHOWN", "Pulled", "Ranking", "Target", "fitting", "rank", "targets"]
