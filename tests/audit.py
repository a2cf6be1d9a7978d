"""Everything that must add up at the end of any day."""

from experiments.patterns.audit import capacity, people
from model import BureaucracyModel


def audit(model: BureaucracyModel) -> None:
    """Nobody is lost or counted twice; what is in use is held by somebody; families are together unless parted."""
    assert [*people(model), *capacity(model)] == []
