"""The types of a world: what may stand in its files."""

from model.schema.agency import Agency, Culture, Level, Unit
from model.schema.calibration import Calibration, Prior
from model.schema.condition import AnyOf, Between, Condition, Days
from model.schema.directive import Directive, Increase, Review, Scope
from model.schema.lever import Changes, Lever
from model.schema.measure import Measure
from model.schema.mix import Ages, Counts, Mix, Period
from model.schema.pattern import Carried, Composition, Holds, PatternEntry, Ratio, Study
from model.schema.quantity import Quantity, Shares
from model.schema.region import Region, Series
from model.schema.report import Answer, Report, Reporting
from model.schema.stream import Clock, Custom, Edge, Exit, Lag, Law, Metric, Outcome, Rejoin, Resource, Stage
from model.schema.validators import Strict
from model.schema.words import Circumstance, Equity, Number, Words
from model.schema.world import CaseFile, Person, Rule, Scenario, Society, World

__all__ = [
    "Agency",
    "Ages",
    "Answer",
    "AnyOf",
    "Between",
    "Calibration",
    "Carried",
    "CaseFile",
    "Changes",
    "Circumstance",
    "Clock",
    "Composition",
    "Condition",
    "Counts",
    "Culture",
    "Custom",
    "Days",
    "Directive",
    "Edge",
    "Equity",
    "Exit",
    "Holds",
    "Increase",
    "Lag",
    "Law",
    "Level",
    "Lever",
    "Measure",
    "Metric",
    "Mix",
    "Number",
    "Outcome",
    "PatternEntry",
    "Period",
    "Person",
    "Prior",
    "Quantity",
    "Ratio",
    "Region",
    "Rejoin",
    "Report",
    "Reporting",
    "Resource",
    "Review",
    "Rule",
    "Scenario",
    "Scope",
    "Series",
    "Shares",
    "Society",
    "Stage",
    "Strict",
    "Study",
    "Unit",
    "Words",
    "World",
]
