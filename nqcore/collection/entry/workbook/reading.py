"""Reading a filled file: the content of its boxes for one report, with notes on what is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.filled import FilledRow, FilledTemplate, TemplateCell
from nqcore.collection.entry.workbook.lines import (
    EXPLANATION,
    FIRST_ROW,
    HEADING_MARK,
    TICK_MARK,
    VALUE,
    LineKind,
    TemplateLine,
    template_lines,
)
from nqcore.collection.entry.workbook.notes import (
    ERROR_CELL,
    EXTRA_ROWS,
    FORMULA,
    MISSING_ROWS,
    MOVED,
    NOT_PERCENT,
    OLD_FORMAT,
    PERCENT,
    SHIFTED,
    TEXT_NUMBER,
    TWICE,
    UNCLEAR_FORMAT,
    Note,
)
from nqcore.collection.validation.texts import TextRefused, check_texts
from nqcore.errors import InputError, Translate
from nqcore.model.fields import Box, BoxKind
from nqcore.model.fields.yes_no import NO, YES
from nqcore.model.indicators import Indicator
from nqcore.text.folding import fold
from nqcore.text.messages import translator
from nqcore.text.numbers import exact_text, read_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The content of a file for one report.

    - `texts`: the texts of its boxes by input name, as they would be typed. Blank boxes are left out.
    - `ticks`: the codes of the ticked choices, by field key.
    - `explanations`: the unit's explanations, by field key.
    - `rows`: the row in the file (from 1) of each input name.
    - `notes`: what the user should know, in the order of the file.
    - `base`: the number of the revision from which the file was written.
    """

    texts: Mapping[str, str]
    ticks: Mapping[str, tuple[str, ...]]
    explanations: Mapping[str, str]
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
        self.translate = translate
        self.lines = {line.code: line for line in template_lines(sheet)}
        self.texts: dict[str, str] = {}
        self.ticked: dict[str, set[str]] = {}
        self.explanations: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.notes: list[Note] = []

    def read(self) -> Upload:
        self._read_rows()
        ticks = {}
        for box in (box for row in self.sheet.rows for box in row.field.boxes):
            if box.kind is BoxKind.TICKS and box.name in self.ticked:
                ticked = self.ticked[box.name]
                ticks[box.name] = tuple(o.code for o in box.options if o.code in ticked)
        if self.filled.formulas is None:
            self._note(0, "old-format", OLD_FORMAT, kept=False)
        return Upload(
            texts=self.texts,
            ticks=ticks,
            explanations=self.explanations,
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
        for row in self.filled.rows:
            code = row.code
            if row.number < FIRST_ROW or code.startswith(HEADING_MARK):
                continue
            line = self.lines.get(code)
            if line is None:
                if _has_content(row):
                    extra.append(row.number)
            elif code in seen:
                self.texts.pop(code, None)
                self._note(row.number, "twice", TWICE, label=_line_label(line), first=seen[code],
                           second=row.number)  # fmt: skip
            else:
                seen[code] = row.number
                if self._is_in_place(row, line):
                    self._read_row(row, line)
        self._note_missing_rows(seen)
        if extra:
            self._note(
                extra[0], "extra-rows", EXTRA_ROWS, kept=False, count=len(extra), first=extra[0]
            )

    def _is_in_place(self, row: FilledRow, line: TemplateLine) -> bool:
        """Whether the hidden code and the printed number of the row still belong together. Where not, cells
        were shifted and the row is not read."""
        if line.kind is not LineKind.FIGURE:
            return True
        printed = row.cells.get(0)
        label = printed.text.strip().rstrip(".") if printed else ""
        if label and label != line.label:
            self._note(row.number, "shifted", SHIFTED, row=row.number, label=label, code=line.label)
            return False
        if row.number != line.number and VALUE in row.cells:
            self._note(row.number, "moved", MOVED, kept=False, label=line.label, row=row.number)
        return True

    def _note_missing_rows(self, seen: Mapping[str, int]) -> None:
        missing = [
            line.label
            for line in self.lines.values()
            if line.kind is LineKind.FIGURE and line.code not in seen
        ]
        if missing:
            self._note(0, "missing-rows", MISSING_ROWS, labels=", ".join(missing))

    def _read_row(self, row: FilledRow, line: TemplateLine) -> None:
        if line.kind is LineKind.FIGURE and EXPLANATION in row.cells:
            self._read_explanation(row.cells[EXPLANATION], line, row.number)
        column = 0 if line.kind is LineKind.LONG else VALUE
        cell = row.cells.get(column)
        if cell is not None and cell.kind == "e":
            self._note_error(cell, line, row.number)
            return
        if self.filled.formulas and (row.number, column) in self.filled.formulas:
            self._note(row.number, "formula", FORMULA, label=_line_label(line), row=row.number)
            return
        self.rows[line.code] = row.number
        if line.kind is LineKind.TICK:
            key, _, option = line.code.partition(":")
            self.ticked.setdefault(key, set())
            if cell is not None and _cell_text(cell):
                self.ticked[key].add(option)
            return
        if cell is None or not _cell_text(cell):
            return
        text = self._text(cell, line, row.number)
        if text:
            self.texts[line.code] = text

    def _note_error(self, cell: TemplateCell, line: TemplateLine, row: int) -> None:
        self._note(row, "error-cell", ERROR_CELL, label=_line_label(line), row=row, error=cell.text)

    def _read_explanation(self, cell: TemplateCell, line: TemplateLine, row: int) -> None:
        """Take the unit's explanation of a figure, whole or not at all."""
        if cell.kind == "e":
            self._note_error(cell, line, row)
            return
        text = cell.display.strip()
        try:
            check_texts({line.label: text})
        except TextRefused as wrong:
            note = Note(row=row, code=wrong.code, template=wrong.template, params=wrong.params)
            self.notes.append(note)
        else:
            self.explanations[line.code] = text

    def _text(self, cell: TemplateCell, line: TemplateLine, row: int) -> str:
        """The cell as it would be typed into the box of the form."""
        if line.kind is LineKind.ONE_OF and line.box is not None:
            return self._code(cell, line.box)
        if line.kind is not LineKind.FIGURE:
            return cell.display
        assert line.row is not None
        assert line.row.indicator is not None
        return self._figure(cell, line.label, line.row.indicator, row)

    def _code(self, cell: TemplateCell, box: Box) -> str:
        """The code of the option that the cell names, by its text in either language, its code, or Excel's
        TRUE and FALSE for yes and no; else the text of the cell."""
        codes = {
            fold(text): option.code
            for option in box.options
            for translate in (str, self.translate, translator("vi"))
            for text in (box.option_texts(translate)[option.code], option.code)
        }
        text = cell.text.strip()
        if cell.kind == "b":
            text = YES if text == "TRUE" else NO
        return codes.get(fold(text), cell.display.strip())

    def _figure(self, cell: TemplateCell, label: str, indicator: Indicator, row: int) -> str:
        """The cell of a figure as it would be typed; "", with a note, where the figure is not
        clear."""
        if cell.kind == "s" and _is_figure(cell.text, indicator):
            self._note(
                row, "text-number", TEXT_NUMBER, kept=False, label=label, text=cell.text.strip()
            )
        if cell.kind not in ("n", "p", "u"):
            return cell.text
        value, decimals = Decimal(cell.text), indicator.decimals
        if cell.kind == "u":
            self._note(row, "unclear-format", UNCLEAR_FORMAT, label=label, row=row,
                       value=exact_text(value, decimals))  # fmt: skip
            return ""
        if cell.kind == "p" and indicator.measure != "%":
            self._note(row, "not-percent", NOT_PERCENT, label=label, row=row,
                       percent=exact_text(value, decimals), measure=indicator.measure)  # fmt: skip
            return ""
        if cell.kind == "n" and indicator.measure == "%" and 0 < abs(value) < 1:
            self._note(row, "percent", PERCENT, label=label, value=exact_text(value, decimals),
                       percent=exact_text(value * 100, decimals))  # fmt: skip
            return ""
        return exact_text(value, decimals)


def _has_content(row: FilledRow) -> bool:
    """Whether a visible cell of the row is not blank."""
    return any(_cell_text(cell) for column, cell in row.cells.items() if column <= EXPLANATION)


def _is_figure(text: str, indicator: Indicator) -> bool:
    """Whether the text of a cell can be read as a figure of the indicator."""
    try:
        return (
            read_figure(text, decimals=indicator.decimals, measure=indicator.measure).value
            is not None
        )
    except InputError:
        return False


def _cell_text(cell: TemplateCell) -> str:
    return cell.text.strip()


def _line_label(line: TemplateLine) -> str:
    return line.label or line.text or line.words or line.code


def moved_texts(upload: Upload) -> Iterator[tuple[str, str]]:
    """The content of a file of another period or version as (code, text), to be put into the right
    template. The code is that of a template line; the text of a ticked choice is TICK_MARK."""
    yield from upload.texts.items()
    for key, codes in upload.ticks.items():
        yield from ((f"{key}:{code}", TICK_MARK) for code in codes)
