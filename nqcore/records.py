"""Revisions and accounts as the documents that the store keeps, and back.

The form of these documents is part of the data format (store/FORMAT.md): keys may be added, never
changed. Figures are decimal strings, moments ISO 8601 with their offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.handovers import Duty, Handover, Way
from nqcore.model.obligations import Extension
from nqcore.model.submissions import Answer, OwnDocument, Revision, State, Step, TaskProgress
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Sector, Unit, UnitKind
from nqcore.text.numbers import canonical

Doc = dict[str, Any]


def answers_to_doc(answers: Mapping[str, Answer]) -> Doc:
    """Answers by kind, so that each can be read back without the form that asked."""
    doc: Doc = {}
    for key, answer in answers.items():
        if isinstance(answer, Decimal):
            doc.setdefault("figures", {})[key] = canonical(answer)
        elif isinstance(answer, str):
            doc.setdefault("texts", {})[key] = answer
        elif isinstance(answer, OwnDocument):
            issued = answer.date.isoformat() if answer.date else None
            doc.setdefault("documents", {})[key] = {"number": answer.number, "date": issued}
        elif isinstance(answer, TaskProgress):
            doc.setdefault("tasks", {})[key] = {"status": answer.status.value, "note": answer.note}
        else:
            doc.setdefault("choices", {})[key] = list(answer)
    return doc


def answers_from_doc(doc: Mapping[str, Any]) -> dict[str, Answer]:
    """The inverse of `answers_to_doc`."""
    answers: dict[str, Answer] = {}
    for key, text in doc.get("figures", {}).items():
        answers[key] = Decimal(text)
    answers.update(doc.get("texts", {}))
    for key, codes in doc.get("choices", {}).items():
        answers[key] = tuple(codes)
    for key, own in doc.get("documents", {}).items():
        answers[key] = OwnDocument(own["number"], _day(own["date"]))
    for key, task in doc.get("tasks", {}).items():
        answers[key] = TaskProgress(TaskStatus(task["status"]), task["note"])
    return answers


def revision_to_doc(revision: Revision) -> Doc:
    """The document of one revision; empty parts are left out."""
    doc: Doc = {
        "submission": revision.submission,
        "unit": revision.unit,
        "form": revision.form,
        "period": revision.period,
        "number": revision.number,
        "state": revision.state.value,
        "step": revision.step.value,
        "answers": answers_to_doc(revision.answers),
        "by": revision.by,
        "at": revision.at.isoformat(),
    }
    optional: Doc = {
        "unread": dict(revision.unread),
        "explanations": dict(revision.explanations),
        "remarks": dict(revision.remarks),
        "reason": revision.reason,
        "on_behalf": revision.on_behalf,
        "resend_by": revision.resend_by.isoformat() if revision.resend_by else None,
        "first_sent": revision.first_sent.isoformat() if revision.first_sent else None,
        "receipt": revision.receipt,
        "copied": list(revision.copied),
    }
    doc.update({key: value for key, value in optional.items() if value})
    return doc


def revision_from_doc(doc: Mapping[str, Any]) -> Revision:
    """The inverse of `revision_to_doc`."""
    return Revision(
        submission=doc["submission"],
        unit=doc["unit"],
        form=doc["form"],
        period=doc["period"],
        number=doc["number"],
        state=State(doc["state"]),
        step=Step(doc["step"]),
        answers=answers_from_doc(doc["answers"]),
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
        unread=doc.get("unread", {}),
        explanations=doc.get("explanations", {}),
        remarks=doc.get("remarks", {}),
        reason=doc.get("reason", ""),
        on_behalf=doc.get("on_behalf", False),
        resend_by=_day(doc.get("resend_by")),
        first_sent=datetime.fromisoformat(doc["first_sent"]) if doc.get("first_sent") else None,
        receipt=doc.get("receipt", ""),
        copied=tuple(doc.get("copied", ())),
    )


def extension_to_doc(extension: Extension) -> Doc:
    """More time for one report."""
    return {
        "until": extension.until.isoformat(),
        "reason": extension.reason,
        "by": extension.by,
        "at": extension.at.isoformat(),
    }


def extension_from_doc(doc: Mapping[str, Any]) -> Extension:
    """The inverse of `extension_to_doc`."""
    return Extension(
        until=date.fromisoformat(doc["until"]),
        reason=doc["reason"],
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def unit_to_doc(unit: Unit) -> Doc:
    """A unit of the office's own list; without ids of others it has no "ids"."""
    doc: Doc = {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "parent": unit.parent,
        "sector": unit.sector.value if unit.sector else None,
        "opened": unit.opened.isoformat() if unit.opened else None,
        "closed": unit.closed.isoformat() if unit.closed else None,
        "basis": unit.basis,
        "order": unit.order,
    }
    return doc | ({"ids": [list(pair) for pair in unit.ids]} if unit.ids else {})


def unit_from_doc(doc: Mapping[str, Any]) -> Unit:
    """The inverse of `unit_to_doc`."""
    return Unit(
        code=doc["code"],
        name=doc["name"],
        kind=UnitKind(doc["kind"]),
        parent=doc["parent"],
        sector=Sector(doc["sector"]) if doc["sector"] else None,
        opened=_day(doc["opened"]),
        closed=_day(doc["closed"]),
        basis=doc["basis"],
        order=doc["order"],
        ids=tuple((scheme, identifier) for scheme, identifier in doc.get("ids", ())),
    )


def change_to_doc(event: ChangeEvent) -> Doc:
    """What happened to units, as the office entered it; empty parts are left out. A share is
    "3/5", null where nobody declared one."""
    doc: Doc = {"date": event.date.isoformat(), "kind": event.kind.value, "basis": event.basis}
    optional: Doc = {
        "transfers": [
            {
                "source": t.source,
                "target": t.target,
                "share": None if t.share is None else str(t.share),
                "basis": t.basis,
            }
            for t in event.transfers
        ],
        "unit": event.unit,
        "name": event.name,
        "parent": event.parent,
        "unit_kind": event.unit_kind.value if event.unit_kind else None,
        "sector": event.sector.value if event.sector else None,
    }
    doc.update({key: value for key, value in optional.items() if value})
    return doc


def change_from_doc(id: str, doc: Mapping[str, Any]) -> ChangeEvent:
    """The inverse of `change_to_doc`; the id is the document's."""
    return ChangeEvent(
        id=id,
        date=date.fromisoformat(doc["date"]),
        kind=ChangeKind(doc["kind"]),
        basis=doc["basis"],
        transfers=tuple(
            Transfer(
                source=t["source"],
                target=t["target"],
                share=None if t["share"] is None else Fraction(t["share"]),
                basis=t["basis"],
            )
            for t in doc.get("transfers", ())
        ),
        unit=doc.get("unit"),
        name=doc.get("name"),
        parent=doc.get("parent"),
        unit_kind=UnitKind(doc["unit_kind"]) if "unit_kind" in doc else None,
        sector=Sector(doc["sector"]) if "sector" in doc else None,
    )


def handover_to_doc(handover: Handover) -> Doc:
    """A decision on one duty of a unit that ended."""
    return {
        "unit": handover.unit,
        "duty": handover.duty.value,
        "of": handover.of,
        "way": handover.way.value,
        "successor": handover.successor,
        "since": handover.since.isoformat(),
        "basis": handover.basis,
    }


def handover_from_doc(doc: Mapping[str, Any]) -> Handover:
    """The inverse of `handover_to_doc`."""
    return Handover(
        unit=doc["unit"],
        duty=Duty(doc["duty"]),
        of=doc["of"],
        way=Way(doc["way"]),
        successor=doc["successor"],
        since=date.fromisoformat(doc["since"]),
        basis=doc["basis"],
    )
