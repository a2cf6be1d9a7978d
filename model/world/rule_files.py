"""Which rule a world names, and what stands in the file of one's own."""

import hashlib
from pathlib import Path

from model.errors import InputError
from model.schema.world import OF_ONES_OWN, RULES, WHOLE
from model.world.documents import Document


def name_the_rule(document: Document) -> None:
    """See to it that the rule has a name, which a setting can move; no folder says which code is to be run."""
    rule = document.tables.get("rule")
    if not isinstance(rule, dict):
        return
    name = rule.setdefault("name", WHOLE)
    if isinstance(name, str) and OF_ONES_OWN.fullmatch(name):
        raise InputError(
            "a rule in a file of its own is asked for where the world is run, not in the world",
            where="world.toml: rule.name", found=name, allowed=f"{', '.join(RULES)}; or --rule {name}",
        )  # fmt: skip


def digest(name: str) -> str:
    """A hash of the file of a rule of one's own, as 16 hexadecimal digits; the name itself of any other.

    Raises:
        InputError: the file cannot be read.
    """
    named = OF_ONES_OWN.fullmatch(name)
    if named is None:
        return name
    try:
        return hashlib.sha256(Path(named["file"]).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise InputError(
            f"the file of a rule cannot be read: {error.strerror}", where="rule.name", found=named["file"],
            allowed="FILE.py:NAME, a class in a file of Python",
        ) from None  # fmt: skip
