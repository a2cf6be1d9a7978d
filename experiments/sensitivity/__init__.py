"""What an outcome depends on: sensitivity indices, response surfaces, and where in the space a directive fails.

Everything starts from a finished sweep: ``look(folder, "shift.AGENCY")`` gives the sample, and each analysis a table.
"""

from experiments.sensitivity.convergence import convergence
from experiments.sensitivity.indices import indices
from experiments.sensitivity.sample import Sample, look
from experiments.sensitivity.surface import surface

__all__ = ["Sample", "convergence", "indices", "look", "surface"]
