"""The same without the app: what a page shows as a command and as Python, for those who want to go on from there."""

import shlex
from collections.abc import Mapping, Sequence

import solara

from viz.app.controls import Copy
from viz.app.layout import element
from viz.app.shown_world import named


def command(verb: str, *words: str, **options: object) -> str:
    """A ``discretion`` command; options that are lists are given as often as they have entries.

    >>> command("run", "morton-2011", seed=3, set=["rule.metrics=0"])
    'discretion run morton-2011 --seed 3 --set rule.metrics=0'
    """
    parts = ["discretion", verb, *words]
    for name, value in options.items():
        values = value if isinstance(value, list | tuple) else [] if value is None else [value]
        for one in values:
            parts += [f"--{name.replace('_', '-')}", str(one)]
    return shlex.join(parts)


def python(imports: str, call: str, arguments: Sequence[object], **options: object) -> str:
    """A call in Python, with what it needs to import.

    >>> print(python("from experiments.runs import run", "result = run", ["daca-2012"], scale=0.005, settings=()))
    from experiments.runs import run
    <BLANKLINE>
    result = run("daca-2012", scale=0.005)
    """
    given = [_literal(one) for one in arguments]
    given += [f"{name}={_literal(value)}" for name, value in options.items() if value not in (None, (), [])]
    return f"{imports}\n\n{call}({', '.join(given)})"


def loaded(settings: Sequence[str] = ()) -> str:
    """How Python loads the world that is shown, with some parameters moved.

    >>> loaded(["rule.metrics=0"])
    'load(settings=["rule.metrics=0"])'
    """
    given = [*([_literal(named())] if named() else []), *([f"settings={_literal(list(settings))}"] if settings else [])]
    return f"load({', '.join(given)})"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_literal, value))}]"
    return repr(value).replace("datetime.date", "date")


@solara.component
def Repeat(texts: Mapping[str, str]) -> None:
    """What is shown, as a command and as Python, folded away until it is asked for."""
    with element("details", classes="d-panel"):
        element("summary", "The same as a command, and in Python")
        for label, text in texts.items():
            Copy(label=label, text=text)
        element("p", "The address of this page says the same: opening it shows this.", classes="d-hint")
