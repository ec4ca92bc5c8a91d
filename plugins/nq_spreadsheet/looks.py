"""The looks of cells, each made once for a workbook."""

from __future__ import annotations

from typing import Any

_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1, "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {**_FONT},
    "title": {**_FONT, "bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "line": {**_FONT, "italic": True, "align": "center", "text_wrap": True},
    "words": {**_FONT, "text_wrap": True, "valign": "top"},
    "note": {**_FONT, "italic": True, "text_wrap": True, "valign": "top"},
    "link": {**_FONT, "font_color": "#0563C1", "underline": 1},
    "head": {**_BOX, "bold": True, "align": "center", "bg_color": "#E7EDF5"},
    "cell": {**_BOX},
    "flat": {**_BOX, "text_wrap": False},
    "centred": {**_BOX, "align": "center"},
    "section": {**_BOX, "bold": True, "bg_color": "#F3F3F3"},
    "total": {**_BOX, "bold": True},
    "number": {**_BOX, "align": "right", "text_wrap": False},
}


class Looks:
    """The formats of one workbook, by their name here and what is special of the cell."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool, bool], Any] = {}

    def get(self, name: str, number: str = "", *, bold: bool = False, text: bool = False) -> Any:
        """The look of that name; `number` is its number format. `text`: what begins with a sign of a
        formula stays text also after the cell is edited."""
        key = (name, number, bold, text)
        if key not in self._made:
            look = dict(_LOOKS[name])
            if number:
                look["num_format"] = number
            if bold:
                look["bold"] = True
            if text:
                look["quote_prefix"] = True
            self._made[key] = self._book.add_format(look)
        return self._made[key]
