"""What a calibration is asked: which parameters, which targets, and how a point is tried."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from experiments.calibration.priors import Places
from experiments.calibration.targets import Target
from model.schema import Prior
from model.world.loader import content_hash

Errors = Mapping[str, float]
"""By target, how far off in tolerances (`experiments.calibration.targets.Target.error`)."""


@dataclass(frozen=True)
class Problem:
    """Parameters with their priors, targets, and the model between the two.

    Attributes:
        name: of the calibration.
        priors: the parameters.
        targets: what they are fitted to.
        simulate: the errors at a point, given the places of its parameters; the same point has the same seed.
        exact: the same without the error of the record.
        observed: the errors of the data fitted to: none for the record, those of a run for a recovery test.
        about: what else the result depends on, in plain data.
    """

    name: str
    priors: Mapping[str, Prior]
    targets: Sequence[Target]
    simulate: Callable[[Places], dict[str, float]] = field(repr=False)
    exact: Callable[[Places], dict[str, float]] = field(repr=False)
    observed: Errors = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def aim(self) -> dict[str, float]:
        """The error to come close to, by target."""
        return {target.name: float(self.observed.get(target.name, 0.0)) for target in self.targets}

    def identity(self, *more: object) -> str:
        """A hash of all that the result depends on."""
        targets = [vars(target) for target in self.targets]
        priors = {name: prior.model_dump(mode="json") for name, prior in self.priors.items()}
        return content_hash(self.name, priors, targets, self.aim, dict(self.about), list(more))
