"""What is said of a text that is no number is safe to follow: nothing says to delete letters, and a reading
that is likely is offered as a question, never taken."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.text.measures import SCALES, in_measure, measure_scale
from nqcore.text.messages import translator
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
    ScaledFigure,
    ScaledTwoWays,
    ShortenedFigure,
    SymbolForFigure,
    TwoFigures,
    WordsInFigure,
)
from nqcore.text.numbers import read_figure, write_figure

VI = translator("vi")
MONEY = "triệu đồng"


def refusal(text: str, decimals: int = 1, measure: str = MONEY) -> FigureError:
    with pytest.raises(FigureError) as wrong:
        read_figure(text, decimals=decimals, measure=measure)
    return wrong.value


@pytest.mark.parametrize(
    ("typed", "decimals", "measure", "offered"),
    [
        ("1.234.500.000 đồng", 1, MONEY, "1.234,5"),
        ("1234500000đ", 1, MONEY, "1.234,5"),
        ("1.234.500.000 VNĐ", 1, MONEY, "1.234,5"),
        ("1,2 tỷ đồng", 1, MONEY, "1.200,0"),
        ("1,2 tỉ", 1, MONEY, "1.200,0"),
        ("1,2tỷ", 1, MONEY, "1.200,0"),
        ("1 tỷ 200 triệu", 1, MONEY, "1.200,0"),
        ("1 tỷ 200 triệu đồng", 0, "đồng", "1.200.000.000"),
        ("5 triệu", 1, MONEY, "5"),
        ("5 tr", 1, MONEY, "5"),
        ("100 trđ", 1, MONEY, "100"),
        ("1,5 nghìn tỷ", 1, MONEY, "1.500.000"),
        ("-5 triệu", 1, MONEY, "-5"),
        ("0 đồng", 1, MONEY, "0"),
        ("1,5 nghìn", 0, "người", "1.500"),
        ("12 ngàn người", 0, "người", "12.000"),
        ("5k", 0, "người", "5.000"),
        ("2 vạn", 0, "người", "20.000"),
        ("12.000 người", 1, "nghìn người", "12"),
        ("100 nghìn đồng/người", 1, "triệu đồng/người", "0,1"),
        ("1 000 000 đồng", 1, MONEY, "1"),
    ],
)
def test_a_scaled_number_is_offered_in_the_measure_of_the_box_and_never_taken(
    typed: str, decimals: int, measure: str, offered: str
) -> None:
    wrong = refusal(typed, decimals, measure)
    assert type(wrong) is ScaledFigure
    assert wrong.message(VI).startswith(f"Ô này tính bằng {measure}: {offered}? Nếu “")
    assert read_figure(offered, decimals=decimals, measure=measure).value is not None


@pytest.mark.parametrize(
    ("typed", "decimals", "measure"),
    [
        ("1 tỷ 2", 1, MONEY),  # one milliard two hundred, or and two
        ("12.345 đồng", 1, MONEY),  # does not fit one decimal
        ("(5) triệu", 1, MONEY),
        ("200 triệu 1 tỷ", 1, MONEY),
        ("5 nghìn hộ", 0, "người"),
        ("khoản 5 triệu", 1, MONEY),
    ],
)
def test_a_scale_that_cannot_be_worked_out_in_one_way_is_left_to_the_person(
    typed: str, decimals: int, measure: str
) -> None:
    wrong = refusal(typed, decimals, measure)
    assert type(wrong) is OtherScale
    assert wrong.message(VI) == (
        f"Ô này tính bằng {measure}. Đổi “{typed}” ra {measure} rồi gõ số đó; chưa lấy số nào."
    )


@pytest.mark.parametrize("measure", ["người", "đồng", MONEY, "tỷ đồng", ""])
@pytest.mark.parametrize(
    "typed",
    [
        "12 đồng bào", "12 đồng nghiệp", "12 đồng hồ", "3 triệu tập", "3 trieu tap", "12 tỷ lệ", "12 tỉ lệ",
        "12 ty le", "5 tỷ trọng", "5 ti vi", "cử 12 đồng chí",
    ],
)  # fmt: skip
def test_a_word_that_begins_like_a_scale_or_money_is_neither(typed: str, measure: str) -> None:
    wrong = refusal(typed, 1, measure)
    assert type(wrong) is (WordsInFigure if measure else NotAFigure)


COMRADES = ["5 đồng chí", "5 ĐỒNG CHÍ", "5 đ/c", "5 đ.c", "5 đc", "5 dong chi", "5 ®/c", "5 (đ/c)"]


@pytest.mark.parametrize("typed", COMRADES)
def test_comrades_are_persons_and_no_money(typed: str) -> None:
    wrong = refusal(typed, 0, "người")
    assert type(wrong) is ScaledFigure
    assert "gõ 5; chưa lấy số nào" in wrong.message(VI)
    assert type(refusal(typed, 0, "tổ chức")) is WordsInFigure
    assert not isinstance(refusal(typed, 1, MONEY), ScaledFigure)


@pytest.mark.parametrize(
    ("typed", "measure", "figure"),
    [
        ("12 nguoi", "người", "12"), ("12 (người)", "người", "12"), ("12(nguoi)", "người", "12"),
        ("12 lượt", "lượt người", "12"), ("12 luot", "lượt người", "12"), ("3 to chuc", "tổ chức", "3"),
        ("5000000 (đồng)", MONEY, "5"), ("5.000.000 (đ)", MONEY, "5"), ("5 (triệu đồng)", MONEY, "5"),
        ("5 tr.®", MONEY, "5"), ("5 tû", MONEY, "5.000,0"), ("5 triÖu", MONEY, "5"),
        ("1,5 tỷ", MONEY, "1.500,0"), ("12,5 tr.đ", MONEY, "12,5"), ("300.000 ®", MONEY, "0,3"),
    ],
)  # fmt: skip
def test_a_measure_in_brackets_without_accents_or_in_an_old_font_is_offered_and_not_taken(
    typed: str, measure: str, figure: str
) -> None:
    wrong = refusal(typed, 1, measure)
    assert type(wrong) is ScaledFigure
    assert wrong.params["figure"] in (figure, f"{figure},0")
    assert (
        f"Nếu “{typed}” đúng là như vậy thì gõ {wrong.params['figure']}; chưa lấy"
        in wrong.message(VI)
    )


@pytest.mark.parametrize("typed", ["27 ngươi", "12 lượt", "12 hộ", "5 nữ", "5 (nữ)", "5 bác"])
def test_other_words_behind_a_number_are_not_offered_as_persons(typed: str) -> None:
    assert type(refusal(typed, 0, "người")) is WordsInFigure


@pytest.mark.parametrize(
    ("typed", "whole", "fraction"),
    [
        ("1.234 tr.đ", "1.234,0", "1,2340"),
        ("1,234 tỷ", "1.234.000", "1.234,0"),
        ("1.234 trđ", "1.234,0", "1,2340"),
    ],
)
def test_thousands_or_decimals_before_a_scale_are_both_shown(
    typed: str, whole: str, fraction: str
) -> None:
    wrong = refusal(typed, 1, MONEY)
    assert type(wrong) is ScaledTwoWays
    assert (wrong.params["whole"], wrong.params["fraction"]) == (whole, fraction)
    assert "chưa lấy số nào" in wrong.message(VI)


@pytest.mark.parametrize("typed", ["5 triệu tấn", "12 đồng", "3 triệu đồng chí", "2 tỷ giá trị"])
def test_a_scale_before_other_words_stays_a_scale(typed: str) -> None:
    assert isinstance(refusal(typed, 1, MONEY), ScaledFigure | OtherScale)


def test_a_scale_in_a_box_without_a_measure_is_written_out() -> None:
    assert type(refusal("5 triệu", 0, "")) is ShortenedFigure


@pytest.mark.parametrize(
    ("typed", "letters", "figure"),
    [
        ("1O0", "O", "100"),
        ("1o0", "o", "100"),
        ("l00", "l", "100"),
        ("I00", "I", "100"),
        ("l2O", "O, l", "120"),
        ("1.O00", "O", "1.000"),
        ("1S0", "S", "150"),
        ("1\u041e0", "\u041e", "100"),
        ("-l0", "l", "-10"),
        ("O", "O", "0"),
        ("o", "o", "0"),
        ("(O)", "O", "0"),
        ("\u041e", "\u041e", "0"),
        ("O người", "O", "0"),
        ("OO", "O", "0"),
        ("O%", "O", "0"),
        ("l", "l", "1"),
        ("lO", "O, l", "10"),
        ("1 O00", "O", "1.000"),
    ],
)
def test_a_letter_in_place_of_a_digit_is_named_and_the_number_offered(
    typed: str, letters: str, figure: str
) -> None:
    wrong = refusal(typed, 0, "người")
    assert type(wrong) is LetterForDigit
    assert wrong.message(VI) == (
        f"“{typed}” có chữ {letters} ở chỗ chữ số. Nếu là {figure} thì gõ {figure}; chưa lấy số nào."
    )


@pytest.mark.parametrize("measure", ["%", ""])
def test_a_percentage_with_a_letter_is_offered_as_a_percentage(measure: str) -> None:
    wrong = refusal("5o%", 1, measure)
    assert wrong.message(VI) == (
        "“5o%” có chữ o ở chỗ chữ số. Nếu là 50 % thì gõ 50 %; chưa lấy số nào."
    )
    assert read_figure("50 %", decimals=1, measure=measure).value == 50


def test_a_percentage_with_a_letter_in_a_box_of_people_is_still_a_percentage() -> None:
    assert type(refusal("5o%", 0, "người")) is PercentAsFigure


@pytest.mark.parametrize(("typed", "decimals"), [("1.O00", 1), ("O,5", 0), ("1.O0.5", 0)])
def test_digits_with_a_letter_that_have_no_single_reading_are_typed_again(
    typed: str, decimals: int
) -> None:
    wrong = refusal(typed, decimals, "người")
    assert type(wrong) is LetterAmongDigits
    assert "Gõ lại số đó bằng các phím 0 đến 9; chưa lấy số nào." in wrong.message(VI)


@pytest.mark.parametrize("typed", ["5 l", "II", "12 o", "lI", "ơ", "Oa", "10 OK"])
def test_letters_that_are_words_are_no_digits(typed: str) -> None:
    assert not isinstance(refusal(typed, 0, "người"), LetterForDigit)


@pytest.mark.parametrize(
    "typed",
    [
        *("…", "...", "..", "x", "X", "*", "/", "?", "KPS", "kps", "k", "n/a", "N/A", "nil"),
        *("Không có", "không có", "K có", "0 có", "ko có", "không phát sinh", "Không phát sinh."),
        *("chưa có", "chưa có số liệu", "không thống kê", "không áp dụng", "(...)", "[x]"),
    ],
)
def test_a_sign_of_official_tables_has_words_of_its_own(typed: str) -> None:
    wrong = refusal(typed, 0, "người")
    assert type(wrong) is SymbolForFigure
    assert "Không phát sinh thì gõ 0; chưa có số liệu thì để trống." in wrong.message(VI)


@pytest.mark.parametrize("typed", ["-", "–", "—", "không", "ko", "0"])
def test_a_dash_and_the_word_for_none_are_still_zero(typed: str) -> None:
    assert read_figure(typed, decimals=0, measure="người").value == 0


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("10 người/05 nữ", TwoFigures, "có nhiều số (10; 05)"),
        ("125 (5 nữ)", TwoFigures, "có nhiều số (125; 5)"),
        ("10 nam, 5 nữ", TwoFigures, "có nhiều số (10; 5)"),
        ("5+3", TwoFigures, "có nhiều số (5; 3)"),
        ("~1.500", AboutFigure, "là số ước chừng"),
        ("≈ 200", AboutFigure, "là số ước chừng"),
        (">200", AboutFigure, "là số ước chừng"),
        ("200+", AboutFigure, "là số ước chừng"),
        ("khoảng 200", AboutFigure, "là số ước chừng"),
        ("Trên 200 người", AboutFigure, "là số ước chừng"),
        ("gần 200", AboutFigure, "là số ước chừng"),
        ("1.234(*)", MarkedFigure, "Nếu con số là 1.234 thì gõ 1.234"),
        ("12*", MarkedFigure, "Nếu con số là 12 thì gõ 12"),
        ("12[1]", MarkedFigure, "Nếu con số là 12 thì gõ 12"),
        ("1/5", DateAsFigure, "là ngày hoặc phân số"),
        ("01/05/2026", DateAsFigure, "là ngày hoặc phân số"),
        ("2026-05-01", DateAsFigure, "là ngày hoặc phân số"),
        ("1-May", DateAsFigure, "là ngày hoặc phân số"),
        ("01-thg 5", DateAsFigure, "là ngày hoặc phân số"),
        ("7:30", DateAsFigure, "là ngày hoặc phân số"),
        ("#DIV/0!", ErrorAsFigure, "là lỗi của bảng tính"),
        ("#N/A", ErrorAsFigure, "là lỗi của bảng tính"),
        ("#####", ErrorAsFigure, "là lỗi của bảng tính"),
        ("Err:502", ErrorAsFigure, "là lỗi của bảng tính"),
        ("5%", PercentAsFigure, "là phần trăm, ô này tính bằng người"),
        ("5 hộ", WordsInFigure, "“5 hộ” có chữ khác"),
        ("12.000 m2", WordsInFigure, "“12.000 m2” có chữ khác"),
        ("12.000 m²", WordsInFigure, "“12.000 m²” có chữ khác"),
        ("3 km2", WordsInFigure, "“3 km2” có chữ khác"),
        ("3 tấn CO2", WordsInFigure, "“3 tấn CO2” có chữ khác"),
        ("3 m2, 5 m3", TwoFigures, "có nhiều số (3; 5)"),
        ("Có 12", WordsInFigure, "“Có 12” có chữ khác"),
        ("co 12", WordsInFigure, "“co 12” có chữ khác"),
        ("Cỡ 12", AboutFigure, "là số ước chừng"),
        ("giảm 12", DirectionInWords, "Nếu ô này hỏi mức tăng, giảm thì gõ -12;"),
        ("Giảm 12 người", DirectionInWords, "thì gõ -12;"),
        ("giam 12", DirectionInWords, "thì gõ -12;"),
        ("12 (giảm)", DirectionInWords, "thì gõ -12;"),
        ("tăng 1.200", DirectionInWords, "thì gõ 1.200;"),
        ("âm 5", DirectionInWords, "thì gõ -5;"),
        ("giảm 5%", PercentAsFigure, "là phần trăm, ô này tính bằng người"),
        ("12 (giảm 3)", TwoFigures, "có nhiều số (12; 3)"),
        ("3 công ty", WordsInFigure, "“3 công ty” có chữ khác"),
    ],
)
def test_what_else_is_no_number_is_said_in_its_own_words(
    typed: str, kind: type[FigureError], words: str
) -> None:
    wrong = refusal(typed, 0, "người")
    assert type(wrong) is kind
    assert words in wrong.message(VI)


def test_a_decrease_in_words_in_a_box_of_percent_keeps_its_sign() -> None:
    wrong = refusal("giảm 5%", 1, "%")
    assert type(wrong) is DirectionInWords
    assert wrong.params["change"] == "-5"


@given(
    st.text("0123456789.,-+/()~%*OolIxk đồngtriệuỷ…", max_size=16),
    st.sampled_from(["", "người", MONEY]),
)
def test_no_message_tells_to_delete_what_was_typed(text: str, measure: str) -> None:
    try:
        read_figure(text, decimals=1, measure=measure)
        said = ""
    except FigureError as wrong:
        said = (wrong.message(VI) + str(wrong)).replace(text.strip(), "")
    assert not re.search("[Xx]óa|[Dd]elete", said)


@given(
    st.integers(0, 999_999),
    st.sampled_from([word for word in SCALES if word not in ("k", "tr")]),
    st.sampled_from(["đồng", "triệu đồng", "tỷ đồng", "nghìn đồng"]),
)
def test_a_figure_that_is_offered_is_the_same_amount(number: int, scale: str, measure: str) -> None:
    def read(text: str, decimals: int) -> Decimal:
        return Decimal(text)

    found = in_measure(f"{number} {scale} đồng", measure, read)
    assert found is not None
    assert found * measure_scale(measure) == number * SCALES[scale]
    offered = refusal(f"{write_figure(Decimal(number))} {scale}", 6, measure)
    if type(offered) is ScaledFigure:
        value = read_figure(str(offered.params["figure"]), decimals=6, measure=measure).value
        assert value is not None
        assert value * measure_scale(measure) == number * SCALES[scale]
