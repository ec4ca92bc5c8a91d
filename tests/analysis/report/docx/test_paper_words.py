"""The words beside the text, with the signs of the Party or of the State."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nq_party_report.profiles import PARTY_2018
from nq_state_report.profile import STATE_2020
from nqcore.analysis.report.docx.paper_words import (
    annex_of,
    authority,
    number_line,
    recipients,
    seal_words,
    signing,
    symbol,
    to_lines,
)
from nqcore.analysis.report.docx.profile import PaperSigns
from nqcore.collection.archive.integrity import read_receipt
from nqcore.model.reports import Report
from nqcore.store import Receipt

PARTY, STATE = PaperSigns.PARTY, PaperSigns.STATE
BLANK = "\N{NO-BREAK SPACE}" * 6


@pytest.mark.parametrize(
    ("given", "party", "state"),
    [
        ("-BC/HU", "-BC/HU", "/BC-HU"),
        ("/BC-UBND", "-BC/UBND", "/BC-UBND"),
        ("/BC-LĐLĐ", "-BC/LĐLĐ", "/BC-LĐLĐ"),
        ("/BC", "/BC", "/BC"),
        ("", "", ""),
        ("BC", "BC", "BC"),
    ],
)
def test_the_symbol_has_the_signs_of_the_layout(given: str, party: str, state: str) -> None:
    assert (symbol(given, PARTY), symbol(given, STATE)) == (party, state)


@pytest.mark.parametrize(
    ("given", "party", "state"),
    [
        ("T/M Ban Thường vụ", "T/M BAN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ"),
        ("TM. Ủy ban nhân dân", "T/M ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        ("K/T Trưởng ban", "K/T TRƯỞNG BAN", "KT. TRƯỞNG BAN"),
        ("KT. CHỦ TỊCH", "K/T CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("T/L Ban Thường vụ", "T/L BAN THƯỜNG VỤ", "TL. BAN THƯỜNG VỤ"),
        ("TL. Chủ tịch", "T/L CHỦ TỊCH", "TL. CHỦ TỊCH"),
        ("TUQ. Chủ tịch", "TUQ. CHỦ TỊCH", "TUQ. CHỦ TỊCH"),
        ("Q. Giám đốc", "Q. GIÁM ĐỐC", "Q. GIÁM ĐỐC"),
        ("Bí thư", "BÍ THƯ", "BÍ THƯ"),
        ("", "", ""),
    ],
)
def test_the_authority_has_the_signs_of_the_layout(given: str, party: str, state: str) -> None:
    assert (authority(given, PARTY), authority(given, STATE)) == (party, state)


@pytest.mark.parametrize(
    ("number", "party", "state"),
    [
        ("", f"Số{BLANK}-BC/HU", f"Số:{BLANK}/BC-HU"),
        ("5", "Số\xa005-BC/HU", "Số:\xa005/BC-HU"),
        ("05", "Số\xa005-BC/HU", "Số:\xa005/BC-HU"),
        ("112", "Số\xa0112-BC/HU", "Số:\xa0112/BC-HU"),
        (" 7 ", "Số\xa007-BC/HU", "Số:\xa007/BC-HU"),
    ],
)
def test_a_number_below_ten_has_a_nought_and_no_number_has_room(
    report: Report, number: str, party: str, state: str
) -> None:
    one = replace(report, number=number)
    assert (number_line(one, PARTY), number_line(one, STATE)) == (party, state)


@pytest.mark.parametrize(
    ("given", "party", "state"),
    [
        ("Lưu Văn phòng Huyện ủy", "- Lưu Văn phòng Huyện ủy.", "- Lưu: VT."),
        ("Lưu Đảng ủy", "- Lưu Đảng ủy.", "- Lưu: VT."),
        ("- Lưu.", "- Lưu.", "- Lưu: VT."),
        ("Lưu: VT", "- Lưu Văn phòng.", "- Lưu: VT."),
        ("Lưu: VT, TH (5b)", "- Lưu Văn phòng, TH (5b).", "- Lưu: VT, TH (5b)."),
        ("Lưu VT, TH", "- Lưu VT, TH.", "- Lưu: VT, TH."),
        ("Lưu VP", "- Lưu VP.", "- Lưu VP."),
        ("Lưu hồ sơ", "- Lưu hồ sơ.", "- Lưu hồ sơ."),
    ],
)
def test_the_copy_that_is_kept_has_the_words_of_the_layout(
    report: Report, given: str, party: str, state: str
) -> None:
    one = replace(report, letterhead=replace(report.letterhead, recipients=(given,)))
    assert recipients(one, PARTY_2018) == [party]
    assert recipients(one, STATE_2020) == [state]


@pytest.mark.parametrize(
    ("to", "given", "party", "state"),
    [
        ((), ("Tỉnh ủy (để báo cáo)", "Lưu"), [], ["Tỉnh ủy"]),
        ((), ("- Tỉnh ủy (b/c);", "UBND tỉnh (báo cáo)"), [], ["Tỉnh ủy", "UBND tỉnh"]),
        ((), ("Các chi bộ",), [], []),
        (
            ("- Tỉnh ủy;", "Ban Dân vận."),
            ("Lưu",),
            ["Tỉnh ủy", "Ban Dân vận"],
            ["Tỉnh ủy", "Ban Dân vận"],
        ),
    ],
)
def test_a_report_says_to_whom_it_goes_where_the_layout_asks_for_it_or_the_office_says_so(
    report: Report,
    to: tuple[str, ...],
    given: tuple[str, ...],
    party: list[str],
    state: list[str],
) -> None:
    one = replace(report, to=to, letterhead=replace(report.letterhead, recipients=given))
    assert (to_lines(one, PARTY_2018), to_lines(one, STATE_2020)) == (party, state)


def test_those_to_whom_it_is_addressed_are_not_named_again_among_the_recipients(
    report: Report,
) -> None:
    one = replace(report, to=("Tỉnh ủy",))
    assert recipients(one, PARTY_2018)[:2] == ["- Như trên;", "- Các đồng chí Huyện ủy viên;"]
    assert recipients(report, PARTY_2018)[0] == "- Tỉnh ủy (để báo cáo);"


@pytest.mark.parametrize("line", ["Như kính gửi", "như trên", "Như nơi kính gửi"])
@pytest.mark.parametrize("typed", [(), ("recipients",)])
def test_as_above_stands_there_once_in_the_words_of_the_office(
    report: Report, line: str, typed: tuple[str, ...]
) -> None:
    head = replace(report.letterhead, recipients=(line, "Lưu VP"), typed=typed)
    one = replace(report, to=("Tỉnh ủy",), letterhead=head)
    for profile in (PARTY_2018, STATE_2020):
        assert recipients(one, profile) == [f"- {line};", "- Lưu VP."]


def test_what_was_typed_for_this_paper_stays_as_it_was_typed(report: Report) -> None:
    lines = ("Tỉnh ủy (để báo cáo)", "Lưu Văn phòng Huyện ủy")
    head = replace(
        report.letterhead,
        recipients=lines,
        authority="T/M Ủy ban",
        post="KT. Chủ tịch",
        typed=("recipients", "authority"),
    )
    one = replace(report, to=("Tỉnh ủy",), letterhead=head)
    assert recipients(one, STATE_2020) == [f"- {lines[0]};", f"- {lines[1]}."]
    assert signing(one, STATE) == ("T/M ỦY BAN", "KT. CHỦ TỊCH")
    assert signing(one, PARTY) == ("T/M ỦY BAN", "K/T CHỦ TỊCH")


def test_an_annex_says_of_which_document_it_is_and_of_a_state_body_who_issued_it(
    report: Report,
) -> None:
    numbered = replace(report, number="8")
    assert (
        annex_of(report, PARTY) == f"(Kèm theo Báo cáo số{BLANK}-BC/HU, ngày 05 tháng 10 năm 2018)"
    )
    assert annex_of(numbered, PARTY) == "(Kèm theo Báo cáo số 08-BC/HU, ngày 05 tháng 10 năm 2018)"
    assert annex_of(numbered, STATE) == (
        "(Kèm theo Báo cáo số 08/BC-HU ngày 05 tháng 10 năm 2018 của Huyện ủy Tân Hòa)"
    )


HASH = "ab12cd34ef56" * 5 + "abcd"
LONG = "ab12cd34ef56ab12cd34ef56ab"


@pytest.mark.parametrize(
    ("seal", "edition", "line"),
    [
        (f"412/{LONG}", "3", f"Bản chốt 3 · bản ghi 412 · {LONG}"),
        (f"412/{LONG}", "", f"Chưa chốt số liệu · bản ghi 412 · {LONG}"),
        ("412/ab12cd34ef56", "", "Chưa chốt số liệu · bản ghi 412 · ab12cd34ef56"),
        ("", "3", ""),
    ],
)
def test_the_seal_line_names_edition_and_record_and_can_be_given_to_nq_verify_as_it_stands(
    report: Report, seal: str, edition: str, line: str
) -> None:
    said = seal_words(replace(report, seal=seal, edition=edition))
    assert said == line
    if line:
        receipt = read_receipt(said)
        assert seal == f"{receipt.seq}/{receipt.hash}"


def test_a_printed_receipt_has_104_bits_of_the_hash() -> None:
    assert Receipt(seq=412, hash=HASH).printed == f"412/{LONG}"
    assert len(LONG) * 4 == 104


def test_an_annex_names_the_body_with_the_capitals_of_the_text(report: Report) -> None:
    head = replace(report.letterhead, body="CÔNG TY TNHH MAY TÂN HÒA", symbol="/BC")
    named = replace(report, letterhead=head, title="kết quả tại Công ty TNHH May Tân Hòa")
    assert annex_of(named, STATE).endswith(" của Công ty TNHH May Tân Hòa)")
    head = replace(head, body="ỦY BAN NHÂN DÂN XÃ X")
    assert annex_of(replace(named, letterhead=head), STATE).endswith("Ủy ban nhân dân xã X)")
