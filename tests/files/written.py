"""Writes the XML of a filled template by hand, cell by cell: nothing of the product and no library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as it is written. `type`: n, s, inlineStr, str, b, e, d; `value`: the text of its value; `code`:
    its number format; `runs`: the runs of a rich text, each with "", "superscript", "subscript" or
    "strike"; `formula`: the attributes of its formula, None for none."""

    type: str = "n"
    value: str = ""
    code: str = "General"
    runs: tuple[tuple[str, str], ...] = ()
    formula: str | None = None


@dataclass(slots=True)
class Book:
    """A workbook with one sheet. `cells` by reference ("E7")."""

    cells: dict[tuple[int, str], Raw] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    def packed(self) -> bytes:
        """The bytes of the .xlsx."""
        codes = sorted({raw.code for raw in self.cells.values()} | {"General"})
        texts: list[str] = []
        sheet = self._sheet(codes, texts)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in (
                ("[Content_Types].xml", _types()),
                ("_rels/.rels", _rels((("officeDocument", "xl/workbook.xml"),))),
                ("xl/workbook.xml", _WORKBOOK),
                ("xl/_rels/workbook.xml.rels", _rels(_SHARED)),
                ("xl/styles.xml", _styles(codes)),
                ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>'),
                ("xl/worksheets/sheet1.xml", sheet),
            ):
                package.writestr(name, text)
        return out.getvalue()

    def _sheet(self, codes: Sequence[str], texts: list[str]) -> str:
        style = {code: nth for nth, code in enumerate(codes)}
        rows: dict[int, list[str]] = {}
        for (row, column), raw in sorted(self.cells.items()):
            written = _cell(f"{column}{row}", raw, style[raw.code], texts)
            rows.setdefault(row, []).append(written)
        body = "".join(
            f'<row r="{row}"{" hidden=" + quoteattr("1") if row in self.hidden_rows else ""}>'
            f"{''.join(cells)}</row>"
            for row, cells in sorted(rows.items())
        )
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in self.merged)
        tail = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{tail}</worksheet>'


_SHARED = (
    ("worksheet", "worksheets/sheet1.xml"),
    ("styles", "styles.xml"),
    ("sharedStrings", "sharedStrings.xml"),
)
_WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Báo cáo" sheetId="1" r:id="r0"/></sheets></workbook>'
)


def _types() -> str:
    parts = (
        ("xl/workbook.xml", "sheet.main"),
        ("xl/worksheets/sheet1.xml", "worksheet"),
        ("xl/styles.xml", "styles"),
        ("xl/sharedStrings.xml", "sharedStrings"),
    )
    named = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in parts
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    return f'<Types xmlns="{TYPES}">{default}{named}</Types>'


def _rels(links: Sequence[tuple[str, str]]) -> str:
    named = "".join(
        f'<Relationship Id="r{nth}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for nth, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{RELS}">{named}</Relationships>'


def _styles(codes: Sequence[str]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + nth}" formatCode={quoteattr(code)}/>'
        for nth, code in enumerate(codes)
    )
    styles = "".join(f'<xf numFmtId="{164 + nth}"/>' for nth in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>'
        "</styleSheet>"
    )


def _run(text: str, look: str) -> str:
    properties = ""
    if look == "strike":
        properties = "<rPr><strike/></rPr>"
    elif look:
        properties = f'<rPr><vertAlign val="{look}"/></rPr>'
    return f'<r>{properties}<t xml:space="preserve">{escape(text)}</t></r>'


def _cell(at: str, raw: Raw, style: int, texts: list[str]) -> str:
    formula = "" if raw.formula is None else f"<f{raw.formula}>1+1</f>"
    head = f'<c r="{at}" s="{style}"'
    content = "".join(_run(*run) for run in raw.runs) or (
        f'<t xml:space="preserve">{escape(raw.value)}</t>'
    )
    if raw.type == "s":
        texts.append(f"<si>{content}</si>")
        return f'{head} t="s">{formula}<v>{len(texts) - 1}</v></c>'
    if raw.type == "inlineStr":
        return f'{head} t="inlineStr">{formula}<is>{content}</is></c>'
    kind = "" if raw.type == "n" else f' t="{raw.type}"'
    value = f"<v>{escape(raw.value)}</v>" if raw.value or raw.type != "n" else ""
    return f"{head}{kind}>{formula}{value}</c>"
