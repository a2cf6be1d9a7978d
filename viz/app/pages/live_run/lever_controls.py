"""The levers of a live run: parameters of one directive, and the targets that press the same officers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.schema import Directive, World
from model.schema.directive import AUTHORITIES
from model.world.settings import pairs

SHARES = {
    "clarity": ("Clarity", "How much of its meaning survives being passed on once."),
    "mandate": ("Mandate to look", "How far it obliges the officer to look at each case."),
    "monitoring": ("Monitoring", "Attention kept alive by follow-up; the rest fades."),
    "evaluation": ("Managers judged by it", "How far managers are judged by compliance."),
    "training": ("Training", "Exposure that training adds, where the union lets it through."),
}
INSTRUMENTS = {"soft": "Appeal", "economic": "Incentive", "regulatory": "Order"}
STEP = 10_000.0


@dataclass(frozen=True)
class Lever:
    """Something that can be moved: ``kind`` is ``share``, ``target``, ``yes`` or ``choice``; ``value`` as it stands."""

    path: str
    kind: str
    title: str
    hint: str
    value: Any
    shipped: Any

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than as shipped."""
        return bool(self.value != self.shipped)


def levers(world: World, shipped: World, directive: str) -> list[Lever]:
    """The levers of a directive, as they stand in a world and in the one that it was made from."""
    now, was, at = world.directives[directive], shipped.directives[directive], f"directives.{directive}"
    found = [Lever(f"{at}.authority", "choice", "Authority", "How much force the instrument has.",
                   now.authority, was.authority)]  # fmt: skip
    for name, (title, hint) in SHARES.items():
        found.append(Lever(f"{at}.{name}", "share", title, hint, getattr(now, name).value, getattr(was, name).value))
    return found + _union(world, shipped, now) + _counted(world, shipped, {unit.split(".")[0] for unit in now.to})


def _union(world: World, shipped: World, directive: Directive) -> list[Lever]:
    """The consent of the unions that stand between the addressees of a directive and a training.

    There is none to move where the directive says itself whether the unions consent.
    """
    if directive.union_consents is not None:
        return []
    found = []
    for agency, entry in world.agencies.items():
        for name, unit in entry.units.items():
            was = shipped.agencies[agency].units[name].union_consent.value
            if {agency, f"{agency}.{name}"} & set(directive.to) and was < 1.0:
                path = f"agencies.{agency}.units.{name}.union_consent"
                title = f"The union consents: {unit.title.lower()}"
                hint = "How much of a training it lets through to them."
                found.append(Lever(path, "share", title, hint, unit.union_consent.value, was))
    return found


def _counted(world: World, shipped: World, agencies: set[str]) -> list[Lever]:
    found = []
    for name, metric in world.metrics.items():
        was, at = shipped.metrics[name], f"metrics.{name}"
        if metric.agency in agencies and metric.presses:
            if was.in_force:
                hint = "Yearly target; at 0 it presses nobody."
                found.append(Lever(f"{at}.target", "target", metric.title, hint, metric.target.value, was.target.value))
            else:
                found.append(Lever(f"{at}.in_force", "yes", f"Count: {metric.title.lower()}", "",
                                   metric.in_force, was.in_force))  # fmt: skip
    return found


def moved(settings: Sequence[str], lever: Lever, value: Any) -> tuple[str, ...]:
    """The settings with one lever put to a value; a lever put back to where it was shipped is no setting."""
    others = [text for text, (path, _) in zip(settings, pairs(settings), strict=True) if path != lever.path]
    if value == lever.shipped:
        return tuple(others)
    written = str(value).lower() if isinstance(value, bool) else f"{value:g}" if lever.kind != "choice" else value
    return (*others, f"{lever.path}={written}")


def directives_of(world: World, scenario: str) -> dict[str, str]:
    """The directives of a scenario by name, with their titles."""
    return {name: world.directives[name].title for name in world.scenarios[scenario].directives}


OPTIONS = {name: INSTRUMENTS[name] for name in reversed(AUTHORITIES)}
