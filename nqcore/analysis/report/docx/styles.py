"""The named styles of the document: every visible part has one, so that staff can change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from nqcore.analysis.report.docx.profile import DocxProfile

SUPERIOR = "Cơ quan cấp trên"
BODY = "Cơ quan ban hành"
STAR = "Dấu sao"
NUMBER = "Số và ký hiệu"
MOTTO = "Tiêu đề Đảng"
MOTTO_RULE = "Gạch dưới tiêu đề"
PLACE_DATE = "Địa danh và ngày tháng"
TYPE = "Tên loại văn bản"
SUBJECT = "Trích yếu"
SUBJECT_RULE = "Gạch dưới trích yếu"
TEXT = "Nội dung"
PART = "Heading 1"
HEADING = "Heading 2"
NOTE = "Ghi chú"
AUTHORITY = "Thể thức đề ký"
POST = "Chức vụ người ký"
SIGNER = "Họ tên người ký"
RECIPIENTS = "Nơi nhận"
RECIPIENT = "Dòng nơi nhận"
APPENDIX = "Phụ lục"
APPENDIX_LINE = "Kèm theo"
CAPTION = "Caption"
CELL = "Bảng chữ"
CELL_NUMBER = "Bảng số"
CELL_CENTRED = "Bảng giữa"
CELL_HEAD = "Bảng đầu cột"
CELL_PART = "Bảng tên mục"
PAGE_NUMBER = "Header"
BREAK = "Ngắt phần"
BORDERS = "Table Grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One paragraph style. `line` 0 is single spacing, another number exactly that many points. With
    `rule_sides_mm` the paragraph is a horizontal line with that much space on both sides."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    first_line_mm: float = 0
    rule_sides_mm: float = 0
    before: float = 0
    after: float = 0
    line: float = 0
    keep_next: bool = False
    outline: int | None = None
    follow: str = "NqText"


def looks(profile: DocxProfile) -> Iterator[Look]:
    """Every paragraph style but "Normal"."""
    head, text, table = profile.head_size, profile.body_size, profile.table_size
    right_mm = profile.page_mm[0] - profile.margins.left - profile.margins.right
    sides = (right_mm - profile.head_left_mm - profile.rule_mm) / 2
    yield Look(id="NqSuperior", name=SUPERIOR, size=head, align="center")
    yield Look(id="NqBody", name=BODY, size=head, bold=True, align="center")
    yield Look(id="NqStar", name=STAR, size=head, align="center")
    yield Look(id="NqNumber", name=NUMBER, size=head, align="center")
    yield Look(id="NqMotto", name=MOTTO, size=profile.motto_size, bold=True, align="center")
    yield Look(id="NqMottoRule", name=MOTTO_RULE, size=2, line=2, rule_sides_mm=sides, before=1)
    yield Look(
        id="NqPlaceDate", name=PLACE_DATE, size=profile.date_size, italic=True, align="center"
    )
    yield Look(
        id="NqType",
        name=TYPE,
        size=profile.type_size,
        bold=True,
        align="center",
        before=24,
        keep_next=True,
        follow="NqSubject",
    )
    yield Look(
        id="NqSubject",
        name=SUBJECT,
        size=profile.subject_size,
        bold=True,
        align="center",
        keep_next=True,
    )
    yield Look(
        id="NqSubjectRule",
        name=SUBJECT_RULE,
        size=profile.subject_size,
        bold=True,
        align="center",
        after=6,
        keep_next=True,
    )
    running = Look(
        id="NqText",
        name=TEXT,
        size=text,
        align="both",
        first_line_mm=profile.first_line_mm,
        before=profile.before_paragraph,
        line=profile.line_spacing,
    )
    yield running
    yield replace(running, id="Heading1", name=PART, bold=True, keep_next=True, outline=0)
    yield replace(running, id="Heading2", name=HEADING, bold=True, keep_next=True, outline=1)
    yield Look(id="NqNote", name=NOTE, size=table, italic=True, before=3, align="both")
    yield Look(
        id="NqAuthority",
        name=AUTHORITY,
        size=profile.sign_size,
        bold=True,
        align="center",
        before=18,
    )
    yield Look(id="NqPost", name=POST, size=profile.sign_size, align="center")
    yield Look(
        id="NqSigner",
        name=SIGNER,
        size=profile.sign_size,
        bold=True,
        align="center",
        before=profile.sign_gap,
    )
    yield Look(
        id="NqRecipients",
        name=RECIPIENTS,
        size=profile.recipients_title_size,
        underline=True,
        before=18,
        follow="NqRecipient",
    )
    yield Look(id="NqRecipient", name=RECIPIENT, size=profile.recipients_size, follow="NqRecipient")
    yield Look(
        id="NqAppendix",
        name=APPENDIX,
        size=text,
        bold=True,
        align="center",
        after=6,
        keep_next=True,
        outline=0,
    )
    yield Look(
        id="NqAppendixLine",
        name=APPENDIX_LINE,
        size=text,
        italic=True,
        align="center",
        after=6,
        keep_next=True,
    )
    yield Look(
        id="Caption",
        name=CAPTION,
        size=table,
        bold=True,
        align="center",
        before=9,
        after=3,
        keep_next=True,
    )
    yield Look(id="NqCell", name=CELL, size=table, before=1.5, after=1.5, follow="NqCell")
    for id, name, align in (
        ("NqCellNumber", CELL_NUMBER, "right"),
        ("NqCellCentred", CELL_CENTRED, "center"),
    ):
        yield Look(id=id, name=name, size=table, align=align, before=1.5, after=1.5, follow=id)
    yield Look(
        id="NqCellPart",
        name=CELL_PART,
        size=table,
        bold=True,
        before=1.5,
        after=1.5,
        keep_next=True,
        follow="NqCell",
    )
    yield Look(
        id="NqCellHead",
        name=CELL_HEAD,
        size=table,
        bold=True,
        align="center",
        before=1.5,
        after=1.5,
        keep_next=True,
        follow="NqCell",
    )
    yield Look(
        id="Header",
        name=PAGE_NUMBER,
        size=profile.page_number_size,
        align="center",
        follow="Header",
    )
    yield Look(id="NqBreak", name=BREAK, size=1, line=1)


def styles_xml(profile: DocxProfile) -> str:
    """The defaults and all styles, as children of one ``w:styles``."""
    font, language = quoteattr(profile.font), quoteattr(profile.language)
    fonts = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
    size = _size(profile.body_size)
    return (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}"
        f"<w:lang w:val={language} w:eastAsia={language} w:bidi={language}/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{_TABLES}{''.join(map(_style_xml, looks(profile)))}</w:styles>"
    )


def _style_xml(look: Look) -> str:
    exact = f' w:line="{_twips(look.line)}" w:lineRule="exact"'
    paragraph = [
        "<w:keepNext/>" if look.keep_next else "",
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        if look.rule_sides_mm
        else "",
        f'<w:spacing w:before="{_twips(look.before)}" w:after="{_twips(look.after)}"'
        f"{exact if look.line else ''}/>",
        _indents(look),
        f'<w:jc w:val="{look.align}"/>',
        "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>',
    ]
    letters = [
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        _size(look.size),
        '<w:u w:val="single"/>' if look.underline else "",
    ]
    custom, name = ("", look.name.lower()) if look.name.isascii() else (_CUSTOM, look.name)
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{look.id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{look.follow}"/><w:qFormat/>'
        f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(letters)}</w:rPr></w:style>"
    )


def _indents(look: Look) -> str:
    if look.rule_sides_mm:
        sides = _twips_mm(look.rule_sides_mm)
        return f'<w:ind w:left="{sides}" w:right="{sides}"/>'
    return f'<w:ind w:firstLine="{_twips_mm(look.first_line_mm)}"/>' if look.first_line_mm else ""


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(points * 20)


def _twips_mm(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


_CUSTOM = (
    ' w:customStyle="1"'  # the built-in styles of Word have English names, the others are custom
)

_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)

_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    f'<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="{BORDERS}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr>'
    f"<w:tblBorders>{_EDGES}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
