"""The work behind the page: every lever against the record, and a directive at several doses."""

from experiments.levers import Ranking
from experiments.mechanisms import Responses
from experiments.precomputed.made import Asked, dosed, ranked
from model.world.loader import load
from viz.app.jobs import Progress


def ranking(asked: Asked, progress: Progress) -> Ranking:
    """The levers of a scenario against the record."""
    return ranked(asked, load(), progress=progress)


def responses(asked: Asked, directive: str, progress: Progress) -> Responses:
    """The doses of a directive."""
    return dosed(asked, directive, progress=progress)
