"""What is done once, before the first visitor comes and while they look at the first page."""

from datetime import timedelta
from threading import Thread

from viz.app.chart_width import room
from viz.app.layout import Look
from viz.app.pages.levers.ranked import first_charts
from viz.app.pages.live_run.url_state import Shown
from viz.app.pages.live_run.views import LEAST, network_spec, rates_spec, sheet
from viz.app.pages.live_run.watched_run import LiveRun


def warm() -> None:
    """Load the compiled rule and lay out the first charts, for which the first visitor would have to wait."""
    setup, width = Shown().fitted()[0].setup, Look().width
    run = LiveRun(setup)
    run.go_on(run.today + timedelta(days=1))
    network_spec(run.staff, "exposure", room(width, LEAST))
    rates_spec(setup.scenario, "", *sheet(width))
    Thread(target=first_charts, daemon=True).start()
