"""The bottom line: who changes, what runs out, whom to talk to, what it does to people, how sure."""

from datetime import timedelta

from experiments.premortem import Premortem
from experiments.premortem.surety import assumed
from experiments.smallest import MATTERS
from viz.reports.premortem.changes import at_the_desks
from viz.reports.premortem.downstream import PEOPLE, by_place, first
from viz.reports.premortem.lenses import clock
from viz.reports.premortem.surety import failing
from viz.reports.premortem.talking import whom
from viz.reports.premortem.words import HARMS, calendar, grain_of, listed, more_or_less, unmoved

MOST = 3
"""Places, agencies and harms in the bottom line."""


def in_short(found: Premortem) -> list[str]:
    """A few lines that stand for the whole report."""
    return [line for line in (_who(found), _breaks(found), _whom(found), _people(found), _sure(found)) if line]


def _who(found: Premortem) -> str:
    moved = [said for verdict, said in at_the_desks(found) if verdict == MATTERS]
    said = " ".join(moved[:MOST]) or "Those whom it addresses do not clearly come to decide otherwise."
    return f"{said} {f'No change that matters at {listed(unmoved(found))}.' if unmoved(found) else ''}".strip()


def _breaks(found: Premortem) -> str:
    rows = by_place(found).head(MOST).to_dict("records")
    if not rows:
        return "Nothing downstream runs out because of it."
    return f"What runs out: {'; '.join(first(row, found) for row in rows)}."


def _whom(found: Premortem) -> str:
    talks = [f"{name} (from {calendar(found.asked.start + timedelta(days=int(rows['arrives'].iloc[0])))})"
             for name, rows in whom(found)[:MOST]]  # fmt: skip
    return f"Talk first to {listed(talks)}, whom it loads and does not address." if talks else ""


def _people(found: Premortem) -> str:
    rows = found.effects[(found.effects["family"] == "harm") & (found.effects["group"] == "all")]
    rows = rows[(rows["agency"] == "all") & (rows["verdict"] == MATTERS) & rows["measure"].isin(PEOPLE)]
    parts = [f"{HARMS[row['measure']]}: {more_or_less(row['difference'], grain_of(found, row['unit']))}"
             for row in rows.to_dict("records")]  # fmt: skip
    limits = found.effects[found.effects["measure"] == "beyond the limit"].to_dict("records")
    parts += [said for row in limits if (said := clock(row, found))]
    return f"People: {'; '.join(parts)}." if parts else "No harm to people moves by what matters."


def _sure(found: Premortem) -> str:
    few, many = assumed(found.asked)
    known = len(set(found.leans["what"]))
    fails = f"{len(failing(found))} of the {known} patterns of record of these streams are known not to hold; "
    return (
        f"How sure: the direction more than the size. {fails if known else ''}{few:,} of {many:,} parameters are "
        "assumed; nobody answers the draft in these worlds."
    )
