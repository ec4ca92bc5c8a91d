"""A sentence that a person has reworded, tied again to the figures of the rule's own sentence.

The person types plain text. Every number in it that is a figure of the sentence becomes that figure
again, so it is printed from the figure ever after; a number that stands where another figure stood
contradicts it and is refused; what is left is the person's own number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from nqcore.analysis.report.sentences import text_of
from nqcore.model.findings import FigureRef, Sentence, Text, UnitCount

# 20-NQ/TW is a name, not a number.
_TOKEN = re.compile(r"\d+(?:-[A-ZĐ]+)+(?:/[A-ZĐ]+)*|\d+(?:[.,/]\d+)*|[^\W\d]+|[^\w\s]|\d+")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")

Piece = FigureRef | UnitCount


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordedSentence:
    """What a person typed, tied to the figures. `contradicted` are (said, the figure now says);
    `fixed` the numbers that the rule's own words have; `own` those that stand in no figure."""

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

    @property
    def number(self) -> bool:
        return self.piece is not None or _NUMBER.fullmatch(self.text) is not None


def piece_id(piece: Piece, nth: int) -> str:
    """The address of a figure or count in its sentence; by its place where it has no address."""
    if isinstance(piece, FigureRef):
        return piece.figure.id
    return piece.id or f"#{nth}"


def live_pieces(sentence: Sentence) -> dict[str, Piece]:
    """The figures and counts of a sentence by their address."""
    live = [piece for piece in sentence if not isinstance(piece, Text)]
    return {piece_id(piece, nth): piece for nth, piece in enumerate(live)}


def numbers_in_words(sentence: Sentence) -> set[str]:
    """The numbers that the rule's own words have: targets, years."""
    return {
        _plain(token.text)
        for piece in sentence
        if isinstance(piece, Text)
        for token in _tokens(piece.text)
        if token.number
    }


def tie(text: str, sentence: Sentence, *, update: bool = False) -> RewordedSentence:
    """Tie `text` to the figures of `sentence`; with `update` a number that contradicts a figure is
    replaced by it."""
    old, new = list(_of_sentence(sentence)), list(_tokens(text))
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in new], autojunk=False)
    codes = matcher.get_opcodes()
    free = [token for token in old if token.number]
    open_ = [token for token in new if token.number]
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            for was, now in zip(old[i1:i2], new[j1:j2], strict=True):
                if was.number:
                    _bind(was, now, free, open_)
    for now in tuple(open_):  # words may have changed places
        same = [was for was in free if _key(was) == _key(now)]
        if same:
            _bind(same[0], now, free, open_)
    contradicted = []
    for tag, i1, i2, j1, j2 in codes:
        if tag != "replace":
            continue
        for i, j in product(range(i1, i2), range(j1, j2)):
            was, now = old[i], new[j]
            # The number of another clause stands beside other words: it contradicts nothing.
            if _among(was, free) and _among(now, open_) and _beside(old, i) & _beside(new, j):
                contradicted.append((now.text, was.text))
                if update:
                    now.text = was.text
                    _bind(was, now, free, open_)
                else:
                    _settle(was, now, free, open_)
    return RewordedSentence(
        sentence=_sentence(text, new),
        contradicted=() if update else tuple(contradicted),
        fixed=tuple(_plain(token.text) for token in new if token.fixed),
        own=tuple(token.text for token in open_),
    )


def _beside(tokens: Sequence[_Token], nth: int) -> set[tuple[int, str]]:
    """The words to the left and to the right of a number."""
    return {
        (side, _key(tokens[nth + side]))
        for side in (-1, 1)
        if 0 <= nth + side < len(tokens) and tokens[nth + side].text.isalpha()
    }


def _among(token: _Token, tokens: Sequence[_Token]) -> bool:
    return any(token is one for one in tokens)


def _bind(was: _Token, now: _Token, free: list[_Token], open_: list[_Token]) -> None:
    """`now` is the number `was`: neither is looked for any more."""
    if not (_among(was, free) and _among(now, open_)):
        return
    now.piece, now.fixed = was.piece, was.piece is None
    _settle(was, now, free, open_)


def _settle(was: _Token, now: _Token, free: list[_Token], open_: list[_Token]) -> None:
    free[:] = [token for token in free if token is not was]
    open_[:] = [token for token in open_ if token is not now]


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        yield _Token(found[0], found.start(), found.end())


def _of_sentence(sentence: Sentence) -> Iterator[_Token]:
    for piece in sentence:
        if isinstance(piece, Text):
            yield from _tokens(piece.text)
        else:
            yield _Token(text_of(piece), piece=piece)


def _plain(text: str) -> str:
    """1.310 and 1310 are one number, 06 and 6 too."""
    bare = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def _key(token: _Token) -> str:
    return _plain(token.text) if token.number else token.text.casefold()


def _sentence(text: str, tokens: Sequence[_Token]) -> Sentence:
    """The text again, with its figures in their places."""
    pieces: list[Text | FigureRef | UnitCount] = []
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
