"""A province for the web benchmark: units in groups under one root, one quarterly form of 20 figures,
and years of accepted reports."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType

from nqcore.catalogue.definitions import Definitions, parse_definitions
from nqcore.clock import clock_at
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.model.submissions import Revision, Step, SubmissionState, submission_id
from nqcore.plugin import hook
from nqcore.store import Change
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace

TODAY = date(2018, 10, 5)
PASSWORD = "mat-khau-2018"
GROUPS, FIGURES = 6, 20
HEAD = """
[pack]
id = "b"
since = 2000-01-01
basis = "Kế hoạch số 1"
[[directive]]
type = "Nghị quyết"
number = "1-NQ/TU"
issuer = "TU"
body = "Tỉnh ủy"
title = "về một việc"
date = 2000-01-05
[[unit]]
code = "tinh"
name = "Tỉnh Mẫu"
kind = "committee"
"""

RULES = """
[[target]]
id = "b.t1"
directive = "1-NQ/TU"
indicator = "b.A1"
value = 100000
period = "2018"
[[rule]]
id = "b.total"
kind = "result"
directive = "1-NQ/TU"
title = "Số người"
type = "total"
indicators = ["A2", "A3"]
[rule.sentences]
some = "{over} có {A2} người, trong đó {A3} người được tập huấn"
[[rule]]
id = "b.grown"
kind = "result"
directive = "1-NQ/TU"
title = "Tăng"
type = "grown"
indicators = ["A4"]
[rule.sentences]
some = "từ {then} đến {now} số người {move}"
[[rule]]
id = "b.target"
kind = "result"
directive = "1-NQ/TU"
title = "Mục tiêu"
type = "target"
indicators = ["A1"]
[rule.sentences]
some = "{by} có {value} người, đạt mục tiêu ({target} người)"
ahead = "{by} có {value} người, vượt lộ trình ({path})"
"""
"""A target, and rules on the form's first four figures."""


def definitions_text(units: int, figures: int = FIGURES, more: str = "") -> str:
    """The definitions as one file; `more`: further tables of it."""
    lines = [HEAD]
    for group in range(GROUPS):
        lines.append(
            f'[[unit]]\ncode = "h-{group}"\nname = "Huyện {group}"\nkind = "committee"\n'
            'parent = "tinh"\n'
        )
    lines += [
        f'[[unit]]\ncode = "xa-{n:03}"\nname = "Xã số {n:03}"\nkind = "commune"\n'
        f'parent = "h-{n % GROUPS}"\n'
        for n in range(units)
    ]
    lines += [
        f'[[indicator]]\nlabel = "A{n}"\nname = "Chỉ tiêu số {n} của biểu mẫu quý"\n'
        'measure = "người"\n'
        for n in range(1, figures + 1)
    ]
    rows = ", ".join(f'"A{n}"' for n in range(1, figures + 1))
    lines.append(
        '[[form]]\nid = "b.q"\ntitle = "Báo cáo quý"\ndirective = "1-NQ/TU"\nevery = "quarter"\n'
        'due = { day = 10, months_after = 1 }\nowed_by = { kinds = ["commune"] }\n'
        f'[[form.section]]\nkey = "A"\ntitle = "Số liệu"\nfigures = [{rows}]\n'
    )
    lines.append(more)
    return "\n".join(lines)


def plugin(units: int, figures: int = FIGURES, more: str = "") -> tuple[str, object]:
    """The definitions as a plugin that is handed in."""
    module = ModuleType("nq_bench")

    def definitions() -> Definitions:
        return parse_definitions("nq_bench/all.toml", definitions_text(units, figures, more))

    module.definitions = hook(definitions)  # type: ignore[attr-defined]
    return "nq_bench", module


def quarters(count: int) -> list[str]:
    """The codes of the last `count` quarters that are over, oldest first."""
    return quarters_since(1990)[-count:]


def quarters_since(first: int) -> list[str]:
    """The codes of all quarters that are over from that year on."""
    found = [f"{year}-Q{quarter}" for year in range(first, 2019) for quarter in (1, 2, 3, 4)]
    return found[: found.index("2018-Q3")]


def make(folder: Path, units: int, periods: int, figures: int = FIGURES, more: str = "") -> None:
    """An office that began with its first report: every unit's report of every period is accepted; a tenth
    of the units have sent the newest one."""
    year, quarter = quarters(periods)[0].split("-Q")
    start = date(int(year), 3 * int(quarter) - 2, 1)
    given = [plugin(units, figures, more)]
    at = datetime(2018, 10, 5, 8, tzinfo=timezone(timedelta(hours=7)))
    with create_workspace(
        folder,
        name="Tỉnh",
        plugins=(),
        root="tinh",
        clock=clock_at(TODAY),
        modules=given,
        since=start,
    ) as ws:
        assert not ws.faults, ws.faults
        hashed = hash_password(PASSWORD)
        for login, unit, role in (("vp", "tinh", Role.APPROVE), ("xa", "xa-001", Role.ENTER)):
            ws.accounts.add(
                login, login, unit, [role], units=ws.units, by="bench", at=at, hashed=hashed
            )
        for nth, code in enumerate(quarters(periods)):
            with ws.store.change(by="bench", do="accept", at=at) as change:
                for unit in range(units):
                    _put(change, f"xa-{unit:03}", code, SubmissionState.ACCEPTED, nth, at, figures)
        with ws.store.change(by="bench", do="send", at=at) as change:
            for unit in range(2, units, 10):
                _put(change, f"xa-{unit:03}", "2018-Q3", SubmissionState.SENT, periods, at, figures)


def _put(
    change: Change,
    unit: str,
    period: str,
    state: SubmissionState,
    nth: int,
    at: datetime,
    figures: int,
) -> None:
    id = submission_id(period, "b.q", unit)
    revision = Revision(
        submission=id,
        unit=unit,
        form="b.q",
        period=period,
        number=1,
        state=state,
        step=Step.SEND if state is SubmissionState.SENT else Step.ACCEPT,
        answers={
            f"A{n}": Decimal(100 * n + nth + int(unit[3:]) % 7) for n in range(1, figures + 1)
        },
        by="xa",
        at=at,
        first_sent=at,
        receipt="x",
    )
    change.put(REVISIONS, f"{id}#1", REVISION.to_doc(revision))
    change.put(SUBMISSIONS, id, {"revision": 1, "state": state.value})


def reopen(
    folder: Path, units: int, figures: int = FIGURES, more: str = "", *, layouts: bool = False
) -> Workspace:
    """The office again; `layouts`: with the layouts of the Party's papers."""
    given = [plugin(units, figures, more)]
    if layouts:
        given.append(("nq_party_report", import_module("nq_party_report")))
    return open_workspace(folder, clock=clock_at(TODAY), modules=given)
