"""``make bench``: a national year and the border at real scale, and the ratio to one agent at a time."""

from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.idiomatic import compare
from benchmarks.national import Timed, measured


def main() -> None:
    """Measure, and print what was measured."""
    console = Console()
    for name, title in (("year", "A national year"), ("border", "The border, October 2016 to December 2018")):
        runs = measured(name, 1.0, 3)
        console.print(_table(f"{title} at scale 1.0, three fresh processes", runs))
        one = runs[0]
        console.print(f"{one.officers:,} officers, {one.cases:,} cases, {one.decisions:,} decisions")
    pairs = [compare() for _ in range(3)]
    both = Table(
        "way", "microseconds a decision", title="The same decisions both ways, in one process (median of three)"
    )
    both.add_row("in columns", f"{median(1e6 * p.columnar / p.decisions for p in pairs):.2f}")
    both.add_row("one agent at a time", f"{median(1e6 * p.one_at_a_time / p.decisions for p in pairs):.2f}")
    console.print(both)
    console.print(
        f"ratio {median(p.ratio for p in pairs):.0f} times "
        f"({min(p.ratio for p in pairs):.0f} to {max(p.ratio for p in pairs):.0f}) "
        f"on {pairs[0].decisions:,} decisions; {sum(p.differing for p in pairs)} differ"
    )


def _table(title: str, runs: list[Timed]) -> Table:
    table = Table("figure", "median", "lowest to highest", title=title)
    for name, values, unit in (
        ("drawing cases and officers", [r.build for r in runs], "s"),
        ("running", [r.run for r in runs], "s"),
        ("decisions a second while running", [r.decisions / r.run for r in runs], ""),
        ("peak memory", [r.peak for r in runs], "MB"),
    ):
        table.add_row(name, f"{median(values):,.2f} {unit}", f"{min(values):,.2f} to {max(values):,.2f}")
    return table


if __name__ == "__main__":
    main()
