"""Which findings are printed in a review, and in which words: each decision of a user is one record.

No figure is copied into a decision: a reworded sentence keeps the addresses of its figures and is
printed from them. When the rule's sentence does not contain such a figure any more, the rewording is
out of date and the rule's sentence is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.rewording import (
    figure_pieces,
    numbers_in_text,
    piece_id,
    same_number,
    tie_to_figures,
)
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.tables import DECISIONS
from nqcore.errors import N_, Conflict, InputError, UnknownName
from nqcore.model.findings import Finding, FindingKind, Piece, Sentence, Text
from nqcore.text.folding import nfc
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

    `parts`: the reworded sentence, each part {"words": text} or {"piece": address of a figure}; empty
    where the rule's words are printed. `fixed`: its numbers that are words of the rule. `own`: its
    numbers that are in no figure. `figures_then`: the text of each figure at the decision, by its
    address.
    """

    choice: Selection
    number: int
    by: str
    at: datetime
    parts: tuple[Mapping[str, str], ...]
    fixed: tuple[str, ...]
    own: tuple[str, ...]
    figures_then: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingProposal:
    """A finding with the decision on it: `finding` has the words to be printed, `rule` the words of the
    rule. `outdated`: the rewording could not be kept. `moved`: the figures that have changed since
    the decision, as (then, now)."""

    key: str
    finding: Finding
    rule: Sentence
    decision: Decision | None
    outdated: bool
    moved: tuple[tuple[str, str], ...]

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
        doc = store.get(DECISIONS, _id(review, key))
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
    choice: Selection,
    *,
    by: Account,
    at: datetime,
    sentence: str | None = None,
    update: bool = False,
    base: int | None = None,
) -> FindingProposal:
    """Put a finding into the review, keep it out, or leave it open again.

    `sentence`: the new words (None: unchanged, "": the words of the rule). With `update` numbers that
    contradict a figure become that figure. `base`: the number of the decision that the user saw.

    Raises NotAllowed, UnknownName, Contradicted, SentenceTooLong, Conflict.
    """
    tree = review.catalogue.units
    for form in review.forms():
        by.require(Action.DECIDE, review.unit.code, tree, form.id)
    by.require(Action.DECIDE, review.unit.code, tree)
    known = {one.key: one for one in proposals(review)}
    if key not in known:
        raise UnknownName(kind="finding", name=key, hint="Open it from the list.")
    old = known[key]
    words = nfc(sentence).strip() if sentence is not None else sentence_text(old.finding.sentence)
    if len(words) > LONGEST:
        raise SentenceTooLong(length=len(words), most=LONGEST)
    new = tie_to_figures(printable(words), old.rule, update=update)
    if new.contradicted:
        raise Contradicted(
            said="; ".join(number for number, _now in new.contradicted),
            now="; ".join(figure for _number, figure in new.contradicted),
        )
    same = not words or words.casefold() == sentence_text(old.rule).casefold()
    with review.repository.store.change(by=by.login, do=choice.value, at=at) as change:
        id = _id(review, key)
        stored = change.get(DECISIONS, id)
        number = stored["number"] if stored is not None else 0
        if base is not None and base != number:
            raise Conflict(who=stored["by"] if stored is not None else "", now=number, yours=base)
        doc: dict[str, Any] = {
            "unit": review.unit.code,
            "choice": choice.value,
            "number": number + 1,
            "by": by.login,
            "at": at.isoformat(),
            "parts": [] if same else _parts(new.sentence, old.rule),
            "fixed": [] if same else [*new.fixed],
            "own": [] if same else [*new.own],
            "said": {id: text_of(piece) for id, piece in figure_pieces(old.rule).items()},
        }
        change.put(DECISIONS, id, doc)
    return _proposal(key, replace(old.finding, sentence=old.rule), _decision(doc))


def _id(review: Review, key: str) -> str:
    # A review within the boundaries of a day has figures of its own.
    day = f"@{review.boundaries}" if review.boundaries else ""
    return f"{review.period}|{review.directive.id}|{review.unit.code}{day}|{key}"


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
    )


def _proposal(key: str, finding: Finding, decision: Decision | None) -> FindingProposal:
    rule = finding.sentence
    if decision is None:
        return FindingProposal(
            key=key, finding=finding, rule=rule, decision=None, outdated=False, moved=()
        )
    pieces = figure_pieces(rule)
    words = _reworded(decision, rule) if decision.parts else rule
    changed = [
        (was, text_of(pieces[id]))
        for id, was in decision.figures_then.items()
        if id in pieces and not same_number(was, text_of(pieces[id]))
    ]
    return FindingProposal(
        key=key,
        finding=replace(finding, sentence=words or rule),
        rule=rule,
        decision=decision,
        outdated=words is None,
        moved=tuple(changed),
    )


def _parts(sentence: Sentence, rule: Sentence) -> list[dict[str, str]]:
    places = {id(piece): address for address, piece in figure_pieces(rule).items()}
    found = []
    for piece in sentence:
        if isinstance(piece, Text):
            found.append({"words": piece.text})
        else:
            found.append({"piece": places.get(id(piece)) or piece_id(piece, 0)})
    return found


def _reworded(decision: Decision, rule: Sentence) -> Sentence | None:
    """The words of the decision with the figures of now; None where the rule's sentence does not contain
    one of them any more."""
    known = figure_pieces(rule)
    if not {*decision.fixed} <= numbers_in_text(rule):
        return None
    pieces: list[Piece] = []
    for part in decision.parts:
        if "words" in part:
            pieces.append(Text(part["words"]))
        elif part["piece"] in known:
            pieces.append(known[part["piece"]])
        else:
            return None
    return tuple(pieces)
