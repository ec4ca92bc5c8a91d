"""What a table would change in the reports of units: its plan, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqcore.collection.entry.workbook import Note
from nqcore.errors import InputError, NqError, Phrase
from nqcore.files.spreadsheets.cell import Place, cell_name, cell_ranges, column_name
from nqcore.text.measures import measure_scale, scale_words
from nqcore.workspace.import_cells import (
    ImportedCell,
    NotAsked,
    by_submission,
    compare_cells,
    figure_cell,
    placed_fault,
)
from nqcore.workspace.import_plan import CellChange, ImportPlan, ImportRefused, RowFault
from nqcore.workspace.table_import import notes as said
from nqcore.workspace.table_import.left_columns import left_columns
from nqcore.workspace.table_import.mapping import RowAxis, TableMapping
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.reading import Fate, ReadFigure, RowName, TableReading, read_rows
from nqcore.workspace.table_import.said_measures import SaidMeasure
from nqcore.workspace.table_import.table_file import SheetView, TableFile
from nqcore.workspace.table_import.totals import total_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """A table as it would be taken. `plan`: what would change and what is to know; `faults`: what is wrong:
    with any, nothing is taken. `names`, `signs`: of the rows and cells for which a user may decide; `fates`:
    what becomes of every cell that is not blank, by sheet; `said_scales`: by the place of a column, what its
    words say of its scale; `left`: why a column of figures is left to the user."""

    mapping: TableMapping
    plan: ImportPlan
    faults: tuple[RowFault, ...]
    names: tuple[RowName, ...]
    signs: tuple[str, ...]
    said_scales: Mapping[int, SaidMeasure]
    left: Mapping[int, Phrase]
    fates: dict[str, dict[Place, Fate]]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many cells have each fate."""
        found: dict[Fate, int] = {}
        for cells in self.fates.values():
            for fate in cells.values():
                found[fate] = found.get(fate, 0) + 1
        return found

    def checked(self) -> ImportPlan:
        """The plan. Raises ImportRefused where anything is wrong."""
        if self.faults:
            raise ImportRefused(self.faults)
        return self.plan


def look_at(office: TableOffice, file: TableFile, mapping: TableMapping) -> TableLook:
    """What the table of the file would change."""
    return _Planner(office, file, mapping).look()


class _Planner:
    def __init__(self, office: TableOffice, file: TableFile, mapping: TableMapping) -> None:
        self.office, self.file, self.mapping = office, file, mapping
        view = file.sheet(mapping.sheet)
        assert view is not None, mapping.sheet
        self.view: SheetView = view
        self.reading: TableReading = read_rows(office, file, mapping)
        self.fates = {sheet: dict(cells) for sheet, cells in self.reading.fates.items()}
        self.faults: list[tuple[Place, RowFault]] = []
        self.left = left_columns(office, view, mapping)
        self.sheet = mapping.sheet if len(file.sheets) > 1 else ""

    def look(self) -> TableLook:
        for wrong in self.reading.faults:
            self._refuse(wrong.place, wrong.problem)
        changes: list[CellChange] = []
        notes: list[Note] = [*self._notes()]
        same = 0
        for group in by_submission(self._cells()):
            found = compare_cells(self.office.repository, group)
            changes += found.changes
            same += found.same
            notes += found.notes
            for fault in found.faults:
                self._keep_fault(fault)
        notes += total_notes(self.office, self.view, self.mapping, self.reading)
        return TableLook(
            mapping=self.mapping,
            plan=ImportPlan(
                changes=tuple(changes), same=same, source=self.file.name, notes=tuple(notes)
            ),
            faults=tuple(fault for _place, fault in sorted(self.faults, key=lambda one: one[0])),
            names=self.reading.names,
            signs=self.reading.signs,
            said_scales=self.reading.said_scales,
            left=self.left,
            fates=self.fates,
        )

    def _refuse(self, place: Place, problem: Phrase | InputError) -> None:
        self.faults.append((place, placed_fault(place[0], cell_name(place), problem, self.sheet)))
        if place in self.fates[self.mapping.sheet]:
            self.fates[self.mapping.sheet][place] = Fate.REFUSED

    def _keep_fault(self, fault: RowFault) -> None:
        """A fault that the checks of the form have found in a cell."""
        name = str(fault.params["cell"])
        place = next(one.place for one in self.reading.figures if one.cell == name)
        self.faults.append((place, fault))
        self.fates[self.mapping.sheet][place] = Fate.REFUSED

    def _cells(self) -> Iterator[ImportedCell]:
        """The figures with the boxes that they set."""
        seen: dict[tuple[str, str], ReadFigure] = {}
        for figure in self.reading.figures:
            try:
                cell = self._found(figure)
            except NotAsked as wrong:
                if figure.zero:  # “—” where the unit is not asked says just that
                    if figure.place in self.fates[self.mapping.sheet]:
                        self.fates[self.mapping.sheet][figure.place] = Fate.NOT_ASKED
                    continue
                self._refuse(figure.place, wrong)
                continue
            except NqError as wrong:
                self._refuse(figure.place, Phrase(wrong.template, wrong.params))
                continue
            first = seen.setdefault((cell.obligation.submission, cell.box), figure)
            if first is not figure:
                self._refuse(figure.place, Phrase(said.TWICE, {"first": first.cell}))
                continue
            yield cell

    def _found(self, figure: ReadFigure) -> ImportedCell:
        return figure_cell(
            self.office.repository,
            figure.place[0],
            unit=figure.unit,
            indicator=figure.indicator,
            period=figure.period,
            given=figure.typed,
            place=figure.cell,
            sheet=self.sheet,
        )

    # -- what is to know ---------------------------------------------------------------------------

    def _notes(self) -> Iterator[Note]:
        sheet = self.view.sheet
        if sheet.hidden:
            yield self._note("hidden-sheet", said.HIDDEN_SHEET, sheet=sheet.name)
        taken = [place for place, fate in self.fates[sheet.name].items() if fate is Fate.TAKEN]
        rows = sorted({row for row, _ in taken} & sheet.hidden_rows)
        if rows:
            words = ", ".join(map(str, rows))
            yield self._note("hidden-rows", said.HIDDEN_ROWS, rows=words)
        columns = sorted({at for _, at in taken} & sheet.hidden_columns)
        if columns:
            words = ", ".join(map(column_name, columns))
            yield self._note("hidden-columns", said.HIDDEN_COLUMNS, columns=words)
        if (misread := self.view.misread) is not None:
            yield self._note("old-letters", said.OLD_LETTERS, encoding=misread.encoding.value)
        if places := [*self.view.sheet.comments]:
            words = cell_ranges(sorted(places))
            yield self._note("comments", said.COMMENTS, count=len(places), cells=words)
        if self.reading.texts:
            yield self._note("text-number", said.TEXT_NUMBERS, count=self.reading.texts)
        if cells := self.reading.formulas:
            yield self._note(
                "formulas-taken", said.FORMULAS_TAKEN, count=len(cells), cells=", ".join(cells)
            )
        if not sheet.knows_formulas:
            yield self._note("old-format", said.OLD_FILE)
        yield from self._scale_notes()
        if not self.mapping.figures:
            yield self._note("no-figures", said.NO_FIGURES)
        for why in {str(one): one for one in self.left.values()}.values():
            yield self._note("column-left", why.template, **why.params)

    def _scale_notes(self) -> Iterator[Note]:
        """Which figures are converted, and where a scale was chosen that the file does not say."""
        by_row = self.mapping.rows is RowAxis.INDICATOR
        converted: dict[tuple[str, str, str], list[Place]] = {}
        chosen: dict[tuple[str, str], list[Place]] = {}
        for place, (scale, measure) in self.reading.scaled.items():
            line = f"{place[0]}" if by_row else column_name(place[1])
            theirs = scale_words(scale.value, measure)
            if scale.value not in (0, measure_scale(measure)):
                converted.setdefault((line, theirs, measure), []).append(place)
            if scale.file_says:
                words = scale_words(scale.file_says, measure)
                chosen.setdefault((theirs, words), []).append(place)
        for (_line, theirs, measure), places in converted.items():
            yield self._note(
                "scaled", said.SCALED, cells=cell_ranges(places), theirs=theirs, measure=measure
            )
        for (theirs, words), places in chosen.items():
            yield self._note(
                "scale-chosen",
                said.SCALE_CHOSEN,
                cells=cell_ranges(places),
                theirs=theirs,
                said=words,
            )

    def _note(self, code: str, template: str, **params: object) -> Note:
        return Note(
            row=0, code=code, template=template, params=params, kept=False, sheet=self.sheet
        )
