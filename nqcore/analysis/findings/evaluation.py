"""The evaluation of all rules of a review: what each finds, or why it is silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from nqcore.analysis.findings.answering import with_tasks
from nqcore.analysis.findings.own_rules import own_answers
from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.rule_types import Answer, Asked, rule_type
from nqcore.catalogue.contracts import Rule
from nqcore.catalogue.loading import Fault
from nqcore.catalogue.plugin_calls import call_contained
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.figures import REPORTED
from nqcore.model.findings import Finding, FindingKind, Piece, Silence, SilentState, UnitCount
from nqcore.model.rules import RuleDefinition

COUNT = "count:"
"""The beginning of the address of a counted number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The findings of all rules, and the rules that gave none (`silent`) with the reason. A rule in
    `not_evaluated` raised or could not be called; it must never be shown as passed."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[Fault, ...]
    silent: tuple[Silence, ...] = ()

    def of(self, kind: FindingKind) -> tuple[Finding, ...]:
        """The findings of one kind, in the order of the report."""
        return tuple(finding for finding in self.findings if finding.kind is kind)


def evaluate(review: Review) -> Verdict:
    """Ask every rule of the family, and then the library's own: on targets and on what has worsened."""
    answers: list[Answer] = []
    faults: list[Fault] = []
    for id in review.rules():
        try:
            answers.extend(call_contained(answers_of, review, id))
        except Exception as wrong:  # the code of a plugin may raise anything; the fault is named
            faults.append(review.catalogue.plugin_fault("rule", id, wrong))
    answers += own_answers(review, answers)
    findings = [one for one in answers if isinstance(one, Finding)]
    findings.sort(key=lambda f: (f.kind is not FindingKind.RESULT, f.order, f.rule))
    return Verdict(
        findings=tuple(findings),
        not_evaluated=tuple(faults),
        silent=tuple(one for one in answers if isinstance(one, Silence)),
    )


def findings_of(review: Review, rule: str) -> tuple[Finding, ...]:
    """All findings of one rule. Raises what the rule raises: then none of its findings is used."""
    return tuple(one for one in answers_of(review, rule) if isinstance(one, Finding))


def answers_of(review: Review, rule: str) -> tuple[Answer, ...]:
    """All findings of one rule, or why it gives none; each counted number in them gets its address."""
    numbers = count()

    def addressed(piece: Piece) -> Piece:
        if not isinstance(piece, UnitCount):
            return piece
        return replace(piece, id=_count_id(review, rule, next(numbers)))

    return tuple(
        with_tasks(replace(one, sentence=tuple(map(addressed, one.sentence))), review.tasks())
        if isinstance(one, Finding)
        else one
        for one in _answers(review, rule)
    )


def _count_id(review: Review, rule: str, number: int) -> str:
    """The address of the n-th counted number (from 0) in the findings of the rule."""
    boundaries = review.boundaries.isoformat() if review.boundaries else REPORTED
    return f"{COUNT}{rule}|{review.period}|{review.unit.code}|{number}|{boundaries}"


def _answers(review: Review, id: str) -> Sequence[Answer]:
    rule, owner = review.catalogue.rules[id], review.catalogue.owner("rule", id)
    if isinstance(rule, RuleDefinition):
        return tuple(rule_type(rule, owner)(Asked(rule, owner, review)))
    return tuple(_of_code(rule, owner, review))


def _of_code(rule: Rule, owner: str, review: Review) -> Iterator[Answer]:
    findings = tuple(rule.findings(review))
    for finding in findings:
        if not isinstance(finding, Finding):
            raise TypeError(f"gave {type(finding).__name__}, not Finding")
    yield from findings
    if not findings:
        yield Silence(
            rule=rule.id,
            owner=owner,
            kind=rule.kind,
            title=rule.id,
            state=SilentState.DOES_NOT_HOLD,
            why=Reason(N_("The rule, which is code of a plugin, finds nothing.")),
        )
