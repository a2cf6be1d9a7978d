"""``make bench``: a national year and the border at real scale, and a decision beside C and a Mesa loop."""

from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.national import Timed, measured
from benchmarks.yardstick import measured as decided_again
from benchmarks.yardstick import report


def main() -> None:
    """Measure, and print what was measured."""
    console = Console()
    for name, title in (("year", "A national year"), ("border", "The border, October 2016 to December 2018")):
        runs = measured(name, 1.0, 3)
        console.print(_table(f"{title} at scale 1.0, three fresh processes", runs))
        one = runs[0]
        console.print(f"{one.officers:,} officers, {one.cases:,} cases, {one.decisions:,} decisions")
    console.print(report(decided_again()))


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
