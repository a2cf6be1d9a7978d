"""Hostile worlds, directives, cases, plans and addresses: each is used, or refused with one clear message.

Each try has a number, from which it can be made again: ``python -m tests.campaign hostile --kind plans --first 417
--size 1``. A fault is an error other than `InputError`, a try that took longer than `LIMIT`, and a file of which
something else was taken than stands in it.
"""

import shutil
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, NamedTuple
from urllib.parse import quote_plus, unquote_plus

from experiments.asked import readable
from experiments.drafting.lint import lint
from experiments.drafting.reading import draft_of
from experiments.sweep import read_plan, resolve
from experiments.sweep.planned import planned_runs
from model import BureaucracyModel, InputError, load
from model.explain import explain_in, load_case, run_to
from model.schema import CaseFile, World
from model.world.loader import WORLDS, read
from model.world.rule_files import name_the_rule
from tests.campaign.mutations import WORDS, mutated, toml
from tests.sweeping import SMALL
from viz.app.address import read_query, write_query
from viz.app.pages.case.url_state import Shown as Case
from viz.app.pages.demonstrations.url_state import Shown as Demonstration
from viz.app.pages.downstream.url_state import Shown as Downstream
from viz.app.pages.levers.url_state import Shown as Levers
from viz.app.pages.live_run.url_state import Shown as Live
from viz.app.pages.premortem.url_state import Shown as Draft
from viz.app.pages.sweeps.url_state import Shown as Sweep
from viz.app.pages.twins.url_state import Shown as Twins

LIMIT, PATIENCE = 5.0, 300.0
"""Seconds of the processor that a try may take, and after which it is given up.

A world to which one person comes, or nobody, has columns of another layout: all is compiled for it, once.
"""
DAYS = 3
SMALL_WORLD, LARGE = "two-desks", ("immigration", "patrol")
MOSTLY = 0.9
"""Share of the tries in the smallest world, which is read thirty times as fast as the others."""
PAGES: tuple[Any, ...] = (Case, Demonstration, Downstream, Levers, Live, Draft, Sweep, Twins)
TWO_DESKS_PLAN = {
    **SMALL, "world": SMALL_WORLD, "scenarios": ["memo"], "until": None, "target": "rate.fees.request", "scale": 0.1,
    "vary": {"rule.metrics": {"range": [0.0, 1.0], "distribution": "normal", "mean": 0.5, "sd": 0.1},
             "directives.memo.start": {"values": ["2020-03-01", "2020-05-01"]}},
}  # fmt: skip


class Fault(NamedTuple):
    """What went wrong, and the number with which it can be made again."""

    kind: str
    number: int
    what: str
    where: str


class TooSlow(BaseException):
    """A try that took longer than it may."""


class Changed(AssertionError):
    """Something else was taken from a file than stands in it."""


class Hostile:
    """The tries, in a folder of their own."""

    def __init__(self, folder: Path, mostly: float = MOSTLY) -> None:
        """With copies of the worlds in ``folder``; what is compiled once is compiled before the first try."""
        self.folder, self.mostly = folder, mostly
        self.kinds: dict[str, Callable[[Random], None]] = {
            "worlds": self.world, "directives": self.directive, "cases": self.case, "plans": self.plan,
            "addresses": self.address,
        }  # fmt: skip
        self.models: dict[str, BureaucracyModel] = {}
        for name in (SMALL_WORLD, *LARGE) if mostly < 1.0 else (SMALL_WORLD,):
            shutil.copytree(WORLDS / name, folder / name)
            world = load(name)
            _some_days(world, next(iter(world.scenarios)))
            for case in world.cases.values():
                self._asked(case, world)

    def tried(self, kind: str, numbers: range) -> tuple[Counter[str], list[Fault]]:
        """Make some tries: how many were used and refused, and the faults."""
        counted, faults = Counter[str](), []
        for number in numbers:
            try:
                self._in_time(kind, number)
                counted["used"] += 1
            except InputError as error:
                counted["refused"] += 1
                if not error.what or "\x1b" in str(error) or len(str(error)) > 5_000:
                    faults.append(Fault(kind, number, "a message of no use", repr(str(error)[:80])))
            except (Exception, TooSlow) as error:
                faults.append(Fault(kind, number, *_told(error)))
        return counted, faults

    def _in_time(self, kind: str, number: int) -> None:
        """One try; one that took too long has a second, for what is compiled is compiled once."""
        for _ in range(2):
            began = process_time()
            with _given_up():
                try:
                    self.kinds[kind](Random(f"{kind} {number}"))
                except InputError as error:
                    refused = error
                else:
                    refused = None
            if process_time() - began <= LIMIT:
                break
        else:
            raise TooSlow(f"took longer than {LIMIT:g} s")
        if refused is not None:
            raise refused

    def world(self, random: Random) -> None:
        """A world with one of its files changed: read, compared with what stands there, and run for some days."""
        folder = self.folder / self._named(random)
        files = sorted([*folder.rglob("*.toml"), *folder.rglob("*.csv")])
        path = random.choice(files)
        before = path.read_bytes()
        try:
            path.write_bytes(mutated(before.decode(), random, torn=path.suffix == ".csv"))
            found = load(folder)
            _as_written(folder, found)
            for scenario in random.sample(sorted(found.scenarios), min(2, len(found.scenarios))):
                _some_days(found, scenario)
        finally:
            path.write_bytes(before)

    def directive(self, random: Random) -> None:
        """A directive of one's own, looked over as by ``discretion directive lint``."""
        path, world = self._entry("directives", random)
        lint(draft_of(path, world))

    def case(self, random: Random) -> None:
        """A case of one's own, put before those who would decide it, in a world that has been run already."""
        path, world = self._entry("cases", random)
        self._asked(load_case(path, world), world)

    def plan(self, random: Random) -> None:
        """A plan, held against its world, with its first runs."""
        shipped = [path.read_text() for path in sorted((WORLDS.parents[1] / "experiments/plans").glob("*.toml"))]
        small = toml({key: value for key, value in TWO_DESKS_PLAN.items() if value is not None})
        text = small if random.random() < self.mostly else random.choice(shipped)
        path = self.folder / "plan.toml"
        path.write_bytes(mutated(text, random))
        resolved = resolve(read_plan(path))
        readable(resolved.world, resolved.scenarios, resolved.plan.scale)
        for _, run in zip(range(3), planned_runs(resolved), strict=False):
            load(resolved.folder, dict((*resolved.plan.settings.items(), *run.settings)))

    def address(self, random: Random) -> None:
        """A link to a page of the app: the page opens, and what it then writes leads back to the same."""
        page = random.choice(PAGES)
        names = [*page.__dataclass_fields__, random.choice(WORDS)]
        known = [*load().scenarios, *load().directives, *load().cases, "0.02", "1", "2012-03-01", "rule.metrics=0.5"]
        query = "&".join(
            f"{quote_plus(random.choice(names))}={quote_plus(random.choice((*known, *WORDS)))}"
            for _ in range(random.randint(0, 6))
        )
        if query and random.random() < 0.3:
            query = unquote_plus(query)
        state, problems = read_query(page, query)
        for problem in problems:
            problem.message()
        again, unfit = read_query(page, write_query(state))
        if (again, unfit) != (state, []):
            raise Changed(f"{page.__module__}: {query[:80]}")

    def _asked(self, file: CaseFile, world: World) -> None:
        """A case before a world on the first day of its scenario, which is run once."""
        if file.scenario not in self.models:
            first = file.on
            self.models[file.scenario] = run_to(load(world.name), file.scenario, first, 1, 0.1)
        explain_in(self.models[file.scenario], file)

    def _named(self, random: Random) -> str:
        return SMALL_WORLD if random.random() < self.mostly else random.choice(LARGE)

    def _entry(self, kind: str, random: Random) -> tuple[Path, World]:
        """A changed entry of a world, as a file of one's own."""
        name = self._named(random)
        entries = read(WORLDS / name).own[kind]
        path = self.folder / "ours.toml"
        path.write_bytes(mutated(toml(entries[random.choice(sorted(entries))]), random))
        return path, load(name)


def _some_days(world: World, scenario: str) -> None:
    """A run of a few days, if the scenario can be read at the size."""
    readable(world, [scenario], scale := 0.1 if len(world.agencies) == 1 else 0.02)
    model = BureaucracyModel(scenario, scale, rng=1, world=world)
    for _ in range(min(DAYS, (world.scenarios[scenario].end - world.scenarios[scenario].start).days)):
        model.step()


def _as_written(folder: Path, world: World) -> None:
    """Raise Changed if a world holds something else than its files."""
    document = read(folder)
    name_the_rule(document)
    for where in _unlike(document.tables, world.model_dump(by_alias=True, exclude_unset=True)):
        raise Changed(where)


def _unlike(one: Any, other: Any, where: str = "") -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, list):
        one = [one]
    if isinstance(one, dict) and isinstance(other, dict):
        one, other = ({str(key): value for key, value in side.items()} for side in (one, other))
        for key in sorted({*one, *other}):
            if key not in one or key not in other:
                yield f"{where}.{key}: only on one side"
            else:
                yield from _unlike(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list) and isinstance(other, list | tuple) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _unlike(left, right, f"{where}.{at}")
    elif one != other or isinstance(one, bool) != isinstance(other, bool):
        yield f"{where}: {one!r:.60} became {other!r:.60}"


@contextmanager
def _given_up() -> Iterator[None]:
    """Raise TooSlow after `PATIENCE` seconds of the processor."""

    def stop(*_: object) -> None:
        raise TooSlow(f"given up after {PATIENCE:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)


def _told(error: BaseException) -> tuple[str, str]:
    """An error in a line, and the last line of the project's own code that it passed."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in frame.filename]
    own = [frame for frame in own if "/lib/python" not in frame.filename and "<" not in frame.filename] or own
    last = own[-1]
    return f"{type(error).__name__}: {str(error)[:150]}", f"{Path(last.filename).name}:{last.lineno} {last.name}"
