"""Structural patterns: what must be true of any world, whatever its data; if one fails, the program is wrong."""

from collections.abc import Iterator, Mapping

from experiments.patterns import invariants as w
from experiments.patterns.pattern import STRUCTURE, Pattern
from experiments.patterns.rules import Rule
from experiments.patterns.run_cache import Wanted, Watch, of_watch
from experiments.patterns.trials import MUST

WATCHES: tuple[tuple[str, type[Watch], str, str], ...] = (
    ("S01", w.People, "month-ends on which people do not add up", "evenings"),
    ("S02", w.Capacity, "evenings on which beds, slots or hours do not add up", "evenings"),
    ("S03", w.Lawful, "decisions that a law in force forbids", "decisions"),
    ("S04", w.ByTheRule, "decisions whose chance or outcome is not that of the rule", "decisions"),
    ("S05", w.Overworked, "officers beyond their hours and overtime", "officers"),
    ("S06", w.Drawn, "outcomes less their chances, in standard deviations", "sd"),
)
_CENTRED = Rule(
    "the median within 1 of none", "a standard deviation: half of all runs lie within 0.7, and their median nearer",
    lambda found: abs(found.median) <= 1.0,
)  # fmt: skip


def patterns(watched: Mapping[str, str]) -> Iterator[Pattern]:
    """Conservation, limits and law in some scenarios, by the names under which they are watched."""
    for name, watch, what, unit in WATCHES:
        for short, scenario in watched.items():
            wanted = Wanted(scenario, watch=watch)
            rule = MUST if watch is not w.Drawn else _CENTRED
            yield Pattern(f"{name}.{short}", STRUCTURE, STRUCTURE, f"{what}, {short}", unit, 0.0, (wanted,),
                          of_watch(wanted), rule)  # fmt: skip
