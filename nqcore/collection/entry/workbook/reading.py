"""Reading a filled file: the content of its boxes for one report, with notes on what is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook import notes as said
from nqcore.collection.entry.workbook.accounts import (
    changed_before,
    file_notes,
    is_blank,
    other_measure,
    stray_above,
    stray_cells,
    stray_note,
)
from nqcore.collection.entry.workbook.figure_cells import typed_figure
from nqcore.collection.entry.workbook.filled import FilledRow, FilledTemplate
from nqcore.collection.entry.workbook.lines import (
    EXPLANATION,
    TICK_MARK,
    VALUE,
    LineKind,
    TemplateLine,
    template_lines,
)
from nqcore.collection.entry.workbook.notes import Note
from nqcore.collection.entry.workbook.printed_head import printed_head
from nqcore.collection.entry.workbook.ticks import is_ticked
from nqcore.collection.validation.texts import TextRefused, check_texts
from nqcore.errors import Phrase, Translate
from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.files.spreadsheets.cell import Place, cell_name, column_name
from nqcore.model.fields import Box, BoxKind
from nqcore.model.fields.yes_no import NO, YES
from nqcore.text.folding import fold
from nqcore.text.messages import translator

_BOX_AREAS = {LineKind.LONG: (0, EXPLANATION), LineKind.FIGURE: (VALUE, VALUE)}
"""The columns over which the template itself merges the box of a line; (VALUE, EXPLANATION) for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The content of a file for one report.

    - `texts`: the texts of its boxes by input name, as they would be typed. Blank boxes are left out.
    - `ticks`: the codes of the ticked choices, by field key.
    - `explanations`: the unit's explanations, by field key.
    - `blank`: the input names of the boxes that are blank in the file; `blank_explanations`: the field keys
      of the explanations that are.
    - `rows`: the row in the file (from 1) of each input name.
    - `notes`: what the user should know, in the order of the file.
    - `base`: the number of the revision from which the file was written.
    """

    texts: Mapping[str, str]
    ticks: Mapping[str, tuple[str, ...]]
    explanations: Mapping[str, str]
    blank: frozenset[str]
    blank_explanations: frozenset[str]
    rows: Mapping[str, int]
    notes: tuple[Note, ...]
    base: int


def read_upload(filled: FilledTemplate, sheet: EntrySheet, translate: Translate = str) -> Upload:
    """Read the content of a file for the report of `sheet`. `translate` is the language in which the
    file was written. The file must be for this report (`check_template`)."""
    return _UploadReader(filled, sheet, translate).read()


class _UploadReader:
    """Reads the rows of one file, one after the other."""

    def __init__(self, filled: FilledTemplate, sheet: EntrySheet, translate: Translate) -> None:
        self.filled, self.sheet = filled, sheet
        self.languages = (str, translate, translator("vi"))
        self.lines = {line.code: line for line in template_lines(sheet)}
        self.texts: dict[str, str] = {}
        self.ticked: dict[str, set[str]] = {}
        self.explanations: dict[str, str] = {}
        self.blank: set[str] = set()
        self.blank_explanations: set[str] = set()
        self.rows: dict[str, int] = {}
        self.notes: list[Note] = []
        self.strays: list[Place] = []
        self.refused_ticks: set[str] = set()

    def read(self) -> Upload:
        self.notes += file_notes(self.filled)
        self._read_rows()
        ticks = {}
        for box in (box for row in self.sheet.rows for box in row.field.boxes):
            if box.kind is BoxKind.TICKS and box.name in self.ticked.keys() - self.refused_ticks:
                ticked = self.ticked[box.name]
                ticks[box.name] = tuple(o.code for o in box.options if o.code in ticked)
        self.notes += stray_note(sorted(self.strays))
        if not self.filled.sheet.knows_formulas:
            self._note(0, "old-format", said.OLD_FORMAT, kept=False)
        return Upload(
            texts=self.texts,
            ticks=ticks,
            explanations=self.explanations,
            blank=frozenset(self.blank),
            blank_explanations=frozenset(self.blank_explanations),
            rows=self.rows,
            notes=tuple(self.notes),
            base=self.filled.identity.base,
        )

    def _note(
        self, at: int, kind: str, template: str, *, kept: bool = True, **params: object
    ) -> None:
        self.notes.append(Note(row=at, code=kind, template=template, params=params, kept=kept))

    def _read_rows(self) -> None:
        seen: dict[str, int] = {}
        extra: list[int] = []
        rows = list(self.filled.rows)
        first = next((row.number for row in rows if row.code in self.lines), 0)
        self.strays += stray_above(self.filled, first, printed_head(self.sheet, self.languages))
        for row in rows:
            line = self.lines.get(row.code)
            if row.number < first:
                continue
            if line is None or (row.code in seen and line.kind is LineKind.HEADING):
                self._pass_over(row, extra)
            elif row.code in seen:
                self._forget(line)
                self._note(row.number, "twice", said.TWICE, label=_line_label(line),
                           first=seen[row.code], second=row.number)  # fmt: skip
            else:
                seen[row.code] = row.number
                if self._is_in_place(row, line):
                    self._read_row(row, line)
        self._note_missing_rows(seen)
        if extra:
            self._note(
                extra[0], "extra-rows", said.EXTRA_ROWS, kept=False, count=len(extra),
                first=extra[0],
            )  # fmt: skip

    def _pass_over(self, row: FilledRow, extra: list[int]) -> None:
        """A row that does not belong to the template."""
        filled = [column for column, cell in row.cells.items() if not is_blank(cell)]
        if any(column <= EXPLANATION for column in filled):
            extra.append(row.number)
        else:
            self.strays += [(row.number, column) for column in filled]

    def _forget(self, line: TemplateLine) -> None:
        """Take nothing from a row that stands twice in the file."""
        self._refuse_ticks(line)
        for found in (self.texts, self.explanations):
            found.pop(line.code, None)
        self.blank.discard(line.code)
        self.blank_explanations.discard(line.code)

    def _refuse_ticks(self, line: TemplateLine) -> None:
        """Of choices that are ticked, all are taken or none."""
        if line.kind is LineKind.TICK:
            self.refused_ticks.add(line.code.partition(":")[0])

    def _is_in_place(self, row: FilledRow, line: TemplateLine) -> bool:
        """Whether the hidden code and the printed number of the row still belong together. Where not, cells
        were shifted and the row is not read."""
        if line.kind is not LineKind.FIGURE:
            return True
        printed = row.cells.get(0)
        label = printed.text.strip().rstrip(".") if printed else ""
        if label and label != line.label:
            self._note(
                row.number, "shifted", said.SHIFTED, row=row.number, label=label, code=line.label
            )
            return False
        if row.number != line.number and VALUE in row.cells:
            self._note(
                row.number, "moved", said.MOVED, kept=False, label=line.label, row=row.number
            )
        return True

    def _note_missing_rows(self, seen: Mapping[str, int]) -> None:
        missing = [
            line
            for line in self.lines.values()
            if line.kind is not LineKind.HEADING and line.code not in seen
        ]
        for line in missing:
            self._refuse_ticks(line)
        if missing:
            labels = tuple(dict.fromkeys(map(_line_label, missing)))
            self._note(0, "missing-rows", said.MISSING_ROWS, labels=labels)

    # -- one row -----------------------------------------------------------------------------------

    def _read_row(self, row: FilledRow, line: TemplateLine) -> None:
        self.strays += stray_cells(row, line, self.languages)
        if line.kind is LineKind.HEADING:
            return
        if line.kind is LineKind.FIGURE:
            self._read_explanation(row, line)
            if note := changed_before(row, line):
                self.notes.append(note)
        column = 0 if line.kind is LineKind.LONG else VALUE
        cell = row.cells.get(column)
        if self._is_refused(row, line, column, cell):
            self._refuse_ticks(line)
            return
        self.rows[line.code] = row.number
        blank = cell is None or is_blank(cell)
        if line.kind is LineKind.TICK:
            key, _, option = line.code.partition(":")
            self.ticked.setdefault(key, set())
            ticked = False if cell is None or blank else is_ticked(cell)
            if cell is not None and ticked is None:
                self._note(
                    row.number, "unclear-tick", said.UNCLEAR_TICK, label=_line_label(line),
                    text=cell.display.strip(), row=row.number,
                )  # fmt: skip
                self._refuse_ticks(line)
                return
            if ticked:
                self.ticked[key].add(option)
        elif cell is None or blank:
            self.blank.add(line.code)
            return
        else:
            text = self._text(cell, line, row.number)
            if not text:
                return
            self.texts[line.code] = text
        self._note_hidden((row.number, column), _line_label(line), blank=blank)

    def _note_hidden(self, place: Place, label: str | Phrase, *, blank: bool) -> None:
        if not blank and self.filled.sheet.is_hidden(place) and not self.filled.sheet.hidden:
            self._note(
                place[0], "hidden", said.HIDDEN, kept=False, label=label, cell=cell_name(place)
            )

    def _is_refused(
        self, row: FilledRow, line: TemplateLine, column: int, cell: SheetCell | None
    ) -> bool:
        """Whether the box is not taken, with a note: an error, a formula, cells that were merged, another
        measure."""
        label, number = _line_label(line), row.number
        merged = self.filled.sheet.merged_over((number, column))
        left, right = _BOX_AREAS.get(line.kind, (VALUE, EXPLANATION))
        if merged is not None and merged not in (
            (number, left, number, right),
            (number, column, number, column),
        ):
            top, first, bottom, last = merged
            area = f"{column_name(first)}{top}:{column_name(last)}{bottom}"
            self._note(number, "merged", said.MERGED, label=label, row=number, area=area)
            return True
        if cell is None or is_blank(cell):
            return False
        if line.kind is LineKind.FIGURE:
            note = other_measure(row, line)
            if note is not None:
                self.notes.append(note)
            return note is not None
        return self._is_no_text(cell, label, number)

    def _is_no_text(self, cell: SheetCell, label: str | Phrase, row: int) -> bool:
        """Whether the cell of a text is an error, a formula or shown otherwise; each has a note."""
        if cell.kind is CellKind.ERROR:
            self._note(row, "error-cell", said.ERROR_CELL, label=label, row=row, error=cell.text)
        elif cell.formula:
            self._note(row, "formula", said.FORMULA, label=label, row=row)
        elif cell.shows_otherwise:
            self._note(
                row, "unclear-format", said.UNCLEAR_TEXT, label=label, row=row,
                text=cell.display.strip(),
            )  # fmt: skip
        else:
            return False
        return True

    def _read_explanation(self, row: FilledRow, line: TemplateLine) -> None:
        """Take the unit's explanation of a figure, whole or not at all."""
        cell = row.cells.get(EXPLANATION)
        if cell is None or is_blank(cell):
            self.blank_explanations.add(line.code)
            return
        if self._is_no_text(cell, line.label, row.number):
            return
        text = cell.display.strip()
        try:
            check_texts({line.label: text})
        except TextRefused as wrong:
            note = Note(
                row=row.number, code=wrong.code, template=wrong.template, params=wrong.params
            )
            self.notes.append(note)
        else:
            self.explanations[line.code] = text
            self._note_hidden((row.number, EXPLANATION), line.label, blank=False)

    def _text(self, cell: SheetCell, line: TemplateLine, row: int) -> str:
        """The cell as it would be typed into the box of the form; "" where it is not taken."""
        if line.kind is LineKind.ONE_OF and line.box is not None:
            return self._code(cell, line.box)
        if line.kind is not LineKind.FIGURE:
            return cell.display
        assert line.row is not None
        assert line.row.indicator is not None
        found = typed_figure(cell, line.label, line.row.indicator, row)
        self.notes += found.notes
        return found.text

    def _code(self, cell: SheetCell, box: Box) -> str:
        """The code of the option that the cell names, by its text in either language, its code, or Excel's
        TRUE and FALSE for yes and no; else the text of the cell."""
        codes = {
            fold(text): option.code
            for option in box.options
            for translate in self.languages
            for text in (box.option_texts(translate)[option.code], option.code)
        }
        text = cell.text.strip()
        if cell.kind is CellKind.BOOLEAN:
            text = YES if text == "TRUE" else NO
        return codes.get(fold(text), cell.display.strip())


def _line_label(line: TemplateLine) -> str | Phrase:
    """What notes call the line."""
    return line.label or line.text or (Phrase(line.words) if line.words else line.code)


def moved_texts(upload: Upload) -> Iterator[tuple[str, str]]:
    """The content of a file of another period or version as (code, text), to be put into the right
    template. The code is that of a template line; the text of a ticked choice is TICK_MARK."""
    yield from upload.texts.items()
    for key, codes in upload.ticks.items():
        yield from ((f"{key}:{code}", TICK_MARK) for code in codes)
