"""What a directive may say: its fields as the schema has them, what the shipped ones say, and the words of a case."""

import re
from inspect import getdoc
from typing import Any

from docs.tables.markdown import code, figure, table
from model.schema import Condition, Directive, Quantity, World
from model.schema.directive import AUTHORITIES

ENTRY = re.compile(r"^    ((?:\w+, )*\w+): (.+(?:\n        .+)*)", re.MULTILINE)


PLAIN = {
    "title": "what it is called",
    "issuer": "who signs it",
    "source": "where it stands, or *assumed:* and why",
    "start": "first day in force",
    "end": "first day on which it is no longer in force; without it, none",
    "authority": f"the force of the instrument: {', '.join(f'`{name}`' for name in AUTHORITIES)}",
    "scope": "whom the text speaks of: `out` is tried first, then `in`; of all others it says `otherwise`",
    "review": "an order to lay cases that wait at one stage before another",
}
"""The fields of which the docstring of `Directive` says nothing, or not enough."""


def directive_fields(world: World) -> str:
    """Every field of a directive: whether it must be there, how it is written, what it means."""
    meant = _meanings()
    schema = Directive.model_json_schema(by_alias=True)
    rows = []
    for name, field in schema["properties"].items():
        must = "yes" if name in schema["required"] else ""
        rows.append([f"`{name}`", must, _form(field, schema["$defs"]), meant[name]])
    return table(["field", "required", "written", "meaning"], rows)


def _meanings() -> dict[str, str]:
    """What each field means, by its name."""
    found = dict(PLAIN)
    for names, text in ENTRY.findall(getdoc(Directive) or ""):
        for name in names.split(", "):
            found.setdefault(name, re.sub(r"``([^`]+)``", r"`\1`", " ".join(text.split())).rstrip("."))
    return found


def _form(field: dict[str, Any], parts: dict[str, Any]) -> str:
    one = next((option for option in field.get("anyOf", [field]) if option.get("type") != "null"), field)
    name = one.get("$ref", "").rpartition("/")[2]
    if name == "Quantity":
        return '`{ value, unit = "share", source }`'
    if name:
        return "`{ " + ", ".join(parts[name]["properties"]) + " }`"
    if one.get("type") == "array":
        item = one["items"].get("$ref", "").rpartition("/")[2]
        return f"`[{{ {', '.join(parts[item]['properties'])} }}]`" if item else '`["…"]`'
    if one.get("type") == "object":
        item = one["additionalProperties"].get("$ref", "").rpartition("/")[2]
        inside = '"…"' if not item else "{ " + ", ".join(list(parts[item]["properties"])[:3]) + " }"
        return f"`{{ NAME = {inside} }}`"
    if "enum" in one:
        return " or ".join(f"`{value}`" for value in one["enum"])
    return {"string": "a date" if one.get("format") == "date" else "a text", "boolean": "`true` or `false`"}[
        one["type"]
    ]


def directive_values(world: World) -> str:
    """What 0.05 and 0.5 of each share are: the least and the most among the shipped directives, with their sources."""
    rows = []
    for field in Directive.model_fields:
        given = {name: value for name, row in world.directives.items()
                 if isinstance(value := getattr(row, field), Quantity)}  # fmt: skip
        if not given:
            continue
        for name in sorted(given, key=lambda name: (given[name].value, name))[:: max(1, len(given) - 1)]:
            entry = given[name]
            rows.append([f"`{field}`", figure(entry.value), f"`{name}`", entry.source])
    return table(["field", "value", "in", "because"], rows)


def case_words(world: World) -> str:
    """What a scope may ask of a case."""
    words = world.words
    rows = [
        *([f"`level = [\"{name}\"]`", said] for name, said in words.levels.items()),
        *([f"`equities = [\"{name}\"]`", entry.said] for name, entry in words.equities.items()),
        *([f"`circumstances = [\"{name}\"]`", entry.title] for name, entry in words.circumstances.items()),
        *([f"`numbers = {{ {name} = {{ min = 1 }} }}`", entry.title] for name, entry in words.numbers.items()),
    ]  # fmt: skip
    others = [name for name in Condition.model_fields if name not in ("level", "equities", "circumstances", "numbers")]
    return table(["in a scope", "of whom it holds"], rows) + f"\n\nFurther: {code(*others)} ([odd.md](odd.md))."
