"""What is wrong with a definition, for people who fill in a workbook: by columns, not as a definition file is
written."""

from __future__ import annotations

from dataclasses import replace

from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.catalogue.toml_table import IS_MISSING, UNKNOWN_KEY
from nqcore.errors import N_, Phrase, Words, in_a_row
from nqcore.workspace.content_files.columns import ContentColumn
from nqcore.workspace.content_files.rows import ReadRow


def for_people(wrong: ItemMistake, row: ReadRow, key: str) -> ItemMistake:
    """The mistake at its cell. `key`: that of its definition, as `row` has it."""
    detail, remedy = wrong.detail, wrong.remedy
    if _says(detail, IS_MISSING) and (column := _column(row, key)) is not None:
        heading = in_a_row(*map(Phrase, column.heading), between=" – ")
        remedy = Phrase(N_("fill in the column “{column}”"), {"column": heading})
    elif _says(detail, UNKNOWN_KEY):
        detail = Phrase(N_("does not belong to a row of this type"))
        remedy = Phrase(N_("clear this cell, or change the type"))
    elif isinstance(remedy, Phrase) and "in quotes" in str(remedy):
        remedy = Phrase(N_("write it as text"))
    return replace(wrong, detail=detail, remedy=remedy, where=row.place(key), in_cell=True)


def _says(words: Words, template: str) -> bool:
    return isinstance(words, Phrase) and words.template == template


def _column(row: ReadRow, key: str) -> ContentColumn | None:
    """The column of a key, or the first of what stands under it."""
    found = (one for one in row.of.columns if f"{one.key}.".startswith(f"{key}."))
    return next(found, None)
