"""Errors of a report, or of the file that a layout wrote."""

from __future__ import annotations

from nqcore.errors import N_, NqError


class ReportError(NqError):
    """The report cannot be written, or the written file differs from the report."""

    code = "report"

    def __init__(self, **params: object) -> None:
        super().__init__(**params)


class RaggedTable(ReportError):
    """A row of a table has more or fewer cells than the table has columns."""

    code = "ragged-table"
    template = N_(
        "Table “{caption}”: row {row} has {cells} cells for {columns} columns. "
        "Correct whoever builds the report; nothing was written."
    )


class FigureLost(ReportError):
    """A figure of the report is not in the written file at its place, or not as often as it should be."""

    code = "figure-lost"
    template = N_(
        "The written file does not show the figure {figure} (“{written}”) as the report has it. "
        "It was not saved; the layout has a fault."
    )


class TextLost(ReportError):
    """Words of the report are not in the written file at their place."""

    code = "text-lost"
    template = N_(
        "The written file does not have the words “{text}” where the report has them. "
        "It was not saved; the layout has a fault."
    )


class CellTooLong(ReportError):
    """A text of a table is longer than a cell of a spreadsheet can hold."""

    code = "cell-too-long"
    template = N_(
        "The text “{beginning}…” has {length} characters, and a cell of a spreadsheet takes {limit}. "
        "Shorten it, or take another format."
    )


class NoLayout(ReportError):
    """A format is made of what another one writes, and the office has no such other one."""

    code = "no-layout"
    template = N_(
        "No plugin of this workspace writes {suffix}, of which this file is made. "
        "Add one to `plugins` in workspace.toml, for example nq_party_report."
    )


class ConverterMissing(ReportError):
    """The program that turns one file into another is not on this machine."""

    code = "converter-missing"
    template = N_(
        "{program} is not installed on this machine. Install it (on Debian: {package}), or take the Word "
        "document and save it as PDF in your own word processor."
    )


class ConversionFailed(ReportError):
    """The program that turns one file into another ended without a file."""

    code = "conversion-failed"
    template = N_(
        "LibreOffice made no PDF ({detail}). Try again; if it happens again, take the Word document and save "
        "it as PDF in your own word processor."
    )


class UnreadableDocument(ReportError):
    """The written file cannot be opened again."""

    code = "unreadable-document"
    template = N_("The written file cannot be opened again: {detail}. It was not saved.")
