"""Every chart, one function each: what notebooks, reports, the command line and the app draw with.

Rates of enforcement officers lie near zero and those of a licensing office near one. On one axis from 0 to 100
percent neither could be seen to move from month to month, so there each panel has its own scale, and the chart
says so.
"""

from viz.charts.beds import beds_over_time as beds_over_time
from viz.charts.both_worlds import rates_of_both_worlds as rates_of_both_worlds
from viz.charts.broken import limits_over_time as limits_over_time
from viz.charts.convergence import indices_over_runs as indices_over_runs
from viz.charts.corners import corner_of_failure as corner_of_failure
from viz.charts.counterfactuals import counterfactuals_downstream as counterfactuals_downstream
from viz.charts.districts import months_by_district as months_by_district
from viz.charts.doses import response_by_dose as response_by_dose
from viz.charts.families import path_of_families as path_of_families
from viz.charts.flows import flows_of_flips as flows_of_flips
from viz.charts.forecasts import forecast_against_record as forecast_against_record
from viz.charts.guesses import guesses_and_result as guesses_and_result
from viz.charts.indices import indices_by_factor as indices_by_factor
from viz.charts.knockouts import knockout_map as knockout_map
from viz.charts.levers import lever_ranking as lever_ranking
from viz.charts.live import rates_live as rates_live
from viz.charts.magnitudes import terms_by_stage as terms_by_stage
from viz.charts.memos import memos_by_cost as memos_by_cost
from viz.charts.network import hierarchy as hierarchy
from viz.charts.over_time import rates_over_time as rates_over_time
from viz.charts.patterns import patterns_beside_record as patterns_beside_record
from viz.charts.posteriors import posterior_against_prior as posterior_against_prior
from viz.charts.ranks import rank_histograms as rank_histograms
from viz.charts.reports import truth_and_belief as truth_and_belief
from viz.charts.resources import resources_over_time as resources_over_time
from viz.charts.rivals import rivals_on_checks as rivals_on_checks
from viz.charts.shifts import shift_by_agency as shift_by_agency
from viz.charts.surfaces import response_surface as response_surface
from viz.charts.waterfall import desks as desks
from viz.charts.waterfall import terms as terms
from viz.charts.waterfall import two_worlds as two_worlds
from viz.charts.waterfall import waterfall as waterfall
from viz.charts.with_without import rates_with_and_without as rates_with_and_without
