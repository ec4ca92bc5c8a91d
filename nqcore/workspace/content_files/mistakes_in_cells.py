"""What is wrong with a definition, for people who fill in a workbook: by columns, not as a definition file is
written."""

from __future__ import annotations

from dataclasses import replace

from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.errors import N_, Phrase, Words, in_a_row
from nqcore.workspace.content_files.columns import ContentColumn
from nqcore.workspace.content_files.rows import ReadRow

MISSING, UNKNOWN = "is missing", "is not a key that is known here"
"""The words of the two mistakes whose remedy is another one in a workbook."""


def for_people(wrong: ItemMistake, row: ReadRow, key: str) -> ItemMistake:
    """The mistake at its cell. `key`: that of its definition, as `row` has it."""
    detail, remedy = wrong.detail, wrong.remedy
    if _says(detail, MISSING) and (columns := _columns(row, key)):
        names = in_a_row(*map(_heading, columns[:1]), between=", ")
        remedy = Phrase(N_("fill in the column “{column}”"), {"column": names})
    elif _says(detail, UNKNOWN):
        detail = Phrase(N_("does not belong to a row of this type"))
        remedy = Phrase(N_("clear this cell, or change the type"))
    elif isinstance(remedy, Phrase) and "in quotes" in str(remedy):
        remedy = Phrase(N_("write it as text"))
    return replace(wrong, detail=detail, remedy=remedy, where=row.place(key), in_cell=True)


def _says(words: Words, template: str) -> bool:
    return isinstance(words, Phrase) and words.template == template


def _columns(row: ReadRow, key: str) -> list[ContentColumn]:
    """The columns of a key: one, or those of all that stands under it."""
    return [one for one in row.of.columns if one.key == key or one.key.startswith(f"{key}.")]


def _heading(column: ContentColumn) -> Phrase:
    return in_a_row(*map(Phrase, column.heading), between=" – ")
