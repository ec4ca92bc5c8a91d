"""Checking that a filled file is the template of the report for which it is handed in."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.filled import FilledTemplate
from nqcore.collection.entry.workbook.identity import identity_of
from nqcore.errors import N_, InputError


class WrongTemplate(InputError):
    """The file is the template of another report. `movable`: whether its figures may be moved to the
    right template by their codes (`moved_texts`)."""

    code = "wrong-template"
    movable = True


class WrongPeriod(WrongTemplate):
    """The file is the template of another period."""

    code = "wrong-period"
    template = N_(
        "This file is the template of {theirs}, {ours} is being filled in. Download the right "
        "template, or press “Move the figures to the right template”."
    )


class WrongVersion(WrongTemplate):
    """The form has changed since the file was written."""

    code = "wrong-version"
    template = N_(
        "The form has changed since this file was downloaded. Download it anew, or press "
        "“Move the figures to the right template”."
    )


class WrongUnit(WrongTemplate):
    """The file is the template of another unit: its figures are not moved."""

    code = "wrong-unit"
    movable = False
    template = N_("This file is that of {theirs}. Choose the file of {ours}.")


class WrongForm(WrongTemplate):
    """The file is the template of another form."""

    code = "wrong-form"
    movable = False
    template = N_("This file is the template “{theirs}”. Download the template “{ours}”.")


def check_template(
    filled: FilledTemplate,
    sheet: EntrySheet,
    *,
    period: Callable[[str], str] = str,
    unit: Callable[[str], str] = str,
    form: Callable[[str], str] = str,
) -> None:
    """Check that the file was written for the report of `sheet`. `period`, `unit` and `form` turn a code
    into a name for the message. Raises WrongForm, WrongUnit, WrongPeriod or WrongVersion."""
    theirs, ours = filled.identity, identity_of(sheet)
    if theirs.form != ours.form:
        raise WrongForm(theirs=form(theirs.form), ours=form(ours.form))
    if theirs.unit != ours.unit:
        raise WrongUnit(theirs=unit(theirs.unit), ours=unit(ours.unit))
    if theirs.period != ours.period:
        raise WrongPeriod(theirs=period(theirs.period), ours=period(ours.period))
    if theirs.version != ours.version:
        raise WrongVersion()
