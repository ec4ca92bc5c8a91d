"""The subject of a report (*trích yếu*): what it is about, in which time, and of which unit."""

from __future__ import annotations

from nqcore.analysis.findings import Review
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.told_time import told_name
from nqcore.model.units import KINDS_WITH_SECTOR as COMPANIES
from nqcore.model.units import Unit, name_in_text


def _of(unit: Unit) -> str:
    """ "tại xã An Phú", "của Ban Chỉ đạo …": in a commune and at a company a directive is carried out; a
    body carries it out itself."""
    name = name_in_text(unit.name)
    is_place = name != unit.name
    return f"{'tại' if is_place or unit.kind.like in COMPANIES else 'của'} {name}"


def title(review: Review, citations: Citations) -> str:
    """ "kết quả 10 năm (2008 - 2018) thực hiện Nghị quyết số 20-NQ/TW, ngày …"; a unit below the top is
    named."""
    over = told_name(review)
    where = f" {_of(review.unit)}" if review.unit.parent else ""
    return f"kết quả {over} thực hiện {citations.cite(review.directive)}{where}"
