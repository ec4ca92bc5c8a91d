"""Roll-up: accepted values + tree + definitions → figures with coverage, each explained."""

from nqcore.rollup.breaks import Break
from nqcore.rollup.totals import Totals
from nqcore.rollup.values import Values
from nqcore.rollup.worked import Contribution, Worked

__all__ = ["Break", "Contribution", "Totals", "Values", "Worked"]
