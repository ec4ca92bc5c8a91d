"""What a citation found in running text says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nqcore.text.citations.issuers import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One document cited at `start`..`end` of a text; what the text does not say is None.

    `type` is the symbol (NQ, KL, QĐ …) or Luật, Bộ luật, Pháp lệnh; `partial` means that the number
    stands without its symbol ("KL 80"); `mismatch` that the word before it names another type than
    the symbol does ("Chương trình hành động số 13-NQ/TU").
    """

    text: str
    start: int
    end: int
    number: str | None
    year: str | None
    type: str | None
    issuer: str | None
    date: date | None
    kind: Kind | None
    partial: bool
    mismatch: bool
