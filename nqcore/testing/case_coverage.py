"""Which rules of a plugin its cases expect, and with which of their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.rule_types import Asked, rule_type
from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue import Catalogue
from nqcore.model.findings import Finding
from nqcore.model.rules import RuleDefinition
from nqcore.testing.case_differences import MetFinding

SILENT = "silent"
"""Beside the sentences of a rule: that it gives none."""
_TAG = re.compile(r"⟦([a-z]+)⟧")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredSentence:
    """A case expects of the rule the sentence of this `case` ("some", "one" …), or that it is `SILENT`; ""
    of a rule in code, whose sentences have no names."""

    rule: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCoverage:
    """The rule, the `cases` of its sentences, and which of them are `expected` by a case of the plugin;
    `silent`: a case expects that it gives no finding."""

    rule: str
    cases: tuple[str, ...]
    expected: tuple[str, ...]
    silent: bool

    @property
    def is_covered(self) -> bool:
        """Whether any case speaks of the rule."""
        return bool(self.expected) or self.silent

    @property
    def missing(self) -> tuple[str, ...]:
        """The sentences that no case expects."""
        return tuple(case for case in self.cases if case not in self.expected)


def covered_sentences(review: Review, met: Iterable[MetFinding]) -> Iterator[CoveredSentence]:
    """What the expectations that were met speak of."""
    for one in met:
        case = SILENT if one.finding is None else _case_of(review, one.finding)
        yield CoveredSentence(rule=one.rule, case=case)


def _case_of(review: Review, finding: Finding) -> str:
    """The case whose sentence the finding has. A finding does not say it, so the rule is asked once more with
    the name of the case at the begin of each sentence."""
    rule = review.catalogue.rules.get(finding.rule)
    if not isinstance(rule, RuleDefinition):
        return ""
    tagged = replace(rule, sentences={c: f"⟦{c}⟧{text}" for c, text in rule.sentences.items()})
    for answer in rule_type(tagged, finding.owner)(Asked(tagged, finding.owner, review)):
        if isinstance(answer, Finding) and answer.claims == finding.claims:
            found = _TAG.search(sentence_text(answer.sentence))
            if found is not None:
                return found[1]
    return ""


def rule_coverage(
    catalogue: Catalogue, plugin: str, covered: Iterable[CoveredSentence]
) -> tuple[RuleCoverage, ...]:
    """Each rule of the plugin, and what the cases expect of it, in the order of the definitions."""
    expected: dict[str, set[str]] = {}
    for one in covered:
        expected.setdefault(one.rule, set()).add(one.case)
    return tuple(
        _coverage(id, rule.sentences if isinstance(rule, RuleDefinition) else (), expected)
        for id, rule in catalogue.rules.items()
        if catalogue.owner("rule", id) == plugin
    )


def _coverage(id: str, cases: Iterable[str], expected: dict[str, set[str]]) -> RuleCoverage:
    names, found = tuple(cases) or ("",), expected.get(id, set())
    return RuleCoverage(
        rule=id,
        cases=names,
        expected=tuple(case for case in names if case in found),
        silent=SILENT in found,
    )
