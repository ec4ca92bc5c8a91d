"""A first register drafted from a text."""

from __future__ import annotations

import tomllib
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nqcore.catalogue import Definitions, Plugins, build_catalogue, parse_definitions
from nqcore.text.folding import nfc
from nqcore.workspace.register.draft import draft_register
from tests.support.small import plugin
from tests.workspace.register.texts import FIVE, PLAN


def pack(text: str) -> Definitions:
    """The stub of `text` as a plugin would read it, before anybody completed it."""
    return parse_definitions("stub.toml", draft_register(text))


def links(definitions: Definitions) -> set[tuple[str, str, str]]:
    return {(link.source, link.kind.value, link.target) for link in definitions.links}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_stub_of_a_text_with_the_five_documents_has_these_five(form: str) -> None:
    found = pack(normalize(form, FIVE))  # type: ignore[arg-type]
    assert [(d.type, d.number, d.issuer, d.body, d.date) for d in found.directives] == [
        ("Nghị quyết", "20-NQ/TW", "TW", "Trung ương", None),
        ("Kết luận", "79-KL/TW", "TW", "Bộ Chính trị", None),
        ("Chương trình hành động", "13-NQ/TU", "TU", "Ban Thường vụ Tỉnh ủy", None),
        ("Kế hoạch", "70-KH/HU", "HU", "Ban Thường vụ Huyện ủy", None),
        ("Kết luận", "80-KL/TW", "TW", "Ban Bí thư Trung ương Đảng", date(2010, 7, 29)),
    ]
    assert found.directives[3].title == "về tiếp tục xây dựng giai cấp công nhân"
    # Who carries out whom the text does not say; that 80-KL/TW goes along it does.
    assert links(found) == {("80-KL/TW", "goes_with", "20-NQ/TW")}
    stub = draft_register(FIVE)
    assert stub == nfc(stub)
    assert '# source = "70-KH/HU"\n# kind = "implements"\n# target = "13-NQ/TU"' in stub
    assert "the type and the symbol do not fit" in stub


def test_the_stub_reads_before_and_after_it_is_completed_and_gives_a_register() -> None:
    for text in (FIVE, PLAN, PLAN.replace("Số 70-KH/HU", "Số      -KH/HU")):
        for stub in (draft_register(text), draft_register(text).replace("…", "điền sau")):
            tomllib.loads(stub)
            catalogue = build_catalogue(
                Plugins([], modules=[("nq_draft", plugin("nq_draft", stub))])
            )
            assert catalogue.faults == ()
            assert catalogue.unresolved == ()


def test_a_plan_says_what_it_carries_out_what_it_rests_on_and_what_it_replaces() -> None:
    found = pack(PLAN)
    own = found.directives[0]
    assert (own.type, own.number, own.date) == ("Kế hoạch", "70-KH/HU", date(2014, 5, 12))
    assert own.title.startswith("thực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008")
    assert links(found) == {
        ("70-KH/HU", "implements", "20-NQ/TW"),
        ("70-KH/HU", "implements", "79-KL/TW"),
        ("70-KH/HU", "guided_by", "31-HD/BTCTW"),
        ("70-KH/HU", "guided_by", "13-NQ/TU"),
        ("70-KH/HU", "goes_with", "80-KL/TW"),
        ("70-KH/HU", "replaces", "12-KH/HU"),
    }
    resolution = next(d for d in found.directives if d.number == "20-NQ/TW")
    assert resolution.body == "Ban Chấp hành Trung ương Đảng"
    assert resolution.title == "về tiếp tục xây dựng giai cấp công nhân"
    assert next(d for d in found.directives if d.number == "79-KL/TW").body == "Bộ Chính trị"


def test_a_plan_whose_number_is_still_blank_is_a_document_of_its_own() -> None:
    found = pack(PLAN.replace("Số 70-KH/HU", "Số      -KH/HU"))
    assert (found.directives[0].number, found.directives[0].issuer) == ("…-KH/HU", "HU")
    assert ("…-KH/HU", "implements", "20-NQ/TW") in links(found)


@pytest.mark.parametrize(
    ("sentence", "tie"),
    [
        (
            "Kết luận số 79-KL/TW về đẩy mạnh thực hiện Nghị quyết số 20-NQ/TW",
            ("79-KL/TW", "concludes", "20-NQ/TW"),
        ),
        (
            "Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW",
            ("13-NQ/TU", "implements", "20-NQ/TW"),
        ),
        (
            "Nghị định số 148/2020/NĐ-CP ngày 18/12/2020 của Chính phủ sửa đổi, bổ sung một số điều của "
            "Nghị định số 43/2014/NĐ-CP",
            ("148/2020/NĐ-CP", "amends", "43/2014/NĐ-CP"),
        ),
        (
            "Quyết định số 5-QĐ/HU thay thế Quyết định số 4-QĐ/HU",
            ("5-QĐ/HU", "replaces", "4-QĐ/HU"),
        ),
    ],
)
def test_what_one_cited_document_does_to_another_is_not_put_to_the_text_itself(
    sentence: str, tie: tuple[str, str, str]
) -> None:
    assert links(pack(f"Theo báo cáo, {sentence}.")) == {tie}


def test_documents_of_a_joint_list_get_the_symbol_of_its_end() -> None:
    found = pack("Triển khai các Nghị quyết số 18, 19-NQ/TW và các Nghị định số 12, 13/2015/NĐ-CP.")
    assert [d.number for d in found.directives] == [
        "18-NQ/TW",
        "19-NQ/TW",
        "12/2015/NĐ-CP",
        "13/2015/NĐ-CP",
    ]


def test_one_number_with_two_days_is_two_documents_and_links_say_which() -> None:
    found = pack(
        "Số 5-KH/HU\nKẾ HOẠCH\nthực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008 và Nghị quyết số "
        "20-NQ/TW, ngày 01/11/2012"
    )
    assert [d.date for d in found.directives[1:]] == [date(2008, 1, 28), date(2012, 11, 1)]
    assert {target for _, _, target in links(found)} == {
        "20-NQ/TW@2008-01-28",
        "20-NQ/TW@2012-11-01",
    }


def test_writings_of_one_number_are_one_document_and_short_ones_are_listed_apart() -> None:
    stub = draft_register("NQ số 20-NQ/TƯ; NGHỊ QUYẾT SỐ 20 – NQ/TW; Nghị quyết 20/NQ-TW; KL 80")
    found = parse_definitions("stub.toml", stub)
    assert [(d.type, d.number) for d in found.directives] == [("Nghị quyết", "20-NQ/TƯ")]
    assert "without a whole number:\n#   KL 80" in stub


PIECES = (
    *("Số ", "-KH/HU", "Nghị quyết số 20-NQ/TW", "KẾ HOẠCH", "Kết luận số 79-KL/TW", " của "),
    *(", ngày 29/7/2010", "\n", "\r\n", '"', "\\", "về việc", " thực hiện ", "Căn cứ ", "…", ";"),
    *("Bộ Chính trị", "\x00", "\x85", " "),
)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    ).map("".join)
)
@example("KẾ HOẠCH\n\x00")
def test_whatever_the_text_the_stub_can_be_read(text: str) -> None:
    found = pack(text)
    assert {d.number for d in found.directives} >= {
        link.source.partition("@")[0] for link in found.links
    }
