"""Small .xlsx and .docx packages written by hand, and the hostile ones made from them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET = "xl/worksheets/sheet1.xml"
DOCUMENT = "word/document.xml"


def xlsx_parts(cells: str = '<c r="A1"><v>1</v></c>', before: str = "") -> dict[str, str]:
    """The parts of a workbook whose only sheet has `cells` in its first row."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_XLSX}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_XLSX}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        SHEET: f'{before}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row>'
        "</sheetData></worksheet>",
    }


def docx_parts(body: str = "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>", before: str = "") -> dict:
    """The parts of a document with that body."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{DOCUMENT}" ContentType="{_DOCX}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="{DOCUMENT}"/></Relationships>',
        DOCUMENT: f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def understated(data: bytes, name: str, size: int) -> bytes:
    """The package whose directory and entry say that `name` unpacks to only `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        true = struct.pack("<I", package.getinfo(name).file_size)
    return data.replace(true, struct.pack("<I", size))
