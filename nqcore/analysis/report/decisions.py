"""Which findings go into a review, and in what words: a person decides, one record a decision.

Nothing of a rule's figures is copied: a reworded sentence keeps the addresses of its figures and is
printed from them. When the rule does not say a figure any more, the rewording is out of date and the
rule's own sentence stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.report.rewording import live_pieces, numbers_in_words, piece_id, tie
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.tables import DECISIONS
from nqcore.errors import N_, Conflict, InputError, UnknownName
from nqcore.model.findings import FigureRef, Finding, FindingKind, Sentence, Text, UnitCount
from nqcore.text.folding import nfc
from nqcore.text.printable import printable

LONGEST = 1_500
"""Characters of one sentence."""


class Selection(StrEnum):
    """What was decided on a finding."""

    WAITING = "waiting"
    CHOSEN = "chosen"
    DISMISSED = "dismissed"


class Contradicted(InputError):
    """A reworded sentence says another number than the figure it stands for."""

    code = "contradicted"
    template = N_("The sentence says {said}, the figures now say {now}. Update the number.")


class SentenceTooLong(InputError):
    """More than a sentence."""

    code = "sentence-too-long"
    template = N_("The sentence has {length} characters, at most {most}. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided on one finding. `number` counts the decisions on it from 1."""

    choice: Selection
    number: int
    by: str
    at: datetime
    parts: tuple[Mapping[str, str], ...]
    fixed: tuple[str, ...]
    own: tuple[str, ...]
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingProposal:
    """A finding as it stands before the person: `finding` carries the words to be printed, `rule` the
    rule's own. `outdated`: the rewording could not be kept. `moved`: figures that were others when it
    was decided, as (then, now)."""

    key: str
    finding: Finding
    rule: Sentence
    decision: Decision | None
    outdated: bool
    moved: tuple[tuple[str, str], ...]

    @property
    def choice(self) -> Selection:
        """What was decided, WAITING if nothing was."""
        return self.decision.choice if self.decision is not None else Selection.WAITING

    @property
    def reworded(self) -> bool:
        """Whether the words are a person's."""
        return self.finding.sentence != self.rule


def proposals(review: Review, verdict: Verdict | None = None) -> tuple[FindingProposal, ...]:
    """Every finding of the review with what was decided on it."""
    store = review.repository.store
    found: list[FindingProposal] = []
    count: dict[str, int] = {}
    for finding in (verdict or review.verdict()).findings:
        count[finding.rule] = nth = count.get(finding.rule, 0) + 1
        key = finding.rule if nth == 1 else f"{finding.rule}#{nth}"
        doc = store.get(DECISIONS, _id(review, key))
        found.append(_proposal(key, finding, None if doc is None else _decision(doc)))
    return tuple(found)


def printed(review: Review) -> Verdict:
    """What the report prints. Dismissed findings never; of each kind, once any was chosen, only the
    chosen ones: before that the report is a draft of everything the rules propose."""
    verdict = review.verdict()
    every = proposals(review, verdict)
    kept: list[Finding] = []
    for kind in FindingKind:
        of_kind = [one for one in every if one.finding.kind is kind]
        chosen = [one for one in of_kind if one.choice is Selection.CHOSEN]
        open_ = [one for one in of_kind if one.choice is Selection.WAITING]
        kept += [one.finding for one in (chosen or open_)]
    return replace(verdict, findings=tuple(kept))


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
    """Put a finding into the review, keep it out, or leave it open again; `sentence` are its new
    words (None: as they are, "": the rule's own). With `update` numbers that contradict a figure
    become that figure; `base` is the number of the decision that the person saw.

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
    new = tie(printable(words), old.rule, update=update)
    if new.contradicted:
        raise Contradicted(
            said="; ".join(said for said, _now in new.contradicted),
            now="; ".join(now for _said, now in new.contradicted),
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
            "said": {id: text_of(piece) for id, piece in live_pieces(old.rule).items()},
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
        said=doc["said"],
    )


def _proposal(key: str, finding: Finding, decision: Decision | None) -> FindingProposal:
    rule = finding.sentence
    if decision is None:
        return FindingProposal(
            key=key, finding=finding, rule=rule, decision=None, outdated=False, moved=()
        )
    live = live_pieces(rule)
    words = _reworded(decision, rule) if decision.parts else rule
    moved = [
        (was, text_of(live[id]))
        for id, was in decision.said.items()
        if id in live and text_of(live[id]) != was
    ]
    return FindingProposal(
        key=key,
        finding=replace(finding, sentence=words or rule),
        rule=rule,
        decision=decision,
        outdated=words is None,
        moved=tuple(moved),
    )


def _parts(sentence: Sentence, rule: Sentence) -> list[dict[str, str]]:
    places = {id(piece): address for address, piece in live_pieces(rule).items()}
    found = []
    for piece in sentence:
        if isinstance(piece, Text):
            found.append({"words": piece.text})
        else:
            found.append({"piece": places.get(id(piece)) or piece_id(piece, 0)})
    return found


def _reworded(decision: Decision, rule: Sentence) -> Sentence | None:
    """The decision's words with today's figures; None where the rule does not say one any more."""
    live = live_pieces(rule)
    if not {*decision.fixed} <= numbers_in_words(rule):
        return None
    pieces: list[Text | FigureRef | UnitCount] = []
    for part in decision.parts:
        if "words" in part:
            pieces.append(Text(part["words"]))
        elif part["piece"] in live:
            pieces.append(live[part["piece"]])
        else:
            return None
    return tuple(pieces)
