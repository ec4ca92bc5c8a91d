"""A report as it is filled in: sections, rows, boxes, problems, and how the report stands.

All arithmetic that a page needs is done here; a page only prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nqcore.catalogue.loading import Fault
from nqcore.collection.submissions.checking import check_form, read_form, typed_answers
from nqcore.collection.submissions.period_locks import PeriodLock
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import FormReading, Typed, asked_sections, input_names
from nqcore.model.forms import Field, FigureField, Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import Answer
from nqcore.model.units import Unit
from nqcore.text.dates import write_date
from nqcore.text.numbers import write_change, write_figure, write_for_box


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One field as the page shows it.

    `typed` are the texts of its boxes by input name ("B4", "VB1.number"); `value`, `before` and
    `change` the answer, that of the last period and what lies between, already written out; `last`
    is `before` as it may be put into the box, `old` the same as it is stored. `copied`: taken over
    from the last period and not looked at since.
    """

    field: Field
    indicator: Indicator | None
    typed: Mapping[str, str]
    answer: Answer | None
    value: str
    before: str
    last: str
    old: Answer | None
    change: str
    problems: tuple[Problem, ...]
    remark: str
    explanation: str
    copied: bool

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key

    @property
    def blank(self) -> bool:
        """Whether something still has to be entered."""
        return any(problem.severity is Severity.BLANK for problem in self.problems)

    def of(self, severity: str) -> tuple[Problem, ...]:
        """The row's problems of one severity ("error", "blank", "warning", "echo")."""
        return tuple(problem for problem in self.problems if problem.severity == severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySection:
    """A lettered part with its rows."""

    key: str
    title: str
    rows: tuple[EntryRow, ...]

    @property
    def figures(self) -> tuple[EntryRow, ...]:
        """The rows that are number boxes."""
        return tuple(row for row in self.rows if isinstance(row.field, FigureField))

    @property
    def others(self) -> tuple[EntryRow, ...]:
        """Narratives, choices, documents, tasks."""
        return tuple(row for row in self.rows if not isinstance(row.field, FigureField))

    @property
    def filled(self) -> int:
        """How many number boxes hold a figure that can be read."""
        return sum(1 for row in self.figures if row.answer is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySheet:
    """A report as its pages show it: rows, problems, remarks, and where it stands."""

    obligation: Obligation
    unit: Unit
    form: Form
    before: Period | None
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
        """The revision that is shown: it goes back with the form, so that no change is overwritten unseen."""
        return self.obligation.revision.number if self.obligation.revision else 0

    @property
    def editable(self) -> bool:
        """Whether the unit may enter figures now."""
        return self.lock is None and self.open

    @property
    def open(self) -> bool:
        """Whether it would be entered, were its period not closed."""
        return self.obligation.state is None or self.obligation.state.editable

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What stands in the way of sending."""
        return tuple(problem for problem in self.problems if problem.blocks)

    @property
    def filled(self) -> int:
        """Number boxes that hold a figure that can be read."""
        return sum(section.filled for section in self.sections)

    @property
    def boxes(self) -> int:
        """Number boxes in all."""
        return sum(len(section.figures) for section in self.sections)

    @property
    def unusual(self) -> tuple[EntryRow, ...]:
        """The rows with a warning: what a reviewer looks at first."""
        return tuple(row for row in self.rows if row.of(Severity.WARNING))

    @property
    def copied(self) -> tuple[EntryRow, ...]:
        """The rows with a figure copied from the last period and not looked at yet."""
        return tuple(row for row in self.rows if row.copied)

    def holds(self, reading: FormReading) -> bool:
        """Whether what was read is just what this sheet has, so that nothing needs to be saved."""
        mine = self.reading
        return mine.answers == reading.answers and mine.unread == reading.unread

    @property
    def first_blank(self) -> str:
        """The input name of the first box to fill, "" when none is left."""
        return next((input_names(row.field)[0] for row in self.rows if row.blank), "")


def entry_sheet(
    repository: SubmissionRepository,
    obligation: Obligation,
    given: Mapping[str, Typed] | None = None,
    *,
    reading: FormReading | None = None,
    checks: bool = True,
) -> EntrySheet:
    """The sheet of a report; with `given`, as if that had been typed (nothing is stored).

    `reading` is what `read_form` made of `given`, where the caller has read it already. Without
    `checks` the sheet has the problems of reading only: enough to compare and to fill boxes.
    """
    catalogue = repository.catalogue
    unit, form = repository.unit(obligation), catalogue.form(obligation.form)
    revision = obligation.revision
    shown = typed_answers(repository, obligation, revision) if given is None else given
    if reading is None:
        reading = read_form(repository, obligation, shown, repository.clock().date())
    no_faults: tuple[Fault, ...] = ()
    problems, faults = (
        check_form(repository, obligation, reading) if checks else (reading.problems, no_faults)
    )
    earlier = repository.obligations.before(form, obligation.period, 1)
    before = repository.before(obligation)[0] if earlier else {}
    by_field: dict[str, list[Problem]] = {}
    for problem in problems:
        by_field.setdefault(problem.field, []).append(problem)
    sections = []
    for section, fields in asked_sections(catalogue, form, unit, obligation.period.end):
        rows = []
        for field in fields:
            names = input_names(field)
            indicator = (
                catalogue.indicators[field.indicator] if isinstance(field, FigureField) else None
            )
            answer = reading.answers.get(field.key)
            old = before.get(field.key)
            decimals = indicator.decimals if indicator else 0
            rows.append(
                EntryRow(
                    field=field,
                    indicator=indicator,
                    typed={
                        name: _box(name, field, answer, reading.unread, shown, decimals)
                        for name in names
                    },
                    last=write_for_box(old, decimals) if isinstance(old, Decimal) else "",
                    answer=answer,
                    old=old,
                    value=_written(answer),
                    before=_written(old),
                    change=_change(answer, old),
                    problems=tuple(
                        p
                        for name in dict.fromkeys((*names, field.key))
                        for p in by_field.get(name, ())
                    ),
                    remark=revision.remarks.get(field.key, "") if revision else "",
                    explanation=revision.explanations.get(field.key, "") if revision else "",
                    copied=revision is not None
                    and field.key in revision.copied
                    and answer == revision.answers.get(field.key),
                )
            )
        sections.append(EntrySection(key=section.key, title=section.title, rows=tuple(rows)))
    return EntrySheet(
        obligation=obligation,
        unit=unit,
        form=form,
        before=earlier[0] if earlier else None,
        sections=tuple(sections),
        problems=problems,
        faults=faults,
        reading=reading,
        lock=repository.locks.on(obligation, repository.clock().date()),
        remark=(revision.remarks.get("", "") or revision.reason) if revision else "",
    )


def _written(answer: Answer | None) -> str:
    return write_figure(answer) if isinstance(answer, Decimal) else ""


def _change(answer: Answer | None, old: Answer | None) -> str:
    if isinstance(answer, Decimal) and isinstance(old, Decimal):
        return write_change(answer - old)
    return ""


def _box(
    name: str,
    field: Field,
    answer: Answer | None,
    unread: Mapping[str, str],
    given: Mapping[str, Typed],
    decimals: int,
) -> str:
    """What stands in one box: what could not be read as typed, else the answer written out."""
    if name in unread:
        return unread[name]
    if answer is None or (name not in given and field.key not in given):
        value = given.get(name)
        return value if isinstance(value, str) else ""
    if isinstance(answer, Decimal):
        return write_for_box(answer, decimals)
    if isinstance(answer, str):
        return answer
    part = name.removeprefix(field.key + ".")
    if part in ("number", "status", "note", "date"):
        value = getattr(answer, part)
        return write_date(value) if isinstance(value, date) else str(value or "")
    return ""
