"""The clauses in square brackets of a sentence on totals: which of them stand (law 16)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.review.claims import scope_of_rule
from tests.review.reckoning import Facts
from tests.review.times import Time
from tests.review.values import Rule


def clauses_of(
    facts: Facts, rule: Rule, ps: Sequence[Time], template: str
) -> tuple[list[str], str, str]:
    """The clauses that stand, and what is before and behind all of them; a template without brackets is one
    clause."""
    parts = re.split(r"[\[\]]", template)
    if len(parts) == 1:
        parts = ["", template, ""]
    kept = []
    for clause in parts[1:-1]:
        if not clause:
            continue
        named = [code for code in rule.indicators if "{" + code.removeprefix("w.") + "}" in clause]
        if facts.total((named or [*rule.indicators])[0], ps, scope_of_rule(rule)):
            kept.append(clause)
    return kept, parts[0], parts[-1]


def standing(facts: Facts, rule: Rule, ps: Sequence[Time], template: str) -> str:
    """The template as it is printed."""
    kept, before, behind = clauses_of(facts, rule, ps, template)
    return f"{before}{'; '.join(kept)}{behind}"
