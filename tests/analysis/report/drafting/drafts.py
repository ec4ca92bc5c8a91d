"""A review of the small district, and what its draft shows."""

from __future__ import annotations

from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.reports import Heading
from tests.support.small import plugin

RULES = plugin(
    "nq_rules",
    """
[pack]
id = "r"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[rule]]
id = "r.low"
directive = "1-NQ/HU"
kind = "shortcoming"
type = "total"
title = "Còn ít"
coverage = 1
indicators = ["s.A1"]
sentences.some = "mới có {A1} cuộc"
[[rule]]
id = "r.some"
directive = "1-NQ/HU"
kind = "result"
type = "total"
title = "Đã làm"
coverage = 1
indicators = ["s.A1"]
sentences.some = "đã có {A1} cuộc"
""",
)


NOW = "s.A1|2018-Q1|top|all|reported"


def review(ws):
    return ws.reviews.review(directive="1-NQ/HU", period="2018")


def shown(ws):
    return ws.drafting.shown(review(ws))


def printed(ws) -> list[str]:
    """The text as every format gets it."""
    return [
        block.text if isinstance(block, Heading) else sentence_text(block.sentence)
        for block in ws.reviews.build(review(ws)).body
    ]


def name_of(ws, words: str) -> str:
    """The name of the block with these words."""
    return next(one.name for one in shown(ws).blocks if words in one.text)


def add(ws, text, kind="paragraph", part="", by="duyet", **more):
    return ws.drafting.add(review(ws), kind, text, part=part, by=by, **more)


OUTLINE = plugin(
    "nq_outline",
    """
[pack]
id = "o"
since = 2017-01-01
basis = "Hướng dẫn số 1"
[[outline]]
id = "rieng"
title = "Đề cương riêng"
default_for = ["1-NQ/HU"]
[[outline.part]]
key = "mo-dau"
takes = [{ what = "opening" }]
[[outline.part]]
key = "nguyen-nhan"
heading = "Nguyên nhân"
offers = ["N1"]
takes = [{ what = "causes" }]
[[outline.part]]
key = "khach-quan"
heading = "Khách quan"
level = 2
takes = [{ what = "own" }]
[[outline.part]]
key = "kien-nghi"
heading = "Kiến nghị"
takes = [{ what = "proposals" }]
""",
)
