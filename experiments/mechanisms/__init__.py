"""Why a directive shifts what it shifts: mechanisms switched off, and doses of what a directive is made of.

>>> from experiments.mechanisms import dose_response, knockouts
>>> found = knockouts("detainer-2012", mechanisms=["notice"], replications=1, scale=0.001)
>>> found.knocked["one"].unique().tolist(), found.seeds
(['notice'], [1])
"""

from experiments.mechanisms.dose_response import Responses, dose_response
from experiments.mechanisms.doses import KINDS
from experiments.mechanisms.knockouts import Knockouts, knockouts
from experiments.mechanisms.switches import MECHANISMS

__all__ = ["KINDS", "MECHANISMS", "Knockouts", "Responses", "dose_response", "knockouts"]
