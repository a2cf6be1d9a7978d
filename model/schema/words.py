"""The words of a world: levels of gravity, charges, equities, circumstances, numbers and roles, each as it is said.

The order in which a world lists its words is that of their codes in the columns of cases, and of lists and tables.
"""

from typing import Annotated

from pydantic import Field

from model.schema.condition import AnyOf
from model.schema.validators import Name, Strict, matching

RoleName = Annotated[str, matching("[A-Z][A-Za-z0-9]*", "a name that no agent type can have", "such as PatrolOfficer")]
Said = Annotated[str, Field(min_length=1)]


class Equity(Strict):
    """Something that speaks for leniency.

    Attributes:
        said: what it is, as a sentence would name it: "the care of a dependant".
        searching: it takes an inquiry into a life, not a look at a document.
        follows: it is not drawn, but true of whom these conditions hold: over a person's own ages, or the age of the
            youngest child.
        children: whoever has it has from one up to so many children.
    """

    said: Said
    searching: bool = False
    follows: AnyOf = []
    children: int = Field(0, ge=0, le=15)

    @property
    def of_companions(self) -> bool:
        """Whether it follows from who came along, and not from a person's own ages."""
        return any(condition.youngest_child is not None for condition in self.follows)


class Circumstance(Strict):
    """What else may be true of a case: its title, and how it would be said that it were true or false."""

    title: Said
    holds: Said = Field(alias="true")
    fails: Said = Field(alias="false")


class Number(Strict):
    """How often something has happened to a person before.

    Attributes:
        none, some: how it would be said that it were none, or ``{n}``.
        never: what is told of somebody of whom it is none; without it, nothing.
        drawn: the shares that a mix gives, each of those before it, with the name of its draw: ``once``, ``again``.
        least: a number of which this one counts all.
    """

    title: Said
    none: Said
    some: Said
    never: str = ""
    drawn: dict[Name, Said] = Field(min_length=1, max_length=9)
    least: str | None = None

    def as_said(self, n: int) -> str:
        """How it would be said."""
        return self.some.replace("{n}", str(n)) if n else self.none


class Role(Strict):
    """A kind of officer, each an agent type of the same name (`model.agents.role`): its title, and who that is."""

    title: Said
    about: Said


class Words(Strict):
    """The words of a world.

    Attributes:
        levels: how grave a case can be, the mildest first: it counts as nothing against a person.
        charges: what may be held against somebody; the first is nothing.
        serious: who counts as a serious offender where reasons are counted (`model.record.paths`).
    """

    levels: dict[Name, Said] = Field(min_length=1, max_length=120)
    charges: dict[Name, Said] = Field(min_length=1, max_length=120)
    equities: dict[Name, Equity] = Field({}, max_length=16)
    circumstances: dict[Name, Circumstance] = Field({}, max_length=16)
    numbers: dict[Name, Number] = Field({}, max_length=16)
    roles: dict[RoleName, Role] = Field(min_length=1)
    serious: AnyOf = []

    @property
    def drawn_equities(self) -> list[str]:
        """The equities that do not follow from ages."""
        return [name for name, equity in self.equities.items() if not equity.follows]

    @property
    def own_age_equities(self) -> list[str]:
        """The equities that follow from a person's own ages."""
        return [name for name, equity in self.equities.items() if equity.follows and not equity.of_companions]

    @property
    def companions_equities(self) -> list[str]:
        """The equities that follow from who came along."""
        return [name for name, equity in self.equities.items() if equity.of_companions]
