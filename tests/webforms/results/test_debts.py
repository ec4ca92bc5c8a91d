"""*Còn nợ*: what is overdue is named with its days, linked, and in the reminder, whatever its period."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from webforms import create_app
from webforms.shared import debts

SPRING = "2018-Q1_res20.q_dn-xay-dung-hoa-loi"
SUMMER = "2018-Q2_res20.q_xa-thanh-loc"
YEAR = "2016_res20.y_dn-xay-dung-hoa-loi"
BUILDER = (
    "DNTN Xây dựng Hòa Lợi (Quý I/2018, quá hạn 178 ngày; Năm 2016, quá hạn 633 ngày; "
    "Quý IV/2012, quá hạn 2.094 ngày; Quý II/2010, quá hạn 3.009 ngày)"
)
CARRIER = "HTX Vận tải Thạnh Lộc (Năm 2010, quá hạn 2.820 ngày)"
COMMUNE = (
    "Xã Thạnh Lộc (Quý II/2018, quá hạn 87 ngày; Quý IV/2015, quá hạn 999 ngày; "
    "Quý II/2011, quá hạn 2.644 ngày)"
)
ALL = f"{BUILDER}; {CARRIER}; {COMMUNE}"
"""The oldest debt first: none is too old to be named."""


@pytest.fixture
def ws(demo_folder: Path) -> Iterator[Workspace]:
    with open_workspace(demo_folder) as ws:
        yield ws


def visitor(ws: Workspace, login: str = "vanphong") -> Visitor:
    one = Visitor(create_app(ws).test_client())
    one.sign_in(login, PASSWORD)
    return one


def reminder(page: Page) -> list[str]:
    """The text to copy, line by line."""
    page.with_id("loi-nhac")
    area = page.text.partition("Nội dung nhắc")[2].partition("Sao chép lời nhắc")[0]
    return [line.strip() for line in area.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("address", "owed", "left_out"),
    [
        # The board says what is overdue in its own period; the rest is what is owed beside it.
        ("/tien-do?mau=res20.q", (SPRING, SUMMER, YEAR), ()),
        ("/tien-do?mau=res20.y", (SPRING, SUMMER, YEAR), ()),
        ("/tien-do?mau=res20.y&ky=2016", (SPRING, SUMMER), (YEAR,)),
        ("/tien-do?mau=res20.q&ky=2018-Q2", (SPRING, YEAR), (SUMMER,)),
        ("/tien-do?don-vi=xa-thanh-loc", (SUMMER,), (SPRING, YEAR)),
        ("/tien-do?don-vi=xa-an-phu", (), (SPRING, SUMMER, YEAR)),
    ],
)
def test_the_board_names_and_links_what_is_owed_of_other_periods(
    ws: Workspace, address: str, owed: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    page = visitor(ws).get(address)
    said = page.words.partition("Các kỳ khác còn nợ:")[2].partition("Chưa gửi")[0]
    days = {
        SPRING: "Quý I/2018, quá hạn 178 ngày",
        SUMMER: "Quý II/2018, quá hạn 87 ngày",
        YEAR: "Năm 2016, quá hạn 633 ngày",
    }
    for submission in owed:
        assert days[submission] in said
        assert f"/bao-cao/{submission}" in page.links
    for submission in left_out:
        assert days[submission] not in said


def test_the_reminder_has_what_is_owed_of_every_period(ws: Workspace) -> None:
    text = reminder(visitor(ws).get("/tien-do?mau=res20.q"))
    assert text[0] == "Kính gửi các đơn vị,"
    assert "hạn gửi báo cáo Quý III/2018" in text[1]
    assert text[3] == (f"Báo cáo các kỳ khác còn nợ (8): {ALL}.")
    assert text[4].startswith("Đề nghị các đơn vị vào ")


def test_where_all_have_sent_the_reminder_is_of_the_debts_alone(ws: Workspace) -> None:
    """28 of 28 had sent the report of 2017, and that of 2016 was forgotten."""
    page = visitor(ws).get("/tien-do?mau=res20.y")
    assert "28/28 đơn vị" in page.words
    text = reminder(page)
    assert len(text) == 3
    assert text[1] == (f"Nhắc báo cáo (Huyện Tân Hòa): các báo cáo còn nợ (8): {ALL}.")


def test_a_unit_sees_its_own_debt_in_its_list_of_work_and_one_without_debts_none(
    ws: Workspace,
) -> None:
    page = visitor(ws, "dn-xay-dung-hoa-loi").get("/")
    for submission in (SPRING, YEAR):
        assert any(link.startswith(f"/bao-cao/{submission}/nhap") for link in page.links)
    assert "Còn nợ" not in visitor(ws, "xa-an-phu").get("/").words


def test_many_debts_are_cut_and_the_rest_is_counted(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debts, "MOST", 1)
    page = visitor(ws).get("/tien-do?mau=res20.q")
    assert f"Các kỳ khác còn nợ: {BUILDER}; và 2 đơn vị khác." in page.words
    assert "Xã Thạnh Lộc (" not in page.words
    assert reminder(page)[3].endswith(f"còn nợ (8): {BUILDER}; và 2 đơn vị khác.")


def test_what_is_sent_is_owed_no_more(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        before = {
            row.key: row.before_typed for row in ws.entry.sheet(SUMMER).rows if row.before_typed
        }
        assert "Quý II/2018, quá hạn 87 ngày" in visitor(ws).get("/").words
        draft = ws.save_draft("xa-thanh-loc", "res20.q", "2018-Q2", before, by="xa-thanh-loc")
        ws.send(draft, by="xa-thanh-loc")
        words = visitor(ws).get("/").words
        assert (
            f"Còn nợ: {BUILDER}; {CARRIER}; Xã Thạnh Lộc (Quý IV/2015, quá hạn 999 ngày;" in words
        )
