"""On a terminal of any width, a pipe's eighty characters among them, no figure is cut short."""

import re
from io import StringIO

import pytest

from experiments.runs import Run
from viz.reports.console import Screen, table
from viz.reports.run import ends_table, queue_table, rate_table, resource_table
from viz.reports.table import FigureTable

WIDTHS = (40, 60, 80, 100, 120, 200)
FIGURES = (
    "1,071,623",
    "98.7% (98.6% to 98.8%)",
    "+0.48 (+0.41 to +0.55)",
    "-12,345,678",
    "0.0084523 (0.008452 to 0.0084526)",
)


def _printed(shown: FigureTable, width: int) -> str:
    screen = Screen(width=width, file=StringIO(), highlight=False)
    screen.print(shown)
    said = screen.file.getvalue()
    assert all(len(line) <= width for line in said.splitlines())
    assert "…" not in said
    return said


def _wide() -> FigureTable:
    shown = table("Shift by agency", "agency", "stage", *(f"figure {at}" for at in range(len(FIGURES))), right=5)
    shown.add_row("U.S. Citizenship and Immigration Services", "deferred-action", *FIGURES)
    shown.add_row("ICE", "review")
    return shown


@pytest.mark.parametrize("width", WIDTHS)
def test_no_figure_is_cut_short(width: int) -> None:
    said = _printed(_wide(), width).split()
    for number in " ".join(FIGURES).split():
        assert number in said
    assert "deferred-action" in said


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tables_of_a_run_say_every_figure(width: int, small_run: Run) -> None:
    decided = small_run.outcomes.groupby(["agency", "stage"], observed=True)["decided"].sum()
    said = [_printed(part(small_run), width) for part in (rate_table, ends_table, resource_table, queue_table)]
    for count in decided:
        assert f"{count:,}" in said[0].split()
    most = small_run.resources.query("kind == 'waiting'").groupby("what")["used"].max()
    assert f"{most.max():,}" in said[3].split()


def test_columns_that_go_below_say_again_what_their_rows_are_about() -> None:
    parts = re.split(r"\n\s*\n", _printed(_wide(), 60).strip())
    assert len(parts) > 1
    for part in parts:
        assert "agency" in part and "stage" in part and "ICE" in part and "review" in part


def test_a_table_with_less_padding_keeps_its_look_and_its_caption() -> None:
    shown = table("Months", "", *(f"{month:02d}" for month in range(1, 13)), right=12)
    shown.padding, shown.caption = (0, 1, 0, 0), "what the rows are"
    shown.add_row(" adults alone, prosecuted", *["17,140"] * 12)
    whole = _printed(shown, 110)
    assert whole.count("17,140 17,140") == 6 and len(whole.splitlines()) == 4
    for width in (60, 110):
        said = _printed(shown, width)
        assert said.count("17,140") == 12 and "17,140 17,140" in said and said.count("what the rows are") == 1


def test_where_there_is_room_nothing_goes_over_two_lines() -> None:
    assert _printed(_wide(), 200).count("\n") == 4


def test_texts_give_way_before_figures_do() -> None:
    shown = table("", "what", "figure", right=1)
    shown.add_row("word " * 30, "1.23 (1.20 to 1.26)")
    assert "1.23 (1.20 to 1.26)" in _printed(shown, 40)


def test_a_long_name_is_broken_and_not_cut(width: int = 40) -> None:
    shown = table("", "parameter", "value", right=1)
    path = "agencies.ice.levels.field-office-director.judged_by_numbers"
    shown.add_row(path, "0.5")
    said = "".join(line.split()[0] for line in _printed(shown, width).splitlines()[1:] if line.strip())
    assert path in said.replace("parametervalue", "")


def test_where_columns_have_no_room_every_row_is_a_list() -> None:
    shown = table("Causes", "agency", "stage", "kind", "cause", "decisions", right=1)
    shown.add_row("Fee office", "request", "flipped", "direct", "156")
    shown.add_row("Fee office", "request", "later", "ripples", "3")
    said = [line.strip().split(maxsplit=1) for line in _printed(shown, 30).splitlines()]
    assert said[:3] == [["Causes"], ["agency", "Fee office"], ["stage", "request"]]
    assert ["decisions", "156"] in said and said[6] == [] and said[-1] == ["decisions", "3"]


def test_a_path_longer_than_a_line_is_left_whole() -> None:
    screen, path = Screen(width=40, file=StringIO(), highlight=False), "/home/somebody/" + 5 * "a-folder/"
    screen.print(f"Stored in [bold]{path}[/]: tables.")
    screen.print("word " * 20)
    first, *rest = screen.file.getvalue().splitlines()
    assert path in first and len(rest) == 3


def test_an_empty_table_is_printed() -> None:
    assert "decisions" in _printed(table("Nothing", "agency", "decisions", right=1), 40)
