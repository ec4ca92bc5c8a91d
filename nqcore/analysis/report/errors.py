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


class UnreadableDocument(ReportError):
    """The written file cannot be opened again."""

    code = "unreadable-document"
    template = N_("The written file cannot be opened again: {detail}. It was not saved.")
