"""The vocabulary of `model.schema.vocabulary` in the words of a report."""

from model.schema.world import World

EQUITY = {
    "caregiver": "the care of a dependant",
    "citizen-family": "a citizen or resident family",
    "domestic-violence-victim": "violence suffered at home",
    "trafficking-victim": "trafficking suffered",
    "crime-victim": "a crime suffered and reported",
    "childhood-arrival": "arrival as a child",
    "education": "school here",
    "military": "military service",
    "health": "a serious illness",
    "pregnancy": "a pregnancy",
    "age": "youth or old age",
    "long-residence": "long residence",
    "community-ties": "ties to the community",
    "young-child": "a child under five",
    "language": "a language that nobody here speaks",
    "sole-parent": "no other parent along",
}
CIRCUMSTANCE = {
    "doubtful-tie": ("the family tie were in doubt", "the family tie were beyond doubt"),
    "aggravated": ("there were aggravating circumstances", "there were no aggravating circumstances"),
    "linked": ("a record linked parent and child", "no record linked parent and child"),
    "contagious": ("there were a contagious disease", "there were no contagious disease"),
}
"""How it would be said that a circumstance were true, and that it were not."""
LEVEL = {
    "none": "no conviction",
    "immigration": "a conviction for an immigration offence only",
    "level-3": "a Level 3 conviction",
    "level-2": "a Level 2 conviction",
    "level-1": "a Level 1 conviction",
    "national-security": "a national-security ground",
}


def listed(words: list[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["one", "two", "three"]), listed(["one"])
    ('one, two and three', 'one')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def chance(p: float) -> str:
    """A probability as a count of like cases.

    >>> chance(0.0447), chance(0.0008), chance(0.0), chance(0.9971)
    ('4 in 100', '8 in 10,000', 'nil', '99.7 in 100')
    """
    if p <= 0.0:
        return "nil"
    if p >= 0.995:
        return "certain" if p >= 1.0 else f"{min(100 * p, 99.9):.1f} in 100"
    if p < 0.00005:
        return "fewer than 1 in 10,000"
    return f"{100 * p:.0f} in 100" if p >= 0.01 else f"{10000 * p:.0f} in 10,000"


def signed(x: float) -> str:
    """A number in log-odds, with its sign.

    >>> signed(-1.04), signed(0.5), signed(-0.001)
    ('-1.0', '+0.5', '0.0')
    """
    return f"{x:+.1f}" if abs(x) >= 0.05 else "0.0"


def whose(unit: str, world: World) -> str:
    """The officers of a unit (``agency.unit``), such as "ICE's trial attorneys"."""
    agency, name = unit.split(".")
    owner, title = world.agencies[agency].title, world.agencies[agency].units[name].title
    return f"{owner}'{'' if owner.endswith('s') else 's'} {title[0].lower()}{title[1:]}"
