"""Whom to talk to first: agencies that the draft loads and does not address, and what each would need by when."""

from collections.abc import Iterator
from math import nan

import pandas as pd

from experiments.premortem.breaks import MORE, PERSISTENT, title
from experiments.premortem.question import Question
from experiments.premortem.tries import Tries
from experiments.premortem.weeks import DESK, POOL, QUEUE
from model.schema import World

COLUMNS = ["agency", "kind", "what", "title", "arrives", "peak", "peak_without", "more", "day", "limit", "margin",
           "short", "lead", "ask_by"]  # fmt: skip


def talks(asked: Question, found: Tries) -> pd.DataFrame:
    """What is loaded at agencies that no draft addresses, on average over the worlds that were tried.

    Returns:
        One row a desk or queue of an agency, or resource (with an empty ``agency`` where those addressed take it), on
        which the draft lays a tenth more in two weeks or more, by the day on which the first of it ``arrives`` at the
        agency (days after the start; the end of a week): in the week, ending on ``day``, with the most that is added,
        ``peak`` and ``peak_without``, the share by which it is ``more``; ``limit`` (missing for a queue), and the
        ``margin`` that the world without leaves; ``short``, what would have to be added for that week, area by area;
        ``lead``, the longest delay in days with which the world's directives have added any of it (missing where none
        has), and ``ask_by``, the day after the start (before it, where negative) on which that time begins to run out.
    """
    start, rows = pd.Timestamp(asked.start), []
    shown = ["with", "without", "limit"]
    each = found.weeks.groupby(["kind", "what", "area", "day"])[shown].mean()
    each["short"] = (each["with"] - each["limit"]).clip(lower=0.0)
    means = each.groupby(["kind", "what", "day"]).sum(min_count=1).reset_index()
    for agency, kind, what in _theirs(asked):
        weeks = means[(means["kind"] == kind) & (means["what"] == what)]
        loaded = weeks[weeks["with"] > (1.0 + MORE) * weeks["without"]]
        if len(loaded) < PERSISTENT:
            continue
        worst = loaded.assign(added=loaded["with"] - loaded["without"]).nlargest(1, "added").iloc[0].to_dict()
        arrives, day = ((when - start).days for when in (loaded["day"].iloc[0], worst["day"]))
        load, there, limit = worst["with"], worst["without"], worst["limit"]
        short = nan if kind == QUEUE else worst["short"]
        lead = _lead(asked.world, kind, what)
        rows.append((agency, kind, what, title(asked.world, kind, what), arrives, load, there,
                     load / there - 1.0 if there else nan, day, limit, limit - there, short, lead,
                     arrives - lead))  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    first = table.groupby("agency")["arrives"].transform("min")
    order = table.assign(first=first).sort_values(["first", "agency", "arrives", "what"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _theirs(asked: Question) -> Iterator[tuple[str, str, str]]:
    """Desks and queues of agencies that are not addressed, and resources, whoever takes them: agency, kind and what."""
    here, taken = asked.watched, dict[str, str]()
    for name, stage in here.stages.items():
        agency = stage.decider.split(".")[0]
        own = "" if agency in asked.addressed else agency
        if own:
            yield own, QUEUE, name
        for edge in (*stage.favourable, *stage.unfavourable):
            for what in (edge.uses, edge.needs, edge.holds):
                if what:
                    taken[what] = own if taken.get(what, own) == own else ""
    yield from ((agency, POOL, what) for what, agency in taken.items())
    for agency, entry in here.agencies.items():
        if agency not in asked.addressed:
            yield from ((agency, DESK, f"{agency}.{unit}") for unit in entry.units)


def _lead(world: World, kind: str, what: str) -> float:
    """The longest delay with which a directive of the world adds any of it, in days.

    >>> from model import load
    >>> _lead(load("two-desks"), DESK, "fees.clerks")
    nan
    """
    texts = world.directives.values()
    delays = [text.staff[what].delay.value for text in texts if kind == DESK and what in text.staff]
    delays += [text.resources[what].delay.value for text in texts if kind == POOL and what in text.resources]
    return max(delays, default=nan)
