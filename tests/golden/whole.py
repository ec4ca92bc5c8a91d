"""What a workspace holds and says, as plain JSON: codes, words, numbers. No name of a class or a module
is in it, so what an old version wrote down can be compared whatever the code is called by then.

Each function of `SECTIONS` tells one part. It is given what is expected of it (or {} while a folder is
made), for the few parts that a later version may rightly tell more of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from nqcore.analysis.findings import evaluate
from nqcore.analysis.frozen.stored_definitions import digest_of
from nqcore.analysis.frozen.texts import numbers_of, words_of
from nqcore.analysis.report.decisions import printed_verdict, proposals
from nqcore.analysis.report.sentences import sentence_text
from nqcore.collection.accounts.access import Action
from nqcore.collection.archive.backup import last_backups
from nqcore.collection.tables import REMINDERS
from nqcore.model.figures import Figure
from nqcore.model.findings import Text
from nqcore.model.handovers import Duty
from nqcore.model.rules import RuleDefinition
from nqcore.workspace.facade import Workspace

EXPECTED = "whole.json"
FORMS = ("res20.q", "res20.y", "hu.nv")
PERIODS = {
    "res20.q": ("2018-Q2", "2018-Q3", "2018-Q4"),
    "res20.y": ("2018",),
    "hu.nv": ("2018",),
}
TOTALS = (
    ("res20.q", "2018-Q2"),
    ("res20.q", "2018-Q3"),
    ("res20.q", "2018-Q4"),
    ("res20.q", "2018"),
    ("res20.q", "@20-NQ/TW..2018-09-30"),
    ("res20.y", "2018"),
)
REVIEWS = (("20-NQ/TW", "2018"), ("20-NQ/TW", "2018-Q2..2018-Q3"))
WITHIN = "2019-01-15"
"""The day of other boundaries: after the changes of New Year 2019."""
BOUNDARIES = ("reported", WITHIN)
TOPS = {
    "reported": ("huyen", "xa-an-phu", "xa-dong-ha", "xa-hoa-loi", "xa-vinh-thuan"),
    WITHIN: ("huyen", "xa-an-phu", "xa-dong-ha", "xa-hoa-long", "xa-vinh-an", "xa-vinh-binh"),
}
DAYS = ("2018-07-01", "2018-11-15", "2019-01-15", "2019-02-15")
FIRST = ("vanphong", "kiemtra", "lanhdao")
"""The first accounts of the workspace, those at the top of it."""
PASSWORD = "mat-khau-2018"
FROZEN = ("edition-definitions", "edition-reports")
"""The tables of frozen reviews with large documents: `editions` tells their texts."""


def plain(value: object) -> Any:
    """Codes, words and numbers of a value; what else there is fails."""
    match value:
        case Enum():
            return value.value
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case date():  # moments are dates, too
            return value.isoformat()
        case None | bool() | int() | str():
            return value
        case Mapping():
            return {str(plain(key)): plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted(plain(each) for each in value)
        case tuple() | list():
            return [plain(each) for each in value]
    raise TypeError(f"{value!r} has no plain form here")


# -- the journal ---------------------------------------------------------------------------------


def tables(ws: Workspace, _told: Any) -> Any:
    """Every document of every table; of definitions and texts that were frozen only a digest."""
    return {
        name: {
            str(doc.doc_id): digest_of(doc) if name in FROZEN else dict(doc)
            for doc in ws.store.table(name)
        }
        for name in ws.store.tables()
    }


def records(ws: Workspace, _told: Any) -> Any:
    """Every record, with the documents that it touched (False: dropped)."""
    found = (ws.store.record(seq) for seq in range(1, ws.store.version + 1))
    return [[r.seq, r.at, r.by, r.do, r.why, r.hash, _touched(r.docs)] for r in found]


def _touched(docs: Mapping[str, Mapping[str, object]]) -> Any:
    return {t: {id: doc is not None for id, doc in several.items()} for t, several in docs.items()}


def deeds(ws: Workspace, _told: Any) -> Any:
    """Who did what, as the administrator and the inspector of a part read it."""
    return {
        login: [
            plain([d.seq, d.at, d.by, d.do, d.why, d.units, d.reports, d.accounts])
            for d in ws.archive.audit_trail(by=login).entries
        ]
        for login in ("vanphong", "quantri-dong-ha")
    }


def backups(ws: Workspace, _told: Any) -> Any:
    return [[one.at.isoformat(), one.by, one.receipt] for one in last_backups(ws.store, 10)]


# -- accounts and rights -------------------------------------------------------------------------


def accounts(ws: Workspace, _told: Any) -> Any:
    """Who there is, where each one works today, whom each one may let in, and who helps."""
    return {
        one.login: {
            "name": one.name,
            "unit": one.unit,
            "roles": plain(one.roles),
            "forms": plain(one.forms),
            "locked": one.locked,
            "epoch": one.session_epoch,
            "password": bool(one.password),
            # By roles and units: versions up to 0.2.0 did not compare forms (test_limits.py does).
            "lets_in": [
                other.login
                for other in ws.administration.visible_to(replace(one, forms=frozenset()))
            ],
            "helpers": [other.login for other in ws.administration.administrators_for(one.unit)],
        }
        for one in ws.accounts.all()
    }


def rights(ws: Workspace, told: Any) -> Any:
    """By action and account: the units where it may, in general and for each form."""
    return {
        action: {
            one.login: {
                str(form): codes
                for form in (None, *FORMS)
                if (codes := [u for u in ws.units if one.may(Action(action), u, ws.units, form)])
            }
            for one in ws.accounts.all()
        }
        for action in (told or [action.value for action in Action])
    }


# -- reports -------------------------------------------------------------------------------------


def reports(ws: Workspace, _told: Any) -> Any:
    """Every report: its chain of revisions, what its page says, and the proof of its sending."""
    return {
        str(head.doc_id): _report(ws, str(head.doc_id)) for head in ws.store.table("submissions")
    }


def _report(ws: Workspace, id: str) -> Any:
    sheet = ws.entry.sheet(id)
    return {
        "chain": [
            {
                "number": r.number,
                "state": r.state.value,
                "step": r.step.value,
                "by": r.by,
                "at": r.at.isoformat(),
                "answers": plain(r.answers),
                "unread": plain(r.unread),
                "explanations": plain(r.explanations),
                "remarks": plain(r.remarks),
                "reason": r.reason,
                "on_behalf": r.on_behalf,
                "resend_by": plain(r.resend_by),
                "first_sent": plain(r.first_sent),
                "receipt": r.receipt,
                "copied": list(r.copied),
            }
            for r in ws.submissions.revisions(id)
        ],
        "proof": ws.submissions.proof(id),
        "editable": sheet.editable,
        "remark": sheet.remark,
        "remarks": {row.key: row.remark for row in sheet.rows if row.remark},
        "problems": [[p.field, p.severity.value] for p in sheet.problems],
        "copied": [row.key for row in sheet.copied],
        "before": {row.key: row.before for row in sheet.rows if row.before},
        "evidence": [
            [
                f.name,
                f.type,
                f.size,
                f.sha256,
                f.by,
                f.at.isoformat(),
                len(ws.submissions.attachments.read(f)),
            ]
            for f in ws.submissions.attachments.of(id)
        ],
    }


def owed(ws: Workspace, _told: Any) -> Any:
    """Who owes what: form, period, unit; with the deadline, what moved it, and how it stands."""
    return {
        f"{form} {period}": {
            unit.code: _owed(ws, unit.code, form, period)
            for unit in ws.obligations.owed(
                ws.catalogue.form(form), ws.submissions.period(form, period)
            )
        }
        for form in FORMS
        for period in PERIODS[form]
    }


def _owed(ws: Workspace, unit: str, form: str, period: str) -> Any:
    one = ws.submissions.obligation(unit, form, period)
    more = one.extension
    return {
        "due": one.due.isoformat(),
        "state": plain(one.state),
        "fate": one.disposition.value,
        "late": one.days_late(),
        "overlays": list(one.overlays),
        "extension": more and [more.until.isoformat(), more.reason, more.by, more.at.isoformat()],
        "leader": ws.submissions.repository.leaders.required(ws.catalogue.form(form), unit),
    }


def lists(ws: Workspace, _told: Any) -> Any:
    """What each account has to do, and what waits for its review."""
    return {
        one.login: {
            "work": [o.submission for o in ws.monitoring.worklist(one)],
            "queue": [o.submission for o in ws.monitoring.queue(one)],
        }
        for one in ws.accounts.all()
    }


def locks(ws: Workspace, _told: Any) -> Any:
    found = {}
    for form in FORMS:
        for period in PERIODS[form]:
            lock = ws.submissions.repository.locks.get(form, period)
            found[f"{form} {period}"] = lock and [lock.by, lock.at.isoformat()]
    return found


def deadlines(ws: Workspace, _told: Any) -> Any:
    """The timetable of two years: each period's deadlines with their units; the days of the office's
    own. (What the library of holidays knows is not the workspace's.)"""
    found = {}
    for year in (2018, 2019):
        table = ws.monitoring.timetable(year)
        found[str(year)] = {
            "forms": {
                one.form.id: {
                    entry.period.code: {
                        due.day.isoformat(): [unit.code for unit in due.units]
                        for due in entry.deadlines
                    }
                    for entry in one.rows
                }
                for one in table.forms
            },
            "extended": [o.submission for o in table.extended],
            "days": [[d.day.isoformat(), d.name, d.working] for d in table.special_days if d.own],
        }
    return found


# -- units ---------------------------------------------------------------------------------------


def units(ws: Workspace, _told: Any) -> Any:
    """The tree on several days, and what became of units that ended."""
    return {
        **{
            day: {
                u.code: [u.name, str(u.kind), plain(u.sector), u.parent]
                for u in ws.units.at(date.fromisoformat(day)).values()
            }
            for day in DAYS
        },
        "all": {
            u.code: plain([u.opened, u.closed, u.basis, u.order, u.ids, ws.units.successor(u.code)])
            for u in ws.units.values()
        },
    }


def changes(ws: Workspace, _told: Any) -> Any:
    """The changes that the office entered, newest first."""
    return [
        {
            "id": one.event.id,
            "kind": one.event.kind.value,
            "date": one.event.date.isoformat(),
            "basis": one.event.basis,
            "transfers": [
                [t.source, t.target, t.share and str(t.share), t.basis] for t in one.event.transfers
            ],
            "unit": one.event.unit,
            "by": one.by,
            "at": one.at,
            "undo": one.undoable,
        }
        for one in ws.organisation.entered_changes()
    ]


def duties(ws: Workspace, _told: Any) -> Any:
    """Who holds what was laid on units that ended, and what nobody has decided."""
    held = {
        id: ws.catalogue.bearer(one.unit, one.duty, one.of, ws.today)
        for id, one in sorted(ws.catalogue.handovers.items())
    }
    return {
        "questions": [
            [q.id, q.unit.code, q.unit.name, q.ended.isoformat(), q.successor, q.count]
            for q in ws.organisation.open_duties()
        ],
        "held": {id: [now.unit, now.decided] for id, now in held.items()},
        "reports": {
            code: [now.unit, now.decided]
            for code, unit in ws.units.items()
            if unit.closed is not None
            for now in [ws.catalogue.bearer(code, Duty.REPORTS, "", ws.today)]
        },
    }


# -- totals and findings -------------------------------------------------------------------------


def totals(ws: Workspace, _told: Any) -> Any:
    """Totals of forms over periods and units, as reported and within other boundaries. Figures with
    the same coverage stand together."""
    found: dict[str, Any] = {}
    for form, period in TOTALS:
        for boundaries in BOUNDARIES:
            for unit in TOPS[boundaries]:
                figures = ws.rollup(form=form, period=period, unit=unit, boundaries=boundaries)
                found[f"{form} {period} {unit} {boundaries}"] = _together(figures)
        figures = ws.rollup(form=form, period=period, unit="xa-dong-ha", own=True)
        found[f"{form} {period} xa-dong-ha own"] = _together(figures)
    return found


def _together(figures: tuple[Figure, ...]) -> Any:
    groups: list[dict[str, Any]] = []
    for one in figures:
        coverage = _coverage(one)
        group = next((g for g in groups if g["coverage"] == coverage), None)
        if group is None:
            groups.append(group := {"coverage": coverage, "values": {}})
        why = one.reason.code if one.reason else None
        group["values"][one.indicator] = [plain(one.value), why, one.id]
    return groups


def _coverage(figure: Figure) -> Any:
    given = figure.coverage
    parts = {
        name: " ".join(f"{part.period}_{part.unit}" for part in getattr(given, name))
        for name in ("missing", "carried", "estimated", "apart", "kept")
    }
    return {
        "due": given.due,
        "reported": given.reported,
        "not_applicable": given.not_applicable,
        **{name: told for name, told in parts.items() if told},
    }


@contextmanager
def few_reports_speak() -> Iterator[None]:
    """Every rule speaks with 1 per cent of its reports, as all rules did until 0.2.0: the golden offices
    have a handful of reports."""
    slot = RuleDefinition.__dict__["coverage"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleDefinition, "coverage", property(lambda _: 1, slot.__set__))
        yield


def findings(ws: Workspace, _told: Any) -> Any:
    """Each review's findings with their words, what was decided on them, and what would be printed."""
    found = {}
    for directive, period in REVIEWS:
        for boundaries in BOUNDARIES:
            review = ws.reviews.review(directive=directive, period=period, boundaries=boundaries)
            verdict = evaluate(review)
            found[f"{directive} {period} {boundaries}"] = {
                "findings": {one.key: _proposal(one) for one in proposals(review, verdict)},
                "printed": [one.rule for one in printed_verdict(review).findings],
                "not_evaluated": [fault.plugin for fault in verdict.not_evaluated],
            }
    return found


def _proposal(one: Any) -> Any:
    told = one.decision
    return {
        "kind": one.finding.kind.value,
        "words": sentence_text(one.finding.sentence),
        "rule": sentence_text(one.rule),
        "figures": [
            piece.figure.id if hasattr(piece, "figure") else piece.id
            for piece in one.finding.sentence
            if not isinstance(piece, Text)
        ],
        "choice": one.choice.value,
        "reworded": one.reworded,
        "outdated": one.outdated,
        "moved": plain(one.moved),
        "decision": told and [told.number, told.by, told.at.isoformat()],
        "units": list(one.finding.evidence.units),
        "tasks": list(one.finding.tasks),
    }


def editions(ws: Workspace, _told: Any) -> Any:
    """Each frozen review: what it is, its words, and its figures. They are stored, so they never change."""
    return {head.id: _edition(ws, head.id) for head in ws.editions.list()}


def _edition(ws: Workspace, id: str) -> Any:
    one = ws.editions[id]
    return {
        "review": [one.number, one.directive, one.span, one.unit, one.boundaries],
        "made": plain([one.at, one.by, one.as_of, one.seq, one.hash]),
        "definitions": [one.definitions, one.tree, plain(one.plugins), plain(one.code)],
        "findings": plain(one.findings),
        "words": dict(words_of(one.report)),
        "numbers": {key: plain(each.value) for key, each in numbers_of(one.report).items()},
        "units": [unit.code for unit in ws.editions.tree(id)],
    }


def reminders(ws: Workspace, _told: Any) -> Any:
    """Of which reports units were reminded, by whom and when."""
    return {
        report: [[one.by, one.at.isoformat()] for one in given]
        for report in sorted(str(doc.doc_id) for doc in ws.store.table(REMINDERS))
        for given in [ws.monitoring.reminders(report)]
    }


def tasks(ws: Workspace, _told: Any) -> Any:
    """How far every task is, who answers for it today, and what was said of it."""
    found = {}
    for id in sorted(ws.catalogue.tasks):
        one = ws.monitoring.task_overview(id)
        found[id] = {
            "responsible": one.task.responsible,
            "cooperating": list(one.task.cooperating),
            "status": one.status.value,
            "days": one.days,
            "notes": one.note_count,
            "said": [
                [s.status.value, s.note, s.by, s.at.isoformat(), s.submission] for s in one.progress
            ],
        }
    return found


def plans(ws: Workspace, _told: Any) -> Any:
    """Who has issued its plan."""
    return {
        f"{unit} {directive}": [
            one.status.value,
            one.document and [one.document.number, plain(one.document.date)],
            plain(one.deadline),
            one.days,
            one.submission,
        ]
        for (unit, directive), one in ws.monitoring.plans().cells.items()
    }


def mappings(ws: Workspace, wanted: Any) -> Any:
    """How tables of other offices are read."""
    return [
        [
            one.mapping.name,
            one.by,
            one.mapping.rows.value,
            [c.indicator for c in one.mapping.figures],
        ]
        for one in ws.tables.kept()
    ]


SECTIONS: Mapping[str, Callable[[Workspace, Any], Any]] = {
    told.__name__: told
    for told in (
        tables,
        records,
        deeds,
        backups,
        accounts,
        rights,
        reports,
        owed,
        lists,
        locks,
        deadlines,
        units,
        changes,
        duties,
        totals,
        findings,
        editions,
        mappings,
        reminders,
        tasks,
        plans,
    )
}


def whole(ws: Workspace) -> dict[str, Any]:
    """Everything, as it is written beside the folder when that is made."""
    return {name: told(ws, {}) for name, told in SECTIONS.items()}


def written(told: Mapping[str, Any]) -> str:
    """As JSON, one line for each document, record, report, total: a difference can be found."""

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    parts = []
    for name, section in told.items():
        if isinstance(section, dict):
            inner = ",\n".join(f" {line(key)}:{line(value)}" for key, value in section.items())
            parts.append(f"{line(name)}:{{\n{inner}\n}}")
        elif isinstance(section, list):
            inner = ",\n".join(f" {line(value)}" for value in section)
            parts.append(f"{line(name)}:[\n{inner}\n]")
        else:
            parts.append(f"{line(name)}:{line(section)}")
    return "{" + ",\n".join(parts) + "}\n"
