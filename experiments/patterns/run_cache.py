"""What patterns are measured from: the runs of one seed, each made once, as far and as closely watched as is asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from experiments.parallel import Tick, silent
from experiments.runs import Run, tables
from experiments.theory.lab import Lab
from experiments.twin.twins import left
from model import BureaucracyModel
from model.arguments import unknown_scenario
from model.errors import InputError
from model.observers import Observer
from model.schema import Scenario, World


class Watch(Observer):
    """Looks at a model while it runs, and keeps what it found as a number."""

    found: float = float("nan")


@dataclass(frozen=True)
class Wanted:
    """A run that a pattern is measured from.

    Attributes:
        scenario: of the world.
        without: directives that are taken away from it.
        until: the last day that matters; None for the scenario's.
        watch: makes what looks at the model as it runs.
    """

    scenario: str
    without: tuple[str, ...] = ()
    until: date | None = None
    watch: Callable[[], Watch] | None = None

    @property
    def twin(self) -> tuple[str, tuple[str, ...]]:
        """What tells runs apart: those of the same directives are one, as long as the longest."""
        return self.scenario, self.without


Trial = Callable[[Lab], Mapping[str, float]]
"""An experiment that makes runs of its own, and gives figures by name."""


class Seen:
    """Runs under one seed; one that is asked for again is not made again.

    Attributes:
        world: the parameters.
        seed, scale: of every run.
    """

    def __init__(
        self, world: World, seed: int, scale: float, wanted: Iterable[Wanted | Trial], tick: Tick = silent
    ) -> None:
        """No run has been made; ``tick`` is called after each run and each trial.

        Raises:
            InputError: a run of a scenario or without a directive that the world does not have.
        """
        self.world, self.seed, self.scale = world, seed, scale
        self._lab = Lab(world, seed, scale)
        self._wanted = list(dict.fromkeys(one for one in wanted if isinstance(one, Wanted)))
        for one in self._wanted:
            scenario_of(world, one)
        self._tick = tick
        self._runs: dict[tuple[str, tuple[str, ...]], Run] = {}
        self._watches: dict[tuple[tuple[str, tuple[str, ...]], Callable[[], Watch]], Watch] = {}
        self._trials: dict[Trial, Mapping[str, float]] = {}

    def run(self, wanted: Wanted) -> Run:
        """The run, until the latest day that anybody wants of it."""
        if wanted.twin not in self._runs:
            self._runs[wanted.twin] = self._made(wanted)
            self._tick()
        return self._runs[wanted.twin]

    def watched(self, wanted: Wanted) -> Watch:
        """What looked at the run."""
        if wanted.watch is None:
            raise InputError("nothing looks at this run", where="pattern", found=wanted.scenario)
        self.run(wanted)
        return self._watches[wanted.twin, wanted.watch]

    def trial(self, trial: Trial) -> Mapping[str, float]:
        """The figures of an experiment under the same seed and scale."""
        if trial not in self._trials:
            self._trials[trial] = trial(self._lab)
            self._tick()
        return self._trials[trial]

    def _made(self, wanted: Wanted) -> Run:
        alike = [one for one in {*self._wanted, wanted} if one.twin == wanted.twin]
        scenario = scenario_of(self.world, wanted)
        ends = [min(one.until or scenario.end, scenario.end) for one in alike]
        watches = {make: make() for make in (one.watch for one in alike) if make is not None}
        self._watches |= {(wanted.twin, make): watch for make, watch in watches.items()}
        model = BureaucracyModel(
            scenario, self.scale, self.seed, world=self.world, until=max(ends), observers=[*watches.values()]
        )  # fmt: skip
        return tables(model.run())


def scenario_of(world: World, wanted: Wanted) -> Scenario:
    """The scenario, without the directives that are taken away.

    Raises:
        InputError: the world has no such scenario, or the scenario no such directive.
    """
    if wanted.scenario not in world.scenarios:
        raise unknown_scenario(world, wanted.scenario, "pattern")
    scenario = world.scenarios[wanted.scenario]
    if not wanted.without:
        return scenario
    return scenario.model_copy(update={"directives": left(world, scenario, wanted.without)})


def of_watch(wanted: Wanted) -> Callable[[Seen], float]:
    """What a watch found."""
    return lambda seen: seen.watched(wanted).found


def of_trial(trial: Trial, figure: str) -> Callable[[Seen], float]:
    """A figure of an experiment of theory."""
    return lambda seen: seen.trial(trial)[figure]


def steps(wanted: Iterable[Wanted | Trial]) -> int:
    """How many runs and experiments it takes to see all that is wanted."""
    return len({one.twin if isinstance(one, Wanted) else one for one in wanted})
