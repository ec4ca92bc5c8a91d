"""Tables as offices make them: each a file, made here, and what has to come out of it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.office import converted

Rows = list[list[object]]


def sheet(rows: Rows, title: str = "Biểu 1") -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    return book, page


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of the workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods(book: openpyxl.Workbook, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it in the State's open format."""
    (folder / "bang.xlsx").write_bytes(saved(book))
    return converted(folder / "bang.xlsx", "ods", folder).read_bytes()


def quarter(
    nth: str = "III", people: tuple[object, ...] = (120, 80)
) -> tuple[openpyxl.Workbook, Worksheet]:
    """Title rows, a heading on two levels, *đồng* for a box of *triệu đồng*, groups, a total, a footnote."""
    book, page = sheet(
        [
            ["UBND TỈNH BÌNH SƠN"],
            [f"TỔNG HỢP SỐ LIỆU QUÝ {nth} NĂM 2026"],
            [],
            ["TT", "Địa phương", "Kết quả", None, "Ghi chú"],
            [None, None, "Số người dự", "Thu ngân sách (đồng)", None],
            ["(A)", "(B)", "(1)", "(2)", "(3)"],
            ["I", "Huyện Tân Hòa"],
            [1, "UBND xã An Phú", people[0], 1_234_500_000, "đã đối chiếu"],
            [2, "Đảng ủy xã Bình Minh", people[1], "2.000.000.000", None],
            ["II", "Huyện Long Thành"],
            [1, "Xa Tan Phu", "—", "…", "x"],
            [None, "TỔNG CỘNG", 205, None, None],
            [],
            ["Ghi chú: (1) số liệu đến 15/9/2026"],
        ]
    )
    for area in ("C4:D4", "A4:A5", "B4:B5", "E4:E5", "A2:E2"):
        page.merge_cells(area)
    return book, page


def periods_across() -> bytes:
    """Quarters as columns for one indicator, a hidden column."""
    book, page = sheet(
        [
            ["Số người dự năm 2026"],
            ["Đơn vị", "Quý I", "Quý II", "Quý III"],
            ["Xã An Phú", 10, 20, 30],
            ["Xã Bình Minh", 11, 21, 31],
            ["Cộng", 21, 41, 61],
        ]
    )
    page.column_dimensions["B"].hidden = True
    return saved(book)


def units_across() -> bytes:
    """Indicators as rows, units as columns, a column of totals, formulas in it."""
    book, _ = sheet(
        [
            ["Biểu tổng hợp quý III/2026"],
            ["STT", "Chỉ tiêu", "ĐVT", "Xã An Phú", "Xã Bình Minh", "Tổng cộng"],
            [1, "Số người dự", "người", 5, 6, "=D3+E3"],
            [2, "Thu ngân sách", "nghìn đồng", 1500, 2500, 4000],
        ]
    )
    return saved(book)


def two_tables() -> bytes:
    """Two tables in one sheet in TCVN3, one of a unit alone; figures that are no figures."""
    book, _ = sheet(
        [
            ["B¸o c¸o quý III n¨m 2026"],
            ["§Þa ph­¬ng", "Sè ng­êi dù"],
            ["X· An Phó", "~1.500"],
            ["X· B×nh Minh", "1.234(*)"],
            [],
            ["II. Lao ®éng"],
            ["Tªn ®¬n vÞ", "Sè lao ®éng cuèi kú", "Ghi chó"],
            ["X· An Phó", 40, "t¨ng"],
            ["ThÞ trÊn Long Thµnh", 50, None],
            ["(*) ­íc tÝnh"],
        ],
        "Bieu 2",
    )
    return saved(book)


SEMICOLONS = (
    "sep=;\r\nTổng hợp quý III/2026;;\r\nĐơn vị;Số người dự;Thu ngân sách (tỷ đồng)\r\n"
    "Xã An Phú;1.310;1,2\r\nXã Bình Minh;-;x\r\nXã Không Có;5;6\r\nTổng số;1.311;1,2\r\n"
).encode("utf-8-sig")
"""A list with semicolons as Excel saves it: a total that is one too many, a unit that nobody knows."""
