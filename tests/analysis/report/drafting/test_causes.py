"""Each heading for one kind of causes has the causes of this kind, and none says its kind twice."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.drafting import OwnKind
from nqcore.analysis.report.drafting.causes import home_of_cause, kind_of_causes
from nqcore.model.outlines import Content, Outline, OutlinePart, Take
from tests.analysis.report.drafting.drafts import RULES, add, printed, shown
from tests.support.small import plugin, reopen


def part(key: str, *contents: Content) -> OutlinePart:
    return OutlinePart(key=key, heading=key, takes=tuple(Take(what=one) for one in contents))


OUTSIDE, INSIDE = Content.OBJECTIVE_CAUSES, Content.SUBJECTIVE_CAUSES
BOTH = Outline(
    id="o",
    title="o",
    parts=(
        part("ket-qua", Content.RESULTS),
        part("kq-1", OUTSIDE),
        part("cq-1", INSIDE),
        part("han-che", Content.SHORTCOMINGS),
        part("kq-2", OUTSIDE),
        part("cq-2", INSIDE),
        part("chung", OUTSIDE, INSIDE),
    ),
)


@pytest.mark.parametrize(
    ("kind", "added", "home"),
    [
        (OwnKind.OBJECTIVE, "part:kq-1", "part:kq-1"),
        (OwnKind.OBJECTIVE, "part:cq-1", "part:kq-1"),
        (OwnKind.OBJECTIVE, "part:cq-2", "part:kq-2"),
        (OwnKind.SUBJECTIVE, "part:kq-2", "part:cq-2"),
        (OwnKind.SUBJECTIVE, "part:chung", "part:chung"),
        (OwnKind.SUBJECTIVE, "part:ket-qua", "part:ket-qua"),
        (OwnKind.PARAGRAPH, "part:kq-1", "part:kq-1"),
        (OwnKind.OBJECTIVE, "own:1", "own:1"),
    ],
)
def test_a_cause_stands_under_the_nearest_heading_for_its_kind(
    kind: OwnKind, added: str, home: str
) -> None:
    assert home_of_cause(BOTH, kind, added) == home


def test_where_no_heading_is_for_its_kind_a_cause_stays_where_it_was_added() -> None:
    alone = Outline(id="o", title="o", parts=(part("kq", OUTSIDE),))
    assert home_of_cause(alone, OwnKind.SUBJECTIVE, "part:kq") == "part:kq"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("part:kq-1", OwnKind.OBJECTIVE),
        ("part:cq-2", OwnKind.SUBJECTIVE),
        ("part:chung", None),
        ("part:ket-qua", None),
        ("own:1", None),
    ],
)
def test_the_form_begins_with_the_kind_of_its_part(name: str, kind: OwnKind | None) -> None:
    assert kind_of_causes(BOTH, name) is kind


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
key = "khach-quan"
heading = "Nguyên nhân khách quan"
takes = [{ what = "objective-causes" }]
[[outline.part]]
key = "chu-quan"
heading = "Nguyên nhân chủ quan"
takes = [{ what = "subjective-causes" }]
[[outline.part]]
key = "chung"
heading = "Nguyên nhân"
takes = [{ what = "causes" }]
""",
)


def test_in_a_document_each_cause_stands_once_under_its_heading(ws, tmp_path):
    ws.close()
    with reopen(tmp_path / "ws", None, RULES, OUTLINE) as again:
        add(again, "Thị trường khó khăn.", "objective", "part:chu-quan")
        add(again, "Chưa kiểm tra.", "subjective", "part:chu-quan")
        add(again, "Nhận thức chưa đủ.", "subjective", "part:chung")
        assert printed(again) == [
            "Nguyên nhân khách quan",
            "Thị trường khó khăn.",
            "Nguyên nhân chủ quan",
            "Chưa kiểm tra.",
            "Nguyên nhân",
            "Nguyên nhân chủ quan: Nhận thức chưa đủ.",
        ]
        assert not shown(again).lost
