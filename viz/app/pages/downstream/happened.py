"""What happened, beside what the model gives: the facts of record on what is broken downstream."""

from typing import NamedTuple

from experiments.border.downstream import DOLLARS, MISSED, PROSECUTIONS, SEPARATED

BEDS = "Marshals beds for these cases: in use"
FAILS = "here the model is known to be wrong"
UNKNOWN = "not on record"


class OnRecord(NamedTuple):
    """What is on record of a measure, and the pattern of `discretion validate` that holds the model against it."""

    words: str
    pattern: str
    fails: bool = False


FACTS = {
    "zero-tolerance-2018": {
        SEPARATED: OnRecord("at least 3,000 from 5 May to 20 June 2018", "P04"),
        PROSECUTIONS: OnRecord("illegal entries up, felonies of others down in May and June 2018", "P29.felonies"),
        MISSED: OnRecord("up in May and June 2018", "P29.missed"),
        DOLLARS: OnRecord("a shortfall of $227 million a year was projected on 27 April 2018", "P09.dollars", True),
        BEDS: OnRecord("80 percent in use on 24 May 2018", "P37", True),
    },
    "el-paso-2017": {SEPARATED: OnRecord("280 families from July to November 2017", "P30.families", True)},
}
"""By scenario and measure (`experiments.border.downstream`)."""


def happened(scenario: str, measure: str) -> str:
    """What is on record of a measure, in words.

    >>> happened("el-paso-2017", SEPARATED)
    '280 families from July to November 2017 (P30.families): here the model is known to be wrong'
    >>> happened("daca-2012", SEPARATED)
    'not on record'
    """
    found = FACTS.get(scenario, {}).get(measure)
    if found is None:
        return UNKNOWN
    return f"{found.words} ({found.pattern})" + (f": {FAILS}" if found.fails else "")
