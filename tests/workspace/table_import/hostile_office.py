"""An office in which names are easily mistaken for each other, for tables as offices really send them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nqcore.plugin import read_definitions
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create
from tests.support.bug_office import NOW

REPORT = "2026-Q3_thu.q_ap"
PERIOD = "Quý III/2026"
UNITS = """code,name,kind,parent
huyen,Huyện Tân Hòa,huyện ủy,
ap,Xã An Phú,xã,huyen
bm,Xã Bình Minh,xã,huyen
tp,Xã Tân Phú,xã,huyen
tpp,Xã Tân Phù,xã,huyen
lt,Thị trấn Long Thành,thị trấn,huyen
"""
_FIGURES = (
    # label, name, measure, decimals
    ("HV", "Số hội viên", "người", 0),
    ("KN", "Số hội viên kết nạp mới", "người", 0),
    ("CH", "Số chi hội", "chi hội", 0),
    ("TNS", "Thu ngân sách", "triệu đồng", 1),
    ("DT", "Diện tích", "ha", 2),
    ("TL", "Tỷ lệ hộ nghèo", "%", 1),
    ("LD", "Số lao động", "người", 0),
)
LABELS = tuple(label for label, *_ in _FIGURES)
DEFINITIONS = (
    """
[pack]
id = "thu"
since = 2015-01-01
basis = "Kế hoạch số 01-KH/HU"
[[directive]]
type = "Kế hoạch"
number = "01-KH/HU"
issuer = "HU"
body = "Ban Thường vụ Huyện ủy"
title = "về thử"
date = 2015-01-01
"""
    + "".join(
        f'[[indicator]]\nlabel = "{label}"\nname = "{name}"\nmeasure = "{measure}"\n'
        f"decimals = {decimals}\n" + ('units = "mean"\ntime = "last"\n' if measure == "%" else "")
        for label, name, measure, decimals in _FIGURES
    )
    + f"""
[[form]]
id = "thu.q"
title = "Báo cáo quý"
directive = "01-KH/HU"
every = "quarter"
due = {{ day = 10, months_after = 1 }}
owed_by = {{ kinds = ["commune"] }}
[[form.section]]
key = "A"
title = "Số liệu"
figures = [{", ".join(f'"{one}"' for one in LABELS)}]
"""
)


def make(folder: Path) -> Workspace:
    """The office, in a new folder, on 29 November 2026."""
    folder.mkdir(parents=True)
    (folder / "don-vi.csv").write_text(UNITS, encoding="utf-8")
    return create(
        folder / "w",
        units=folder / "don-vi.csv",
        modules=[("thu", read_definitions(DEFINITIONS))],
        since=date(2025, 1, 1),
        clock=lambda: NOW,
    )
