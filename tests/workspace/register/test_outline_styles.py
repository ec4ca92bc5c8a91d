"""Outlines as offices write them: twelve styles with their headings, and any tree in any style."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.model.outlines import DEEPEST
from nqcore.workspace.register.outline_draft import OutlineDraft, outline_of_docx, outline_of_lines
from nqcore.workspace.register.outline_lines import OutlineLine

Heads = list[tuple[int, str]]
DOTS = "…………………………"


def lines(*texts: str) -> Callable[[DocxDocument], None]:
    def write(paper: DocxDocument) -> None:
        for text in texts:
            paper.add_paragraph(text)

    return write


def numbered(paper: DocxDocument, id: int, levels: Sequence[tuple[str, str]]) -> None:
    """A list of Word with these levels, each (format, text)."""
    root = paper.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{nth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
        "</w:lvl>"
        for nth, (format, text) in enumerate(levels)
    )
    space = nsdecls("w")
    root.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{id}">{made}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {space} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'))


def in_list(paper: DocxDocument, text: str, id: int, level: int) -> None:
    numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'
    paper.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(numbers))


def word_numbers(paper: DocxDocument) -> None:
    numbered(
        paper,
        81,
        [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "•")],
    )
    for text, level in (
        *(("Tình hình", 0), ("Dân số", 1), ("Xã", 2), ("Phường", 2), ("Lao động", 1)),
        *(("Nam", 2), ("Kết quả", 0), ("Tuyên truyền", 1), ("Nêu số hội nghị", 3)),
    ):
        in_list(paper, text, 81, level)


def heading_styles(paper: DocxDocument) -> None:
    paper.add_paragraph("ĐỀ CƯƠNG BÁO CÁO", style="Title")
    for text, style in (
        *(("Mở đầu", 1), ("Kết quả", 1), ("Công tác lãnh đạo", 2), ("Quán triệt", 3)),
        *(("Ban hành văn bản", 3), ("Kiến nghị", 1)),
    ):
        paper.add_paragraph(text, style=f"Heading {style}")
        paper.add_paragraph(DOTS)


def two_columns(paper: DocxDocument) -> None:
    paper.add_paragraph("ĐỀ CƯƠNG")
    table = paper.add_table(0, 3)
    for row in (
        *(("TT", "Nội dung", "Yêu cầu"), ("I", "Tình hình", "Nêu khái quát")),
        *(("1", "Dân số", ""), ("2", "Lao động", "Có số liệu"), ("II", "Kết quả", "")),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def framed(paper: DocxDocument) -> None:
    paper.add_paragraph("I- Tình hình")
    frame = paper.add_table(1, 1).cell(0, 0)
    frame.text = "1. Dân số"
    frame.add_paragraph("2. Lao động")
    figures = paper.add_table(2, 4)
    for cell, text in zip(figures.rows[0].cells, ("1", "Số xã", "xã", ""), strict=True):
        cell.text = text
    paper.add_paragraph("II- Kết quả")


def broken_lines(paper: DocxDocument) -> None:
    paper.add_paragraph("Phần thứ nhất\nTÌNH HÌNH VÀ KẾT QUẢ")
    paper.add_paragraph("THỰC HIỆN NGHỊ QUYẾT")
    paper.add_paragraph("I. CÔNG TÁC LÃNH ĐẠO,\nCHỈ ĐẠO\n1. Quán triệt\n2. Tuyên truyền")
    paper.add_paragraph("PHẦN THỨ HAI: GIẢI PHÁP")


STYLES: dict[str, tuple[Callable[[DocxDocument], None], Heads]] = {
    "a Party office": (
        lines(
            "TỈNH ỦY QUẢNG NINH", "*", "ĐỀ CƯƠNG", "Báo cáo tổng kết 10 năm", "(Kèm theo Công văn)", "-----",
            "Phần thứ nhất", "TÌNH HÌNH VÀ KẾT QUẢ", "I- ĐẶC ĐIỂM TÌNH HÌNH", "(nêu khái quát)",
            "II- KẾT QUẢ THỰC HIỆN", "1. Công tác quán triệt (nêu rõ số hội nghị, lượt người)",
            "a) Ở cấp huyện: …………", "b) Ở cấp xã", "2. Công tác tuyên truyền: Đánh giá kết quả, có số liệu.",
            "a) Báo chí", "b) Cổ động", "- Số buổi", "+ Số lượt", "Phần thứ hai", "PHƯƠNG HƯỚNG",
            "I- NHIỆM VỤ", "II- KIẾN NGHỊ (nếu có)", "Nơi nhận:", "- Các huyện ủy;",
        ),
        [(0, "TÌNH HÌNH VÀ KẾT QUẢ"), (1, "ĐẶC ĐIỂM TÌNH HÌNH"), (1, "KẾT QUẢ THỰC HIỆN"),
         (2, "Công tác quán triệt"), (3, "Ở cấp huyện"), (3, "Ở cấp xã"), (2, "Công tác tuyên truyền"),
         (3, "Báo chí"), (3, "Cổ động"), (0, "PHƯƠNG HƯỚNG"), (1, "NHIỆM VỤ"), (1, "KIẾN NGHỊ")],
    ),
    "letters below halves, which begin again": (
        lines("Phần thứ nhất: TÌNH HÌNH", "A. Chung", "I. Dân số", "B. Riêng", "Phần thứ hai: GIẢI PHÁP",
              "A. Trước mắt", "B. Lâu dài", "C. Mác và Ăng-ghen"),
        [(0, "TÌNH HÌNH"), (1, "Chung"), (2, "Dân số"), (1, "Riêng"), (0, "GIẢI PHÁP"), (1, "Trước mắt"),
         (1, "Lâu dài"), (1, "Mác và Ăng-ghen")],
    ),
    "letters below Roman numbers": (
        lines("I. Tình hình", "A. Chung", "1. Dân số", "B. Riêng", "II. Kết quả", "A. Đảng", "B. Đoàn"),
        [(1, "Tình hình"), (2, "Chung"), (3, "Dân số"), (2, "Riêng"), (1, "Kết quả"), (2, "Đảng"),
         (2, "Đoàn")],
    ),
    "small letters that begin again under each number": (
        lines("1. Kết quả", "a. Tuyên truyền", "b. Vận động", "2. Hạn chế", "a. Chủ quan", "b. Khách quan",
              "3. Kiến nghị"),
        [(1, "Kết quả"), (2, "Tuyên truyền"), (2, "Vận động"), (1, "Hạn chế"), (2, "Chủ quan"),
         (2, "Khách quan"), (1, "Kiến nghị")],
    ),
    "numbers with a bracket": (
        lines("I/ Kết quả", "1. Đảng", "1) Kết nạp", "2) Bồi dưỡng", "2. Đoàn", "1) Phát triển",
              "II/ Hạn chế", "(1) Nhận thức", "(2) Tổ chức"),
        [(1, "Kết quả"), (2, "Đảng"), (3, "Kết nạp"), (3, "Bồi dưỡng"), (2, "Đoàn"), (3, "Phát triển"),
         (1, "Hạn chế"), (2, "Nhận thức"), (2, "Tổ chức")],
    ),
    "a State office": (
        lines("1. Tình hình", "1.1. Thuận lợi", "1.2. Khó khăn", "2. Kết quả", "2.1. Chính sách",
              "2.1.1. Bảo hiểm", "2.1.2 Tiền lương", "2.2. Đối thoại", "3. …………"),
        [(1, "Tình hình"), (2, "Thuận lợi"), (2, "Khó khăn"), (1, "Kết quả"), (2, "Chính sách"),
         (3, "Bảo hiểm"), (3, "Tiền lương"), (2, "Đối thoại")],
    ),
    "sections with a word": (
        lines("PHẦN I", "KẾT QUẢ", "Mục I. Lãnh đạo", "1- Quán triệt", "Mục II. Tổ chức", "1- Đảng",
              "2- Đoàn", "PHẦN II", "KIẾN NGHỊ", "Mục I. Với tỉnh", "Mục tiêu chung của kế hoạch."),
        [(0, "KẾT QUẢ"), (1, "Lãnh đạo"), (2, "Quán triệt"), (1, "Tổ chức"), (2, "Đảng"), (2, "Đoàn"),
         (0, "KIẾN NGHỊ"), (1, "Với tỉnh")],
    ),
    "numbers of Word": (
        word_numbers,
        [(1, "Tình hình"), (2, "Dân số"), (3, "Xã"), (3, "Phường"), (2, "Lao động"), (3, "Nam"),
         (1, "Kết quả"), (2, "Tuyên truyền")],
    ),
    "styles of Word": (
        heading_styles,
        [(1, "Mở đầu"), (1, "Kết quả"), (2, "Công tác lãnh đạo"), (3, "Quán triệt"),
         (3, "Ban hành văn bản"), (1, "Kiến nghị")],
    ),
    "a table with the numbers in a column": (
        two_columns, [(1, "Tình hình"), (2, "Dân số"), (2, "Lao động"), (1, "Kết quả")],
    ),
    "headings in a frame, and a table of figures": (
        framed, [(1, "Tình hình"), (2, "Dân số"), (2, "Lao động"), (1, "Kết quả")],
    ),
    "headings broken over lines": (
        broken_lines,
        [(0, "TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT"), (1, "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
         (2, "Quán triệt"), (2, "Tuyên truyền"), (0, "GIẢI PHÁP")],
    ),
}  # fmt: skip


def read(write: Callable[[DocxDocument], None]) -> tuple[OutlineDraft, list[str]]:
    """The draft of the document that is written, and the words of its paragraphs."""
    paper, file = docx.Document(), io.BytesIO()
    write(paper)
    paper.save(file)
    texts = [one.text for one in paper.element.body.iter() if one.tag.endswith("}t")]
    return outline_of_docx(file.getvalue(), "cap-tren.docx"), texts


def heads(draft: OutlineDraft) -> Heads:
    return [(part.level, part.heading) for part in draft.outline.parts[1:]]


@pytest.mark.parametrize(("write", "expected"), STYLES.values(), ids=STYLES)
def test_the_headings_of_each_style_are_known(
    write: Callable[[DocxDocument], None], expected: Heads
) -> None:
    draft, texts = read(write)
    assert heads(draft) == expected
    assert not list(draft.outline.mistakes())
    parts = draft.outline.parts
    kept = [draft.outline.title, *(f"{part.heading} {part.hint}" for part in parts)]
    everything = " ".join([*kept, *(one.text for one in draft.left_out)])
    words = {word for text in texts for word in text.replace(":", " ").split() if word.isalpha()}
    marks = {*"ABCab", *ROMANS, "Phần", "thứ", "nhất", "hai", "PHẦN", "THỨ", "HAI", "Mục"}
    assert [word for word in sorted(words - marks) if word not in everything] == []


def test_what_is_no_heading_is_a_hint_or_is_named() -> None:
    draft, _texts = read(STYLES["a Party office"][0])
    hints = {part.heading: part.hint for part in draft.outline.parts}
    assert draft.outline.title == "ĐỀ CƯƠNG Báo cáo tổng kết 10 năm"
    assert hints[""] == "(Kèm theo Công văn)"
    assert hints["ĐẶC ĐIỂM TÌNH HÌNH"] == "(nêu khái quát)"
    assert hints["Công tác quán triệt"] == "(nêu rõ số hội nghị, lượt người)"
    assert hints["Công tác tuyên truyền"] == "Đánh giá kết quả, có số liệu"
    assert hints["Cổ động"] == "- Số buổi\n+ Số lượt"
    assert [one.text for one in draft.left_out] == [
        "TỈNH ỦY QUẢNG NINH", "*", "-----", "Nơi nhận:", "- Các huyện ủy;",
    ]  # fmt: skip
    framed, _texts = read(STYLES["headings in a frame, and a table of figures"][0])
    assert [one.text for one in framed.left_out] == ["1 | Số xã | xã"]


def test_an_outline_behind_a_plan_begins_at_its_title_and_deeper_headings_are_hints() -> None:
    texts = (
        "KẾ HOẠCH", "I- Mục đích", "1. Yêu cầu", "ĐỀ CƯƠNG BÁO CÁO", "I- Kết quả", "1. Đảng", "1.1. Kết nạp",
        "a) Số lượng", "PHỤ LỤC 1", "I- Biểu",
    )  # fmt: skip
    draft = outline_of_lines([OutlineLine(text) for text in texts], "a.docx")
    assert heads(draft) == [(1, "Kết quả"), (2, "Đảng"), (3, "Kết nạp")]
    assert draft.outline.parts[-1].hint == "a) Số lượng"
    left = [one.text for one in draft.left_out]
    assert left == ["KẾ HOẠCH", "I- Mục đích", "1. Yêu cầu", "PHỤ LỤC 1", "I- Biểu"]


# -- any tree, in any style --------------------------------------------------------------------------

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
SMALL = "abcdđegh"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
Sign = Callable[[Sequence[int]], str]
HALVES: tuple[tuple[str, Sign], ...] = (
    ("half", lambda at: f"Phần thứ {ORDINALS[at[-1]]}: "),
    ("half", lambda at: f"PHẦN {ROMANS[at[-1]]}. "),
    ("half", lambda at: f"Chương {ROMANS[at[-1]]} - "),
)
UPPER: tuple[tuple[str, Sign], ...] = (
    ("letter", lambda at: f"{'ABCDĐEGH'[at[-1]]}- "),
    ("letter", lambda at: f"{'ABCDEFGH'[at[-1]]}. "),
    ("roman", lambda at: f"{ROMANS[at[-1]]}- "),
    ("roman", lambda at: f"{ROMANS[at[-1]]}/ "),
    ("section", lambda at: f"Mục {ROMANS[at[-1]]}: "),
    ("section", lambda at: f"Mục {at[-1] + 1}. "),
)
LOWER: tuple[tuple[str, Sign], ...] = (
    ("decimal", lambda at: f"{at[-1] + 1}. "),
    ("decimal", lambda at: f"{at[-1] + 1}/ "),
    ("paren", lambda at: f"{at[-1] + 1}) "),
    ("paren", lambda at: f"({at[-1] + 1}) "),
    ("small", lambda at: f"{SMALL[at[-1]]}) "),
    ("small", lambda at: f"{'abcdefgh'[at[-1]]}. "),
    ("roman-small", lambda at: f"{ROMANS[at[-1]].lower()}) "),
    ("dotted", lambda at: ".".join(str(nth + 1) for nth in at[-2:]) + ". "),
)
TITLES = (
    "Tình hình",
    "KẾT QUẢ",
    "Công tác lãnh đạo",
    "Xây dựng Đảng",
    "5 năm thực hiện",
    "Đối thoại (2008)",
)


@dataclass(frozen=True)
class Node:
    title: str
    below: tuple[Node, ...] = ()


def trees(depth: int) -> st.SearchStrategy[tuple[Node, ...]]:
    """Up to seven headings, each with the same below, `depth` deep: an eighth small letter is "h", after
    which "i)" is a letter too."""
    titles = st.sampled_from(TITLES)
    if depth == 1:
        return st.lists(st.builds(Node, titles), min_size=1, max_size=7).map(tuple)
    below = st.one_of(st.just(()), trees(depth - 1))
    return st.lists(st.builds(Node, titles, below), min_size=1, max_size=7 if depth < 3 else 3).map(
        tuple
    )


def styles() -> list[tuple[Sign, ...]]:
    """Signs for each level: halves or none, then capitals, then small ones, each of another series."""
    found = []
    for half, upper, first, second in product(
        HALVES, (None, *UPPER), (None, *LOWER), (None, *LOWER)
    ):
        chain = [one for one in (upper, first, second) if one is not None]
        if len({kind for kind, _sign in chain}) < len(chain):
            continue
        # A number of two parts has one above it.
        if chain and chain[0][0] == "dotted":
            continue
        found.append(tuple(sign for _kind, sign in (half, *chain)))
        if chain:
            found.append(tuple(sign for _kind, sign in chain))
    return found


def walk(nodes: Sequence[Node], at: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], str]]:
    for nth, node in enumerate(nodes):
        yield (*at, nth), node.title
        yield from walk(node.below, (*at, nth))


@given(st.data())
@settings(max_examples=300)
def test_any_tree_in_any_consistent_style_comes_back_as_the_same_tree(data: st.DataObject) -> None:
    style = data.draw(st.sampled_from(styles()))
    nodes = data.draw(trees(min(len(style), DEEPEST)))
    told = [*walk(nodes)]
    texts = [f"{style[len(at) - 1](at)}{title}" for at, title in told]
    draft = outline_of_lines([OutlineLine(text) for text in texts], "a.docx")
    found = heads(draft)
    assert [title for _level, title in found] == [title for _at, title in told], texts
    top = found[0][0]
    assert [level - top for level, _title in found] == [len(at) - 1 for at, _title in told], texts
    assert draft.left_out == ()


FORMATS = {
    "upperRoman": ("upperRoman", "%{n}-"),
    "decimal": ("decimal", "%{n}."),
    "dotted": ("decimal", "%{up}.%{n}."),
    "lowerLetter": ("lowerLetter", "%{n})"),
    "paren": ("decimal", "%{n})"),
}


@given(trees(3), st.permutations(["decimal", "lowerLetter", "paren"]))
@settings(max_examples=15)
def test_any_tree_in_the_numbers_of_word_comes_back_as_the_same_tree(
    nodes: tuple[Node, ...], lower: list[str]
) -> None:
    def write(paper: DocxDocument) -> None:
        chosen = [FORMATS[one] for one in ("upperRoman", *lower)]
        numbered(paper, 91, [(f, t.format(n=n + 1, up=n)) for n, (f, t) in enumerate(chosen)])
        for at, title in walk(nodes):
            in_list(paper, title, 91, len(at) - 1)

    draft, _texts = read(write)
    assert heads(draft) == [(len(at), title) for at, title in walk(nodes)]
