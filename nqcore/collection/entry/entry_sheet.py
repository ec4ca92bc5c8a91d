"""The sheet of a report as its pages show it: sections, rows, boxes, problems, and the report's state.

All values that a page shows are computed here; a page only prints them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nqcore.catalogue import Catalogue
from nqcore.catalogue.loading import Fault
from nqcore.collection.submissions.checking import check_form, read_form, typed_answers
from nqcore.collection.submissions.period_locks import PeriodLock
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import FormReading, asked_sections
from nqcore.errors import N_, Translate
from nqcore.model.fields import (
    Answer,
    AnyField,
    BoxKind,
    ChoicesField,
    FigureField,
    NarrativeField,
    Typed,
)
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.problems import Problem, Severity, letters_problem
from nqcore.model.submissions import Revision
from nqcore.model.units import Unit
from nqcore.text.numbers import write_change, write_figure, write_for_box

NOT_IN_REPORT = N_("Not in this report")
EXPLANATION = "giai_trinh."
"""In front of a field's key: the unit's explanation of the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierNote:
    """What the unit wrote beside the figure in its report of `period`: "từ Quý II tính cả chi nhánh"."""

    period: Period
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One field of a report as its page shows it.

    - `title`: what is asked. `indicator`: of a figure; None for every other type of field.
    - `typed`: the texts of its boxes by input name ("B4", "VB1.number").
    - `answer`: the answer with its type; `value`: a figure as text, "1.310".
    - `before`, `before_typed`, `before_answer`: the figure of the last period as text, as it is typed
      into a box, and with its type.
    - `change`: the difference of the two figures as text, with its sign.
    - `problems`: of reading and of the rules; `remark`: of the approver; `explanation`: of the unit;
      `note`: its newest explanation of an earlier period, None where this report explains the figure itself.
    - `copied`: the figure was copied from the last period, and the user has not looked at it yet.
    - `lacking`: the report, which is not filled in any more, has no answer: the question began later than it
      was sent, or its figures were brought in without this one.
    """

    field: AnyField
    title: str
    indicator: Indicator | None
    typed: Mapping[str, str]
    answer: Answer | None
    value: str
    before: str
    before_typed: str
    before_answer: Answer | None
    change: str
    problems: tuple[Problem, ...]
    remark: str
    explanation: str
    copied: bool
    note: EarlierNote | None = None
    lacking: bool = False

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes of the ticked options, for a field whose options are ticked."""
        ticks = any(box.kind is BoxKind.TICKS for box in self.field.boxes)
        return self.field.codes(self.answer) if ticks and self.answer is not None else ()

    @property
    def given(self) -> dict[str, Typed]:
        """The row by input name as it is posted: texts, and the codes of ticked options as a tuple."""
        ticks = {box.name for box in self.field.boxes if box.kind is BoxKind.TICKS}
        return {n: self.ticked if n in ticks else text for n, text in self.typed.items()}

    def lines(self, translate: Translate) -> tuple[str, ...]:
        """The answer as it is printed, in one line or several; what cannot be read as it was typed."""
        if self.lacking:
            return (translate(NOT_IN_REPORT),)
        if self.answer is None and (typed := tuple(filter(None, self.typed.values()))):
            return (", ".join(typed),)
        return self.field.lines(self.answer, translate)

    @property
    def blank(self) -> bool:
        """Whether the field has still to be filled in."""
        return any(problem.severity is Severity.BLANK for problem in self.problems)

    def problems_of(self, severity: str) -> tuple[Problem, ...]:
        """The row's problems of one severity ("error", "blank", "warning", "echo")."""
        return tuple(problem for problem in self.problems if problem.severity == severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySection:
    """One section of a form (A, B …) with its rows."""

    key: str
    title: str
    rows: tuple[EntryRow, ...]

    @property
    def figures(self) -> tuple[EntryRow, ...]:
        """The rows that are number boxes."""
        return tuple(row for row in self.rows if row.indicator)

    @property
    def others(self) -> tuple[EntryRow, ...]:
        """The other rows: narratives, choices, documents and so on."""
        return tuple(row for row in self.rows if not row.indicator)

    @property
    def filled(self) -> int:
        """How many number boxes have a figure that can be read."""
        return sum(1 for row in self.figures if row.answer is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySheet:
    """A report as its pages show it. `before` is the last period before (None: there is none), of which
    `before_units` are the codes of the merged units whose figures are added up there (empty: its own), and
    `before_missing` those of them without whose report that cannot be done,
    `problems` are all problems in order, `faults` the checks of plugins that raised an error, `reading`
    is what was read, `remark` the approver's comment on the whole report, `lock` says who closed the
    period."""

    obligation: Obligation
    unit: Unit
    form: Form
    before: Period | None
    before_units: tuple[str, ...]
    before_missing: tuple[str, ...]
    sections: tuple[EntrySection, ...]
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...]
    reading: FormReading
    remark: str
    lock: PeriodLock | None = None

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        """Every row, in the order of the form."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def base(self) -> int:
        """The number of the revision that is shown (0: none). The page posts it with the form, so that a
        change by another user is noticed and not overwritten."""
        return self.obligation.revision.number if self.obligation.revision else 0

    @property
    def editable(self) -> bool:
        """Whether the unit may enter figures now."""
        return self.lock is None and self.open

    @property
    def open(self) -> bool:
        """Whether the state of the report allows to enter figures; its period may be closed all the same."""
        return self.obligation.state is None or self.obligation.state.editable

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The problems because of which the report cannot be sent."""
        return tuple(problem for problem in self.problems if problem.blocks)

    @property
    def filled(self) -> int:
        """How many number boxes have a figure that can be read."""
        return sum(section.filled for section in self.sections)

    @property
    def boxes(self) -> int:
        """How many number boxes there are."""
        return sum(len(section.figures) for section in self.sections)

    @property
    def unusual(self) -> tuple[EntryRow, ...]:
        """The rows with a warning: what an approver looks at first."""
        return tuple(row for row in self.rows if row.problems_of(Severity.WARNING))

    @property
    def copied(self) -> tuple[EntryRow, ...]:
        """The rows with a figure copied from the last period and not looked at yet."""
        return tuple(row for row in self.rows if row.copied)

    def has_same_content(self, reading: FormReading) -> bool:
        """Whether `reading` has the same answers and unread texts as this sheet, so that there is nothing
        to save."""
        mine = self.reading
        return mine.answers == reading.answers and mine.unread == reading.unread

    @property
    def first_blank(self) -> str:
        """The input name of the first box that has still to be filled in; "" where there is none."""
        return next((row.field.input_names[0] for row in self.rows if row.blank), "")


def entry_sheet(
    repository: SubmissionRepository,
    obligation: Obligation,
    given: Mapping[str, Typed] | None = None,
    *,
    reading: FormReading | None = None,
    checks: bool = True,
) -> EntrySheet:
    """The sheet of a report as it is stored; with `given` (by input name), as if that had been typed.
    Nothing is stored.

    `reading` is the result of `read_form(given)`, where the caller has it already. Without `checks` the
    sheet has the problems of reading only, not those of the rules: enough to compare drafts and to fill
    boxes. Raises UnknownFields.
    """
    catalogue, revision = repository.catalogue, obligation.revision
    unit, form = repository.unit(obligation), catalogue.form(obligation.form)
    typed = typed_answers(repository, obligation, revision) if given is None else given
    if reading is None:
        reading = read_form(repository, obligation, typed, repository.clock().date())
    no_faults: tuple[Fault, ...] = ()
    problems, faults = (
        check_form(repository, obligation, reading) if checks else (reading.problems, no_faults)
    )
    problems = (*problems, *_explanation_problems(revision))
    before = repository.obligations.earlier_periods(form, obligation.period, 1)
    merged = _merged(repository, obligation, before[0]) if before else ()
    before_answers = repository.earlier_answers(obligation)[0] if before else {}
    closed = given is None and obligation.state is not None and not obligation.state.editable
    rows = _Rows(
        catalogue,
        revision,
        typed,
        reading,
        problems,
        before_answers,
        repository.earlier_explanations(obligation),
        closed=closed,
    )
    return EntrySheet(
        obligation=obligation,
        unit=unit,
        form=form,
        before=before[0] if before else None,
        before_units=merged,
        before_missing=tuple(
            unit for unit in merged if not repository.has_sent(unit, form, before[0])
        ),
        sections=tuple(
            EntrySection(key=section.key, title=section.title, rows=tuple(map(rows.row_of, fields)))
            for section, fields in asked_sections(catalogue, form, unit, obligation.period.end)
        ),
        problems=problems,
        faults=faults,
        reading=reading,
        lock=repository.locks.on(obligation, repository.clock().date()),
        remark=(revision.remarks.get("", "") or revision.reason) if revision else "",
    )


def _merged(
    repository: SubmissionRepository, obligation: Obligation, before: Period
) -> tuple[str, ...]:
    units = repository.earlier_units(obligation, before)
    return () if units == (obligation.unit,) else units


def _explanation_problems(revision: Revision | None) -> tuple[Problem, ...]:
    """The warnings about explanations that are in an old encoding, or have lost letters."""
    explanations = revision.explanations if revision else {}
    found = (letters_problem(EXPLANATION + key, text) for key, text in explanations.items())
    return tuple(problem for problem in found if problem is not None)


class _Rows:
    """Makes the rows of one sheet."""

    def __init__(
        self,
        catalogue: Catalogue,
        revision: Revision | None,
        typed: Mapping[str, Typed],
        reading: FormReading,
        problems: Sequence[Problem],
        before: Mapping[str, Answer],
        explained: Mapping[str, tuple[Period, str]],
        *,
        closed: bool,
    ) -> None:
        self._closed, self._explained = closed, explained
        self._catalogue, self._revision, self._before = catalogue, revision, before
        self._typed, self._reading = typed, reading
        self._problems: dict[str, list[Problem]] = {}
        for problem in problems:
            self._problems.setdefault(problem.field, []).append(problem)

    def row_of(self, field: AnyField) -> EntryRow:
        catalogue, revision = self._catalogue, self._revision
        answer, before = self._reading.answers.get(field.key), self._before.get(field.key)
        indicator = (
            catalogue.indicators[field.indicator] if isinstance(field, FigureField) else None
        )
        decimals = indicator.decimals if indicator else 0
        typed = self._box_texts(field, answer)
        return EntryRow(
            field=field,
            title=field.title(catalogue),
            indicator=indicator,
            typed=typed,
            answer=answer,
            value=_figure_text(answer),
            before=_figure_text(before),
            before_typed=write_for_box(before, decimals) if isinstance(before, Decimal) else "",
            before_answer=before,
            change=_change_text(answer, before),
            problems=tuple(
                problem
                for name in dict.fromkeys((*typed, field.key, EXPLANATION + field.key))
                for problem in self._problems.get(name, ())
            ),
            lacking=self._is_lacking(field),
            remark=revision.remarks.get(field.key, "") if revision else "",
            explanation=revision.explanations.get(field.key, "") if revision else "",
            note=self._note(field),
            copied=revision is not None
            and field.key in revision.copied
            and answer == revision.answers.get(field.key),
        )

    def _note(self, field: AnyField) -> EarlierNote | None:
        """A unit that explains the figure anew says what holds now."""
        revision, earlier = self._revision, self._explained.get(field.key)
        if earlier is None or (revision is not None and field.key in revision.explanations):
            return None
        return EarlierNote(period=earlier[0], words=earlier[1])

    def _is_lacking(self, field: AnyField) -> bool:
        """Whether the report is closed and has no answer where every report that was asked has one, be it
        that there is nothing."""
        revision = self._revision
        if not self._closed or revision is None or field.key in revision.answers:
            return False
        if any(name in revision.unread for name in field.input_names):
            return False
        blank = any(
            one.severity is Severity.BLANK
            for name in field.input_names
            for one in self._problems.get(name, ())
        )
        return blank or isinstance(field, (NarrativeField, ChoicesField))

    def _box_texts(self, field: AnyField, answer: Answer | None) -> dict[str, str]:
        """The texts of the boxes by input name: as typed where it cannot be read, else the answer as one
        types it."""
        written = field.write(answer, self._catalogue) if answer is not None else None
        texts: dict[str, str] = {}
        for nth, name in enumerate(field.input_names):
            if name in self._reading.unread:
                texts[name] = self._reading.unread[name]
            elif written is not None and (name in self._typed or field.key in self._typed):
                texts[name] = written[nth]
            else:
                value = self._typed.get(name)
                texts[name] = value if isinstance(value, str) else ""
        return texts


def _figure_text(answer: Answer | None) -> str:
    return write_figure(answer) if isinstance(answer, Decimal) else ""


def _change_text(answer: Answer | None, before: Answer | None) -> str:
    if isinstance(answer, Decimal) and isinstance(before, Decimal):
        return write_change(answer - before)
    return ""
