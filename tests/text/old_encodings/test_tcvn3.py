"""How text typed for .VnTime is recognised, and what is left alone."""

from __future__ import annotations

import pytest

from nqcore.text.folding import nfc
from nqcore.text.old_encodings import find_misread
from nqcore.text.old_encodings.tcvn3 import TCVN3

_TO_TCVN3 = str.maketrans({meant: shown for shown, meant in TCVN3.items()})


def offer_unicode(text: str) -> str | None:
    found = find_misread(text)
    return found.offered if found else None


PASSAGES = [
    "Cộng hoà xã hội chủ nghĩa Việt Nam",
    "Công đoàn cơ sở; đoàn viên, lao động",
    "Tăng cường kiểm tra, giám sát",
    "Uỷ ban nhân dân xã",
    "cộng sản",
    "Đảng uỷ",
    "Đã thành lập được 12 công đoàn cơ sở ở doanh nghiệp ngoài nhà nước (đạt 75%).",
    "Thực hiện Nghị quyết số 20-NQ/TW ngày 28/01/2008 về tiếp tục xây dựng giai cấp công nhân",
    "Trình độ, ý thức, kỹ năng nghề nghiệp;\nviệc làm, nhà ở, thu nhập",
]

ENCODED = [
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", PASSAGES[0]),
    ("C«ng ®oµn c¬ së; ®oµn viªn, lao ®éng", PASSAGES[1]),
    ("T¨ng c\xadêng kiÓm tra, gi¸m s¸t", PASSAGES[2]),
    ("Uû ban nh©n d©n x·", PASSAGES[3]),
    ("céng s¶n", PASSAGES[4]),
    ("§¶ng uû", PASSAGES[5]),
]


@pytest.mark.parametrize(("shown", "meant"), ENCODED)
def test_text_from_an_old_document_is_offered_in_unicode(shown: str, meant: str) -> None:
    assert offer_unicode(shown) == meant


@pytest.mark.parametrize("meant", PASSAGES)
def test_a_passage_typed_in_the_old_encoding_comes_back(meant: str) -> None:
    assert offer_unicode(meant.translate(_TO_TCVN3)) == meant


@pytest.mark.parametrize("meant", PASSAGES)
def test_a_passage_in_unicode_is_left_alone(meant: str) -> None:
    assert offer_unicode(meant) is None
    assert offer_unicode(meant.upper()) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cong doan co so",
        "Công an xã",
        "Công an tá tô só tí má lá cá bó",
        "Công tác kiểm tra",
        "Café à Paris",
        "résumé – naïve «test»",
        "Đạt 25 °C, ± 3",
        "3 × 4 × 5",
        "· Nội dung một\n· Nội dung hai",
        "5 µm và 10 µm, 25 N·m, Windows®",
        "Điều 5 § 2 ¶ 3",
        "½ ngày, ¼ giờ",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert offer_unicode(text) is None


def test_capitals_of_the_font_are_taken_from_the_letters_around() -> None:
    assert (
        offer_unicode("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )
    assert offer_unicode("Thùc hiÖn NGHÞ QUYÕT") == "Thực hiện NGHỊ QUYẾT"


def test_in_a_mixed_text_only_the_old_lines_are_converted() -> None:
    text = "Công an xã đã kiểm tra\n· §¶ng uû, C«ng ®oµn\r\nĐảng ủy\n"
    assert offer_unicode(text) == "Công an xã đã kiểm tra\n· Đảng uỷ, Công đoàn\r\nĐảng ủy\n"


def test_the_table_has_every_accented_letter_once() -> None:
    letters = "ăâđêôơư"
    vowels = "aăâeêioôơuưy"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    accented = {nfc(vowel + tone) for vowel in vowels for tone in tones}
    assert set(TCVN3.values()) == {*accented, *letters, *letters.upper()}
    assert len(TCVN3) == len(accented) + 2 * len(letters)
