"""What is done once before the first visitor comes."""

from datetime import timedelta

from viz.app.chart_width import room
from viz.app.layout import Look
from viz.app.pages.live_run.url_state import SCENARIO
from viz.app.pages.live_run.views import LEAST, network_spec, rates_spec, sheet
from viz.app.pages.live_run.watched_run import LiveRun, Setup


def warm() -> None:
    """Load the compiled rule and lay out the first charts, for which the first visitor would have to wait."""
    run, width = LiveRun(Setup(SCENARIO)), Look().width
    run.go_on(run.today + timedelta(days=1))
    network_spec(run.staff, "exposure", room(width, LEAST))
    rates_spec(SCENARIO, "", *sheet(width))
