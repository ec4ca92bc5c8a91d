"""The scale of a column is read from the words above it as offices write them, and only where they say it."""

from __future__ import annotations

import unicodedata

import pytest

from nqcore.workspace.table_import.said_measures import said_by_heading, said_by_title

TITLES = {
    "Đơn vị tính: nghìn đồng": (1000, "đồng"),
    "(Đơn vị tính: nghìn đồng)": (1000, "đồng"),
    "Đơn vị: tỷ đồng": (10**9, "đồng"),
    "ĐVT: triệu đồng": (10**6, "đồng"),
    "BÁO CÁO QUÝ II NĂM 2026 (ĐVT: tỷ đồng)": (10**9, "đồng"),
    "Biểu 01 - Đơn vị tính: tỷ đồng": (10**9, "đồng"),
    "ĐVT: 1.000 đ": (1000, "đồng"),
    "ĐVT: 1000đ": (1000, "đồng"),
    "Đơn vị tính: 1.000.000 đồng": (10**6, "đồng"),
    "Đơn vị tính: đồng": (1, "đồng"),
    "Đơn vị tính: nghìn người": (1000, "người"),
    "Đơn vị tính: người": None,
    "Đơn vị: Công ty Tỷ Phú": None,
    "Đơn vị báo cáo: Ủy ban nhân dân xã": None,
    "Tổng số 1.000 hộ": None,
    "": None,
    "(triệu đồng)": (10**6, "đồng"),
    "Tỷ đồng": (10**9, "đồng"),
    "ĐVT triệu đồng": (10**6, "đồng"),
    "Đ.V.T: Trđ": (10**6, "đồng"),
    "Đơn vị tính: người, triệu đồng": (10**6, "đồng"),
    "Đơn vị tính: người và tỷ đồng": (10**9, "đồng"),
    "Biểu 1… ĐVT: nghìn đồng": (1000, "đồng"),
    unicodedata.normalize("NFD", "Đơn vị tính: nghìn đồng"): (1000, "đồng"),
    "DVT: trieu dong": (10**6, "đồng"),
    "ĐVT: ngđ": (1000, "đồng"),
    "(ĐVT: Ng.đ)": (1000, "đồng"),
    "ngđ": (1000, "đồng"),
    "Đơn vị tính: nđ": (1000, "đồng"),
    "Đơn vị tính: tỷ đ": (10**9, "đồng"),
    "Quý III/2026 - Nghìn đồng": (1000, "đồng"),
    "Quý III/2026 – tr.đ": (10**6, "đồng"),
    "Xã Triệu Đồng": None,
    "Tỷ lệ": None,
    "Vạn Ninh": None,
}
HEADINGS = {
    "Nợ đọng bảo hiểm xã hội (triệu đồng)": (10**6, "đồng"),
    "Số tiền (1000đ)": (1000, "đồng"),
    "Số tiền: nghìn đồng": (1000, "đồng"),
    "Số tiền thăm hỏi, tỷ đồng": (10**9, "đồng"),
    "Số tiền – ĐVT: triệu đồng": (10**6, "đồng"),
    "Tỷ lệ tham gia (%)": None,
    "Số đồng chí được kết nạp": None,
    "Công ty (cũ)": None,
    "Nam, nữ": None,
    "Doanh nghiệp có vốn (trên 10 tỷ)": None,
    "Nợ (trđ)": (10**6, "đồng"),
    "Nợ (tr.đ)": (10**6, "đồng"),
    "Nợ (tỷ đ)": (10**9, "đồng"),
    "Nợ (ngđ)": (1000, "đồng"),
    "Nợ (ng.đ)": (1000, "đồng"),
    "Nợ (ng. đồng)": (1000, "đồng"),
    "Nợ (nđ)": (1000, "đồng"),
    "Nợ (ngd)": (1000, "đồng"),
}


@pytest.mark.parametrize(("text", "said"), TITLES.items(), ids=TITLES)
def test_a_line_above_the_table(text: str, said: tuple[int, str] | None) -> None:
    assert said_by_title(text) == (() if said is None else (said,))


@pytest.mark.parametrize(("text", "said"), HEADINGS.items(), ids=HEADINGS)
def test_the_heading_of_a_column(text: str, said: tuple[int, str] | None) -> None:
    assert said_by_heading(text) == said
