"""The named styles as XML: the part of the file that Word calls styles.xml."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from nqcore.analysis.report.docx.looks import BORDERS, Look, Rules, looks
from nqcore.analysis.report.docx.measures import half_points, twips, twips_mm
from nqcore.analysis.report.docx.profile import DocxProfile


def styles_xml(profile: DocxProfile, rules: Rules) -> str:
    """The defaults and all styles, as children of one ``w:styles``."""
    font, language = quoteattr(profile.font), quoteattr(profile.language)
    fonts = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
    size = _size(profile.body_size)
    return (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}"
        f"<w:lang w:val={language} w:eastAsia={language} w:bidi={language}/>"
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{_TABLES}{''.join(map(_style_xml, looks(profile, rules)))}</w:styles>"
    )


def _style_xml(look: Look) -> str:
    spacing = ""
    if look.line:
        spacing = f' w:line="{twips(look.line)}" w:lineRule="exact"'
    elif look.lines:
        spacing = f' w:line="{round(look.lines * 240)}" w:lineRule="auto"'
    paragraph = [
        "<w:keepNext/>" if look.keep_next else "",
        _borders(look),
        f'<w:spacing w:before="{twips(look.before)}" w:after="{twips(look.after)}"{spacing}/>',
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


def _borders(look: Look) -> str:
    line = 'w:val="single" w:sz="6" w:space="1" w:color="auto"'
    if look.rule_sides_mm:
        return f"<w:pBdr><w:top {line}/></w:pBdr>"
    if look.boxed:
        sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right"))
        return f"<w:pBdr>{sides}</w:pBdr>"
    return ""


def _indents(look: Look) -> str:
    sides = twips_mm(look.rule_sides_mm)
    if sides:
        return f'<w:ind w:left="{sides}" w:right="{sides}"/>'
    if look.left_mm:
        return f'<w:ind w:left="{twips_mm(look.left_mm)}"/>'
    return f'<w:ind w:firstLine="{twips_mm(look.first_line_mm)}"/>' if look.first_line_mm else ""


def _size(points: float) -> str:
    size = half_points(points)
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


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
