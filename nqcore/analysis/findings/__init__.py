"""Findings: rules read the totals and give results and shortcomings, each with its evidence."""

from nqcore.analysis.findings.review import COUNT, Review, Verdict
from nqcore.analysis.findings.rule_types import TYPES

__all__ = ["COUNT", "TYPES", "Review", "Verdict"]
