"""Answers that a change would make vanish: what was asked and answered stays asked in its time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from nqcore.catalogue import Catalogue
from nqcore.catalogue.item_kinds import Item
from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.collection.context import Context
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.periods import Period
from nqcore.model.submissions import Revision
from nqcore.text.dates import write_date


def vanishing(before: Context, after: Context, changed: Iterable[Item]) -> Iterator[ItemMistake]:
    """For each changed item: that reports have answered what would not be asked of them any more."""
    items = tuple(changed)
    forms = {form for item in items for form in _forms_of(before.catalogue, item)}
    lost: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for revision in before.repository.newest_revisions() if forms else ():
        if revision.form in forms and revision.form in before.catalogue.forms:
            _note(before, after, revision, lost)
    for item in items:
        places = {place for place in lost if _concerns(before.catalogue, item, place)}
        if places:
            periods = [period for place in places for period in lost[place]]
            last = max(periods, key=lambda period: period.end)
            yield ItemMistake(
                kind=item.kind,
                id=item.id,
                key=_key_of(item),
                detail=Phrase(
                    N_("would take {count} answers out of the figures, the last one of {period}"),
                    {"count": len(periods), "period": last.code},
                ),
                remedy=Phrase(N_("choose a day after {day}"), {"day": write_date(last.end)}),
            )


def _note(
    before: Context,
    after: Context,
    revision: Revision,
    lost: dict[tuple[str, str], list[Period]],
) -> None:
    """Add the answers of one report that would not be asked any more."""
    was, now = before.catalogue, after.catalogue
    form, later = was.forms[revision.form], now.forms.get(revision.form)
    if revision.unit not in was.units:
        return
    try:
        period = before.obligations.period(form, revision.period)
    except UnknownName:  # of a calendar that is gone
        return
    unit = was.units.state(revision.unit, period.end)
    still = {} if later is None else {field.key: field for field in later.fields}
    for field in form.fields:
        if field.key in revision.answers and was.is_asked(form, field, unit, period.end):
            other = still.get(field.key)
            if later is None or other is None or not now.is_asked(later, other, unit, period.end):
                lost[form.id, field.key].append(period)


def _forms_of(catalogue: Catalogue, item: Item) -> Iterator[str]:
    """The forms whose questions the item decides on."""
    value = item.value
    if item.kind == "form":
        yield value.id
    elif item.kind in ("section", "question"):
        yield value.form
    elif item.kind == "overlay" and value.leaves_out:
        yield value.of
    elif item.kind == "indicator" and value.code in catalogue.typed_in:
        yield catalogue.typed_in[value.code][0].id


def _concerns(catalogue: Catalogue, item: Item, place: tuple[str, str]) -> bool:
    """Whether the item decides on that field of that form."""
    form, key = place
    if form not in _forms_of(catalogue, item):
        return False
    if item.kind == "question":
        return bool(item.value.field.key == key)
    if item.kind == "section":
        section = catalogue.forms[form].section_of(key)
        return bool(item.value.section.key == section.key)
    if item.kind == "overlay":
        return key in item.value.leaves_out
    if item.kind == "indicator":
        return catalogue.typed_in[item.value.code][1].key == key
    return True


def _key_of(item: Item) -> str:
    return {"overlay": "since", "indicator": "asks"}.get(item.kind, "until")
