"""What the words around the figures of a sentence say of their direction: "từ 54,7 lên 69,2 (tăng 14,5)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nqcore.analysis.readback.checked import Why
from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.report.sentences import figure_text
from nqcore.analysis.report.tokens import TokenKind
from nqcore.analysis.report.wording_check import FELL, NOT_SO, ROSE, UNCHANGED
from nqcore.analysis.report.wording_phrases import DOWN, NO_DIRECTION, UP, find
from nqcore.model.figures import Figure
from nqcore.model.findings import Difference, FigureRef

_REACH = 3
"""How many words before a difference its direction may stand: "tăng thêm được 5"."""
_BETWEEN = 6
"""How many words may stand between two figures of "từ … lên …"."""

_SIGN = re.compile(r"(?:^|(?<=[\s(]))([+−–-])\s?$")
"""A sign before a number: nothing stands before it but a space or a bracket."""
_LESS = "−–-"
"""What is printed, or typed, before a number that is less than nothing."""


def untrue_sign(part: Sequence[DocToken], number: DocToken, text: str) -> Why | None:
    """What the sign or the word before the number of a cell says against it: "+2" where it is "−2". `part`:
    the tokens of its cell, `text` that of its paragraph. A rise may be without its sign: "24,4%"."""
    anchor = number.bound.anchor if number.bound else None
    if anchor is None or len(anchor.place) == 1 or not number.number:
        return None
    start, end = number.token.start, number.token.end
    found = _SIGN.search(text, 0, start)
    words = _words_before(part, next(nth for nth, one in enumerate(part) if one is number))
    down = tuple(_way(words).split()) in DOWN or words[-1:] == ["âm"]
    less = found[1] in _LESS if found else down
    if less == anchor.written.startswith(tuple(_LESS)) or number.token.key == "0":
        return None
    said = text[found.start() if found else 0 : end].strip()
    return Why(NOT_SO, {"said": said, "known": anchor.written})


def turned_numbers(tokens: Sequence[DocToken]) -> Iterator[tuple[DocToken, Why]]:
    """The numbers of a part of a document of which the words say the wrong direction."""
    yield from _differences(tokens)
    yield from _from_to(tokens)


def _differences(tokens: Sequence[DocToken]) -> Iterator[tuple[DocToken, Why]]:
    """ "giảm 14,5 điểm" of a rise."""
    seen: set[str] = set()
    for nth, token in enumerate(tokens):
        anchor = token.bound.anchor if token.bound else None
        if anchor is None or not isinstance(anchor.piece, Difference) or anchor.name in seen:
            continue
        seen.add(anchor.name)
        before, now = anchor.piece.before, anchor.piece.now
        said = _way(_words_before(tokens, nth))
        if not said or before.value is None or now.value is None:
            continue
        if wrong := _against(said, before.value, now.value):
            yield token, _why(wrong, said, before, now)


def _from_to(tokens: Sequence[DocToken]) -> Iterator[tuple[DocToken, Why]]:
    """ "từ 69,2% lên 54,7%", and "giảm từ 69,2% xuống 54,7%" of figures that go the other way."""
    figures = [
        (nth, token.bound.anchor.piece.figure)
        for nth, token in enumerate(tokens)
        if token.bound and token.bound.anchor and isinstance(token.bound.anchor.piece, FigureRef)
    ]
    for (first, one), (second, other) in itertools.pairwise(figures):
        between = [
            t.token.key for t in tokens[first + 1 : second] if t.token.kind is TokenKind.WORD
        ]
        if one.indicator != other.indicator or len(between) > _BETWEEN:
            continue
        if (
            "từ" not in _words_before(tokens, first)[-2:]
            or one.value is None
            or other.value is None
        ):
            continue
        said = _arrow(between)
        early, late = _in_time(tokens[first], tokens[second], one, other)
        if early.value is None or late.value is None or not said:
            continue
        if early is other and early.value != late.value:
            words = f"từ {figure_text(one)} {said} {figure_text(other)}"
            yield tokens[second], _why(_relation(early.value, late.value), words, early, late)
        elif wrong := _against(said, one.value, other.value):
            yield tokens[second], _why(wrong, said, early, late)


def _in_time(
    first: DocToken, second: DocToken, one: Figure, other: Figure
) -> tuple[Figure, Figure]:
    """Both figures in the order of the report's own sentence."""
    assert first.bound is not None
    assert second.bound is not None
    turned = first.bound.token.start > second.bound.token.start
    return (other, one) if turned and _one_part(first, second) else (one, other)


def _one_part(first: DocToken, second: DocToken) -> bool:
    blocks = [one.bound.anchor.block for one in (first, second) if one.bound and one.bound.anchor]
    return len({*blocks}) == 1


def _words_before(tokens: Sequence[DocToken], nth: int) -> list[str]:
    found: list[str] = []
    for one in reversed(tokens[max(0, nth - _REACH - 1) : nth]):
        if one.token.kind is not TokenKind.WORD or one.token.key == "%":
            break
        found.append(one.token.key)
    return [*reversed(found)]


def _way(words: Sequence[str]) -> str:
    """The last word of direction."""
    found = [(at, phrase) for ways in (UP, DOWN) for at, phrase in find(words, ways, NO_DIRECTION)]
    return max(found)[1] if found else ""


def _arrow(words: Sequence[str]) -> str:
    return next((word for word in words if word in ("lên", "xuống")), "")


def _against(said: str, before: Decimal, now: Decimal) -> str:
    """The msgid of what is wrong with the word; "": nothing."""
    up = tuple(said.split()) in UP
    if now == before:
        return UNCHANGED
    if up and now < before:
        return FELL
    return ROSE if not up and now > before else ""


def _relation(early: Decimal, late: Decimal) -> str:
    return ROSE if late > early else FELL


def _why(template: str, said: str, before: Figure, now: Figure) -> Why:
    known = f"{figure_text(before)} → {figure_text(now)}"
    return Why(template, {"said": said, "known": known})
