"""What the documentation says of the shipped world, made from the world's own files."""

from collections.abc import Callable, Mapping

from docs.tables import backtest, border, calibration, credibility, forecasts, narrower
from docs.tables.agencies import border_dates, directives, levers, mixes, regions, scenarios, series, units
from docs.tables.directive_fields import case_words, directive_fields, directive_values
from docs.tables.evidence import evidence, foundations, patterns, spent
from docs.tables.mechanisms import doses, mechanisms, switches
from docs.tables.parameters import parameters
from docs.tables.streams import clocks, customs, exits, groups, laws, metrics, resources, routes, stages
from model.schema import World

TABLES: Mapping[str, Callable[[World], str]] = {
    "parameters": parameters,
    "stages": stages,
    "routes": routes,
    "exits": exits,
    "groups": groups,
    "laws": laws,
    "customs": customs,
    "resources": resources,
    "metrics": metrics,
    "clocks": clocks,
    "regions": regions,
    "series": series,
    "units": units,
    "mixes": mixes,
    "directives": directives,
    "levers": levers,
    "directive-fields": directive_fields,
    "directive-values": directive_values,
    "case-words": case_words,
    "scenarios": scenarios,
    "border-dates": border_dates,
    "foundations": foundations,
    "evidence": evidence,
    "patterns": patterns,
    "spent": spent,
    "mechanisms": mechanisms,
    "switches": switches,
    "doses": doses,
    "rules": credibility.rules,
    "failures": credibility.failures,
    "forecast": forecasts.figures,
    "forecast-status": forecasts.status,
    **calibration.MADE,
}

RUNS: Mapping[str, tuple[Callable[[World], str], Callable[[World], str]]] = {
    "backtest": (backtest.warnings, backtest.stamp),
    "narrower": (narrower.narrower, narrower.stamp),
    **border.RUNS,
    **credibility.RUNS,
}
"""Tables that take runs of the model, each with the stamp by which it is known to be of this world."""
