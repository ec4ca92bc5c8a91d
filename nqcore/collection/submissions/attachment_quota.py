"""How much the attachments of a report and of a unit may take on the disk.

Without a limit, one account could fill the disk: attach, remove, attach again. So bytes count as long as they
lie on the disk, also those of files that were removed, until `attachment_purge` frees them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nqcore.clock import VIET_NAM
from nqcore.collection.submissions.attachment_records import Attachment, AttachmentRefused
from nqcore.errors import N_

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLimits:
    """The limits of an office, each in MB: of one report, of one unit on one day, of one unit altogether."""

    report_mb: int = 100
    day_mb: int = 300
    unit_mb: int = 3000


USUAL_LIMITS = AttachmentLimits()


class QuotaReached(AttachmentRefused):
    """The files of a report or a unit would take more than the office allows."""

    code = "evidence-quota"


class ReportQuota(QuotaReached):
    """The files of the report, removed ones included."""

    template = N_(
        "The files of this report would take more than {most} MB, with those that were removed. Shrink the "
        "pictures and choose the file again, or call the administrator: he can free removed files."
    )


class DayQuota(QuotaReached):
    """The files that the unit has attached today."""

    template = N_(
        "This unit has attached {most} MB today. Attach the other files tomorrow, or shrink the pictures."
    )


class UnitQuota(QuotaReached):
    """All files of the unit."""

    template = N_(
        "The files of this unit would take more than {most} MB. Call the administrator: he can free removed "
        "files, or raise the limit evidence_unit_mb."
    )


def check_quota(
    limits: AttachmentLimits, of_unit: Iterable[Attachment], file: Attachment, today: date
) -> None:
    """Raise QuotaReached where `file` would be too much beside the files of its unit that lie on the disk."""
    stored = [one for one in of_unit if not one.purged]
    for error, most, counted in (
        (ReportQuota, limits.report_mb, [f for f in stored if f.submission == file.submission]),
        (DayQuota, limits.day_mb, [f for f in stored if f.at.astimezone(VIET_NAM).date() == today]),
        (UnitQuota, limits.unit_mb, stored),
    ):
        sizes = {one.sha256: one.size for one in (*counted, file)}  # the same bytes lie there once
        if sum(sizes.values()) > most * MB:
            raise error(most=most)
