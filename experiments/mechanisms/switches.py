"""The mechanisms that carry a directive, and what it means to switch one off.

A mechanism is switched off through the world's own parameters, in both worlds of a pair, so that whatever reads the
paths below can do the same with ``--set``. What is off makes no difference between one officer and the next and
between one day and the next; the text of the directive, the facts of the case, the law and the routes stay.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import inf

from model.errors import InputError
from model.schema import Quantity, World
from model.world.checks import quantities

MOST = inf
"""As much as the parameter's bounds allow."""


@dataclass(frozen=True)
class Mechanism:
    """One mechanism and its switch.

    Attributes:
        off: what the world is like without it.
        why: why that is what "off" means.
        sets: patterns of paths (``*`` for any text), and the value that every parameter there gets.
        of_directives: whether it does nothing where no directive is issued.
    """

    name: str
    off: str
    why: str
    sets: tuple[tuple[str, float], ...]
    of_directives: bool = False


_ALL = (
    Mechanism(
        "culture",
        "every officer and manager leans to neither side, and stays so",
        "Leaning is the culture term. It also decides how far one is willing and how a vague text is read. Lens "
        "and regard stay: they say what a conviction or a document weighs, not which side one is on.",
        (
            ("agencies.*.culture.orientation", 0.0), ("agencies.*.culture.spread", 0.0),
            ("agencies.*.culture.office_spread", 0.0), ("agencies.*.units.*.local.*", 0.0),
            ("agencies.*.units.*.recruits", 0.0), ("directives.*.recruits.*", 0.0), ("society.experience", 0.0),
        ),
    ),
    Mechanism(
        "metrics",
        "no target: nothing counted presses on anybody, or takes managers' attention",
        "Targets work twice: on the judgment of officers, and on how much of a directive managers pass on.",
        (("metrics.*.target", 0.0), ("directives.*.targets.*", 0.0)),
    ),
    Mechanism(
        "exposure",
        "every directive is heard whole, at once and for good by everybody whom it addresses",
        "The mechanism is the way down: managers who pass on a part, the days it takes, forgetting, a union that "
        "blocks a training. Reaching nobody would be another directive, namely none, and would tell nothing.",
        (
            ("directives.*.training", 1.0), ("directives.*.monitoring", 1.0), ("agencies.*.units.*.union_consent", 1.0),
        ),
        of_directives=True,
    ),
    Mechanism(
        "accountability",
        "nobody has anything at stake in answering for a directive",
        "Evaluation works twice: managers who are judged by a directive pass it on, and officers expect to answer for "
        "it. This is the second; the first belongs to exposure.",
        (("rule.stake", 0.0),),
        of_directives=True,
    ),
    Mechanism(
        "notice",
        "every case is looked at as an individual; an order to look adds nothing",
        "Where all look, backlog and a searching inquiry turn no eyes away. Looking still takes its hours.",
        (("agencies.*.units.*.habit", 1.0), ("agencies.*.units.*.habits.*", 1.0)),
    ),
    Mechanism(
        "custom",
        "no practice stands before the weighing of a case",
        "Customs settle cases that no law settles.",
        (("customs.*.share", 0.0),),
    ),
    Mechanism(
        "capacity",
        "a decision takes no time, and beds and other resources never run out",
        "Nothing waits, so nobody is short of attention; days on the way between two desks stay.",
        (
            ("stages.*.screening_hours", 0.0), ("stages.*.review_hours", 0.0), ("stages.*.outcome_hours.*", 0.0),
            ("stages.*.takes", 0.0),
            ("resources.*.amount", MOST), ("resources.*.amounts.*", MOST),
        ),
    ),
)  # fmt: skip
MECHANISMS = {mechanism.name: mechanism for mechanism in _ALL}
PARTS = {
    part.name: part
    for part in (
        Mechanism(
            "endorsement",
            "no text wins anybody over; what one must answer for and orders to look stay",
            "What reaches an officer through managers who stand behind a text does its work through the meaning that "
            "the officer finds in it.",
            (("directives.*.meaning", 0.0),),
            of_directives=True,
        ),
        Mechanism(
            "coping",
            "neither pressure to decide nor backlog takes hours or attention from a case",
            "Lipsky's coping: targets still press on the judgment, and hours still run out.",
            (("rule.haste", 0.0), ("rule.strain", 0.0)),
        ),
    )
}  # fmt: skip
"""What can be switched off by itself and belongs to a mechanism above, or cuts across several: no share of its own."""
SWITCHES = {**MECHANISMS, **PARTS}


def named(names: Sequence[str] | None, known: Mapping[str, Mechanism] = MECHANISMS) -> list[str]:
    """The mechanisms asked for, in their usual order; all that are ``known`` for None.

    Raises:
        InputError: one that is not there, or none at all.

    >>> named(["notice", "culture"])
    ['culture', 'notice']
    """
    if names is None:
        return list(known)
    if not names:
        raise InputError("no mechanism to switch off", where="mechanism", known=known)
    for name in names:
        if name not in known:
            raise InputError("no such mechanism", where="mechanism", found=name, known=known)
    return [name for name in known if name in names]


def switched_off(world: World, names: Collection[str]) -> dict[str, float]:
    """The settings (path to value) that switch the named mechanisms of a world off.

    >>> from model import load
    >>> switched_off(load(), ["accountability", "notice"])["rule.stake"]
    0.0
    """
    known = {path: entry for path, entry in quantities(world) if isinstance(entry, Quantity)}
    return {
        path: entry.bounds[1] if value == MOST else value
        for name in SWITCHES if name in names
        for pattern, value in SWITCHES[name].sets
        for path, entry in known.items() if fnmatchcase(path, pattern)
    }  # fmt: skip


def off_in_words(names: Collection[str]) -> str:
    """What is off, in the usual order; ``nothing`` if all is on.

    >>> off_in_words({"notice", "culture"}), off_in_words([])
    ('culture + notice', 'nothing')
    """
    return " + ".join(name for name in MECHANISMS if name in names) or "nothing"
