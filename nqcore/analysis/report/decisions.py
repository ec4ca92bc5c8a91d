"""Which findings are printed in a review, and in which words: each decision of a user is one record.

The office's words for a finding are tied to the figures of its rule's sentence (`tied_words`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.reworded_parts import record_version
from nqcore.analysis.report.rewording import figure_pieces
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.analysis.report.tied_words import (
    LONGEST,
    SentenceTooLong,
    TiedWords,
    moved_figures,
    printed_rewording,
    reword,
)
from nqcore.analysis.report.wording_check import Remark
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.tables import DECISIONS
from nqcore.errors import N_, Conflict, Phrase, UnknownName
from nqcore.model.findings import Finding, FindingKind, Sentence
from nqcore.text.folding import nfc
from nqcore.text.old_encodings import check_letters
from nqcore.text.printable import printable


class Selection(StrEnum):
    """What was decided on a finding."""

    WAITING = "waiting"
    CHOSEN = "chosen"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a user decided on one finding. `number` counts the decisions on it from 1.

    `words`: those of the office; None where the rule's words are printed. `figures_then`: the text of each
    figure at the decision, by its address.
    """

    choice: Selection
    number: int
    by: str
    at: datetime
    words: TiedWords | None
    figures_then: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingProposal:
    """A finding with the decision on it: `finding` has the words to be printed, `rule` the words of the
    rule. `outdated`: the rewording could not be kept; `former` are its words. `moved`: the figures that
    have changed since the decision, as (then, now). `remarks`: what the printed words, or the former
    ones, say against the figures. `near`: the numbers with a relation and their figures. `live`: how
    numbers are computed; `offers`: how own numbers can be computed. `numbers`: those of the printed words
    that have no source."""

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
    numbers: tuple[str, ...] = ()

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
    wording = _words_of(old.decision)
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
    by.require(Action.DECIDE, review.unit.code, review.catalogue.units)
    by.require_forms(review.forms())


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
    address = review.address
    return f"{address.span}|{address.directive}|{address.place}|{key}"


def _reword(
    old: FindingProposal, words: str, *, update: bool, live: Sequence[str], confirm: bool
) -> TiedWords | None:
    """The new words, connected with the figures and held against them."""
    # A rule's own sentence may be longer than what an office types.
    most = max(LONGEST, len(sentence_text(old.rule)))
    if len(words) > most:
        raise SentenceTooLong(length=len(words), most=most)
    return reword(
        words,
        old.rule,
        old.finding.claims,
        _words_of(old.decision),
        update=update,
        live=live,
        confirm=confirm,
    )


def _words_of(decision: Decision | None) -> TiedWords | None:
    return None if decision is None else decision.words


def _doc(
    review: Review,
    stored: Mapping[str, Any] | None,
    choice: Selection,
    words: TiedWords | None,
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
        "parts": [dict(part) for part in words.parts] if words else [],
        "fixed": [*words.fixed] if words else [],
        "own": [*words.numbers] if words else [],
        "said": {id: text_of(piece) for id, piece in figure_pieces(rule).items()},
    }
    # An older program prints such words, too: the record needs no newer version.
    return doc | ({"against": [*words.against]} if words and words.against else {})


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
    doc = _doc(review, stored, choice, _words_of(proposal.decision), proposal.rule, by, at)
    return doc if stored is None else doc | {"said": stored["said"]}


def _decision(doc: Mapping[str, Any]) -> Decision:
    words = TiedWords(
        parts=tuple(doc["parts"]),
        fixed=tuple(doc["fixed"]),
        numbers=tuple(doc["own"]),
        said=doc["said"],
        against=tuple(doc.get("against", ())),
    )
    return Decision(
        choice=Selection(doc["choice"]),
        number=doc["number"],
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
        words=words if words.parts else None,
        figures_then=doc["said"],
    )


def _proposal(key: str, finding: Finding, decision: Decision | None) -> FindingProposal:
    rule = finding.sentence
    plain = FindingProposal(
        key=key,
        finding=finding,
        rule=rule,
        decision=decision,
        outdated=False,
        moved=() if decision is None else moved_figures(decision.figures_then, rule),
    )
    return (
        plain if decision is None or decision.words is None else _with_words(plain, decision.words)
    )


def _with_words(plain: FindingProposal, words: TiedWords) -> FindingProposal:
    """The proposal in the words of the decision, where they are still true of the figures."""
    now = printed_rewording(words, plain.rule, plain.finding.claims)
    if now.sentence is None:
        return replace(plain, outdated=True, former=now.former, remarks=now.remarks)
    return replace(
        plain,
        finding=replace(plain.finding, sentence=now.sentence),
        remarks=now.remarks,
        near=now.near,
        live=now.live,
        offers=now.offers,
        numbers=now.numbers,
    )
