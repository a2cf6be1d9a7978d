"""T06: who carries a directive out: those who were hired, or those above them."""

import numpy as np
import pandas as pd

from experiments.theory.lab import FEWEST, MEMO, ORDER, START, Lab
from model.arithmetic import sigmoid
from model.rule.terms import TERM_NAMES

STAGE = "review"
"""What the order asks the attorneys to decide again."""
HIRED, ABOVE = ["culture"], ["directive", "metrics"]
"""Terms by whom they come from: who the officer is, and what supervisors pass on and press for."""


def compliance(lab: Lab) -> dict[str, float]:
    """T06: recruitment matters more to compliance than supervisors' coercion.

    Source: Brehm and Gates 1997, who compare what goes with compliance among officers of one agency. They say the same
    of peers; the model has no mechanism of example, so that half cannot be tried (``docs/mechanisms.md``).

    Design: the trial attorneys of ICE under the memos and the ordered review, as they are: hired with leanings of their
    own, under managers who pass on more or less of the order and press for numbers. Twice attorneys are taken to differ
    in one respect alone, all else being as on average: in their leaning; in what reaches them through their supervisors
    (the order's pull, the pressure of numbers, and how far they are made to look at a case).

    Refuted if the first sets attorneys less apart than the second. It says nothing of how far an agency can be moved in
    a year by hiring or by evaluating: see T01, and ``discretion levers``.

    Measured: the standard deviation over attorneys of the chance of leniency at the review, by leaning less by
    supervisors. Part of what supervisors are credited with is the attorneys' own, since those who lean against an order
    are also less willing to follow it.
    """
    run = lab.run({name: lab.text(name) for name in (MEMO, ORDER)}, terms=True)
    made, world = run.decisions, run.model.world
    since = (world.directives[ORDER].start - START).days
    here = made[(made["stage"] == run.model.stage_names.index(STAGE)) & (made["day"] >= since)]
    here = here.assign(attention=here["notice"] / here["looked"])
    officers = here.groupby("officer")[["looked", "attention", *TERM_NAMES]].mean()
    officers = officers[here.groupby("officer").size() >= FEWEST]
    base = world.stages[STAGE].threshold.value + float(officers[list(TERM_NAMES)].mean().sum())
    apart = {
        name: _apart(officers, group, base, looks=group is ABOVE)
        for name, group in (("hired", HIRED), ("above", ABOVE))
    }
    return {"set apart by leaning, less by supervisors": apart["hired"] - apart["above"]}


def _apart(officers: pd.DataFrame, terms: list[str], base: float, looks: bool) -> float:
    """The spread of the chance of leniency if officers differed in some terms alone; and in how far they look."""
    own = officers[terms].sum(axis=1)
    judged = np.array([sigmoid(base + more) for more in own - own.mean()])
    looked = officers["looked"].to_numpy() if looks else officers["looked"].mean()
    return float(np.std(officers["attention"].mean() * looked * judged))
