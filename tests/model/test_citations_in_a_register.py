"""What a citation means in a register: one document, several or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest

from nqcore.model.directives import Directive, Directives
from nqcore.text.citations import find_citations


def directive(id: str, number: str, day: str | None, type: str = "Nghị quyết") -> Directive:
    return Directive(
        id=id,
        type=type,
        number=number,
        issuer=number.partition("/")[2],
        body="b",
        title="t",
        date=date.fromisoformat(day) if day else None,
    )


REGISTER = Directives(
    [
        directive("x", "20-NQ/TW", "2008-01-28"),
        directive("xi", "20-NQ/TW", "2012-11-01"),
        directive("kl80", "80-KL/TW", "2010-07-29", "Kết luận"),
        directive("ct", "13-NQ/TU", None, "Chương trình hành động"),
        directive("nd", "30/2020/NĐ-CP", "2020-03-05", "Nghị định"),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids", "contradicts"),
    [
        ("Nghị quyết số 20-NQ/TW, ngày 28/01/2008", ["x"], False),
        ("Nghị quyết số 20-NQ/TW", ["x", "xi"], False),
        ("Nghị quyết số 20/NQ-TW ngày 1/11/2012", ["xi"], False),
        ("Nghị quyết số 20-NQ/TW, ngày 29/01/2008", ["x", "xi"], True),
        ("Kết luận số 80-KL/TW, ngày 30/7/2010", ["kl80"], True),
        ("theo KL 80", ["kl80"], False),
        ("Kết luận số 080-KL/TW", ["kl80"], False),
        ("Chương trình hành động số 13-NQ/TU, ngày 1/1/2009", ["ct"], False),
        ("Nghị định số 30/2020/NĐ-CP", ["nd"], False),
        ("Nghị định số 30/2021/NĐ-CP", [], False),
        ("Nghị quyết số 21-NQ/TW", [], False),
        ("Nghị quyết số 20-NQ/TU", [], False),
    ],
)
def test_a_citation_is_one_document_or_several_or_none_and_never_guessed(
    text: str, ids: list[str], contradicts: bool
) -> None:
    for form in ("NFC", "NFD"):
        (citation,) = find_citations(normalize(form, text))  # type: ignore[arg-type]
        found = REGISTER.resolve(citation)
        assert [d.id for d in found.candidates] == ids
        assert found.contradicts is contradicts
        assert (found.directive is not None) is (len(ids) == 1)


MEETINGS = Directives(
    [
        replace(directive("x6", "20-NQ/TW", "2008-01-28"), term="X", plenum=6),
        replace(directive("x7", "26-NQ/TW", "2008-08-05"), term="X", plenum=7),
        replace(directive("x-", "27-NQ/TW", "2008-08-06"), term="X"),
        replace(directive("xii6a", "18-NQ/TW", "2017-10-25"), term="XII", plenum=6),
        replace(directive("xii6b", "19-NQ/TW", "2017-10-25"), term="XII", plenum=6),
        replace(directive("kl", "31-KL/TW", "2009-02-02", "Kết luận"), term="X", plenum=9),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Nghị quyết Trung ương 6 khóa X", ["x6"]),
        ("NGHỊ QUYẾT TRUNG ƯƠNG 6 (KHÓA X)", ["x6"]),
        ("Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa X", ["x7"]),
        ("Nghị quyết Trung ương 6 khóa XII", ["xii6a", "xii6b"]),
        ("Nghị quyết Trung ương 6 khóa XI", []),
        ("Nghị quyết Trung ương 8 khóa X", []),  # 27-NQ/TW may be of any meeting
        ("Kết luận Trung ương 9 khóa X", ["kl"]),
        ("Nghị quyết Trung ương 9 khóa X", []),
    ],
)
def test_the_usual_name_of_a_resolution_means_the_documents_of_that_meeting(
    text: str, ids: list[str]
) -> None:
    (citation,) = find_citations(text)
    assert citation.partial
    assert [d.id for d in MEETINGS.resolve(citation).candidates] == ids


def test_a_text_cites_nothing_that_did_not_exist_on_its_day() -> None:
    (citation,) = find_citations("Nghị quyết số 20-NQ/TW")
    assert [d.id for d in REGISTER.resolve(citation, at=date(2010, 1, 1)).candidates] == ["x"]
    assert [d.id for d in REGISTER.resolve(citation, at=date(2012, 11, 1)).candidates] == [
        "x",
        "xi",
    ]
    assert REGISTER.resolve(citation, at=date(2000, 1, 1)).candidates == ()


def test_a_number_that_only_ends_alike_is_another_document() -> None:
    odd = Directives([directive("odd", "0-A", None)])
    (citation,) = find_citations("Nghị quyết số 20-NQ/TW")
    assert odd.resolve(citation).candidates == ()
