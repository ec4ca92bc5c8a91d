"""Roll-up: accepted values, tree of units and definitions become figures with coverage."""

from nqcore.analysis.rollup.accepted_values import AcceptedValues
from nqcore.analysis.rollup.exact_total import Contribution, ExactTotal
from nqcore.analysis.rollup.series_breaks import SeriesBreak
from nqcore.analysis.rollup.totals import Totals

__all__ = ["AcceptedValues", "Contribution", "ExactTotal", "SeriesBreak", "Totals"]
