"""*Chờ duyệt* with more reports than a page has lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from webforms.shared import paging


@pytest.mark.parametrize("order", ["", "xep=nen-xem"])
def test_reports_that_wait_come_in_pages_in_the_order_that_was_asked_for(
    visit: Callable[[str], Visitor], ws: Workspace, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    sent = {"dn": "2018-Q2_res20.q_dn-may-binh-minh", "xa": "2017_res20.y_xa-an-phu"}
    for login, id in sent.items():
        visit(login).press(f"/bao-cao/{id}/nhap", "ghi0", {"B1": "1"} if login == "dn" else {})
        ws.send(id, by=login)
    monkeypatch.setattr(paging, "LINES", 1)
    pages = [visit("vp").get(f"/duyet?{order}&trang={number}") for number in (1, 2)]
    shown = [link for page in pages for link in page.links if link.startswith("/duyet/2")]
    assert {*shown} == {f"/duyet/{id}" for id in sent.values()}
    assert len(shown) == 2
    assert "2 báo cáo" in pages[0].words
    (following,) = [link for link in pages[0].links if "trang=2" in link]
    assert order in following
    assert not [link for link in pages[1].links if "trang=3" in link]
