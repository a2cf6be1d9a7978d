"""A person built by hand: a named case with some facts otherwise, each fact a text in the address."""

from collections.abc import Sequence

from pydantic import ValidationError

from model.errors import InputError
from model.explain.facts import aged
from model.schema import CaseFile, Person, World

NUMBERS = ("age", "entry_age", "children")
FLAGS = ("lawyer", "detained", "mandatory")
WORDS = ("level", "charge")
SEEN, TRUE, ABSENT = "on paper", "true, not on paper", "no"
STANDINGS = (ABSENT, TRUE, SEEN)
FOR, IS, TIMES = "for.", "is.", "times."
"""Before the name of an equity, a circumstance or a number as a fact: old age speaks for somebody, and is not their
age."""


def names(world: World) -> list[str]:
    """The facts that a person may have in a world."""
    words = world.words
    own = ((FOR, words.equities), (IS, words.circumstances), (TIMES, words.numbers))
    return [*WORDS, *NUMBERS, *FLAGS, *(f"{kind}{name}" for kind, known in own for name in known)]


def fact(text: str) -> tuple[str, str]:
    """Reads a fact as ``name=value``; the value of what speaks for somebody says how it stands.

    >>> fact("level=none"), fact("for.caregiver=on paper")
    (('level', 'none'), ('for.caregiver', 'on paper'))
    """
    name, equals, value = text.partition("=")
    known = [*WORDS, *NUMBERS, *FLAGS]
    if not equals or not (name in known or name.startswith((FOR, IS, TIMES))):
        raise InputError("no such fact of a person", found=name[:40], known=known)
    if name.startswith(FOR) and value not in STANDINGS:
        raise InputError("not how an equity stands", found=value[:40], known=STANDINGS)
    return name, value


def written(pair: tuple[str, str]) -> str:
    """Writes a fact."""
    return f"{pair[0]}={pair[1]}"


def standing(person: Person, equity: str) -> str:
    """How an equity stands: on paper, true but not on paper, or not so."""
    return SEEN if equity in person.documented else TRUE if equity in person.equities else ABSENT


def built(file: CaseFile, facts: Sequence[tuple[str, str]], world: World) -> CaseFile:
    """A case with some facts otherwise.

    Raises:
        InputError: facts that no person has, alone or together.
    """
    person = file.person
    for name, _ in facts:
        if name not in (known := names(world)):
            raise InputError("no such fact of a person", found=name[:40], known=known)
    plain = {name: _value(name, value, world) for name, value in facts if not name.startswith((FOR, IS, TIMES))}
    person = _valid(person, {name: value for name, value in plain.items() if name not in ("age", "entry_age")})
    ages: dict[str, object] = {name: plain[name] for name in ("age", "entry_age") if name in plain}
    if ages:
        person = _valid(person, ages)
        person = aged(person.age, person.entry_age, world)(person)
    for name, value in facts:
        _, _, word = name.partition(".")
        if name.startswith(FOR):
            person = _with_equity(person, word, value, world)
        elif name.startswith(IS):
            others = [other for other in person.circumstances if other != word]
            true = _value(name, value, world)
            person = person.model_copy(update={"circumstances": [*others, *([word] if true else [])]})
        elif name.startswith(TIMES):
            person = _valid(person, {"numbers": {**person.numbers, word: _value(name, value, world)}})
    return file.model_copy(update={"person": person})


def _value(name: str, text: str, world: World) -> object:
    if name in FLAGS or name.startswith(IS):
        if text not in ("yes", "no"):
            raise InputError("neither yes nor no", where=f"fact {name}", found=text, known=["yes", "no"])
        return text == "yes"
    if name in WORDS:
        known = world.words.levels if name == "level" else world.words.charges
        if text not in known:
            raise InputError("no such level or charge", where=f"fact {name}", found=text[:40], known=known)
        return text
    try:
        return int(text)
    except ValueError:
        raise InputError("not a number", where=f"fact {name}", found=text[:40]) from None


def _valid(person: Person, changes: dict[str, object]) -> Person:
    try:
        return Person.model_validate({**person.model_dump(), **changes})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or ", ".join(changes)
        raise InputError(f"facts that do not go together: {first['msg']}", where=f"fact {where}", found=first["input"]
                         if not isinstance(first["input"], dict) else None) from None  # fmt: skip


def _with_equity(person: Person, name: str, how: str, world: World) -> Person:
    if world.words.equities[name].follows:
        how = how if name in person.equities else ABSENT
        true = name in person.equities
    else:
        true = how != ABSENT
    equities = [other for other in person.equities if other != name] + ([name] if true else [])
    documented = [other for other in person.documented if other != name] + ([name] if how == SEEN and true else [])
    return person.model_copy(update={"equities": equities, "documented": documented})


def put(facts: Sequence[tuple[str, str]], base: Person, name: str, value: str) -> tuple[tuple[str, str], ...]:
    """The facts with one put to a value; one put back to what it is in the named case is no fact of its own."""
    others = tuple(pair for pair in facts if pair[0] != name)
    return others if value == plain(base, name) else (*others, (name, value))


def plain(person: Person, name: str) -> str:
    """A fact of a person as a text."""
    _, _, word = name.partition(".")
    if name.startswith(FOR):
        return standing(person, word)
    if name.startswith(IS):
        return "yes" if word in person.circumstances else "no"
    if name.startswith(TIMES):
        return str(person.numbers.get(word, 0))
    value = getattr(person, name)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def differences(before: Person, after: Person, world: World) -> list[tuple[str, str]]:
    """The facts that two persons differ by."""
    return [(name, plain(after, name)) for name in names(world) if plain(before, name) != plain(after, name)]
