"""*Tải bản Word để ký*: the report as a Word file with room for signatures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from nqcore.workspace.facade import Workspace
from tests.support.twenty import PASSWORD, REPORT, THIS, app_of, make
from tests.support.visitor import Visitor


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


def test_every_figure_stands_in_the_table_and_the_receipt_in_the_footer(ws: Workspace):
    ws.save_draft(
        "xa-bm", "muoi.q", "2018-Q3", dict(THIS) | {"B6": "50", "N1": "Hai câu.\nVà một."},
        by="hoa", explanations={"B6": "Tổng hợp cả khối trường học"},
    )  # fmt: skip
    sent = ws.send(REPORT, by="hoa")
    hoa = Visitor(app_of(ws).test_client())
    hoa.sign_in("hoa", PASSWORD)
    link = f"/bao-cao/{REPORT}/word"
    assert link in hoa.get(f"/bao-cao/{REPORT}").links
    answer = hoa.client.get(link)
    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="bao-cao_{REPORT}.docx"'
    )
    document = docx.Document(io.BytesIO(answer.data))
    head, figures, signatures = document.tables
    assert [cell.text for cell in head.rows[0].cells] == [
        "Huyện ủy Tân Hòa\nĐảng ủy xã Bình Minh",
        "…, ngày … tháng … năm 2018",
    ]
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in figures.rows}
    assert rows["TT"][3:] == ["Quý II/2018", "Quý III/2018", "Tăng, giảm"]
    assert rows["D4"][3:] == ["1.234,5", "1.180,5", "−54"]
    assert rows["B6"][4] == "50"
    assert set(THIS) <= set(rows)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "BÁO CÁO SỐ LIỆU QUÝ III/2018" in text
    assert "Hai câu.\nVà một." in text
    assert any("Tổng hợp cả khối trường học" in cell.text for r in figures.rows for cell in r.cells)
    assert [cell.text.splitlines()[0] for cell in signatures.rows[0].cells] == [
        "Người lập",
        "Thủ trưởng đơn vị",
    ]
    assert sent.receipt in document.sections[0].footer.paragraphs[0].text


def test_a_draft_has_no_receipt(ws: Workspace):
    from nqcore.collection.entry.signing_copy import write_for_signing

    data = write_for_signing(ws.entry.sheet(REPORT), str, directive="x", above="y")
    assert docx.Document(io.BytesIO(data)).sections[0].footer.paragraphs[0].text == ""
