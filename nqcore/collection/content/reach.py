"""What a question does not reach: reports that are sent already, and units that do not owe its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from nqcore.collection.content.effects import AskedFrom
from nqcore.collection.context import Context
from nqcore.errors import N_, Phrase
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.submissions import SENT, submission_id
from nqcore.model.units import Unit
from nqcore.text.dates import write_date

NAMED = 12
"""So many units are named; of the others how many there are."""

_SENT_ALREADY = N_(
    "“{title}”, {period}: {count} reports are sent or accepted already and stay as they are: {units}. The "
    "question stands empty in them until they are reopened. To ask it from the next period on, enter "
    "{day} as its first day."
)
_NOT_OWED = N_(
    "“{title}” does not reach {count} units that it names, because they do not owe the form: {units}."
)
_AND_OTHERS = N_("{names} and {count} other units")


def reach_of_questions(after: Context, asked: Iterable[AskedFrom], today: date) -> Iterator[Phrase]:
    """For each question that more units are asked: the reports of begun periods that are sent already, and
    the units that it names in vain."""
    for one in asked:
        form = after.catalogue.forms.get(one.form)
        before = {unit.code for unit in one.before}
        new = {unit.code for unit in one.after} - before
        if form is None or not new:
            continue
        for period in after.obligations.open_periods(form, today, None):
            if period.start >= one.first.start:
                yield from _sent_already(after, form, one, period, new)
        yield from _not_owed(after, form, one)


def _sent_already(
    after: Context, form: Form, one: AskedFrom, period: Period, new: set[str]
) -> Iterator[Phrase]:
    owing = after.obligations.owed(form, period)
    sent = [
        unit
        for unit in owing
        if unit.code in new
        and after.repository.state(submission_id(period.code, form.id, unit.code)) in SENT
    ]
    if sent:
        names = {"title": one.title, "period": period.code, "count": len(sent)}
        later = {"units": _names(sent), "day": write_date(period.end + timedelta(days=1))}
        yield Phrase(_SENT_ALREADY, {**names, **later})


def _not_owed(after: Context, form: Form, one: AskedFrom) -> Iterator[Phrase]:
    field = next((each for each in form.fields if each.key == one.key), None)
    end = one.first.end
    asking = None if field is None else after.catalogue.asking_for(form, field, end)
    if asking is None or not asking.scopes:
        return
    tree, owing = after.obligations.tree(end), after.obligations.owing_codes(form, one.first)
    named = [unit for unit in tree.values() if asking.covers(unit, tree)]
    missed = [unit for unit in named if unit.code not in owing]
    if missed:
        params = {"title": one.title, "count": len(missed), "units": _names(missed)}
        yield Phrase(_NOT_OWED, params)


def _names(units: list[Unit]) -> object:
    names = ", ".join(unit.name for unit in units[:NAMED])
    more = len(units) - NAMED
    return Phrase(_AND_OTHERS, {"names": names, "count": more}) if more > 0 else names
