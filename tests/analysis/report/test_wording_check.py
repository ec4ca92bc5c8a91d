"""A new wording is held against what the figures say: what it loses, turns and denies is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.wording_check import check_wording
from nqcore.model.claims import Claim, Relation
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import FigureRef, Sentence, Text, UnitCount
from nqcore.text.messages import translator


def figure(value: str, indicator: str = "x.A", measure: str = "", decimals: int = 0) -> FigureRef:
    return FigureRef(
        Figure(
            indicator=indicator,
            unit="top",
            period="2018",
            value=Decimal(value),
            decimals=decimals,
            measure=measure,
            coverage=Coverage(due=1, reported=1),
        )
    )


def claim(relation: Relation, *values: FigureRef, k: int = 0, n: int = 0) -> Claim:
    return Claim(
        relation=relation,
        subject="x.A",
        unit="top",
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        values=tuple(value.figure for value in values),
        units=tuple(map(str, range(k))),
        among=tuple(map(str, range(n))),
    )


Case = tuple[Sentence, tuple[Claim, ...]]
THREE, FIVE = figure("3", "x.A"), figure("5", "x.B")
ROSE: Case = (
    (Text("tổ chức đảng tăng từ "), THREE, Text(" lên "), FIVE),
    (claim(Relation.ROSE, THREE, FIVE),),
)
FELL: Case = (
    (Text("số cuộc đối thoại giảm từ "), FIVE, Text(" xuống "), THREE),
    (claim(Relation.FELL, FIVE, THREE),),
)
SAME: Case = (
    (Text("số công đoàn cơ sở không thay đổi, vẫn là "), FIVE),
    (claim(Relation.UNCHANGED, FIVE, FIVE),),
)
ZERO, EIGHT = figure("0", "x.A"), figure("8", "x.B")
NONE: Case = (
    (
        *(Text("đến nay chưa thành lập được tổ chức đảng trong doanh nghiệp, "), ZERO),
        *(Text(" tổ chức tại "), EIGHT, Text(" doanh nghiệp đủ điều kiện")),
    ),
    (claim(Relation.NONE_SINCE, ZERO),),
)
SIX = UnitCount(tuple("abcdef"), tuple(map(str, range(28))), share=True)
SOME: Case = (
    (SIX, Text(" đơn vị chưa ban hành kế hoạch thực hiện")),
    (claim(Relation.SOME_DID, k=6, n=28),),
)
MOST = UnitCount(tuple(map(str, range(20))), tuple(map(str, range(28))), share=True)
PLANS: Case = (
    (MOST, Text(" đơn vị đã ban hành kế hoạch thực hiện")),
    (claim(Relation.SOME_DID, k=20, n=28),),
)
RATE = figure("69.3", "x.A", "%", 1)
MISSED: Case = (
    (Text("tỷ lệ tham gia bảo hiểm mới đạt "), RATE, Text("%, chưa đạt mục tiêu 70%")),
    (claim(Relation.MISSED, RATE),),
)
REACHED: Case = (
    (Text("tỷ lệ tham gia bảo hiểm là "), RATE, Text("%, đạt mục tiêu 65%")),
    (claim(Relation.REACHED, RATE),),
)
BEHIND: Case = (
    (Text("tỷ lệ tham gia bảo hiểm là "), RATE, Text("%, chậm so với lộ trình")),
    (claim(Relation.BEHIND, RATE),),
)
AHEAD: Case = (
    (Text("tỷ lệ tham gia bảo hiểm là "), RATE, Text("%, nhanh hơn lộ trình")),
    (claim(Relation.AHEAD, RATE),),
)
MEMBERS = figure("2422", "x.A")
TOTAL: Case = ((Text("đã kết nạp "), MEMBERS, Text(" đoàn viên công đoàn")), ())
SAYS_ROSE: Case = (ROSE[0], ())
SAYS_FELL: Case = (FELL[0], ())
SAYS_NONE: Case = (NONE[0], ())
SAYS_MISSED: Case = (MISSED[0], ())

TABLE: tuple[tuple[Case, str, str], ...] = (
    # a figure is lost
    (ROSE, "Tổ chức đảng tăng lên 5", "lost"),
    (ROSE, "Tổ chức đảng tăng mạnh", "lost"),
    (ROSE, "Tổ chức đảng từ 3 nay là 5", ""),
    (TOTAL, "Đã kết nạp nhiều đoàn viên", "lost"),
    (TOTAL, "Đã kết nạp trên 2.400 đoàn viên", ""),
    (TOTAL, "Đã kết nạp gần 2.500 đoàn viên", ""),
    (TOTAL, "Đã kết nạp được 2422 đoàn viên công đoàn", ""),
    (SOME, "Một số đơn vị chưa ban hành kế hoạch", "lost"),
    (SOME, "Còn 6/28 đơn vị chưa có kế hoạch thực hiện", ""),
    # the direction is turned
    (ROSE, "Tổ chức đảng giảm từ 3 lên 5", "turned"),
    (ROSE, "Tổ chức đảng từ 5 xuống 3", "turned"),
    (ROSE, "Tổ chức đảng tăng từ 5 lên 3", "turned"),
    (ROSE, "Tổ chức đảng không tăng, từ 3 nay là 5", "turned"),
    (ROSE, "Tổ chức đảng chưa tăng nhiều, từ 3 đến 5", "turned"),
    (ROSE, "Tổ chức đảng giữ nguyên, 3 và 5", "turned"),
    (ROSE, "Tổ chức đảng sụt so với năm trước, 3 và 5", "turned"),
    (ROSE, "Tổ chức đảng đã tăng thêm, từ 3 lên 5", ""),
    (ROSE, "Tổ chức đảng được nâng từ 3 lên 5", ""),
    (ROSE, "Không giảm mà tăng: từ 3 lên 5 tổ chức đảng", ""),
    (ROSE, "Nhờ công tác giảm nghèo, tổ chức đảng tăng từ 3 lên 5", ""),
    (ROSE, "Cán bộ xuống cơ sở, tổ chức đảng tăng từ 3 lên 5", ""),
    (FELL, "Số cuộc đối thoại tăng từ 5 xuống 3", "turned"),
    (FELL, "Số cuộc đối thoại từ 5 nâng lên 3", "turned"),
    (FELL, "Đối thoại từng bước được nâng lên: 5 và 3 cuộc", "turned"),
    (FELL, "Số cuộc đối thoại từ 3 lên 5", "turned"),
    (FELL, "Số cuộc đối thoại không giảm: 5 và 3", "turned"),
    (FELL, "Số cuộc đối thoại không đổi: 5 và 3", "turned"),
    (FELL, "Số cuộc đối thoại từ 5 còn 3", ""),
    (FELL, "Tuy đã tăng cường chỉ đạo, đối thoại giảm từ 5 xuống 3 cuộc", ""),
    (FELL, "Số cuộc đối thoại giảm mạnh, từ 5 còn 3 cuộc", ""),
    (FELL, "Số cuộc đối thoại không tăng mà giảm từ 5 xuống 3", ""),
    (FELL, "Đơn vị có từ 10 lao động trở lên đối thoại giảm từ 5 xuống 3 cuộc", ""),
    (SAME, "Số công đoàn cơ sở tăng lên 5", "turned"),
    (SAME, "Số công đoàn cơ sở giảm còn 5", "turned"),
    (SAME, "Số công đoàn cơ sở vẫn là 5", ""),
    (SAME, "Số công đoàn cơ sở không tăng, không giảm, vẫn là 5", ""),
    (SAYS_ROSE, "Tổ chức đảng giảm từ 3 còn 5", "turned"),
    (SAYS_FELL, "Đối thoại tăng: 5 và 3 cuộc", "turned"),
    # it is denied
    (NONE, "Đã thành lập được nhiều tổ chức Đảng trong doanh nghiệp", "denied lost"),
    (NONE, "Đã thành lập được tổ chức đảng: 0 tổ chức, 8 doanh nghiệp", "denied"),
    (NONE, "0 tổ chức, 8 doanh nghiệp, không còn doanh nghiệp trắng tổ chức đảng", "denied"),
    (NONE, "Không những thành lập được tổ chức đảng ở 8 nơi mà còn giữ vững 0", "denied"),
    (NONE, "Nhiều doanh nghiệp đã có tổ chức đảng", "denied lost"),
    (NONE, "Đến nay vẫn chưa thành lập tổ chức đảng nào: 0 tại 8 doanh nghiệp", ""),
    (NONE, "Có 8 doanh nghiệp đủ điều kiện nhưng 0 tổ chức đảng được thành lập", ""),
    (NONE, "Tổ chức đảng còn trắng (0) dù đã có 8 doanh nghiệp đủ điều kiện", ""),
    (NONE, "Đã có 8 doanh nghiệp đủ điều kiện, chưa thành lập được tổ chức đảng (0)", ""),
    (SAYS_NONE, "Tại 8 doanh nghiệp đã thành lập được tổ chức đảng, 0 chi bộ", "denied"),
    (SAYS_NONE, "Vẫn chưa lập được tổ chức đảng, 0 trong 8 doanh nghiệp", ""),
    (SOME, "6/28 đơn vị đã ban hành kế hoạch thực hiện", "denied"),
    (SOME, "6/28 đơn vị ban hành kế hoạch thực hiện đầy đủ", "denied"),
    (SOME, "Kế hoạch thực hiện còn thiếu ở 6/28 đơn vị", ""),
    (SOME, "Còn 6/28 đơn vị chậm ban hành kế hoạch", ""),
    (PLANS, "20/28 đơn vị chưa ban hành kế hoạch thực hiện", "denied"),
    (PLANS, "20/28 đơn vị có kế hoạch, không có đơn vị nào chậm", ""),
    (TOTAL, "Chưa kết nạp được đoàn viên nào trong 2.422 lao động", "denied"),
    # how many
    (PLANS, "Tất cả đơn vị đã ban hành kế hoạch (20/28)", "too-many"),
    (PLANS, "Các đơn vị đều ban hành kế hoạch, 20/28", "too-many"),
    (PLANS, "Toàn bộ 20/28 đơn vị đã ban hành kế hoạch", "too-many"),
    (PLANS, "Phần lớn đơn vị (20/28) đã ban hành kế hoạch", ""),
    (PLANS, "20/28 đơn vị đã ban hành kế hoạch, chưa đều giữa các khối", ""),
    (PLANS, "20/28 đơn vị đã ban hành kế hoạch đều đặn hằng năm", ""),
    (SOME, "Hầu hết đơn vị, 6/28, chưa ban hành kế hoạch thực hiện", "too-many"),
    (SOME, "Mọi đơn vị chưa ban hành kế hoạch (6/28)", "too-many"),
    # targets
    (MISSED, "Tỷ lệ tham gia bảo hiểm 69,3%, đạt mục tiêu 70%", "target"),
    (MISSED, "Tỷ lệ tham gia bảo hiểm đạt 69,3%, hoàn thành mục tiêu", "target"),
    (MISSED, "Tỷ lệ tham gia bảo hiểm đạt 69,3%", "target"),
    (MISSED, "Tỷ lệ 69,3% đã vượt chỉ tiêu đề ra", "target"),
    (MISSED, "Tỷ lệ tham gia bảo hiểm chỉ đạt 69,3%, thấp hơn mục tiêu", ""),
    (MISSED, "Mới đạt 69,3% trong khi mục tiêu là 70%", ""),
    (MISSED, "Tỷ lệ 69,3% còn cách mục tiêu 70% một khoảng ngắn", ""),
    (SAYS_MISSED, "Tỷ lệ tham gia bảo hiểm 69,3%, đạt mục tiêu 70%", "target"),
    (REACHED, "Tỷ lệ tham gia bảo hiểm 69,3%, chưa đạt mục tiêu 65%", "target"),
    (REACHED, "Tỷ lệ tham gia bảo hiểm mới đạt 69,3%", "target"),
    (REACHED, "Tỷ lệ tham gia bảo hiểm 69,3%, vượt mục tiêu 65%", ""),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, đúng tiến độ", "target"),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, còn chậm", ""),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, nhanh hơn lộ trình", "target"),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, đúng lộ trình¹⁵ (74,6%)", "target"),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, chậm hơn so với lộ trình", ""),
    (BEHIND, "Tỷ lệ tham gia bảo hiểm 69,3%, chưa kịp lộ trình", ""),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, chậm so với lộ trình¹⁵", "target"),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, chưa kịp lộ trình", "target"),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, vượt mục tiêu", "target"),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, vượt lộ trình", ""),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, đúng tiến độ", ""),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, chậm tiến độ", "target"),
    (AHEAD, "Tỷ lệ tham gia bảo hiểm 69,3%, nhanh hơn dự kiến", ""),
    # a relation that is not true of the figure itself
    (TOTAL, "Đã kết nạp hơn 2.422 đoàn viên", "untrue"),
    (TOTAL, "Đã kết nạp gần 2.422 đoàn viên", "untrue"),
    (TOTAL, "Đã kết nạp khoảng 2.422 đoàn viên", ""),
    (TOTAL, "Đã kết nạp ít nhất 2.422 đoàn viên", ""),
)


@pytest.mark.parametrize(("case", "words", "kinds"), TABLE, ids=[row[1] for row in TABLE])
def test_a_wording_is_held_against_the_figures(case: Case, words: str, kinds: str) -> None:
    rule, claims = case
    assert sorted(remark.kind.value for remark in check_wording(words, rule, claims)) == sorted(
        kinds.split()
    )


CASES = tuple({id(case): case for case, _words, _kinds in TABLE}.values())


@given(
    st.sampled_from(CASES),
    st.sampled_from(CASES),
    st.sampled_from(["", ".", " .", ";"]),
    st.booleans(),
)
def test_the_rules_own_sentence_raises_no_remark(
    case: Case, other: Case, end: str, capital: bool
) -> None:
    """Whatever is claimed of it, with a capital and a full stop or without."""
    text = sentence_text(case[0])
    text = text[:1].upper() + text[1:] if capital else text
    assert check_wording(text + end, case[0], (*case[1], *other[1])) == ()


NEUTRAL = st.sampled_from(
    ["theo Nghị quyết", "trên địa bàn huyện", "trong kỳ", "theo báo cáo", "của cấp ủy", "cụ thể là"]
)


@given(st.sampled_from(CASES), NEUTRAL, NEUTRAL)
def test_words_beside_the_point_raise_no_remark(case: Case, first: str, last: str) -> None:
    text = f"{first} {sentence_text(case[0])} {last}"
    assert check_wording(text, *case) == ()


def test_a_remark_says_what_the_figures_say_in_the_readers_language() -> None:
    told = [remark.message(translator("vi")) for case, words, _kinds in TABLE
            for remark in check_wording(words, *case)]  # fmt: skip
    assert "câu không còn số 0, 8" in told
    assert "câu viết “giảm”, số liệu tăng: 3 → 5" in told
    assert "câu viết “tất cả”, số liệu là 20/28" in told
    assert "câu viết “đạt mục tiêu”, theo số liệu thì chưa đạt mục tiêu" in told


def test_claims_that_go_both_ways_are_held_against_the_clause_of_each() -> None:
    many, few = figure("8", "x.C"), figure("0", "x.D")
    rule = (
        *(Text("công đoàn tăng từ "), THREE, Text(" lên "), FIVE),
        *(Text("; đối thoại giảm từ "), many, Text(" xuống "), few),
    )
    claims = (claim(Relation.ROSE, THREE, FIVE), claim(Relation.FELL, many, few))
    fair = "Công đoàn từ 3 lên 5; đối thoại từ 8 xuống 0"
    assert check_wording(fair, rule, claims) == ()
    turned = "Công đoàn từ 3 lên 5; đối thoại tăng, 8 và 0 cuộc"
    assert [remark.kind.value for remark in check_wording(turned, rule, claims)] == ["turned"]
