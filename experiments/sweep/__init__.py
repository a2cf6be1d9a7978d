"""Sweeps: many runs by a plan, kept as they finish, gone on with after any interruption.

>>> from experiments.sweep import planned_runs, read_plan, resolve
>>> planned = planned_runs(resolve(read_plan("first")))
>>> len(planned), next(iter(planned)).scenario
(36, 'detainer-2012')
"""

from experiments.sweep.driver import Swept, sweep
from experiments.sweep.plan import Plan, plans, read_plan
from experiments.sweep.planned import planned_runs
from experiments.sweep.resolved import resolve

__all__ = ["Plan", "Swept", "planned_runs", "plans", "read_plan", "resolve", "sweep"]
