"""T06: who carries a directive out: those who were hired, those around them, or those above them."""

import numpy as np
import pandas as pd

from experiments.theory.lab import FEWEST, MEMO, ORDER, START, Lab
from model.arithmetic import sigmoid
from model.rule.terms import TERM_NAMES

STAGE = "review"
"""What the order asks the attorneys to decide again."""
HIRED, AROUND, ABOVE = ["culture"], ["peers"], ["directive", "metrics"]
"""Terms by whom they come from: who the officer is, what colleagues do, what supervisors pass on and press for."""


def compliance(lab: Lab) -> dict[str, float]:
    """T06: recruitment and peers matter more to compliance than supervisors' coercion.

    Source: Brehm and Gates 1997, who compare what goes with compliance among officers of one agency.

    Design: the trial attorneys of ICE under the memos and the ordered review, as they are: hired with leanings of their
    own, among colleagues of their own, under managers who pass on more or less of the order and press for numbers.
    Three times attorneys are taken to differ in one respect alone, all else being as on average: in their leaning; in
    the example of their colleagues; in what reaches them through their supervisors (the order's pull, the pressure of
    numbers, and how far they are made to look at a case).

    Refuted if either of the first sets attorneys less apart than the third. It says nothing of how far an agency can be
    moved in a year by hiring or by evaluating: see T01, and ``discretion levers``.

    Measured: the standard deviation over attorneys of the chance of leniency at the review, by leaning less by
    supervisors, and by peers less by supervisors. Part of what supervisors are credited with is the attorneys' own,
    since those who lean against an order are also less willing to follow it.
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
        for name, group in (("hired", HIRED), ("around", AROUND), ("above", ABOVE))
    }
    return {
        "set apart by leaning, less by supervisors": apart["hired"] - apart["above"],
        "set apart by peers, less by supervisors": apart["around"] - apart["above"],
    }


def _apart(officers: pd.DataFrame, terms: list[str], base: float, looks: bool) -> float:
    """The spread of the chance of leniency if officers differed in some terms alone; and in how far they look."""
    own = officers[terms].sum(axis=1)
    judged = np.array([sigmoid(base + more) for more in own - own.mean()])
    looked = officers["looked"].to_numpy() if looks else officers["looked"].mean()
    return float(np.std(officers["attention"].mean() * looked * judged))
