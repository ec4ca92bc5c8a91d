"""Five tables as offices make them, each with what stands in its cells and which figures it says: reckoned
here, without the reader. The office: a district of twelve communes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from nqcore.workspace.setup import create
from tests.support.office import converted

NAMES = (
    *("An Phú", "Bình Minh", "Đông Hà", "Hòa Lợi", "Long Thành", "Phước Sơn"),
    *("Tân Hưng", "Thạnh Lộc", "Vĩnh Thuận", "Mỹ Đức", "Nghĩa Trung", "Quế Sơn"),
)
CODES = (
    *("xa-an-phu", "xa-binh-minh", "xa-dong-ha", "xa-hoa-loi", "xa-long-thanh", "xa-phuoc-son"),
    *("xa-tan-hung", "xa-thanh-loc", "xa-vinh-thuan", "xa-my-duc", "xa-nghia-trung", "xa-que-son"),
)
BASIS = "Kế hoạch số 3-KH/HU, ngày 05/01/2025 của Huyện ủy"
CONTENT = f"""
[pack]
id = "td"
since = 2025-01-01
basis = "{BASIS}"
[[directive]]
type = "Kế hoạch"
number = "3-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về thi đua"
date = 2025-01-05
[[indicator]]
label = "N1"
name = "Số người dự"
measure = "người"
[[indicator]]
label = "N2"
name = "Số hội nghị"
measure = "hội nghị"
[[indicator]]
label = "M1"
name = "Thu ngân sách"
measure = "triệu đồng"
decimals = 1
[[indicator]]
label = "M2"
name = "Quỹ khen thưởng"
measure = "nghìn đồng"
[[indicator]]
label = "D1"
name = "Diện tích trồng mới"
measure = "ha"
decimals = 2
[[form]]
id = "td.q"
title = "Báo cáo quý về thi đua"
directive = "3-KH/HU"
every = "quarter"
due = {{ day = 10, months_after = 1 }}
owed_by = {{ kinds = ["commune"] }}
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["N1", "N2", "M1", "M2", "D1"]
"""
Cell = int | float | str | None
Place = tuple[int, int]
Figures = Mapping[tuple[str, str, str], str]
"""By unit, period and label: the figure in the measure of its box."""


def make(folder: Path) -> Path:
    """The district in a folder of its own; the administrator is `quantri`."""
    folder.mkdir(exist_ok=True)
    rows = [f"{code},Xã {name},xã,huyen" for code, name in zip(CODES, NAMES, strict=True)]
    (folder / "dv.csv").write_text(
        "\n".join(["code,name,kind,parent", "huyen,Huyện Thử,huyện,", *rows])
    )
    (folder / "td.toml").write_text(CONTENT)
    with create(folder / "w", units=folder / "dv.csv", since=date(2025, 1, 1)) as ws:
        plan = ws.content.plan_file(folder / "td.toml")
        assert plan.mistakes == ()
        ws.content.apply(plan, by="quantri")
    return folder / "w"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTable:
    """A table.

    - `name`: of its file; `grid`: every cell that is not blank, by row (from 1) and column (from 0).
    - `figures`: what it says; `places`: where its figures stand; `merged`: areas like "A1:C1".
    """

    name: str
    grid: Mapping[Place, Cell]
    figures: Figures
    places: frozenset[Place]
    merged: tuple[str, ...] = ()

    def data(self, folder: Path) -> bytes:
        """The bytes of the file."""
        ending = self.name.rpartition(".")[2]
        if ending == "csv":
            return self._csv()
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = "Biểu 1"
        for (row, at), value in self.grid.items():
            page.cell(row, at + 1, value)
        for area in self.merged:
            page.merge_cells(area)
        file = io.BytesIO()
        book.save(file)
        if ending == "xlsx":
            return file.getvalue()
        (folder / "bang.xlsx").write_bytes(file.getvalue())
        return converted(folder / "bang.xlsx", ending, folder).read_bytes()

    def _csv(self) -> bytes:
        rows = max(row for row, _ in self.grid)
        width = max(at for _, at in self.grid) + 1
        lines = (
            ";".join(str(self.grid.get((row, at), "")) for at in range(width))
            for row in range(1, rows + 1)
        )
        return "\r\n".join(lines).encode("utf-8-sig")


class _Sheet:
    """A sheet that is being written."""

    def __init__(self) -> None:
        self.grid: dict[Place, Cell] = {}
        self.figures: dict[tuple[str, str, str], str] = {}
        self.places: set[Place] = set()
        self.row = 0

    def line(self, *cells: Cell) -> int:
        self.row += 1
        self.grid |= {(self.row, at): cell for at, cell in enumerate(cells) if cell is not None}
        return self.row

    def said(self, at: int, unit: str, period: str, label: str, value: str) -> None:
        """The cell of the last row in that column says this figure."""
        self.places.add((self.row, at))
        self.figures[unit, period, label] = value

    def table(
        self,
        name: str,
        *merged: str,
    ) -> OfficeTable:
        return OfficeTable(
            name=name,
            grid=self.grid,
            figures=self.figures,
            places=frozenset(self.places),
            merged=merged,
        )


def people(nth: int, quarter: int) -> int:
    """How many came from the commune of that number."""
    return 1200 + 37 * nth + 11 * quarter


def summary(quarter: int = 3) -> OfficeTable:
    """*Biểu tổng hợp* of twelve communes: a heading on two levels, groups with sums of their own, a total, a
    place for the signature."""
    sheet = _Sheet()
    sheet.line("UBND HUYỆN THỬ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.line("PHÒNG NỘI VỤ", None, None, "Độc lập - Tự do - Hạnh phúc")
    sheet.line()
    sheet.line("BIỂU TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA")
    sheet.line(f"Quý {['I', 'II', 'III', 'IV'][quarter - 1]} năm 2025")
    sheet.line("STT", "Đơn vị", "Kết quả thực hiện", None, None, "Ghi chú")
    sheet.line(None, None, "Số hội nghị", "Số người dự", "Diện tích trồng mới (ha)")
    sheet.line("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    sums: list[list[int]] = []
    for group, half in (("I", range(6)), ("II", range(6, 12))):
        meetings = [2 + nth % 4 for nth in half]
        came = [people(nth, quarter) for nth in half]
        sheet.line(group, f"Cụm thi đua số {group}")
        for nth, held, there in zip(half, meetings, came, strict=True):
            area = "—" if nth == 4 else f"{nth},{quarter}5"
            unit = f"UBND xã {NAMES[nth]}" if nth % 2 else f"Xã {NAMES[nth]}"
            sheet.line(nth % 6 + 1, unit, held, there, area, "đã rà soát" if nth == 2 else None)
            period = f"2025-Q{quarter}"
            sheet.said(2, CODES[nth], period, "N2", str(held))
            sheet.said(3, CODES[nth], period, "N1", str(there))
            value = "0" if area == "—" else f"{nth}.{quarter}5"
            sheet.said(4, CODES[nth], period, "D1", value)
        sums.append([sum(meetings), sum(came)])
        sheet.line(None, f"Cộng cụm {group}", *sums[-1])
    sheet.line(None, "TỔNG CỘNG TOÀN HUYỆN", *(a + b for a, b in zip(*sums, strict=True)))
    sheet.line()
    sheet.line("Ghi chú: “—” là không phát sinh số liệu.")
    sheet.line("NGƯỜI LẬP BIỂU", None, None, "TRƯỞNG PHÒNG")
    return sheet.table(
        f"tong-hop-q{quarter}.xlsx",
        *("A1:C1", "D1:F1", "A4:F4", "A5:F5", "A6:A7", "B6:B7", "C6:E6", "F6:F7"),
    )


def millions() -> OfficeTable:
    """Money in *triệu đồng* by a line above the table: as the one box counts, a thousand times the other."""
    sheet = _Sheet()
    sheet.line("BÁO CÁO THU NGÂN SÁCH VÀ QUỸ KHEN THƯỞNG QUÝ III NĂM 2025")
    sheet.line("(Kèm theo Công văn số 45/CV-NV ngày 05/10/2025)")
    sheet.line(None, None, None, "Đơn vị tính: triệu đồng")
    sheet.line("TT", "Tên xã", "Thu ngân sách", "Quỹ khen thưởng")
    for nth, name in enumerate(NAMES):
        sheet.line(nth + 1, name, 1234.5 + nth, f"{10 + nth},{nth % 10}")
        sheet.said(2, CODES[nth], "2025-Q3", "M1", f"{1234 + nth}.5")
        sheet.said(3, CODES[nth], "2025-Q3", "M2", str((10 + nth) * 1000 + nth % 10 * 100))
    sheet.line(None, "Tổng số", sum(1234.5 + nth for nth in range(12)))
    sheet.line("Ghi chú: số liệu ước thực hiện đến 30/9/2025.")
    return sheet.table("thu-trieu-dong.xlsx", "A1:D1")


def quarters_beside() -> OfficeTable:
    """Three quarters side by side, each with two indicators under it."""
    sheet = _Sheet()
    sheet.line("SỐ LIỆU CHÍN THÁNG NĂM 2025")
    sheet.line("Địa phương", "Quý I", None, "Quý II", None, "Quý III", None)
    sheet.line(None, *["Số hội nghị", "Số người dự"] * 3)
    for nth, name in enumerate(NAMES):
        sheet.line(f"Xã {name}", *(f(nth, q) for q in (1, 2, 3) for f in (_held, people)))
        for quarter in (1, 2, 3):
            for step, (label, f) in enumerate((("N2", _held), ("N1", people))):
                at = 2 * quarter - 1 + step
                sheet.said(at, CODES[nth], f"2025-Q{quarter}", label, str(f(nth, quarter)))
    return sheet.table("ba-quy.xls", "A2:A3", "B2:C2", "D2:E2", "F2:G2")


def _held(nth: int, quarter: int) -> int:
    return (nth + quarter) % 5


def units_across() -> OfficeTable:
    """Indicators as rows with their measures, communes as columns, a column of totals."""
    sheet = _Sheet()
    sheet.line("BIỂU SỐ 02 – CÁC CHỈ TIÊU CHỦ YẾU QUÝ II/2025")
    sheet.line("Stt", "Chỉ tiêu", "ĐVT", "Tổng số", *(f"Xã {name}" for name in NAMES))
    lines: list[tuple[str, str, str, list[int], Callable[[int], str]]] = [
        ("Số người dự", "người", "N1", [people(nth, 2) for nth in range(12)], str),
        (
            "Thu ngân sách", "tỷ đồng", "M1", [2 + nth for nth in range(12)],
            lambda billions: str(billions * 1000),
        ),
        ("Số hội nghị", "hội nghị", "N2", [_held(nth, 2) for nth in range(12)], str),
    ]  # fmt: skip
    for number, (name, measure, label, values, counted) in enumerate(lines, 1):
        sheet.line(number, name, measure, sum(values), *values)
        for nth, value in enumerate(values):
            sheet.said(4 + nth, CODES[nth], "2025-Q2", label, counted(value))
    return sheet.table("chi-tieu-ngang.ods", "A1:P1")


def semicolons() -> OfficeTable:
    """A list with semicolons: figures as text with points, a sign, a total."""
    sheet = _Sheet()
    sheet.line("Kết quả quý I/2025")
    sheet.line("Đơn vị", "Số người dự", "Thu ngân sách (triệu đồng)")
    for nth, name in enumerate(NAMES):
        came = people(nth, 1)
        money = "x" if nth == 7 else f"{1000 + nth},5"
        sheet.line(f"Đảng ủy xã {name}", f"{came // 1000}.{came % 1000:03}", money)
        sheet.said(1, CODES[nth], "2025-Q1", "N1", str(came))
        if nth != 7:
            sheet.said(2, CODES[nth], "2025-Q1", "M1", f"{1000 + nth}.5")
    sheet.line("Tổng cộng", f"{sum(people(nth, 1) for nth in range(12))}", "")
    sheet.grid = {place: cell for place, cell in sheet.grid.items() if cell != ""}
    return sheet.table("phan-cach.csv")


TABLES: Mapping[str, Callable[[], OfficeTable]] = {
    "twelve communes with groups and totals": summary,
    "millions with a title and notes": millions,
    "quarters side by side": quarters_beside,
    "units as columns": units_across,
    "semicolons": semicolons,
}


def stored(ws: Workspace) -> Figures:
    """Every figure that is stored, by unit, period and label."""

    def each() -> Iterator[tuple[tuple[str, str, str], str]]:
        for revision in ws.submissions.repository.newest_revisions():
            for key, answer in revision.answers.items():
                if isinstance(answer, Decimal):
                    whole = answer == answer.to_integral()
                    text = f"{answer:.0f}" if whole else f"{answer:f}".rstrip("0")
                    yield (revision.unit, revision.period, key), text

    return dict(each())


def opened(folder: Path) -> Workspace:
    """The district, opened."""
    return open_workspace(folder)
