"""The narratives of the model commune's units: short sentences without figures or names."""

from __future__ import annotations

from collections.abc import Sequence

from nq_model_commune.figures import chance
from nqcore.plugin import TaskStatus, UnitKind

_DONE_LOCAL = (
    "Đưa nội dung công tác công đoàn vào sinh hoạt chi bộ; tuyên truyền trên đài truyền thanh, cổng "
    "thông tin điện tử.",
    "Gặp mặt chủ doanh nghiệp, nắm tình hình việc làm, tiền lương, thưởng Tết của người lao động.",
    "Phối hợp rà soát doanh nghiệp đủ điều kiện thành lập công đoàn cơ sở trên địa bàn.",
)
_DONE_OFFICE = (
    "Lồng ghép quán triệt nghị quyết trong sinh hoạt chi bộ, họp cơ quan.",
    "Cử cán bộ theo dõi doanh nghiệp có đông người lao động; hướng dẫn hồ sơ, thủ tục.",
    "Thăm hỏi, hỗ trợ đoàn viên, người lao động có hoàn cảnh khó khăn dịp lễ, Tết.",
)
_DONE_FIRM = (
    "Bảo đảm việc làm, trả lương đúng hạn; thực hiện các chế độ bảo hiểm cho người lao động.",
    "Phổ biến nội quy, chính sách mới đến tổ, chuyền sản xuất; niêm yết tại bảng tin.",
    "Tổ chức thi đua sản xuất, khen thưởng người lao động giỏi; chăm lo bữa ăn ca.",
)
_TROUBLE = {
    "chu-dn": "Chủ doanh nghiệp lo ảnh hưởng sản xuất, chưa quan tâm đến tổ chức công đoàn.",
    "bien-dong": "Người lao động thường xuyên biến động, khó vận động và quản lý đoàn viên.",
    "chua-hieu": "Nhiều người lao động chưa hiểu quyền lợi khi vào công đoàn.",
    "can-bo": "Cán bộ công đoàn kiêm nhiệm, thiếu kinh nghiệm thương lượng, đối thoại.",
    "quy-mo": "Phần lớn doanh nghiệp nhỏ, ít lao động.",
    "sap-xep": "Sau sắp xếp tổ chức, việc phân công đầu mối theo dõi công tác công đoàn chưa rõ.",
}
_NO_TROUBLE = "Chưa phát sinh khó khăn lớn."
_ASKS_BODY = (
    "Đề nghị cấp trên hướng dẫn mô hình, đầu mối công tác công đoàn ở cấp xã sau sắp xếp.",
    "Đề nghị tập huấn nghiệp vụ công đoàn cho cán bộ kiêm nhiệm.",
    "Không",
)
_ASKS_FIRM = (
    "Đề nghị hỗ trợ mẫu thỏa ước lao động tập thể và tài liệu tuyên truyền ngắn gọn.",
    "Không",
    "Không",
)
MERGER_ONLY = frozenset({"sap-xep"})
"""What is a trouble since the merger only."""

PROGRESS: dict[str, tuple[tuple[TaskStatus, str], ...]] = {
    # By task, for the second half of 2025 and the first half of 2026.
    "du05.G1": (
        (TaskStatus.DOING, "Đã quán triệt đến các chi bộ, đảng bộ trực thuộc."),
        (TaskStatus.DOING, "Tiếp tục tuyên truyền; ở hợp tác xã, doanh nghiệp nhỏ còn ít."),
    ),
    "du05.G2": (
        (TaskStatus.DOING, "Đã rà soát; thành lập được một công đoàn cơ sở ở hợp tác xã."),
        (TaskStatus.DOING, "Đang vận động các doanh nghiệp còn lại."),
    ),
    "du05.G3": (
        (TaskStatus.DOING, "Đã hướng dẫn hồ sơ, mẫu thỏa ước."),
        (TaskStatus.DOING, "Còn đơn vị chưa ký lại thỏa ước đã hết hiệu lực."),
    ),
    "du05.G4": (
        (TaskStatus.NOT_STARTED, "Chưa xây dựng kế hoạch; cơ quan mới thành lập, đang kiện toàn."),
        (TaskStatus.NOT_STARTED, "Chưa xây dựng kế hoạch kiểm tra, giám sát chuyên đề."),
    ),
    "du05.G5": (
        (TaskStatus.DOING, "Đã nắm tình hình lao động, tiền lương tại các doanh nghiệp."),
        (TaskStatus.DOING, "Duy trì nắm tình hình; giải quyết tranh chấp phát sinh."),
    ),
    "du05.G6": (
        (TaskStatus.DOING, "Đang rà soát, dự kiến phân công."),
        (TaskStatus.DONE, "Đã phân công đầu mối; đã bồi dưỡng cán bộ công đoàn cơ sở."),
    ),
}


def narratives(unit: str, kind: UnitKind, period: str, troubles: Sequence[str]) -> dict[str, str]:
    """The answers N1 to N3 of one report; N2 describes the selected options in words."""
    firm = kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE)
    done = _DONE_FIRM if firm else _DONE_LOCAL if kind is UnitKind.COMMUNE else _DONE_OFFICE
    asks = _ASKS_FIRM if firm else _ASKS_BODY
    return {
        "N1": done[chance(unit, period, "N1") % len(done)],
        "N2": " ".join(_TROUBLE[code] for code in troubles) or _NO_TROUBLE,
        "N3": asks[chance(unit, period, "N3") % len(asks)],
    }
