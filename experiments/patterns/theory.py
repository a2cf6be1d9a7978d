"""Patterns of theory: every figure of `discretion theory`, each predicted to be above none by what matters."""

from collections.abc import Iterator

from experiments.patterns.facts import Facts, fact_of
from experiments.patterns.pattern import Pattern
from experiments.patterns.rules import above_smallest
from experiments.patterns.run_cache import of_trial
from experiments.theory.checks import EXPERIMENTS


def patterns(facts: Facts) -> Iterator[Pattern]:
    """One pattern a figure; a claim holds if all of its figures do."""
    for name, experiment in EXPERIMENTS.items():
        fact = fact_of(facts, name)
        for number, (figure, unit) in enumerate(experiment.figures.items(), start=1):
            yield Pattern(
                f"{name}.{number}", fact["use"], fact["stream"], figure, unit, "above 0", (experiment.measure,),
                of_trial(experiment.measure, figure), above_smallest(unit), difference=True,
            )  # fmt: skip
