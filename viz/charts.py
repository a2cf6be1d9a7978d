"""Every chart, one function each: what notebooks, reports, the command line and the app draw with.

Rates of enforcement officers lie near zero and those of adjudicators near one. On one axis from 0 to 100
percent neither could be seen to move, so each panel has its own scale, and the chart says so.
"""

from viz.before_after import rates_before_after
from viz.over_time import rates_over_time
from viz.resources import resources_over_time
from viz.shifts import shift_by_agency
from viz.waterfall import waterfall

__all__ = ["rates_before_after", "rates_over_time", "resources_over_time", "shift_by_agency", "waterfall"]
