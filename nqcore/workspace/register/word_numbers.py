"""The automatic numbers of a .docx, counted as Word does: what stands before a paragraph on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 9
"""So many styles may be based on each other; more would be a circle. Word has so many levels of a list."""
_TENS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COUNTED = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MOST = 3999
"""Above it a number is written with digits: a file from outside may start anywhere."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    style: str


@dataclass(slots=True)
class _List:
    """A list of Word: its levels, and how far each is counted. Numberings of one list count together."""

    levels: Mapping[int, _Level]
    counted: dict[int, int] = field(default_factory=dict)


class WordNumbers:
    """The numbers of one document; `of` must be asked of each of its paragraphs in their order."""

    def __init__(self, document: Any) -> None:
        self.styles = {
            one.get(f"{_W}styleId"): one for one in document.styles.element.iter(f"{_W}style")
        }
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}
        for relation in document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith("/numbering"):
                self._read(relation.target_part.element)

    def _read(self, root: Any) -> None:
        lists = {
            one.get(f"{_W}abstractNumId"): _List(dict(_levels(one)))
            for one in root.iter(f"{_W}abstractNum")
        }
        for one in root.iter(f"{_W}num"):
            id, mine = one.get(f"{_W}numId"), lists.get(value(one, "abstractNumId"), _List({}))
            changed = {
                _whole(each.get(f"{_W}ilvl")): each for each in one.findall(f"{_W}lvlOverride")
            }
            if own := {nth: level for each in changed.values() for nth, level in _levels(each)}:
                mine = _List({**mine.levels, **own})
            self._lists[id] = mine
            self._starts[id] = {
                nth: _whole(value(each, "startOverride"))
                for nth, each in changed.items()
                if value(each, "startOverride")
            }

    def properties(self, paragraph: Any) -> Iterator[Any]:
        """The properties of the paragraph, then those of its style and of the styles below that one."""
        own = paragraph.find(f"{_W}pPr")
        if own is None:
            return
        yield own
        style = self.styles.get(value(own, "pStyle"))
        for _ in range(_DEEP):
            if style is None:
                return
            found = style.find(f"{_W}pPr")
            if found is not None:
                yield found
            style = self.styles.get(value(style, "basedOn"))

    def of(self, paragraph: Any) -> str:
        """The number as it is printed: "II-", "1.1.", "a)", "-" for a bullet; "" for none."""
        id, level = "", ""
        for properties in self.properties(paragraph):
            numbered = properties.find(f"{_W}numPr")
            if numbered is not None:
                level = level or value(numbered, "ilvl")
                if id := value(numbered, "numId"):
                    break
        if (found := self._lists.get(id)) is None:
            return ""
        return self._next(id, found, _whole(level) if level else self._level(paragraph, found))

    def _level(self, paragraph: Any, found: _List) -> int:
        """The level of a numbering that its style brings."""
        own = paragraph.find(f"{_W}pPr")
        style = value(own, "pStyle") if own is not None else ""
        return next((nth for nth, each in found.levels.items() if style and each.style == style), 0)

    def _next(self, id: str, found: _List, nth: int) -> str:
        level = found.levels.get(nth)
        if level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return "+" if level.text.strip() == "+" else "-"
        # A numbering of the list that begins anew does so once, at its first paragraph of the level.
        start = self._starts[id].pop(nth, None)
        last = found.counted.get(nth, level.start - 1)
        found.counted[nth] = last + 1 if start is None else start
        for deeper in [each for each in found.counted if each > nth]:
            del found.counted[deeper]
        return self._printed(found, level)

    def _printed(self, found: _List, level: _Level) -> str:
        def number(match: re.Match[str]) -> str:
            nth = int(match[1]) - 1
            of = found.levels.get(nth, level)
            return _written(found.counted.get(nth, of.start), of.format)

        text = re.sub(r"%([1-9])", number, level.text).strip()
        return f"{text}." if re.search(r"%\d$", level.text) else text


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for one in parent.findall(f"{_W}lvl"):
        start = value(one, "start")
        yield (
            _whole(one.get(f"{_W}ilvl")),
            _Level(
                format=value(one, "numFmt") or "decimal",
                text=value(one, "lvlText"),
                start=_whole(start) if start else 1,
                style=value(one, "pStyle"),
            ),
        )


def value(element: Any, name: str) -> str:
    """The value of the child with that name; "" without one."""
    found = element.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val") or ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _written(number: int, format: str) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if format in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if format == "upperRoman" else roman.lower()
    if format in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if format == "upperLetter" else letter.lower()
    if format in ("vietnameseCounting", "ordinalText", "cardinalText"):
        return _COUNTED[number - 1] if number <= len(_COUNTED) else str(number)
    return str(number)


def _roman(number: int) -> str:
    made = ""
    for size, letters in _TENS:
        made += letters * (number // size)
        number %= size
    return made
