"""Section 6: what each change of the draft would prevent, spare and cost."""

from collections.abc import Mapping
from typing import Any

from experiments.premortem import Premortem
from viz.charts.shifts import in_points, signed_points
from viz.reports.figures import amount
from viz.reports.premortem.page import Grid, Section
from viz.reports.premortem.words import HARMS, grain_of, listed, more_or_less, titles, written

FRONT = (
    "Front: no other keeps as much of the shift, costs no more, prevents and eases as much. At the world's own "
    "parameters; harms are differences to the draft as it is that matter"
)


def cheapest_mends(found: Premortem) -> Section:
    """Whether any mend prevents what breaks or lowers harm to people; those that do, and then all others."""
    rows = found.mends.to_dict("records")
    told = [row for row in rows if row["best"] and _way(row, found) >= 0]
    others = {way: [row["mend"] for row in rows if row not in told and _way(row, found) == way] for way in WAYS}
    says = [
        *_first(rows), *(_mend(row, found) for row in told),
        *(f"{said}: {'; '.join(others[way])}." for way, said in WAYS.items() if others[way]),
    ]  # fmt: skip
    head = ["mend", "shift against the draft (90% interval)", "of the draft's shift", "dollars", "prevents",
            "harms eased", "made worse", "elsewhere", "on the front"]  # fmt: skip
    table = [
        [row["mend"], in_points(row["shift"], row["shift_low"], row["shift_high"]), f"{row['kept']:.0%}",
         amount(row["dollars"], "+"), f"{row['prevents']} of {row['of_broken']}", str(row["eased"]),
         str(row["worse"]), _elsewhere(row, found), "yes" if row["front"] else "no"]
        for row in rows
    ]  # fmt: skip
    moved = [[row["mend"], *_harm(row, found)] for row in found.eased.to_dict("records")]
    columns = ["mend", "harm", "of", "draft", "with the mend (90% interval)"]
    harms = Grid("What each mend moves, against the draft as it is", columns, moved, right=2)
    return Section("What would mend it", says, more=[Grid(FRONT, head, table, right=8), harms])


WAYS = {
    1: "Of the others, these make the addressed more lenient", 0: "These leave their decisions as they are",
    -1: "These make them harsher, which is no advice",
}  # fmt: skip
"""The direction of a mend's own shift, in words."""


def _way(row: Mapping[Any, Any], found: Premortem) -> int:
    return 0 if abs(row["shift"]) <= found.smallest else 1 if row["shift"] > 0.0 else -1


def _first(rows: list[dict[Any, Any]]) -> list[str]:
    """Whether anything prevents what breaks, and whether anything lowers harm to people."""
    broken = max((row["of_broken"] for row in rows), default=0)
    stops, spares = ([row["mend"] for row in rows if row[what] > 0] for what in ("prevents", "spares"))
    breaking = (
        f"Of the {broken} limits that break under these seeds, some is kept by: {'; '.join(stops)}." if stops
        else f"No change that was tried keeps any of the {broken} limits that break under these seeds."
    )  # fmt: skip
    sparing = (
        f"Harm to people is less with: {'; '.join(spares)}." if spares else "None lowers harm to people clearly."
    )  # fmt: skip
    return [*([breaking] if broken else []), *([sparing] if rows else [])]


def _mend(row: Mapping[Any, Any], found: Premortem) -> str:
    moved = found.eased[(found.eased["mend"] == row["mend"]) & (found.eased["difference"] < 0.0)]
    size = (moved["difference"] / moved["record"]).sort_values()
    names = [_harm(moved.loc[at].to_dict(), found) for at in size.index[:2]]
    buys = listed(f"{harm}{f' ({of})' if of else ''} {100 * share:+.0f}%"
                  for (harm, of, *_), share in zip(names, size.iloc[:2], strict=True))  # fmt: skip
    keeps = f"keeps {row['prevents']} of {row['of_broken']} limits and {row['kept']:.0%} of the shift"
    return (
        f"{row['mend']}: {keeps}, for {amount(row['dollars'], '+')} dollars; lowers {buys or 'no harm'}; makes "
        f"{row['worse'] or 'none'} worse; elsewhere {_elsewhere(row, found)}."
    )


def _elsewhere(row: Mapping[Any, Any], found: Premortem) -> str:
    at = row["elsewhere_at"]
    return f"{titles(found.asked.world)[at]} {signed_points(row['elsewhere'])} points" if at else "nothing that matters"


def _harm(row: Mapping[Any, Any], found: Premortem) -> list[str]:
    named, grain = titles(found.asked.world), grain_of(found, row["unit"])
    of = ", ".join(named.get(name, name) for name in (row["agency"], row["group"]) if name != "all")
    said, low, high = (more_or_less(row[name], grain) for name in ("difference", "low", "high"))
    return [HARMS.get(row["measure"], row["measure"]), of, written(row["record"], grain), f"{said} ({low} to {high})"]
