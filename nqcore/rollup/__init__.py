"""Roll-up: accepted values + tree + definitions → figures with coverage, each explained."""

from nqcore.rollup.totals import Contribution, Totals, Worked
from nqcore.rollup.values import Values

__all__ = ["Contribution", "Totals", "Values", "Worked"]
