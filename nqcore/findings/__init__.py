"""Findings: rules that read the totals and say results and shortcomings, each with its evidence."""

from nqcore.findings.counts import CountExplanation, Read, explain_count, rule_of
from nqcore.findings.review import COUNT, Review, Verdict
from nqcore.findings.types import TYPES

__all__ = [
    "COUNT",
    "TYPES",
    "CountExplanation",
    "Read",
    "Review",
    "Verdict",
    "explain_count",
    "rule_of",
]
