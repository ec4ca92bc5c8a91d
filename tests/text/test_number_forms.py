"""How figures are printed, put back into a box, stored and read aloud."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nqcore.text.numbers import (
    AmbiguousFigure,
    FigureTooLong,
    NotCanonical,
    canonical,
    in_words,
    read_canonical,
    read_figure,
    write_change,
    write_figure,
    write_for_box,
)


@st.composite
def figures(draw: st.DrawFn) -> tuple[Decimal, int]:
    """A figure of at most 15 digits with the decimals of its field."""
    decimals = draw(st.integers(0, 6))
    scaled = draw(st.integers(-(10**15) + 1, 10**15 - 1))
    return Decimal(scaled).scaleb(-decimals), decimals


@given(figures())
@example((Decimal("390625"), 1))
@example((Decimal("1.026"), 3))
def test_a_figure_put_back_into_its_box_is_read_as_the_same_figure(
    figure: tuple[Decimal, int],
) -> None:
    value, decimals = figure
    assert read_figure(write_for_box(value, decimals), decimals=decimals).value == value


@given(figures())
@example((Decimal("390625"), 1))
@example((Decimal("1.026"), 3))
def test_a_printed_figure_is_read_as_the_same_figure(figure: tuple[Decimal, int]) -> None:
    value, decimals = figure
    printed = write_figure(value)
    try:
        assert read_figure(printed, decimals=decimals).value == value
    except AmbiguousFigure:
        assert printed != write_for_box(value, decimals)
    if decimals not in (0, 3):
        assert read_figure(write_figure(value, decimals), decimals=decimals).value == value


@given(figures())
def test_the_stored_form_is_read_as_the_same_figure(figure: tuple[Decimal, int]) -> None:
    value, _ = figure
    stored = canonical(value)
    assert read_canonical(stored) == value
    assert canonical(read_canonical(stored)) == stored


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("1310", "1310"),
        ("1.31E+3", "1310"),
        ("1234.50", "1234.5"),
        ("-0.0", "0"),
        ("0E+5", "0"),
        ("-12.00", "-12"),
        ("1E-6", "0.000001"),
        ("100", "100"),
    ],
)
def test_a_figure_has_one_stored_form(value: str, stored: str) -> None:
    assert canonical(Decimal(value)) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-0",
        "+1",
        "01",
        "1.",
        ".5",
        "1.50",
        "1e3",
        "1_0",
        " 1",
        "1\n",
        "１",
        "NaN",
        "1,5",
        "1.0",
    ],
)
def test_any_other_stored_form_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        read_canonical(text)


def test_a_stored_figure_of_sixteen_digits_is_refused() -> None:
    with pytest.raises(FigureTooLong):
        read_canonical("1234567890.123456")


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_never_written(value: str) -> None:
    for write in (canonical, write_figure, write_change, in_words):
        with pytest.raises(ValueError, match="not a figure"):
            write(Decimal(value))


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("1234.5", None, "1.234,5"),
        ("1234.50", None, "1.234,5"),
        ("1234567", None, "1.234.567"),
        ("999", None, "999"),
        ("-1234", None, "-1.234"),
        ("0", None, "0"),
        ("-0", None, "0"),
        ("1E+4", None, "10.000"),
        ("72.5", 0, "73"),
        ("73.5", 0, "74"),
        ("-72.5", 0, "-73"),
        ("72.45", 1, "72,5"),
        ("72", 1, "72,0"),
        ("-0.04", 1, "0,0"),
        ("999.95", 1, "1.000,0"),
        ("0.05", 1, "0,1"),
        ("0.0004", 1, "0,0"),
        ("123456789012345678901234567890.5", 0, "123.456.789.012.345.678.901.234.567.891"),
    ],
)
def test_a_figure_is_printed_as_offices_print_it(
    value: str, decimals: int | None, printed: str
) -> None:
    assert write_figure(Decimal(value), decimals) == printed


@given(figures(), st.integers(0, 6))
def test_printing_rounds_half_up(figure: tuple[Decimal, int], decimals: int) -> None:
    with localcontext() as context:
        context.prec = 60
        rounded = figure[0].quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    printed = write_figure(figure[0], decimals)
    assert Decimal(printed.replace(".", "").replace(",", ".")) == rounded


def test_a_figure_goes_back_into_its_box_in_a_form_that_has_one_reading() -> None:
    assert write_for_box(Decimal("1.026"), 3) == "1,0260"
    assert write_for_box(Decimal("-1.026"), 3) == "-1,0260"
    assert write_for_box(Decimal("0.125"), 3) == "0,125"
    assert write_for_box(Decimal("1234.567"), 3) == "1.234,567"
    assert write_for_box(Decimal("1026"), 1) == "1.026,0"
    assert write_for_box(Decimal("1026"), 0) == "1.026"
    assert write_for_box(Decimal("1026000"), 1) == "1.026.000"


@pytest.mark.parametrize(
    ("delta", "decimals", "printed"),
    [
        ("65", None, "+65"),
        ("-37", None, "−37"),
        ("0", None, "–"),
        ("-1234.5", None, "−1.234,5"),
        ("0.04", 1, "–"),
        ("-0.05", 1, "−0,1"),
    ],
)
def test_a_change_always_shows_its_sign(delta: str, decimals: int | None, printed: str) -> None:
    assert write_change(Decimal(delta), decimals) == printed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "không"),
        ("5", "năm"),
        ("10", "mười"),
        ("14", "mười bốn"),
        ("15", "mười lăm"),
        ("20", "hai mươi"),
        ("21", "hai mươi mốt"),
        ("11", "mười một"),
        ("34", "ba mươi tư"),
        ("55", "năm mươi lăm"),
        ("100", "một trăm"),
        ("105", "một trăm linh năm"),
        ("110", "một trăm mười"),
        ("1000", "một nghìn"),
        ("1005", "một nghìn không trăm linh năm"),
        ("1234", "một nghìn hai trăm ba mươi tư"),
        ("2015", "hai nghìn không trăm mười lăm"),
        ("1000000", "một triệu"),
        ("1000050", "một triệu không trăm năm mươi"),
        ("2000000001", "hai tỷ không trăm linh một"),
        ("1000000000000", "một nghìn tỷ"),
        ("1500000000000", "một nghìn năm trăm tỷ"),
        ("1005000000000", "một nghìn không trăm linh năm tỷ"),
        (
            "123456789012345",
            "một trăm hai mươi ba nghìn bốn trăm năm mươi sáu tỷ bảy trăm tám mươi chín triệu "
            "không trăm mười hai nghìn ba trăm bốn mươi lăm",
        ),
        ("1234.5", "một nghìn hai trăm ba mươi tư phẩy năm"),
        ("74.83", "bảy mươi tư phẩy tám mươi ba"),
        ("0.05", "không phẩy không năm"),
        ("0.125", "không phẩy một trăm hai mươi lăm"),
        ("0.1234", "không phẩy một hai ba bốn"),
        ("-5", "âm năm"),
        ("-0.5", "âm không phẩy năm"),
        ("-0", "không"),
    ],
)
def test_a_figure_is_read_aloud(value: str, words: str) -> None:
    assert in_words(Decimal(value)) == words


@given(figures(), figures())
def test_different_figures_sound_different(
    one: tuple[Decimal, int], other: tuple[Decimal, int]
) -> None:
    assert (one[0] == other[0]) == (in_words(one[0]) == in_words(other[0]))
