"""What tests of commands share."""

from pathlib import Path

from typer.testing import CliRunner, Result

from viz.cli.app_command import commands as app


def discretion(*arguments: str) -> Result:
    """What the command answers, whose own console is as wide as ``COLUMNS`` says."""
    return CliRunner().invoke(app, list(arguments))


def assert_refused(done: Result, words: list[str], folder: Path) -> None:
    """One message on standard error with all the words, nothing on standard output, and nothing left in the folder."""
    assert done.exit_code == 2, done.output
    assert done.stdout == "" and "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert list(folder.iterdir()) == []
