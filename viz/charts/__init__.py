"""Every chart, one function each: what notebooks, reports, the command line and the app draw with.

Rates of enforcement officers lie near zero and those of adjudicators near one. On one axis from 0 to 100
percent neither could be seen to move from month to month, so there each panel has its own scale, and the chart
says so.
"""

from viz.charts.beds import beds_over_time
from viz.charts.both_worlds import rates_of_both_worlds
from viz.charts.convergence import indices_over_runs
from viz.charts.corners import corner_of_failure
from viz.charts.counterfactuals import counterfactuals_downstream
from viz.charts.districts import months_by_district
from viz.charts.doses import response_by_dose
from viz.charts.families import path_of_families
from viz.charts.flows import flows_of_flips
from viz.charts.guesses import guesses_and_result
from viz.charts.indices import indices_by_factor
from viz.charts.knockouts import knockout_map
from viz.charts.levers import lever_ranking
from viz.charts.live import rates_live
from viz.charts.network import hierarchy
from viz.charts.over_time import rates_over_time
from viz.charts.patterns import patterns_beside_record
from viz.charts.posteriors import posterior_against_prior
from viz.charts.resources import resources_over_time
from viz.charts.rivals import rivals_on_checks
from viz.charts.shifts import shift_by_agency
from viz.charts.surfaces import response_surface
from viz.charts.waterfall import desks, terms, two_worlds, waterfall
from viz.charts.with_without import rates_with_and_without

__all__ = [
    "beds_over_time",
    "corner_of_failure",
    "counterfactuals_downstream",
    "desks",
    "flows_of_flips",
    "guesses_and_result",
    "hierarchy",
    "indices_by_factor",
    "indices_over_runs",
    "knockout_map",
    "lever_ranking",
    "months_by_district",
    "path_of_families",
    "patterns_beside_record",
    "posterior_against_prior",
    "rates_live",
    "rates_of_both_worlds",
    "rates_over_time",
    "rates_with_and_without",
    "resources_over_time",
    "response_by_dose",
    "response_surface",
    "rivals_on_checks",
    "shift_by_agency",
    "terms",
    "two_worlds",
    "waterfall",
]
