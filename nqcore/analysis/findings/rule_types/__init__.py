"""The types of rules that can be written in TOML, one module each. Each is asked of a review and answers with
findings, or with why it gives none.

`nqcore.model.rules.RULE_TYPES` declares what each type takes: its options, the cases of its `sentences`,
and the names in braces. The docstring of a type says what they mean. A rule without a sentence for a case
gives no finding in it. Every function expects a rule without mistakes: `rule_type` gives it only for one.
"""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.analysis.findings.rule_types.answers import answers, days, same_complaint
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, RuleType
from nqcore.analysis.findings.rule_types.gaps import gaps
from nqcore.analysis.findings.rule_types.grown import grown
from nqcore.analysis.findings.rule_types.plans import plans
from nqcore.analysis.findings.rule_types.still_zero import still_zero
from nqcore.analysis.findings.rule_types.targets import target
from nqcore.analysis.findings.rule_types.total import total
from nqcore.errors import DefinitionError, Mistake
from nqcore.model.rules import RuleDefinition, rule_mistakes

__all__ = ["TYPES", "Answer", "Asked", "RuleType", "rule_type"]

TYPES: Mapping[str, RuleType] = {
    "still-zero": still_zero,
    "gaps": gaps,
    "same-complaint": same_complaint,
    "grown": grown,
    "total": total,
    "target": target,
    "plans": plans,
    "answers": answers,
    "days": days,
}
"""Rule types by the name used in TOML."""


def rule_type(rule: RuleDefinition, owner: str) -> RuleType:
    """The function of the rule's type. Raises DefinitionError with every mistake of the rule: one from
    a TOML file has none, one that a plugin made in code may have."""
    mistakes = [
        Mistake(file=owner, table=f"rule[{rule.id}]", key=key, detail=detail, remedy=remedy)
        for key, detail, remedy in rule_mistakes(rule)
    ]
    if mistakes:
        raise DefinitionError.of(mistakes)
    return TYPES[rule.type]
