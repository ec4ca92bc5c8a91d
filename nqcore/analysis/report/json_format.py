"""The format "json": the whole neutral report, with every figure's address and coverage.

A number of a paragraph or table has the name of its anchor, that of its bookmark in a .docx.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.blocks import numbered
from nqcore.analysis.report.docx.paper_words import seal_words
from nqcore.analysis.report.notes import cell_text, paragraph_notes, table_notes
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.catalogue.contracts import Names
from nqcore.errors import say
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure, ReportRef, reason_text
from nqcore.model.findings import Difference, FigureRef, Piece, Text, TiedNumber, UnitNames
from nqcore.model.reports import Block, Cell, Heading, Paragraph, Report
from nqcore.text.messages import translator
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
        plain = _printable(as_json(report, names))
        text = json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
        return (text + "\n").encode()


def _printable(value: Json) -> Json:
    """The value without a character that no file can have, also in ids and codes."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_printable(inner) for inner in value]
    return value


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
        "seal_line": seal_words(report),
        "number": printable(report.number),
        "to": [printable(line) for line in report.to],
        "edition": printable(report.edition),
        "outline": printable(report.outline),
        "remarks": [
            printable(say("{remark}", {"remark": one}, translator("vi"))) for one in report.remarks
        ],
        "body": _blocks(report.body, report.edition, names),
        "appendix": _blocks(report.appendix, report.edition, names),
    }


def _blocks(blocks: Sequence[Block], edition: str, names: Names) -> list[Json]:
    return [
        _block(number, block, _Anchors(block, edition), names) for number, block in numbered(blocks)
    ]


class _Anchors:
    """The names of the anchors of a block, by the place of the number."""

    def __init__(self, block: Block, edition: str) -> None:
        self._names = {one.place: one.name for one in block_anchors(block, edition)}

    def at(self, *place: int) -> dict[str, Json]:
        """The member with the name; nothing where there are only words."""
        return {"anchor": self._names[place]} if place in self._names else {}


def _block(number: str, block: Block, anchors: _Anchors, names: Names) -> dict[str, Json]:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "block": printable(block.block),
            "level": block.level,
            "number": number,
            "text": printable(block.text),
        }
    if isinstance(block, Paragraph):
        return {
            "kind": "paragraph",
            "block": printable(block.block),
            "own": block.own,
            "label": printable(block.label),
            "finding": block.finding,
            "beside": list(block.beside),
            "note": block.note,
            "text": sentence_text(block.sentence),
            "pieces": [
                {**_piece(piece), **anchors.at(nth)} for nth, piece in enumerate(block.sentence)
            ],
            "claims": [_claim(claim) for claim in block.claims],
            "notes": list(paragraph_notes(block)),
        }
    return {
        "kind": "table",
        "block": printable(block.block),
        "caption": printable(block.caption),
        "columns": [printable(title) for title in block.columns],
        "sections": list(block.sections),
        "wide": block.wide,
        "rows": [
            [_cell(cell, anchors.at(nth, place)) for place, cell in enumerate(row)]
            for nth, row in enumerate(block.rows)
        ],
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


def _cell(cell: Cell, anchor: Mapping[str, Json]) -> Json:
    if isinstance(cell, str):
        return cell_text(cell)
    piece = cell if isinstance(cell, TiedNumber) else FigureRef(cell)
    return {**_piece(piece), **anchor}


def _claim(claim: Claim) -> dict[str, Json]:
    """What the words of a paragraph say; its figures by their ids."""
    return {
        "relation": claim.relation.value,
        "subject": claim.subject,
        "unit": claim.unit,
        "scope": claim.scope.text,
        "start": claim.start.isoformat(),
        "end": claim.end.isoformat(),
        "values": [figure.id for figure in claim.values],
        "like_for_like": [figure.id for figure in claim.like_for_like],
        "what": claim.what.value if claim.what else None,
        "codes": list(claim.codes),
        "units": list(claim.units),
        "among": list(claim.among),
        "target": claim.target,
    }


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
