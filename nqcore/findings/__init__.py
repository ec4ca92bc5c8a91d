"""Findings: rules that read the totals and say results and shortcomings, each with its evidence."""

from nqcore.findings.review import Review, Verdict
from nqcore.findings.types import TYPES

__all__ = ["TYPES", "Review", "Verdict"]
