"""*Quản trị › Nhật ký*: who did what and when, to look for by person, unit, day and kind; and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request

from nqcore.collection.accounts.access import Action
from nqcore.collection.archive.audit_query import AuditKind, AuditQuery
from nqcore.collection.archive.audit_trail import AuditEntry, AuditPage
from nqcore.errors import InputError
from nqcore.files.table_xlsx import MEDIA_TYPE, table_workbook
from nqcore.model.submissions import SubmissionId
from nqcore.text.dates import read_date, write_date, write_moment
from webforms.security.page_rules import page
from webforms.shared.context import me, person, workspace
from webforms.shared.filters import doing, message, period_of_code, unit_name, words
from webforms.shared.labels import AUDIT_KINDS
from webforms.shared.language import _
from webforms.shared.paging import is_named, one_of
from webforms.shared.posted import whole_number

pages = Blueprint("log", __name__)

MOST = 50_000
"""So many records of the journal are read for a file at most."""
LINES = 50
"""Entries of one page."""
NAMED = 60
"""So many reports, people and units of one record are named on the page; the file has all."""
ASKED = ("ai", "don-vi", "tu", "den", "loai")


class AskedLog(NamedTuple):
    """What was typed, what it means, and what is wrong with a day."""

    typed: dict[str, str]
    query: AuditQuery
    wrong: dict[str, str]


@pages.get("/quan-tri/nhat-ky")
@page(Action.AUDIT)
def listing() -> str:
    """Newest first, a page at a time."""
    asked = _asked()
    found = AuditPage(entries=(), older=0) if asked.wrong else _found(asked.query)
    return render_template(
        "log.html",
        trail=found,
        asked=asked.typed,
        wrong=asked.wrong,
        kinds=AUDIT_KINDS,
        NAMED=NAMED,
        logins_of=logins_of,
        why_of=why_of,
        query={key: text for key, text in asked.typed.items() if text},
        before=asked.query.before,
    )


@pages.get("/quan-tri/nhat-ky.xlsx")
@page(Action.AUDIT)
def spreadsheet() -> Response:
    """The same in Excel, all of it that is in the newest `MOST` records."""
    asked = _asked()
    query = replace(asked.query, before=0)
    trail = AuditPage(entries=(), older=0) if asked.wrong else _found(query, MOST)
    head = [
        _("Who"),
        _("When"),
        _("What"),
        _("Why"),
        _("Times"),
        _("Of"),
        _("Units"),
        _("Reports"),
        _("Accounts"),
        _("Record"),
    ]
    title = _("Who did what")
    if trail.older and trail.read_to is not None:
        title = _("Who did what, since {moment}; older records are not in this file").format(
            moment=write_moment(trail.read_to)
        )
    data = table_workbook(title, head, list(map(_row, trail.entries)))
    disposition = {"Content-Disposition": 'attachment; filename="nhat-ky.xlsx"'}
    return Response(data, mimetype=MEDIA_TYPE, headers=disposition)


def _found(query: AuditQuery, most: int | None = None) -> AuditPage:
    return workspace().archive.audit_trail(query, by=me(), most=most)


def _asked() -> AskedLog:
    typed = {key: request.args.get(key, "").strip()[:100] for key in ASKED}
    wrong: dict[str, str] = {}
    typed["loai"] = one_of("loai", [*AuditKind])
    query = AuditQuery(
        before=whole_number(request.args.get("truoc"), 11) or 0,
        people=_people(typed["ai"]),
        units=_units(typed["don-vi"]),
        since=_day("tu", typed, wrong),
        until=_day("den", typed, wrong),
        kind=AuditKind(typed["loai"]) if typed["loai"] else None,
        length=LINES,
    )
    if query.since and query.until and query.until < query.since:
        wrong["den"] = _("The last day is before the first one. Correct one of the two days.")
    return AskedLog(typed, query, wrong)


def _people(name: str) -> frozenset[str] | None:
    """The logins that have this in them, or whose owner is called so; None: no name was typed."""
    if not name:
        return None
    found = (
        one.login
        for one in workspace().accounts.all()
        if name.lower() in one.login or is_named(one.name, name)
    )
    return frozenset((name, *found))


def _units(name: str) -> frozenset[str] | None:
    """The units that have this code or name, and all under them; None: no name was typed."""
    if not name:
        return None
    units = workspace().units
    code = name.lower()
    named = [unit.code for unit in units.values() if is_named(unit.name, name)]
    named = [code] if code in units else named
    return frozenset(below.code for code in named for below in units.subtree(code))


def _day(key: str, typed: dict[str, str], wrong: dict[str, str]) -> date | None:
    if not typed[key]:
        return None
    try:
        day = read_date(typed[key], today=workspace().today)
    except InputError as refused:
        wrong[key] = message(refused)
        return None
    typed[key] = write_date(day)
    return day


def logins_of(deed: AuditEntry) -> list[str]:
    """The people to whom it was done; the one who did it where there is no other person and nothing else."""
    others = [login for login in deed.accounts if login != deed.by]
    return others or ([] if deed.objects or deed.reports else [*deed.accounts])


def why_of(deed: AuditEntry) -> str:
    """Why it was done; "" for an id, which says nothing to a reader."""
    return "" if deed.do in ("remove-outline", "undo-content", "undo-change") else deed.why


def _row(deed: AuditEntry) -> list[str | int]:
    reports = "; ".join(_reports(deed))
    return [
        f"{person(deed.by)} ({deed.by})",
        write_moment(deed.at),
        doing(deed.do),
        why_of(deed),
        deed.times,
        "; ".join(map(words, deed.objects)),
        "; ".join(map(unit_name, deed.units)),
        reports,
        "; ".join(map(person, logins_of(deed))),
        deed.seq,
    ]


def _reports(deed: AuditEntry) -> Iterator[str]:
    for one in deed.reports:
        id = SubmissionId.parse(one)
        yield f"{unit_name(id.unit)}, {period_of_code(id.period)}"
