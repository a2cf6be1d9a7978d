"""What the address of a pre-mortem says: the draft, as far as it is not the directive that it follows."""

from dataclasses import dataclass
from datetime import date

from experiments.drafting.form import SHARES
from experiments.drafting.remark import conditions, lines, toml
from model.schema import World
from viz.app.address import day, kept, one_of, whole
from viz.app.shown_world import first, the_world

AS_THERE, SAME = "", "as in that directive"
"""As the directive that the draft follows has it."""
OTHERWISE = {AS_THERE: SAME, "in": "they are meant", "out": "they are not meant", "silent": "nothing"}
LONGEST = 200
SOURCE = "assumed: a draft of our own"


def line(text: str) -> str:
    """A line of text, as long as a title may be."""
    return " ".join(text.split())[:LONGEST]


def percent(text: str) -> int:
    """Reads a share in percent; -1 for as there."""
    return -1 if text == "-1" else whole(0, 100)(text)


def _addressees() -> list[str]:
    units = [f"{name}.{unit}" for name, agency in the_world().agencies.items() for unit in agency.units]
    return [AS_THERE, *the_world().agencies, *units]


@dataclass(frozen=True)
class Shown:
    """The draft and how long it is tried; shares are in percent, -1 as there."""

    like: str = kept(first("directive"), one_of(lambda: the_world().directives))
    title: str = kept("A directive of my own", line)
    start: date | None = kept(None, day, lambda value: "" if value is None else value.isoformat())
    to: str = kept(AS_THERE, one_of(_addressees))
    level: str = kept(AS_THERE, one_of(lambda: (AS_THERE, *the_world().words.levels)))
    otherwise: str = kept(AS_THERE, one_of(lambda: OTHERWISE))
    clarity: int = kept(-1, percent)
    latitude: int = kept(-1, percent)
    meaning: int = kept(-1, percent)
    mandate: int = kept(-1, percent)
    monitoring: int = kept(-1, percent)
    training: int = kept(-1, percent)
    evaluation: int = kept(-1, percent)
    size: str = kept("look", one_of(lambda: ("look", "usual")))

    def text(self, world: World) -> str:
        """The draft as a file, which `discretion premortem` takes."""
        there = world.directives[self.like]
        parts = [f"like = {toml(self.like)}", f"title = {toml(self.title)}", 'issuer = "nobody: a draft"',
                 f"source = {toml(SOURCE)}"]  # fmt: skip
        if self.start is not None:
            parts.append(f"start = {self.start.isoformat()}")
        if self.to:
            parts.append(f"to = {toml([self.to])}")
        for name in SHARES:
            if getattr(self, name) >= 0:
                value = getattr(self, name) / 100
                parts.append(f'{name} = {{ value = {value:g}, unit = "share", source = {toml(SOURCE)} }}')
        if self.level or self.otherwise:
            meant = [{"level": [self.level]}] if self.level else conditions(there.scope.include)
            parts += ["", "[scope]", lines("in", meant), f"otherwise = {toml(self.otherwise or there.scope.otherwise)}"]
        return "\n".join(parts) + "\n"
