"""What is done once before the first visitor comes."""

from viz.app.frame import Look
from viz.app.pages.memo.run import LiveRun, Setup
from viz.app.pages.memo.shown import SCENARIO
from viz.app.pages.memo.views import LEAST, network_spec, rates_spec, sheet
from viz.app.room import room


def warm() -> None:
    """Load the compiled rule and lay out the first charts, for which the first visitor would have to wait."""
    run, width = LiveRun(Setup(SCENARIO)), Look().width
    run.step()
    network_spec(run.staff, "exposure", room(width, LEAST))
    rates_spec(SCENARIO, "", *sheet(width))
