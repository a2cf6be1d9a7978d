"""Folders of results appear whole or not at all."""

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from model.errors import InputError

LOCK = "lock"


def usable(folder: Path, names: Collection[str], marker: str) -> Path:
    """The folder as an absolute path, if results may be put there.

    Args:
        folder: it may be missing, empty, or an earlier result, which is to be replaced.
        names: the files that a result may consist of.
        marker: the file by which an earlier result is known: JSON with the key ``discretion``.

    Raises:
        InputError: it holds anything else, is no folder, or nothing can be written there.
    """
    try:
        target = folder.expanduser().resolve()
        strangers = sorted({path.name for path in target.iterdir()} - set(names)) if target.exists() else []
        if target.exists() and any(target.iterdir()) and (strangers or not _ours(target / marker)):
            raise InputError(
                "the folder holds something else than an earlier result, and is left as it is",
                where=f"out: {folder}",
                found=strangers[0] if strangers else f"no readable {marker}",
                allowed="a new folder, an empty one, or an earlier result to replace",
            )
        above = next(parent for parent in target.parents if parent.exists())
        if not above.is_dir():
            raise NotADirectoryError(20, os.strerror(20))
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13))
    except (OSError, RuntimeError) as error:
        raise unwritable(folder, error) from None
    return target


def unwritable(folder: Path, error: Exception) -> InputError:
    """What to tell when a folder cannot take results."""
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"cannot be written: {reason}", where=f"out: {folder}", allowed="a folder you may write to")


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Hold the lock of a folder, so that nobody else is at work there meanwhile.

    Raises:
        InputError: somebody is, at another ``what``; or nothing can be written there.
    """
    with ExitStack() as held:
        try:
            held.enter_context(FileLock(folder / LOCK, timeout=0))
        except Timeout:
            where = f"out: {folder}"
            raise InputError(f"another {what} is at work here", where=where, allowed="one at a time") from None
        except (OSError, NotImplementedError) as error:  # the second where a disk knows no locks
            raise unwritable(folder, error) from None
        yield


def _ours(marker: Path) -> bool:
    try:
        return "discretion" in json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


@contextmanager
def completed(folder: Path, marker: str) -> Iterator[Path]:
    """A new folder to write into, whose files go into ``folder`` once all are written, the marker last.

    What else is in ``folder`` stays; an earlier result loses its marker first, so that no mixture is taken for one.
    """
    target = folder.expanduser().resolve()
    part = target.parent / f".{target.name}-{uuid4().hex[:8]}"
    try:
        part.mkdir(parents=True)
        yield part
        target.mkdir(exist_ok=True)
        (target / marker).unlink(missing_ok=True)
        for path in sorted(part.iterdir(), key=lambda path: path.name == marker):
            path.replace(target / path.name)
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def staged(folder: Path, names: Collection[str], marker: str) -> Iterator[Path]:
    """A new folder to write results into, which takes the place of ``folder`` once all is written.

    Whatever goes wrong before then, ``folder`` is as it was, and nothing else is left behind.
    """
    target = usable(folder, names, marker)
    missing = [parent for parent in target.parents if not parent.exists()]
    part = target.parent / f".{target.name}-{uuid4().hex[:8]}"
    aside = part.with_name(f"{part.name}-earlier")
    try:
        part.mkdir(parents=True)
        yield part
        if target.exists():
            target.rename(aside)
        part.rename(target)
    except BaseException as error:
        if aside.exists() and not target.exists():
            aside.rename(target)
        shutil.rmtree(part, ignore_errors=True)
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OSError):
            raise unwritable(folder, error) from None
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
