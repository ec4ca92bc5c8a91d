"""No line ends inside the number of a document, and what is written can be read again."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.typesetting import plain_breaks, unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report

H, S = "\N{NON-BREAKING HYPHEN}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kết luận số 79-KL/TW của", f"Kết luận số{S}79{H}KL/TW của"),
        ("Nghị quyết 20-NQ/TW.", f"Nghị quyết{S}20{H}NQ/TW."),
        ("Nghị định số 30/2020/NĐ-CP", f"Nghị định số{S}30/2020/NĐ{H}CP"),
        ("Chỉ thị 12/CT-TTg", f"Chỉ thị{S}12/CT{H}TTg"),
        (f"Số{S * 6}-BC/HU", f"Số{S * 6}{H}BC/HU"),
        (", ngày 28/01/2008 của", f", ngày{S}28/01/2008 của"),
        ("đã chi 16 triệu đồng", f"đã chi 16{S}triệu đồng"),
        ("giai đoạn 2008 - 2018, 6 trong 28 đơn vị", "giai đoạn 2008 - 2018, 6 trong 28 đơn vị"),
        ("tăng¹, ² so với", f"tăng¹,{S}² so với"),
        (", ¹¹", f",{S}¹¹"),
        ("công tác Lao động - Thương binh", "công tác Lao động - Thương binh"),
    ],
)
def test_where_no_line_may_end(text: str, written: str) -> None:
    assert unbroken(text) == written


@given(st.text(alphabet="2079-/ KLTWĐngàysố.,đ", max_size=30))
def test_the_words_come_back_and_a_second_time_changes_nothing(text: str) -> None:
    assert plain_breaks(unbroken(text)) == text
    assert unbroken(unbroken(text)) == unbroken(text)


def test_documents_have_them_and_the_reports_values_have_not(report: Report, names: Names) -> None:
    assert H not in JsonFormat().write(report, names).decode()
    html = HtmlFormat().write(report, names).decode()
    article = html.partition("<article")[2]
    assert f"20{H}NQ/TW" in article
    assert not re.search(r"\d-NQ/TW", article)
    document = Document(BytesIO(DocxFormat(PARTY_2018).write(report, names)))
    (title,) = (p for p in document.paragraphs if p.text.startswith("kết quả 10 năm"))
    assert f"số{S}20-NQ/TW" in title.text, "Word's own hyphen, which a search for “-” finds"
    assert list(title._p.iter(qn("w:noBreakHyphen")))
