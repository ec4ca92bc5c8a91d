"""A hand-made report with every kind of block, long names, gaps and a table of eleven columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from nqcore.catalogue.contracts import Names
from nqcore.formulas import Reason
from nqcore.model.directives import Directives
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.findings import FigureRef, Text, UnitCount
from nqcore.model.reports import Heading, Letterhead, Paragraph, Report, Table
from nqcore.model.units import Unit, UnitKind

LONG_NAME = (
    "Hợp tác xã Nông nghiệp, Thương mại, Dịch vụ và Vận tải tổng hợp Tiến Phát & Thanh Bình "
    "<Tân Hòa>"
)
UNITS = (
    Unit(code="huyen", name="Huyện ủy Tân Hòa", kind=UnitKind.COMMITTEE),
    Unit(code="htx-tien-phat", name=LONG_NAME, kind=UnitKind.COOPERATIVE, parent="huyen"),
    Unit(code="dn-may", name="Công ty TNHH May Tân Hòa", kind=UnitKind.ENTERPRISE, parent="huyen"),
    Unit(code="xa-tan-an", name="Xã Tân An", kind=UnitKind.COMMUNE, parent="huyen"),
)
COMPLETE = Coverage(due=12, reported=12)
NOT_REPORTED = Reason("Not reported yet.", code="not-reported")


def figure(
    value: str | None,
    indicator: str = "res20.B4",
    *,
    decimals: int = 0,
    missing: tuple[str, ...] = (),
    carried: tuple[str, ...] = (),
    period: str = "2008..2018",
) -> Figure:
    """One total; `missing` and `carried` are codes of units."""
    gaps = tuple(ReportRef(unit=unit, period="2018-Q3") for unit in missing)
    return Figure(
        indicator=indicator,
        unit="huyen",
        period=period,
        value=None if value is None else Decimal(value),
        decimals=decimals,
        measure="người",
        coverage=Coverage(
            due=12,
            reported=12 - len(gaps),
            missing=gaps,
            carried=tuple(ReportRef(unit=unit, period="2017") for unit in carried),
        ),
        reason=NOT_REPORTED if value is None else None,
    )


def _by_year() -> Table:
    years = tuple(str(year) for year in range(2009, 2019))
    names = (
        "Số công nhân, lao động trong doanh nghiệp, hợp tác xã",
        "Công đoàn cơ sở trong doanh nghiệp ngoài khu vực Nhà nước",
        "Tỷ lệ công nhân, lao động được phổ biến nghị quyết (%)",
        "Tổng quỹ tiền lương (triệu đồng)",
    )
    rows: list[tuple[str | Figure, ...]] = []
    for place, name in enumerate(names):
        cells: list[Figure] = []
        for n, year in enumerate(years):
            if place == 2 and n < 2:
                cells.append(figure(None, "res20.A4", decimals=1, period=year))
                continue
            value = (
                str(4210 + 613 * n),
                str(3 + n),
                f"{51.26 + 2.4 * n:.2f}",
                str(987650 + 86420 * n),
            )
            gaps = ("htx-tien-phat", "dn-may") if n == 9 else ()
            cells.append(
                figure(
                    value[place],
                    f"res20.X{place}",
                    decimals=1 if place == 2 else 0,
                    missing=gaps,
                    carried=("xa-tan-an",) if n == 8 and place == 1 else (),
                    period=year,
                )
            )
        rows.append((name, *cells))
    return Table(
        caption="Biểu 1. Một số chỉ tiêu chủ yếu qua các năm 2009 - 2018",
        columns=("Chỉ tiêu", *years),
        rows=tuple(rows),
        notes=("Nguồn: báo cáo của các đơn vị đã được Văn phòng Huyện ủy duyệt.",),
    )


def _by_sector() -> Table:
    return Table(
        caption="Bảng 1. Tổ chức đảng, công đoàn trong doanh nghiệp, hợp tác xã",
        columns=(
            "TT",
            "Khu vực",
            "Doanh nghiệp, HTX đang hoạt động",
            "Có tổ chức đảng",
            "Có công đoàn",
        ),
        rows=(
            ("1", "Khu vực nhà nước", figure("4"), figure("3"), figure("4")),
            ("2", "Ngoài khu vực nhà nước", figure("138"), figure("0"), figure("41")),
            ("3", LONG_NAME, figure("1"), figure(None), figure("1", missing=("htx-tien-phat",))),
            ("", "Tổng cộng", figure("142"), figure("3"), figure("45")),
        ),
    )


def _by_unit() -> Table:
    return Table(
        caption="Biểu 2. Kế hoạch thực hiện nghị quyết của các đơn vị",
        columns=("TT", "Đơn vị", "Số, ngày của kế hoạch", "Cuộc kiểm tra"),
        rows=tuple(
            (str(n), f"Đơn vị thứ {n}", f"{n}-KH/ĐU, ngày {n % 28 + 1}/9/2008", figure(str(n % 4)))
            for n in range(1, 41)
        ),
    )


def _body() -> tuple[Heading | Paragraph | Table, ...]:
    solutions = (
        "Nâng cao vai trò lãnh đạo của các cấp ủy đảng, nhất là người đứng đầu trong công tác "
        "xây dựng tổ chức Đảng, đoàn thể trong doanh nghiệp ngoài khu vực Nhà nước.",
        "Phát huy đúng mức trách nhiệm của Ban Chỉ đạo và các đoàn thể trong việc xây dựng tổ "
        "chức, nâng cao chất lượng, hiệu quả hoạt động và tạo nguồn, phát triển đoàn viên, phát"
        " triển đảng viên mới trong doanh nghiệp ngoài khu vực Nhà nước (cơ quan chủ trì: Liên "
        "đoàn Lao động huyện).",
        "Tăng cường công tác kiểm tra, giám sát chuyên đề đối với các cơ quan, đơn vị, địa "
        "phương trong việc triển khai thực hiện Nghị quyết số 20-NQ/TW của Trung ương, Kết luận"
        " số 79-KL/TW của Bộ Chính trị và Chương trình hành động số 13-NQ/TU của Ban Thường vụ "
        "Tỉnh ủy.",
    )
    return (
        Paragraph(
            (
                Text(
                    "Thực hiện Kế hoạch số 70-KH/HU của Ban Thường vụ Huyện ủy về việc tổng kết"
                    " 10 năm thực hiện Nghị quyết số 20-NQ/TW, Ban Thường vụ Huyện ủy báo cáo "
                    "kết quả như sau:"
                ),
            )
        ),
        Heading("Kết quả thực hiện"),
        Heading("Công tác quán triệt, tuyên truyền", 2),
        Paragraph(
            (
                Text("Toàn huyện tổ chức "),
                FigureRef(figure("94", "res20.A1")),
                Text(" hội nghị quán triệt, học tập nghị quyết với "),
                FigureRef(figure("18236", "res20.A2", missing=("dn-may",))),
                Text(" lượt người tham gia (số liệu của 11/12 báo cáo); tỷ lệ được phổ biến đạt "),
                FigureRef(figure("74.75", "res20.A4", decimals=1)),
                Text("%."),
            ),
            finding="res20.r1",
        ),
        Heading("Xây dựng tổ chức công đoàn, phát triển đoàn viên", 2),
        Paragraph(
            (
                Text("Đến nay toàn huyện có "),
                FigureRef(figure("112", "res20.B2")),
                Text(" công đoàn cơ sở với "),
                FigureRef(figure("9876")),
                Text(" đoàn viên; số đoàn viên được giới thiệu kết nạp Đảng: "),
                FigureRef(figure(None, "res20.B9")),
                Text(f", không tính {LONG_NAME}."),
            ),
            finding="res20.r2",
        ),
        _by_sector(),
        Heading("Tồn tại, hạn chế"),
        Paragraph(
            (Text("Tuy nhiên, quá trình thực hiện nghị quyết còn một số tồn tại, hạn chế sau:"),)
        ),
        Paragraph(
            (
                Text(
                    "Đến nay chưa thành lập được tổ chức đảng trong các doanh nghiệp ngoài khu "
                    "vực Nhà nước ("
                ),
                UnitCount((), tuple(f"dn{n}" for n in range(138)), share=True),
                Text(" doanh nghiệp, hợp tác xã)."),
            ),
            label="-",
            finding="res20.s2",
        ),
        Paragraph(
            (
                Text("Công tác kiểm tra, giám sát chưa thường xuyên; "),
                UnitCount(
                    tuple(f"dv{n}" for n in range(14)),
                    tuple(f"dv{n}" for n in range(18)),
                    share=True,
                ),
                Text(" đơn vị chưa tổ chức cuộc kiểm tra chuyên đề nào trong 6 kỳ liên tiếp."),
            ),
            label="-",
            finding="res20.s4",
        ),
        Heading("Nhiệm vụ, giải pháp thời gian tới"),
        *(Paragraph((Text(text),), label=f"{n}.") for n, text in enumerate(solutions, 1)),
    )


LETTERHEAD = Letterhead(
    superior="Đảng bộ tỉnh Bình An",
    body="Huyện ủy Tân Hòa",
    place="Tân Hòa",
    symbol="-BC/HU",
    authority="T/M Ban Thường vụ",
    post="Phó Bí thư",
    signer="Trần Văn Nam",
    recipients=(
        "Tỉnh ủy (để báo cáo)",
        "Các đồng chí Huyện ủy viên",
        "Các chi, đảng bộ trực thuộc Huyện ủy",
        "Lưu Văn phòng Huyện ủy",
    ),
)


@pytest.fixture(scope="session")
def names() -> Names:
    """The names of the model district's units."""
    units = MappingProxyType({unit.code: unit for unit in UNITS})
    return Names(units=units, indicators={}, directives=Directives(()))


@pytest.fixture(scope="session")
def report() -> Report:
    """The whole report."""
    return Report(
        directive="20-NQ/TW",
        unit="huyen",
        period="2008..2018",
        type="Báo cáo",
        title=(
            "kết quả 10 năm thực hiện Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương Đảng "
            "(khóa X) về tiếp tục xây dựng giai cấp công nhân Việt Nam thời kỳ đẩy mạnh công "
            "nghiệp hóa, hiện đại hóa đất nước"
        ),
        letterhead=LETTERHEAD,
        date=date(2018, 10, 5),
        body=_body(),
        appendix=(_by_year(), _by_unit()),
        coverage="Số liệu của 13/18 đơn vị; còn 5 đơn vị chưa có báo cáo được duyệt.",
    )
