"""The plan of an import, and the reasons to refuse it: the same for all kinds of files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nqcore.collection.accounts.actor import Actor
from nqcore.collection.entry.entry_sheet import EXPLANATION, EntryRow
from nqcore.collection.entry.workbook import Note
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.workflow import NotBegun, SubmissionWorkflow
from nqcore.errors import N_, InputError, Translate, say
from nqcore.model.fields import Typed
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import state_words
from nqcore.text.numbers import canonical, read_canonical, write_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with row `row` of the file (the heading is row 1; 0: the whole file): a msgid and its
    parameters. `sheet`: the sheet, where several were read."""

    row: int
    template: str
    params: Mapping[str, object]
    sheet: str = ""

    def message(self, translate: Translate = str) -> str:
        """The sentence in the language of `translate`."""
        return say(self.template, self.params, translate)

    def __str__(self) -> str:
        return self.message()


class ImportRefused(InputError):
    """The file has rows that cannot be imported; `faults` are all of them. Nothing was written."""

    code = "import-refused"
    template = N_("Nothing was imported: {count} rows to correct. Row {row}: {first}")

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        self.faults = faults
        super().__init__(count=len(faults), row=faults[0].row, first=faults[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A box that an import changes, or an explanation. `row`: in the file; `field`: its input name;
    `indicator`: its code, "" for what is no figure; `old`, `new`: the content as text ("" = empty);
    `typed`: what is saved."""

    row: int
    obligation: Obligation
    field: str
    indicator: str
    old: str
    new: str
    typed: Typed

    @property
    def old_written(self) -> str:
        """What is stored, as people write it."""
        return _written(self.old)

    @property
    def new_written(self) -> str:
        """What would be stored, as people write it."""
        return _written(self.new)


def _written(text: str) -> str:
    try:
        return write_figure(read_canonical(text))
    except InputError:
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do. `same`: how many cells stay as they are; `source`: the name of the file;
    `explanations`: the units' explanations by submission and field key; `notes`: what the user should know,
    the same sentences that the page of an upload shows."""

    changes: tuple[CellChange, ...]
    same: int
    source: str = ""
    explanations: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def submissions(self) -> tuple[str, ...]:
        """The ids of the submissions that would be saved, in the order of the file."""
        return tuple(dict.fromkeys(change.obligation.submission for change in self.changes))


class NotOpen(InputError):
    """The report was sent or accepted, so it cannot be changed."""

    code = "not-open"
    template = N_(
        "Report {submission} is {state} and cannot be changed. Have it returned or reopened first."
    )


def check_open(repository: SubmissionRepository, obligation: Obligation) -> None:
    """Check that the report can be entered today. Raises NotBegun, NotOpen, PeriodLocked."""
    today = repository.clock().date()
    if lock := repository.locks.on(obligation, today):
        raise PeriodLocked(lock)
    if obligation.period.start > today:
        raise NotBegun(obligation.period)
    if obligation.state is not None and not obligation.state.editable:
        raise NotOpen(submission=obligation.submission, state=state_words(obligation.state))


def echo_notes(row: int, problems: Iterable[Problem], sheet: str = "") -> Iterator[Note]:
    """The notes on figures that were taken although they could mean something else, and on unusual ones."""
    for problem in problems:
        if problem.severity in (Severity.ECHO, Severity.WARNING):
            yield Note(
                row=row, code=problem.code, template="{field}: {problem}", kept=False, sheet=sheet,
                params={"field": problem.field, "problem": problem},
            )  # fmt: skip


def plain_text(row: EntryRow, box: str) -> str:
    """The content of a box as text for programs."""
    if isinstance(row.answer, Decimal):
        return canonical(row.answer)
    given = row.given[box]
    return " ".join(given) if isinstance(given, tuple) else str(given)


def with_stored(
    repository: SubmissionRepository, obligation: Obligation, given: Mapping[str, Typed]
) -> dict[str, Typed]:
    """`given` (by input name) on top of what is stored. A box that is not given keeps its content, also
    where another box of its field is given."""
    stored = typed_answers(repository, obligation, obligation.revision)
    for field in repository.catalogue.form(obligation.form).fields:
        if len(field.boxes) > 1 and given.keys() & set(field.input_names):
            answer = stored.pop(field.key, None)
            if answer is not None:
                texts = field.write(answer, repository.catalogue)
                stored.update(zip(field.input_names, texts, strict=True))
    return {**stored, **given}


def save_plan(workflow: SubmissionWorkflow, actor: Actor, plan: ImportPlan) -> int:
    """Save the plan as drafts, all of them or none, as one record of the journal. Returns the number of
    submissions. Raises NotAllowed, Conflict and what `SubmissionWorkflow.save_all` raises."""
    by_submission: dict[str, tuple[Obligation, dict[str, Typed]]] = {}
    for change in plan.changes:
        _, values = by_submission.setdefault(change.obligation.submission, (change.obligation, {}))
        if not change.field.startswith(EXPLANATION):  # those are saved from plan.explanations
            values[change.field] = change.typed
    drafts = []
    for obligation, values in by_submission.values():
        given = with_stored(workflow.repository, obligation, values)
        drafts.append((obligation, given, obligation.revision.number if obligation.revision else 0))
    workflow.save_all(actor, drafts, reason=plan.source, explanations=plan.explanations)
    return len(drafts)
