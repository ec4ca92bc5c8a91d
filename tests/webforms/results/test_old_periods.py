"""Pages of a period before the office began: of units without old figures none is called late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.plugin import read_definitions
from nqcore.workspace.bulk_import import accept_import, plan_import
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create
from tests.collection.submissions.test_history import DEFINITIONS, HEAD, NOW, PAPER, UNITS
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app

OLD = "2025-Q4"


@pytest.fixture
def ws(keys: Path, tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "dv.csv").write_text(UNITS, "utf-8")
    module = read_definitions(DEFINITIONS)
    place = tmp_path / "w"
    with create(
        place,
        units=tmp_path / "dv.csv",
        modules=[("ls", module)],
        since=date(2026, 1, 1),
        clock=lambda: NOW,
    ) as found:
        (tmp_path / "cu.csv").write_text(f"{HEAD}xa-a,{OLD},A1,7\n", "utf-8")
        plan = plan_import(found, tmp_path / "cu.csv", history=True)
        accept_import(found, plan, basis=PAPER, by=found.account("quantri"))
        found.accounts.set_password("quantri", PASSWORD, by="quantri", at=NOW)
        yield found


@pytest.fixture
def who(ws: Workspace) -> Visitor:
    found = Visitor(create_app(ws).test_client())
    found.sign_in("quantri", PASSWORD)
    return found


PAGES = {
    "the board": f"/tien-do?mau=ls.quarter&ky={OLD}",
    "the board of now": "/tien-do?mau=ls.quarter",
    "the period": f"/quan-tri/ky/ls.quarter/{OLD}",
    "a report": f"/bao-cao/{OLD}_ls.quarter_xa-b",
    "the form": f"/bao-cao/{OLD}_ls.quarter_xa-b/nhap",
    "the review": "",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_no_page_calls_a_unit_without_old_figures_late(
    ws: Workspace, who: Visitor, path: str
) -> None:
    (directive,) = ws.directives.matching("1-KH/HU")
    page = who.get(path or f"/bao-cao-tong-hop/{OLD}_{directive.id}_top")
    assert "quá hạn" not in page.words.replace("quá hạn, chưa gửi", ""), "the legend explains it"


def test_they_say_that_there_are_no_old_figures(who: Visitor) -> None:
    board = who.get(PAGES["the board"])
    assert board.words.count("Chưa có số liệu cũ") >= 2
    period = who.get(PAGES["the period"]).words
    assert "Đã gửi 1/3 báo cáo" in period
    assert "2 đơn vị chưa có số liệu cũ" in period
    assert "không tính hạn" in who.get(PAGES["a report"]).words
