"""A Word file read as it is seen: tracked changes accepted, split runs joined, each bookmark at its words."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from nqcore.analysis.readback import ReadDocument, read_document
from nqcore.analysis.readback.document import Mark, as_document
from nqcore.analysis.readback.word import read_word
from nqcore.files.incoming import FileRefused
from nqcore.files.incoming.refusals import Damaged, WrongKind
from tests.analysis.readback.word_files import W

Word = Callable[..., bytes]
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def read(word: Word, *paragraphs: str) -> ReadDocument:
    """The paragraphs, each `<w:p>` around what is given."""
    whole = (f'<w:p xmlns:w="{W}">{one}</w:p>' for one in paragraphs)
    return as_document(read_word(word(*whole)))


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>1.</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>310</w:t></w:r>", "1.310"),
        ("<w:r><w:t>cũ</w:t></w:r><w:del><w:r><w:delText> 12</w:delText></w:r></w:del>", "cũ"),
        ("<w:ins><w:r><w:t>13</w:t></w:r></w:ins><w:r><w:t> mới</w:t></w:r>", "13 mới"),
        ("<w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:r><w:t>ở lại</w:t></w:r>", "ở lại"),
        ("<w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo>", "đến"),
        ("<w:r><w:t>20</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r>", "20-NQ/TW"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        ("<w:smartTag><w:r><w:t>28</w:t></w:r></w:smartTag>", "28"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>28</w:t></w:r></w:sdtContent></w:sdt>", "28"),
        ("<w:hyperlink><w:r><w:t>28</w:t></w:r></w:hyperlink>", "28"),
        ("<w:fldSimple w:instr=' PAGE '><w:r><w:t>2</w:t></w:r></w:fldSimple>", "2"),
        ("<w:r><w:instrText> REF nq_1 </w:instrText></w:r><w:r><w:t>28</w:t></w:r>", "28"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r>", "hiện"),
        ("<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>", "²"),
        ("<w:r><w:commentReference w:id='1'/></w:r><w:r><w:t>28</w:t></w:r>", "28"),
        ("<w:r><w:t>88</w:t><w:sym w:font='Symbol' w:char='F036'/></w:r>", "886"),
        ("<w:r><w:sym w:font='Symbol' w:char='D800'/><w:sym/><w:t>x</w:t></w:r>", "x"),
        ("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>2</w:t></w:r></w:rt>"
         "<w:rubyBase><w:r><w:t>88</w:t></w:r></w:rubyBase></w:ruby></w:r>", "288"),
        ("<w:r><w:t>88\u200b6\ufeff</w:t></w:r>", "886"),
        ("<w:r><w:t>mie\u0302\u0300n</w:t></w:r>", "miền"),
    ],
)  # fmt: skip
def test_a_paragraph_is_read_as_it_is_seen(word: Word, inside: str, text: str) -> None:
    assert read(word, inside).paragraphs[0].text == text


def mark(name: str, inside: str) -> str:
    return f'<w:bookmarkStart w:id="7" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="7"/>'


def test_a_bookmark_holds_the_characters_between_its_ends(word: Word) -> None:
    number = mark("nq_1_abc", "<w:r><w:t>1.</w:t></w:r><w:r><w:t>310</w:t></w:r>")
    (one, *_) = read(
        word, f"<w:r><w:t>Có </w:t></w:r>{number}<w:r><w:t> người</w:t></w:r>"
    ).paragraphs
    assert one.marks == (Mark("nq_1_abc", 3, 8),)


def test_accents_that_are_composed_move_the_bookmarks_with_them(word: Word) -> None:
    number = mark("nq_1_abc", "<w:r><w:t>28</w:t></w:r>")
    (one, *_) = read(word, f"<w:r><w:t>mie\u0302\u0300n </w:t></w:r>{number}").paragraphs
    assert (one.text, one.marks) == ("miền 28", (Mark("nq_1_abc", 5, 7),))


def test_a_bookmark_of_which_an_end_was_deleted_is_read_or_left_out(word: Word) -> None:
    start, end = '<w:bookmarkStart w:id="7" w:name="x"/>', '<w:bookmarkEnd w:id="7"/>'
    run = "<w:r><w:t>28</w:t></w:r>"
    assert read(word, f"{start}{run}<w:del>{end}</w:del>").paragraphs[0].marks == (Mark("x", 0, 2),)
    assert read(word, f"{start}{run}").paragraphs[0].marks == ()
    assert read(word, f"{run}{end}").paragraphs[0].marks == ()
    two = read(word, f"{start}{run}", f"{run}{end}").paragraphs
    assert two[0].marks == (Mark("x", 0, 2),)


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(word: Word) -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    document = read(word, f"{gone}<w:r><w:t>Có 5 </w:t></w:r>", "<w:r><w:t>đơn vị</w:t></w:r>")
    assert document.paragraphs[0].text == "Có 5 đơn vị"
    assert document.deleted == 1


def test_a_text_box_is_read_once_and_beside_its_paragraph(word: Word) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>trong hộp 5</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(word, f"<w:r><w:t>Ngoài</w:t></w:r><w:r>{both}</w:r>")
    assert [(one.part, one.text) for one in document.paragraphs[:2]] == [
        ("text", "Ngoài"),
        ("box", "trong hộp 5"),
    ]


def test_the_notes_of_word_itself_are_read_with_their_bookmarks() -> None:
    """Footnotes that a clerk made in Word are in a part of their own; the lines above them are no notes."""
    document, out = docx.Document(), BytesIO()
    number = mark("nq_0_aaaaaaaaaaaaaaaa", "<w:r><w:t>28</w:t></w:r>")
    xml = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>99</w:t></w:r>'
        f'</w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t xml:space="preserve">Theo </w:t></w:r>'
        f"{number}<w:r><w:t> báo cáo.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    notes = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(notes, f"{LINKS}/footnotes")
    document.save(out)
    (note,) = as_document(read_word(out.getvalue())).paragraphs
    assert (note.part, note.text) == ("note", "Theo 28 báo cáo.")
    assert note.marks == (Mark("nq_0_aaaaaaaaaaaaaaaa", 5, 7),)


def test_cells_know_their_table_row_and_column_over_merged_ones() -> None:
    document, out = docx.Document(), BytesIO()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Chung"
    table.cell(0, 2).text = "c"
    table.cell(1, 1).text = "12"
    document.save(out)
    found = {
        (one.cell.row, one.cell.column): one.text
        for one in as_document(read_word(out.getvalue())).paragraphs
        if one.cell is not None
    }
    assert found[0, 0] == "Chung"
    assert found[0, 2] == "c"
    assert found[1, 1] == "12"


def test_a_file_from_outside_passes_the_gate() -> None:
    out = BytesIO()
    docx.Document().save(out)
    assert read_document(out.getvalue(), "a.docx").paragraphs == ()
    for data, name, error in [
        (out.getvalue(), "a.pdf", WrongKind),
        (b"PK\x03\x04" + b"0" * 50, "a.docx", FileRefused),
        (b"", "a.docx", FileRefused),
    ]:
        with pytest.raises(error):
            read_document(data, name)


def test_a_package_without_a_document_is_damaged() -> None:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/other.xml", "<x/>")
    with pytest.raises(Damaged):
        read_document(out.getvalue(), "a.docx")
