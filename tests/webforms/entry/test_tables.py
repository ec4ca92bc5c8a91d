"""*Nạp bảng* without JavaScript: from the file over its mapping and a preview to drafts."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.datastructures import MultiDict

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import QUARTER

HEAD = "Tổng hợp quý {};;\nĐơn vị;Tổng số công nhân, lao động;Tham gia BHXH\n"
ROWS = "Cty TNHH May Bình Minh;{};1.245\nCty CP CB gỗ An Phú;413;—\nCộng;1.723;1.245\n"


def send(visitor: Visitor, data: str, name: str = "bang.csv") -> str:
    """Choose the file; the address at which it is shown."""
    answer = visitor.client.post(
        "/nap-bang",
        data={"csrf_token": visitor.token(), "tep": (BytesIO(data.encode()), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, Page(answer.text).words
    return str(answer.headers["Location"])


def press(visitor: Visitor, path: str, page: Page, status: int, **more: str) -> Page:
    """Press the button of the form that goes to `path`."""
    fields: MultiDict[str, str] = page.form(path)
    for name, text in more.items():
        fields.setlist(name, [text])
    answer = visitor.client.post(path, data=fields)
    assert answer.status_code == status, Page(answer.text).words
    return Page(answer.text)


def test_a_table_comes_in_and_the_next_quarter_takes_two_presses(
    visit: Callable[..., Visitor], ws: Workspace
) -> None:
    vp = visit("vp")
    path = send(vp, HEAD.format("II/2018") + ROWS.format("1.310"))
    preview = press(vp, path, vp.get(path), 200)
    assert "4 số của 2 báo cáo" in preview.words
    assert ws.submissions.find(QUARTER.replace("Q3", "Q2")).revision is None
    press(vp, f"{path}/luu", preview, 303, ten="Biểu 01")
    assert [one.mapping.name for one in ws.tables.kept()] == ["Biểu 01"]
    revision = ws.submissions.find(QUARTER.replace("Q3", "Q2")).revision
    assert revision is not None
    assert str(revision.answers["B1"]) == "1310"

    path = send(vp, HEAD.format("III/2018") + ROWS.format("1.320"))  # the first press
    preview = vp.get(path)
    assert "Quý III/2018" in preview.words
    press(vp, f"{path}/luu", preview, 303)  # the second one
    revision = ws.submissions.find(QUARTER).revision
    assert revision is not None
    assert str(revision.answers["B1"]) == "1320"


def test_what_others_save_after_the_preview_is_shown_before_it_is_replaced(
    visit: Callable[..., Visitor], ws: Workspace
) -> None:
    vp = visit("vp")
    path = send(vp, HEAD.format("III/2018") + ROWS.format("1.320"))
    preview = press(vp, path, vp.get(path), 200)
    now = ws.submissions.find(QUARTER)
    ws.submissions.save_draft(now.unit, now.form, now.period.code, {"B1": 77}, by="vp")
    again = press(vp, f"{path}/luu", preview, 409, ten="Biểu 7")
    assert "đã thay đổi sau khi xem trước" in again.words
    assert again.form(f"{path}/luu")["ten"] == "Biểu 7"
    assert "77" in again.words
    revision = ws.submissions.find(QUARTER).revision
    assert revision is not None
    assert str(revision.answers["B1"]) == "77"
    assert ws.tables.kept() == ()
    press(vp, f"{path}/luu", again, 303)
    revision = ws.submissions.find(QUARTER).revision
    assert revision is not None
    assert str(revision.answers["B1"]) == "1320"


def test_an_unknown_name_is_asked_for_and_the_answer_is_kept(
    visit: Callable[..., Visitor], ws: Workspace
) -> None:
    vp = visit("vp")
    data = HEAD.format("III/2018") + ROWS.format("1.310") + "Hộ ông Năm;5;5\nTổng số;1;1\n"
    path = send(vp, data)
    asked = press(vp, path, vp.get(path), 422)
    assert "Hộ ông Năm" in asked.words
    preview = press(vp, path, asked, 200, bo_het="1")
    press(vp, f"{path}/luu", preview, 303, ten="Biểu 01")
    (kept,) = ws.tables.kept()
    assert dict(kept.mapping.names) == {"ho ong nam": "-"}


def test_rows_and_heading_are_read_again_as_the_user_says(visit: Callable[..., Visitor]) -> None:
    vp = visit("vp")
    path = send(vp, HEAD.format("III/2018") + ROWS.format("1.310"))
    page = press(vp, path, vp.get(path), 200, viec="doc_lai", dong="indicator", cuoi="4")
    fields = page.form(path)
    assert (fields["dong"], fields["cuoi"]) == ("indicator", "4")
    page = press(vp, path, page, 200, dong="unit")
    assert page.form(path)["dong"] == "unit"
    assert "B1." in page.words


@pytest.mark.parametrize("text", ["", "{}", "[]", "x", '{"sheet": 1}', '{"first": "a"}'])
def test_a_mapping_that_is_none_is_refused(visit: Callable[..., Visitor], text: str) -> None:
    vp = visit("vp")
    path = send(vp, HEAD.format("III/2018") + ROWS.format("1.310"))
    for address in (path, f"{path}/luu"):
        answer = vp.post(address, cach_doc=text, ten="x")
        assert answer.status_code == 422
        assert "Không hiểu được cách đọc" in answer.text


def test_a_file_belongs_to_the_account_that_sent_it(
    visit: Callable[..., Visitor], ws: Workspace
) -> None:
    path = send(visit("vp"), HEAD.format("III/2018") + ROWS.format("1"))
    assert visit("vp").client.get(path).status_code == 200
    held = visit("vp").client.application.extensions["nqcore.tables"]
    assert held.find("ld", path.rpartition("/")[2]) is None


def test_who_enters_for_one_unit_sees_nothing_of_it(visit: Callable[..., Visitor]) -> None:
    for login in ("dn", "xa"):
        assert "nap-bang" not in visit(login).client.get("/").text
    assert "/nap-bang" in visit("vp").get("/").links


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", "%PDF-1.4", "Excel"),
        ("a.csv", "chỉ có chữ\n", "Không tìm thấy bảng"),
        ("a.xlsx", "PK no", "Excel"),
    ],
)
def test_a_file_without_a_table_is_refused_in_words(
    visit: Callable[..., Visitor], name: str, data: str, words: str
) -> None:
    vp = visit("vp")
    answer = vp.client.post(
        "/nap-bang",
        data={"csrf_token": vp.token(), "tep": (BytesIO(data.encode()), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == 422
    assert words in answer.text
