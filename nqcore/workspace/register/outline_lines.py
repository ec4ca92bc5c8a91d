"""The paragraphs of a .docx with what makes a heading of them: a style, a numbering, a number in the text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from nqcore.workspace.register.documents import is_fallback_copy, text_pieces

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 9
"""So many styles may be based on each other; more would be a circle."""


class OutlineLine(NamedTuple):
    """A paragraph. `style`: the level of a heading style from 1, 0 for none; `numbering`: the format of an
    automatic number ("upperRoman", "decimal", "lowerLetter", "bullet" …; "" for none)."""

    text: str
    style: int = 0
    numbering: str = ""


def docx_lines(data: bytes) -> list[tuple[str, int, str]]:
    """The paragraphs of the body that have text, without tables: (text, style, numbering) of each, as
    `OutlineLine` has them. It runs in a child process (`read_in_child`): the file comes from outside."""
    import docx

    document = docx.Document(io.BytesIO(data))
    styles = {one.get(f"{_W}styleId"): one for one in document.styles.element.iter(f"{_W}style")}
    formats = _formats(document)
    return [
        (text, _style_level(paragraph, styles), _number_format(paragraph, styles, formats))
        for paragraph in document.element.body.iter(f"{_W}p")
        if not is_fallback_copy(paragraph) and not _in_table(paragraph)
        if (text := " ".join("".join(text_pieces(paragraph)).split()))
    ]


def _in_table(paragraph: Any) -> bool:
    return any(above.tag == f"{_W}tbl" for above in paragraph.iterancestors())


def _properties(paragraph: Any, styles: dict[str, Any]) -> Iterator[Any]:
    """The properties of the paragraph, then those of its style and of the styles below that one."""
    own = paragraph.find(f"{_W}pPr")
    if own is None:
        return
    yield own
    style = styles.get(_value(own, "pStyle"))
    for _ in range(_DEEP):
        if style is None:
            return
        found = style.find(f"{_W}pPr")
        if found is not None:
            yield found
        style = styles.get(_value(style, "basedOn"))


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val") or ""


def _style_level(paragraph: Any, styles: dict[str, Any]) -> int:
    for properties in _properties(paragraph, styles):
        level = _value(properties, "outlineLvl")
        if level.isdigit():
            return int(level) + 1 if int(level) < _DEEP else 0
    own = paragraph.find(f"{_W}pPr")
    name = _value(own, "pStyle") if own is not None else ""
    return int(name[-1]) if name[:-1].lower() == "heading" and name[-1:].isdigit() else 0


def _formats(document: Any) -> dict[tuple[str, str], str]:
    """The format of each level of each numbering, by (id, level); "" for one whose number is of several."""
    part = next(
        (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")),
        None,
    )
    if part is None:
        return {}
    abstract = {
        one.get(f"{_W}abstractNumId"): {
            level.get(f"{_W}ilvl"): _format(level) for level in one.iter(f"{_W}lvl")
        }
        for one in part.element.iter(f"{_W}abstractNum")
    }
    return {
        (one.get(f"{_W}numId"), level): format
        for one in part.element.iter(f"{_W}num")
        for level, format in abstract.get(_value(one, "abstractNumId"), {}).items()
    }


def _format(level: Any) -> str:
    """ "decimal"; "decimal.decimal" for a number like 1.1."""
    several = _value(level, "lvlText").count("%") > 1
    name = _value(level, "numFmt")
    return f"{name}.{name}" if several else name


def _number_format(
    paragraph: Any, styles: dict[str, Any], formats: dict[tuple[str, str], str]
) -> str:
    level = ""
    for properties in _properties(paragraph, styles):
        numbered = properties.find(f"{_W}numPr")
        if numbered is None:
            continue
        level = level or _value(numbered, "ilvl")
        if id := _value(numbered, "numId"):
            return formats.get((id, level or "0"), "")
    return ""
