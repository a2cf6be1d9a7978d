"""``make bench``: the national year, decisions a second, and the ratio to one agent at a time."""

from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.idiomatic import compare
from benchmarks.national import measured


def main() -> None:
    """Measure, and print what was measured."""
    console = Console()
    years = measured(1.0, 3)
    table = Table("figure", "median", "lowest to highest", title="A national year at scale 1.0, three fresh processes")
    for name, values, unit in (
        ("drawing cases and officers", [y.build for y in years], "s"),
        ("running 365 days", [y.run for y in years], "s"),
        ("decisions a second while running", [y.decisions / y.run for y in years], ""),
        ("peak memory", [y.peak for y in years], "MB"),
    ):
        table.add_row(name, f"{median(values):,.2f} {unit}", f"{min(values):,.2f} to {max(values):,.2f}")
    console.print(table)
    one = years[0]
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


if __name__ == "__main__":
    main()
