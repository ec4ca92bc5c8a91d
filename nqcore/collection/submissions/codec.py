"""Revisions and deadline extensions as the documents that the store keeps, and back.

The keys of these documents are part of the data format (store/FORMAT.md): a key may be added, but
never changed. Figures are decimal strings, moments are ISO 8601 with their offset from UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from nqcore.model.fields import BY_GROUP, Answer, type_of
from nqcore.model.obligations import DeadlineExtension
from nqcore.model.submissions import Revision, Step, SubmissionState

Doc = dict[str, Any]


def answers_to_doc(answers: Mapping[str, Answer]) -> Doc:
    """Answers grouped by their kind (figures, texts, documents, tasks, choices and so on), so that they
    can be read back without the form."""
    doc: Doc = {}
    for key, answer in answers.items():
        kind = type_of(answer)
        doc.setdefault(kind.group, {})[key] = kind.to_json(answer)
    return doc


def answers_from_doc(doc: Mapping[str, Any]) -> dict[str, Answer]:
    """The inverse of `answers_to_doc`."""
    return {
        key: BY_GROUP[group].from_json(value)
        for group, values in doc.items()
        for key, value in values.items()
    }


def revision_to_doc(revision: Revision) -> Doc:
    """The document of one revision. Optional parts that are empty are left out."""
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
        state=SubmissionState(doc["state"]),
        step=Step(doc["step"]),
        answers=answers_from_doc(doc["answers"]),
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
        unread=doc.get("unread", {}),
        explanations=doc.get("explanations", {}),
        remarks=doc.get("remarks", {}),
        reason=doc.get("reason", ""),
        on_behalf=doc.get("on_behalf", False),
        resend_by=read_day(doc.get("resend_by")),
        first_sent=datetime.fromisoformat(doc["first_sent"]) if doc.get("first_sent") else None,
        receipt=doc.get("receipt", ""),
        copied=tuple(doc.get("copied", ())),
    )


def extension_to_doc(extension: DeadlineExtension) -> Doc:
    """The document of one deadline extension."""
    return {
        "until": extension.until.isoformat(),
        "reason": extension.reason,
        "by": extension.by,
        "at": extension.at.isoformat(),
    }


def extension_from_doc(doc: Mapping[str, Any]) -> DeadlineExtension:
    """The inverse of `extension_to_doc`."""
    return DeadlineExtension(
        until=date.fromisoformat(doc["until"]),
        reason=doc["reason"],
        by=doc["by"],
        at=datetime.fromisoformat(doc["at"]),
    )


def read_day(text: str | None) -> date | None:
    """The day of an ISO date ("2018-10-05"); None for None or ""."""
    return date.fromisoformat(text) if text else None
