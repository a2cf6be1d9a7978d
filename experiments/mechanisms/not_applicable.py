"""What is done where a question about mechanisms has no answer in a world."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from model.errors import InputError

Made = TypeVar("Made")


class NotApplicable(InputError):
    """A world in which what is asked could have no answer, whatever is run."""


class Wanted:
    """The parts of a study that are wanted. One that nobody named is left out where it has no answer.

    Attributes:
        parts: those that are wanted and not left out.
        remarks: why the others were left out, a sentence each.

    >>> def refuse() -> None:
    ...     raise NotApplicable("no directive at all", where="world", found="two-desks")
    >>> wanted = Wanted(["terms", "leaning"], named=["terms"])
    >>> wanted.made("leaning", refuse), wanted.parts, wanted.remarks
    (None, ['terms'], ['Left out: leaning (no directive at all; world two-desks).'])
    """

    def __init__(self, parts: Sequence[str], named: Sequence[str]) -> None:
        """Of these ``parts`` some were asked for by name."""
        self.parts, self.remarks, self._named = list(parts), list[str](), set(named)

    def made(self, part: str, work: Callable[[], Made]) -> Made | None:
        """What the work makes; None if the part is not wanted, or is left out.

        Raises:
            NotApplicable: a part that was asked for by name has no answer.
        """
        if part not in self.parts:
            return None
        try:
            return work()
        except NotApplicable as reason:
            if part in self._named:
                raise
            self.parts.remove(part)
            self.remarks.append(f"Left out: {part} ({reason.what}; {reason.where} {reason.found}).")
            return None
