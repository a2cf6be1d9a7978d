"""The work behind the page: every lever against the record, and a directive at several doses."""

from experiments.levers import Ranking
from experiments.mechanisms import Responses
from experiments.precomputed.made import Asked, dosed, ranked
from viz.app.jobs import Progress
from viz.app.shown_world import the_world


def ranking(asked: Asked, progress: Progress) -> Ranking:
    """The levers of a scenario against the record."""
    return ranked(asked, the_world(), progress=progress)


def responses(asked: Asked, directive: str, progress: Progress) -> Responses:
    """The doses of a directive."""
    return dosed(asked, directive, the_world(), progress=progress)
