"""What to say of a text that is no number: the message that is safe to follow.

Letters often carry a meaning: a scale (*triệu*), a digit (the letter O), a second number, "about". So no
message tells to delete them. Where a reading is likely, it is shown as a question and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from nqcore.text.folding import fold
from nqcore.text.measures import has_scale, in_measure, mentions_scale
from nqcore.text.number_errors import (
    AboutFigure,
    DateAsFigure,
    DirectionInWords,
    ErrorAsFigure,
    FigureError,
    LetterAmongDigits,
    LetterForDigit,
    MarkedFigure,
    NotAFigure,
    OtherScale,
    PercentAsFigure,
    PerThousandFigure,
    ScaledFigure,
    ScaledTwoWays,
    ShortenedFigure,
    SymbolForFigure,
    TwoFigures,
    UnreadableFigure,
    WordsInFigure,
)
from nqcore.text.number_forms import exact_text, write_figure
from nqcore.text.old_encodings.tcvn3 import TCVN3
from nqcore.text.old_encodings.vni import READING as VNI

_EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")
_ERROR = re.compile(
    r"#(?:DIV/0!?|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|#+)|(?:Err|Lỗi):[0-9]+"
)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?[0-9]{1,2}|tháng [0-9]{1,2}"
_DATE = re.compile(
    r"[0-9]{1,2} ?[/-] ?[0-9]{1,2}(?: ?[/-] ?[0-9]{2,4})?|[0-9]{4}[/-][0-9]{1,2}(?:[/-][0-9]{1,2})?"
    r"|[0-9]{1,2}[/-][0-9]{4}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?"
    rf"|[0-9]{{1,4}}[ /.-]?(?:{_MONTH})[a-z]*(?:[ /.,-]*[0-9]{{2,4}})?"
    rf"|(?:{_MONTH})[a-z]*[ /.-][0-9]{{1,4}}",
    re.IGNORECASE,
)
_SYMBOLS = frozenset({
    "…", "...", "..", "....", "….", "x", "*", "/", "//", "?", "-/-", "-//-", "--", "---", "k", "kps",
    "kco", "k co", "0 co", "ko co", "khong co", "khong phat sinh", "ko phat sinh", "k phat sinh",
    "chua co", "chua phat sinh", "chua co so lieu", "khong co so lieu", "khong thong ke", "kxd",
    "chua thong ke", "chua tong hop", "khong ap dung", "kad", "nil", "none", "no", "n/a", "na", "null",
})  # fmt: skip
"""What tables of the State and of offices write where no figure is, without accents and in small letters.
A dash and *không* are read as 0. Source: the signs in the statistical yearbooks of the General Statistics
Office ("-" nothing occurred, "..." occurred but not collected), and *x* in tables of reports."""
_ABOUT = re.compile(
    r"[~≈><≥≤±∼≃]|.*[0-9]\s*\+$"
    r"|(?:khoảng|gần|hơn|trên|dưới|ước|ước tính|xấp xỉ|cỡ|chừng|ít nhất|tối đa|tối thiểu"
    r"|khoang|gan|hon|tren|duoi|uoc|uoc tinh|xap xi|chung|it nhat|toi da|toi thieu)\s*[0-9]"
)
"""About a number, with accents or without; *co* may be *có* ("có 12"), which is no *cỡ*."""
_DOWN = r"giảm|giam|âm|lỗ|hụt"
_DIRECTION = re.compile(rf"(?<!\w)(?:(?P<down>{_DOWN})|tăng|tang)(?!\w)")
"""A sign in words: "giảm 5%", "tăng 12"."""
_MEASURE_WITH_DIGIT = re.compile(r"(?<!\w)(?:[kcdhm]?m[23]|CO2)(?!\w)", re.IGNORECASE)
"""The digit in m2 or CO2 is no number."""
_BEHIND = re.compile(
    r"(?P<number>[-+]?[0-9](?:[0-9., ]*[0-9])?)\s*[(\[]?\s*(?P<words>[^0-9()\[\]]+?)\s*[)\]]?"
)
"""A number with the words behind it, in brackets or not."""
_GROUP_OR_FRACTION = re.compile(r"(?<![0-9.,])([0-9]{1,3})[.,]([0-9]{3})(?![0-9.,])")
_PERSON = re.compile(r"[đd]\s?[/.]?\s?c\.?|đồng chí|dong chi")
"""How a person is counted in texts of the Party: đ/c, đc, đồng chí; as folded text or not."""
_PERSONS = re.compile(r"(?:lượt )?người|đồng chí|.* viên|.*cán bộ|.*lao động")
"""Measures that count persons."""
_SHOWN_TCVN3 = str.maketrans(TCVN3)
_MOST_DECIMALS = 9
_MARKED = re.compile(
    r"(?P<figure>[-+]?[0-9][0-9.,\s]*?)\s*(?:[\[(]\s*[*†‡]+\s*[\])]|[*†‡]+|\[[0-9]{1,2}\])"
)
_LETTERS = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "D": "0", "\u041e": "0", "\u043e": "0", "\u039f": "0", "\u03bf": "0",
    "l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "\u0406": "1", "\u0399": "1",
    "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2",
})  # fmt: skip
"""Letters that are typed in place of a digit, with the digit."""
_SURE = frozenset("OoIl|\u041e\u043e\u039f\u03bf\u0406\u0399")
"""Those that are so also at the end of a number; others may be the first letter of a word there."""
_ZEROS = frozenset("Oo\u041e\u043e\u039f\u03bf")
"""Those that stand for the digit 0."""
_ALIKE, _ALONE = (re.escape("".join(several)) for several in (map(chr, _LETTERS), sorted(_SURE)))
_FOR_DIGITS = re.compile(f"(?=.*[0-9])[0-9., {_ALIKE}]+|[{_ALONE}]+(?:[.,][{_ALONE}]+)*")


@dataclass(frozen=True, slots=True)
class FigureBox:
    """The box for which the text was typed: `shown` is the text as it was typed, `plain` the same with one
    kind of space and dash; `read` reads a number, None where it cannot be read in one way."""

    shown: str
    plain: str
    decimals: int
    measure: str
    read: Callable[[str, int], Decimal | None]

    @property
    def example(self) -> str:
        """A number as it may be typed."""
        return "1.234,5" if self.decimals else "1.234"

    def unreadable(self) -> UnreadableFigure:
        """The message where nothing more can be said."""
        return UnreadableFigure(text=self.shown, example=self.example)


def advice(box: FigureBox) -> FigureError:
    """The error for a text with something other than digits and marks in it."""
    return next(_found(box), None) or box.unreadable()


def _found(box: FigureBox) -> Iterator[FigureError]:
    """The reasons that apply, the most certain first."""
    plain, shown = box.plain, box.shown
    folded = fold(plain)
    if _EXPONENT.fullmatch(plain):
        yield ShortenedFigure(text=shown)
    if _ERROR.fullmatch(plain):
        yield ErrorAsFigure(text=shown)
    if _DATE.fullmatch(plain):
        yield DateAsFigure(text=shown, example=box.example)
    if {folded, folded.strip("()[] "), folded.rstrip(". ")} & _SYMBOLS:
        yield SymbolForFigure(text=shown)
    if not re.search("[0-9]", plain):
        yield from _letters(box)
        return
    if plain.endswith("‰") and box.measure:
        yield _per_thousand(box)
    if _ABOUT.match(plain.casefold()):
        yield AboutFigure(text=shown)
    box = replace(box, plain=_reworded(box))
    if has_scale(box.plain, box.measure):
        yield _scaled(box)
    yield from _same_measure(box)
    if found := _MARKED.fullmatch(plain):
        figure = box.read(found["figure"], box.decimals)
        if figure is not None:
            yield MarkedFigure(text=shown, figure=exact_text(figure, box.decimals))
    yield from _letters(box)
    yield from _direction(box)
    numbers = re.findall("[0-9][0-9.,]*", _MEASURE_WITH_DIGIT.sub(" ", plain))
    if len(numbers) > 1 and "_" not in plain and not plain.startswith("="):
        yield TwoFigures(text=shown, numbers="; ".join(n.rstrip(".,") for n in numbers))
    if numbers and mentions_scale(plain):
        yield _other_scale(box)
    if numbers and any(character.isalpha() for character in plain):
        words = WordsInFigure(text=shown, measure=box.measure)
        yield words if box.measure else NotAFigure(text=shown)


def _per_thousand(box: FigureBox) -> FigureError:
    """A number of ‰: what it is in per cent."""
    value = box.read(box.plain.removesuffix("‰").rstrip(), _MOST_DECIMALS)
    if value is None or "%" not in box.measure:
        return OtherScale(text=box.shown, measure=box.measure)
    return PerThousandFigure(text=box.shown, percent=write_figure(value.scaleb(-1)))


def _scaled(box: FigureBox) -> FigureError:
    """A number with *nghìn, triệu, tỷ, đồng*: what it is in the measure of the box, as a question."""
    value = in_measure(box.plain, box.measure, box.read)
    if value is None and (both := _two_ways(box)) is not None:
        return both
    if value is None or not box.measure or not _fits(value, box.decimals):
        return _other_scale(box)
    figure = exact_text(value, box.decimals)
    return ScaledFigure(text=box.shown, measure=box.measure, figure=figure)


def _two_ways(box: FigureBox) -> FigureError | None:
    """What “1.234 tr.đ” may be: with thousands, or with decimals; None where that is not the question."""
    if len(_GROUP_OR_FRACTION.findall(box.plain)) != 1:
        return None
    whole = in_measure(_GROUP_OR_FRACTION.sub(r"\1\2", box.plain), box.measure, box.read)
    fraction = in_measure(_GROUP_OR_FRACTION.sub(r"\1,\g<2>0", box.plain), box.measure, box.read)
    if whole is None or fraction is None or not box.measure:
        return None
    return ScaledTwoWays(
        text=box.shown,
        measure=box.measure,
        whole=exact_text(whole, box.decimals),
        fraction=exact_text(fraction, box.decimals),
    )


def _reworded(box: FigureBox) -> str:
    """The text with the words behind its number out of their brackets, and in Unicode where an old font shows
    another letter: “5.000 (đồng)” is 5.000 đồng, and “5 ®/c” is 5 đ/c."""
    found = _BEHIND.fullmatch(box.plain)
    if found is None:
        return box.plain
    words = found["words"]
    for read in (words, words.translate(_SHOWN_TCVN3), VNI.convert(words)):
        text = f"{found['number']} {read}"
        if has_scale(text, box.measure) or _counts_the_same(read, box.measure):
            return text
    return box.plain


def _counts_the_same(words: str, measure: str) -> bool:
    """Whether the words are the measure of the box, typed without its accents, its last words or as persons
    are counted."""
    given, own = words.casefold().strip(" ."), measure.casefold()
    bare = fold(own) if given.isascii() else own
    is_person = _PERSONS.fullmatch(own) and _PERSON.fullmatch(given)
    return bool(given and own) and bool(given == bare or bare.startswith(f"{given} ") or is_person)


def _same_measure(box: FigureBox) -> Iterator[FigureError]:
    """A number in what is probably the measure of the box: the number, as a question."""
    found = _BEHIND.fullmatch(box.plain)
    if found is None or not _counts_the_same(found["words"], box.measure):
        return
    if (figure := box.read(found["number"], box.decimals)) is not None:
        offered = exact_text(figure, box.decimals)
        yield ScaledFigure(text=box.shown, measure=box.measure, figure=offered)


def _other_scale(box: FigureBox) -> FigureError:
    if not box.measure:
        return ShortenedFigure(text=box.shown)
    return OtherScale(text=box.shown, measure=box.measure)


def _fits(value: Decimal, decimals: int) -> bool:
    exponent = value.normalize().as_tuple().exponent
    return (
        isinstance(exponent, int) and -exponent <= decimals and len(value.as_tuple().digits) <= 15
    )


def _direction(box: FigureBox) -> Iterator[FigureError]:
    """A number with a word for its sign: what it would be as a change, as a question."""
    words = box.plain.casefold()
    found = _DIRECTION.search(words)
    if found is None:
        return
    rest = (
        f"{words[: found.start()]} {words[found.end() :]}".strip(" ()").removesuffix("%").rstrip()
    )
    figure = box.read(rest, box.decimals)
    if figure is None:
        return
    is_percent = "%" in box.shown
    if is_percent and figure and box.measure and "%" not in box.measure:
        yield PercentAsFigure(text=box.shown, measure=box.measure)
    change = -figure if found["down"] else figure
    yield DirectionInWords(text=box.shown, change=exact_text(change, box.decimals))


def _letters(box: FigureBox) -> Iterator[FigureError]:
    """A letter that stands for a digit: 1O0, l00, and O alone."""
    body = box.plain.lstrip("-+(").rstrip(")")
    strange = sorted({c for c in body if c.isalpha() or c in "|!"})
    if not strange or not _FOR_DIGITS.fullmatch(body) or not _stand_for_digits(body, strange):
        return
    digits = box.plain.translate(_LETTERS)
    figure = box.read(digits, box.decimals)
    letters = ", ".join(strange)
    if figure is None:
        yield LetterAmongDigits(text=box.shown, letters=letters)
        return
    is_percent = box.shown.endswith("%")
    if is_percent and figure and box.measure and "%" not in box.measure:
        yield PercentAsFigure(text=box.shown, measure=box.measure)
    offered = exact_text(figure, box.decimals) + (" %" if is_percent and figure else "")
    yield LetterForDigit(text=box.shown, letters=letters, figure=offered)


def _stand_for_digits(body: str, strange: list[str]) -> bool:
    """Whether the letters are digits, and not the first or the last letters of words ("5 l", "II")."""
    if not re.search("[0-9]", body):
        return len(body) == 1 or bool(_ZEROS & {*strange})
    if any(not re.search("[0-9]", part) for part in body.split()):
        return False
    return all(end in _SURE for end in (body[0], body[-1]) if end in strange)
