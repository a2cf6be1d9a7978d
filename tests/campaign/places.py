"""Every command where whoever wrote it did not try it: other widths, folders, streams, and nowhere to write.

Each circumstance is a process of its own, without a terminal: in a folder whose name has spaces and accents, or in one
that cannot be written (root gives up its right to write everywhere), between 40 and 200 columns wide, with ``NO_COLOR``
or without, and on each Python that has the packages. The first of them are as wide as can be: a word that is whole
there may not be broken in narrower ones.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.sweeping import plan_file
from viz.reports.table import LONGEST_WORD

ROOT = Path(__file__).parents[2]
OBEYING = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
"""Before a command of root's: permissions hold for it as for anybody."""
WORLD = "--world two-desks"
ONE = f"{WORLD} --scale 0.1"
SMALL = f"{ONE} --replications 2 --workers 1"
COLUMNS = " ".join(f"--column {part}={part}" for part in ("year", "month", "area", "kind", "count"))
COMMANDS = (
    "--help", "--version", "worlds two-desks", "worlds two-desks --json", "plan", "plan --json",
    "plan 'le plan é.toml'",
    "plan locked.toml", f"run memo {ONE} --out 'résultats d’été/run'", f"run memo {ONE} --json",
    f"explain applicant {ONE}", f"twin memo {SMALL}", f"levers memo {SMALL} --lever answered-for",
    f"dose memo --directive memo {SMALL} --over clarity", f"knockouts memo {SMALL} --mechanism culture",
    f"reports memo {SMALL}", f"directive lint memo {WORLD}", f"directive diff memo memo {WORLD}",
    f"directive stack memo --on 2020-05-01 {WORLD}", f"directive new ours.toml {WORLD}",
    f"directive lint ours.toml {WORLD}", f"directive new 'à nous.toml' {WORLD}", "world new our-world",
    "world new 'nôtre monde'", "world copy two-desks 'le leur'", "world check 'le leur'", "world schema",
    f"world series encounters.csv {COLUMNS}", "run memo --scale 0.1 --world 'le leur'", "emulate morton-2011",
    f"mechanisms --part terms --scenario memo {SMALL.removesuffix(' --workers 1')}",
    f"premortem memo {WORLD} --replications 2 --workers 1", "forecast register results/premortem-memo",
    "forecast list", "forecast score forecasts/premortem-memo.json happened.csv",
    f"branch memo {ONE} --on 2020-03-31 --future directives.memo.clarity=0.1",
    "branch results/branch-memo/evening.json", "sweep 'le plan é.toml' --out 'résultats d’été/sweep'",
    "sensitivity 'résultats d’été/sweep'", "tables 'résultats d’été/run' --as stata", "tables locked", "screen nothing",
    "calibrate nothing", "rivals nothing", "validate --only nothing", "theory --check T99", "downstream nothing",
    "backtest nothing", "demo --scale 2", "nothing",
)  # fmt: skip
"""One after the other in one folder; some go on with what those before them have left there."""
MEASURED = ("plan ", "sweep ")
"""How commands begin that tell how fast this machine is: they say something else each time."""
PLAN = {
    "world": "two-desks", "scenarios": ["memo"], "until": None, "target": "rate.fees.request", "scale": 0.1,
    "replications": 1, "series": "month", "vary": {"rule.stake": {"range": [0.0, 1.0]}},
}  # fmt: skip
RAW = 70
"""The exit code that stands for an error which nobody caught."""
PROGRAM = f"""
import json, shlex, sys, traceback
from typer.testing import CliRunner
from viz.cli.app_command import commands
for line in sys.stdin.read().splitlines():
    done = CliRunner().invoke(commands, shlex.split(line))
    raw = done.exception is not None and not isinstance(done.exception, SystemExit)
    told = "".join(traceback.format_exception(*done.exc_info)[-3:]) if raw else done.stderr
    print(json.dumps([line, {RAW} if raw else done.exit_code, told, done.output]), flush=True)
"""
ALONE = "from viz.cli.app_command import commands; commands()"
STREAMS = ("<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", "| head -c 1")
"""How a shell leaves a command without a stream, or with one that takes nothing."""
STREAMED = ("--help", "--version", "worlds two-desks", "worlds two-desks --json", "world new {}", "run nothing")
"""Quick commands, given with each of `STREAMS`."""


class Circumstance(NamedTuple):
    """Where and how the commands are given."""

    python: str
    width: int
    colour: bool
    writable: bool


class Answer(NamedTuple):
    """What a command answered: its exit code, what it said on standard error, and all that it said."""

    command: str
    code: int
    told: str
    output: str


def circumstances(size: int, pythons: list[str], seed: int = 1) -> Iterator[Circumstance]:
    """So many circumstances: the widest and the narrowest of each Python first, then by chance."""
    drawn, widths = Random(seed), [200] * 2 * len(pythons) + [40] * 2 * len(pythons)
    for at in range(size):
        width = widths[at] if at < len(widths) else drawn.randint(40, 200)
        yield Circumstance(pythons[at // 2 % len(pythons)], width, at % 3 != 0, at % 2 == 0)


def answers(here: Circumstance, folder: Path, commands: tuple[str, ...] = COMMANDS) -> list[Answer]:
    """Give commands in some circumstances; one that is missing ended the process."""
    place = _place(here, folder)
    before = OBEYING if not os.getuid() else ()
    done = subprocess.run(
        [*before, here.python, "-W", "ignore", "-c", PROGRAM], input="\n".join(commands), cwd=place,
        env=_surroundings(here), capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [Answer(*json.loads(line)) for line in done.stdout.splitlines()]
    if not here.writable and (left := sorted({path.name for path in place.iterdir()} - GIVEN)):
        found.append(Answer("all of them", RAW, f"left {left}", ""))
    return [*found, *(Answer(one, -1, done.stderr[-500:], "") for one in commands[len(found) :])]


GIVEN = {"le plan é.toml", "locked.toml", "locked", "happened.csv", "encounters.csv"}
"""What lies in the folder beforehand; two of them cannot be read."""


def _place(here: Circumstance, folder: Path) -> Path:
    """A folder with `GIVEN`."""
    place = folder / f"é ü {here.width} {'w' if here.writable else 'r'} {len(list(folder.iterdir()))}"
    plan_file(place, "le plan é", **PLAN)
    (place / "happened.csv").write_text("figure,value\nfees.request,0.6\n")
    (place / "encounters.csv").write_text("year,month,area,kind,count\n2020,Oct,Big Bend,adults,12\n")
    (place / "locked.toml").touch(0o000)
    (place / "locked").mkdir(0o000)
    if not here.writable:
        place.chmod(0o555)
    return place


def _surroundings(here: Circumstance) -> dict[str, str]:
    said = {**os.environ, "COLUMNS": str(here.width), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return said | ({} if here.colour else {"NO_COLOR": "1"}) | ({} if here.writable else {"HOME": "/nonexistent"})


def faults(here: Circumstance, found: list[Answer], wide: list[Answer] | None = None) -> Iterator[str]:
    """What should not have been answered; ``wide`` is what was answered where nothing had to be broken."""
    whole = {one.command: set(one.output.split()) for one in wide or ()}
    for one in found:
        where = f"{one.command} ({here.width} wide, {'writable' if here.writable else 'read-only'}, {here.python})"
        if one.code not in (0, 1, 2) or "Traceback" in one.output:
            yield f"{where}: ended with {one.code}: {one.told[-300:]}"
        if "\x1b" in one.output:
            yield f"{where}: an escape sequence without a terminal"
        if cut := next((line for line in one.output.splitlines() if _cut(line)), ""):
            yield f"{where}: a number cut short: {cut.strip()}"
        measured = one.command.startswith(MEASURED)
        if broken := _broken(set(one.output.split()), set() if measured else whole.get(one.command, set())):
            yield f"{where}: words broken: {' '.join(broken)}"


def _cut(line: str) -> bool:
    return any(before.isdigit() and after == "…" for before, after in pairwise(line))


def _broken(said: set[str], whole: set[str]) -> list[str]:
    """Words that were only said where there is little room, and begin one that was said where there is enough."""
    whole = {word for word in whole if len(word) <= LONGEST_WORD}
    return sorted(word for word in said - whole if len(word) > 1 and any(longer.startswith(word) for longer in whole))


def without(
    folder: Path, python: str, streams: tuple[str, ...] = STREAMS, commands: tuple[str, ...] = STREAMED
) -> Iterator[str]:
    """Give quick commands without a stream, or with one that takes nothing; what should not have been answered."""
    for at, stream in enumerate(streams):
        for command in commands:
            line = f"{python} -c '{ALONE}' {command.format(f'ours-{at}')} {stream}"
            said = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], cwd=folder, env=said, capture_output=True,
                                  text=True, check=False)  # fmt: skip
            if done.returncode not in (0, 1, 2) or re.search("Traceback|Exception ignored", done.stderr):
                yield f"{command} {stream}: ended with {done.returncode}: {done.stderr[-300:]}"


def everywhere(size: int, folder: Path, pythons: list[str] | None = None) -> tuple[int, list[str]]:
    """Give every command in so many circumstances: how many answers there were, and the faults."""
    pythons, widest = pythons or [sys.executable], dict[tuple[str, bool], list[Answer]]()
    count, wrong = 0, list[str]()
    for python in pythons:
        count += len(STREAMS) * len(STREAMED)
        wrong += without(folder, python)
    for here in circumstances(size, pythons):
        found = answers(here, folder)
        count += len(found)
        wrong += faults(here, found, widest.setdefault((here.python, here.writable), found))
    return count, wrong
