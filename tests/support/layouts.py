"""The table of a layout of Word documents: what is read back of the file, element by element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest

from tests.support.paper import Line, Paper, millimetres


class Element(NamedTuple):
    """A row of the table: the element by its name in the guidance, how it is read, and what it must be."""

    name: str
    read: Callable[[Paper], object]
    expected: object


EVERY_LAYOUT = (
    Element(
        "paper A4 upright",
        lambda p: (
            millimetres(p.document.sections[0].page_width),
            millimetres(p.document.sections[0].page_height),
        ),
        (210.0, 297.0),
    ),
    Element("margins 20, 20, 30, 15 mm", lambda p: p.margins(), [20.0, 20.0, 30.0, 15.0]),
    Element("margins of a turned page", lambda p: p.margins(1), [20.0, 15.0, 30.0, 15.0]),
    Element("font", lambda p: p.fonts(), {"Times New Roman"}),
    Element(
        "page number centred, 14, upright",
        lambda p: (
            p.document.styles["Header"].font.size.pt,
            p.document.styles["Header"].paragraph_format.alignment.name,
        ),
        (14.0, "CENTER"),
    ),
    Element(
        "no number on page 1",
        lambda p: p.document.sections[0].different_first_page_header_footer,
        True,
    ),
    Element(
        "draft mark", lambda p: p.line("Dấu chỉ mức độ"), Line("Dự thảo lần 1", 13, "b", "center")
    ),
    Element("body 14, justified", lambda p: p.lines("Nội dung")[0][1:], (14, "", "justify")),
    Element(
        "title of a part in capitals",
        lambda p: p.lines("Tên phần")[0],
        Line("TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN", 14, "b", "center"),
    ),
    Element("1.", lambda p: p.lines("Heading 2")[-1], Line("1. Nhiệm vụ", 14, "b", "justify")),
    Element("a)", lambda p: p.line("Heading 3"), Line("a) Nhiệm vụ thứ nhất", 14, "", "justify")),
    Element(
        "annexes numbered in Roman",
        lambda p: p.lines("Phụ lục"),
        [Line("Phụ lục I", 14, "b", "center"), Line("Phụ lục II", 14, "b", "center")],
    ),
)
"""What the Party's and the State's layouts have in common."""


def each_element(own: Sequence[Element]) -> pytest.MarkDecorator:
    """Run the test for each row: those of every layout, and the layout's own."""
    rows = (*EVERY_LAYOUT, *own)
    return pytest.mark.parametrize("element", rows, ids=[row.name for row in rows])


def check(element: Element, paper: Paper) -> None:
    """The element of the document is what the guidance wants."""
    assert element.read(paper) == element.expected, element.name
