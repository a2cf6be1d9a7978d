"""What tests of commands share."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner, Result

from viz.cli.app_command import commands as app


def discretion(*arguments: str) -> Result:
    """What the command answers, on a console as wide as ``COLUMNS`` says; its help names the keys of its JSON."""
    done = CliRunner().invoke(app, list(arguments))
    if "--json" in arguments and done.exit_code == 0:
        told = _help(arguments)
        told += "".join(_help(other.split()) for other in re.findall(r"as of discretion (\w+(?: \w+)?)", told))
        missing = unnamed(json.loads(done.stdout), told)
        assert not missing, f"{missing} in the help of {' '.join(arguments)}"
    return done


def _help(arguments: Sequence[str]) -> str:
    command: Any = get_command(app)
    for argument in arguments:
        command = getattr(command, "commands", {}).get(argument, command)
    return re.sub(r"\s+", " ", command.help or "")


def unnamed(printed: object, told: str) -> set[str]:
    """The keys of a command's JSON, and of the rows of its tables, that a text does not name."""
    if not isinstance(printed, dict):
        return set()
    rows = [row for table in printed.values() if isinstance(table, list) for row in table if isinstance(row, dict)]
    keys = {key for row in [printed, *rows] for key in row}
    return {key for key in keys if not re.search(rf"\b{re.escape(key)}\b", told)}


def assert_refused(done: Result, words: list[str], folder: Path) -> None:
    """One message on standard error with all the words, nothing on standard output, and nothing left in the folder."""
    assert done.exit_code == 2, done.output
    assert done.stdout == "" and "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert list(folder.iterdir()) == []
