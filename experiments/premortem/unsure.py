"""Worlds in which also the draft's own wording is unsure: drawn around what it says, since readers differ."""

from collections.abc import Sequence

import numpy as np

from experiments.premortem.question import Question
from experiments.premortem.tries import Settings

READ = ("clarity", "latitude", "meaning", "monitoring", "evaluation")
"""Terms of a directive whose size nobody knows before it is out: how it is read, followed up and answered for."""
REACH = 0.25
"""How far each may lie from what the draft says, to either side, within 0 to 1; assumed."""


def worded(asked: Question, draws: Sequence[Settings], seeds: Sequence[int]) -> list[Settings]:
    """One joint draw for each seed: of what is unknown of the world, in turn, and of how each draft is read.

    >>> from model import load
    >>> from experiments.premortem.question import question
    >>> asked = question(["memo"], load("two-desks"))
    >>> [sorted(one) for one in worded(asked, [], [1])]
    [['directives.memo.clarity', 'directives.memo.evaluation', 'directives.memo.latitude', 'directives.memo.meaning', \
'directives.memo.monitoring']]
    """
    terms = [(f"directives.{name}.{term}", float(getattr(asked.world.directives[name], term).value))
             for name in asked.drafts for term in READ]  # fmt: skip
    drawn: list[Settings] = []
    for at, seed in enumerate(seeds):
        shares = np.random.default_rng(seed).uniform(-REACH, REACH, len(terms))
        own = {path: float(np.clip(said + by, 0.0, 1.0)) for (path, said), by in zip(terms, shares, strict=True)}
        drawn.append({**(draws[at % len(draws)] if draws else {}), **own})
    return drawn
