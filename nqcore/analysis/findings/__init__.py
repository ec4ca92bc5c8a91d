"""Findings: rules that read the totals and say results and shortcomings, each with its evidence."""

from nqcore.analysis.findings.review import COUNT, Review, Verdict
from nqcore.analysis.findings.rule_types import TYPES
from nqcore.analysis.provenance.counts import CountExplanation, ReadValue, explain_count, rule_of

__all__ = [
    "COUNT",
    "TYPES",
    "CountExplanation",
    "ReadValue",
    "Review",
    "Verdict",
    "explain_count",
    "rule_of",
]
