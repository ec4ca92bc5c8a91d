"""Findings: rules read the totals and give results and shortcomings, each with its evidence.

`review` is the data of one review, `review_address` says which one it is, `reporting` the reports that
are in it, `evaluation` asks all rules; `rule_types` are those that can be written in TOML, `own_rules`
those of the library, `changes` what is compared with what, `shares` what is judged as a part of a whole,
`phrases` the words of claims, `sentence_templates` the sentences; `span` the spans that a review may
have, `review_periods` those that are offered; `target_verdicts` says whether a target is reached,
`held_targets` which targets a unit has beside a review; `evidence_strip` what units said to have done
nothing reported; `answering` which tasks answer a finding,
`task_standing` how far tasks are.
"""

from nqcore.analysis.findings.evaluation import COUNT, Verdict, evaluate, findings_of
from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.rule_types import TYPES

__all__ = ["COUNT", "TYPES", "Review", "Verdict", "evaluate", "findings_of"]
