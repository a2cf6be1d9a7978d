"""Doses of a directive: more or less of one thing in its file, all else as it is.

Each kind of dose is a key of `model.schema.Directive`, or what comes nearest to it. Where a dose could change nothing,
whatever it is, it is not defined for that directive (`experiments.mechanisms.undefined`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.mechanisms.undefined import undefined
from model.errors import InputError
from model.schema import Quantity, World

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
NOTICE = (0.0, 30.0, 60.0, 90.0, 180.0)
"""Days; no more than bring every resource on the first day."""
KINDS = {
    "strength": "weight of the instrument, in log-odds: none (no meaning), or that of soft, economic and regulatory",
    "clarity": "share of the meaning that survives being passed on once",
    "mandate": "how far it obliges officers to look at each case",
    "monitoring": "share of attention kept alive by follow-up; the rest erodes",
    "evaluation": "how far managers are judged by compliance with it",
    "training": "share of officers' exposure that training adds, where the union lets it through",
    "notice": "days' notice to those who must make room: its resources come earlier, at best on the first day",
}
"""The kinds of dose, and what each is."""
UNITS = {"strength": "log-odds", "notice": "days"}
"""What a kind is counted in, where it is not a share."""


@dataclass(frozen=True)
class Dose:
    """One dose: ``over`` its kind, ``at`` how much, what it is called, and the settings that give it.

    The dose that the file itself gives is the directive's ``own``, and has no settings.
    """

    over: str
    at: float
    label: str
    settings: dict[str, object]

    @property
    def own(self) -> bool:
        """Whether it is the directive as it is."""
        return not self.settings


def kinds(names: Sequence[str] | None) -> list[str]:
    """The kinds asked for, in their usual order; all of them for None.

    Raises:
        InputError: one that is not there.

    >>> kinds(["training", "clarity"])
    ['clarity', 'training']
    """
    for name in names or []:
        if name not in KINDS:
            raise InputError("no such kind of dose", where="over", found=name, known=KINDS)
    return [kind for kind in KINDS if names is None or kind in names]


def doses(world: World, name: str, over: str) -> list[Dose]:
    """The doses of one kind of a directive, the smallest first, its own among them; none where it is not defined.

    >>> from model import load
    >>> [(dose.at, dose.label, dose.own) for dose in doses(load(), "discretion-2011", "strength")]
    [(0.0, 'none', False), (1.2, 'soft', True), (2.0, 'economic', False), (3.0, 'regulatory', False)]
    >>> [dose.settings for dose in doses(load(), "review-2011", "clarity") if dose.at in (0.75, 0.95)]
    [{'directives.review-2011.clarity': 0.75}, {}]
    """
    if undefined(world, name, over):
        return []
    directive, here = world.directives[name], f"directives.{name}"
    if over == "strength":
        found = {weight.value: Dose(over, weight.value, word, {f"{here}.authority": word})
                 for word, weight in world.rule.authority.items()}  # fmt: skip
        found[0.0] = Dose(over, 0.0, "none", {f"{here}.meaning": 0.0})
        own = world.rule.authority[directive.authority].value
        found[own] = Dose(over, own, directive.authority, {})
    elif over == "notice":
        delays = {f"{here}.resources.{what}.delay": more.delay.value for what, more in directive.resources.items()}
        longest = max(delays.values())
        given = [days for days in NOTICE if days < longest] + [longest]
        found = {days: Dose(over, days, f"{days:g} days", _sooner(delays, days)) for days in given}
    else:
        share: Quantity = getattr(directive, over)
        least, most = share.bounds
        found = {at: Dose(over, at, f"{at:g}", {f"{here}.{over}": at}) for at in SHARES if least <= at <= most}
        found[share.value] = Dose(over, share.value, f"{share.value:g}", {})
    return [found[at] for at in sorted(found)]


def _sooner(delays: dict[str, float], days: float) -> dict[str, object]:
    """Delays that are shorter by some days, as settings; none for no days.

    >>> _sooner({"beds": 120.0, "attorneys": 30.0}, 90.0), _sooner({"beds": 120.0}, 0.0)
    ({'beds': 30.0, 'attorneys': 0.0}, {})
    """
    return {path: max(0.0, delay - days) for path, delay in delays.items()} if days else {}
