"""The text of a document in a file, and the citations in it as data and as text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nqcore.files.incoming import DOCX, TEXT, load, load_text, read_in_child
from nqcore.model.codec import picked
from nqcore.model.directives import Resolution
from nqcore.text.citations import Citation


def read_text(path: Path) -> str:
    """The text of a .docx file; a file with any other ending is read as plain text. Line ends stay as they
    are. Raises FileRefused, OSError."""
    if path.suffix.lower() == ".docx":
        return read_in_child(docx_text, load(path, [DOCX]), file=path.name)
    return load_text(path, TEXT)


def docx_text(data: bytes) -> str:
    """The paragraphs of a .docx in their order, also those in tables and text boxes, one on each line: the
    page headers, the body, the page footers, the footnotes and the endnotes. It runs in a child process
    (`read_in_child`), because the file comes from outside."""
    import docx

    document = docx.Document(io.BytesIO(data))
    parts = {kind: list(_related(document.part, kind)) for kind in _BESIDE}
    blocks = [*parts["header"], document.element.body]
    blocks += [root for kind in ("footer", "footnotes", "endnotes") for root in parts[kind]]
    texts = ["\n".join(_paragraphs(block)) for block in blocks]
    # Each section of a document may repeat the same header.
    return "\n".join(dict.fromkeys(text for text in texts if text.strip()))


_BESIDE = ("header", "footer", "footnotes", "endnotes")
"""The kinds of parts that hold text of a document beside its body."""


def _related(part: Any, kind: str) -> Iterator[Any]:
    """The roots of the parts of one kind, in the order in which the document names them."""
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            yield parse_xml(relation.target_part.blob)


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        if not is_fallback_copy(paragraph):
            yield "".join(text_pieces(paragraph))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def is_fallback_copy(paragraph: Any) -> bool:
    """Whether it is in the second copy of a text box, which Word writes for old programs."""
    return any(above.tag == _FALLBACK for above in paragraph.iterancestors())


def text_pieces(element: Any) -> Iterator[str]:
    """The parts of a paragraph's text as it is after all tracked changes are accepted: with inserted
    text and content controls, without text that was deleted or moved away."""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        name = tag.removeprefix(_W)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in ("p", "pPr", "rPr", "moveFrom", "del") and tag != _FALLBACK:
            yield from text_pieces(child)


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation as `nq cite --json` prints it."""
    return picked(
        citation,
        *("text", "start", "end", "number", "year", "type", "issuer", "date", "kind", "partial"),
    )


def resolution_data(resolution: Resolution) -> dict[str, Any]:
    """The documents of a register that a citation may mean, as `nq cite --json` prints them."""
    return {
        "directives": [d.id for d in resolution.candidates],
        "contradicts": resolution.contradicts,
    }


def resolution_text(resolution: Resolution) -> str:
    """The documents of a register that a citation may mean, as `nq cite` prints them: "= id" for one, "?"
    for none or several."""
    if not resolution.candidates:
        return "? not in the register"
    ids = " | ".join(d.id for d in resolution.candidates)
    date = f", but of {resolution.candidates[0].date}" if resolution.contradicts else ""
    return f"{'=' if len(resolution.candidates) == 1 else '?'} {ids}{date}"
