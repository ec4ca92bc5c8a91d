"""One document number: reading it and printing it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.errors import InputError
from nqcore.text.citations import DocumentNumber, DocumentNumberError, Style, parse_number


@pytest.mark.parametrize(
    ("text", "number", "year", "type_", "issuer", "style"),
    [
        ("20-NQ/TW", "20", None, "NQ", "TW", Style.PARTY),
        ("12/CT-TTg", "12", None, "CT", "TTg", Style.STATE),
        ("30/2020/NĐ-CP", "30", "2020", "NĐ", "CP", Style.STATE),
        ("66.19/2026/NQ-CP", "66.19", "2026", "NQ", "CP", Style.STATE),
        ("20/NQ-TW", "20", None, "NQ", "TW", Style.STATE),
        ("45/2019/QH14", "45", "2019", None, "QH14", Style.UNTYPED),
        ("25/CP", "25", None, None, "CP", Style.UNTYPED),
        ("206-CP", "206", None, None, "CP", Style.UNTYPED_HYPHEN),
        ("747/TTg-QĐ", "747", None, "QĐ", "TTg", Style.TYPE_LAST),
        ("1518/BNG-NVVH", "1518", None, "CV", "BNG-NVVH", Style.LETTER),
        ("58/2012/TTLT-BGDĐT-BLĐTBXH", "58", "2012", "TTLT", "BGDĐT-BLĐTBXH", Style.STATE),
        ("15/SL", "15", None, "SL", None, Style.TYPE_ONLY),
        ("367-QĐ/TWĐTN-VP", "367", None, "QĐ", "TWĐTN-VP", Style.PARTY),
        ("37/2000/QĐ-BGD&ĐT", "37", "2000", "QĐ", "BGD&ĐT", Style.STATE),
    ],
)
def test_a_number_is_read_into_its_parts_and_printed_again(
    text: str, number: str, year: str | None, type_: str | None, issuer: str | None, style: Style
) -> None:
    parts = DocumentNumber(number=number, year=year, type=type_, issuer=issuer, style=style)
    assert parse_number(text) == parts
    assert str(parts) == text


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        (" số 20 – NQ / TW ", "20-NQ/TW"),
        ("Số: 20-NQ/T.Ư", "20-NQ/TW"),
        ("20-NQ/TƯ", "20-NQ/TW"),
        ("20-NQ/\nTW", "20-NQ/TW"),
        ("613/QĐ-TTG", "613/QĐ-TTg"),
        ("12-CTR/TU", "12-CTr/TU"),
        ("45/2019/QĐUBND", "45/2019/QĐ-UBND"),
        ("84 QĐ/TWĐTN", "84-QĐ/TWĐTN"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("20-NQ/TU\u031b", "20-NQ/TW"),  # a decomposed Ư
    ],
)
def test_noise_is_gone_from_the_printed_number(noisy: str, clean: str) -> None:
    assert str(parse_number(noisy)) == clean


NO_NUMBERS = [
    *("", "20", "NQ/TW", "20-NQ/TW ngày 28/01/2008", "24/7", "28/01/2008", "20-", "hai mươi", "số"),
    *("x" * 500, "20-NQ/TW" * 100, "11/GP-UBND"),
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_an_example_of_one(text: str) -> None:
    with pytest.raises(DocumentNumberError, match="20-NQ/TW, 12/CT-TTg") as caught:
        parse_number(text)
    assert isinstance(caught.value, InputError)
    assert len(str(caught.value)) < 250


def test_the_body_is_the_issuer_without_its_unit() -> None:
    assert parse_number("1518/BNG-NVVH").body == "BNG"
    assert parse_number("15/SL").body is None


WORDS = (
    "NQ KL QĐ CTr CT TTLT NĐ SL L TT KH QyĐ TW TƯ T.Ư TU UBND CP TTg TTG BNG NVVH QH15 BTC QĐUBND "
    "NĐCP UBND.HC QĐ.UB TT.HĐND SNgV Đ.U ND BCĐ389 GP B&C Đ TC CTUBND"
)
GROUPS = st.sampled_from(WORDS.split())
MARKS = st.sampled_from(["-", "/", " - ", "–", "/ "])
NUMBERS = st.builds(
    lambda number, first, year, groups, marks: (
        number
        + first
        + year
        + "".join(a + b for a, b in zip(groups, marks, strict=False))
        + groups[-1]
    ),
    st.sampled_from(["20", "02", "66.19", "30a", "123456"]),
    MARKS,
    st.sampled_from(["", "", "2020/", "1998-"]),
    st.lists(GROUPS, min_size=1, max_size=4),
    st.lists(MARKS, min_size=4, max_size=4),
)


@given(
    st.one_of(
        NUMBERS, st.from_regex(r"[0-9]{1,4}[-/][A-ZĐ]{1,6}[-/][A-ZĐ0-9&]{1,8}", fullmatch=True)
    )
)
@settings(max_examples=500, deadline=None)
def test_printing_a_parsed_number_and_parsing_again_is_the_identity(text: str) -> None:
    try:
        number = parse_number(text)
    except DocumentNumberError:
        return
    assert parse_number(str(number)) == number
