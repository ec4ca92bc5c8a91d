"""The cells that an import sets, whatever kind of file they come from: found, and compared with what is
stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nqcore.collection.entry.entry_sheet import EntryRow, entry_sheet
from nqcore.collection.entry.workbook.notes import LEFT_BLANK, LEFT_BLANK_TEXT, Note
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import N_, InputError
from nqcore.model.fields import AnyField, FigureField, Typed
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Problem, Severity
from nqcore.workspace.import_plan import (
    CellChange,
    RowFault,
    check_open,
    echo_notes,
    plain_text,
    with_stored,
)

_PLACED = N_("{cell}: {problem}")


class NotTyped(InputError):
    """The indicator is computed from others."""

    code = "not-typed"
    template = N_("{indicator} is computed from others. Remove the row.")


class NotAsked(InputError):
    """The form does not ask that unit for the indicator."""

    code = "not-asked"
    template = N_("{unit} is not asked for {indicator} in {period}. Remove the row.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCell:
    """A cell of a file: the report and the box that it sets, and what it puts there. `row`: its row in the
    file; `place`: its name in a table of many columns ("C8"), "" where the row says enough; `sheet`: its
    sheet, where several are read."""

    row: int
    obligation: Obligation
    field: AnyField
    box: str
    indicator: str
    given: Typed
    place: str = ""
    sheet: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the cell has no content."""
        return not (self.given.strip() if isinstance(self.given, str) else self.given)

    def fault(self, problem: Problem | InputError) -> RowFault:
        """What is wrong with the cell, with its name where it has one."""
        if self.place:
            return placed_fault(self.row, self.place, problem, self.sheet)
        return RowFault(row=self.row, template=problem.template, params=problem.params)


def placed_fault(row: int, cell: str, problem: object, sheet: str = "") -> RowFault:
    """What is wrong with a cell of a table of many columns."""
    params = {"cell": cell, "problem": problem}
    return RowFault(row=row, template=_PLACED, params=params, sheet=sheet)


def form_with(repository: SubmissionRepository, indicator: str) -> tuple[Form, FigureField] | None:
    """The form in which the indicator of that code is typed, and its field; None where it is computed."""
    for form in repository.catalogue.forms.values():
        for field in form.figures:
            if field.indicator == indicator:
                return form, field
    return None


def figure_cell(
    repository: SubmissionRepository,
    row: int,
    *,
    unit: str,
    indicator: str,
    period: str,
    given: Typed,
    place: str = "",
    sheet: str = "",
) -> ImportedCell:
    """The cell that sets the figure of a unit. Raises UnknownName, NotOwed, NotTyped, NotAsked, NotBegun,
    NotOpen, PeriodLocked."""
    catalogue = repository.catalogue
    definition = catalogue.indicator(indicator)
    found = None if definition.computed else form_with(repository, definition.code)
    if found is None:
        raise NotTyped(indicator=definition.code)
    form, field = found
    today = repository.clock().date()
    who = repository.obligations.tree_with_rights(today)[unit]
    obligation = repository.obligation(who.code, form, repository.obligations.period(form, period))
    check_open(repository, obligation)
    if not catalogue.asks(definition.code, who, obligation.period.end):
        raise NotAsked(indicator=definition.code, unit=who.code, period=obligation.period.code)
    return ImportedCell(
        row=row,
        obligation=obligation,
        field=field,
        box=field.key,
        indicator=definition.code,
        given=given,
        place=place,
        sheet=sheet,
    )


def by_submission(cells: Iterable[ImportedCell]) -> Iterable[Sequence[ImportedCell]]:
    """The cells of each report together."""
    found: dict[str, list[ImportedCell]] = {}
    for cell in cells:
        found.setdefault(cell.obligation.submission, []).append(cell)
    return found.values()


@dataclass(frozen=True, slots=True)
class ComparedCells:
    """What the cells of one submission change, how many stay as they are, what is wrong, what is to know."""

    changes: list[CellChange]
    same: int
    faults: list[RowFault]
    notes: list[Note]


def compare_cells(repository: SubmissionRepository, cells: Sequence[ImportedCell]) -> ComparedCells:
    """Compare the cells of one submission with what is stored. The report is checked as a whole, with what
    is stored already. A blank cell empties nothing, as in an Excel file."""
    obligation = cells[0].obligation
    filled = {cell.box: cell for cell in cells if not cell.is_blank}
    given = {box: cell.given for box, cell in filled.items()}
    sheet = entry_sheet(repository, obligation, with_stored(repository, obligation, given))
    then = {row.key: row for row in sheet.rows}
    now = {row.key: row for row in entry_sheet(repository, obligation).rows}
    faults = [
        filled[problem.field].fault(problem)
        for problem in sheet.problems
        if problem.field in filled and problem.severity is Severity.ERROR
    ]
    changes: list[CellChange] = []
    notes: list[Note] = []
    for cell in cells:
        after, before = then[cell.field.key], now[cell.field.key]
        if cell.is_blank:
            notes += _blank_note(cell, before)
        elif after.given[cell.box] != before.given[cell.box]:
            notes += echo_notes(cell.row, after.problems, cell.sheet)
            changes.append(
                CellChange(
                    row=cell.row,
                    obligation=obligation,
                    field=cell.box,
                    indicator=cell.indicator,
                    old=plain_text(before, cell.box),
                    new=plain_text(after, cell.box),
                    typed=after.answer if isinstance(after.answer, Decimal) else cell.given,
                )
            )
    return ComparedCells(changes, len(cells) - len(changes), faults, notes)


def _blank_note(cell: ImportedCell, before: EntryRow) -> Iterator[Note]:
    """The note on a blank cell whose box has content: that stays."""
    if content := before.given[cell.box]:
        template = LEFT_BLANK if cell.indicator else LEFT_BLANK_TEXT
        params = {"label": cell.box, "value": str(content)}
        yield Note(row=cell.row, code="left-blank", template=template, params=params, kept=False)
