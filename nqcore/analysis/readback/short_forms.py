"""Short forms of an office for words that stand in full elsewhere: "UBND" for "Ủy ban nhân dân".

No list of them is needed: the letters of a short form begin the words of which it is made, and these stand in
the report or in the document. One table serves both texts, so what both have alike stays alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nqcore.analysis.report.tokens import TokenKind, tokens_of

_SHORT = re.compile(r"(?<![\w/-])[A-ZĐ]{2,6}(?![\w/-])")
_ROMAN = re.compile(r"[IVXLC]+")
_KNOWN = {"TW": "trung ương", "TƯ": "trung ương"}
"""Short forms whose letters do not begin their words."""
_OFTEN = 3
"""Many words have the letters of a short form of two: they have to stand so often in the texts."""
_PLACED = {
    **dict(zip(("uỷ", "uỳ", "uý", "uỹ", "uỵ"), ("ủy", "ùy", "úy", "ũy", "ụy"), strict=True)),
    **dict(zip(("oả", "oà", "oá", "oã", "oạ"), ("ỏa", "òa", "óa", "õa", "ọa"), strict=True)),
    **dict(zip(("oẻ", "oè", "oé", "oẽ", "oẹ"), ("ỏe", "òe", "óe", "õe", "ọe"), strict=True)),
}
"""A tone may stand on either of two vowels at the end of a syllable: "uỷ" is "ủy", and "hoà" is "hòa"."""


def one_spelling(word: str) -> str:
    """The word in small letters, with its tone where the program writes it.

    >>> one_spelling("Uỷ"), one_spelling("hoàn"), one_spelling("quý")
    ('ủy', 'hoàn', 'quý')
    """
    key = word.casefold()
    end = key[-2:]
    return (
        key.removesuffix(end) + _PLACED[end] if end in _PLACED and not key.startswith("qu") else key
    )


class ShortForms:
    """The short forms that stand in some texts, each with its words in small letters.

    >>> forms = ShortForms(["Ủy ban nhân dân huyện đã họp.", "UBND huyện"])
    >>> forms.words("UBND"), forms.text("UBND huyện")
    (('ủy', 'ban', 'nhân', 'dân'), 'ủy ban nhân dân huyện')
    """

    def __init__(self, texts: Iterable[str]) -> None:
        plain = [text for text in dict.fromkeys(texts) if not text.isupper()]
        short = {
            one[0]
            for text in plain
            for one in _SHORT.finditer(text)
            if not _ROMAN.fullmatch(one[0])
        }
        self._words = {key: tuple(words.split()) for key, words in _KNOWN.items()}
        self._words |= _spelled(short, plain) if short else {}

    def words(self, text: str) -> tuple[str, ...]:
        """The words for which a short form stands; empty: it is none that is known."""
        return self._words.get(text, ())

    def text(self, text: str) -> str:
        """The text with the words for its short forms. Positions in it are not those of the text."""
        return _SHORT.sub(lambda one: " ".join(self.words(one[0])) or one[0], text)

    def shorter(self, name: str) -> Iterator[str]:
        """The ways to write a name with its words as short forms: "UBND huyện"."""
        for short, words in self._words.items():
            long = re.compile(rf"(?<!\w){re.escape(' '.join(words))}(?!\w)", re.IGNORECASE)
            if long.search(name):
                yield long.sub(short, name, count=1)


def _spelled(short: set[str], texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """For each of the short forms the words that stand most often for it."""
    found: dict[str, Counter[tuple[str, ...]]] = {one: Counter() for one in short}
    for text in texts:
        for run in _runs(text):
            letters = "".join(map(_initial, run))
            for one, counts in found.items():
                at = letters.find(one)
                while at >= 0:
                    counts[run[at : at + len(one)]] += 1
                    at = letters.find(one, at + 1)
    best = {one: counts.most_common(1)[0] for one, counts in found.items() if counts}
    return {one: words for one, (words, often) in best.items() if len(one) > 2 or often >= _OFTEN}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """The words of the text that follow each other."""
    run: list[str] = []
    for token in tokens_of(text):
        if token.kind is TokenKind.WORD and token.text != "%" and not _SHORT.fullmatch(token.text):
            run.append(one_spelling(token.text))
            continue
        if len(run) > 1:
            yield tuple(run)
        run = []
    if len(run) > 1:
        yield tuple(run)


def _initial(word: str) -> str:
    """The first letter as a short form has it: "Ủy" is "U", "đảng" is "Đ"."""
    first = word[0].upper()
    return first if first == "Đ" else unicodedata.normalize("NFD", first)[0]
