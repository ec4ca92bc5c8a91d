"""The small district with rules of several kinds, and what changes in it after a review was frozen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import CLERK, DISTRICT, NOON, Now, found, full, plugin

ASKED = {"directive": "1-NQ/HU", "period": "2017..2018"}
RULES = """
[pack]
id = "r"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[target]]
id = "m"
directive = "1-NQ/HU"
indicator = "s.A1"
value = "{target}"
period = "2018"
aim = "at_least"
[[rule]]
id = "r.money"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Kinh phí"
type = "answers"
field = "K1"
codes = ["tien"]
coverage = {coverage}
[rule.sentences]
some = "{{units}} đơn vị thiếu kinh phí: {{names}}"
one = "{{names}} thiếu kinh phí"
none = "không có đơn vị nào thiếu kinh phí"
[[rule]]
id = "r.sum"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["s.A1", "s.B1", "s.B2.1"]
coverage = {coverage}
[rule.sentences]
some = "{{over}} {verb} {{A1}} hội nghị với {{B1}} công nhân, {{B2.1}}% có bảo hiểm"
one = "{{over}} {verb} {{A1}} hội nghị"
[[rule]]
id = "r.grown"
kind = "result"
directive = "1-NQ/HU"
title = "Công nhân"
type = "grown"
indicators = ["s.B1"]
coverage = {coverage}
[rule.sentences]
some = "từ {{then}} đến {{now}}, số công nhân {{move}}"
one = "từ {{then}} đến {{now}}, số công nhân {{move}}"
[[rule]]
id = "r.plans"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Kế hoạch"
type = "plans"
field = "VB1"
coverage = {coverage}
[rule.sentences]
some = "{{missing}} đơn vị chưa ban hành kế hoạch: {{missing_names}}; {{issued}} đơn vị đã ban hành"
none = "chưa đơn vị nào ban hành kế hoạch"
"""


def rules(
    *, target: str = "10", coverage: int = 1, verb: str = "đã tổ chức", name: str = "nq_rules"
) -> ModuleType:
    """A plugin with a target and four rules."""
    return plugin(name, RULES.format(target=target, coverage=coverage, verb=verb))


def district(*, worded: str = "Hội nghị") -> ModuleType:
    """The plugin of the small district, with another name for its first indicator."""
    return plugin("nq_small", DISTRICT.replace('name = "Hội nghị"', f'name = "{worded}"'))


def office(folder: Path, now: Now, *more: ModuleType) -> Workspace:
    """A new office with an administrator."""
    ws = found(folder, now, *(more or (rules(),)))
    assert ws.faults == ()
    ws.accounts.add("quantri", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
    return ws


def again(folder: Path, now: Now, *modules: ModuleType) -> Workspace:
    """The same folder, opened with these plugins in place of the first ones."""
    return open_workspace(
        folder, clock=now, modules=[(module.__name__, module) for module in modules]
    )


def report(ws: Workspace, unit: str, period: str, **given: object) -> None:
    """A report that is accepted at once."""
    draft = ws.save_draft(unit, "s.q", period, full(unit, **given), by=CLERK[unit])
    ws.send(draft, by=CLERK[unit])
    ws.accept(draft, by="duyet")


def correct(ws: Workspace, unit: str, period: str, **given: object) -> None:
    """An accepted report that is opened again, corrected and accepted."""
    submission = f"{period}_s.q_{unit}"
    ws.reopen(submission, reason="Số liệu sai", by="duyet")
    report(ws, unit, period, **given)


def merge(ws: Workspace, day: date, source: str = "xa-b", target: str = "xa-a") -> None:
    """One commune goes into another."""
    basis = "Nghị quyết số 5"
    event = ChangeEvent(
        id=f"v-{source}",
        date=day,
        kind=ChangeKind.MERGE,
        basis=basis,
        transfers=(
            Transfer(source=target, target=target),
            Transfer(source=source, target=target),
        ),
    )
    inherits = Handover(
        unit=source,
        duty=Duty.REPORTS,
        of="",
        disposal=Disposal.INHERIT,
        successor=target,
        since=day,
        basis=basis,
    )
    ws.organisation.change_units(event, decided=[inherits], by="quantri")


def owed(ws: Workspace, *periods: str) -> list[tuple[str, str]]:
    """(unit, period) of every report that is owed and not entered."""
    form = ws.catalogue.form("s.q")
    return [
        (unit.code, period)
        for period in periods
        for unit in ws.obligations.owed(form, ws.submissions.period("s.q", period))
        if ws.submissions.repository.state(f"{period}_s.q_{unit.code}") is None
    ]
