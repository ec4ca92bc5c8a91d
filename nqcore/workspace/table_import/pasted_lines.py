"""The lines of a message as rows of a table: "A1: 7", "• Số hội nghị: 7", and a name with its figure in the
line below it. People send figures so in a chat."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

Box = Callable[[str], str]
"""The name of the box that words surely name, as the form has it; "" where they name none."""
_BULLET = re.compile(r"^\s*[-–−+•*●▪◦✓]\s+(?=[^\W\d_])|^\s*[•●▪◦✓]\s*(?=[^\W\d_])")
_MARKED = re.compile(r"(?P<name>[^:=]*[^\W\d_][^:=]*?)\s*[:=]\s*(?P<figure>\S.*)")
_APART = re.compile(r"(?P<name>.*?[^\W_])(?:\s+[-–−]\s+|\s+là\s+|\s+)(?P<figure>[0-9][0-9.,  ]*%?)")
_FIGURE = re.compile(r"[-–−(+]?\s*[0-9].*|[-–−]")
_ORDER = re.compile(r"^\s*\(?[0-9]{1,2}[.)]\s+(?=[^\W\d_])")


class MessageLine(NamedTuple):
    """A name and its figure; `box`: the box that the name means, "" where it means none."""

    name: str
    figure: str
    box: str


def message_lines(lines: Sequence[str], box: Box) -> tuple[MessageLine, ...] | None:
    """The lines of a message, each with the box that it names; None where the lines are no such message: then
    they are a column of figures.

    >>> boxes = {"A1": "A1", "Số hội nghị": "A1"}
    >>> message_lines(["A1: 7"], lambda words: boxes.get(words, ""))
    (MessageLine(name='A1', figure='7', box='A1'),)
    >>> message_lines(["7", "8"], lambda words: boxes.get(words, ""))
    """
    filled = [line for line in lines if line.strip()]
    marked = [_marked(line, box) for line in filled]
    if any(one is not None and one.box for one in marked):
        return tuple(
            one
            if one is not None and (one.box or _FIGURE.match(one.figure))
            else MessageLine(line, "", "")
            for line, one in zip(filled, marked, strict=True)
        )
    if filled and all(one is not None and _FIGURE.match(one.figure) for one in marked):
        return tuple(one for one in marked if one is not None)
    return _in_turn(filled, box)


def _marked(line: str, box: Box) -> MessageLine | None:
    """A line that has both, with a mark between them, or where its words surely name a box."""
    text = _ORDER.sub("", _BULLET.sub("", line)).strip()
    if (found := _MARKED.fullmatch(text)) is not None:
        return MessageLine(found["name"], found["figure"].strip(), box(found["name"]))
    found = _APART.fullmatch(text)
    if found is not None and (name := box(found["name"].strip(" -–−"))):
        return MessageLine(found["name"], found["figure"].strip(), name)
    return None


def _in_turn(filled: Sequence[str], box: Box) -> tuple[MessageLine, ...] | None:
    """Lines of which each name has its figure right below it."""
    texts = [_ORDER.sub("", _BULLET.sub("", line)).strip() for line in filled]
    names, figures = texts[::2], texts[1::2]
    if len(names) != len(figures) or not all(map(_FIGURE.match, figures)):
        return None
    if any(map(_FIGURE.match, names)) or not any(map(box, names)):
        return None
    return tuple(
        MessageLine(name, figure, box(name)) for name, figure in zip(names, figures, strict=True)
    )
