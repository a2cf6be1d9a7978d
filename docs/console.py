"""The commands that the documentation shows are run, and what it shows is what they said.

In a page, a block of ``console`` holds commands (lines that begin with ``$``) and what the last of them prints. Above
it, ``<!-- shown: ... -->`` says which lines are shown (`chosen`). A block of ``toml`` that begins with the path of a
file in a comment is that file. All happens in one folder, from the top of the page down.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = "110"
BLOCK = re.compile(
    r"```toml\n# (?P<path>\S+\.toml)\n(?P<file>.*?)```"
    r"|<!-- shown: (?P<shown>[^>]+) -->\n```console\n(?P<commands>(?:\$ [^\n]*\n)+)(?P<output>.*?)```",
    re.DOTALL,
)


class CommandError(RuntimeError):
    """A command of the documentation that failed, with what it said."""


def refilled(page: str, folder: Path) -> str:
    """A page with the output of every command as it is now, run in ``folder``.

    Raises:
        CommandError: a command fails.
    """
    (folder / "model").symlink_to(ROOT / "model")

    def anew(block: re.Match[str]) -> str:
        if block["path"]:
            (folder / block["path"]).write_text(block["file"], encoding="utf-8")
            return block[0]
        lines: list[str] = []
        for command in block["commands"].splitlines():
            lines = said(command.removeprefix("$ "), folder)
        shown = "".join(f"{line}\n" for line in chosen(lines, block["shown"]))
        return f"<!-- shown: {block['shown']} -->\n```console\n{block['commands']}{shown}```"

    return BLOCK.sub(anew, page)


def said(command: str, folder: Path) -> list[str]:
    """The lines that a command prints."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(command, shell=True, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{command}\n{done.stdout}{done.stderr}")
    return [line.rstrip() for line in done.stdout.splitlines()]


def chosen(lines: list[str], shown: str) -> list[str]:
    """The lines that are asked for, with dots where some are left out.

    Args:
        lines: all of them.
        shown: parts between semicolons: ``all``; a number of lines from the top; a text, for the lines that hold it;
            a text and dots, for the lines from the one that holds it to the next empty one.

    >>> chosen(["a", "b 1", "c", "", "d"], "1; b ..."), chosen(["a", "b"], "all")
    (['a', 'b 1', 'c', '...'], ['a', 'b'])
    """
    wanted: set[int] = set()
    for part in shown.split(";"):
        wanted |= _wanted(lines, part.strip())
    found: list[str] = []
    for number, line in enumerate(lines):
        if number in wanted:
            found.append(line)
        elif found[-1:] != ["..."] and (line or number - 1 not in wanted):
            found.append("...")
    return found


def _wanted(lines: list[str], part: str) -> set[int]:
    if part == "all" or part.isdecimal():
        return set(range(len(lines) if part == "all" else int(part)))
    text = part.removesuffix("...").strip()
    holding = {number for number, line in enumerate(lines) if text in line}
    if not part.endswith("..."):
        return holding
    first = min(holding)
    return set(range(first, next((n for n in range(first, len(lines)) if not lines[n]), len(lines))))
