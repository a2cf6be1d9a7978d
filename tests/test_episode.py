"""The Python interface reads like the question; the tutorial does what it says."""

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from experiments import scenario
from experiments.episode import Episode
from experiments.twin.findings import Findings, find
from model import InputError, load
from viz.reports.twin_charts import CHARTS

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"
LARGEST = 20_000


@pytest.fixture(scope="module")
def memos() -> Episode:
    return scenario("detainer-2012")


@pytest.fixture(scope="module")
def found(memos: Episode) -> Findings:
    return memos.against(memos.without("detainer-2012"), replications=2, scale=0.003)


def test_a_directive_is_taken_away_and_compared_as_the_command_does(memos: Episode, found: Findings) -> None:
    same = find("detainer-2012", ["detainer-2012"], world=load(), replications=2, scale=0.003)
    pd.testing.assert_frame_equal(found.shift, same.shift)
    assert found.twins.differ == ["detainer-2012"] and found.seeds == [1, 2]


def test_what_is_left_is_named_and_shown(memos: Episode) -> None:
    few = scenario("morton-2011").without("review-2011", "training-2012")
    assert list(few.directives.index) == ["priorities-2010", "discretion-2011", "victims-2011"]
    assert "review-2011" in few.name and "review-2011" in repr(few)
    page = few._repr_html_()
    assert (
        "<table" in page and "Prosecutorial discretion memo of 17 June 2011" in page and "without review-2011" in page
    )
    assert "No directive comes down." in memos.without()._repr_html_()


def test_findings_show_themselves(found: Findings) -> None:
    assert "with and without detainer-2012" in repr(found) and "ICE" in repr(found)
    assert "DataFrame" not in repr(found) and len(repr(found)) < 1000
    assert "<table" in found._repr_html_() and "percentage points" in found._repr_html_()
    assert list(found.by_agency.index) == ["eoir", "ice", "uscis"]
    for chart in CHARTS.values():
        assert "title" in chart(found).to_dict()


def test_a_flip_is_replayed_from_the_findings(found: Findings) -> None:
    row = found.flips.iloc[-1]
    replay = found.replay(int(row["flip"]))
    assert (replay.with_it.probability, replay.without.probability) == (row["p"], row["p_without"])
    table = replay.terms
    assert table.loc["sum", "with"] == pytest.approx(table["with"].iloc[:-1].sum())
    assert replay.chances.loc["looked at", "draw"] == replay.notice_draw
    assert "<table" in replay._repr_html_()
    with pytest.raises(InputError, match="no such flip"):
        found.replay(0)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: scenario("mortno-2011"), ["no such scenario", "nearest: morton-2011"]),
        (lambda: scenario("morton-2011").without("daca-2012"), ["no such directive to take away"]),
        (lambda: scenario("morton-2011").against(scenario("morton-2011")), ["nothing differs"]),
        (
            lambda: scenario("morton-2011").against(scenario("detainer-2012", settings=["rule.metrics=0"])),
            ["two worlds"],
        ),
        (lambda: scenario("morton-2011").against(scenario("baseline-2010"), replications=0), ["1 or more"]),
    ],
)
def test_what_cannot_be_asked_is_refused(ask: Any, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        ask()
    assert all(word in str(caught.value) for word in words)


# The tutorial.


def test_the_tutorial_runs_from_top_to_bottom(tmp_path: Path) -> None:
    notebook = nbformat.read(TUTORIAL, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) > 8
    for cell in cells:
        assert cell.outputs, cell.source
        assert {output.output_type for output in cell.outputs} == {"execute_result"}, cell.source
    shown = [cell.outputs[0].data for cell in cells]
    assert "with and without review-2011" in shown[1]["text/plain"]
    assert "application/vnd.vegalite.v6+json" in shown[3] or "text/html" in shown[3]
    assert "looked at" in shown[6]["text/html"]


def test_the_tutorial_is_kept_without_outputs() -> None:
    notebook = nbformat.read(TUTORIAL, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    assert TUTORIAL.stat().st_size < LARGEST
