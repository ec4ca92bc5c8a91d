"""The office of the design's pictures: two communes and a form of twenty figures, so that what one
press more or less costs can be counted. Served in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.support.small import Now, plugin
from webforms import create_app

PASSWORD = "mat-khau-2018"
NOW = datetime(2018, 9, 18, 10, 42, tzinfo=VIET_NAM)
REPORT, BEFORE = "2018-Q3_muoi.q_xa-bm", "2018-Q2_muoi.q_xa-bm"
ROWS = (
    # label, name, measure, decimals, last quarter, this quarter
    ("A1", "Số hội nghị quán triệt, học tập nghị quyết", "hội nghị", 0, "6", "7"),
    ("A2", "Số lượt người tham gia học tập, quán triệt", "lượt người", 0, "1245", "1310"),
    ("A3", "Số buổi tuyên truyền tại doanh nghiệp, hợp tác xã", "buổi", 0, "8", "8"),
    ("A4", "Tỷ lệ công nhân, lao động được phổ biến nghị quyết", "%", 1, "72,5", "74,8"),
    ("B1", "Tổng số công nhân, viên chức, lao động", "người", 0, "3412", "3425"),
    ("B2", "Tổng số công đoàn cơ sở", "tổ chức", 0, "27", "28"),
    ("B3", "Công đoàn cơ sở thành lập mới trong kỳ", "tổ chức", 0, "1", "1"),
    ("B4", "Tổng số đoàn viên công đoàn", "người", 0, "2876", "2903"),
    ("B5", "Đoàn viên kết nạp mới trong kỳ", "người", 0, "64", "60"),
    ("B6", "Đoàn viên được giới thiệu cho Đảng bồi dưỡng, kết nạp", "người", 0, "5", "5"),
    ("C1.1", "Đang hoạt động – khu vực nhà nước", "đơn vị", 0, "4", "4"),
    ("C1.2", "Đang hoạt động – ngoài khu vực nhà nước", "đơn vị", 0, "38", "39"),
    ("C2.1", "Có tổ chức đảng – khu vực nhà nước", "đơn vị", 0, "3", "3"),
    ("C2.2", "Có tổ chức đảng – ngoài khu vực nhà nước", "đơn vị", 0, "0", "0"),
    ("C3.1", "Có tổ chức công đoàn – khu vực nhà nước", "đơn vị", 0, "4", "4"),
    ("C3.2", "Có tổ chức công đoàn – ngoài khu vực nhà nước", "đơn vị", 0, "11", "12"),
    ("D1", "Số cuộc kiểm tra, giám sát chuyên đề về nghị quyết", "cuộc", 0, "0", "0"),
    ("D2", "Số cuộc đối thoại với chủ doanh nghiệp, người lao động", "cuộc", 0, "2", "3"),
    ("D3", "Số vụ vi phạm quyền lợi người lao động được xử lý", "vụ", 0, "1", "0"),
    ("D4", "Số tiền nợ đọng bảo hiểm xã hội", "triệu đồng", 1, "1.234,5", "1.180,5"),
)
THIS = {label: now for label, *_, now in ROWS}
LAST = {label: last for label, *_, last, _now in ROWS}
SECTIONS = {
    "A": "Công tác quán triệt, tuyên truyền",
    "B": "Tổ chức công đoàn, phát triển đoàn viên",
    "C": "Doanh nghiệp, hợp tác xã trên địa bàn",
    "D": "Kiểm tra, giám sát, đối thoại",
}


def definitions(leader: bool = False) -> str:
    """The office as a definition file; `leader`: its reports go through the unit's leader."""
    parts = [
        """
[pack]
id = "muoi"
since = 2017-01-01
basis = "Kế hoạch số 70-KH/HU"
[[directive]]
type = "Nghị quyết"
number = "20-NQ/TW"
issuer = "TW"
body = "Ban Chấp hành Trung ương"
title = "về xây dựng giai cấp công nhân"
date = 2008-01-28
[[unit]]
code = "huyen"
name = "Huyện ủy Tân Hòa"
kind = "committee"
[[unit]]
code = "xa-bm"
name = "Đảng ủy xã Bình Minh"
kind = "commune"
parent = "huyen"
[[unit]]
code = "xa-ap"
name = "Đảng ủy xã An Phú"
kind = "commune"
parent = "huyen"
"""
    ]
    for label, name, measure, decimals, _last, _now in ROWS:
        parts.append(
            f'[[indicator]]\nlabel = "{label}"\nname = "{name}"\nmeasure = "{measure}"\n'
            f"decimals = {decimals}\n"
            + ('maximum = "100"\n' if measure == "%" else "")
            + ('at_most = "B1"\n' if label == "B4" else "")
        )
    parts.append(
        '[[form]]\nid = "muoi.q"\ntitle = "Báo cáo quý"\ndirective = "20-NQ/TW"\n'
        'every = "quarter"\ndue = { day = 20, months_after = 0 }\n'
        'owed_by = { kinds = ["commune"] }\n'
        + ('leader = { units = ["xa-bm"] }\n' if leader else "")
    )
    for key, title in SECTIONS.items():
        labels = ", ".join(f'"{row[0]}"' for row in ROWS if row[0].startswith(key))
        parts.append(f'[[form.section]]\nkey = "{key}"\ntitle = "{title}"\nfigures = [{labels}]\n')
    parts.append("""
[[form.section]]
key = "E"
title = "Đánh giá"
[[form.section.narrative]]
key = "N1"
label = "Kết quả nổi bật"
hint = "3–5 câu. Nêu việc làm mới, cách làm hay; không chép lại số liệu ở trên."
[[form.section.narrative]]
key = "N2"
label = "Tồn tại, hạn chế và nguyên nhân"
""")
    return "\n".join(parts)


PEOPLE = {
    "hoa": ("Lê Thị Hoa", "xa-bm", Role.ENTER),
    "bithu": ("Nguyễn Văn Thành", "xa-bm", Role.LEAD),
    "mai": ("Đặng Thị Mai", "xa-ap", Role.ENTER),
    "nam": ("Trần Văn Nam", "huyen", Role.APPROVE),
}


def make(folder: Path, *, leader: bool = False, clock: Now | None = None) -> Workspace:
    """A new workspace of that office; last quarter's report of Bình Minh is accepted."""
    modules = [("nq_muoi", plugin("nq_muoi", definitions(leader)))]
    ws = create_workspace(
        folder, name="Tân Hòa", plugins=(), root="huyen", clock=clock or Now(NOW), modules=modules
    )
    hashed = hash_password(PASSWORD)
    for login, (name, unit, role) in PEOPLE.items():
        ws.accounts.add(
            login, name, unit, [role], units=ws.units, by="test", at=ws.clock(), hashed=hashed
        )
    ws.save_draft("xa-bm", "muoi.q", "2018-Q2", dict(LAST), by="bithu")
    ws.send(BEFORE, by="bithu")
    ws.accept(BEFORE, by="nam")
    return ws


def app_of(ws: Workspace) -> Flask:
    """The pages over it; a fault fails the test."""
    app = create_app(ws)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of a server for that application, until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
