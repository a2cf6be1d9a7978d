"""What the types of a world refuse, told as one `InputError`."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.errors import InputError, one_error
from model.world.documents import ENTRIES, Document, Keys, reaches

WORDS = {
    "model_type": ("not a table", "a table in braces {{ }}, or under a head of its own [ ]"),
    "dict_type": ("not a table", "a table in braces {{ }}, or under a head of its own [ ]"),
    "list_type": ("not a list", "a list in brackets [ ]"),
    "float_type": ("not a number", "a number"),
    "finite_number": ("not a finite number", "a number"),
    "int_type": ("not a whole number", "a whole number"),
    "bool_type": ("neither true nor false", "true or false"),
    "string_type": ("not a text", 'a text in quotes " "'),
    "date_type": ("not a date", "a date such as 2011-06-17"),
    "greater_than": ("too small", "above {gt:g}"),
    "greater_than_equal": ("too small", "{ge:g} or more"),
    "less_than_equal": ("too large", "{le:g} or less"),
    "too_short": ("too few entries", "{min_length} or more"),
    "too_long": ("too many entries", "{max_length} or fewer"),
    "literal_error": ("not one of those allowed", ""),
}
"""pydantic's types of errors: what is wrong and what is allowed."""
LONGEST_EXAMPLE = 80
"""Letters of a text that is shown again as it ought to stand."""


def explained(error: ValidationError, document: Document) -> InputError:
    """Everything that the types refuse, each with its place."""
    return one_error([InputError(**_one(details, document)) for details in error.errors(include_url=False)])


def _one(details: ErrorDetails, document: Document) -> dict[str, Any]:
    context: Mapping[str, Any] = details.get("ctx") or {}
    path = _path(details, document)
    what, allowed = WORDS.get(details["type"], (details["msg"], ""))
    allowed = allowed.format(**context)
    found, known = details["input"], []
    if details["type"] == "refused":
        what, allowed, known = context["what"], context["allowed"], context["known"]
        found = context["found"]
        if context["key"]:
            path = (*path, context["key"])
        if what == "no such key" and len(path) == 3 and path[0] in ENTRIES:
            known = [*known, "like"]
    elif details["type"] == "missing":
        what, found, allowed = f"the key {str(path[-1])!r} is missing", None, ""
    elif details["type"] == "union_tag_not_found":
        path, what, found = (*path, "kind"), "the key 'kind' is missing", None
    elif details["type"] == "union_tag_invalid":
        path, what, found = (*path, "kind"), "not one of those allowed", context["tag"]
        known = re.findall(r"'([^']*)'", context["expected_tags"])
    elif details["type"] == "model_type" and context["class_name"] == "Quantity":
        what, allowed = "a number without its unit and source", _quantity(found)
    elif details["type"] == "list_type" and isinstance(found, str | int | float) and len(str(found)) <= LONGEST_EXAMPLE:
        allowed += f", such as {json.dumps([found])}"
    elif details["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        allowed = "" if known else context["expected"]
    return {"what": what, "where": document.where(path), "found": found, "allowed": allowed, "known": known}


def _quantity(found: object) -> str:
    """How a parameter is written."""
    number = found if isinstance(found, int | float) and not isinstance(found, bool) else 0.5
    return f'a table such as {{ value = {number}, unit = "share", source = "assumed: why it is so" }}'


def _path(details: ErrorDetails, document: Document) -> Keys:
    """Where in the tables: pydantic's path without the names it gives to alternatives and keys."""
    inside: Any = document.tables
    path: list[object] = []
    tagged: object = None
    for at, key in enumerate(details["loc"]):
        last = at == len(details["loc"]) - 1
        if isinstance(inside, dict) and inside.get("kind") == key and tagged is not inside:
            tagged = inside
        elif reaches(inside, (key,)):
            inside, path = inside[key], [*path, key]
        elif last and details["type"] == "missing":
            path.append(key)
    return tuple(path)
