"""Every headline figure of a scenario by size: ``python -m benchmarks.sizes record-2013 0.002:16 0.02:8 1:1``.

Each size is a scale and how many seeds it is run under (1, 2, ...). A figure is a mean over seeds with its standard
error: rates in percent, people and work of the real system (those of the run, over its scale).
"""

import argparse
from collections.abc import Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table

from model import BureaucracyModel
from model.record.separations import separated
from model.schema import World

SIZES = ("0.002:16", "0.005:12", "0.02:8", "0.1:3", "1:1")
RARE = 50
"""Decisions of the real system below which a stage has no rate worth a row."""


def figures(scenario: str, scale: float, seed: int, world: str | World = "immigration") -> pd.Series:
    """The headline figures of one run, by (kind, name).

    ``rate``: percent favourable, by agency and stage; ``decided``: decisions; ``waiting``: cases at a stage on the last
    day; ``left``: people by exit; ``in use``: units of a resource in use (of a flow, taken), a mean day; ``separated``.
    """
    model = BureaucracyModel(scenario, scale=scale, rng=seed, world=world).run()
    found: dict[tuple[str, str], float] = {}
    outcomes = model.recorder.outcomes()
    totals = outcomes.groupby(["agency", "stage"], observed=True)[["decided", "favourable"]].sum()
    for row in totals[totals["decided"] >= RARE * scale].reset_index().to_dict("records"):
        name = f"{row['agency']} {row['stage']}"
        found["rate", name] = 100.0 * row["favourable"] / row["decided"]
        found["decided", name] = row["decided"] / scale
    census = model.census()
    found |= {("waiting", name): census[name] / scale for name in model.stage_names}
    found |= {("left", name): census[name] / scale for name in model.world.exits}
    days = (model.end - model.start).days + 1
    resources = model.recorder.resource_table()
    resources = resources[resources["kind"].isin(["stock", "flow"])]
    flows = resources["kind"] == "flow"
    used = resources["used"].where(flows, resources["days"]).groupby(resources["what"]).sum()
    found |= {("in use", str(name)): value / scale / days for name, value in used.items()}
    if len(model.parties.leader):
        found["separated", "children"] = len(separated(model)) / scale
    return pd.Series(found)


def by_size(scenario: str, sizes: Sequence[tuple[float, int]], world: str | World = "immigration") -> pd.DataFrame:
    """The figures of each run, one row a figure, one column a (scale, seed)."""
    return pd.concat(
        {
            (scale, seed): figures(scenario, scale, seed, world)
            for scale, seeds in sizes
            for seed in range(1, seeds + 1)
        },
        axis=1,
    ).fillna(0.0)


def table(title: str, runs: pd.DataFrame) -> Table:
    """Means over seeds, with their standard errors where there is more than one seed."""
    scales = runs.columns.get_level_values(0).unique()
    shown = Table("figure", "of", *(f"{scale:g}" for scale in scales), title=title)
    for kind, name in runs.index:
        cells, row = [], runs.loc[(kind, name)]
        for scale in scales:
            values = row[scale]
            error = f" ± {_number(values.std() / len(values) ** 0.5)}" if len(values) > 1 else ""
            cells.append(_number(values.mean()) + error)
        shown.add_row(kind, name, *cells)
    return shown


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def main() -> None:
    """Run a scenario at every size and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__)
    parser.add_argument("scenario")
    parser.add_argument("sizes", nargs="*", default=SIZES, help="scale:seeds, such as 0.02:8")
    asked = parser.parse_args()
    sizes = [(float(scale), int(seeds or 1)) for scale, _, seeds in (size.partition(":") for size in asked.sizes)]
    Console(width=200).print(table(asked.scenario, by_size(asked.scenario, sizes)))


if __name__ == "__main__":
    main()
