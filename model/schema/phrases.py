"""Numbers, lists and names in the words of a report."""

from model.schema.world import World


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
    """The officers of a unit (``agency.unit``), such as "the city's inspectors"."""
    agency, name = unit.split(".")
    owner, title = world.agencies[agency].title, world.agencies[agency].units[name].title
    return f"{owner}'{'' if owner.endswith('s') else 's'} {title[0].lower()}{title[1:]}"
