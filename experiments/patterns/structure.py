"""Structural patterns: what must be true of any world, whatever its data; if one fails, the program is wrong."""

from collections.abc import Iterator

from experiments.patterns import border, interior, symmetry
from experiments.patterns import invariants as w
from experiments.patterns.pattern import STRUCTURE, Pattern
from experiments.patterns.rules import Rule, never
from experiments.patterns.run_cache import Trial, Wanted, Watch, of_trial, of_watch

STREAMS = {"interior": interior.SCENARIO, "border": border.SCENARIO}
MUST = never("it must be so in any world; one is a fault of the program")
WATCHES: tuple[tuple[str, type[Watch], str, str], ...] = (
    ("S01", w.People, "month-ends on which people do not add up", "evenings"),
    ("S02", w.Capacity, "evenings on which beds, slots or hours do not add up", "evenings"),
    ("S03", w.Lawful, "decisions that a law in force forbids", "decisions"),
    ("S04", w.ByTheRule, "decisions whose chance or outcome is not that of the rule", "decisions"),
    ("S05", w.Overworked, "officers beyond their hours and overtime", "officers"),
    ("S06", w.Drawn, "outcomes less their chances, in standard deviations", "sd"),
)
TRIALS: tuple[tuple[str, str, Trial, str], ...] = (
    ("S07", "again", symmetry.again, "largest difference between a world and itself"),
    ("S08", "nobody", symmetry.nobody, "largest difference by a directive addressed to nobody"),
    ("S09", "alike", symmetry.alike, "largest difference between two agencies with the same data"),
    ("S10", "mirror", symmetry.mirror, "a directive and its mirror image: what does not cancel"),
)


def patterns() -> Iterator[Pattern]:
    """Conservation, limits and law in both streams, and the symmetric cases."""
    for name, watch, what, unit in WATCHES:
        for stream, scenario in STREAMS.items():
            wanted = Wanted(scenario, watch=watch)
            record, rule = (0.0, MUST) if watch is not w.Drawn else (0.0, _CENTRED)
            yield Pattern(f"{name}.{stream}", STRUCTURE, "structure", f"{what}, {stream}", unit, record, (wanted,),
                          of_watch(wanted), rule)  # fmt: skip
    for name, figure, trial, what in TRIALS:
        yield Pattern(name, STRUCTURE, "structure", what, "chance", 0.0, (trial,), of_trial(trial, figure), MUST)


_CENTRED = Rule(
    "the median within 1 of none", "a standard deviation: half of all runs lie within 0.7, and their median nearer",
    lambda found: abs(found.median) <= 1.0,
)  # fmt: skip
