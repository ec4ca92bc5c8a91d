"""Documents are cited in full the first time and briefly afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.analysis.report.citing import Citations
from nqcore.model.directives import Directive
from nqcore.model.findings import Text, UnitCount

TITLE = "về tiếp tục xây dựng giai cấp công nhân Việt Nam"
BODY = "Ban Chấp hành Trung ương Đảng"
RESOLUTION = Directive(
    id="nq20",
    type="Nghị quyết",
    number="20-NQ/TW",
    issuer="TW",
    body=BODY,
    title=TITLE,
    date=date(2008, 1, 28),
    term="X",
)
CONCLUSION = Directive(
    id="kl79",
    type="Kết luận",
    number="79-KL/TW",
    issuer="TW",
    body="Bộ Chính trị",
    title=f"về đẩy mạnh thực hiện Nghị quyết số 20-NQ/TW của {BODY} (khóa X) {TITLE}",
    date=date(2013, 12, 5),
)
PLAN = Directive(
    id="kh70", type="Kế hoạch", number="70-KH/HU", issuer="HU", body="Huyện ủy", title=TITLE
)
FULL = f"Nghị quyết số 20-NQ/TW, ngày 28/01/2008 của {BODY} (khóa X) {TITLE}"


@pytest.fixture
def citations() -> Citations:
    """The resolution is cited already."""
    found = Citations(["Ban Chỉ đạo thực hiện Nghị quyết số 20-NQ/TW", "Xã An Phú"])
    assert found.cite(RESOLUTION) == FULL
    return found


def test_a_document_is_cited_in_full_once_and_no_title_twice(citations: Citations) -> None:
    assert citations.cite(CONCLUSION) == (
        "Kết luận số 79-KL/TW, ngày 05/12/2013 của Bộ Chính trị về đẩy mạnh thực hiện Nghị quyết 20-NQ/TW"
    )
    assert citations.cite(PLAN) == "Kế hoạch số 70-KH/HU của Huyện ủy"
    assert citations.cite(RESOLUTION) == "Nghị quyết 20-NQ/TW"


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        (f"thực hiện {FULL}.", "thực hiện Nghị quyết 20-NQ/TW."),
        ("theo nghị quyết số 20-NQ/TW của Trung ương", "theo nghị quyết 20-NQ/TW của Trung ương"),
        ("Nghị quyết số 20-NQ/TW ngày 28/1/2008 về", "Nghị quyết 20-NQ/TW về"),
        (f"Nghị quyết số 20-NQ/TW của {BODY}, gắn với", "Nghị quyết 20-NQ/TW, gắn với"),
        # Another document of that number, one that was not cited, and the name of a unit stay.
        (
            "Nghị quyết số 20-NQ/TW, ngày 25/10/2017 về",
            "Nghị quyết số 20-NQ/TW, ngày 25/10/2017 về",
        ),
        ("Nghị quyết số 20-NQ/TWĐTN", "Nghị quyết số 20-NQ/TWĐTN"),
        ("Kết luận số 80-KL/TW", "Kết luận số 80-KL/TW"),
        (
            "Ban Chỉ đạo thực hiện Nghị quyết số 20-NQ/TW chủ trì Nghị quyết số 20-NQ/TW",
            "Ban Chỉ đạo thực hiện Nghị quyết số 20-NQ/TW chủ trì Nghị quyết 20-NQ/TW",
        ),
        ("không dẫn văn bản nào", "không dẫn văn bản nào"),
    ],
)
def test_what_was_cited_is_brief_in_a_text(citations: Citations, text: str, brief: str) -> None:
    assert citations.brief(text) == brief


def test_figures_of_a_sentence_stay_where_they_are(citations: Citations) -> None:
    count = UnitCount(("a",))
    sentence = (Text("có "), count, Text(" đơn vị theo Nghị quyết số 20-NQ/TW"))
    assert citations.brief_sentence(sentence) == (
        Text("có "),
        count,
        Text(" đơn vị theo Nghị quyết 20-NQ/TW"),
    )
