"""What a filled file says, box by box, for the report that it is handed in for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.filled import FilledRow, FilledTemplate, TemplateCell
from nqcore.collection.entry.workbook.identity import identity_of
from nqcore.collection.entry.workbook.lines import (
    EXPLANATION,
    FIRST_ROW,
    HEADING_MARK,
    VALUE,
    LineKind,
    TemplateLine,
    template_lines,
)
from nqcore.collection.validation import exact_text
from nqcore.collection.validation.texts import TextRefused, check_texts
from nqcore.errors import N_, InputError
from nqcore.model.forms import ChoicesField
from nqcore.model.indicators import Indicator
from nqcore.model.targets import STATUS_LABELS
from nqcore.text.folding import fold
from nqcore.text.numbers import read_figure


class WrongTemplate(InputError):
    """The file was written for another report; `movable` if its figures may be moved over by code."""

    code = "wrong-template"
    movable = True


class WrongPeriod(WrongTemplate):
    """Another period's."""

    code = "wrong-period"
    template = N_(
        "This file is the template of {theirs}, {ours} is being filled in. Download the right "
        "template, or press “Move the figures to the right template”."
    )


class WrongVersion(WrongTemplate):
    """The form has changed since."""

    code = "wrong-version"
    template = N_(
        "The form has changed since this file was downloaded. Download it anew, or press "
        "“Move the figures to the right template”."
    )


class WrongUnit(WrongTemplate):
    """Another unit's: its figures are not moved."""

    code = "wrong-unit"
    movable = False
    template = N_("This file is that of {theirs}. Choose the file of {ours}.")


class WrongForm(WrongTemplate):
    """Another form's."""

    code = "wrong-form"
    movable = False
    template = N_("This file is the template “{theirs}”. Download the template “{ours}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to say of row `row` of the file (0: of the whole file). `kept`: because of it a box
    keeps what stands in it."""

    row: int
    code: str
    template: str
    params: Mapping[str, object]
    kept: bool = True

    def message(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """The sentence."""
        return translate(self.template).format(**self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What the file says: texts by input name as one would have typed them (ticked codes under
    `ticks`), explanations by key, the row of each in the file, notes. `base`: the revision it was
    written from."""

    texts: Mapping[str, str]
    ticks: Mapping[str, tuple[str, ...]]
    explanations: Mapping[str, str]
    rows: Mapping[str, int]
    notes: tuple[Note, ...]
    base: int


def check_template(
    filled: FilledTemplate,
    sheet: EntrySheet,
    *,
    period: Callable[[str], str] = str,
    unit: Callable[[str], str] = str,
    form: Callable[[str], str] = str,
) -> None:
    """Raise WrongTemplate unless the file was written for the report of `sheet`; the functions put
    codes into words."""
    theirs, ours = filled.identity, identity_of(sheet)
    if theirs.form != ours.form:
        raise WrongForm(theirs=form(theirs.form), ours=form(ours.form))
    if theirs.unit != ours.unit:
        raise WrongUnit(theirs=unit(theirs.unit), ours=unit(ours.unit))
    if theirs.period != ours.period:
        raise WrongPeriod(theirs=period(theirs.period), ours=period(ours.period))
    if theirs.version != ours.version:
        raise WrongVersion()


def read_upload(
    filled: FilledTemplate, sheet: EntrySheet, translate: Callable[[str], str] = lambda text: text
) -> Upload:
    """What the file says for that report. `translate` is the language in which it was written."""
    return _UploadReader(filled, sheet, translate).done()


class _UploadReader:
    def __init__(
        self, filled: FilledTemplate, sheet: EntrySheet, translate: Callable[[str], str]
    ) -> None:
        self.filled, self.sheet = filled, sheet
        self.lines = {line.code: line for line in template_lines(sheet, {})}
        self.words = {
            fold(said): status.value
            for status, english in STATUS_LABELS.items()
            for said in (english, translate(english), status.value)
        }
        self.texts: dict[str, str] = {}
        self.ticked: dict[str, set[str]] = {}
        self.explanations: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.notes: list[Note] = []

    def done(self) -> Upload:
        self._every_row()
        ticks = {}
        for row in self.sheet.rows:
            if isinstance(row.field, ChoicesField) and row.key in self.ticked:
                ticked = self.ticked[row.key]
                ticks[row.key] = tuple(o.code for o in row.field.options if o.code in ticked)
        if self.filled.formulas is None:
            self._note(0, "old-format", XLS_NOTE, kept=False)
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

    def _every_row(self) -> None:
        seen: dict[str, int] = {}
        strange: list[int] = []
        for row in self.filled.rows:
            if row.number < FIRST_ROW:
                continue
            code = row.code
            if code.startswith(HEADING_MARK):
                continue
            line = self.lines.get(code)
            if line is None:
                if any(
                    _cell_text(cell) for column, cell in row.cells.items() if column <= EXPLANATION
                ):
                    strange.append(row.number)
                continue
            if code in seen:
                self.texts.pop(code, None)
                self._note(row.number, "twice", TWICE, label=_line_label(line), first=seen[code],
                           second=row.number)  # fmt: skip
                continue
            seen[code] = row.number
            if self._in_its_place(row, line):
                self._take(row, line)
        self._missing(seen)
        if strange:
            self._note(
                strange[0], "extra-rows", EXTRA, kept=False, count=len(strange), first=strange[0]
            )

    def _in_its_place(self, row: FilledRow, line: TemplateLine) -> bool:
        """Whether the hidden code and the printed number of the row still belong together."""
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

    def _missing(self, seen: Mapping[str, int]) -> None:
        gone = [
            line.label
            for line in self.lines.values()
            if line.kind is LineKind.FIGURE and line.code not in seen
        ]
        if gone:
            self._note(0, "missing-rows", MISSING, labels=", ".join(gone))

    def _take(self, row: FilledRow, line: TemplateLine) -> None:
        if line.kind is LineKind.FIGURE and EXPLANATION in row.cells:
            self._explain(row.cells[EXPLANATION], line, row.number)
        column = 0 if line.kind is LineKind.LONG else VALUE
        cell = row.cells.get(column)
        if cell is not None and cell.kind == "e":
            self._broken(cell, line, row.number)
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

    def _broken(self, cell: TemplateCell, line: TemplateLine, row: int) -> None:
        self._note(row, "error-cell", ERROR, label=_line_label(line), row=row, error=cell.text)

    def _explain(self, cell: TemplateCell, line: TemplateLine, row: int) -> None:
        """The unit's words on a figure: whole, or not at all."""
        if cell.kind == "e":
            self._broken(cell, line, row)
            return
        words = cell.words.strip()
        try:
            check_texts({line.label: words})
        except TextRefused as wrong:
            note = Note(row=row, code=wrong.code, template=wrong.template, params=wrong.params)
            self.notes.append(note)
        else:
            self.explanations[line.code] = words

    def _text(self, cell: TemplateCell, line: TemplateLine, row: int) -> str:
        if line.kind is LineKind.STATUS:
            return self.words.get(fold(cell.text.strip()), cell.words.strip())
        if line.kind is not LineKind.FIGURE:
            return cell.words
        assert line.row is not None
        assert line.row.indicator is not None
        return self._figure(cell, line.label, line.row.indicator, row)

    def _figure(self, cell: TemplateCell, label: str, indicator: Indicator, row: int) -> str:
        """The cell of a figure as it would be typed; "" where it is not clear which is meant."""
        if cell.kind == "s" and _is_figure(cell.text, indicator):
            self._note(row, "text-number", TEXT, kept=False, label=label, text=cell.text.strip())
        if cell.kind not in ("n", "p", "u"):
            return cell.text
        value, decimals = Decimal(cell.text), indicator.decimals
        if cell.kind == "u":
            self._note(row, "unclear-format", UNCLEAR, label=label, row=row,
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


def _is_figure(text: str, indicator: Indicator) -> bool:
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
    return line.label or line.text or line.code


def moved_texts(upload: Upload) -> Iterator[tuple[str, str]]:
    """(code, text) of the boxes that a file of another period or version has in common with a form,
    to be put into the right template."""
    yield from upload.texts.items()
    for key, codes in upload.ticks.items():
        yield from ((f"{key}:{code}", "x") for code in codes)


TWICE = N_(
    "{label} stands in rows {first} and {second}. Delete one of the rows; the box stays as it was."
)
SHIFTED = N_(
    "Row {row} is marked {label}, but its place belongs to {code}: cells were shifted. "
    "Check the row; the box stays as it was."
)
MOVED = N_("{label} was moved to row {row}; it was recognised by its code. Check its figure.")
MISSING = N_("Rows are missing in the file: {labels}. Check it; these boxes stay as they were.")
FORMULA = N_(
    "{label} holds a formula in row {row}. Enter its result as a number; the box stays as it was."
)
PERCENT = N_(
    "{label} is {value}. If {percent}% is meant, enter {percent}; if not, enter it as text ('{value}). "
    "The box stays as it was."
)
NOT_PERCENT = N_(
    "{label} is shown as {percent}% in row {row}, but its measure is {measure}. Enter it as a plain "
    "number; the box stays as it was."
)
UNCLEAR = N_(
    "{label} holds {value} in row {row}, but its number format shows another figure. Enter it as a "
    "plain number; the box stays as it was."
)
ERROR = N_(
    "{label} holds the error {error} in row {row}. Enter what belongs there; what was there before stays."
)
TEXT = N_("{label} holds text “{text}”; it is read as if it had been typed. Check it in the table.")
EXTRA = N_(
    "{count} rows do not belong to the template (from row {first}) and are not read. Check them."
)
XLS_NOTE = N_(
    "An .xls file does not tell what formulas worked out. Check such figures in the table."
)
