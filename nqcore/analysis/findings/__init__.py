"""Findings: rules read the totals and give results and shortcomings, each with its claims and evidence."""

from nqcore.analysis.findings.evaluation import COUNT, Verdict, evaluate, findings_of
from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.rule_types import TYPES

__all__ = ["COUNT", "TYPES", "Review", "Verdict", "evaluate", "findings_of"]
