"""The narratives of the model district's units: short sentences without figures or names."""

from __future__ import annotations

from collections.abc import Sequence

from nq_model_district.figures import chance
from nqcore.plugin import TaskStatus, UnitKind

_DONE_LOCAL = (
    "Đưa nội dung nghị quyết vào sinh hoạt định kỳ của chi bộ ấp, khu phố và các đoàn thể; "
    "kết hợp tuyên truyền trên đài truyền thanh.",
    "Phối hợp với Liên đoàn Lao động huyện tuyên truyền pháp luật lao động tại các doanh nghiệp "
    "trên địa bàn; nội dung ngắn gọn, sát với công nhân.",
    "Duy trì gặp mặt chủ doanh nghiệp đầu năm; nắm tình hình việc làm, tiền lương, thưởng Tết của "
    "công nhân, lao động.",
    "Tổ chức hội thao, văn nghệ mừng các ngày lễ lớn, thu hút công nhân các doanh nghiệp tham gia.",
)
_DONE_OFFICE = (
    "Lồng ghép quán triệt nghị quyết trong hội nghị cơ quan; cử cán bộ theo dõi địa bàn có đông "
    "công nhân.",
    "Phối hợp các ngành hướng dẫn cơ sở triển khai nghị quyết; biên soạn tài liệu hỏi đáp.",
    "Tổ chức các hoạt động phong trào gắn với tuyên truyền, tạo khí thế vui tươi, phấn khởi.",
    "Tham mưu Ban Thường vụ Huyện ủy các văn bản chỉ đạo về xây dựng tổ chức Đảng, đoàn thể trong "
    "doanh nghiệp.",
)
_DONE_FIRM = (
    "Bảo đảm việc làm, trả lương đúng hạn; thực hiện các chế độ bảo hiểm cho người lao động.",
    "Phổ biến nội quy, chính sách mới đến tổ, chuyền sản xuất; dán tài liệu tại bảng tin.",
    "Tổ chức thi đua năng suất, khen thưởng lao động giỏi; hỗ trợ công nhân có hoàn cảnh khó khăn.",
    "Tham gia hội thao, văn nghệ do Liên đoàn Lao động huyện tổ chức.",
)
_TROUBLE = {
    "chu-dn": "Chủ doanh nghiệp lo ảnh hưởng sản xuất, chưa quan tâm đến tổ chức Đảng, đoàn thể.",
    "bien-dong": "Công nhân thường xuyên biến động, khó tập hợp sinh hoạt và tạo nguồn kết nạp.",
    "nhan-thuc": "Nhiều người lao động chưa hiểu vị trí, vai trò của giai cấp công nhân, chỉ lo "
    "việc làm, thu nhập.",
    "chat-luong": "Hoạt động của đoàn thể còn hình thức, chất lượng thấp, ít thu hút người lao động.",
    "thoi-gian": "Công nhân làm ca, tăng ca nên khó bố trí thời gian học tập, sinh hoạt.",
    "can-bo": "Cán bộ phụ trách kiêm nhiệm, thiếu kinh nghiệm vận động trong doanh nghiệp.",
    "quy-mo": "Phần lớn doanh nghiệp nhỏ, ít lao động, chưa đủ điều kiện thành lập tổ chức.",
    "kinh-phi": "Kinh phí hoạt động còn ít.",
}
_NO_TROUBLE = "Chưa phát sinh khó khăn lớn; việc kiểm tra, giám sát chuyên đề chưa được thực hiện."
_ASKS_BODY = (
    "Đề nghị Huyện ủy tập huấn nghiệp vụ cho cán bộ phụ trách công tác đoàn thể trong doanh nghiệp.",
    "Đề nghị Ban Chỉ đạo phân công thành viên theo dõi từng doanh nghiệp ngoài khu vực Nhà nước.",
    "Không",
)
_ASKS_FIRM = (
    "Đề nghị tổ chức tuyên truyền ngoài giờ làm việc để công nhân tham gia được.",
    "Đề nghị hỗ trợ tài liệu tuyên truyền ngắn gọn, dễ hiểu.",
    "Không",
    "Không",
)

PROGRESS: dict[str, tuple[tuple[TaskStatus, str], ...]] = {
    # By task, for 2014, 2015, 2016 and 2017.
    "hu.G1": (
        (TaskStatus.DOING, "Đã triển khai đến các chi bộ, đảng bộ trực thuộc."),
        (TaskStatus.DOING, "Tuyên truyền lồng ghép trong sinh hoạt; ở doanh nghiệp còn ít."),
        (TaskStatus.DOING, "Tiếp tục tuyên truyền; một số nơi chưa thường xuyên."),
        (TaskStatus.DOING, "Tiếp tục tuyên truyền; một số nơi chưa thường xuyên."),
    ),
    "hu.G2": (
        (TaskStatus.DOING, "Rà soát doanh nghiệp có đảng viên đang làm việc."),
        (TaskStatus.DOING, "Đã khảo sát; chưa nơi nào đủ ba đảng viên chính thức."),
        (TaskStatus.DOING, "Chưa thành lập được tổ chức Đảng."),
        (TaskStatus.DOING, "Chưa thành lập được tổ chức Đảng."),
    ),
    "hu.G3": (
        (TaskStatus.NOT_STARTED, "Ban Chỉ đạo đang kiện toàn."),
        (TaskStatus.DOING, "Phân công thành viên phụ trách địa bàn."),
        (TaskStatus.DOING, "Phát triển thêm đoàn viên; chưa kết nạp được đảng viên."),
        (TaskStatus.DOING, "Phát triển thêm đoàn viên; chưa kết nạp được đảng viên."),
    ),
    "hu.G4": (
        (TaskStatus.NOT_STARTED, "Chưa xây dựng kế hoạch kiểm tra chuyên đề."),
        (
            TaskStatus.NOT_STARTED,
            "Chưa xây dựng kế hoạch kiểm tra chuyên đề; có lồng ghép nội dung.",
        ),
        (
            TaskStatus.NOT_STARTED,
            "Chưa xây dựng kế hoạch kiểm tra chuyên đề; có lồng ghép nội dung.",
        ),
        (TaskStatus.NOT_STARTED, "Chưa xây dựng kế hoạch kiểm tra chuyên đề."),
    ),
    "hu.G5": (
        (TaskStatus.DOING, "Gặp mặt doanh nghiệp đầu năm; kiểm tra nợ bảo hiểm xã hội."),
        (TaskStatus.DOING, "Duy trì đối thoại; đôn đốc thu nợ bảo hiểm xã hội."),
        (TaskStatus.DOING, "Duy trì đối thoại; nợ bảo hiểm xã hội còn tăng."),
        (TaskStatus.DOING, "Duy trì đối thoại; nợ bảo hiểm xã hội còn tăng."),
    ),
    "hu.G6": (
        (TaskStatus.DOING, "Tổ chức Tháng Công nhân tại các doanh nghiệp có công đoàn."),
        (TaskStatus.DOING, "Phong trào văn nghệ, thể thao thu hút đông công nhân."),
        (TaskStatus.DONE, "Hoàn thành chương trình hoạt động trong năm."),
        (TaskStatus.DONE, "Hoàn thành chương trình hoạt động trong năm."),
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
