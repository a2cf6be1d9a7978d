"""What the measures of the border are taken from: the tables of a run that watched it, ready to be counted."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.border.children import band
from experiments.border.custody import by_month
from experiments.border.names import watches_border
from experiments.runs import Run
from model.errors import InputError
from model.schema import World
from model.world.loader import load

WORDS = ("stage", "area", "mix", "outcome", "to", "reason", "at", "clock")


@dataclass(frozen=True)
class Account:
    """The tables of a run, in figures of the run; over ``scale`` they are those of the real system.

    Attributes:
        about: what was run.
        world: in which it was run.
        paths: decisions and what became of them (`model.record.paths`), one row a month and group.
        separated: one row a child (`model.record.separations`), with the ``month``, the ``group`` of its age, and one
            of ``cases``.
        breaches: one row a clock, sector and day, with the ``month`` and the ``persons``.
        monthly: what is in use of each resource (`experiments.border.custody.by_month`).
        weekly: the same at the end of each week, as the run keeps it.
    """

    about: dict[str, Any] = field(repr=False)
    world: World = field(repr=False)
    scale: float
    paths: pd.DataFrame = field(repr=False)
    separated: pd.DataFrame = field(repr=False)
    breaches: pd.DataFrame = field(repr=False)
    monthly: pd.DataFrame = field(repr=False)
    weekly: pd.DataFrame = field(repr=False)

    def since(self, first: date) -> "Account":
        """The same from a month on; a child counts by the month of the separation, a week by its last day."""
        day = pd.Timestamp(first.replace(day=1))
        tables = ("paths", "separated", "breaches", "monthly")
        kept = {name: rows[rows["month"] >= day] for name in tables for rows in [getattr(self, name)]}
        return replace(self, **kept, weekly=self.weekly[self.weekly["day"] >= day])


def account(run: Run, world: str | Path | World | None = None) -> Account:
    """The account of a run.

    Args:
        run: finished just now, or loaded.
        world: in which it was run, itself or by name or folder; without it the shipped world that the run names.

    Raises:
        InputError: the run did not watch the border.
    """
    if not has_border(run, world):
        raise InputError("the run did not watch the border", where="scenario", found=run.about["scenario"])
    separated, breaches = _worded(run.separated), _worded(run.breaches)
    return Account(
        run.about, _world(run, world), float(run.about["scale"]), _worded(run.paths),
        separated.assign(month=month_of(separated["separated"]), group=band(separated["age"]), cases=1),
        breaches.assign(month=month_of(breaches["day"])),
        by_month(run.resources, date.fromisoformat(run.about["start"])), run.resources,
    )  # fmt: skip


def has_border(run: Run, world: str | Path | World | None = None) -> bool:
    """Whether a run watched the border, so that there is an account of it."""
    return watches_border(_world(run, world), run.about["stages"])


def _world(run: Run, world: str | Path | World | None) -> World:
    if isinstance(world, World):
        return world
    return load(world or run.about["world"], run.about["settings"])


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose names are plain texts; as categories they would bring every name of the world along."""
    return table.astype({name: str for name in WORDS if name in table})


def month_of(days: pd.Series) -> pd.Series:
    """The first day of the month of each day.

    >>> month_of(pd.Series(pd.to_datetime(["2018-05-20"]))).dt.strftime("%Y-%m-%d").tolist()
    ['2018-05-01']
    """
    return days.dt.to_period("M").dt.to_timestamp().astype("datetime64[s]")
