"""Which form, unit and period a file is for: one line of text that stands in it three times."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.validation import input_names

FORMAT_MARK = "nq1"
HIDDEN_SHEET = "_nq"
"""The hidden sheet; the line stands in its first cell."""
FILE_PROPERTY = "nq"
"""The custom property of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`version` is that of the form as this unit is asked it, `base` the revision that the file shows
    (0: nothing was entered)."""

    form: str
    unit: str
    period: str
    version: str
    base: int

    @property
    def line(self) -> str:
        """The text in the file, with a checksum against retyping."""
        body = "|".join(
            (FORMAT_MARK, self.form, self.unit, self.period, self.version, str(self.base))
        )
        return f"{body}|{_checksum(body)}"

    @classmethod
    def read(cls, line: str) -> Identity | None:
        """The inverse of `line`; None for any other text."""
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
    asked = "\n".join(
        " ".join((*input_names(row.field), row.indicator.label if row.indicator else ""))
        for row in sheet.rows
    )
    return Identity(
        form=sheet.form.id,
        unit=sheet.unit.code,
        period=sheet.obligation.period.code,
        version=sha256(asked.encode()).hexdigest()[:8],
        base=sheet.base,
    )


def _checksum(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:8]
