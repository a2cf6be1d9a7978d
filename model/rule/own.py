"""A rule of one's own: a class in a file of its own, which decides in place of the whole rule.

It is plain Python, called once for each decision, and is asked for the same two things as any rule (`Weighed`): the
chance that the case is looked at, and the terms. The threshold of the stage, the law, customs, hours and draws are not
its own, so that worlds under two rules are twins. `docs/extending/rule.md` writes one.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from math import isfinite
from pathlib import Path
from typing import Protocol

from model.compiled import retold
from model.errors import InputError
from model.rule import decision
from model.rule.decision import RuleOutput
from model.rule.rule_columns import RuleColumns
from model.rule.terms import TERM_NAMES
from model.rule.weighed import Weighed
from model.schema.world import OF_ONES_OWN
from model.world.rule_files import digest

METHOD = "weigh(self, asked, officer, case, stage, columns)"


class OwnRule(Protocol):
    """What a class of one's own has to have."""

    def weigh(
        self, asked: float, officer: int, case: int, stage: int, columns: RuleColumns
    ) -> tuple[float, Mapping[str, float]]:
        """How one officer weighs one case.

        Args:
            asked: chance that some directive brings the case before the eyes (`model.rule.decision.mandated`).
            officer: row of the officer.
            case: row of the case.
            stage: row of the stage.
            columns: all that a rule may read; it changes nothing in them.

        Returns:
            The chance that the case is looked at, 0 to 1, and the terms in log-odds by name; those left out are 0.
        """


def own_rule(name: str) -> "OwnRule | None":
    """The rule that ``FILE.py:NAME`` names, made anew where the file has changed; None for one that is shipped.

    Raises:
        InputError: there is no such file or class in it, or it has no method `OwnRule.weigh`.
    """
    named = OF_ONES_OWN.fullmatch(name)
    return _made(Path(named["file"]), named["name"], digest(name)) if named else None


@lru_cache(maxsize=8)
def _made(file: Path, name: str, _digest: str) -> OwnRule:
    where = f"rule.name, {file}"
    spec = spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise InputError("not a file of Python", where=where)
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        known = [word for word, value in vars(module).items() if isinstance(value, type) and hasattr(value, "weigh")]
        kind = getattr(module, name, None)
        if kind is None:
            raise InputError("no such rule in the file", where=where, found=name, known=known)
        if not callable(getattr(kind, "weigh", None)):
            raise InputError("a rule that weighs nothing", where=where, found=name, allowed=f"a method {METHOD}")
        made: OwnRule = kind()
    except InputError:
        raise
    except Exception as error:  # whatever a file of somebody's own raises
        raise InputError(
            f"the file of a rule stops with {type(error).__name__}: {error}", where=where, found=name
        ) from error
    return made


def considered(rule: OwnRule, officer: int, case: int, stage: int, columns: RuleColumns) -> RuleOutput:
    """One officer, one case, one stage, by a rule of one's own: `model.rule.decision.consider` in its place.

    Raises:
        InputError: the rule says what no rule can: a chance outside 0 to 1, a term that is not there or no number.
    """
    asked = decision.mandated(officer, case, stage, columns)
    said = rule.weigh(asked, officer, case, stage, columns)
    where = f"{type(rule).__name__}.weigh"
    try:
        notice, terms = float(said[0]), {str(name): float(value) for name, value in said[1].items()}
    except (TypeError, ValueError, AttributeError, IndexError, KeyError):
        allowed = "the chance that the case is looked at, and terms in log-odds by name"
        raise InputError("not what a rule says", where=where, found=repr(said), allowed=allowed) from None
    for name, value in terms.items():
        if name not in TERM_NAMES:
            raise InputError("no such term", where=where, found=name, known=TERM_NAMES)
        if not isfinite(value):
            raise InputError("a term that is no number", where=f"{where}: {name}", found=value, allowed="log-odds")
    if not 0.0 <= notice <= 1.0:
        raise InputError("not a chance", where=f"{where}: notice", found=notice, allowed="0 to 1")
    weighed = Weighed(notice, tuple(terms.get(name, 0.0) for name in TERM_NAMES))
    return _within(weighed, officer, case, stage, columns)


_within = retold(decision.within)
