"""Citations in files: reading a document's text, and saying what is cited in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from nqcore.errors import N_, InputError
from nqcore.model.directives import Resolution
from nqcore.text.citations import Citation

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 2000


NO_WORD = "it is not a Word document (.docx)"


class UnreadableText(InputError):
    """The file holds no text that can be read."""

    code = "unreadable-text"
    template = N_("{file} cannot be read: {detail}. Save it as .docx, or as .txt in UTF-8.")

    def __init__(self, *, file: str, detail: str) -> None:
        super().__init__(file=file, detail=detail)


def read_text(path: Path) -> str:
    """The text of a .txt or .docx file, newlines untouched. Raises UnreadableText."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableText(file=path.name, detail="it is over 50 MB")
    if path.suffix.lower() == ".docx":
        with path.open("rb") as file:
            return _docx_text(path.name, file)
    return decode(path.name, path.read_bytes())


def decode(name: str, data: bytes) -> str:
    """Bytes as UTF-8 (a mark in front is dropped). Raises UnreadableText."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnreadableText(file=name, detail=f"byte {wrong.start} is not UTF-8") from wrong


def _docx_text(name: str, file: BinaryIO) -> str:
    """The paragraphs in their order, those of tables and text boxes too, each on a line of its own."""
    import docx

    _unpacks_to_little(name, file)
    try:
        body = docx.Document(file).element.body
        return "\n".join("".join(_pieces(p)) for p in body.iter(f"{_W}p") if not _twice(p))
    except Exception as wrong:
        # What a damaged or hostile package raises is beyond listing: XML errors, KeyError, zlib's …
        raise UnreadableText(file=name, detail=NO_WORD) from wrong


def _unpacks_to_little(name: str, file: BinaryIO) -> None:
    """Refuse a file that is no package, or one that would fill the memory."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as wrong:
        raise UnreadableText(file=name, detail=NO_WORD) from wrong
    # What an entry says of its size is what is read of it at most.
    markup = [e.file_size for e in entries if e.filename.endswith((".xml", ".rels"))]
    if (
        len(entries) > MAX_ENTRIES
        or sum(e.file_size for e in entries) > MAX_UNPACKED
        or sum(markup) > MAX_BYTES
    ):
        raise UnreadableText(file=name, detail="it unpacks to too much")
    file.seek(0)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _twice(paragraph: Any) -> bool:
    """Whether it is a text box's second copy, for old programs."""
    return any(above.tag == _FALLBACK for above in paragraph.iterancestors())


def _pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph as it reads once all changes are accepted: what was inserted or stands
    in a content control is in it, what was deleted or moved away is not."""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        name = tag.removeprefix(_W)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in ("p", "pPr", "rPr", "moveFrom", "del") and tag != _FALLBACK:
            yield from _pieces(child)


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation as `nq cite --json` prints it."""
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "number": citation.number,
        "year": citation.year,
        "type": citation.type,
        "issuer": citation.issuer,
        "date": citation.date.isoformat() if citation.date else None,
        "kind": citation.kind,
        "partial": citation.partial,
    }


def meant_data(meant: Resolution) -> dict[str, Any]:
    """Which documents of a register a citation may mean."""
    return {"directives": [d.id for d in meant.candidates], "contradicts": meant.contradicts}


def meant_words(meant: Resolution) -> str:
    """The same for reading."""
    if not meant.candidates:
        return "? not in the register"
    ids = " | ".join(d.id for d in meant.candidates)
    date = f", but of {meant.candidates[0].date}" if meant.contradicts else ""
    return f"{'=' if len(meant.candidates) == 1 else '?'} {ids}{date}"
