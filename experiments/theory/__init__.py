"""What theory claims of agencies, as experiments that can fail.

>>> from experiments.theory import check_theory
>>> [one] = check_theory(["T08"], replications=2, scale=0.005)
>>> one.fact, one.figures.columns.tolist()
('T08', ['figure', 'unit', 'mean', 'low', 'high', 'least', 'holds'])
"""

from experiments.theory.checks import EXPERIMENTS, FAILS, HOLDS, NOT_SHOWN, Verdict, check_theory, tidy

__all__ = ["EXPERIMENTS", "FAILS", "HOLDS", "NOT_SHOWN", "Verdict", "check_theory", "tidy"]
