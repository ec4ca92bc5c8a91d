"""What a button puts into the boxes of a form: zeros, the figures of the last period, a text in
Unicode. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.model.fields import Typed
from nqcore.text.old_encodings import find_misread

T = TypeVar("T")


def fill_empty_boxes(
    sheet: EntrySheet, given: Mapping[str, Typed], values: Mapping[str, str]
) -> dict[str, Typed]:
    """`given` (what was typed, by input name) with the `values` (by field key) in those number boxes
    that are empty. All other boxes stay as they are."""
    filled = dict(given)
    for row in sheet.rows:
        if row.indicator and row.blank and row.key in values:
            filled[row.key] = values[row.key]
    return filled


def zeros(sheet: EntrySheet) -> dict[str, str]:
    """ "0" for every number box, by field key: *Ghi 0 vào các ô còn trống*."""
    return {row.key: "0" for row in sheet.rows if row.indicator}


def last_values(sheet: EntrySheet) -> dict[str, str]:
    """The figures of the last period as they are typed, by field key: *Chép số kỳ trước vào các ô còn
    trống*."""
    return {row.key: row.before_typed for row in sheet.rows if row.before_typed}


def in_unicode(given: Mapping[str, T], key: str) -> dict[str, T | str]:
    """`given` with the text `key` converted to Unicode, if it is in an old encoding.

    >>> in_unicode({"N1": "Coâng ñoaøn cô sôû"}, "N1")
    {'N1': 'Công đoàn cơ sở'}
    """
    text = given.get(key)
    found = find_misread(text) if isinstance(text, str) else None
    if found is None or found.offered is None:
        return dict(given)
    return {**given, key: found.offered}


def without_filled(
    given: Mapping[str, Typed], keys: Collection[str], values: Mapping[str, str]
) -> dict[str, Typed]:
    """`given` without the `values` that a button has put into the boxes `keys`: the undo of the button.
    A box whose text the user has changed since stays as it is."""
    unchanged = {key for key in keys if given.get(key) == values.get(key)}
    return {key: "" if key in unchanged else value for key, value in given.items()}


def newly_filled(before: EntrySheet, given: Mapping[str, Typed]) -> tuple[str, ...]:
    """The keys of the number boxes that are empty on the sheet `before` and filled in `given`."""
    return tuple(
        row.key for row in before.rows if row.indicator and row.blank and given.get(row.key)
    )
