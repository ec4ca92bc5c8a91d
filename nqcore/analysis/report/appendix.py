"""The whole annex of a review: the tables that its outline has, numbered where there are several.

Figures by time (`annex`), by unit (`unit_table`), documents (`document_list`), tasks (`task_table`), and the
units that a sentence names in part only (`unit_lists`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.annex import annex
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.document_list import document_list
from nqcore.analysis.report.task_table import task_table
from nqcore.analysis.report.unit_table import unit_table
from nqcore.model.outlines import AnnexKind
from nqcore.model.reports import Table
from nqcore.progress import Progress


def appendix(
    review: Review,
    kinds: Iterable[AnnexKind],
    citations: Citations,
    today: date,
    progress: Progress,
    lists: Iterable[Table] = (),
) -> tuple[Table, ...]:
    """The tables of these kinds, in their order, of the report dated `today`; `lists` are the lists of units
    that its text leaves out."""
    makers: Mapping[AnnexKind, Callable[[], Iterable[Table]]] = {
        AnnexKind.FIGURES: lambda: annex(review, citations, progress),
        AnnexKind.BY_UNIT: lambda: unit_table(review, progress),
        AnnexKind.DOCUMENTS: lambda: document_list(review),
        AnnexKind.TASKS: lambda: task_table(review),
        AnnexKind.UNITS: lambda: lists,
    }
    return numbered_tables(tuple(table for kind in kinds for table in makers[kind]()))


def numbered_tables(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables with "Biểu 1. ", "Biểu 2. " before their captions; a single one stays as it is."""
    if len(tables) < 2:
        return tables
    return tuple(
        replace(table, caption=f"Biểu {nth}. {table.caption}")
        for nth, table in enumerate(tables, 1)
    )
