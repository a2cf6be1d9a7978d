"""What other systems lack is not asked for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.sweep import engines
from experiments.sweep.store import Store
from model.errors import InputError

ROOT = Path(__file__).parent.parent
ROOMS = ("model", "experiments", "viz")
UNIX_ONLY = ("crypt", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "resource", "spwd", "syslog",
             "termios", "tty")  # fmt: skip
"""Modules of Python that Windows does not have."""
IMPORTS_ALL = f"""
import builtins, importlib, pkgutil

plain = builtins.__import__
def told(name, globals=None, *rest, **more):
    asks = (globals or {{}}).get("__name__", "").partition(".")[0]
    if asks in {ROOMS} and name.partition(".")[0] in {UNIX_ONLY}:
        raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
    return plain(name, globals, *rest, **more)
builtins.__import__ = told

for room in {ROOMS}:
    for module in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


def test_everything_is_imported_without_what_windows_lacks() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS_ALL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"experiments.sweep.store", "viz.cli.sweep", "viz.app.routes"} <= set(done.stdout.split())


def test_nothing_is_imported_later_that_windows_lacks() -> None:
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & set(UNIX_ONLY), path


def test_cores_are_counted_where_the_system_does_not_tell_which_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert engines._cores() >= 1


def test_one_sweep_at_a_time_in_a_folder(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.locked(), pytest.raises(InputError, match="another sweep is at work here"), store.locked():
        pass
    holds = "import sys; from pathlib import Path; from experiments.sweep.store import Store\n"
    holds += "with Store(Path(sys.argv[1])).locked(): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"held\n"
        with pytest.raises(InputError, match="another sweep is at work here"), store.locked():
            pass
        other.kill()
    with store.locked():
        pass


def test_a_folder_that_cannot_be_locked_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(InputError, match="cannot be written"), Store(tmp_path).locked():
        pass
