"""What a button puts into the boxes of a form: zeros, the figures of the last period, a narrative in
Unicode. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.model.fields import Typed
from nqcore.text.legacy_fonts import offer_unicode


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


def narrative_in_unicode(given: Mapping[str, Typed], key: str) -> dict[str, Typed]:
    """`given` with the narrative `key` converted to Unicode, if it was typed in an old font (TCVN3)."""
    text = given.get(key)
    offered = offer_unicode(text) if isinstance(text, str) else None
    return {**given, key: offered} if offered is not None else dict(given)


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
