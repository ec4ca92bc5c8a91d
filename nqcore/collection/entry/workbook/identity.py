"""Which report a file is for: form, unit, period, version and revision as one line of text, which the
file has three times."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from nqcore.collection.entry.entry_sheet import EntrySheet

FORMAT_MARK = "nq1"
"""The start of the line."""
HIDDEN_SHEET = "_nq"
"""The name of the hidden sheet; the line is in its first cell."""
FILE_PROPERTY = "nq"
"""The name of the custom property of the file that has the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which report a file is for. `version` is a hash of the boxes that the form has for this unit, `base`
    the number of the revision that the file shows (0: nothing was entered)."""

    form: str
    unit: str
    period: str
    version: str
    base: int

    @property
    def line(self) -> str:
        """The text in the file: "nq1|form|unit|period|version|base|checksum". By the checksum a line that
        was changed by hand is noticed."""
        body = "|".join(
            (FORMAT_MARK, self.form, self.unit, self.period, self.version, str(self.base))
        )
        return f"{body}|{_checksum(body)}"

    @classmethod
    def read(cls, line: str) -> Identity | None:
        """The inverse of `line`; None for any other text, also for one with a wrong checksum."""
        body, _, found = line.strip().rpartition("|")
        parts = body.split("|")
        if (
            len(parts) != 6
            or parts[0] != FORMAT_MARK
            or found != _checksum(body)
            or not parts[5].isdigit()
        ):
            return None
        return cls(
            form=parts[1], unit=parts[2], period=parts[3], version=parts[4], base=int(parts[5])
        )


def identity_of(sheet: EntrySheet) -> Identity:
    """The identity of a file written from that sheet."""
    boxes = "\n".join(
        " ".join((*row.field.input_names, row.indicator.label if row.indicator else ""))
        for row in sheet.rows
    )
    return Identity(
        form=sheet.form.id,
        unit=sheet.unit.code,
        period=sheet.obligation.period.code,
        version=sha256(boxes.encode()).hexdigest()[:8],
        base=sheet.base,
    )


def _checksum(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:8]
