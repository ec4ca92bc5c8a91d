"""A district small enough to be reckoned by hand, and what tests need to walk through it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.catalogue import (
    Catalogue,
    Definitions,
    Plugins,
    build_catalogue,
    hook,
    parse_definitions,
)
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.obligations import Obligations
from nqcore.model.fields import Answer
from nqcore.model.submissions import Revision, Step, SubmissionState, submission_id
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace

ROOT = Path(__file__).parents[2]

# top ── xa-a ── dn-1 (opens 2018-02-01), dn-2 (closes 2018-06-15)
#     └─ xa-b ── dn-3 (of the State)
DISTRICT = """
[pack]
id = "s"
since = 2017-01-01
basis = "Kế hoạch số 1"

[[directive]]
type = "Nghị quyết"
number = "1-NQ/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về một việc"
date = 2017-01-05

[[unit]]
code = "top"
name = "Huyện"
kind = "committee"
[[unit]]
code = "xa-a"
name = "Xã A"
kind = "commune"
parent = "top"
[[unit]]
code = "xa-b"
name = "Xã B"
kind = "commune"
parent = "top"
[[unit]]
code = "dn-1"
name = "Công ty Một"
kind = "enterprise"
sector = "non_state"
parent = "xa-a"
opened = 2018-02-01
[[unit]]
code = "dn-2"
name = "Công ty Hai"
kind = "enterprise"
sector = "non_state"
parent = "xa-a"
closed = 2018-06-15
[[unit]]
code = "dn-3"
name = "Công ty Ba"
kind = "enterprise"
sector = "state"
parent = "xa-b"

[[indicator]]
label = "A1"
name = "Hội nghị"
measure = "hội nghị"
direction = "up"
[[indicator]]
label = "B1"
name = "Công nhân"
measure = "người"
time = "last"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "B2"
name = "Công nhân có bảo hiểm"
measure = "người"
time = "last"
at_most = "B1"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "B2.1"
name = "Tỷ lệ có bảo hiểm"
measure = "%"
decimals = 1
formula = "B2 / B1 * 100"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "B3"
name = "Tiền thưởng"
measure = "triệu đồng"
decimals = 1
asks = { kinds = ["enterprise"] }

[[form]]
id = "s.q"
title = "Báo cáo quý"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune", "enterprise"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["A1", "B1", "B2", "B3"]
[[form.section]]
key = "B"
title = "Đánh giá"
tasks = ["t1"]
[[form.section.document]]
key = "VB1"
label = "Kế hoạch của đơn vị"
directive = "1-NQ/HU"
asks = { kinds = ["commune"] }
[[form.section.choices]]
key = "K1"
label = "Khó khăn"
option = [{ code = "chu", text = "Chủ chưa quan tâm" }, { code = "tien", text = "Thiếu kinh phí" }]
[[form.section.narrative]]
key = "N1"
label = "Nhận xét"
max_length = 40

[[task]]
id = "t1"
directive = "1-NQ/HU"
title = "Tuyên truyền"
responsible = "xa-a"
"""

PERIOD = "2018-Q1"
NOON = datetime(2018, 4, 5, 12, tzinfo=VIET_NAM)


class Now:
    """A clock that stands where a test puts it."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def on(self, day: str) -> None:
        self.moment = datetime.fromisoformat(f"{day}T12:00:00+07:00")


def plugin(
    name: str = "nq_small", toml: str | None = None, **hooks: Callable[[], object]
) -> ModuleType:
    """A plugin as a module object: its definitions as TOML, and any hooks as functions."""
    module = ModuleType(name)
    if toml is not None:
        text = toml

        def definitions() -> Definitions:
            return parse_definitions(f"{name}/all.toml", text)

        hooks["definitions"] = definitions
    for hook_name, function in hooks.items():
        function.__name__ = hook_name
        setattr(module, hook_name, hook(function))
    return module


SMALL = plugin(toml=DISTRICT)

Modules = list[tuple[str, object]]


Install = Callable[..., None]
"""Puts a plugin where pip would: see the fixture `install`."""


def put_plugin(site: Path, name: str, code: str, *, dist: str = "", module: str = "") -> None:
    """A module in the folder `site`, and the entry point that names it, as pip writes them."""
    (site / f"{module or name}.py").write_text(code, "utf-8")
    info = site / f"{dist or name}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist or name}\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(f"[nqcore]\n{name} = {module or name}\n")


def modules(*more: ModuleType) -> Modules:
    """The small district and further plugins, as `open_workspace` takes them."""
    return [("nq_small", SMALL), *((module.__name__, module) for module in more)]


ACCOUNTS = {
    "duyet": ("top", Role.APPROVE),
    "lan": ("xa-a", Role.ENTER),
    "binh": ("xa-b", Role.ENTER),
    "mot": ("dn-1", Role.ENTER),
    "hai": ("dn-2", Role.ENTER),
    "ba": ("dn-3", Role.ENTER),
}


def add_accounts(ws: Workspace, accounts: Mapping[str, tuple[str, Role]]) -> None:
    """One account for each login: its unit and role."""
    for login, (unit, role) in accounts.items():
        ws.accounts.add(login, login, unit, [role], units=ws.units, by="test", at=NOON)


def found(folder: Path, now: Callable[[], datetime] | None = None, *more: ModuleType) -> Workspace:
    """A new workspace of the small district, with its accounts."""
    # Every record waits for the disk: the accounts are made once, in a folder that is then copied.
    if not FOUNDED:
        template = Path(os.environ["NQ_KEYS"]) / "small"
        with create_workspace(
            template, name="Huyện", plugins=(), root="top", clock=Now(), modules=modules()
        ) as ws:
            add_accounts(ws, ACCOUNTS)
        FOUNDED.append(template)
    shutil.copytree(FOUNDED[0], folder)
    return reopen(folder, now, *more)


FOUNDED: list[Path] = []
"""Where the small district was made, once it was."""


def reopen(folder: Path, now: Callable[[], datetime] | None = None, *more: ModuleType) -> Workspace:
    """The same folder again, as another process would open it."""
    return open_workspace(folder, clock=now or Now(), modules=modules(*more))


CLERK = {unit: login for login, (unit, _) in ACCOUNTS.items()}


def full(unit: str, **given: Any) -> dict[str, Any]:
    """What `unit` types into the form: `given`, and a quiet answer to everything else."""
    answers: dict[str, Any] = {"A1": "1", "K1": (), "N1": ""}
    if unit.startswith("dn"):
        answers |= {"B1": "100", "B2": "80", "B3": "1,5"}
    if unit == "xa-a":
        answers |= {"NV-t1.status": "doing"}
    return answers | given


def accepted(ws: Workspace, unit: str, period: str = PERIOD, **given: Any) -> Revision:
    """A report that went all the way."""
    draft = ws.save_draft(unit, "s.q", period, full(unit, **given), by=CLERK[unit])
    ws.send(draft, by=CLERK[unit])
    return ws.accept(draft, by="duyet")


# -- roll-up without a store ---------------------------------------------------------------------


def catalogue(*texts: str) -> Catalogue:
    """The catalogue of definition files, one plugin each."""
    given: Modules = [(f"p{n}", plugin(f"p{n}", text)) for n, text in enumerate(texts)]
    return build_catalogue(Plugins((), given))


Cells = Mapping[tuple[str, str], Mapping[str, str | int | Decimal]]


def totals(known: Catalogue, cells: Cells, today: str = "2018-12-31", form: str = "s.q") -> Totals:
    """Totals over accepted reports given as {(unit, period): {row: value}}."""
    values = AcceptedValues(known)
    for (unit, period), row in cells.items():
        values.put(revision(unit, period, row, form=form))
    return Totals(Obligations(known), values, date.fromisoformat(today))


def revision(
    unit: str,
    period: str,
    row: Mapping[str, str | int | Decimal],
    *,
    form: str = "s.q",
    state: SubmissionState = SubmissionState.ACCEPTED,
    number: int = 1,
) -> Revision:
    """One revision as the desk would have stored it."""
    answers: dict[str, Answer] = {key: Decimal(value) for key, value in row.items()}
    return Revision(
        submission=submission_id(period, form, unit),
        unit=unit,
        form=form,
        period=period,
        number=number,
        state=state,
        step=Step.ACCEPT,
        answers=answers,
        by="duyet",
        at=NOON,
    )


# -- other processes -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """How a process ended."""

    code: int
    out: str
    err: str


def python(program: str, *args: object) -> subprocess.Popen[str]:
    """A Python process in the checkout that runs `program`."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(processes: Iterable[subprocess.Popen[str]]) -> list[Done]:
    """Wait for all of them."""
    done = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        done.append(Done(process.returncode, out, err))
    return done


FINE = """
from nqcore.plugin import Definitions, hook
@hook
def definitions(): return Definitions()
"""
"""The code of a plugin that has nothing wrong and brings nothing."""

BUNDLED = (
    "nq_model_district",
    "nq_model_province",
    "nq_party_report",
    "nq_res20",
    "nq_state_report",
)
"""The plugins of the demo district."""
