"""The option ``--rule``: which rule decides in every world of a command."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="Decide by another rule: sanction, coping, offices, or one of your own as FILE.py:NAME.",
    ),
]


def by_rule(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes settings, with ``--rule NAME`` before them: a shorter way to move ``rule.name``."""

    @wraps(command)
    def run(**given: Any) -> None:
        name = given.pop("rule")
        if name is not None:
            given["settings"] = [f"rule.name={found(name)}", *(given["settings"] or [])]
        command(**given)

    made = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in signature(command, eval_str=True).parameters.values()]
    at = [one.name for one in made].index("settings")
    made.insert(at, Parameter("rule", Parameter.KEYWORD_ONLY, default=None, annotation=Rule))
    run.__signature__ = signature(command).replace(parameters=made)  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in made}
    return run


def found(name: str) -> str:
    """The name of a rule; the file of one's own from the root, so that every process finds it.

    >>> found("coping")
    'coping'
    """
    from model.schema.world import OF_ONES_OWN

    own = OF_ONES_OWN.fullmatch(name)
    return f"{Path(own['file']).resolve()}:{own['name']}" if own else name
