"""Who tells the story of the golden folder: a small office, its clock, and short words for what units do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.model.fields import Answer
from nqcore.workspace.demo import PLUGINS, demo_of
from nqcore.workspace.facade import Workspace

QUARTER, YEAR, TASKS = "res20.q", "res20.y", "hu.nv"
Q2, Q3, Q4 = "2018-Q2", "2018-Q3", "2018-Q4"
NEW_YEAR = date(2019, 1, 1)
BASIS = "Nghị quyết số 15/NQ-HĐND, ngày 10/12/2018 của Hội đồng nhân dân huyện (số liệu mẫu)"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@cache
def given() -> Mapping[tuple[str, str, str], Mapping[str, Answer]]:
    """Answers that units might have given, by unit, form and period: those of the demo."""
    return {(one.unit, one.form, one.period): one.answers for one in demo_of(PLUGINS).submissions}


class Days:
    """The clock of the story: stands where it is put."""

    now = datetime(2018, 7, 2, 8, tzinfo=VIET_NAM)

    def __call__(self) -> datetime:
        return self.now

    def at(self, moment: str) -> None:
        """Go on to "2018-07-03 08:00"."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=VIET_NAM)


class Story:
    """A workspace that is being filled: `ws`, its clock, and short words for what units do."""

    def __init__(self, ws: Workspace, days: Days) -> None:
        self.ws, self.days = ws, days

    def save(self, unit: str, form: str, period: str, **more: Any) -> str:
        """A draft with the demo's answers; `by` the unit's own account unless another is named."""
        known = given().get((unit, form, period)) or given().get((unit, form, Q2)) or {}
        answers = {**known, **more.pop("answers", {})}
        by = more.pop("by", unit)
        return self.ws.save_draft(unit, form, period, answers, by=by, **more).submission

    def send(self, unit: str, form: str, period: str, **more: Any) -> str:
        """The same, and sent."""
        by = more.get("by", unit)
        return self.ws.send(self.save(unit, form, period, **more), by=by).submission

    def accept(self, unit: str, form: str, period: str, **more: Any) -> str:
        """The same, and accepted."""
        return self.ws.accept(self.send(unit, form, period, **more), by="vanphong").submission

    def attach(self, report: str, name: str, data: bytes, by: str) -> str:
        obligation, account = self.ws.submissions.repository.find(report), self.ws.account(by)
        return self.ws.submissions.attach(obligation, name, data, by=account).sha256

    def lines(self, by: str, roles: list[Role], forms: list[str], *lines: str) -> None:
        self.ws.administration.add("\n".join(lines), roles, forms, by=self.ws.account(by))
