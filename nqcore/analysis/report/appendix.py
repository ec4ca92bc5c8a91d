"""The whole annex of a review: its tables in their order, numbered where there are several.

Figures by time (`annex`), by unit (`unit_table`), documents (`document_list`), tasks (`task_table`), and the
units that a sentence names in part only (`unit_lists`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.document_list import document_list
from nqcore.analysis.report.task_table import task_table
from nqcore.analysis.report.unit_table import unit_table
from nqcore.model.reports import Table
from nqcore.progress import Progress


def appendix(
    review: Review,
    citations: Citations,
    today: date,
    progress: Progress,
    lists: Iterable[Table] = (),
) -> tuple[Table, ...]:
    """The tables of the report dated `today`; `lists` are the lists of units that its text leaves out."""
    return numbered_tables(
        (
            *annex(review, citations, progress),
            *unit_table(review, progress),
            *document_list(review),
            *task_table(review, today),
            *lists,
        )
    )


def numbered_tables(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables with "Biểu 1. ", "Biểu 2. " before their captions; a single one stays as it is."""
    if len(tables) < 2:
        return tables
    return tuple(
        replace(table, caption=f"Biểu {nth}. {table.caption}")
        for nth, table in enumerate(tables, 1)
    )
