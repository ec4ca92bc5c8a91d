"""What a press of a button fills in: zeros, the last period's figures, words in Unicode."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.validation import Typed
from nqcore.model.forms import FigureField
from nqcore.text.legacy_fonts import offer_unicode


def fill_boxes(
    sheet: EntrySheet, given: Mapping[str, Typed], values: Mapping[str, str]
) -> dict[str, Typed]:
    """`given` with `values` put into those number boxes that are empty, and nothing else touched."""
    full = dict(given)
    for row in sheet.rows:
        if isinstance(row.field, FigureField) and row.blank and row.key in values:
            full[row.key] = values[row.key]
    return full


def zeros(sheet: EntrySheet) -> dict[str, str]:
    """0 for every number box: *Ghi 0 vào các ô còn trống*."""
    return {row.key: "0" for row in sheet.rows if isinstance(row.field, FigureField)}


def last_values(sheet: EntrySheet) -> dict[str, str]:
    """The last period's figures: *Chép số kỳ trước vào các ô còn trống*."""
    return {row.key: row.last for row in sheet.rows if row.last}


def in_unicode(given: Mapping[str, Typed], key: str) -> dict[str, Typed]:
    """`given` with the narrative `key` in Unicode, if it was typed in an old font."""
    text = given.get(key)
    offered = offer_unicode(text) if isinstance(text, str) else None
    return {**given, key: offered} if offered is not None else dict(given)


def emptied(
    given: Mapping[str, Typed], keys: Collection[str], values: Mapping[str, str]
) -> dict[str, Typed]:
    """`given` without the `values` that a button put under `keys`: what was typed over them since
    stays."""
    undone = {key for key in keys if given.get(key) == values.get(key)}
    return {key: "" if key in undone else value for key, value in given.items()}


def newly_filled(before: EntrySheet, given: Mapping[str, Typed]) -> tuple[str, ...]:
    """The keys of the number boxes that are empty on the sheet and filled in `given`."""
    return tuple(
        row.key
        for row in before.rows
        if isinstance(row.field, FigureField) and row.blank and given.get(row.key)
    )
