"""A form that asks communes one question with yes or no and two days, in the small district."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, found, plugin

PASSWORD = "mat-khau-2018"
REPORT = "2018-Q1_s.hoi_xa-a"
QUESTIONS = """
[pack]
id = "s"
since = 2017-01-01
basis = "Kế hoạch số 1"

[[form]]
id = "s.hoi"
title = "Câu hỏi"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "C"
title = "Câu hỏi"
[[form.section.yes_no]]
key = "QC"
label = "Đã ban hành quy chế dân chủ ở cơ sở"
hint = "Quy chế còn hiệu lực."
[[form.section.day]]
key = "HN"
label = "Ngày tổ chức hội nghị người lao động"
[[form.section.day]]
key = "DH"
label = "Ngày dự kiến đại hội"
required = false
future = true

[[rule]]
id = "s.quy-che"
kind = "result"
directive = "1-NQ/HU"
title = "Quy chế"
type = "answers"
field = "QC"
codes = ["yes"]
[rule.sentences]
some = "{units} đơn vị có quy chế ({names}); {missing} chưa báo cáo ({missing_names})"

[[rule]]
id = "s.hoi-nghi"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "days"
field = "HN"
[rule.sentences]
some = "{given} đơn vị đã tổ chức: {list}; {missing} chưa báo cáo"
"""


def asking(**hooks: Callable[[], object]) -> ModuleType:
    """The plugin with that form."""
    return plugin("nq_hoi", QUESTIONS, **hooks)


def office(folder: Path, *more: ModuleType) -> Workspace:
    """The small district with that form, where `lan` of xa-a can sign in with PASSWORD."""
    ws = found(folder, None, *(more or (asking(),)))
    hashed = hash_password(PASSWORD)
    for login, unit, role in (("hoa", "xa-a", Role.ENTER), ("nam", "top", Role.APPROVE)):
        ws.accounts.add(
            login, login, unit, [role], units=ws.units, by="test", at=NOON, hashed=hashed
        )
    return ws


def answer(ws: Workspace, unit: str, **given: Any) -> None:
    """An accepted report of the unit."""
    login = {"xa-a": "lan", "xa-b": "binh"}[unit]
    draft = ws.save_draft(unit, "s.hoi", "2018-Q1", given, by=login)
    ws.send(draft, by=login)
    ws.accept(draft, by="duyet")
