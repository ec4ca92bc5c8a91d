"""Words that stand in the place of others and say another thing: a "not" that is gone, another noun or state.

Both texts are laid side by side, so only what was put in the place of other words is judged: a sentence that
is said in other words throughout says nothing here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.expected import ExpectedPart
from nqcore.analysis.readback.facing import facing
from nqcore.analysis.readback.matching import MatchedPart
from nqcore.analysis.report.measures import measure_behind
from nqcore.analysis.report.task_words import STATUS_WORDS
from nqcore.analysis.report.tasks_done import PART_DONE
from nqcore.analysis.report.tokens import Token, TokenKind
from nqcore.analysis.report.wording_phrases import (
    FILLERS,
    LACKING,
    NO_DENIAL,
    NO_LACK,
    NOT,
    find,
    has,
)
from nqcore.model.findings import UnitCount

Pair = tuple[str, str]
STATES = tuple(sorted({*STATUS_WORDS.values(), PART_DONE, "hoàn thành"}, key=len, reverse=True))
"""How far a task is, in the words of the report; the longest first."""
_BARE = "hoàn thành"
_DUE = frozenset(("hạn", "phải", "cần", "sẽ", "để", "nhằm", "đấu", "kiến", "cầu", "chậm"))
"""Before "hoàn thành" they say by when a task is due: "thời hạn hoàn thành", "phấn đấu hoàn thành"."""
_BY_WHEN = frozenset(("trước", "trong", "vào", "chậm"))
_DUE_REACH = 2
_NAME_BEGINS = frozenset(("trong", "đó", "tổng", "số", "tỷ", "lệ", "lượt", "tiền", "mức"))
"""What the name of an indicator begins with before it says what it counts: "Tỷ lệ đoàn viên …"."""
_ANY_PERSON = "người"
"""It counts whom it may be: "lượt người tham gia" is "lượt cán bộ, đảng viên tham gia" too."""
_LONGEST, _DEED, _BEFORE = 4, 2, 3


class OtherWords(NamedTuple):
    """Words of a document: the first and the last of their tokens, and what the report has there."""

    first: DocToken
    last: DocToken
    known: str
    denied: bool = False
    """Whether one says that something was done and the other that it was not."""


def nouns_of(names: Collection[str]) -> frozenset[Pair]:
    """What the indicators of these names count, as the first two syllables: ("đoàn", "viên").

    >>> sorted(nouns_of(["Số đoàn viên công đoàn", "Đảng viên mới kết nạp"]))
    [('đoàn', 'viên'), ('đảng', 'viên')]
    """
    found = set()
    for name in names:
        words = name.replace(",", " ").replace(":", " ").casefold().split()
        while words and words[0] in _NAME_BEGINS:
            words.pop(0)
        if len(words) >= _DEED and words[0] != _ANY_PERSON:
            found.add((words[0], words[1]))
    return frozenset(found)


def words_in_place(match: MatchedPart, nouns: Collection[Pair]) -> Iterator[OtherWords]:
    """What the part says with other words than the report in the same place: each "not" that came or went, or
    else one other noun or state."""
    said = [one for one in match.said.tokens if one.token.kind is TokenKind.WORD]
    for part in match.due:
        if part.fixed:
            continue
        known = [one.token for one in part.tokens if one.token.kind is TokenKind.WORD]
        denials = [*_denials(said, [one.key for one in known])]
        yield from denials
        for found in (
            _noun(said, known, nouns),
            _counted(match.said.tokens, part),
            _state(said, [one.key for one in known]),
        ):
            if found is not None and not denials:
                yield found
                break


def shares_words(one: str, other: str) -> bool:
    """Whether two words that follow each other in the one do so in the other.

    >>> shares_words("đã tổ chức", "tổ chức hội nghị"), shares_words("đã họp", "họp")
    (True, False)
    """
    mine, known = ({*pairwise(text.casefold().split())} for text in (one, other))
    return bool(mine & known)


# -- a "not" that came, or went ------------------------------------------------------------------------


def _denials(said: Sequence[DocToken], due: Sequence[str]) -> Iterator[OtherWords]:
    keys = [one.token.key for one in said]
    ours, theirs = _denied(keys), _denied(due)
    there = facing(keys, due)
    for deed in dict.fromkeys((*theirs, *ours)):
        here, known = _done(keys, deed), _done(due, deed)
        more, less = ours.get(deed, []), theirs.get(deed, [])
        if len(more) < len(less) and len(here) > len(known):
            at = next((at for at in here if not there.get(at, set()) & {*known}), here[0])
            words = " ".join(due[less[0] : less[0] + _DEED + 2])
            yield OtherWords(said[max(0, at - 1)], said[min(len(said) - 1, at + 1)], words, True)
        elif len(more) > len(less) and len(here) < len(known):
            at = more[0]
            last = said[min(len(said) - 1, at + _DEED)]
            yield OtherWords(said[at], last, " ".join(deed), True)


def _denied(words: Sequence[str]) -> dict[Pair, list[int]]:
    """What is denied, by its first two syllables, with the places of each "not"."""
    found: dict[Pair, list[int]] = {}
    for at, _phrase in find(words, NOT, NO_DENIAL):
        deed = _deed(words, at)
        if deed is not None:
            found.setdefault(deed, []).append(at)
    return found


def _deed(words: Sequence[str], at: int) -> Pair | None:
    behind = [word for word in words[at + 1 :] if word not in FILLERS][:_DEED]
    return (behind[0], behind[1]) if len(behind) == _DEED else None


def _done(words: Sequence[str], deed: Pair) -> list[int]:
    """Where the deed stands without a "not" and without a word of lack before it."""
    return [
        nth
        for nth, pair in enumerate(pairwise(words))
        if pair == deed
        and not has(words[max(0, nth - _BEFORE) : nth], NOT)
        and not has(words[max(0, nth - _BEFORE) : nth], LACKING, NO_LACK)
    ]


# -- what is counted -------------------------------------------------------------------------------------


def _noun(
    said: Sequence[DocToken], due: Sequence[Token], nouns: Collection[Pair]
) -> OtherWords | None:
    """What one indicator counts in the place of what another one counts: "đảng viên" for "đoàn viên"."""
    keys, known = [one.token.key for one in said], [one.key for one in due]
    ours, theirs = {*pairwise(keys)}, {*pairwise(known)}
    matcher = SequenceMatcher(None, keys, known, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace" or max(b - a, d - c) > _LONGEST:
            continue
        new = [
            at
            for at in _around(a, b, keys)
            if _pair(keys, at) in nouns and _pair(keys, at) not in theirs
        ]
        old = [
            at
            for at in _around(c, d, known)
            if _pair(known, at) in nouns and _pair(known, at) not in ours
        ]
        if new and old:
            return OtherWords(
                said[new[0]], said[new[0] + 1], " ".join(known[old[0] : old[0] + _DEED])
            )
    return None


def _around(start: int, end: int, words: Sequence[str]) -> range:
    """Where a pair may begin that has one of the words `start`..`end`."""
    return range(max(0, start - 1), min(end, len(words) - 1))


def _pair(words: Sequence[str], at: int) -> Pair:
    return words[at], words[at + 1]


def _counted(said: Sequence[DocToken], part: ExpectedPart) -> OtherWords | None:
    """Other words directly behind a number of units: "16 trong 17 doanh nghiệp" for "cơ quan"."""
    places = {id(one): nth for nth, one in enumerate(part.tokens)}
    theirs = [one.token for one in part.tokens]
    ours = [one.token for one in said]
    all_ours, all_theirs = {*pairwise(t.key for t in ours)}, {*pairwise(t.key for t in theirs)}
    for at, one in enumerate(said):
        nth = places.get(id(one.bound)) if one.bound is not None else None
        if nth is None or one.bound is None or one.bound.anchor is None or one.again:
            continue
        new, old = _behind(ours, at), _behind(theirs, nth)
        if new is None or old is None or new[0] == old[0]:
            continue
        units = isinstance(one.bound.anchor.piece, UnitCount)
        if not units and (measure_behind(theirs, nth) or measure_behind(ours, at)):
            continue  # measures of figures are compared as measures
        if old not in all_ours and new not in all_theirs:
            return OtherWords(said[at + 1], said[at + _DEED], " ".join(old))
    return None


def _behind(tokens: Sequence[Token], nth: int) -> Pair | None:
    behind = tokens[nth + 1 : nth + 1 + _DEED]
    if len(behind) < _DEED or any(
        one.kind is not TokenKind.WORD or one.key == "%" for one in behind
    ):
        return None
    return behind[0].key, behind[1].key


# -- how far a task is -----------------------------------------------------------------------------------


def states_in(words: Sequence[str]) -> list[tuple[int, str]]:
    """The states of tasks that the words name, with their places. By when a task is due ("hạn hoàn thành",
    "phải hoàn thành trước ngày") is no state.

    >>> states_in("đã hoàn thành".split()), states_in("hạn hoàn thành ngày".split())
    ([(0, 'đã hoàn thành')], [])
    """
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(words):
        state = next(
            (s for s in STATES if tuple(words[at : at + len(s.split())]) == (*s.split(),)), ""
        )
        end = at + len(state.split())
        if state and not (state == _BARE and _is_due(words, at, end)):
            found.append((at, state))
        at += max(1, len(state.split()))
    return found


def _is_due(words: Sequence[str], at: int, end: int) -> bool:
    behind = {*words[end : end + 1]}
    return bool({*words[max(0, at - _DUE_REACH) : at]} & _DUE or behind & _BY_WHEN)


def _state(said: Sequence[DocToken], due: Sequence[str]) -> OtherWords | None:
    here, there = states_in([one.token.key for one in said]), states_in(due)
    new = [one for one in here if one[1] not in {state for _at, state in there}]
    old = [state for _at, state in there if state not in {state for _at, state in here}]
    if not new or not old:
        return None
    at, state = new[0]
    return OtherWords(said[at], said[at + len(state.split()) - 1], old[0])
