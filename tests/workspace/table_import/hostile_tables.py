"""Sixty tables as offices really send them, each with what a careful reader may take from it.

`right` names the only figures that may be taken, by "unit label" (or by label, for a pasted block): what else
is taken is misread. A table may always be refused or asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.workspace.table_import.tables import Rows, saved, sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A table, `right`: what may be taken; `least`: how many of these must be."""

    name: str
    kind: Literal["csv", "xlsx", "pasted"]
    text: str = ""
    data: bytes = b""
    right: dict[str, str]
    least: int = 0


def _csv(name: str, text: str, right: dict[str, str], least: int = 0) -> Hostile:
    return Hostile(name=name, kind="csv", text=text, right=right, least=least)


def _pasted(name: str, text: str, right: dict[str, str], least: int = 0) -> Hostile:
    return Hostile(name=name, kind="pasted", text=text, right=right, least=least)


def _xlsx(
    name: str, rows: Rows, right: dict[str, str], least: int = 0, merged: tuple[str, ...] = ()
) -> Hostile:
    book, page = sheet(rows)
    for area in merged:
        page.merge_cells(area)
    return Hostile(name=name, kind="xlsx", data=saved(book), right=right, least=least)


Q3 = "BÁO CÁO QUÝ III NĂM 2026"
_FILES = (
    _csv("a plan beside what was done", f"{Q3}\nĐơn vị;Mục tiêu hội viên;Số hội viên\nXã An Phú;90;5\n"
         "Xã Bình Minh;80;6\n", {"ap HV": "5", "bm HV": "6"}, 2),
    _csv("a mean beside the count", f"{Q3}\nĐơn vị;Số hội viên bình quân;Số chi hội\nXã An Phú;9;5\n",
         {"ap CH": "5"}, 1),
    _csv("registered only", f"{Q3}\nĐơn vị;Số hội viên đăng ký\nXã An Phú;9\n", {}),
    _csv("strive for", f"{Q3}\nĐơn vị;Phấn đấu số hội viên\nXã An Phú;9\n", {}),
    _csv("an estimate of the next quarter", f"{Q3}\nĐơn vị;Số hội viên;Ước quý IV\nXã An Phú;9;99\n",
         {"ap HV": "9"}, 1),
    _csv("an estimate of the next quarter, named", f"{Q3}\nĐơn vị;Ước quý IV số hội viên\nXã An Phú;9\n", {}),
    _csv("per cent beside", f"{Q3}\nĐơn vị;Số hội viên;Tỷ lệ %\nXã An Phú;9;45\n", {"ap HV": "9"}, 1),
    _csv("a part without its merged head", f"{Q3}\nĐơn vị;Số hội viên;\n;Tổng số;Trong đó: nữ\n"
         "Xã An Phú;9;4\nXã Bình Minh;8;3\n", {"ap HV": "9", "bm HV": "8"}),
    _csv("the year so far", f"{Q3}\nĐơn vị;Số hội viên từ đầu năm\nXã An Phú;9\n", {}),
    _csv("an ethnic minority", f"{Q3}\nĐơn vị;Số hội viên dân tộc thiểu số\nXã An Phú;9\n", {}),
    _csv("per branch", f"{Q3}\nĐơn vị;Số hội viên/chi hội\nXã An Phú;9\n", {}),
    _csv("numbered units", f"{Q3}\nĐơn vị;Số hội viên\n1. An Phú;9\n2. Bình Minh;8\n3. Tân Phù;7\n"
         "Tổng: 3 xã;24\n", {"ap HV": "9", "bm HV": "8", "tpp HV": "7"}, 3),
    _csv("letters number units", f"{Q3}\nĐơn vị;Số hội viên\na) Xã An Phú;9\nb) Xã Bình Minh;8\n",
         {"ap HV": "9", "bm HV": "8"}, 2),
    _csv("to whom", f"Kính gửi: Huyện Tân Hòa\n{Q3}\nĐơn vị báo cáo: Xã An Phú\nChỉ tiêu;Thực hiện\n"
         "Số hội viên;9\nSố chi hội;2\n", {"ap HV": "9", "ap CH": "2"}, 2),
    _csv("to a commune", f"Kính gửi: Xã An Phú\n{Q3}\nChỉ tiêu;Thực hiện\nSố hội viên;9\nSố chi hội;2\n", {}),
    _csv("recipients below", f"{Q3}\nĐơn vị báo cáo: Xã Bình Minh\nChỉ tiêu;Thực hiện\nSố hội viên;9\n"
         "Số chi hội;2\nNơi nhận: Xã An Phú;\n", {"bm HV": "9", "bm CH": "2"}, 2),
    _csv("without accents two units", f"{Q3}\nĐơn vị;Số hội viên\nXa Tan Phu;9\nXã Tân Phú;8\n",
         {"tp HV": "8"}),
    _csv("half with accents", f"{Q3}\nĐơn vị;Số hội viên\nTân Phu;9\nTân Phù;8\n", {"tpp HV": "8"}),
    _csv("totals of many words", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;9\nXã Bình Minh;8\nCộng 2 xã;17\n"
         "Cộng toàn huyện;17\nTổng số (2 xã);17\nHuyện Tân Hòa;17\n", {"ap HV": "9", "bm HV": "8"}, 0),
    _csv("two levels in a list", f"{Q3}\nĐơn vị;Số hội viên;;Số chi hội;\n;KH;TH;KH;TH\nXã An Phú;20;9;4;2\n"
         "Xã Bình Minh;20;8;5;3\n", {"ap HV": "9", "bm HV": "8", "ap CH": "2", "bm CH": "3"}),
    _csv("two levels of quarters", "Số hội viên\nĐơn vị;Năm 2026;;Năm 2025;\n;Quý II;Quý III;Quý II;Quý III\n"
         "Xã An Phú;7;9;1;2\n", {"ap HV Q2": "7", "ap HV": "9", "ap HV 2025-Q2": "1", "ap HV 2025-Q3": "2"}),
    _csv("a remark below", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;9\nXã Bình Minh;8\nGhi chú: Xã Tân Phú chưa "
         "báo cáo;\n(1) Số liệu đến ngày 15/9;\n", {"ap HV": "9", "bm HV": "8"}, 2),
    _csv("thousands in three ways", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;1.234\nXã Bình Minh;1 234\n"
         "Xã Tân Phú;1,234\n", {"ap HV": "1234", "bm HV": "1234", "tp HV": "1234"}),
    _csv("a date in a column of figures", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;5/9/2026\nXã Bình Minh;8\n",
         {"bm HV": "8"}),
    _csv("codes like figures", f"{Q3}\nMã;Đơn vị;Số hội viên\n01234;Xã An Phú;9\n01235;Xã Bình Minh;8\n",
         {"ap HV": "9", "bm HV": "8"}, 2),
    _csv("two tables side by side", f"{Q3}\nĐơn vị;Số hội viên;;Đơn vị;Số hội viên\n"
         "Xã An Phú;9;;Xã Bình Minh;8\nXã Tân Phú;7;;Xã Tân Phù;6\n",
         {"ap HV": "9", "tp HV": "7", "bm HV": "8", "tpp HV": "6"}),
    _csv("empty columns between", f"{Q3}\nĐơn vị;;Số hội viên;;Số chi hội\nXã An Phú;;9;;2\n",
         {"ap HV": "9", "ap CH": "2"}, 2),
    _csv("the head again on page 2", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;9\n\n\n\nĐơn vị;Số chi hội\n"
         "Xã An Phú;2\n", {"ap HV": "9", "ap CH": "2"}),
    _csv("the same head again", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;9\nĐơn vị;Số hội viên\n"
         "Xã Bình Minh;8\n", {"ap HV": "9", "bm HV": "8"}),
    _csv("another head without a blank row", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú;9\nĐơn vị;Số chi hội\n"
         "Xã Bình Minh;2\n", {"ap HV": "9", "bm CH": "2"}),
    _csv("a label with a plan", f"{Q3}\nĐơn vị;HV kế hoạch;HV\nXã An Phú;99;9\n", {"ap HV": "9"}, 1),
    _csv("new members only", f"{Q3}\nĐơn vị;Hội viên mới\nXã An Phú;9\n", {"ap KN": "9"}),
    _csv("those who left", f"{Q3}\nĐơn vị;Số hội viên ra khỏi hội\nXã An Phú;9\n", {}),
    _csv("a rank", f"{Q3}\nĐơn vị;Số hội viên;Xếp thứ\nXã An Phú;9;1\n", {"ap HV": "9"}, 1),
    _csv("points", f"{Q3}\nĐơn vị;Điểm số hội viên\nXã An Phú;9\n", {}),
    _csv("names of persons", f"{Q3}\nHọ và tên;Số hội viên\nNguyễn An Phú;9\nTrần Bình Minh;8\n", {}),
    _csv("another office's unit", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú Đông;9\nPhường An Phú;8\n", {}),
    _csv("two units in one row", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú, Xã Bình Minh;9\n"
         "An Phú + Bình Minh;8\n", {}),
    _csv("rest of a unit", f"{Q3}\nĐơn vị;Số hội viên\nXã An Phú (thôn 1);9\nTrường THCS An Phú;8\n", {}),
    _xlsx("merged: women", [[Q3], ["Đơn vị", "Số hội viên", None], [None, "Tổng số", "Trong đó: nữ"],
          ["Xã An Phú", 9, 4]], {"ap HV": "9"}, 1, ("B2:C2", "A2:A3")),
    _xlsx("merged: only women", [[Q3], ["Đơn vị", "Số hội viên", None], [None, "Nữ", "Đảng viên"],
          ["Xã An Phú", 4, 3]], {}, 0, ("B2:C2", "A2:A3")),
    _xlsx("merged: plan and done", [[Q3], ["Đơn vị", "Số hội viên", None, None], [None, "KH", "TH", "%"],
          ["Xã An Phú", 20, 9, 45]], {"ap HV": "9"}, 0, ("B2:D2", "A2:A3")),
    _xlsx("merged: mục tiêu", [[Q3], ["Đơn vị", "Mục tiêu", None], [None, "Số hội viên", "Số chi hội"],
          ["Xã An Phú", 20, 9]], {}, 0, ("B2:C2", "A2:A3")),
    _xlsx("a figure merged down", [[Q3], ["Đơn vị", "Số hội viên"], ["Xã An Phú", 9],
          ["Xã Bình Minh", None]], {}, 0, ("B3:B4",)),
    _xlsx("a number that is a year", [[Q3], ["Đơn vị", "Năm thành lập", "Số hội viên"],
          ["Xã An Phú", 1998, 9]], {"ap HV": "9"}, 1),
    _xlsx("shifted by a column", [[Q3], ["TT", "Đơn vị", "Số hội viên", "Số chi hội"],
          ["Xã An Phú", 9, 2]], {}),
)  # fmt: skip
_PASTED = (
    _pasted("Zalo: label and colon", "HV: 7\nKN: 1\nCH: 2", {"HV": "7", "KN": "1", "CH": "2"}),
    _pasted("Zalo: names and colon", "Số hội viên: 1.234\nSố chi hội: 12", {"HV": "1.234", "CH": "12"}),
    _pasted("Zalo: bullets", "- Số hội viên: 1.234\n• Số chi hội: 12\n+ Diện tích: 3,5",
            {"HV": "1.234", "CH": "12", "DT": "3,5"}),
    _pasted("Zalo: lines in turn", "Số hội viên\n1.234\nSố chi hội\n12", {"HV": "1.234", "CH": "12"}),
    _pasted("Zalo: lines in turn from another box", "HV\n7\nCH\n2", {"HV": "7", "CH": "2"}),
    _pasted("Zalo: a time", "15:30\n7", {"HV": "15:30", "KN": "7"}),
    _pasted("a plan in words", "Số hội viên: 7 (kế hoạch 9)", {"HV": "7 (kế hoạch 9)"}),
    _pasted("names shifted by one", "Số chi hội\t2\nThu ngân sách\t5", {"CH": "2", "TNS": "5"}, 2),
    _pasted("plan and done", "Chỉ tiêu\tMục tiêu\tThực hiện\nSố hội viên\t9\t7", {"HV": "7"}, 1),
    _pasted("only registered", "Chỉ tiêu\tĐăng ký\nSố hội viên\t9", {}),
    _pasted("a mean", "Chỉ tiêu\tBình quân\nSố hội viên\t9", {}),
    _pasted("strive", "Chỉ tiêu\tPhấn đấu\nSố hội viên\t9", {}),
    _pasted("estimate", "Chỉ tiêu\tƯớc quý IV\nSố hội viên\t9", {}),
    _pasted("one clear column", "Chỉ tiêu\tSố lượng\nSố hội viên\t9\nSố chi hội\t2",
            {"HV": "9", "CH": "2"}, 2),
)  # fmt: skip
TABLES = (*_FILES, *_PASTED)
