"""A plugin without faults, and how it is made faulty."""

from __future__ import annotations

GOOD = """\
[pack]
id = "cd"
since = 2021-06-12
basis = "Nghị quyết số 77-NQ/TW, ngày 12/6/2021 của Bộ Chính trị"

[[directive]]
type = "Nghị quyết"
number = "77-NQ/TW"
issuer = "TW"
date = 2021-06-12
body = "Bộ Chính trị"
term = "XIII"
title = "về đổi mới tổ chức và hoạt động của Công đoàn"

[[directive]]
type = "Chương trình hành động"
number = "78-CTr/TU"
issuer = "TU"
date = 2021-10-05
body = "Ban Thường vụ Tỉnh ủy"
title = "về thực hiện Nghị quyết số 77-NQ/TW"

[[link]]
source = "78-CTr/TU"
kind = "implements"
target = "77-NQ/TW"

[[indicator]]
label = "D1"
name = "Số đoàn viên công đoàn"
measure = "người"
time = "last"
direction = "up"
at_most = "D2"

[[indicator]]
label = "D2"
name = "Số công nhân, lao động"
measure = "người"
time = "last"

[[indicator]]
label = "D3"
name = "Tỷ lệ đoàn viên"
measure = "%"
decimals = 1
time = "last"
direction = "up"
formula = "D1 / D2 * 100"

[[indicator]]
label = "D4"
name = "Đoàn viên kết nạp mới"
measure = "người"
direction = "up"

[[indicator]]
label = "D5"
name = "Tiền lương bình quân"
measure = "triệu đồng"
decimals = 2
units = "mean"
weight = "D2"
time = "last"
minimum = 1
maximum = 100

[[form]]
id = "cd.q"
title = "Báo cáo quý"
directive = "77-NQ/TW"
every = "quarter"
due = { working_days = 5 }
owed_by = { kinds = ["organisation", "enterprise"] }

[[form.section]]
key = "I"
title = "Tổ chức, đoàn viên"
figures = ["D1", "D2", "D4", "D5"]

[[form.section]]
key = "II"
title = "Đánh giá"

[[form.section.choices]]
key = "K"
label = "Khó khăn"
option = [
  { code = "chu-dn", text = "Chủ doanh nghiệp chưa quan tâm" },
  { code = "can-bo", text = "Thiếu cán bộ công đoàn" },
]

[[form.section.document]]
key = "VB"
label = "Kế hoạch của đơn vị"
directive = "77-NQ/TW"
by = 2021-12-31

[[target]]
id = "cd.ty-le"
directive = "78-CTr/TU"
indicator = "D3"
value = 80
period = "2025"

[[rule]]
id = "cd.R1"
kind = "result"
directive = "77-NQ/TW"
title = "Kết nạp đoàn viên"
type = "total"
indicators = ["D4"]
[rule.sentences]
some = "{over} đã kết nạp mới {D4} đoàn viên"

[[rule]]
id = "cd.S1"
kind = "shortcoming"
directive = "77-NQ/TW"
title = "Chưa đạt tỷ lệ đoàn viên"
type = "target"
indicators = ["D3"]
[rule.sentences]
some = "tỷ lệ đoàn viên mới đạt {value}%, mục tiêu {target}%"

[[rule]]
id = "cd.S2"
kind = "shortcoming"
directive = "77-NQ/TW"
title = "Không kết nạp đoàn viên nhiều quý"
type = "gaps"
indicators = ["D4"]
gap = 2
[rule.sentences]
some = "{gap_units} đơn vị có từ {gap} quý liên tiếp không kết nạp đoàn viên ({names})"

[[rule]]
id = "cd.S3"
kind = "shortcoming"
directive = "77-NQ/TW"
title = "Chưa ban hành kế hoạch"
type = "plans"
field = "VB"
[rule.sentences]
some = "{missing} đơn vị chưa ban hành kế hoạch ({missing_names})"

[[rule]]
id = "cd.S4"
kind = "shortcoming"
directive = "77-NQ/TW"
title = "Chủ doanh nghiệp chưa quan tâm"
type = "same-complaint"
field = "K"
codes = ["chu-dn"]
at_least = 2
[rule.sentences]
some = "{units} đơn vị nêu chủ doanh nghiệp chưa quan tâm"

[[task]]
id = "cd.T1"
directive = "78-CTr/TU"
title = "Phát triển đoàn viên"
responsible_name = "Liên đoàn Lao động tỉnh"
deadline = 2025-12-31
answers = ["cd.S1", "cd.S2"]
"""

MODULE = """\
from pathlib import Path
from nqcore.plugin import hook, read_definitions
@hook
def definitions():
    return read_definitions(Path(__file__).with_name("{name}.toml"))
"""
"""A module beside its file of definitions."""


def line_of(text: str, words: str) -> int:
    """The line (from 1) of the first of these words."""
    return text[: text.index(words)].count("\n") + 1
