"""Findings: rules read the totals and give results and shortcomings, each with its evidence.

`review` is the data of one review, `rule_types` the rules that can be written in TOML, `sentence_templates`
their sentences, `span` the spans that a review may have; `target_verdicts` says whether a target is reached,
`held_targets` which targets a unit has beside a review; `answering` which tasks answer a finding,
`task_standing` how far tasks are.
"""

from nqcore.analysis.findings.review import COUNT, Review, Verdict
from nqcore.analysis.findings.rule_types import TYPES

__all__ = ["COUNT", "TYPES", "Review", "Verdict"]
