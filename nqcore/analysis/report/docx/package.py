"""The file around the page: styles, language, properties, and bytes that do not change.

Imports python-docx: import this lazily.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from nqcore.analysis.report.docx.page import body_xml, rules_of
from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.docx.styles import styles_xml
from nqcore.analysis.report.docx.words import NAMESPACES
from nqcore.catalogue.api_version import API_VERSION
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report
from nqcore.text.printable import printable

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = "word/document.xml"
_EARLIEST_ZIP = date(1980, 1, 1)
_NOT_OURS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_CUSTOM_PROPERTIES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_HEADER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_PAGE_NUMBER = f'<w:fldSimple {NAMESPACES} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
"""The number of the page, which Word counts when it shows the document."""


def packed(report: Report, names: Names, profile: DocxProfile) -> bytes:
    """The bytes of the file, with the date of the report as every time in it: the same report gives the same
    bytes."""
    document = Document()
    _prepare(document, report, profile)
    header = document.sections[0].header
    header.paragraphs[0].style = document.styles["Header"]
    header.paragraphs[0]._p.append(parse_xml(_PAGE_NUMBER))
    id = document.part.relate_to(header.part, _HEADER)
    body = f"<w:document {NAMESPACES}><w:body>{body_xml(report, names, profile, id)}</w:body></w:document>"
    return _zipped(document, f"{_XML}{body}".encode(), report.date)


def _prepare(document: DocxDocument, report: Report, profile: DocxProfile) -> None:
    """Replace what the template of python-docx contains (English, its styles, its author)."""
    _set_styles(document, report, profile)
    _set_language(document, profile)
    for relations in (document.part.package.rels, document.part.rels):
        for id in [i for i, r in relations.items() if r.reltype.endswith(_NOT_OURS)]:
            del relations[id]
    properties = document.core_properties
    properties.title = printable(f"{report.type} {report.title}")[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = profile.language
    properties.identifier = printable(report.seal)[:255]
    properties.created = properties.modified = datetime(
        report.date.year, report.date.month, report.date.day
    )
    properties.revision = 1
    _set_custom_properties(document, report)


def _set_styles(document: DocxDocument, report: Report, profile: DocxProfile) -> None:
    ours = parse_xml(styles_xml(profile, rules_of(report, profile)))
    element = document.styles.element
    for child in [c for c in element if c.tag in (qn("w:style"), qn("w:docDefaults"))]:
        element.remove(child)
    defaults, *rest = list(ours)
    element.insert(0, defaults)
    element.extend(rest)


def _set_language(document: DocxDocument, profile: DocxProfile) -> None:
    settings = document.settings.element
    for tag, value in (
        ("w:themeFontLang", profile.language),
        ("w:decimalSymbol", ","),
        ("w:listSeparator", ";"),
    ):
        for element in settings.iter(qn(tag)):
            element.set(qn("w:val"), value)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it in compatibility mode of 2010


def _set_custom_properties(document: DocxDocument, report: Report) -> None:
    """Of which review and which figures the file is, for programs that read it back."""
    package = document.part.package
    part = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        custom_properties(report).encode(),
        package,
    )
    package.relate_to(part, _CUSTOM_PROPERTIES)


def custom_properties(report: Report) -> str:
    """The custom properties of the file, as XML."""
    values = {
        "nq.directive": report.directive,
        "nq.unit": report.unit,
        "nq.span": report.period,
        "nq.boundaries": report.boundaries,
        "nq.as-of": report.as_of.isoformat() if report.as_of else "",
        "nq.made": report.made.isoformat() if report.made else "",
        "nq.outline": report.outline,
        "nq.edition": report.edition,
        "nq.seal": report.seal,
        "nq.api": API_VERSION,
    }
    each = "".join(
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
        f"pid={quoteattr(str(id))} name={quoteattr(name)}>"
        f"<vt:lpwstr>{escape(printable(value))}</vt:lpwstr></property>"
        for id, (name, value) in enumerate(values.items(), 2)  # 0 and 1 are not for properties
    )
    return (
        f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{each}</Properties>"
    )


def _zipped(document: DocxDocument, body: bytes, day: date) -> bytes:
    """The file of the document, with `body` for the empty one of the template."""
    plain = BytesIO()
    document.save(plain)
    day = max(day, _EARLIEST_ZIP)
    made = BytesIO()
    with ZipFile(plain) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # the same on every operating system
            target.writestr(entry, body if name == _BODY else source.read(name))
    return made.getvalue()
