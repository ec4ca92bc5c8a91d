"""Connects a sentence that a user has reworded with the figures of the rule's sentence.

The user types plain text. Every number in it that equals a figure of the sentence becomes that figure
again, so that it is always printed from the figure. A number in the place of a figure with another
value contradicts it and is refused. Any other number is the user's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from nqcore.analysis.report.sentences import text_of
from nqcore.model.findings import Difference, FigureRef, Sentence, Text, UnitCount
from nqcore.model.findings import Piece as AnyPiece

# 20-NQ/TW is a name, not a number.
_TOKEN = re.compile(r"\d+(?:-[A-ZĐ]+)+(?:/[A-ZĐ]+)*|\d+(?:[.,/]\d+)*|[^\W\d]+|[^\w\s]|\d+")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")

Piece = FigureRef | UnitCount | Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordedSentence:
    """What the user typed, connected with the figures. `contradicted`: pairs (typed number, figure).
    `fixed`: the numbers that are words of the rule (targets, years). `own`: the user's numbers."""

    sentence: Sentence
    contradicted: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(slots=True)
class _Token:
    text: str
    start: int = 0
    end: int = 0
    piece: Piece | None = None
    fixed: bool = False
    whole: bool = False  # several words that are printed from one piece

    @property
    def number(self) -> bool:
        return self.whole or self.piece is not None or _NUMBER.fullmatch(self.text) is not None


def piece_id(piece: Piece, nth: int) -> str:
    """The address of a figure or count in its sentence; "#2" by its place where it has none."""
    if isinstance(piece, FigureRef):
        return piece.figure.id
    if isinstance(piece, Difference):
        return f"{piece.before.id}>{piece.now.id}"
    return piece.id or f"#{nth}"


def figure_pieces(sentence: Sentence) -> dict[str, Piece]:
    """The figures and counts of a sentence by their address."""
    pieces = [piece for piece in sentence if not isinstance(piece, Text)]
    return {piece_id(piece, nth): piece for nth, piece in enumerate(pieces)}


def numbers_in_text(sentence: Sentence) -> set[str]:
    """The numbers in the words of the rule (targets, years), not its figures."""
    return {
        _plain(token.text)
        for piece in sentence
        if isinstance(piece, Text)
        for token in _tokens(piece.text)
        if token.number
    }


def tie_to_figures(text: str, sentence: Sentence, *, update: bool = False) -> RewordedSentence:
    """Connect `text` with the figures of `sentence`; with `update` a number that contradicts a figure is
    replaced by it."""
    several = {text_of(piece) for piece in sentence if isinstance(piece, Difference)}
    old, new = list(_of_sentence(sentence)), list(_tokens(text, several))
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in new], autojunk=False)
    codes = matcher.get_opcodes()
    unmatched_old = [token for token in old if token.number]
    unmatched_new = [token for token in new if token.number]
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            for was, now in zip(old[i1:i2], new[j1:j2], strict=True):
                if was.number:
                    _bind(was, now, unmatched_old, unmatched_new)
    for now in tuple(unmatched_new):  # the words may be in another order
        same = [was for was in unmatched_old if _key(was) == _key(now)]
        if same:
            _bind(same[0], now, unmatched_old, unmatched_new)
    contradicted = []
    for tag, i1, i2, j1, j2 in codes:
        if tag != "replace":
            continue
        for i, j in product(range(i1, i2), range(j1, j2)):
            was, now = old[i], new[j]
            # Only a number with the same word next to it is in the place of the figure.
            unmatched = _contains(was, unmatched_old) and _contains(now, unmatched_new)
            if unmatched and _neighbours(old, i) & _neighbours(new, j):
                contradicted.append((now.text, was.text))
                if update:
                    now.text = was.text
                    _bind(was, now, unmatched_old, unmatched_new)
                else:
                    _settle(was, now, unmatched_old, unmatched_new)
    return RewordedSentence(
        sentence=_sentence(text, new),
        contradicted=() if update else tuple(contradicted),
        fixed=tuple(_plain(token.text) for token in new if token.fixed),
        own=tuple(token.text for token in unmatched_new),
    )


def _neighbours(tokens: Sequence[_Token], nth: int) -> set[tuple[int, str]]:
    """The words before (-1) and after (1) a number."""
    return {
        (side, _key(tokens[nth + side]))
        for side in (-1, 1)
        if 0 <= nth + side < len(tokens) and tokens[nth + side].text.isalpha()
    }


def _contains(token: _Token, tokens: Sequence[_Token]) -> bool:
    return any(token is one for one in tokens)


def _bind(
    was: _Token, now: _Token, unmatched_old: list[_Token], unmatched_new: list[_Token]
) -> None:
    """Mark `now` as the number `was`: both are matched."""
    if not (_contains(was, unmatched_old) and _contains(now, unmatched_new)):
        return
    now.piece, now.fixed = was.piece, was.piece is None
    _settle(was, now, unmatched_old, unmatched_new)


def _settle(
    was: _Token, now: _Token, unmatched_old: list[_Token], unmatched_new: list[_Token]
) -> None:
    unmatched_old[:] = [token for token in unmatched_old if token is not was]
    unmatched_new[:] = [token for token in unmatched_new if token is not now]


def _tokens(text: str, several: Collection[str] = ()) -> Iterator[_Token]:
    """The words and numbers of a text. `several`: texts of more than one word that are one token."""
    whole = [re.escape(one) for one in sorted(several, key=len, reverse=True)]
    for found in re.finditer("|".join((*whole, _TOKEN.pattern)), text):
        token = _Token(found[0], found.start(), found.end())
        token.whole = found[0] in several
        yield token


def _of_sentence(sentence: Sentence) -> Iterator[_Token]:
    for piece in sentence:
        if isinstance(piece, Text):
            yield from _tokens(piece.text)
        else:
            several = isinstance(piece, Difference)
            yield _Token(text_of(piece), piece=piece, whole=several)


def _plain(text: str) -> str:
    """The number without separators of thousands and leading zeros: 1.310 → 1310, 06 → 6."""
    bare = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def _key(token: _Token) -> str:
    if token.whole:
        return token.text
    return _plain(token.text) if token.number else token.text.casefold()


def _sentence(text: str, tokens: Sequence[_Token]) -> Sentence:
    """The text as a sentence, with the figures in their places."""
    pieces: list[AnyPiece] = []
    words, at = "", 0
    for token in tokens:
        words += text[at : token.start]
        at = token.end
        if token.piece is None:
            words += token.text
        else:
            pieces += [Text(words), token.piece] if words else [token.piece]
            words = ""
    words += text[at:]
    return (*pieces, Text(words)) if words else tuple(pieces)
