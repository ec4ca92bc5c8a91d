"""The file around the page: styles, language, properties, and bytes that do not change.

Import lazily, like `page`.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.docx.styles import styles_xml
from nqcore.model.reports import Report
from nqcore.text.printable import printable

_EARLIEST_ZIP = date(1980, 1, 1)
_NOT_OURS = ("/thumbnail", "/stylesWithEffects", "/customXml")


def prepare(document: DocxDocument, report: Report, profile: DocxProfile) -> None:
    """Replace what the template of python-docx contains (English, its styles, its author)."""
    _set_styles(document, profile)
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


def _set_styles(document: DocxDocument, profile: DocxProfile) -> None:
    ours = parse_xml(styles_xml(profile))
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


def packed(document: DocxDocument, day: date) -> bytes:
    """The bytes of the file, with `day` as every time in it: the same document gives the same bytes."""
    plain = BytesIO()
    document.save(plain)
    day = max(day, _EARLIEST_ZIP)
    made = BytesIO()
    with ZipFile(plain) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # the same on every operating system
            target.writestr(entry, source.read(name))
    return made.getvalue()
