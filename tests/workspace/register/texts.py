"""Two texts that cite documents."""

from __future__ import annotations

# A text of our own with the seed's five documents: no letterhead, no number of its own.
FIVE = """Tại Hội nghị, cấp ủy đề ra các giải pháp sau:
1. Tiếp tục phổ biến Nghị quyết số 20-NQ/TW của Trung ương, Kết luận số 79-KL/TW của Bộ Chính trị và \
Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy và Kế hoạch số 70-KH/HU của Ban Thường vụ \
Huyện ủy về tiếp tục xây dựng giai cấp công nhân, gắn với Kết luận số 80-KL/TW, ngày 29/7/2010 của Ban \
Bí thư Trung ương Đảng, các quy định về xây dựng tổ chức Đảng trong doanh nghiệp.
2. Kiểm tra việc thực hiện Nghị quyết số 20-NQ/TW của Trung ương và Kế hoạch số 70-KH/HU.
"""


PLAN = """ĐẢNG BỘ TỈNH MẪU
HUYỆN ỦY TÂN HÒA
*
Số 70-KH/HU

Tân Hòa, ngày 12 tháng 5 năm 2014

KẾ HOẠCH
thực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008 của Ban Chấp hành Trung ương Đảng (khóa X) về tiếp \
tục xây dựng giai cấp công nhân
-----

Căn cứ Hướng dẫn số 31-HD/BTCTW, ngày 05/3/2014 của Ban Tổ chức Trung ương;
Căn cứ Chương trình hành động số 13-NQ/TU của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy ban hành \
Kế hoạch thực hiện Nghị quyết số 20-NQ/TW và Kết luận số 79-KL/TW, ngày 25/12/2013 của Bộ Chính trị \
như sau:
1. Các chi bộ thực hiện Kế hoạch này, gắn với Kết luận số 80-KL/TW của Ban Bí thư.
2. Kế hoạch này thay thế Kế hoạch số 12-KH/HU, ngày 01/02/2009 của Ban Thường vụ Huyện ủy.
"""
