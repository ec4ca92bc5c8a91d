"""Citations in files: reading a document's text, and saying what is cited in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nqcore.files.incoming import DOCX, TEXT, load, load_text, read_in_child
from nqcore.model.directives import Resolution
from nqcore.text.citations import Citation


def read_text(path: Path) -> str:
    """The text of a .txt or .docx file (any other ending: text), newlines untouched. Raises
    FileRefused, OSError."""
    if path.suffix.lower() == ".docx":
        return read_in_child(docx_text, load(path, [DOCX]), file=path.name)
    return load_text(path, TEXT)


def docx_text(data: bytes) -> str:
    """The paragraphs in their order, those of tables and text boxes too, each on a line of its own;
    to be run by `read_in_child`."""
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join(
        "".join(_text_pieces(p)) for p in body.iter(f"{_W}p") if not _is_fallback_copy(p)
    )


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _is_fallback_copy(paragraph: Any) -> bool:
    """Whether it is a text box's second copy, for old programs."""
    return any(above.tag == _FALLBACK for above in paragraph.iterancestors())


def _text_pieces(element: Any) -> Iterator[str]:
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
            yield from _text_pieces(child)


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


def resolution_data(meant: Resolution) -> dict[str, Any]:
    """Which documents of a register a citation may mean."""
    return {"directives": [d.id for d in meant.candidates], "contradicts": meant.contradicts}


def resolution_text(meant: Resolution) -> str:
    """The same for reading."""
    if not meant.candidates:
        return "? not in the register"
    ids = " | ".join(d.id for d in meant.candidates)
    date = f", but of {meant.candidates[0].date}" if meant.contradicts else ""
    return f"{'=' if len(meant.candidates) == 1 else '?'} {ids}{date}"
