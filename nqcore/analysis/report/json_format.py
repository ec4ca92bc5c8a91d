"""The format "json": the whole neutral report, with every figure's address and coverage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from nqcore.analysis.report.blocks import numbered
from nqcore.analysis.report.notes import cell_text, paragraph_notes, table_notes
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Figure, ReportRef, reason_text
from nqcore.model.findings import Difference, FigureRef, Piece, Text, TiedNumber, UnitNames
from nqcore.model.reports import Block, Heading, Paragraph, Report
from nqcore.text.numbers import canonical
from nqcore.text.printable import printable

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

VERSION = 1


class JsonFormat:
    """Writes the report as JSON in UTF-8, for programs."""

    name = "json"
    title = "JSON"
    suffix = ".json"
    media_type = "application/json"

    def write(self, report: Report, names: Names) -> bytes:
        """The file: `as_json`, indented by two spaces, with a line end."""
        text = json.dumps(as_json(report, names), ensure_ascii=False, indent=2, allow_nan=False)
        return (text + "\n").encode()


def as_json(report: Report, names: Names) -> dict[str, Json]:
    """The report as JSON values; a figure's `value` is an exact decimal in a string, or None."""
    head = report.letterhead
    return {
        "version": VERSION,
        "directive": printable(report.directive),
        "unit": printable(report.unit),
        "period": printable(report.period),
        "type": printable(report.type),
        "title": printable(report.title),
        "date": report.date.isoformat(),
        "letterhead": {
            "superior": printable(head.superior),
            "body": printable(head.body),
            "place": printable(head.place),
            "symbol": printable(head.symbol),
            "authority": printable(head.authority),
            "post": printable(head.post),
            "signer": printable(head.signer),
            "recipients": [printable(recipient) for recipient in head.recipients],
        },
        "coverage": printable(report.coverage),
        "boundaries": report.boundaries,
        "seal": printable(report.seal),
        "remarks": [printable(remark) for remark in report.remarks],
        "body": [_block(number, block, names) for number, block in numbered(report.body)],
        "appendix": [_block(number, block, names) for number, block in numbered(report.appendix)],
    }


def _block(number: str, block: Block, names: Names) -> dict[str, Json]:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level,
            "number": number,
            "text": printable(block.text),
        }
    if isinstance(block, Paragraph):
        return {
            "kind": "paragraph",
            "label": printable(block.label),
            "finding": block.finding,
            "beside": list(block.beside),
            "note": block.note,
            "text": sentence_text(block.sentence),
            "pieces": [_piece(piece) for piece in block.sentence],
            "notes": list(paragraph_notes(block)),
        }
    return {
        "kind": "table",
        "caption": printable(block.caption),
        "columns": [printable(title) for title in block.columns],
        "rows": [[_cell(cell) for cell in row] for row in block.rows],
        "notes": list(table_notes(block, names)),
    }


def _piece(piece: Piece) -> dict[str, Json]:
    if isinstance(piece, Text):
        return {"kind": "words", "text": text_of(piece)}
    if isinstance(piece, FigureRef):
        return _figure(piece.figure)
    if isinstance(piece, TiedNumber):
        return {"kind": "tied", "written": text_of(piece), "how": piece.how, "of": list(piece.of)}
    if isinstance(piece, Difference):
        return {
            "kind": "difference",
            "written": text_of(piece),
            "before": piece.before.id,
            "now": piece.now.id,
        }
    if isinstance(piece, UnitNames):
        return {
            "kind": "names",
            "written": text_of(piece),
            "units": list(piece.units),
            "names": [printable(name) for name in piece.names],
        }
    return {
        "kind": "counted",
        "id": piece.id,
        "written": text_of(piece),
        "count": len(piece.units),
        "units": list(piece.units),
        "among": list(piece.among),
        "share": piece.share,
    }


def _cell(cell: str | Figure) -> Json:
    return cell_text(cell) if isinstance(cell, str) else _figure(cell)


def _figure(figure: Figure) -> dict[str, Json]:
    coverage = figure.coverage
    return {
        "kind": "figure",
        "id": figure.id,
        "indicator": figure.indicator,
        "unit": figure.unit,
        "period": figure.period,
        "value": None if figure.value is None else canonical(figure.value),
        "written": figure_text(figure),
        "decimals": figure.decimals,
        "measure": printable(figure.measure),
        "reason": None if figure.value is not None else _reason(figure),
        "boundaries": figure.boundaries,
        "version": figure.version.isoformat() if figure.version else None,
        "own": figure.own,
        "coverage": {
            "due": coverage.due,
            "reported": coverage.reported,
            "complete": coverage.complete,
            "missing": _parts(coverage.missing),
            "not_applicable": coverage.not_applicable,
            "carried": _parts(coverage.carried),
            "estimated": _parts(coverage.estimated),
            "apart": _parts(coverage.apart),
            "kept": _parts(coverage.kept),
        },
    }


def _reason(figure: Figure) -> dict[str, Json]:
    code = "no-value" if figure.reason is None else figure.reason.code
    return {"code": code, "text": reason_text(figure.reason)}


def _parts(parts: Sequence[ReportRef]) -> list[Json]:
    return [{"unit": part.unit, "period": part.period} for part in parts]
