"""What a change of content does to those who fill in forms: who is asked what, from which period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nqcore.catalogue import Catalogue
from nqcore.catalogue.item_kinds import Item
from nqcore.collection.context import Context
from nqcore.errors import N_, Phrase
from nqcore.model.fields import AnyField, FigureField
from nqcore.model.forms import Form
from nqcore.model.period_names import period_words
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from nqcore.text.dates import write_date

YEAR = timedelta(days=365)
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFrom:
    """From the period `first` on, `form` asks `after` for the field `key` (`title`), and no longer `before`.
    `cells_a_year`: how many more boxes a year are filled in (below 0: fewer)."""

    form: str
    key: str
    title: str
    first: Period
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    cells_a_year: int


def asked_from(before: Context, after: Context, today: date) -> tuple[AskedFrom, ...]:
    """For each field of each form: the first period in which other units are asked, if there is one."""
    found = (
        _first_change(before, after, form, key, today)
        for form in _forms(before, after)
        for key in _keys(before, after, form)
    )
    return tuple(one for one in found if one is not None)


def _forms(before: Context, after: Context) -> Iterator[str]:
    yield from dict.fromkeys((*before.catalogue.forms, *after.catalogue.forms))


def _keys(before: Context, after: Context, form: str) -> Iterator[str]:
    several = (each.catalogue.forms.get(form) for each in (before, after))
    yield from dict.fromkeys(field.key for one in several if one for field in one.fields)


def _first_change(
    before: Context, after: Context, form: str, key: str, today: date
) -> AskedFrom | None:
    context = after if form in after.catalogue.forms else before
    definition = context.catalogue.forms[form]
    if not context.obligations.has_calendar(definition):
        return None
    if _same(before, after, form, key):
        return None
    for period in _periods(before, after, form, key, today):
        was, now = (asked_units(each, form, key, period) for each in (before, after))
        if {unit.code for unit in was} != {unit.code for unit in now}:
            field = _field(after, form, key) or _field(before, form, key)
            assert field is not None
            more = len(now) - len(was)
            return AskedFrom(
                form=form,
                key=key,
                title=field.title(context.catalogue),
                first=period,
                before=was,
                after=now,
                cells_a_year=more * len(field.boxes) * _times_a_year(context, definition, period),
            )
    return None


def _same(before: Context, after: Context, form: str, key: str) -> bool:
    """Whether nothing of the field, its section or its form differs, as of most fields."""
    one, other = (each.catalogue.forms.get(form) for each in (before, after))
    if one != other or before.catalogue.left_out != after.catalogue.left_out:
        return False
    field = _field(before, form, key)
    if isinstance(field, FigureField):
        was, now = (each.catalogue.versions.get(field.indicator) for each in (before, after))
        return was == now
    return before.catalogue.tasks == after.catalogue.tasks


def asked_units(context: Context, form: str, key: str, period: Period) -> tuple[Unit, ...]:
    """The units that fill in the field in that period."""
    field = _field(context, form, key)
    if field is None:
        return ()
    definition = context.catalogue.forms[form]
    owing = context.obligations.owed(definition, period)
    return asked_among(context.catalogue, definition, field, owing, period.end)


def asked_among(
    catalogue: Catalogue, form: Form, field: AnyField, owing: Iterable[Unit], on: date
) -> tuple[Unit, ...]:
    """Those of the units owing the report whose period ends on that day that fill in the field."""
    asking = catalogue.asking_for(form, field, on)
    if asking is None:
        return ()
    covered = (unit for unit in owing if asking.covers(unit, catalogue.units))
    return tuple(unit for unit in covered if field.concerns(catalogue, unit, on))


def _field(context: Context, form: str, key: str) -> AnyField | None:
    definition = context.catalogue.forms.get(form)
    fields = () if definition is None else definition.fields
    return next((one for one in fields if one.key == key), None)


def _periods(before: Context, after: Context, form: str, key: str, today: date) -> Iterator[Period]:
    """The periods in which the asking may begin or end, and that of today, oldest first."""
    days = {today}
    for context in (before, after):
        definition = context.catalogue.forms.get(form)
        if definition is not None:
            days |= {*_days(context, definition, key)}
    found: dict[str, Period] = {}
    context = after if form in after.catalogue.forms else before
    definition = context.catalogue.forms[form]
    calendar = context.obligations.calendar(definition)
    for day in sorted(days):
        near = calendar.periods(definition.every, day, day + _LONGEST)
        for period in (next(near, None), next(near, None)):
            if period is not None:
                found[period.code] = period
    yield from sorted(found.values(), key=lambda period: period.start)


def _days(context: Context, form: Form, key: str) -> Iterator[date]:
    """The days on which something of the field begins or ends."""
    found: list[date | None] = [form.since, form.until]
    for overlay in context.catalogue.left_out.overlays.get((form.id, key), ()):
        found += [overlay.since, overlay.until]
    field = next((one for one in form.fields if one.key == key), None)
    if field is not None:
        section = form.section_of(key)
        found += [section.since, section.until, field.since, field.until]
    if isinstance(field, FigureField):
        found += [one.since for one in context.catalogue.versions.get(field.indicator, ())]
    yield from (day for day in found if day is not None)


def _times_a_year(context: Context, form: Form, period: Period) -> int:
    """How often the form is filled in, in the year that begins with that period."""
    calendar = context.obligations.calendar(form)
    year = calendar.periods(form.every, period.start, period.start + YEAR - timedelta(days=1))
    return max(1, sum(1 for each in year if each.start < period.start + YEAR))


def comparison_notes(
    before: Context, after: Context, changed: Iterable[tuple[Item | None, Item]]
) -> Iterator[Phrase]:
    """What comparisons over time will say of the items that were and become."""
    for was, item in changed:
        if item.kind == "question" and isinstance(item.value.field, FigureField):
            yield from _of_question(after, was, item)
        elif item.kind == "indicator" and was is None:
            versions = after.catalogue.versions.get(item.value.code, ())
            if len(versions) > 1 and versions[0] != item.value:
                words = N_(
                    "From {day} on “{name}” follows another definition; figures of periods that end "
                    "before it keep theirs."
                )
                yield Phrase(words, {"day": write_date(item.value.since), "name": item.value.name})


def _of_question(after: Context, was: Item | None, item: Item) -> Iterator[Phrase]:
    question = item.value
    form = after.catalogue.forms.get(question.form)
    indicator = after.catalogue.indicators.get(question.field.indicator)
    if form is None or indicator is None or not after.obligations.has_calendar(form):
        return
    calendar = after.obligations.calendar(form)
    if was is None and question.field.since is not None:
        since = max(day for day in (question.field.since, form.since) if day is not None)
        begun = calendar.periods(form.every, since, since + _LONGEST)
        first, second = next(begun, None), next(begun, None)
        if first is not None and second is not None:
            words = N_(
                "“{name}”: the series begins with {first}; {second} is the first that can be compared "
                "with the period before."
            )
            names = {
                "name": indicator.name,
                "first": period_words(first),
                "second": period_words(second),
            }
            yield Phrase(words, names)
    if question.field.until is not None and (
        was is None or was.value.field.until != question.field.until
    ):
        ended = after.obligations.earlier_periods(
            form, _period_of(after, form, question.field.until), 1
        )
        for last in ended:
            yield Phrase(
                N_("“{name}”: the series ends with {last}."),
                {"name": indicator.name, "last": period_words(last)},
            )


def _period_of(context: Context, form: Form, day: date) -> Period:
    """The period that contains the day."""
    calendar = context.obligations.calendar(form)
    return next(calendar.periods(form.every, day, day + _LONGEST))
