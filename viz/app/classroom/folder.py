"""The folder of a class: what lets the server stop and start again in the middle of a round."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from experiments.result_folder import unwritable
from model.errors import InputError
from viz.app.classroom.room import Room

FILE = "class.json"
KEPT = timedelta(hours=12)
"""How long a class that was not ended may be gone on with; then it is forgotten."""


class Folder:
    """A folder with one class in it.

    Attributes:
        room: the class, as it was left, or a new one.
        resumed: whether it was there.
    """

    def __init__(self, folder: Path, new: bool = False) -> None:
        """Open it.

        Args:
            folder: it may be missing; nothing else in it is touched.
            new: whether to begin anew if there is a class.

        Raises:
            InputError: the folder cannot be written, or its class cannot be read.
        """
        self.file = folder.expanduser().resolve() / FILE
        found = None if new else self._read()
        self.resumed = found is not None and datetime.now() - found.touched < KEPT
        self.room = found if found is not None and self.resumed else Room()
        self.save()

    def _read(self) -> Room | None:
        try:
            return Room.model_validate_json(self.file.read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, OSError) as error:
            raise InputError(
                "the class cannot be read", where=str(self.file), found=str(error).partition("\n")[0],
                allowed="a class as `discretion class` left it; begin another with --new",
            ) from None  # fmt: skip

    def save(self) -> None:
        """Write the class as it is, whole or not at all, for nobody else's eyes."""
        part = self.file.with_suffix(".part")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write(self.room.model_dump_json())
            part.replace(self.file)
        except OSError as error:
            raise unwritable(self.file.parent, error) from None

    def delete(self) -> None:
        """Keep nothing of the class; the folder goes too if nothing else is in it."""
        self.file.unlink(missing_ok=True)
        with suppress(OSError):
            self.file.parent.rmdir()
