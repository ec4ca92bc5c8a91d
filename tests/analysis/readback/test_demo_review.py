"""The demo's review read back: every number is found again, whatever became of the file."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from nqcore.analysis.readback import CheckedDocument, NumberStatus, Present, read_document
from nqcore.analysis.readback.document import ReadDocument, as_document
from nqcore.analysis.readback.word import read_word
from nqcore.analysis.report.anchors import report_anchors
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.figures import Figure
from nqcore.model.findings import Difference, FigureRef, TiedNumber, UnitCount
from nqcore.model.reports import Paragraph, Report, Table
from tests.analysis.readback import word_files
from tests.analysis.readback.conftest import DemoReview
from tests.analysis.readback.falsified import FALSE, REWORDED, Falsified

SAME, GONE = NumberStatus.SAME, NumberStatus.GONE
WAYS = [
    pytest.param(True, id="with bookmarks"),
    pytest.param(False, id="by text alone", marks=pytest.mark.slow),
]


def counted(checked: CheckedDocument) -> Counter[NumberStatus]:
    return Counter(one.status for one in checked.numbers)


def all_same(review: DemoReview, checked: CheckedDocument) -> bool:
    """Whether each number of the report was found once, and nothing else was."""
    names = Counter(one.anchor for one in checked.numbers)
    return (
        counted(checked) == {SAME: len(report_anchors(review.report))}
        and names == Counter(report_anchors(review.report).keys())
        and checked.right
    )


def test_every_number_of_the_written_file_is_found_by_its_bookmark(review: DemoReview) -> None:
    checked = review.check(review.marked)
    assert len(report_anchors(review.report)) > 1200
    assert all_same(review, checked)
    assert checked.marked == len(checked.numbers)


def test_without_bookmarks_every_number_is_found_by_the_text_alone(review: DemoReview) -> None:
    checked = review.check(review.plain)
    assert all_same(review, checked)
    assert checked.marked == 0


@pytest.mark.parametrize("steps", [("docx",), ("doc",), ("doc", "docx")])
def test_saved_again_by_libreoffice(
    review: DemoReview, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is missing: apt install libreoffice-writer")
    data = word_files.through_libreoffice(review.marked, tmp_path, *steps)
    checked = review.check_document(read_document(data, f"báo cáo.{steps[-1]}"))
    assert all_same(review, checked)
    assert checked.marked == len(checked.numbers)


@pytest.mark.parametrize("seed", range(3))
def test_shaped_as_word_saves_it(review: DemoReview, seed: int) -> None:
    data = word_files.split_runs(review.marked, seed)
    assert all_same(review, review.check(data))
    data = word_files.reorder_bookmarks(data, seed)
    checked = review.check(data)
    assert all_same(review, checked)
    assert 0 < checked.marked < len(checked.numbers)
    assert all_same(review, review.check(word_files.wrapped(data)))


@pytest.mark.parametrize("marked", WAYS)
@pytest.mark.parametrize("one", FALSE, ids=lambda one: f"{one.kind}: {one.new[-40:]}")
def test_a_false_document_is_named(review: DemoReview, one: Falsified, marked: bool) -> None:
    data = review.marked if marked else review.plain
    made = word_files.add_paragraph if one.added else None
    data = made(data, one.old, one.new) if made else word_files.edit(data, (one.old, one.new))
    checked = review.check(data)
    named = [
        found
        for found in checked.wrong
        if found.status in one.statuses
        and (
            one.named in (found.text or found.written)
            or (found.why and one.named in found.why.message())
        )
    ]
    assert named, [(each.status, each.text, each.why) for each in checked.wrong]
    assert (
        len(checked.wrong) - len(named) <= 1
    )  # two numbers may be wrong at once, not the whole text
    assert not checked.right


def other_digit(written: str) -> str:
    """The number with another last digit."""
    at = max(nth for nth, one in enumerate(written) if one.isdigit())
    return f"{written[:at]}{(int(written[at]) + 3) % 10}{written[at + 1 :]}"


def other_sign(written: str) -> str:
    """The change with its sign turned."""
    return written.translate(str.maketrans("+−", "−+"))


def without_measure(written: str) -> str:
    """A change, or a target, without its per cent or points."""
    return written.removesuffix(" điểm").removesuffix("%")


def other_measure(written: str) -> str:
    """Percentage points for per cent, and per cent for points and for what is no per cent. (Of a target, and
    of no change, it may be true.)"""
    if written[:1] not in "+−":
        return written
    return f"{written[:-1]} điểm" if written.endswith("%") else written.removesuffix(" điểm") + "%"


def typed_over(
    review: DemoReview, turn: Callable[[str], str], kinds: type | tuple[type, ...], marked: bool
) -> Iterator[tuple[Counter[str], Counter[str]]]:
    """A seventh of the numbers of these kinds typed over, each seventh once: what was, and what is named."""
    anchors = report_anchors(review.report)
    document = as_document(read_word(review.marked))
    wanted = [
        name
        for name, one in anchors.items()
        if isinstance(one.piece, kinds) and any(letter.isdigit() for letter in one.written)
        if turn(one.written) != one.written
    ]
    assert len(wanted) > 50
    for part in range(7):
        these = {*wanted[part::7]}
        paragraphs = []
        for paragraph in document.paragraphs:
            text = paragraph.text
            for mark in sorted(paragraph.marks, key=lambda mark: -mark.start):
                if mark.name in these:
                    new = turn(text[mark.start : mark.end])
                    text = f"{text[: mark.start]}{new}{text[mark.end :]}"
            # Only cells are typed over to another length: in each of them there is one number.
            long = len(text) != len(paragraph.text)
            marks = tuple(replace(one, end=len(text)) if long else one for one in paragraph.marks)
            paragraphs.append(replace(paragraph, text=text, marks=marks if marked else ()))
        checked = review.check_document(replace(document, paragraphs=tuple(paragraphs)))
        yield Counter(these), Counter(one.anchor for one in checked.wrong)


CHANGED_EVERYWHERE: dict[str, tuple[Callable[[str], str], type | tuple[type, ...]]] = {
    "a changed digit": (other_digit, (FigureRef, UnitCount, Difference, TiedNumber)),
    "a turned sign": (other_sign, TiedNumber),
    "another measure of a change": (other_measure, TiedNumber),
    "the measure of a change or a target left out": (without_measure, TiedNumber),
}


@pytest.mark.slow
@pytest.mark.parametrize("marked", [True, False], ids=["with bookmarks", "by text alone"])
@pytest.mark.parametrize("how", CHANGED_EVERYWHERE)
def test_it_is_named_wherever_it_stands_and_nothing_else_is(
    review: DemoReview, how: str, marked: bool
) -> None:
    turn, kinds = CHANGED_EVERYWHERE[how]
    for typed, named in typed_over(review, turn, kinds, marked):
        assert named == typed


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("+24,4%", True),
        ("24,4%", True),
        ("+ 24,4 %", True),
        ("tăng 24,4%", True),
        ("−24,4%", False),
        ("-24,4%", False),
        ("giảm 24,4%", False),
        ("+24,4 điểm", False),
        ("+24,4", False),
        ("+24,5%", False),
    ],
)
def test_a_cell_that_tells_a_change_may_be_written_in_other_ways(
    review: DemoReview, typed: str, right: bool
) -> None:
    checked = review.check(word_files.edit(review.marked, ("+24,4%", typed)))
    assert checked.right is right
    assert len(checked.wrong) == (not right)


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        (1, "Xã An Phú", "Xã Bình Minh"),  # the unit of a row of figures
        (1, "13-NQ/TU", "14-NQ/TU"),  # a document of the list
        (2, "29/7/2010", "29/7/2011"),
        (5, "Chưa có báo cáo tiến độ", "Đã hoàn thành"),  # a task
        (5, "Đang thực hiện (theo báo cáo năm 2017)", "Đã hoàn thành (theo báo cáo năm 2017)"),
        (4, "31/12/2018", "31/12/2019"),
        (4, "Thường xuyên", "31/12/2018"),
        (2, "Ban Tuyên giáo Huyện ủy", "Ban Tổ chức Huyện ủy"),
        (2, "lượt người", "người"),  # the measure of a row
        (13, "2018 (đến 30/6)", "2018 (đến 30/9)"),  # the head of a column
        (1, "Tổng số công nhân, lao động", "Tổng số nông dân, lao động"),  # an indicator
    ],
)
def test_other_words_in_a_cell_are_named(
    review: DemoReview, column: int, old: str, new: str
) -> None:
    document = as_document(read_word(review.marked))
    nth = next(
        nth
        for nth, one in enumerate(document.paragraphs)
        if one.cell is not None and one.cell.column == column and one.text == old
    )
    checked = review.check_document(typed_into(document, {nth: new}))
    (wrong,) = checked.wrong
    assert (wrong.text, wrong.status, wrong.written) == (new, NumberStatus.CHANGED, old)


@pytest.mark.parametrize("apart", [1, 2, 5])
def test_units_that_changed_places_in_an_annex_are_both_named(
    review: DemoReview, apart: int
) -> None:
    document = as_document(read_word(review.marked))
    first = next(
        one.cell for one in document.paragraphs if one.cell is not None and one.text == "Xã An Phú"
    )
    assert first is not None
    rows = {
        one.cell.row: nth
        for nth, one in enumerate(document.paragraphs)
        if one.cell is not None and (one.cell.table, one.cell.column) == (first.table, first.column)
    }
    one, other = rows[first.row], rows[first.row + apart]
    texts = document.paragraphs[one].text, document.paragraphs[other].text
    checked = review.check_document(typed_into(document, {one: texts[1], other: texts[0]}))
    assert {(wrong.text, wrong.written) for wrong in checked.wrong} == {texts, texts[::-1]}


def typed_into(document: ReadDocument, texts: Mapping[int, str]) -> ReadDocument:
    """The document with other words in these paragraphs."""
    paragraphs = [
        replace(one, text=texts.get(nth, one.text)) for nth, one in enumerate(document.paragraphs)
    ]
    return replace(document, paragraphs=tuple(paragraphs))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The same amount in another measure, or rounded in a larger one.
        ("lao động 78.043,9 triệu đồng", "lao động 78.043.900.000 đồng"),
        ("lao động 78.043,9 triệu đồng", "lao động 78,0439 tỷ đồng"),
        ("lao động 78.043,9 triệu đồng", "lao động 78,04 tỷ đồng"),
        ("từ 118,0 xuống 89,9 triệu đồng", "từ 118.000.000 xuống 89.900.000 đồng"),
        # What lacks to a target is computed of both.
        ("mục tiêu 2.500 của năm 2018", "mục tiêu 2.500 của năm 2018, còn thiếu 767 người"),
        ("mục tiêu 80% của năm 2018", "mục tiêu 80% của năm 2018, còn thiếu 6,7 điểm phần trăm"),
        # A year is no amount of billions.
        ("Trong 6 tháng đầu năm 2018 tỷ lệ người", "Đến 2018 tỷ lệ người"),
        # Numbers in words.
        ("6 trong 29 đơn vị có", "sáu trong hai mươi chín đơn vị có"),
        ("mới 2.413 đoàn viên", "mới hai nghìn bốn trăm mười ba đoàn viên"),
        ("đang thực hiện; việc thường xuyên", "đang được thực hiện; việc thường xuyên"),
    ],
)
def test_what_is_true_in_other_words_is_right(review: DemoReview, old: str, new: str) -> None:
    checked = review.check(word_files.edit(review.marked, (old, new)))
    assert checked.wrong == ()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("lao động 78.043,9 triệu đồng", "lao động 78.043.900 đồng", "78.043.900"),
        ("lao động 78.043,9 triệu đồng", "lao động 78,05 tỷ đồng", "78,05"),
        ("mục tiêu 2.500 của năm 2018", "mục tiêu 2.500 của năm 2018, còn thiếu 667 người", "667"),
    ],
)
def test_what_is_nearly_true_in_other_words_is_named(
    review: DemoReview, old: str, new: str, named: str
) -> None:
    checked = review.check(word_files.edit(review.marked, (old, new)))
    assert [one.text for one in checked.wrong] == [named]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(tăng 1.811 người, 157,1%)", "(tăng hơn 1.800 người, 157,1%)"),
        ("(tăng 1.811 người, 157,1%)", "(tăng 1.811 người, trên 157%)"),
        ("(tăng 1.811 người, 157,1%)", "(gấp 2,6 lần)"),
        # One measure behind the last number of a clause is that of the others too.
        ("tăng từ 54,7% lên 69,2%", "tăng từ 54,7 lên 69,2%"),
    ],
)
def test_a_part_of_a_difference_may_be_rounded_or_said_in_another_way(
    review: DemoReview, old: str, new: str
) -> None:
    checked = review.check(word_files.edit(review.marked, (old, new)))
    assert {one.status for one in checked.wrong} <= {GONE}


def test_false_documents_of_many_kinds() -> None:
    assert len(FALSE) == 101
    assert len({one.kind for one in FALSE}) >= 10


@pytest.mark.parametrize("marked", WAYS)
@pytest.mark.parametrize(("old", "new"), REWORDED, ids=range(len(REWORDED)))
def test_nothing_is_said_against_a_true_rewording(
    review: DemoReview, old: str, new: str, marked: bool
) -> None:
    data = word_files.edit(review.marked if marked else review.plain, (old, new))
    assert {one.status for one in review.check(data).wrong} <= {GONE}


def test_all_rewordings_at_once(review: DemoReview) -> None:
    checked = review.check(word_files.edit(review.marked, *REWORDED))
    assert len(REWORDED) == 20
    # Two differences are left out by the new words, and nothing else is.
    assert [one.written for one in checked.wrong] == ["25,0 điểm phần trăm"]


DELETED = "Số tiền nợ đọng bảo hiểm xã hội từ cuối năm 2008"


def test_moved_merged_and_deleted_sentences(review: DemoReview) -> None:
    data = word_files.edit(review.marked, *REWORDED[:-1])
    data = word_files.move_paragraph(
        data, "Việc tổ chức đối thoại tại nơi làm việc", "Việc tổ chức học tập, phổ biến"
    )
    data = word_files.merge_paragraphs(data, "Tỷ lệ công nhân, lao động tham gia bảo hiểm y tế")
    data = word_files.delete_paragraphs(data, DELETED)
    checked = review.check(data)
    block = next(
        block.block
        for block in review.report.body
        if isinstance(block, Paragraph) and DELETED in sentence_text(block.sentence)
    )
    gone = {one.anchor for one in checked.numbers if one.status is GONE and one.written[:2] != "25"}
    anchors = report_anchors(review.report)
    assert gone == {name for name, one in anchors.items() if one.block == block}
    assert {one.status for one in checked.wrong} == {GONE}
    assert all(one.sentence for one in checked.numbers if one.status is GONE)


def test_tracked_changes_count_as_accepted_and_are_told(review: DemoReview) -> None:
    changes = (
        ("886 buổi tuyên truyền", "868 buổi tuyên truyền"),
        ("với 46.774 lượt", "với 46.774 lượt"),
    )
    checked = review.check(word_files.tracked(review.marked, *changes))
    (wrong,) = checked.wrong
    assert (wrong.text, wrong.status, wrong.written) == ("868", NumberStatus.CHANGED, "886")
    assert checked.inserted == 2
    assert checked.deleted >= 2


# -- figures that have moved ---------------------------------------------------------------------------


def later(report: Report, indicator: str) -> Report:
    """The report when every figure of that indicator has become one more."""

    def more(figure: Figure) -> Figure:
        if figure.indicator != indicator or figure.value is None:
            return figure
        return replace(figure, value=figure.value + 1)

    body = tuple(
        replace(
            block,
            sentence=tuple(
                FigureRef(more(piece.figure)) if isinstance(piece, FigureRef) else piece
                for piece in block.sentence
            ),
        )
        if isinstance(block, Paragraph)
        else block
        for block in report.body
    )
    tables = tuple(
        replace(
            block,
            rows=tuple(
                tuple(more(cell) if isinstance(cell, Figure) else cell for cell in row)
                for row in block.rows
            ),
        )
        if isinstance(block, Table)
        else block
        for block in report.appendix
    )
    return replace(report, body=body, appendix=tables)


def test_figures_that_have_moved_since_are_named_with_what_they_are_now(review: DemoReview) -> None:
    figure = next(figure for figure in review.report.figures if figure.value == 886)
    present = Present(later(review.report, figure.indicator))
    checked = review.check(review.marked, present)
    anchors = report_anchors(review.report).values()
    changed = [
        one.name
        for one in anchors
        if isinstance(one.piece, FigureRef)
        and one.piece.figure.indicator == figure.indicator
        and one.piece.figure.value is not None
    ]
    moved = [one for one in checked.numbers if one.status is NumberStatus.MOVED]
    assert {one.anchor for one in moved} == {*changed}
    assert {one.status for one in checked.wrong} == {NumberStatus.MOVED}
    assert ("886", "887") in {(one.text, one.now) for one in moved}


def test_a_number_that_was_corrected_by_hand_says_so(review: DemoReview) -> None:
    figure = next(figure for figure in review.report.figures if figure.value == 886)
    present = Present(later(review.report, figure.indicator))
    data = word_files.edit(review.marked, ("886 buổi tuyên truyền", "887 buổi tuyên truyền"))
    checked = review.check(data, present)
    (one,) = (one for one in checked.numbers if one.text == "887")
    assert (one.status, one.written, one.now) == (NumberStatus.CHANGED, "886", "887")
