"""A document number and how it is printed; parsing.py reads it.

The Party writes number, hyphen, type, slash, issuer (``20-NQ/TW``); the State writes number, slash,
type, hyphen, issuer (``12/CT-TTg``, ``30/2020/NĐ-CP``). Real texts mix both; older numbers omit the
type (``25/CP``) or put it last (``747/TTg-QĐ``). `Style` keeps this, so that a number is printed as it
was written, without extra spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from nqcore.errors import N_, InputError

MAX_SHOWN: Final = 64  # characters of what was typed that a message repeats


class Style(StrEnum):
    """The order of a number's parts; the value shows the marks between them (n number, t type,
    i issuer)."""

    PARTY = "n-t/i"  # 20-NQ/TW
    STATE = "n/t-i"  # 12/CT-TTg, 30/2020/NĐ-CP
    SLASHES = "n/t/i"  # 01/2022/TTLT/BTC-BNV
    HYPHENS = "n-t-i"  # 20-NQ-TW
    TYPE_LAST = "n/i-t"  # 747/TTg-QĐ
    TYPE_LAST_PARTY = "n-i/t"  # 05-LĐTBXH/TT
    TYPE_LAST_SLASHES = "n/i/t"
    TYPE_LAST_HYPHENS = "n-i-t"
    LETTER = "n/i"  # 1518/BNG-NVVH
    LETTER_HYPHEN = "n-i"
    UNTYPED = "n/i "  # 25/CP, 45/2019/QH14
    UNTYPED_HYPHEN = "n-i "  # 206-CP
    TYPE_ONLY = "n/t"  # 15/SL
    TYPE_ONLY_HYPHEN = "n-t"


class DocumentNumberError(InputError):
    """A text that is not the number of one document."""

    code = "document-number"
    template = N_(
        "“{text}” is not a document number. "
        "Write number, type and issuer, for example 20-NQ/TW, 12/CT-TTg or 30/2020/NĐ-CP."
    )

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text[:MAX_SHOWN])


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The parts of a document number. `issuer` is everything besides the type (`BNG-NVVH`)."""

    number: str
    year: str | None
    type: str | None
    issuer: str | None
    style: Style

    @property
    def body(self) -> str | None:
        """The issuing body alone: the issuer's first group (`BNG` of `BNG-NVVH`)."""
        return self.issuer and self.issuer.replace("/", "-").partition("-")[0]

    def __str__(self) -> str:
        first = self.style.value[1]
        head = self.number if self.year is None else f"{self.number}{first}{self.year}"
        parts = {"t": self.type or "", "i": self.issuer or ""}
        return head + "".join(parts.get(mark, mark) for mark in self.style.value[1:].rstrip())
