"""What could have been done otherwise: levers, pulled one at a time, against the record.

>>> from experiments.levers import rank
>>> from model import load
>>> found = rank("daca-2012", ["daca-staffed"], world=load(), replications=1, scale=0.002)
>>> found.ranked().columns[:5].tolist()
['lever', 'title', 'replications', 'decisions', 'rate_with']
"""

from experiments.levers.choice import Pulled, Target, fitting, targets
from experiments.levers.ranking import SHOWN, Ranking, rank

__all__ = ["SHOWN", "Pulled", "Ranking", "Target", "fitting", "rank", "targets"]
