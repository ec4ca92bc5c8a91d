"""Checking that a filled file is the template of the report for which it is handed in."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.filled import FilledTemplate, FilledWorkbook
from nqcore.collection.entry.workbook.identity import identity_of
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.errors import N_, InputError
from nqcore.files.spreadsheets.cell import column_name


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


class TwoTemplates(WrongTemplate):
    """Two sheets of the file are the template of the same report."""

    code = "two-templates"
    movable = False
    template = N_(
        "The sheets {sheets} are templates of the same report. Keep the right one only, save the file and "
        "choose it again."
    )


class ColumnsMoved(WrongTemplate):
    """A column was inserted or deleted, so that the columns are not those of the template."""

    code = "columns-moved"
    movable = False
    template = N_(
        "A column was inserted or deleted in the sheet “{sheet}”: the hidden codes stand in column {found}, "
        "their place is {wanted}. Undo that, or copy the figures into a new template; nothing was read."
    )


def check_template(
    filled: FilledWorkbook,
    sheet: EntrySheet,
    *,
    period: Callable[[str], str] = str,
    unit: Callable[[str], str] = str,
    form: Callable[[str], str] = str,
) -> FilledTemplate:
    """The template of the file that was written for the report of `sheet`. `period`, `unit` and `form` turn
    a code into a name for the message. Raises WrongForm, WrongUnit, WrongPeriod, WrongVersion,
    TwoTemplates or ColumnsMoved."""
    ours = identity_of(sheet)
    found = [one for one in filled.templates if _is_of(one, sheet)]
    if len(found) > 1:
        raise TwoTemplates(sheets=", ".join(f"“{one.sheet.name}”" for one in found))
    right = found[0] if found else filled.templates[0]
    theirs = right.identity
    if theirs.form != ours.form:
        raise WrongForm(theirs=form(theirs.form), ours=form(ours.form))
    if theirs.unit != ours.unit:
        raise WrongUnit(theirs=unit(theirs.unit), ours=unit(ours.unit))
    if right.codes != CODE:
        raise ColumnsMoved(
            sheet=right.sheet.name, found=column_name(right.codes), wanted=column_name(CODE)
        )
    if theirs.period != ours.period:
        raise WrongPeriod(theirs=period(theirs.period), ours=period(ours.period))
    if theirs.version != ours.version:
        raise WrongVersion()
    return right


def _is_of(filled: FilledTemplate, sheet: EntrySheet) -> bool:
    """Whether it is the template of that report, of any version of the form."""
    theirs, ours = filled.identity, identity_of(sheet)
    return (theirs.form, theirs.unit, theirs.period) == (ours.form, ours.unit, ours.period)
