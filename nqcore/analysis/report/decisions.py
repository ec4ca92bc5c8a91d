"""Which findings are printed in a review, and in which words: each decision of a user is one record.

No figure is copied into a decision: a reworded sentence keeps the addresses of its figures and is
printed from them. When the rule's sentence does not contain such a figure any more, or the words are not
true of the figures any more, the rewording is out of date and the rule's sentence is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.derived_numbers import formulas
from nqcore.analysis.report.reworded_parts import (
    StoredPart,
    derived_parts,
    former_text,
    read_parts,
    record_version,
    stored_parts,
)
from nqcore.analysis.report.rewording import (
    RelativeNumber,
    RewordedPart,
    figure_pieces,
    numbers_in_text,
    printed_parts,
    same_number,
    tie_to_figures,
    tied_addresses,
)
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.analysis.report.wording_check import (
    AgainstFigures,
    Remark,
    RemarkKind,
    check_wording,
)
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.tables import DECISIONS
from nqcore.errors import N_, Conflict, InputError, Phrase, UnknownName
from nqcore.model.findings import Finding, FindingKind, Sentence
from nqcore.text.folding import nfc
from nqcore.text.old_encodings import check_letters
from nqcore.text.printable import printable

LONGEST = 1_500
"""The most characters of one sentence."""


class Selection(StrEnum):
    """What was decided on a finding."""

    WAITING = "waiting"
    CHOSEN = "chosen"
    DISMISSED = "dismissed"


class Contradicted(InputError):
    """A number in a reworded sentence differs from the figure that it replaces."""

    code = "contradicted"
    template = N_("The sentence says {said}, the figures now say {now}. Update the number.")


class SentenceTooLong(InputError):
    """A reworded sentence is too long."""

    code = "sentence-too-long"
    template = N_("The sentence has {length} characters, at most {most}. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a user decided on one finding. `number` counts the decisions on it from 1.

    `parts`: the reworded sentence as `reworded_parts` writes it; empty where the rule's words are
    printed. `fixed`: its numbers that are words of the rule. `own`: its numbers that are in no figure.
    `figures_then`: the text of each figure at the decision, by its address. `against`: the kinds of
    remarks with which the office kept the words on purpose.
    """

    choice: Selection
    number: int
    by: str
    at: datetime
    parts: tuple[StoredPart, ...]
    fixed: tuple[str, ...]
    own: tuple[str, ...]
    figures_then: Mapping[str, str]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingProposal:
    """A finding with the decision on it: `finding` has the words to be printed, `rule` the words of the
    rule. `outdated`: the rewording could not be kept; `former` are its words. `moved`: the figures that
    have changed since the decision, as (then, now). `remarks`: what the printed words, or the former
    ones, say against the figures. `near`: the numbers with a relation and their figures. `live`: how
    numbers are computed; `offers`: how own numbers can be computed."""

    key: str
    finding: Finding
    rule: Sentence
    decision: Decision | None
    outdated: bool
    moved: tuple[tuple[str, str], ...]
    former: str = ""
    remarks: tuple[Remark, ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    live: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def choice(self) -> Selection:
        """What was decided; WAITING if there is no decision."""
        return self.decision.choice if self.decision is not None else Selection.WAITING

    @property
    def reworded(self) -> bool:
        """Whether a user has reworded the sentence."""
        return self.finding.sentence != self.rule


def proposals(review: Review, verdict: Verdict | None = None) -> tuple[FindingProposal, ...]:
    """Every finding of the review (of `verdict`, if given) with the decision on it."""
    store = review.repository.store
    found: list[FindingProposal] = []
    count: dict[str, int] = {}
    for finding in (verdict or evaluate(review)).findings:
        count[finding.rule] = nth = count.get(finding.rule, 0) + 1
        key = finding.rule if nth == 1 else f"{finding.rule}#{nth}"
        doc = store.get(DECISIONS, decision_id(review, key))
        found.append(_proposal(key, finding, None if doc is None else _decision(doc)))
    return tuple(found)


def printed_verdict(review: Review) -> Verdict:
    """The verdict with the findings that the report prints only."""
    verdict = evaluate(review)
    printed = printed_proposals(review, verdict)
    return replace(verdict, findings=tuple(one.finding for one in printed))


def printed_proposals(review: Review, verdict: Verdict) -> tuple[FindingProposal, ...]:
    """The findings of `verdict` that the report prints: never a dismissed one. Of each kind only the chosen
    ones, as soon as one is chosen; before that all open ones, as a draft of what the rules propose."""
    all_proposals = proposals(review, verdict)
    kept: list[FindingProposal] = []
    for kind in FindingKind:
        of_kind = [one for one in all_proposals if one.finding.kind is kind]
        chosen = [one for one in of_kind if one.choice is Selection.CHOSEN]
        undecided = [one for one in of_kind if one.choice is Selection.WAITING]
        kept += chosen or undecided
    return tuple(kept)


def decide(
    review: Review,
    key: str,
    choice: Selection | None,
    *,
    by: Account,
    at: datetime,
    sentence: str | None = None,
    update: bool = False,
    live: Sequence[str] = (),
    confirm: bool = False,
    base: int | None = None,
) -> FindingProposal:
    """Put a finding into the review, keep it out, or leave it open again; perhaps in other words. Without
    `choice` it stays as it is: then only the words are new.

    `sentence`: the new words (None: unchanged, "": the words of the rule). With `update` numbers that
    contradict a figure become that figure. `live`: formulas of `offers`, whose numbers are computed from
    now on. `confirm`: keep words that are against the figures, as the office's own judgement. `base`: the
    number of the decision that the user saw.

    Raises NotAllowed, UnknownName, Contradicted, AgainstFigures, SentenceTooLong, MisreadText, Conflict.
    """
    require_decider(review, by)
    old = known_proposal(review, key)
    wording = _Wording.of(old.decision)
    if sentence is not None:
        words = printable(nfc(sentence).strip())
        if (
            words.lower() != sentence_text(old.finding.sentence).lower()
        ):  # the page begins with a capital
            check_letters(words)
        wording = _reword(old, words, update=update, live=live, confirm=confirm)
    to: Selection = choice or old.choice
    with review.repository.store.change(by=by.login, do=to.value, at=at) as change:
        id = decision_id(review, key)
        stored = change.get(DECISIONS, id)
        check_base(stored, base)
        doc = _doc(review, stored, to, wording, old.rule, by.login, at)
        change.put(DECISIONS, id, doc, version=record_version(doc["parts"]))
    return decided(old, doc)


def decided(old: FindingProposal, doc: Mapping[str, Any]) -> FindingProposal:
    """The finding with the decision that was written."""
    return _proposal(old.key, replace(old.finding, sentence=old.rule), _decision(doc))


def require_decider(review: Review, by: Account) -> None:
    """Raise NotAllowed unless the account may decide on all that the review shows."""
    tree = review.catalogue.units
    for form in review.forms():
        by.require(Action.DECIDE, review.unit.code, tree, form.id)
    by.require(Action.DECIDE, review.unit.code, tree)


def known_proposal(review: Review, key: str) -> FindingProposal:
    """The finding of that key with the decision on it. Raises UnknownName."""
    for one in proposals(review):
        if one.key == key:
            return one
    raise UnknownName(kind="finding", name=key, hint=Phrase(N_("Open it from the list.")))


def check_base(stored: Mapping[str, Any] | None, base: int | None) -> None:
    """Raise Conflict where the user did not see the newest decision."""
    number = stored["number"] if stored is not None else 0
    if base is not None and base != number:
        raise Conflict(who=stored["by"] if stored is not None else "", now=number, yours=base)


def decision_id(review: Review, key: str) -> str:
    """Under which id the decision on that finding is kept."""
    # A review within the boundaries of a day has figures of its own.
    day = f"@{review.boundaries}" if review.boundaries else ""
    return f"{review.period}|{review.directive.id}|{review.unit.code}{day}|{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """The words of a decision, as they are stored; without parts those of the rule."""

    parts: Sequence[StoredPart] = ()
    fixed: Sequence[str] = ()
    own: Sequence[str] = ()
    against: Sequence[str] = ()

    @classmethod
    def of(cls, decision: Decision | None) -> _Wording:
        if decision is None:
            return cls()
        return cls(
            parts=decision.parts,
            fixed=decision.fixed,
            own=decision.own,
            against=decision.against,
        )


def _reword(
    old: FindingProposal, words: str, *, update: bool, live: Sequence[str], confirm: bool
) -> _Wording:
    """The new words, connected with the figures and held against them."""
    rule_text = sentence_text(old.rule)
    # A rule's own sentence may be longer than what an office types.
    most = max(LONGEST, len(rule_text))
    if len(words) > most:
        raise SentenceTooLong(length=len(words), most=most)
    kept = derived_parts(old.decision.parts) if old.decision is not None else ()
    new = tie_to_figures(words, old.rule, update=update, live=live, kept=kept)
    if new.contradicted:
        raise Contradicted(
            said="; ".join(number for number, _now in new.contradicted),
            now="; ".join(figure for _number, figure in new.contradicted),
        )
    printed = sentence_text(new.sentence)
    if not words or printed.casefold() == rule_text.casefold():
        return _Wording()
    remarks = check_wording(printed, old.rule, old.finding.claims, new.tied)
    # What is printed already was kept before: choosing it is no new wording.
    same = old.reworded and printed == sentence_text(old.finding.sentence)
    if remarks and not confirm and not same:
        raise AgainstFigures(remarks)
    return _Wording(
        parts=stored_parts(new.parts, old.rule),
        fixed=new.fixed,
        own=new.own,
        against=[remark.kind.value for remark in remarks],
    )


def _doc(
    review: Review,
    stored: Mapping[str, Any] | None,
    choice: Selection,
    wording: _Wording,
    rule: Sentence,
    by: str,
    at: datetime,
) -> dict[str, Any]:
    doc: dict[str, Any] = {
        "unit": review.unit.code,
        "choice": choice.value,
        "number": (stored["number"] if stored is not None else 0) + 1,
        "by": by,
        "at": at.isoformat(),
        "parts": [dict(part) for part in wording.parts],
        "fixed": [*wording.fixed],
        "own": [*wording.own],
        "said": {id: text_of(piece) for id, piece in figure_pieces(rule).items()},
    }
    # An older program prints such words, too: the record needs no newer version.
    return doc | ({"against": [*wording.against]} if wording.against else {})


def chosen_doc(
    review: Review,
    stored: Mapping[str, Any] | None,
    proposal: FindingProposal,
    choice: Selection,
    by: str,
    at: datetime,
) -> dict[str, Any]:
    """The document of a decision that changes the choice only. The figures of the moment when the words
    were decided stay, so that the page still shows what has moved since then."""
    doc = _doc(review, stored, choice, _Wording.of(proposal.decision), proposal.rule, by, at)
    return doc if stored is None else doc | {"said": stored["said"]}


def _decision(doc: Mapping[str, Any]) -> Decision:
    return Decision(
        choice=Selection(doc["choice"]),
        number=doc["number"],
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
        parts=tuple(doc["parts"]),
        fixed=tuple(doc["fixed"]),
        own=tuple(doc["own"]),
        figures_then=doc["said"],
        against=tuple(doc.get("against", ())),
    )


def _proposal(key: str, finding: Finding, decision: Decision | None) -> FindingProposal:
    rule = finding.sentence
    if decision is None:
        return FindingProposal(
            key=key, finding=finding, rule=rule, decision=None, outdated=False, moved=()
        )
    pieces = figure_pieces(rule)
    changed = tuple(
        (was, text_of(pieces[id]))
        for id, was in decision.figures_then.items()
        if id in pieces and not same_number(was, text_of(pieces[id]))
    )
    plain = FindingProposal(
        key=key, finding=finding, rule=rule, decision=decision, outdated=False, moved=changed
    )
    return _with_words(plain, decision) if decision.parts else plain


def _with_words(plain: FindingProposal, decision: Decision) -> FindingProposal:
    """The proposal in the words of the decision, where they are still true of the figures."""
    rule = plain.rule
    former = former_text(decision.parts, decision.figures_then)
    parts = read_parts(decision.parts, rule)
    words = None if parts is None else printed_parts(parts, rule)
    if parts is None or words is None or not {*decision.fixed} <= numbers_in_text(rule):
        return replace(plain, outdated=True, former=former)
    text = sentence_text(words)
    remarks = check_wording(text, rule, plain.finding.claims, tied_addresses(parts, rule))
    kept = {*decision.against, RemarkKind.LOST}
    if any(remark.kind not in kept for remark in remarks):
        return replace(plain, outdated=True, former=former, remarks=remarks)
    derived = derived_parts(decision.parts)
    return replace(
        plain,
        finding=replace(plain.finding, sentence=words),
        remarks=remarks,
        near=_near(parts),
        live=formulas(derived, figure_pieces(rule)),
        offers=(*tie_to_figures(text, rule, kept=derived).offers,) if decision.own else (),
    )


def _near(parts: Sequence[RewordedPart]) -> tuple[tuple[str, str], ...]:
    near = (part for part in parts if isinstance(part, RelativeNumber))
    return tuple((part.number, text_of(part.piece)) for part in near)
