"""What nobody does on purpose, done many times; a part of it by name, and of another size.

python -m tests.campaign [hostile | kills | places | visitors] [--size 500] [--kind plans] [--first 417]
    [--python PATH] [--minutes 10]
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.campaign import hostile, kills, places, visitors

SIZES = {"hostile": 100_000, "kills": 1_000, "places": 40, "visitors": 50}
"""Tries of all kinds together; kills of sweeps and calibrations; circumstances for all commands; visitors at once."""
AT_ONCE = 1_000
"""Hostile files of a kind after which it is told how many have been tried."""
KINDS = ("worlds", "directives", "cases", "plans", "addresses")


def hostiles(folder: Path, size: int, kinds: tuple[str, ...] = KINDS, first: int = 0) -> int:
    """Hostile files, as many of each kind; how many faults were found."""
    tries, faults = hostile.Hostile(folder), 0
    for kind in kinds:
        counted, wrong = Counter[str](), 0
        end = first + -(-size // len(kinds))
        for begin in range(first, end, AT_ONCE):
            some, found = tries.tried(kind, range(begin, min(begin + AT_ONCE, end)))
            counted, wrong = counted + some, wrong + len(found)
            told(f"hostile {kind}: {counted['used']:,} used, {counted['refused']:,} refused, {wrong} faults")
            told(*(f"  {fault.kind} {fault.number}: {fault.what} ({fault.where})" for fault in found))
        faults += wrong
    return faults


def killed(folder: Path, size: int) -> int:
    """Kills, half of them of sweeps; how often something was lost or done again."""
    campaign = kills.Campaign(folder)
    campaign.sweeps(size - size // 2)
    campaign.calibrations(size // 2)
    told(", ".join(f"{number:,} {what}" for what, number in sorted(campaign.counted.items())))
    return shown(campaign.wrong)


def anywhere(folder: Path, size: int, pythons: list[str]) -> int:
    """Every command in many circumstances, on each of some Pythons; how many answers were wrong."""
    count, wrong = places.everywhere(size, folder, pythons)
    told(f"{count:,} commands answered in {size} circumstances, on {len(pythons)} Pythons")
    return shown(wrong)


def visited(folder: Path, size: int, minutes: float) -> int:
    """Visitors of the app, all at once; how often one saw another's, and what did not come back."""
    campaign = visitors.Campaign(folder, size, 60.0 * minutes)
    stay, before, after = campaign.stay, campaign.before, campaign.after
    told(f"{size} visitors in {minutes:g} minutes: {stay.pages:,} pages, {stay.own:,} with their own seed, "
         f"{stay.pressed:,} buttons")  # fmt: skip
    told(*(f"{name}: {before[name]:.0f} before, {after[name]:.0f} after" for name in before))
    return shown(campaign.wrong)


def shown(wrong: list[str]) -> int:
    """Tell what went wrong; how much it was."""
    told(f"{len(wrong)} faults", *wrong[:20])
    return len(wrong)


def told(*lines: str) -> None:
    """Write some lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _absolute(path: str) -> str:
    """A path as it leads from any folder; the link that a virtual environment's Python is stays one."""
    return str(Path(path).absolute())


def main() -> int:
    """Do what is asked; the exit code is 1 if a fault was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    asked.add_argument("part", nargs="?", choices=[*SIZES])
    asked.add_argument("--size", type=int)
    asked.add_argument("--kind", choices=KINDS, action="append")
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--python", action="append", type=_absolute, help="in place of this one, for places")
    asked.add_argument("--minutes", type=float, default=10.0, help="that visitors stay")
    given = asked.parse_args()
    parts: dict[str, Callable[[Path, int], int]] = {
        "hostile": lambda folder, size: hostiles(folder, size, tuple(given.kind or KINDS), given.first),
        "kills": killed,
        "places": lambda folder, size: anywhere(folder, size, given.python or [sys.executable]),
        "visitors": lambda folder, size: visited(folder, size, given.minutes),
    }  # fmt: skip
    faults = 0
    for name in [given.part] if given.part else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            faults += parts[name](Path(folder), given.size or SIZES[name])
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
