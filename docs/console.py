"""What the documentation shows is run: commands, files, edits and programs, from the top of a page down.

In a page, a block of ``console`` holds commands (lines that begin with ``$``) and what the last of them prints. Above
it, ``<!-- shown: ... -->`` says which lines are shown (`chosen`). A block whose first line is a comment with a path is
that file; of ``diff``, an edit of that file (`edited`). Any other block of ``python`` is a program, which must print.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
SOURCES = (
    "model", "experiments", "viz", "discretion_imports.py", "tests", "docs", "benchmarks", "pyproject.toml",
    "README.md", "CONTRIBUTING.md",
)  # fmt: skip
MYPY = ".mypy_cache"
WIDTH, NARROW = 110, 80
"""Of the terminal, in characters; that of the README is narrow, since it is read on terminals too."""
BLOCK = re.compile(
    r"```(?P<kind>toml|python|diff)\n# (?P<path>\S+\.\w+)\n(?P<file>.*?)```"
    r"|<!-- shown: (?P<shown>[^>]+) -->\n```console\n(?P<commands>(?:\$ [^\n]*\n)+)(?P<output>.*?)```"
    r"|```python\n(?P<program>.*?)```",
    re.DOTALL,
)
Said = dict[str, list[str]]


class CommandError(RuntimeError):
    """A command, an edit or a program of the documentation that failed, with what it said."""


@dataclass(frozen=True)
class Session:
    """Pages that are read one after the other, in one folder.

    Attributes:
        pages: in their order. What a page shows of a command that an earlier page has run, it need not run again.
        edits: whether the folder holds a copy of the project, which the pages extend.
    """

    pages: Sequence[Path]
    edits: bool = False

    def refilled(self) -> dict[Path, str]:
        """The pages with the output of every command as it is now.

        Raises:
            CommandError: a command, an edit or a program fails.
        """
        with TemporaryDirectory() as made:
            folder, known, found = Path(made), Said(), {}
            if self.edits:
                _copy(folder)
            else:
                _worlds(folder)
            for page in self.pages:
                width = NARROW if page == ROOT / "README.md" else WIDTH
                found[page], now = refilled(page.read_text(encoding="utf-8"), folder, known, width)
                known |= now
            return found


def _worlds(folder: Path) -> None:
    """The shipped worlds where a checkout has them. Only these: code found twice would be compiled twice."""
    (folder / "model").mkdir()
    (folder / "model" / "worlds").symlink_to(ROOT / "model" / "worlds")


def _copy(folder: Path) -> None:
    """The project, with what mypy has found so far: it then looks only at what an edit can change."""
    for name in (*SOURCES, MYPY):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
        elif name != MYPY:
            shutil.copy(ROOT / name, folder / name)


def refilled(page: str, folder: Path, known: Mapping[str, list[str]] = {}, width: int = WIDTH) -> tuple[str, Said]:
    """A page with the output of every command as it is now, run in ``folder``; and what the commands said.

    Args:
        page: its text.
        folder: where its files are, and its commands run.
        known: what commands have said that need not be run again.
        width: of the terminal.

    Raises:
        CommandError: a command, an edit or a program fails.
    """
    now = Said()

    def done(block: re.Match[str]) -> str:
        if block["path"]:
            _write(folder / block["path"], block["file"], block["kind"] == "diff")
            return block[0]
        if block["program"]:
            _printed(block["program"], folder)
            return block[0]
        lines: list[str] = []
        for command in block["commands"].splitlines():
            command = command.removeprefix("$ ")
            lines = now[command] = known[command] if command in known else said(command, folder, width)
        shown = "".join(f"{line}\n" for line in chosen(lines, block["shown"]))
        return f"<!-- shown: {block['shown']} -->\n```console\n{block['commands']}{shown}```"

    return BLOCK.sub(done, page), now


def _write(path: Path, text: str, edit: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(edited(path.read_text(encoding="utf-8"), text) if edit else text, encoding="utf-8")


def edited(text: str, diff: str) -> str:
    r"""A text after an edit: lines that begin with a space stay, with ``-`` go, with ``+`` come.

    What stays and goes must stand in the text exactly once; a line ``@@`` begins another edit.

    Raises:
        CommandError: it does not.

    >>> edited("a\nb\nc\n", " a\n-b\n+B\n@@\n c\n+d\n")
    'a\nB\nc\nd\n'
    """
    for part in diff.split("@@\n"):
        lines = part.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        if text.count(before) != 1:
            raise CommandError(f"stands {text.count(before)} times in the file, not once:\n{before}")
        text = text.replace(before, after)
    return text


def _printed(program: str, folder: Path) -> None:
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    lines = said(f"python {path.name}", folder)
    path.unlink()
    if not lines:
        raise CommandError(f"the program prints nothing:\n{program}")


def said(command: str, folder: Path, width: int = WIDTH) -> list[str]:
    """The lines that a command prints. It finds the project in ``folder`` if that holds a copy, else where it is."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    sources = str(folder if (folder / "viz").is_dir() else ROOT)
    env = {**os.environ, "PATH": path, "PYTHONPATH": sources, "COLUMNS": str(width), "NO_COLOR": "1", "TERM": "dumb"}
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
