"""How the report says figures, days, places, groups of people and parameters."""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from math import floor, log10
from pathlib import Path

from experiments.premortem import Premortem
from experiments.premortem.weeks import CLOCK, DESK, POOL
from experiments.smallest import NONE_THAT_MATTERS
from model.schema import World
from viz.reports.figures import percent

PLACES = Path(__file__).with_name("places.toml")
POPULATIONS = {
    "advantaged": "well seen, with a lawyer",
    "contenders": "ill seen, with a lawyer",
    "dependents": "well seen, without a lawyer",
    "deviants": "ill seen, without a lawyer",
}
"""Schneider and Ingram's target populations (1993), by what sorts a case into them here
(`experiments.twin.case_traits.populations`)."""
HARMS = {
    "separated": "people taken from those they came with", "apart": "days apart",
    "not reunited": "people not reunited", "beyond the limit": "days beyond the limit", "custody": "nights in custody",
    "over capacity": "days over capacity", "backlog": "cases waiting", "cost": "dollars",
    "overtime": "hours of overtime",
}  # fmt: skip
"""What is counted in a harm, as `experiments.twin.measures.harm` names it."""


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    return tomllib.loads(PLACES.read_text(encoding="utf-8"))


def place(area: str) -> str:
    """An area by the name that readers know.

    >>> place("SDCA"), place("Rio Grande Valley"), place("courts.magistrates: SDTX")
    ('Southern California', 'Rio Grande Valley', 'courts.magistrates: Southern Texas')
    """
    before, colon, name = area.rpartition(": ")
    return before + colon + _places().get(name, name)


def written(value: float, grain: float = 1.0) -> str:
    """A figure written out in three digits, no finer than a grain: what one simulated case stands for.

    >>> written(10240.4), written(5.77), written(1084.0, 50.0), written(13.5, 50.0), written(0.0, 50.0)
    ('10,200', '5.8', '1,100', 'under 50', '0')
    """
    if value == 0.0:
        return "0"
    if grain > 1.0 and abs(value) < grain:
        return f"under {grain:,.0f}"
    rounded = round(value / grain) * grain if grain > 1.0 else value
    places = 2 - floor(log10(abs(rounded)))
    return f"{round(rounded, places):,.{1 if places > 1 else 0}f}"


def more_or_less(value: float, grain: float = 1.0) -> str:
    """A difference in words.

    >>> more_or_less(-1350.0), more_or_less(13.5, 50.0), more_or_less(0.0)
    ('1,350 fewer', 'under 50 more', 'no more')
    """
    if value == 0.0:
        return "no more"
    return f"{written(abs(value), grain)} {'more' if value > 0.0 else 'fewer'}"


def grain_of(found: Premortem, unit: str) -> float:
    """Below what a figure in a unit is not told: one simulated case or person, but for hours and dollars."""
    return 1.0 if "hours" in unit or "dollars" in unit else 1.0 / found.scale


def calendar(day: date) -> str:
    """A day as it is said.

    >>> calendar(date(2018, 4, 6))
    '6 April 2018'
    """
    return f"{day.day} {day:%B %Y}"


def on_day(found: Premortem, day: float) -> str:
    """A day of the calendar, and after the start."""
    return f"{calendar(found.asked.start + timedelta(days=round(day)))} (day {day:.0f})"


def unit_of(world: World, kind: str, what: str) -> str:
    """In what a limit is counted, in words.

    >>> from model import load
    >>> unit_of(load(), POOL, "court-slots"), unit_of(load(), POOL, "orr-beds"), unit_of(load(), DESK, "ice.attorneys")
    ('slots a week', 'beds', 'hours a week')
    """
    if kind == POOL:
        row = world.resources[what]
        unit = (row.amount or next(iter(row.amounts.values()))).unit
        return unit if row.kind == "stock" else f"{unit} a week"
    return {DESK: "hours a week", CLOCK: "person-days a week"}.get(kind, "persons a week")


def titles(world: World) -> dict[str, str]:
    """Agencies, clocks and resources by name."""
    parts = (world.clocks, world.resources, world.agencies)
    return {name: entry.title for part in parts for name, entry in part.items()}


def group(world: World, name: str) -> str:
    """A group of people or cases in words."""
    return POPULATIONS.get(name, world.words.levels.get(name, name))


def parameter(world: World, path: str) -> str:
    """A parameter by the titles of what it belongs to.

    >>> from model import load
    >>> parameter(load(), "stages.review.threshold")
    'Review for prosecutorial discretion: threshold'
    >>> parameter(load(), "agencies.cbp.units.agents.local.Yuma")
    "CBP's processing agents: local Yuma"
    """
    kind, name, *rest = [*path.split("."), ""]
    part = getattr(world, kind, None)
    entry = part.get(name) if isinstance(part, dict) else None
    said = " ".join(place(word) for word in rest).strip().replace("_", " ")
    if kind == "agencies" and entry is not None:
        if rest[0] == "units":
            own = entry.units[rest[1]].title
            said = " ".join(place(word) for word in rest[2:]).strip().replace("_", " ")
            return f"{entry.title}'s {own[0].lower()}{own[1:]}: {said}"
        return f"{entry.title}: {said}"
    title = getattr(entry, "title", name.replace("_", " "))
    return f"{title}: {said}" if said else f"{kind.replace('_', ' ')}: {title}"


def of_100(with_it: float, without: float) -> list[str]:
    """Two shares as counts of a hundred, or in percent where these would be all alike, none or all.

    >>> of_100(0.148, 0.21), of_100(0.028, 0.034)
    (['15 of 100', '21 of 100'], ['2.8%', '3.4%'])
    """
    counts = [f"{100 * share:.0f}" for share in (with_it, without)]
    if abs(with_it - without) < 0.015 or {"0", "100"} & set(counts):
        return [percent(share) for share in (with_it, without)]
    return [f"{count} of 100" for count in counts]


def unmoved(found: Premortem) -> list[str]:
    """The agencies that stay where they are, by title."""
    rows = found.agencies[found.agencies["verdict"] == NONE_THAT_MATTERS]
    return [found.asked.world.agencies[name].title for name in rows["agency"]]


def listed(names: Iterable[str]) -> str:
    """Names in a sentence.

    >>> listed(["ICE"]), listed(["ICE", "USCIS", "EOIR"]), listed([])
    ('ICE', 'ICE, USCIS and EOIR', '')
    """
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last
