"""What is looked for in the audit trail: a person, units, days, a kind of deed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class AuditKind(StrEnum):
    """The kinds of deeds, as one looks for them."""

    DRAFTS = "drafts"
    REPORTS = "reports"
    REVIEWS = "reviews"
    PEOPLE = "people"
    UNITS = "units"
    CONTENT = "content"
    DEADLINES = "deadlines"
    OFFICE = "office"
    """The office's settings and backups, and what a plugin did."""


_DEEDS: Mapping[AuditKind, str] = MappingProxyType(
    {
        AuditKind.DRAFTS: "save",
        AuditKind.REPORTS: (
            "present hand_back send withdraw return accept undo reopen exclude import attach "
            "remove-evidence purge-evidence keep-mapping drop-mapping remind leader-step-on "
            "leader-step-off note-task"
        ),
        AuditKind.REVIEWS: (
            "chosen waiting dismissed freeze draft-review save-outline remove-outline"
        ),
        AuditKind.PEOPLE: (
            "add-account assign-account lock-account unlock-account set-password renew-hash "
            "make-link withdraw-link end-sessions set-second-factor reset-second-factor use-link"
        ),
        AuditKind.UNITS: "add-units change-units undo-change hand-over",
        AuditKind.CONTENT: "change-content undo-content",
        AuditKind.DEADLINES: (
            "extend set-day-off drop-day-off set-start move-deadline reset-deadline lock-period "
            "unlock-period"
        ),
    }
)
_KIND_OF: Mapping[str, AuditKind] = MappingProxyType(
    {do: kind for kind, several in _DEEDS.items() for do in several.split()}
)


def kind_of(do: str) -> AuditKind:
    """The kind of an action word of the journal.

    >>> kind_of("send").value, kind_of("backup").value
    ('reports', 'office')
    """
    return _KIND_OF.get(do, AuditKind.OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which records are wanted: of the login `who` (""; of all), of one of the logins `people` (None: all),
    about one of `units` (their codes; None: whatever they are about), from the day `since` to the day `until`
    (None: without limit), of one `kind`. The records before number `before` (0: from the newest on), `length`
    entries a page at most (None: as many as a page of the library has)."""

    before: int = 0
    who: str = ""
    people: frozenset[str] | None = None
    units: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    kind: AuditKind | None = None
    length: int | None = None

    def takes(self, by: str, do: str, at: datetime) -> bool:
        """Whether a record with that author, action word and moment is wanted, whatever it is about."""
        return (
            self.who in ("", by)
            and (self.people is None or by in self.people)
            and (self.kind is None or kind_of(do) is self.kind)
            and (self.since is None or self.since <= at.date())
            and (self.until is None or at.date() <= self.until)
        )


EVERY_RECORD = AuditQuery()
"""Nothing is left out."""
