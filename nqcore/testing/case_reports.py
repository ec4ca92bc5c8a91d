"""The reports of a case: read, checked, and brought into its office as those that were accepted on paper are
(`nq import --accept`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqcore.catalogue.toml_text import Place
from nqcore.collection.submissions.checking import check_form, fields_asked, read_form
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.submissions.repository import NotOwed
from nqcore.collection.submissions.workflow import NotBegun
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.errors import N_, InputError, Mistake, Phrase, UnknownName, Words, WrongArgument
from nqcore.model.fields import Typed
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Severity
from nqcore.model.submissions import Revision, Step, SubmissionState
from nqcore.testing.case_values import Case, CaseReport, CaseState
from nqcore.text.suggestions import did_you_mean
from nqcore.workspace.facade import Workspace

LOGIN = "case"
"""The account that does all in the office of a case."""
_PAPER = "Tình huống"


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadReport:
    """A report of a case that can come in, and what is typed into it."""

    obligation: Obligation
    given: Mapping[str, Typed]
    state: CaseState


def bring_reports(ws: Workspace, case: Case) -> list[Mistake]:
    """Bring the reports of the case in. Where one of them has a mistake, none comes in and all mistakes are
    given."""
    mistakes: list[Mistake] = []
    read: dict[str, _ReadReport] = {}
    for nth, report in enumerate(case.reports):
        place: Place = ("report", nth)
        try:
            obligation = _obligation(ws, report)
        except _AtKey as wrong:
            mistakes.append(case.mistake((*place, wrong.key), wrong.words, wrong.remedy))
            continue
        if obligation.submission in read:
            twice = Phrase(N_("the same report stands in the file already"))
            mistakes.append(case.mistake(place, twice, Phrase(N_("keep one"))))
        found = [*_answer_mistakes(ws, case, nth, obligation)]
        mistakes += found
        if not found:
            read[obligation.submission] = _ReadReport(
                obligation=obligation, given=report.answers, state=report.state
            )
    if not mistakes:
        _put(ws, [*read.values()])
    return mistakes


class _AtKey(Exception):
    def __init__(self, key: str, words: Words, remedy: Words = "") -> None:
        super().__init__(key)
        self.key, self.words, self.remedy = key, words, remedy


_OF_KIND = {"unit": "unit", "form": "form", "period": "period"}


def _obligation(ws: Workspace, report: CaseReport) -> Obligation:
    """The report that is owed. Raises _AtKey."""
    try:
        found = ws.submissions.obligation(report.unit, report.form, report.period, history=True)
        if found.period.start > ws.today:
            raise NotBegun(found.period)
        return found
    except UnknownName as wrong:
        key = _OF_KIND.get(str(wrong.params["kind"]), "form")
        raise _AtKey(key, Phrase("{why}", {"why": wrong})) from wrong
    except NotOwed as wrong:
        raise _AtKey("unit", Phrase("{why}", {"why": wrong})) from wrong
    except InputError as wrong:
        raise _AtKey("period", Phrase("{why}", {"why": wrong})) from wrong


def _answer_mistakes(
    ws: Workspace, case: Case, nth: int, obligation: Obligation
) -> Iterator[Mistake]:
    """The answers that the form does not ask for, cannot read, or does not let pass."""
    repository, given = ws.submissions.history, case.reports[nth].answers
    fields = fields_asked(repository, obligation)
    names = {name: None for field in fields for name in (*field.input_names, field.key)}
    strange = [key for key in given if key not in names]
    for key in strange:
        words = Phrase(N_("the form does not ask this unit for it"))
        remedy = did_you_mean(key, names) or Phrase(
            N_("asked here: {names}"), {"names": ", ".join(names)}
        )
        yield case.mistake(_place(case, nth, key), words, remedy)
    if strange:
        return
    try:
        reading = read_form(repository, obligation, given, ws.today)
    except WrongArgument as wrong:
        key = str(wrong.params["argument"])
        yield case.mistake(_place(case, nth, key), Phrase("{why}", {"why": wrong}))
        return
    problems, _faults = check_form(repository, obligation, reading)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            words = Phrase("{why}", {"why": problem})
            yield case.mistake(_place(case, nth, problem.field), words)


def _place(case: Case, nth: int, key: str) -> Place:
    """Where the answer stands: in the table of the report, in [report.answers], or in parts of its name."""
    parts = tuple(key.split("."))
    report: Place = ("report", nth)
    ways = [(*report, *inside, *way) for inside in ((), ("answers",)) for way in ((key,), parts)]
    own = case.line(report)
    return next((way for way in ways if case.line(way) != own), (*report, key))


def _put(ws: Workspace, reports: Sequence[_ReadReport]) -> None:
    """Accept the reports, then leave out those that do not count; those that are only sent are stored so."""
    sent = [one for one in reports if one.state is CaseState.SENT]
    accepted = [one for one in reports if one.state is not CaseState.SENT]
    if accepted:
        ws.submissions.bring_in([(one.obligation, one.given) for one in accepted], _PAPER, by=LOGIN)
    for one in accepted:
        if one.state is CaseState.EXCLUDED:
            ws.submissions.exclude(one.obligation.submission, reason=_PAPER, by=LOGIN)
    if sent:
        with ws.store.change(by=LOGIN, do="send", at=ws.clock()) as change:
            for one in sent:
                revision = _sent(ws, one)
                id = revision.submission
                change.put(REVISIONS, f"{id}#1", REVISION.to_doc(revision))
                change.put(SUBMISSIONS, id, {"revision": 1, "state": revision.state.value})
        ws.refresh()


def _sent(ws: Workspace, one: _ReadReport) -> Revision:
    """The report as its unit has sent it: nothing of it is accepted yet."""
    reading = read_form(ws.submissions.history, one.obligation, one.given, ws.today)
    return Revision(
        submission=one.obligation.submission,
        unit=one.obligation.unit,
        form=one.obligation.form,
        period=one.obligation.period.code,
        number=1,
        state=SubmissionState.SENT,
        step=Step.SEND,
        answers=reading.answers,
        by=LOGIN,
        at=ws.clock(),
        first_sent=ws.clock(),
        receipt=LOGIN,
    )
