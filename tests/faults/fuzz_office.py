"""The office that is fuzzed: every unit's figures and words carry a mark of their own, so that a page
which shows another unit's is found out; accounts of every role at the top and at single units."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from argon2 import PasswordHasher

from nqcore.collection.accounts.access import Role
from nqcore.collection.entry.autofill import fill_empty_boxes, zeros
from nqcore.model.fields import FigureField, NarrativeField
from nqcore.workspace.demo import PLUGINS
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

PASSWORD = "mat-khau-cua-ky-thu"
TODAY = date(2018, 10, 5)
PERIOD, FORM = "2018-Q3", "res20.q"
UNITS = ("dn-may-binh-minh", "dn-go-an-phu", "xa-an-phu", "ban-tuyen-giao")
"""The units that have people."""
FIRST, STEP = 731_000_000, 1009
"""The marks: 731.000.000, 731.001.009 … by the unit's place in the list."""
_MARK = re.compile(r"731[.,\u00a0 ]?(\d{3})[.,\u00a0 ]?(\d{3})|dau-vet-(\d+)-")


@dataclass(frozen=True, slots=True)
class Person:
    """An account: "" is nobody. `units`: whose reports it may see and change."""

    login: str
    unit: str
    role: Role | None
    units: frozenset[str]


def mark(nth: int) -> int:
    """The figure of the nth unit."""
    return FIRST + nth * STEP


def marks_in(data: bytes) -> set[int]:
    """The numbers of the units whose marks stand in a page or in the XML of a package."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
    found = set()
    for high, low, word in _MARK.findall(data.decode("utf-8", "replace")):
        number = int(word) if word else (int(high + low)) // STEP
        if word or int(high + low) % STEP == 0:
            found.add(number)
    return found


def make_office(folder: Path) -> None:
    """The workspace, with a marked report of each unit: drafts, sent and accepted ones."""
    with create_workspace(
        folder, name="Huyện thử", plugins=PLUGINS, root="huyen", today=TODAY
    ) as ws:
        # Cheap to check: everybody signs in many times, and guessing is not what is tried here.
        hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        for login, unit, role in _accounts():
            ws.accounts.add(
                login, f"Người {login}", unit, [role], units=ws.units, by="fuzz", at=ws.clock(),
                hashed=hashed,
            )  # fmt: skip
        for nth, unit in enumerate(owing(ws)):
            _report(ws, nth, unit)
        for _ in range(2):
            ws.editions.freeze(directive="20-NQ/TW", period="2008..2018", by="tren-review")


def _accounts() -> Iterable[tuple[str, str, Role]]:
    for role in Role:
        yield f"tren-{role}", "huyen", role
        for unit in UNITS[:2]:
            yield f"{role}-{unit}", unit, role
    for unit in UNITS[2:]:
        yield f"enter-{unit}", unit, Role.ENTER


def owing(ws: Workspace) -> list[str]:
    """The units that owe the form, in the order of their marks."""
    form = ws.catalogue.form(FORM)
    return [u.code for u in ws.obligations.owed(form, ws.obligations.period(form, PERIOD), "huyen")]


def _report(ws: Workspace, nth: int, unit: str) -> None:
    obligation = ws.submissions.obligation(unit, FORM, PERIOD)
    sheet = ws.entry.sheet(obligation)
    given = fill_empty_boxes(sheet, {}, zeros(sheet))
    figures = [row.key for row in sheet.rows if isinstance(row.field, FigureField)]
    words = [row.key for row in sheet.rows if isinstance(row.field, NarrativeField)]
    given[figures[0]] = str(mark(nth))
    if words:
        given[words[0]] = f"Khó khăn dau-vet-{nth}- của đơn vị."
    ws.save_draft(unit, FORM, PERIOD, given, by="tren-review")
    if nth % 3:
        ws.send(obligation.submission, by="tren-review")
    if nth % 3 == 2:
        ws.accept(obligation.submission, by="tren-review", base=2)
    if nth % 3 == 0:
        name = f"dau-vet-{nth}-"
        ws.submissions.attach(
            ws.submissions.obligation(unit, FORM, PERIOD), f"{name}.pdf", b"%PDF-1.7 " + name.encode(),
            by=ws.account("tren-review"))  # fmt: skip


def people(ws: Workspace) -> list[Person]:
    """Everybody, and nobody."""
    found = [Person("", "", None, frozenset())]
    for login, unit, role in _accounts():
        below = frozenset(u.code for u in ws.units.subtree(unit))
        found.append(Person(login, unit, role, below))
    return found
