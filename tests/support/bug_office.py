"""An office of a province whose form has every kind of measure, for files that people filled in."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from nqcore.clock import VIET_NAM
from nqcore.plugin import read_definitions
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create
from tests.support.visitor import Page, Visitor
from webforms import create_app

CELLS = Path(__file__).parents[1] / "data" / "cells"
"""Files as offices sent them, made by hand: filled templates, lists of units, foreign tables."""
UNITS = CELLS / "00-tinh.csv"
PASSWORD = "sen-ho-tay-xanh"
FORM = "bug.q"
PERIOD = "2026-Q3"
REPORT = f"{PERIOD}_{FORM}_h1-a"
OTHER = f"{PERIOD}_{FORM}_h1-b"
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=VIET_NAM)
DEFINITIONS = """
[pack]
id = "bug"
since = 2015-01-01
basis = "Kế hoạch số 01-KH/TU"
[[directive]]
type = "Kế hoạch"
number = "01-KH/TU"
issuer = "TU"
body = "Ban Thường vụ Tỉnh ủy"
title = "về thử"
date = 2015-01-01
[[indicator]]
label = "N1"
name = "Số người dự"
measure = "người"
[[indicator]]
label = "S1"
name = "Số lao động cuối kỳ"
measure = "người"
time = "last"
[[indicator]]
label = "P1"
name = "Tỷ lệ hộ nghèo"
measure = "%"
decimals = 1
units = "mean"
time = "last"
[[indicator]]
label = "M1"
name = "Thu ngân sách"
measure = "triệu đồng"
decimals = 1
[[indicator]]
label = "M3"
name = "Diện tích"
measure = "ha"
decimals = 3
[[form]]
id = "bug.q"
title = "Báo cáo quý"
directive = "01-KH/TU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["N1", "S1", "P1", "M1", "M3"]
[[form.section.narrative]]
key = "N9"
label = "Kết quả"
"""


def make(folder: Path) -> Workspace:
    """The office, in a new folder, on 29 November 2026."""
    return create(
        folder,
        units=UNITS,
        modules=[("bug", read_definitions(DEFINITIONS))],
        since=date(2025, 1, 1),
        clock=lambda: NOW,
    )


def visitor(ws: Workspace) -> Visitor:
    """The administrator of the office in front of its pages."""
    app = create_app(ws)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    ws.accounts.set_password("quantri", PASSWORD, by="test", at=ws.clock())
    found = Visitor(app.test_client())
    assert found.sign_in("quantri", PASSWORD).status_code == 303
    return found


def upload(visitor: Visitor, report: str, name: str, data: bytes) -> Page:
    """The page that answers to a file chosen at *Nạp từ Excel*."""
    answer = visitor.client.post(
        f"/bao-cao/{report}/nap-excel",
        data={"csrf_token": visitor.token(), "tep": (BytesIO(data), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code in (200, 422)
    return Page(answer.text)
