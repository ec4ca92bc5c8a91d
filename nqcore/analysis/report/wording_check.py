"""What a new wording of a sentence says against the figures: it loses one, turns its direction, denies it.

Words are judged, so a judgement may be wrong: each is a remark that the office reads before the wording is
kept, and never a refusal for ever. A remark speaks only of what the rule's own sentence does not have.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nqcore.analysis.report.number_relations import STRICT, relation_at
from nqcore.analysis.report.rewording import figure_pieces, tie_to_figures
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.analysis.report.wording_phrases import (
    ALL,
    DONE,
    DOWN,
    FILLERS,
    HIGHER,
    LACKING,
    LATE,
    LOWER,
    MISSED,
    MOST,
    NO_DEED,
    NO_DENIAL,
    NO_DIRECTION,
    NO_LACK,
    NO_LONGER,
    NOT,
    NOT_ALL,
    PATH,
    PATH_REACHED,
    QUICKER,
    REACH,
    REACHED,
    SAME,
    SHORT,
    SLOWER,
    UP,
    Phrase,
    find,
    has,
)
from nqcore.errors import N_, InputError, Translate
from nqcore.model.claims import CHANGES, ON_PATH, Claim, Relation
from nqcore.model.findings import Difference, Sentence, UnitCount, UnitNames


class RemarkKind(StrEnum):
    """What is wrong with a wording. The values are written in decisions and never change."""

    LOST = "lost"
    """It no longer has a figure or a count of the sentence."""
    TURNED = "turned"
    """It says up where the figures go down, or the other way round."""
    DENIED = "denied"
    """It says that something was done where the figures say that it was not, or the other way round."""
    TOO_MANY = "too-many"
    """It says "all" or "most" where the figures say k of n."""
    TARGET = "target"
    """It says that a target was reached where it was not, or the other way round."""
    UNTRUE = "untrue"
    """It says "more than" or "nearly" of exactly the figure."""
    MEASURE = "measure"
    """It gives a figure another measure, or leaves out one that is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark: the words that it is about (`said`; of LOST the lost numbers), and what is `known`."""

    kind: RemarkKind
    template: str
    said: str
    known: str = ""

    def message(self, translate: Translate = str) -> str:
        """The remark in words for the office."""
        return translate(self.template).format(said=self.said, known=self.known)

    def __str__(self) -> str:
        return self.message()


class AgainstFigures(InputError):
    """A new wording says something against the figures. It is kept only where the user confirms it."""

    code = "against-figures"
    template = N_("Against the figures: {remarks}. Correct the sentence, or keep it on purpose.")

    def __init__(self, remarks: Sequence[Remark]) -> None:
        self.remarks = tuple(remarks)
        super().__init__(remarks="; ".join(map(str, remarks)))

    def message(self, translate: Translate = str) -> str:
        told = "; ".join(remark.message(translate) for remark in self.remarks)
        return translate(self.template).format(remarks=told)


LOSES = N_("the sentence no longer has the numbers {said}")
ROSE = N_("it says “{said}”; the figures have risen: {known}")
FELL = N_("it says “{said}”; the figures have fallen: {known}")
UNCHANGED = N_("it says “{said}”; the figures have not changed: {known}")
NOT_SO = N_("it says “{said}”; the figures say “{known}”")
K_OF_N = N_("it says “{said}”; the figures say {known}")
IS_REACHED = N_("it says “{said}”; by the figures the target is reached")
IS_MISSED = N_("it says “{said}”; by the figures the target is not reached")
IS_AHEAD = N_("it says “{said}”; by the figures it is on the path to the target, or better")
IS_BEHIND = N_("it says “{said}”; by the figures it is behind the path to the target")

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d²³¹⁰⁴-⁹]+|[^\w\s]")
NONE = frozenset({Relation.NONE_SINCE, Relation.NONE_DID})
"""The relations that say that nothing was done."""
_BREAKS = frozenset([",", ";", ".", ":", "nhưng", "song", "tuy", "mà"])
_STOPS = frozenset([";", "."])
_BEFORE_PATH = 5
"""How many syllables before "lộ trình" say how a value stands to it: "chậm hơn so với lộ trình"."""
_SHOWN, _KNOWN = 5, 14
"""Syllables of the words that a remark shows, and of the clause of the rule beside them."""

Clause = tuple[str, ...]


def check_wording(
    words: str, rule: Sentence, claims: Sequence[Claim], tied: Collection[str] | None = None
) -> tuple[Remark, ...]:
    """What `words` say against the figures of the rule's sentence and its claims; empty: nothing.

    `tied`: the addresses of the figures that the words still hold, where the caller knows them.

    >>> rule = (Text("chưa có đơn vị nào làm"),)
    >>> [remark.kind.value for remark in check_wording("Các đơn vị đã làm", rule, ())]
    ['denied']
    """
    said, own = _Words(words), _Words(sentence_text(rule))
    if said.syllables == own.syllables:
        return ()
    if tied is None:
        tied = tie_to_figures(words, rule).tied
    target = (*_target(said, own, claims), *_path(said, own, claims))[:1]
    return (
        *_lost(rule, tied),
        *_turned(said, own, claims),
        *(target or _denied(said, own, claims)),
        *_too_many(said, own, rule, claims),
        *_untrue(said, own, rule),
    )


class _Words:
    """A text as syllables and numbers, in clauses."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.typed = _TOKEN.findall(text)
        self.tokens = [token.casefold() for token in self.typed]
        self.syllables = [token for token in self.tokens if token[0].isalnum()]
        self.clauses: tuple[Clause, ...] = tuple(_clauses(self.tokens, _BREAKS))
        self.parts: tuple[Clause, ...] = tuple(_clauses(self.tokens, _STOPS))


def _clauses(tokens: Sequence[str], breaks: Collection[str]) -> Iterator[Clause]:
    clause: list[str] = []
    for token in (*tokens, "."):
        if token not in breaks:
            clause.append(token)
        elif clause:
            yield tuple(clause)
            clause = []


def _lost(rule: Sentence, tied: Collection[str]) -> Iterator[Remark]:
    # What lies between two figures says nothing that they do not say.
    gone = [
        text_of(piece)
        for at, piece in figure_pieces(rule).items()
        if at not in tied and not isinstance(piece, Difference | UnitNames)
    ]
    if gone:
        yield Remark(kind=RemarkKind.LOST, template=LOSES, said=", ".join(gone))


# -- direction ---------------------------------------------------------------------------------------


def _turned(said: _Words, own: _Words, claims: Sequence[Claim]) -> Iterator[Remark]:
    """The first word that turns a direction; where claims go both ways, each clause by its figures."""
    changes = [claim for claim in claims if claim.relation in CHANGES]
    relations = {claim.relation for claim in changes}
    if not claims:
        relations = _directions(own)
    for clause in (*said.clauses, *said.parts):
        about = [claim for claim in changes if _speaks_of(clause, claim)] or changes
        asked = relations if len(relations) == 1 else {claim.relation for claim in about}
        if len(asked) != 1:
            continue
        (relation,) = asked
        claim = next((one for one in about if one.relation is relation), None)
        parts = [part for part in own.parts if any(_speaks_of(part, one) for one in about)]
        known = {word for part in parts or own.parts for word in _against(part, relation)}
        for phrase in _against(clause, relation):
            if phrase not in known:
                yield _turn(relation, phrase, claim, own)
                return
    for claim in changes:
        if _in_other_order(said, claim) and not _in_other_order(own, claim):
            first = figure_text(claim.values[1])
            yield _turn(claim.relation, f"từ {first}", claim, own)
            return


def _turn(relation: Relation, said: str, claim: Claim | None, own: _Words) -> Remark:
    template = {Relation.ROSE: ROSE, Relation.FELL: FELL}.get(relation, UNCHANGED)
    known = own.text
    if claim is not None and len(claim.values) > 1:
        known = " → ".join(map(figure_text, claim.values[:2]))
    return Remark(kind=RemarkKind.TURNED, template=template, said=said, known=known)


def _speaks_of(clause: Clause, claim: Claim) -> bool:
    return any(figure_text(value) in clause for value in claim.values)


def _directions(own: _Words) -> set[Relation]:
    """What a sentence without claims says of itself."""
    ways = ((Relation.ROSE, UP), (Relation.FELL, DOWN))
    return {way for way, phrases in ways if has(own.tokens, phrases, NO_DIRECTION)}


def _against(clause: Clause, relation: Relation) -> Iterator[str]:
    """The phrases of the clause that say another direction."""
    for way, phrases in ((Relation.ROSE, UP), (Relation.FELL, DOWN)):
        for at, phrase in find(clause, phrases, NO_DIRECTION):
            denied = next((word for word in clause[max(0, at - 2) : at] if (word,) in NOT), "")
            # "chưa tăng" is against a rise, and not against a fall or no change.
            if (way is relation) == bool(denied):
                yield f"{denied} {phrase}".strip()
    if relation is not Relation.UNCHANGED:
        yield from (phrase for _at, phrase in find(clause, SAME))


def _in_other_order(said: _Words, claim: Claim) -> bool:
    """Whether the words go from the last figure to the first: "từ 5 lên 3" of a rise from 3 to 5."""
    first, last = (
        (figure_text(value) for value in claim.values[:2]) if claim.values[1:] else ("", "")
    )
    if first == last or said.tokens.count(first) != 1 or said.tokens.count(last) != 1:
        return False
    early, late = said.tokens.index(last), said.tokens.index(first)
    between = said.tokens[early + 1 : late]
    return (
        early < late
        and "từ" in said.tokens[max(0, early - 3) : early]
        and any(word in ("lên", "xuống", "đến", "còn", "tới") for word in between)
    )


# -- denial ------------------------------------------------------------------------------------------


def _denied(said: _Words, own: _Words, claims: Sequence[Claim]) -> Iterator[Remark]:
    """Whether what was not done is said to be done, or the other way round."""
    lacks, denies = _denied_deeds(own), _denied_deeds(said)
    if has(own.tokens, NOT, NO_DENIAL) or {claim.relation for claim in claims} & NONE:
        at = _done_in(said, own, lacks)
        if at:
            yield _denial(" ".join(at), own)
            return
    for deed in sorted(denies.keys() - lacks.keys()):
        plain = (
            clause
            for clause in own.clauses
            if not has(clause, NOT, NO_DENIAL) and not has(clause, LACKING, NO_LACK)
        )
        if any(_at(clause, deed) is not None for clause in plain):
            yield _denial(denies[deed], own)
            return


def _done_in(said: _Words, own: _Words, lacks: Collection[Phrase]) -> Phrase:
    """The first words that say that the lack is none; empty: there are none."""
    done_too = [
        deed for deed in lacks for clause in own.clauses if _says_done(clause, [deed]) is not None
    ]
    asked = [deed for deed in lacks if deed not in done_too]
    for clause in said.clauses:
        at = next((at for at, _phrase in find(clause, NO_LONGER)), None)
        if at is None or has(own.tokens, NO_LONGER):
            at = _says_done(clause, asked)
        if at is not None:
            before = at > 0 and (clause[at - 1],) in DONE
            return _shown(clause, at - before)
    if not has(said.tokens, NOT, NO_DENIAL) and not has(said.tokens, LACKING, NO_LACK):
        return next((_shown(said.syllables, at) for at, _done in find(said.syllables, DONE)), ())
    return ()


def _shown(words: Sequence[str], at: int) -> Phrase:
    """A few words from that place on."""
    return tuple(words[at : at + _SHOWN])


def _denial(said: str, own: _Words) -> Remark:
    clause = next((one for one in own.clauses if has(one, NOT, NO_DENIAL)), own.clauses[0])
    known = " ".join(clause[:_KNOWN]) + (" …" if len(clause) > _KNOWN else "")
    return Remark(kind=RemarkKind.DENIED, template=NOT_SO, said=said, known=known)


def _denied_deeds(words: _Words) -> dict[Phrase, str]:
    """What the words say was not done: the two syllables behind each "not", with the words as they stand."""
    found: dict[Phrase, str] = {}
    for clause in words.clauses:
        for at, _phrase in find(clause, NOT, NO_DENIAL):
            behind = [word for word in clause[at + 1 :] if word not in FILLERS][:2]
            if len(behind) == 2 and not has(behind, NO_DEED):
                found[behind[0], behind[1]] = " ".join(_shown(clause, at))
    return found


def _at(clause: Clause, deed: Phrase) -> int | None:
    return next((at for at, _phrase in find(clause, [deed])), None)


def _says_done(clause: Clause, deeds: Collection[Phrase]) -> int | None:
    """Where the clause says that one of the deeds was done."""
    if has(clause, NOT, NO_DENIAL) or has(clause, LACKING, NO_LACK) or not has(clause, DONE):
        return None
    return next((at for deed in deeds if (at := _at(clause, deed)) is not None), None)


# -- how many, and targets ---------------------------------------------------------------------------


def _too_many(
    said: _Words, own: _Words, rule: Sentence, claims: Sequence[Claim]
) -> Iterator[Remark]:
    """Words for all or most, where k of n did."""
    counts = [(len(claim.units), len(claim.among)) for claim in claims if claim.among]
    counts += [
        (len(piece.units), len(piece.among)) for piece in rule if isinstance(piece, UnitCount)
    ]
    some = [(k, n) for k, n in counts if 0 < k < n]
    if not some:
        return
    k, n = some[0]
    phrases = (*ALL, *MOST) if all(2 * k <= n for k, n in some) else ALL
    known = {phrase for _at, phrase in find(own.tokens, phrases, NOT_ALL)}
    for _at, phrase in find(said.tokens, phrases, NOT_ALL):
        if phrase not in known:
            yield Remark(kind=RemarkKind.TOO_MANY, template=K_OF_N, said=phrase, known=f"{k}/{n}")
            return


def _target(said: _Words, own: _Words, claims: Sequence[Claim]) -> Iterator[Remark]:
    """Words that turn the verdict on a target."""
    relations = {claim.relation for claim in claims}
    if not claims:
        missed, reached = has(own.tokens, MISSED), has(own.tokens, REACHED)
        relations = {Relation.MISSED} if missed else {Relation.REACHED} if reached else set()
    good = relations & {Relation.REACHED, Relation.AHEAD}
    bad = relations & {Relation.MISSED, Relation.BEHIND}
    if bad and not good:
        known = {*_says_reached(own)}
        for phrase in _says_reached(said):
            if phrase not in known:
                yield Remark(kind=RemarkKind.TARGET, template=IS_MISSED, said=phrase)
                return
    if good and not bad:
        wrong = (*MISSED, *LATE) if Relation.REACHED in good else LATE
        known = {phrase for _at, phrase in find(own.tokens, wrong)}
        for _at, phrase in find(said.tokens, wrong):
            if phrase not in known:
                yield Remark(kind=RemarkKind.TARGET, template=IS_REACHED, said=phrase)
                return

    if relations == {Relation.AHEAD}:  # on the path, and the target itself is not reached yet
        known = {phrase for _at, phrase in find(own.tokens, REACHED, PATH_REACHED)}
        for clause in said.clauses:
            if has(clause, SHORT, NO_LACK):
                continue
            for _at, phrase in find(clause, REACHED, PATH_REACHED):
                if phrase not in known:
                    yield Remark(kind=RemarkKind.TARGET, template=IS_MISSED, said=phrase)
                    return


def _path(said: _Words, own: _Words, claims: Sequence[Claim]) -> Iterator[Remark]:
    """Words that say that a value is before the path to its target where it is behind, or the other way."""
    about = [claim for claim in claims if claim.relation in ON_PATH]
    if len({claim.relation for claim in about}) != 1:
        return
    known = {phrase for phrase, _wrong in _on_path(own, about[0])}
    for phrase, wrong in _on_path(said, about[0]):
        if wrong and phrase not in known:
            template = IS_BEHIND if about[0].relation is Relation.BEHIND else IS_AHEAD
            yield Remark(kind=RemarkKind.TARGET, template=template, said=phrase)
            return


def _on_path(words: _Words, claim: Claim) -> Iterator[tuple[str, bool]]:
    """What the words say of the path to a target: each phrase, and whether it is not so."""
    for clause in words.clauses:
        for at, path in find(clause, PATH):
            before = clause[max(0, at - _BEFORE_PATH) : at]
            for nth in reversed(range(len(before))):
                true = _so(before[nth], claim)
                if true is not None:
                    first = max(0, nth - 2)
                    nots = [n for n in range(first, nth) if (before[n],) in NOT]
                    yield " ".join((*before[min((*nots, nth)) :], path)), true == bool(nots)
                    break


def _so(word: str, claim: Claim) -> bool | None:
    """Whether the word is true of the claim on a path; None: it says nothing of one."""
    behind = claim.relation is Relation.BEHIND
    if word in SLOWER or word in QUICKER:
        return behind == (word in SLOWER)
    value = claim.values[0].value if claim.values else None
    if value is None or claim.path is None or word not in LOWER | HIGHER:
        return None
    return (value < claim.path) == (word in LOWER)


def _says_reached(words: _Words) -> Iterator[str]:
    """The phrases that say that the target is reached."""
    for clause in words.clauses:
        if not has(clause, SHORT, NO_LACK):
            yield from (phrase for _at, phrase in find(clause, REACHED))
    if not has(words.tokens, SHORT, NO_LACK):
        yield from (phrase for _at, phrase in find(words.tokens, REACH))


# -- relations that are not true of the figure itself ------------------------------------------------


def _untrue(said: _Words, own: _Words, rule: Sentence) -> Iterator[Remark]:
    """ "hơn 2.422" where the figure is 2.422. ("5 trên 28" is a way to write "5/28".)"""
    figures = {text_of(piece) for piece in figure_pieces(rule).values()}
    known = {*_strict(own, figures)}
    for words in _strict(said, figures):
        if words not in known:
            number = words.rpartition(" ")[2]
            yield Remark(kind=RemarkKind.UNTRUE, template=NOT_SO, said=words, known=number)
            return


def _strict(words: _Words, figures: Collection[str]) -> Iterator[str]:
    for nth, token in enumerate(words.typed):
        relation = relation_at(words.typed, nth) if token in figures else None
        if relation and relation.relation in STRICT and relation.words.casefold() != "trên":
            yield f"{relation.words} {token}"
