"""Connects a sentence that a user has reworded with the figures of the rule's sentence.

The user types plain text. Every number in it that equals a figure of the sentence becomes that figure
again, so that it is always printed from the figure. A number in the place of a figure with another
value contradicts it and is refused. Any other number is the user's own. A list of units is found again as
a whole; changed in any way, it is the user's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from nqcore.analysis.report.sentences import text_of
from nqcore.model.findings import Difference, FigureRef, Sentence, Text, UnitCount, UnitNames
from nqcore.model.findings import Piece as AnyPiece

# 20-NQ/TW is a name, not a number.
_TOKEN = re.compile(r"\d+(?:-[A-ZĐ]+)+(?:/[A-ZĐ]+)*|\d+(?:[.,/]\d+)*|[^\W\d]+|[^\w\s]|\d+")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_SHARE = r"\d+(?:\.\d{3})* trong \d+(?:\.\d{3})*"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")

Piece = FigureRef | UnitCount | UnitNames | Difference


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
    names: bool = False

    @property
    def number(self) -> bool:
        """Whether it is a number, or a figure or list of the rule."""
        return self.piece is not None or self.names or _is_number(self.text)


def piece_id(piece: Piece, nth: int) -> str:
    """The address of a figure or count in its sentence; "#2" by its place where it has none."""
    if isinstance(piece, FigureRef):
        return piece.figure.id
    if isinstance(piece, Difference):
        return f"{piece.before.id}>{piece.now.id}"
    return f"#{nth}" if isinstance(piece, UnitNames) else piece.id or f"#{nth}"


def figure_pieces(sentence: Sentence) -> dict[str, Piece]:
    """The figures and counts of a sentence by their address."""
    pieces = [piece for piece in sentence if not isinstance(piece, Text)]
    return {piece_id(piece, nth): piece for nth, piece in enumerate(pieces)}


def numbers_in_text(sentence: Sentence) -> set[str]:
    """The numbers in the words of the rule (targets, years, names), not its figures."""
    return {
        _plain(token.text)
        for piece in sentence
        if isinstance(piece, Text | UnitNames)
        for token in _tokens(text_of(piece), shares=_has_share(sentence))
        if token.number
    }


def tie_to_figures(text: str, sentence: Sentence, *, update: bool = False) -> RewordedSentence:
    """Connect `text` with the figures of `sentence`; with `update` a number that contradicts a figure is
    replaced by it."""
    old = list(_of_sentence(sentence))
    new = list(_tokens(text, shares=_has_share(sentence), names=_lists_in(sentence)))
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
            if isinstance(was.piece, UnitNames):
                continue
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
        own=tuple(token.text for token in unmatched_new if not token.names),
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


def _has_share(sentence: Sentence) -> bool:
    """Whether the rule's sentence has a share: then "6 trong 28" is one number in it, else two."""
    return any(isinstance(piece, UnitCount) and piece.share for piece in sentence)


def _lists_in(sentence: Sentence) -> frozenset[str]:
    """The lists of units of the sentence, as they are printed."""
    return frozenset(text_of(p) for p in sentence if isinstance(p, UnitNames | Difference)) - {""}


def _tokens(text: str, *, shares: bool, names: frozenset[str] = frozenset()) -> Iterator[_Token]:
    longest_first = sorted(names, key=len, reverse=True)
    patterns = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first]
    patterns += [_SHARE] if shares else []
    for found in re.finditer("|".join((*patterns, _TOKEN.pattern)), text):
        yield _Token(found[0], found.start(), found.end(), names=found[0] in names)


def _of_sentence(sentence: Sentence) -> Iterator[_Token]:
    for piece in sentence:
        if isinstance(piece, Text):
            yield from _tokens(piece.text, shares=_has_share(sentence))
        else:
            yield _Token(text_of(piece), piece=piece)


def _is_number(text: str) -> bool:
    return (_NUMBER.fullmatch(text) or re.fullmatch(_SHARE, text)) is not None


def _plain(text: str) -> str:
    """The number without separators of thousands and leading zeros: 1.310 → 1310, 06 → 6; a share as 0.1
    wrote it: 6 trong 28 → 6/28."""
    if " trong " in text or "/" in text:
        return "/".join(map(_plain, re.split(" trong |/", text)))
    bare = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


def same_number(then: str, now: str) -> bool:
    """Whether two texts of a figure say the same: "6/28", as 0.1 wrote it, is "6 trong 28"."""
    return _plain(then) == _plain(now)


def _key(token: _Token) -> str:
    return _plain(token.text) if _is_number(token.text) else token.text.casefold()


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
