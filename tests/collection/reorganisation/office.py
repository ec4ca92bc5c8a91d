"""A small district office to reorganise: three communes, a co-operative, an agency with a form, a task
and a target of its own by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from nqcore.clock import clock_at
from nqcore.collection.accounts.access import Account, Role
from nqcore.plugin import Definitions, hook, parse_definitions
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace

TODAY = date(2018, 9, 20)
DAY = date(2018, 10, 1)
BASIS = "Nghị quyết số 12/NQ-HĐND, ngày 15/9/2018 của Hội đồng nhân dân tỉnh"

TOML = """
[pack]
id = "t"
since = 2018-01-01
basis = "KH 1"
[[directive]]
number = "1-KH/HU"
type = "Kế hoạch"
issuer = "HU"
body = "Huyện ủy"
title = "Kế hoạch"
date = 2018-01-02
[[unit]]
code = "huyen"
name = "Huyện Tân Hòa"
kind = "committee"
[[unit]]
code = "xa-a"
name = "Xã An Phú"
kind = "commune"
parent = "huyen"
[[unit]]
code = "xa-b"
name = "Xã Bình Minh"
kind = "commune"
parent = "huyen"
[[unit]]
code = "xa-c"
name = "Xã Đông Hà"
kind = "commune"
parent = "huyen"
[[unit]]
code = "htx"
name = "HTX Bình Minh"
kind = "cooperative"
sector = "non_state"
parent = "xa-b"
[[indicator]]
label = "A1"
name = "Số hội nghị"
measure = "hội nghị"
units = "sum"
time = "sum"
[[form]]
id = "t.q"
title = "Báo cáo quý"
directive = "1-KH/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune", "cooperative"] }
[[form.section]]
key = "A"
title = "A"
figures = ["A1"]
[[form]]
id = "t.nv"
title = "Nhiệm vụ"
directive = "1-KH/HU"
every = "half"
due = { day = 20, months_after = 1 }
owed_by = { units = ["xa-b", "xa-c"] }
[[form.section]]
key = "N"
title = "N"
tasks = ["t.1"]
[[task]]
id = "t.1"
directive = "1-KH/HU"
title = "Xây dựng nhà văn hóa"
responsible = "xa-b"
cooperating = ["xa-c"]
[[target]]
id = "t.m"
directive = "1-KH/HU"
indicator = "t.A1"
value = 5
period = "2018"
scope = { units = ["xa-b"] }
"""


def plugin() -> SimpleNamespace:
    """The definitions as a plugin that is handed in."""

    @hook
    def definitions() -> Definitions:
        return parse_definitions("t.toml", TOML)

    return SimpleNamespace(definitions=definitions)


PEOPLE = {
    "qt": ("huyen", Role.ADMIN),
    "vp": ("huyen", Role.APPROVE),
    "a": ("xa-a", Role.ENTER),
    "b": ("xa-b", Role.ENTER),
    "qta": ("xa-a", Role.ADMIN),
}


def office(folder: Path, today: date = TODAY) -> Workspace:
    """A new workspace with its accounts, on `today`."""
    ws = create_workspace(
        folder,
        name="Huyện Tân Hòa",
        plugins=(),
        root="huyen",
        clock=clock_at(today),
        modules=[("t", plugin())],
    )
    assert not ws.faults
    for login, (unit, role) in PEOPLE.items():
        ws.accounts.add(login, login, unit, [role], units=ws.units, by="test", at=ws.clock())
    return ws


def later(ws: Workspace, today: date) -> Workspace:
    """The same folder in another process, on another day."""
    return open_workspace(ws.folder, clock=clock_at(today), modules=[("t", plugin())])


def report(ws: Workspace, unit: str, period: str, figure: str, by: str | Account = "") -> None:
    """`unit` sends one figure and it is accepted."""
    who = by or {"xa-a": "a", "xa-b": "b"}.get(unit, "vp")
    draft = ws.save_draft(unit, "t.q", period, {"A1": figure}, by=who)
    ws.accept(ws.send(draft, by=who), by="vp")
