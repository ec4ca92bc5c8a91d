"""One document number: `parse_number("20-NQ/TW")` and its inverse `str(...)`.

The Party writes number, hyphen, type, slash, issuer (``20-NQ/TW``); the State number, slash, type,
hyphen, issuer (``12/CT-TTg``, ``30/2020/NĐ-CP``); real texts mix both, and older numbers leave the
type out (``25/CP``) or put it last (``747/TTg-QĐ``). The style remembers which, so that a number
prints as it was written, cleaned of noise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from nqcore.errors import N_, InputError
from nqcore.text.citations import lexer
from nqcore.text.citations.symbols import Style, read_symbol

__all__ = ["DocumentNumber", "DocumentNumberError", "Style", "parse_number"]


class DocumentNumberError(InputError):
    """A text that is not the number of one document."""

    code = "document-number"
    template = N_(
        "“{text}” is not a document number. "
        "Write number, type and issuer, for example 20-NQ/TW, 12/CT-TTg or 30/2020/NĐ-CP."
    )

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text[:MAX_SHOWN])


MAX_SHOWN: Final = 64  # characters of what was typed that a message repeats
MAX_TYPED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The parts of a document's number. `issuer` is everything beside the type (`BNG-NVVH`)."""

    number: str
    year: str | None
    type: str | None
    issuer: str | None
    style: Style

    @property
    def body(self) -> str | None:
        """The issuing body alone: the issuer's first group (`BNG` of `BNG-NVVH`)."""
        return self.issuer and re.split("[-/]", self.issuer, maxsplit=1)[0]

    def __str__(self) -> str:
        first = self.style.value[1]
        head = self.number if self.year is None else f"{self.number}{first}{self.year}"
        parts = {"t": self.type or "", "i": self.issuer or ""}
        return head + "".join(parts.get(mark, mark) for mark in self.style.value[1:].rstrip())


_PREFIX: Final = re.compile(r"(?:số|Số|SỐ)\s{0,9}:?\s{0,9}")


def parse_number(text: str) -> DocumentNumber:
    """Read one document number, however it is spaced; raises `DocumentNumberError`."""
    given = normalize("NFC", text[:MAX_TYPED]).strip()
    prefix = _PREFIX.match(given)
    given = given[prefix.end() :] if prefix else given
    head = lexer.NUMBER.match(given)
    tail = head and lexer.SYMBOL.match(given, head.end())
    if head is None or tail is None or tail.end() != len(given) or len(text) > MAX_TYPED:
        raise DocumentNumberError(text=text)
    symbol = read_symbol(tail[0], None)
    if symbol is None or symbol.length != len(tail[0]):
        raise DocumentNumberError(text=text)
    return DocumentNumber(
        number=head[0],
        year=symbol.year,
        type=symbol.type,
        issuer=symbol.issuer,
        style=symbol.style,
    )
