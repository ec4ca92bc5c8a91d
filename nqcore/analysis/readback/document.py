"""A document from outside as values: paragraphs with their places and the bookmarks in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from nqcore.analysis.readback.word import read_word
from nqcore.files.incoming import DOC, DOCX, check, load, read_in_child
from nqcore.files.old_word import to_docx

SECONDS, MEGABYTES = 30, 768
_UNSEEN = dict.fromkeys(("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"), "")
_HYPHENS = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u202f": " ", **_UNSEEN})


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A place in a table: the number of the table in the document, of the row and of the column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: its name, and which characters of its paragraph it holds."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadParagraph:
    """One paragraph: `part` is "text", "note" (footnotes) or "box" (text boxes)."""

    text: str
    part: str = "text"
    cell: TablePlace | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """The paragraphs in their order. `inserted`, `deleted`: how many tracked changes it had, which are
    read as accepted; `hidden`: how many pieces of text are hidden, which are not read. `properties`: what
    this program wrote of the review into the file, by name ("nq.directive")."""

    paragraphs: tuple[ReadParagraph, ...]
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All of its words, a line for each paragraph."""
        return "\n".join(one.text for one in self.paragraphs)


def load_document(path: Path) -> bytes:
    """The bytes of a file on disk, of the size and kind that `read_document` takes. Raises FileRefused."""
    return load(path, (DOCX, DOC))


def read_document(data: bytes, name: str) -> ReadDocument:
    """The document in a file of Word: a .docx, or a .doc, which LibreOffice reads. `name` is that of the
    file. Raises FileRefused (too large, damaged, not of Word), NoOldWord where LibreOffice is missing."""
    if check(name, data, (DOCX, DOC)) is DOC:
        data = to_docx(data, name)
        check("document.docx", data, (DOCX,))
    found = read_in_child(read_word, data, file=name, seconds=SECONDS, megabytes=MEGABYTES)
    return as_document(found)


def as_document(found: dict[str, object]) -> ReadDocument:
    """The values of what `read_word` found."""
    paragraphs = cast(list[dict[str, Any]], found["paragraphs"])
    return ReadDocument(
        paragraphs=tuple(_paragraph(one) for one in paragraphs),
        inserted=cast(int, found["inserted"]),
        deleted=cast(int, found["deleted"]),
        hidden=cast(int, found["hidden"]),
        properties=cast(dict[str, str], found["properties"]),
    )


def _paragraph(one: dict[str, Any]) -> ReadParagraph:
    # Word on a Mac may write accents as characters of their own: where none is, nothing moves.
    text, marks = one["text"].translate(_HYPHENS), [Mark(*mark) for mark in one["marks"]]
    if len(text) != len(one["text"]) or not unicodedata.is_normalized("NFC", text):
        text, marks = _composed(one["text"], marks)
    cell = TablePlace(*one["cell"]) if one["cell"] else None
    return ReadParagraph(text=text, part=one["part"], cell=cell, marks=tuple(marks))


def _composed(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text with its accents on their letters, and the marks where they are then."""

    def upto(at: int) -> str:
        return unicodedata.normalize("NFC", text[:at].translate(_HYPHENS))

    moved = [Mark(one.name, len(upto(one.start)), len(upto(one.end))) for one in marks]
    return upto(len(text)), moved
