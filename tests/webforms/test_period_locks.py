"""*Khóa kỳ*: a closed period takes no more entries; what somebody opened on purpose stays open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.errors import NotAllowed
from nqcore.workspace.facade import Workspace
from tests.collection.entry.workbook.test_round_trip import edited, fill, template
from tests.support.small import Now
from tests.support.twenty import NOW, PASSWORD, REPORT, THIS, app_of, make
from tests.support.visitor import Visitor
from tests.webforms.entry.test_workbook import upload

FILL, SHOW = f"/bao-cao/{REPORT}/nhap", f"/bao-cao/{REPORT}"
CLOSED = "Kỳ này đã khóa ngày 18/9/2018. Cần sửa, liên hệ đơn vị cấp trên đề nghị mở lại."


@pytest.fixture
def clock() -> Now:
    return Now(NOW)


@pytest.fixture
def ws(tmp_path: Path, keys: Path, clock: Now) -> Iterator[Workspace]:
    with make(tmp_path / "ws", clock=clock) as found:
        found.accounts.add(
            "qt", "Quản trị", "huyen", [Role.ADMIN], units=found.units, by="test",
            at=found.clock(), hashed=hash_password(PASSWORD),
        )  # fmt: skip
        yield found


@pytest.fixture
def visit(ws: Workspace) -> Callable[[str], Visitor]:
    app = app_of(ws)

    def make_visitor(login: str) -> Visitor:
        visitor = Visitor(app.test_client())
        assert visitor.sign_in(login, PASSWORD).status_code == 303
        return visitor

    return make_visitor


def close(visit) -> None:
    posted = visit("qt").post("/quan-tri/ky/khoa", bao_cao="muoi.q|2018-Q3", viec="khoa")
    assert posted.location == "/quan-tri/ky?nam=2018"


def test_a_closed_period_is_read_only_and_says_so(visit, ws: Workspace):
    hoa = visit("hoa")
    hoa.press(FILL, "luu", {"A1": "7"})
    typing = hoa.get(FILL).form(FILL)
    data = hoa.client.get(f"/bao-cao/{REPORT}/excel").data
    close(visit)
    assert "khóa ngày 18/9/2018" in visit("qt").get("/quan-tri/ky").words
    assert hoa.client.get(FILL).location == SHOW
    assert hoa.get(SHOW).words.count(CLOSED) == 1
    assert "Kỳ đã khóa, không nhận nữa" in hoa.get(SHOW).words
    page = hoa.get(SHOW)
    assert CLOSED in page.words
    assert FILL not in page.links
    assert FILL not in [link.partition("#")[0] for link in hoa.get("/").links]
    # Somebody who was typing is told, also by the script's own saving.
    typing["A2"] = "1"
    for doing in ("luu", "tu_luu"):
        typing.setlist("viec", [doing])
        answer = hoa.client.post(FILL, data=typing)
        assert answer.status_code in (303, 409, 422)
        assert CLOSED in (answer.json["loi"] if doing == "tu_luu" else hoa.get(SHOW).words)
    assert upload(hoa, edited(data, fill)).location == SHOW
    assert len(ws.submissions.revisions(REPORT)) == 1


def test_the_library_refuses_it_too(ws: Workspace, tmp_path: Path):
    from nqcore.workspace.bulk_import import plan_import

    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa")
    file = tmp_path / "a.xlsx"
    file.write_bytes(template(ws))
    ws.submissions.lock_period("muoi.q", "2018-Q3", True, by="qt")
    steps: tuple[Callable[[], object], ...] = (
        lambda: ws.send(draft, by="hoa"),
        lambda: ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "8"}, by="hoa"),
        lambda: ws.save_draft("xa-ap", "muoi.q", "2018-Q3", {"A1": "8"}, by="mai"),
        lambda: plan_import(ws, file),
        lambda: ws.submissions.attach(
            ws.submissions.repository.find(REPORT), "a.pdf", b"%PDF-1.4", by=ws.account("hoa")
        ),
    )
    for step in steps:
        with pytest.raises(PeriodLocked):
            step()
    assert len(ws.submissions.revisions(REPORT)) == 1


def test_what_was_sent_is_reviewed_and_what_is_returned_is_corrected(ws: Workspace):
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa")
    ws.send(REPORT, by="hoa")
    ws.submissions.lock_period("muoi.q", "2018-Q3", True, by="qt")
    ws.return_(REPORT, remarks={"A1": "Xem lại"}, by="nam")
    assert ws.entry.sheet(REPORT).editable
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS) | {"A1": "8"}, by="hoa")
    ws.send(REPORT, by="hoa")
    ws.accept(REPORT, by="nam")
    ws.reopen(REPORT, reason="Nhầm", by="nam")
    assert ws.entry.sheet(REPORT).editable


def test_more_time_for_one_unit_opens_it_for_that_unit(ws: Workspace, clock: Now):
    ws.submissions.lock_period("muoi.q", "2018-Q3", True, by="qt")
    ws.submissions.extend_deadline("xa-ap", "muoi.q", "2018-Q3", date(2018, 9, 25), "Bão", by="nam")
    assert not ws.entry.sheet(REPORT).editable
    other = REPORT.replace("xa-bm", "xa-ap")
    assert ws.entry.sheet(other).editable
    clock.on("2018-09-26")
    assert not ws.entry.sheet(other).editable


def test_opening_it_again(ws: Workspace):
    for on in (True, False):
        ws.submissions.lock_period("muoi.q", "2018-Q3", on, by="qt")
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "8"}, by="hoa")


@pytest.mark.parametrize("login", ["hoa", "bithu", "nam"])
def test_only_who_manages_the_office_closes_a_period(ws: Workspace, login: str):
    with pytest.raises(NotAllowed):
        ws.submissions.lock_period("muoi.q", "2018-Q3", True, by=login)
