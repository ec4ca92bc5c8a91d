"""Revisions and deadline extensions as documents of the store.

The keys of these documents are part of the data format (store/FORMAT.md): a key may be added, but
never changed. Figures are decimal strings, moments are ISO 8601 with their offset from UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.model.codec import Codec, Doc, Kind
from nqcore.model.fields import BY_GROUP, Answer, type_of
from nqcore.model.obligations import DeadlineExtension
from nqcore.model.submissions import Revision
from nqcore.store import Change


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
    answers: dict[str, Answer] = {}
    for group, values in doc.items():
        read = BY_GROUP[group].from_json
        for key, value in values.items():
            answers[key] = read(value)
    return answers


REVISION = Codec(
    Revision,
    kinds={"answers": Kind(answers_to_doc, answers_from_doc, dict)},
    optional={
        *("unread", "explanations", "remarks", "reason", "on_behalf", "resend_by", "first_sent"),
        *("receipt", "copied", "brought_in"),
    },
)
"""A revision of a submission."""

EXTENSION = Codec(DeadlineExtension)
"""A later deadline of one report."""


def newest_revision(change: Change, submission: str) -> Revision | None:
    """The newest revision of a submission as an open change sees it: with what every process has written."""
    head = change.get(SUBMISSIONS, submission)
    if head is None:
        return None
    doc = change.get(REVISIONS, f"{submission}#{head['revision']}")
    assert doc is not None
    return REVISION.from_doc(doc)
