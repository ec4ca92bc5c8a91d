"""How typed figures are read, and how those that cannot be read are refused."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nqcore.text import numbers
from nqcore.text.number_errors import (
    DateAsFigure,
    ErrorAsFigure,
    PerThousandFigure,
    ShareAsFigure,
    SymbolForFigure,
    TwoFigures,
    WordsInFigure,
)
from nqcore.text.numbers import (
    AmbiguousFigure,
    AmbiguousShort,
    FigureError,
    FigureTooLong,
    ForeignDigits,
    HiddenCharacter,
    NotADigit,
    NotWhole,
    ShortenedFigure,
    TooManyDecimals,
    TooMuchTyped,
    UnreadableFigure,
    read_figure,
)

ACCEPTED = [
    ("1310", 0, "1310"),
    ("1.310", 0, "1310"),
    ("1.234,5", 1, "1234.5"),
    ("1234.5", 1, "1234.5"),
    ("1,234.5", 1, "1234.5"),
    ("1234,5", 1, "1234.5"),
    ("1.234", 0, "1234"),
    ("1,234", 0, "1234"),
    ("1.234.567", 0, "1234567"),
    ("1,234,567", 0, "1234567"),
    ("1.234.567", 2, "1234567"),
    ("1 234 567", 0, "1234567"),
    ("1\u00a0234", 0, "1234"),
    ("1\u202f234,5", 1, "1234.5"),
    ("1\u2009234", 0, "1234"),
    ("1\u2007234", 0, "1234"),
    ("1  234", 0, "1234"),
    ("1'234", 0, "1234"),
    ("1’234,5", 1, "1234.5"),
    ("1 234.567", 3, "1234.567"),
    ("1.234,567", 3, "1234.567"),
    ("0,125", 3, "0.125"),
    ("0.125", 3, "0.125"),
    ("00,125", 3, "0.125"),
    (",125", 3, "0.125"),
    ("1,0260", 3, "1.026"),
    ("72,5", 1, "72.5"),
    ("72.5", 1, "72.5"),
    ("72,50", 1, "72.5"),
    (" 27 ", 0, "27"),
    ("\t27\r\n", 0, "27"),
    ("'27", 0, "27"),
    ("+27", 0, "27"),
    ("0", 0, "0"),
    ("000", 0, "0"),
    ("0,0", 0, "0"),
    ("0,000", 0, "0"),
    ("-", 0, "0"),
    (" -   ", 0, "0"),
    ("–", 0, "0"),
    ("—", 0, "0"),
    ("−", 0, "0"),
    ("- %", 1, "0"),
    ("không", 0, "0"),
    ("KHÔNG", 0, "0"),
    ("kho\u0302ng", 0, "0"),
    ("Ko", 0, "0"),
    ("không người", 0, "0"),
    ("-0", 0, "0"),
    ("(0)", 0, "0"),
    ("-0,00", 2, "0"),
    ("(5)", 0, "-5"),
    ("( 5 )", 0, "-5"),
    ("-5", 0, "-5"),
    ("−5", 0, "-5"),
    ("–5", 0, "-5"),
    ("-   5", 0, "-5"),
    ("-1.234,5", 1, "-1234.5"),
    ("12,0", 0, "12"),
    ("12.00", 0, "12"),
    ("1.234,", 0, "1234"),
    (",5", 1, "0.5"),
    (".5", 1, "0.5"),
    ("5,", 1, "5"),
    ("5.", 0, "5"),
    ("02", 0, "2"),
    ("27 người", 0, "27"),
    ("27 NGƯỜI", 0, "27"),
    ("27ngu\u031bo\u031b\u0300i", 0, "27"),
    ("(5) người", 0, "-5"),
    ("1234567,89", 2, "1234567.89"),
    ("1.234.567,89", 2, "1234567.89"),
    ("999999999999999", 0, "999999999999999"),
    ("00000000000000000000001", 0, "1"),
    ("999.999.999.999.999,000000", 0, "999999999999999"),
    ("12345678901,2345", 4, "12345678901.2345"),
    ("1.0000", 4, "1"),
    ("0.0000", 0, "0"),
    ("0,12500", 3, "0.125"),
    ("12345.0000", 0, "12345"),
]

REFUSED = [
    ("12a", 0, WordsInFigure),
    ("27 ngươi", 0, WordsInFigure),
    ("27 người, 5 nữ", 0, TwoFigures),
    ("ba", 0, UnreadableFigure),
    ("nan", 2, UnreadableFigure),
    ("sNaN", 2, UnreadableFigure),
    ("Infinity", 2, UnreadableFigure),
    ("-inf", 2, UnreadableFigure),
    ("#REF!", 0, ErrorAsFigure),
    ("người", 0, UnreadableFigure),
    ("0x1F", 0, TwoFigures),
    ("五", 0, UnreadableFigure),
    ("1e5", 0, ShortenedFigure),
    ("1.03E+05", 0, ShortenedFigure),
    ("1_000", 0, UnreadableFigure),
    ("5/9", 0, DateAsFigure),
    ("5+3", 0, TwoFigures),
    ("=5", 0, UnreadableFigure),
    ("%", 1, UnreadableFigure),
    ("'", 1, UnreadableFigure),
    (".", 1, UnreadableFigure),
    ("--", 1, SymbolForFigure),
    ("--5", 1, UnreadableFigure),
    ("-(5)", 1, UnreadableFigure),
    ("()", 1, UnreadableFigure),
    ("72%%", 1, UnreadableFigure),
    ("12 34", 0, UnreadableFigure),
    ("5'6", 0, UnreadableFigure),
    ("1, 2", 1, UnreadableFigure),
    ("1.23.4", 0, UnreadableFigure),
    ("12.34,5", 1, UnreadableFigure),
    ("1,234,56", 0, UnreadableFigure),
    ("1.234.5,6", 1, UnreadableFigure),
    ("1 234.567,8", 1, UnreadableFigure),
    ("1..2", 0, UnreadableFigure),
    ("1.,2", 1, UnreadableFigure),
    ("0.125.000", 0, UnreadableFigure),
    ("1234.567", 0, UnreadableFigure),
    ("1.026", 1, AmbiguousShort),
    ("1.026", 1, AmbiguousShort),
    ("1,026", 3, AmbiguousFigure),
    ("1.0000", 0, AmbiguousFigure),
    ("1,0000", 2, AmbiguousFigure),
    ("-12.5000", 1, AmbiguousFigure),
    ("1.00000", 0, AmbiguousFigure),
    ("1.2345", 0, NotWhole),
    ("-1.026", 2, AmbiguousShort),
    ("1.026 %", 2, AmbiguousShort),
    ("12,5", 0, NotWhole),
    ("0,125", 0, NotWhole),
    ("1.234,5", 0, NotWhole),
    ("1,25", 1, TooManyDecimals),
    ("0,125", 1, TooManyDecimals),
    ("0.125", 2, TooManyDecimals),
    ("1.234,567", 1, TooManyDecimals),
    ("1234567890123456", 0, FigureTooLong),
    ("12345678901234,56", 2, FigureTooLong),
    ("1.234.567.890.123.456", 0, FigureTooLong),
    ("１２３", 0, ForeignDigits),
    ("١٢٣", 0, ForeignDigits),
    ("१२३", 0, ForeignDigits),
    ("𝟏𝟐", 0, ForeignDigits),
    ("1２3", 0, ForeignDigits),
    ("5²", 0, NotADigit),
    ("½", 1, NotADigit),
    ("Ⅳ", 0, NotADigit),
    ("①", 0, NotADigit),
    ("\u202e12", 0, HiddenCharacter),
    ("1\u20662", 0, HiddenCharacter),
    ("1\u200b2", 0, HiddenCharacter),
    ("\ufeff12", 0, HiddenCharacter),
    ("1\x002", 0, HiddenCharacter),
    ("1\n2", 0, HiddenCharacter),
    ("1\t2", 0, HiddenCharacter),
    ("\ud800", 0, HiddenCharacter),
    ("1\u30002", 0, HiddenCharacter),
    ("1\xad2", 0, HiddenCharacter),
    ("1" * 65, 0, TooMuchTyped),
    (" " * 65, 0, TooMuchTyped),
]


@pytest.mark.parametrize(("typed", "decimals", "value"), ACCEPTED)
def test_a_typed_figure_is_read_exactly(typed: str, decimals: int, value: str) -> None:
    read = read_figure(typed, decimals=decimals, measure="người").value
    assert str(read) == value


@pytest.mark.parametrize(("typed", "decimals", "error"), REFUSED)
def test_a_doubtful_figure_is_refused(typed: str, decimals: int, error: type[FigureError]) -> None:
    with pytest.raises(FigureError) as refused:
        read_figure(typed, decimals=decimals, measure="người")
    assert type(refused.value) is error
    str(refused.value).encode()  # the sentence itself can be shown and stored


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\t", " \r\n"])
def test_an_empty_box_is_blank_and_not_a_zero(typed: str) -> None:
    assert read_figure(typed, decimals=0).value is None


@pytest.mark.parametrize(
    ("typed", "measure", "echo"),
    [
        ("1,234", "", True),  # a comma with three digits looks like decimals to a Vietnamese eye
        ("1.234", "", False),  # this is how the page itself prints it
        ("1,234,567", "", False),
        ("27%", "%", False),
        ("27%", "", False),
        ("12,0", "", False),
    ],
)
def test_a_figure_that_could_mean_another_is_echoed(typed: str, measure: str, echo: bool) -> None:
    assert read_figure(typed, decimals=0, measure=measure).echo is echo


@pytest.mark.parametrize(
    ("typed", "measure", "value"),
    [
        ("27 tr.đ", "tr.đ", "27"),
        ("5 m²", "m²", "5"),
        ("5 m²", "m2", "5"),
        ("5m²", "m2", "5"),
        ("5 m2", "m²", "5"),
        ("1.200 km²", "km2", "1200"),
        ("5 M3", "m³", "5"),
        ("1.500  triệu\u00a0đồng", "triệu đồng", "1500"),
        ("72 %", "%", "72"),
        ("72%", "%", "72"),
        ("5 1.000 dân", "1.000 dân", "5"),
    ],
)
def test_the_measure_after_the_figure_does_not_count(typed: str, measure: str, value: str) -> None:
    assert str(read_figure(typed, decimals=0, measure=measure).value) == value


def test_a_measure_that_starts_with_digits_takes_none_from_the_figure() -> None:
    with pytest.raises(FigureError):
        read_figure("51000 dân", decimals=0, measure="1000 dân")


@pytest.mark.parametrize(
    ("typed", "decimals", "whole", "fraction", "rewritten"),
    [
        ("1.026", 3, "1026", "1,026", "1,0260"),
        ("1,026", 3, "1026", "1,026", "1,0260"),
        ("-01.026", 4, "-1026", "-1,026", "-1,0260"),
        ("1.0000", 0, "10000", "1", "1"),
        ("-1.5000", 2, "-15000", "-1,5", "-1,5"),
    ],
)
def test_an_ambiguous_figure_shows_both_readings_and_how_to_type_them(
    typed: str, decimals: int, whole: str, fraction: str, rewritten: str
) -> None:
    with pytest.raises(AmbiguousFigure) as refused:
        read_figure(typed, decimals=decimals)
    params = refused.value.params
    assert (params["whole"], params["fraction"]) == (whole, fraction)
    assert params["rewritten"] == rewritten
    assert str(refused.value).startswith(f"{whole} or {fraction}?")
    for proposal in (whole, rewritten):
        assert read_figure(proposal, decimals=decimals).value is not None


@pytest.mark.parametrize(
    ("typed", "decimals", "whole", "fraction"),
    [
        ("1.026", 1, "1026", "1,026"),
        ("1,026", 2, "1026", "1,026"),
        ("12345.678", 1, "12345678", "12345,678"),
    ],
)
def test_a_box_that_keeps_fewer_decimals_never_proposes_a_rounded_figure(
    typed: str, decimals: int, whole: str, fraction: str
) -> None:
    with pytest.raises(AmbiguousFigure) as refused:
        read_figure(typed, decimals=decimals)
    assert str(refused.value) == (
        f"{whole} or {fraction}? Write “{typed}” again as {whole}; "
        f"if {fraction} is meant, round it to {decimals} digits after the comma."
    )
    assert read_figure(whole, decimals=decimals).value == Decimal(whole)


def test_the_refusal_of_other_digits_names_one_and_shows_what_to_type() -> None:
    with pytest.raises(ForeignDigits) as refused:
        read_figure("１２３，５", decimals=1)
    message = str(refused.value)
    assert "“１”" in message
    assert "U+FF11" in message
    assert "123,5" in message
    assert read_figure(str(refused.value.params["rewritten"]), decimals=1).value == Decimal("123.5")


@pytest.mark.parametrize(
    ("typed", "decimals", "part"),
    [
        ("27 ngươi", 0, "“27 ngươi” has letters"),
        ("12.34,5", 1, "“12.34,5”. Write it again like 1.234,5."),
        ("12.34", 0, "Enter a whole number"),
        ("74,83", 1, "comma: 1. Round “74,83”"),
        ("1234567890123456", 0, "16 digits, at most 15"),
        ("1\u202e2", 0, "(U+202E)"),
        ("9" * 70, 0, "70 characters"),
    ],
)
def test_a_refusal_says_how_to_repair_the_figure(typed: str, decimals: int, part: str) -> None:
    with pytest.raises(FigureError) as refused:
        read_figure(typed, decimals=decimals)
    assert part in str(refused.value)


@given(st.text(st.characters(codec=None), max_size=80), st.integers(0, 6), st.text(max_size=5))
@example("\ud800", 0, "")
@example("{text}", 0, "")
@example("1\u0301", 0, "\ud800")
def test_any_text_is_read_or_refused_with_a_figure_error(
    text: str, decimals: int, measure: str
) -> None:
    try:
        value = read_figure(text, decimals=decimals, measure=measure).value
    except FigureError as error:
        str(error).encode()
    else:
        assert value is None or value.is_finite()


NEARLY_FIGURES = st.text("0123456789.., '-–()%\u00a0ko", max_size=20)


@given(NEARLY_FIGURES, st.integers(0, 6))
def test_no_digit_is_lost_added_or_moved(text: str, decimals: int) -> None:
    try:
        value = read_figure(text, decimals=decimals).value
    except FigureError:
        return
    if not value:
        assert not re.search("[1-9]", text)
        return
    digits = "".join(re.findall("[0-9]", text))
    after_a_mark = {len(re.sub("[^0-9]", "", text[m.end() :])) for m in re.finditer("[.,]", text)}
    possible = {Decimal(digits).scaleb(-places) for places in {0, *after_a_mark}}
    assert abs(value) in possible
    assert -value.as_tuple().exponent <= decimals  # type: ignore[operator]
    assert len(value.as_tuple().digits) <= numbers.MAX_DIGITS


def test_the_longest_figure_that_is_read_has_exactly_64_characters() -> None:
    longest = "1".rjust(numbers.MAX_TYPED)
    assert len(longest) == 64
    assert read_figure(longest, decimals=0).value == 1
    with pytest.raises(numbers.TooMuchTyped):
        read_figure(" " + longest, decimals=0)


@pytest.mark.parametrize(
    ("text", "decimals", "percent"),
    [
        ("0,748", 1, "74,8"),
        ("0.75", 1, "75"),
        ("0,5", 0, "50"),
        (",125", 2, "12,5"),
        ("-0,125", 1, "-12,5"),
        ("0,004", 2, "0,4"),
    ],
)
def test_a_share_of_1_in_a_box_of_per_cent_is_asked_about(
    text: str, decimals: int, percent: str
) -> None:
    with pytest.raises(ShareAsFigure) as wrong:
        read_figure(text, decimals=decimals, measure="%")
    assert wrong.value.params["percent"] == percent


@pytest.mark.parametrize(
    ("text", "measure"), [("0,748%", "%"), ("0,748 %", "%"), ("1,25", "%"), ("0,25", "ha")]
)
def test_what_is_no_share_is_to_be_rounded(text: str, measure: str) -> None:
    with pytest.raises(TooManyDecimals) as wrong:
        read_figure(text, decimals=1, measure=measure)
    assert type(wrong.value) is TooManyDecimals


@pytest.mark.parametrize(("text", "percent"), [("25 ‰", "2,5"), ("2,5‰", "0,25"), ("-30‰", "-3")])
def test_a_figure_per_thousand_is_offered_in_per_cent(text: str, percent: str) -> None:
    with pytest.raises(PerThousandFigure) as wrong:
        read_figure(text, decimals=1, measure="%")
    assert wrong.value.params["percent"] == percent
