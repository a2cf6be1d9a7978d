"""The report of ``discretion premortem``: read in five minutes, audited line by line."""

from viz.reports.premortem.told import FILES as FILES
from viz.reports.premortem.told import HTML as HTML
from viz.reports.premortem.told import MARKDOWN as MARKDOWN
from viz.reports.premortem.told import report as report
