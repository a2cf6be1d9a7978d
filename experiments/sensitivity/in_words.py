"""Parameters and outcomes in words: what a path of the world and a target of a sweep are called on a page."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from experiments.sweep.outputs import WHOLE, Target
from model.schema import World

WORDS = {
    "clarity": "clarity of the text", "mandate": "how far it obliges to look", "latitude": "latitude left",
    "evaluation": "how far managers are judged by it", "training": "what training adds",
    "monitoring": "follow-up", "judged_by_numbers": "how far judged by numbers",
    "orientation": "leaning", "spread": "spread of leanings", "office_spread": "spread of leanings between offices",
    "mission": "sense of mission", "lens": "how far any conviction counts alike", "regard": "regard for equities",
    "habit": "share weighed one by one", "habits": "share weighed one by one:",
    "conviction": "weight of any conviction",
    "metrics": "weight of what is counted", "stake": "weight of what one answers for",
    "reading": "how far readers fill a silent text", "authority": "force of an instrument:",
}  # fmt: skip
"""What the keys of a world's files are called, where the key alone does not say it."""
UNSAID = ("culture",)
"""Tables of the files that a reader need not know of."""


class Measure(NamedTuple):
    """What a measure of a sweep is called, and its unit."""

    title: str
    unit: str


MEASURES = {
    "rate": Measure("share favourable", "share"), "decided": Measure("cases decided", "cases"),
    "favourable": Measure("cases favourable", "cases"), "hours": Measure("hours of work", "hours"),
    "noticed": Measure("share weighed one by one", "share"), "decisions": Measure("decisions compared", "cases"),
    "rate_with": Measure("share favourable with the directives", "share"),
    "rate_without": Measure("share favourable without them", "share"),
    "shift": Measure("shift of the share favourable", "points"),
}  # fmt: skip


def parameter(path: str, world: World) -> str:
    """A parameter: whose it is, by the titles along its path, and what it is.

    >>> from model import load
    >>> parameter("agencies.ice.units.attorneys.culture.orientation", load())
    'ICE, Trial attorneys: leaning'
    >>> parameter("rule.metrics", load()), parameter("directives.detainer-2012.clarity", load())
    ('Rule: weight of what is counted', 'Detainer guidance of 21 December 2012: clarity of the text')
    """
    here: Any = world
    whose: list[str] = []
    rest: list[str] = []
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else getattr(here, part, None)
        title = getattr(here, "title", None)
        if isinstance(title, str) and not isinstance(here, str):
            whose, rest = [*whose, title], []
        else:
            rest.append(part)
    if not whose:
        whose, rest = [rest[0].capitalize()], rest[1:]
    said = (WORDS.get(part, part.replace("_", " ")) for part in rest if part not in UNSAID)
    return f"{', '.join(whose)}: {' '.join(said)}"


def parameters(paths: Iterable[str], world: World) -> dict[str, str]:
    """Some parameters in words, by path; those that would read alike keep their paths."""
    said = {path: parameter(path, world) for path in paths}
    times = Counter(said.values())
    return {path: words if times[words] == 1 else path for path, words in said.items()}


def term(path: str, words: Mapping[str, str]) -> str:
    """A term of a surface, by the words of its parameters.

    >>> term("rule.metrics x rule.metrics-2", {"rule.metrics": "metrics", "rule.metrics-2": "others"})
    'metrics x others'
    """
    return re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), lambda found: words[found[0]], path)


def outcome(target: Target, world: World) -> str:
    """An outcome: whose decision, and what is measured of it.

    >>> from model import load
    >>> outcome(Target("rate", "ice", "charge"), load()), outcome(Target("shift", "ice"), load())
    ('ICE, Detainer and charge: share favourable (not charged)', 'ICE, all decisions: shift of the share favourable')
    """
    agency = world.agencies[target.agency].title
    said = MEASURES[target.measure].title if target.measure in MEASURES else target.measure
    if target.stage == WHOLE:
        return f"{agency}, all decisions: {said}"
    stage = world.stages[target.stage]
    if said.endswith("favourable"):
        said += f" ({stage.labels['favourable']})"
    return f"{agency}, {stage.title}: {said}"


def unit_of(target: Target) -> str:
    """The unit of an outcome; empty where a bare number says it."""
    return MEASURES[target.measure].unit if target.measure in MEASURES else ""
