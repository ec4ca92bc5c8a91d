"""Every error nqcore raises on purpose, as one tree.

    NqError
    ├── InputError               what somebody typed or sent; nothing was written
    │   ├── FigureError          one figure cannot be read (text/numbers.py)
    │   ├── DateError            one date cannot be read (text/dates.py)
    │   ├── FormulaError         a formula cannot be read (formulas/)
    │   ├── BoundariesError      neither “reported” nor a day
    │   ├── RefusedSubmission    the submission has problems, each named
    │   └── ImportRefused        rows of a file, each with its number
    ├── UnknownName              no such unit, form, indicator, period, directive, submission …
    │   └── AmbiguousDirective   several fit; they are listed
    ├── DefinitionError          a plugin's definition file: file and key
    ├── BrokenChange             a change of units contradicts itself or the units
    ├── DuplicateId              two plugins give one id: both named
    ├── PluginError              a plugin could not be loaded or raised
    ├── StateError               the step is not allowed from the present state
    ├── Conflict                 somebody else changed it meanwhile
    ├── NotAllowed               the account may not do this there
    ├── NotAddable               an indicator that must not be added up
    ├── WorkspaceError           the folder is not a workspace, or already is one
    ├── ReportError              a report could not be written as it is (report/errors.py)
    └── StoreError               the journal cannot be read or written
        ├── DamagedJournal       where, and what is still readable
        └── StoreBusy            another process holds the lock

A class has a ``code`` (stable, for programs) and a ``template`` (English, the msgid of the message
catalogue) that says what is wrong and what to do. ``str(error)`` is the English sentence;
``error.message(translate)`` is the sentence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar


def N_(text: str) -> str:
    """Mark `text` for the message catalogue without translating it here."""
    return text


def NP_(context: str, text: str) -> str:
    """Mark a word whose translation depends on `context` ("cell": a narrow cell of a table)."""
    return text


def _same(text: str) -> str:
    return text


class NqError(Exception):
    """Base of all errors that nqcore raises on purpose."""

    code: ClassVar[str] = "error"
    template: ClassVar[str] = "{detail}"

    def __init__(self, **params: object) -> None:
        self.params: Mapping[str, object] = params
        super().__init__(self.template.format(**params))

    def message(self, translate: Callable[[str], str] = _same) -> str:
        """The sentence for a reader; `translate` maps an English msgid to the reader's language."""
        return translate(self.template).format(**self.params)


class InputError(NqError):
    """The input of a user or a program is not accepted; nothing was written."""

    code = "input"


class BoundariesError(InputError):
    """The text is neither “reported” nor a day (YYYY-MM-DD)."""

    code = "boundaries"
    template = N_("“{text}” are no boundaries. Write “reported” or a day such as 2025-07-01.")

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text)


class UnknownName(NqError, KeyError):
    """No such unit, form, indicator, period, directive, account or submission.

    A KeyError too, so that mappings such as `Workspace.units` behave as mappings do.
    """

    code = "unknown-name"
    template = N_("There is no {kind} “{name}”. {hint}")

    def __init__(self, *, kind: str, name: str, hint: str = "") -> None:
        super().__init__(kind=kind, name=name, hint=hint)

    def __str__(self) -> str:
        return self.message().rstrip()


class DefinitionError(NqError):
    """A definition file of a plugin has a mistake."""

    code = "definition"
    template = N_("{file}: {key}: {detail}")

    def __init__(self, *, file: str, key: str, detail: str) -> None:
        super().__init__(file=file, key=key, detail=detail)


class DuplicateId(NqError):
    """Two owners (plugins or the office) define the same id."""

    code = "duplicate-id"
    template = N_(
        "The {kind} “{id}” is given by both {first} and {second}. "
        "Rename one, or change the other's with an [[overlay]]."
    )

    def __init__(self, *, kind: str, id: str, first: str, second: str) -> None:
        super().__init__(kind=kind, id=id, first=first, second=second)


class PluginError(NqError):
    """A plugin could not be loaded, or one of its hooks raised."""

    code = "plugin"
    template = N_("Plugin {plugin} failed in {where}: {detail}")

    def __init__(self, *, plugin: str, where: str, detail: str) -> None:
        super().__init__(plugin=plugin, where=where, detail=detail)


class StateError(NqError):
    """The submission's present state does not allow the step."""

    code = "state"
    template = N_("Cannot {action}: the report is {state}.")

    def __init__(self, *, action: str, state: str) -> None:
        super().__init__(action=action, state=state)


class Conflict(NqError):
    """Another user changed the submission meanwhile; nothing was overwritten."""

    code = "conflict"
    template = N_(
        "{who} changed this report meanwhile (version {now}, yours was {yours}). "
        "Open it again and choose which figures to keep."
    )

    def __init__(self, *, who: str, now: int, yours: int) -> None:
        super().__init__(who=who, now=now, yours=yours)


class NotAllowed(NqError):
    """The account may not do this action for this unit."""

    code = "not-allowed"
    template = N_("{account} may not {action} for {unit}.")

    def __init__(self, *, account: str, action: str, unit: str) -> None:
        super().__init__(account=account, action=action, unit=unit)


class NotAddable(NqError):
    """The definition of the indicator forbids this aggregation."""

    code = "not-addable"
    template = N_("{indicator} must not be added up over {dimension}. Ask for one unit and period.")

    def __init__(self, *, indicator: str, dimension: str) -> None:
        super().__init__(indicator=indicator, dimension=dimension)


class WorkspaceError(NqError):
    """The folder is not a workspace, or cannot become one."""

    code = "workspace"

    def __init__(self, *, detail: str) -> None:
        super().__init__(detail=detail)


class StoreError(NqError):
    """The journal cannot be read or written."""

    code = "store"

    def __init__(self, *, detail: str) -> None:
        super().__init__(detail=detail)
