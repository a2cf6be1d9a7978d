"""Tables in Markdown, numbers and conditions in words."""

from experiments.markdown import table
from model.schema import AnyOf, Between, Condition

__all__ = ["code", "condition", "condition_list", "figure", "table"]


def code(*names: str) -> str:
    """Names as code, in a list."""
    return ", ".join(f"`{name}`" for name in names)


def figure(number: float) -> str:
    """A number as short as it is exact.

    >>> figure(400000.0), figure(0.0013), figure(1e8)
    ('400,000', '0.0013', '100,000,000')
    """
    return f"{int(number):,}" if number == int(number) else repr(number)


def condition_list(any_of: AnyOf) -> str:
    """A list of conditions, any of which is enough, in words."""
    return "; or ".join(condition(one) for one in any_of) if any_of else "every case"


def condition(one: Condition) -> str:
    """A condition in words.

    >>> condition(Condition(level=["none", "level-3"], age=Between(max=30), lawyer=False))
    'conviction level none or level-3, age at most 30, no lawyer'
    """
    parts = []
    for words, names in (("conviction level", one.level), ("charge", one.charge), ("mix", one.mix), ("area", one.area)):
        if names:
            parts.append(f"{words} {' or '.join(names)}")
    if one.equities:
        parts.append(f"has {' or '.join(one.equities)}")
    if one.seen:
        parts.append(f"has on paper {' or '.join(one.seen)}")
    if one.circumstances:
        parts.append(f"circumstance {' or '.join(one.circumstances)}")
    if one.without:
        parts.append(f"without the circumstance {' or '.join(one.without)}")
    parts += [f"in group `{name}`" for name in one.groups or []]
    parts += [f"not in group `{name}`" for name in one.not_groups or []]
    ranges = {"age": one.age, "age at entry": one.entry_age, "years here": one.years,
              **{name.replace("_", " ").replace("prior", "earlier"): one for name, one in (one.numbers or {}).items()},
              "children": one.children, "youngest child": one.youngest_child}  # fmt: skip
    if one.entered:
        ends = (("from", one.entered.first), ("to", one.entered.last))
        parts.append("entered " + " ".join(f"{word} {day:%d %B %Y}" for word, day in ends if day))
    parts += [_between(words, between) for words, between in ranges.items() if between]
    flags = {"a lawyer": one.lawyer, "custody required by statute": one.mandatory}
    parts += [words if flag else f"no {words.removeprefix('a ')}" for words, flag in flags.items() if flag is not None]
    return ", ".join(parts)


def _between(words: str, between: Between) -> str:
    least, most = (None if end is None else figure(end) for end in (between.min, between.max))
    if least == most:
        return f"{words} {least}"
    return f"{words} " + " and ".join(
        [f"at least {least}"] * (least is not None) + [f"at most {most}"] * (most is not None)
    )
