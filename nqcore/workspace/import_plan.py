"""What an import is about to do, and why it is refused: shared by all files that can be imported."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.submissions.workflow import NotBegun
from nqcore.collection.validation import Typed
from nqcore.errors import N_, InputError
from nqcore.model.obligations import Obligation
from nqcore.workspace.facade import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with row `row` of the file (the heading is row 1), as msgid and details."""

    row: int
    template: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.params)


class ImportRefused(InputError):
    """The file holds rows that cannot be taken; `faults` lists them all. Nothing was written."""

    code = "import-refused"
    template = N_("Nothing was imported: {count} rows to correct. Row {row}: {first}")

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        self.faults = faults
        super().__init__(count=len(faults), row=faults[0].row, first=str(faults[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A cell that an import sets: `old` is what stood there ("" for nothing), `typed` what is saved
    under the input `field`; `indicator` is "" for what is no figure."""

    row: int
    obligation: Obligation
    field: str
    indicator: str
    old: str
    new: str
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do: cells to change, and how many stay as they are. `source` is the file's
    name, `explanations` the units' words by submission and field key."""

    changes: tuple[CellChange, ...]
    same: int
    source: str = ""
    explanations: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)

    @property
    def submissions(self) -> tuple[str, ...]:
        """The submissions that would be written, in the order of the file."""
        return tuple(dict.fromkeys(change.obligation.submission for change in self.changes))


class NotOpen(InputError):
    """The report has been sent or accepted."""

    code = "not-open"
    template = N_(
        "Report {submission} is {state} and cannot be changed. Have it returned or reopened first."
    )


def check_open(ws: Workspace, obligation: Obligation) -> None:
    """Raise NotBegun, NotOpen, PeriodLocked."""
    if lock := ws.submissions.repository.locks.on(obligation, ws.today):
        raise PeriodLocked(lock)
    if obligation.period.start > ws.today:
        raise NotBegun(obligation.period)
    if obligation.state is not None and not obligation.state.editable:
        raise NotOpen(submission=obligation.submission, state=obligation.state.value)
