"""The comparison over the same units (*cùng phạm vi*) goes from a sentence into a note of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Piece, Sentence, Text

_CLAUSE = re.compile(r"[;,] (cùng phạm vi [\d.]+ đơn vị: .*)", re.DOTALL)


def with_notes(
    sentence: Sentence, claims: Iterable[Claim], sign: Callable[[Sentence], str]
) -> Sentence:
    """The sentence with the sign of a note in the place of each clause "; cùng phạm vi 8 đơn vị: từ … lên …".
    `claims`: what the sentence says; `sign` takes a note and gives its sign."""
    for claim in claims:
        if claim.like_for_like:
            sentence = _one(sentence, claim.like_for_like[-1], sign)
    return sentence


def _one(sentence: Sentence, last: Figure, sign: Callable[[Sentence], str]) -> Sentence:
    """The clause that ends with the figure `last` becomes a note; as it is where it has none."""
    begins: int | None = None
    for nth, piece in enumerate(sentence):
        if isinstance(piece, Text) and _CLAUSE.search(piece.text):
            begins = nth
        elif begins is not None and isinstance(piece, FigureRef) and piece.figure == last:
            return _lifted(sentence, begins, nth, sign)
    return sentence


def _lifted(
    sentence: Sentence, begins: int, ends: int, sign: Callable[[Sentence], str]
) -> Sentence:
    opening = sentence[begins]
    assert isinstance(opening, Text)
    clause = _CLAUSE.search(opening.text)
    assert clause is not None
    measure, rest = _behind(sentence, ends)
    note: tuple[Piece, ...] = (
        Text(f"C{clause[1].removeprefix('c')}"),
        *sentence[begins + 1 : ends + 1],
        Text(f"{measure}."),
    )
    before = Text(opening.text[: clause.start()] + sign(note))
    return (*sentence[:begins], before, *rest)


def _behind(sentence: Sentence, ends: int) -> tuple[str, Sentence]:
    """The measure behind the last figure of the clause, and what follows it."""
    last, after = sentence[ends], sentence[ends + 1 :]
    assert isinstance(last, FigureRef)
    measure = "%" if last.figure.measure == "%" else f" {last.figure.measure}"
    if after and isinstance(after[0], Text) and after[0].text.startswith(measure):
        left = after[0].text.removeprefix(measure)
        return measure, (*((Text(left),) if left else ()), *after[1:])
    return "", after
