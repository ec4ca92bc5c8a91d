"""Connects a sentence that a user has reworded with the figures of the rule's sentence.

The user types plain text. Every number in it that equals a figure of the sentence becomes that figure
again, so that it is always printed from the figure. A number with a relation in front ("trên 2.400") is
tied to the figure that it is true of. A number in the place of a figure with another value contradicts it
and is refused. Any other number is the user's own; where it can be computed of two figures of the sentence,
the user may have it computed. A list of units is found
again as a whole; changed in any way, it is the user's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product

from nqcore.analysis.report.derived_numbers import (
    DerivedNumber,
    NumberOperand,
    derivations,
    operands_of,
)
from nqcore.analysis.report.number_relations import (
    NEAR,
    NumberRelation,
    SaidRelation,
    number_value,
    relation_at,
)
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.model.findings import (
    Difference,
    FigureRef,
    Sentence,
    Text,
    TiedNumber,
    UnitCount,
    UnitNames,
)
from nqcore.model.findings import Piece as AnyPiece

# 20-NQ/TW is a name, not a number.
_TOKEN = re.compile(r"\d+(?:-[A-ZĐ]+)+(?:/[A-ZĐ]+)*|\d+(?:[.,/]\d+)*|[^\W\d]+|[^\w\s]|\d+")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_SHARE = r"\d+(?:\.\d{3})* trong \d+(?:\.\d{3})*"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")

_LARGE = 100
"""From here on a rounded number near a figure means that figure."""

Piece = FigureRef | UnitCount | UnitNames | Difference


@dataclass(frozen=True, slots=True)
class RelativeNumber:
    """A number of the user that has a relation to a figure: `number` as typed, "2.400" of "trên 2.400"."""

    number: str
    relation: NumberRelation
    piece: Piece

    @property
    def holds(self) -> bool:
        """Whether it is true of the figure as it is now."""
        said, figure = number_value(self.number), _value(self.piece)
        return said is not None and figure is not None and self.relation.holds(said, figure)


RewordedPart = AnyPiece | RelativeNumber | DerivedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordedSentence:
    """What the user typed, connected with the figures. `contradicted`: pairs (typed number, figure).
    `fixed`: the numbers that are words of the rule (targets, years). `own`: the user's numbers.
    `offers`: how numbers of his can be computed of figures, by their formulas. `rule`: the sentence with
    the figures."""

    parts: tuple[RewordedPart, ...]
    contradicted: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...]
    own: tuple[str, ...]
    offers: Mapping[str, DerivedNumber]
    rule: Sentence

    @property
    def sentence(self) -> Sentence:
        """The sentence as it is printed."""
        found = printed_parts(self.parts, self.rule)
        assert found is not None  # every part was made of this rule's figures just now
        return found

    @property
    def tied(self) -> frozenset[str]:
        """The addresses of the figures that the words still hold."""
        return tied_addresses(self.parts, self.rule)


@dataclass(slots=True)
class _Token:
    text: str
    start: int = 0
    end: int = 0
    piece: Piece | None = None
    fixed: bool = False
    names: bool = False
    whole: bool = False  # several words that are printed from one piece
    said: SaidRelation | None = None
    relative: RelativeNumber | None = None
    derived: DerivedNumber | None = None
    offers: Mapping[str, DerivedNumber] = field(default_factory=dict)

    @property
    def number(self) -> bool:
        """Whether it is a number, or a figure or list of the rule."""
        return self.piece is not None or self.names or self.whole or _is_number(self.text)


def piece_id(piece: Piece, nth: int) -> str:
    """The address of a figure or count in its sentence; "#2" by its place where it has none."""
    if isinstance(piece, FigureRef):
        return piece.figure.id
    if isinstance(piece, Difference):
        return f"{piece.before.id}>{piece.now.id}"
    return f"#{nth}" if isinstance(piece, UnitNames) else piece.id or f"#{nth}"


def figure_pieces(sentence: Sentence) -> dict[str, Piece]:
    """The figures and counts of a sentence by their address."""
    pieces = [piece for piece in sentence if not isinstance(piece, Text | TiedNumber)]
    return {piece_id(piece, nth): piece for nth, piece in enumerate(pieces)}


def piece_address(piece: Piece, sentence: Sentence) -> str:
    """The address of a piece of the sentence."""
    places = {id(one): address for address, one in figure_pieces(sentence).items()}
    return places.get(id(piece)) or piece_id(piece, 0)


def tied_addresses(parts: Sequence[RewordedPart], rule: Sentence) -> frozenset[str]:
    """The addresses of the figures of the rule's sentence that these parts hold."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, DerivedNumber):
            found |= {address.removesuffix("/") for address in part.of}
        elif not isinstance(part, Text | TiedNumber):
            piece = part.piece if isinstance(part, RelativeNumber) else part
            found.add(piece_address(piece, rule))
    return frozenset(found)


def numbers_in_text(sentence: Sentence) -> set[str]:
    """The numbers in the words of the rule (targets, years, names), not its figures."""
    return {
        _plain(token.text)
        for piece in sentence
        if isinstance(piece, Text | UnitNames)
        for token in _tokens(text_of(piece), shares=_has_share(sentence))
        if token.number
    }


def printed_parts(parts: Sequence[RewordedPart], rule: Sentence) -> Sentence | None:
    """The parts as they are printed from the figures of `rule`; None where one is not true of them any
    more."""
    operands = operands_of(figure_pieces(rule))
    printed: list[AnyPiece] = []
    for part in parts:
        if isinstance(part, DerivedNumber):
            text = part.text(operands)
            if text is None:
                return None
            printed.append(TiedNumber(text, part.how.value, part.of))
        elif isinstance(part, RelativeNumber):
            if not part.holds:
                return None
            printed.append(
                TiedNumber(part.number, part.relation.value, (piece_address(part.piece, rule),))
            )
        else:
            printed.append(part)
    return tuple(printed)


def tie_to_figures(
    text: str,
    sentence: Sentence,
    *,
    update: bool = False,
    live: Sequence[str] = (),
    kept: Sequence[DerivedNumber] = (),
) -> RewordedSentence:
    """Connect `text` with the figures of `sentence`; with `update` a number that contradicts a figure is
    replaced by it. `live`: formulas of the offers that the user takes. `kept`: the numbers that were
    computed in the words before."""
    differences = [piece for piece in sentence if isinstance(piece, Difference)]
    several = _whole(differences, sentence)
    shares, names = _has_share(sentence), _lists_in(sentence)
    old = list(_of_sentence(sentence))
    new = list(_tokens(text, shares=shares, names=names, several=several))
    _find_relations(new)
    _find_offers(new, operands_of(figure_pieces(sentence)))
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
    # The rule says what lies between two figures: a part of it in other words is computed, too.
    told = [{one.before.id, one.now.id} for one in differences]
    _derive(unmatched_new, lambda name, way: name in live or way in kept or {*way.of} in told)
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
            if not (unmatched and _neighbours(old, i) & _neighbours(new, j)):
                continue
            if _relate(was, now):
                _settle(was, now, unmatched_old, unmatched_new)
                continue
            if now.offers and (was.whole or (_per_cent(new, j) and not _per_cent(old, i))):
                continue  # a number that the user computed stands where the figure stood
            contradicted.append((_with_relation(now), was.text))
            if update:
                now.text = was.text
                _bind(was, now, unmatched_old, unmatched_new)
            else:
                _settle(was, now, unmatched_old, unmatched_new)
    _relate_elsewhere(old, new, unmatched_old, unmatched_new)
    return RewordedSentence(
        parts=_parts(text, new),
        contradicted=() if update else tuple(contradicted),
        fixed=tuple(_plain(token.text) for token in new if token.fixed),
        own=tuple(token.text for token in unmatched_new if not token.names),
        offers={formula: way for token in unmatched_new for formula, way in token.offers.items()},
        rule=sentence,
    )


def _whole(differences: Sequence[Difference], sentence: Sentence) -> set[str]:
    """The texts of differences that stand for nothing else in the sentence: "từ 0 lên 814 người (tăng 814
    người)" has the words "814 người" twice, and only one is the difference."""
    texts = [text_of(piece) for piece in differences]
    whole = sentence_text(sentence)
    return {text for text in texts if whole.count(text) == texts.count(text)}


def _find_relations(tokens: Sequence[_Token]) -> None:
    texts = [token.text for token in tokens]
    for nth, token in enumerate(tokens):
        if token.number:
            token.said = relation_at(texts, nth)


def _find_offers(tokens: Sequence[_Token], operands: Mapping[str, NumberOperand]) -> None:
    for token, behind in zip(tokens, (*tokens, _Token(""))[1:], strict=True):
        if token.number:
            token.offers = derivations(token.text, behind.text.casefold(), operands)


def _derive(unmatched_new: list[_Token], taken: Callable[[str, DerivedNumber], bool]) -> None:
    """Mark the numbers that are computed: the ways that are taken, by their formulas."""
    for token in tuple(unmatched_new):
        for formula, way in token.offers.items():
            if taken(formula, way):
                token.derived = way
                unmatched_new[:] = [one for one in unmatched_new if one is not token]
                break


def _relate(was: _Token, now: _Token) -> bool:
    """Tie `now`, a number with a relation, to the figure `was`; False where it is not true of it."""
    if now.said is None or was.piece is None:
        return False
    relative = RelativeNumber(now.text, now.said.relation, was.piece)
    if relative.holds:
        now.relative = relative
    return relative.holds


def _relate_elsewhere(
    old: Sequence[_Token],
    new: Sequence[_Token],
    unmatched_old: list[_Token],
    unmatched_new: list[_Token],
) -> None:
    """Tie each other number with a relation to the nearest figure that it is true of, first of those that
    the words do not have yet."""
    for j, now in enumerate(new):
        if now.said is None or not _contains(now, unmatched_new):
            continue
        near = [
            (not _contains(was, unmatched_old), _distance(was, now), i)
            for i, was in enumerate(old)
            if was.piece is not None and _may_mean(old, i, new, j)
        ]
        for *_order, i in sorted(near):
            if _relate(old[i], now):
                _settle(old[i], now, unmatched_old, unmatched_new)
                break


def _may_mean(old: Sequence[_Token], i: int, new: Sequence[_Token], j: int) -> bool:
    """Whether a rounded number may speak of the figure: the same word is next to both, or the figure is so
    large that a number near it is no chance."""
    said, value = new[j].said, _value(old[i].piece)
    if said is None or value is None:
        return False
    return bool(_neighbours(old, i) & _neighbours(new, j)) or (
        said.relation in NEAR and value >= _LARGE
    )


def _distance(was: _Token, now: _Token) -> Decimal:
    said, value = number_value(now.text), _value(was.piece)
    return abs(said - value) if said is not None and value is not None else Decimal("Infinity")


def _value(piece: Piece | None) -> Decimal | None:
    if isinstance(piece, FigureRef):
        return piece.figure.value
    return Decimal(len(piece.units)) if isinstance(piece, UnitCount) else None


def _with_relation(token: _Token) -> str:
    """The number with the words of its relation: "trên 2.400"."""
    if token.said is None:
        return token.text
    words, gap, behind = token.said.words.partition("…")
    return f"{words.strip()} {token.text}{behind if gap else ''}"


def _per_cent(tokens: Sequence[_Token], nth: int) -> bool:
    return nth + 1 < len(tokens) and tokens[nth + 1].text in ("%", "phần")


def _neighbours(tokens: Sequence[_Token], nth: int) -> set[tuple[int, str]]:
    """The words before (-1) and after (1) a number, without those of a relation."""
    said = tokens[nth].said
    places = ((-1, nth - 1 - (said.before if said else 0)), (1, nth + 1))
    return {
        (side, _key(tokens[place]))
        for side, place in places
        if 0 <= place < len(tokens) and tokens[place].text.isalpha()
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
    return frozenset(text_of(piece) for piece in sentence if isinstance(piece, UnitNames)) - {""}


def _tokens(
    text: str,
    *,
    shares: bool,
    names: Collection[str] = (),
    several: Collection[str] = (),
) -> Iterator[_Token]:
    """The words and numbers of a text. `names` (lists of units) and `several` (differences) are texts of more
    than one word that are one token; `shares`: "6 trong 28" is one number."""
    longest_first = sorted({*names, *several}, key=len, reverse=True)
    patterns = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first]
    patterns += [_SHARE] if shares else []
    for found in re.finditer("|".join((*patterns, _TOKEN.pattern)), text):
        token = _Token(found[0], found.start(), found.end(), names=found[0] in names)
        token.whole = found[0] in several
        yield token


def _of_sentence(sentence: Sentence) -> Iterator[_Token]:
    for piece in sentence:
        if isinstance(piece, Text | TiedNumber):
            yield from _tokens(piece.text, shares=_has_share(sentence))
        else:
            whole = isinstance(piece, Difference)
            yield _Token(text_of(piece), piece=piece, whole=whole)


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
    if token.whole:
        return token.text
    return _plain(token.text) if _is_number(token.text) else token.text.casefold()


def _parts(text: str, tokens: Sequence[_Token]) -> tuple[RewordedPart, ...]:
    """The text in parts, with the figures and the numbers that rest on figures in their places."""
    parts: list[RewordedPart] = []
    words, at = "", 0
    for token in tokens:
        words += text[at : token.start]
        at = token.end
        tied = token.piece or token.relative or token.derived
        if tied is None:
            words += token.text
        else:
            parts += [Text(words), tied] if words else [tied]
            words = ""
    words += text[at:]
    return (*parts, Text(words)) if words else tuple(parts)
