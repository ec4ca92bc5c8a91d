"""Reading what was typed for one report, and checking it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nqcore.catalogue.contracts import CheckInput
from nqcore.catalogue.loading import Fault
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.validation import (
    FormReading,
    asked_fields,
    check_answers,
    read_answers,
)
from nqcore.model.fields import AnyField, Typed, type_of
from nqcore.model.obligations import Obligation
from nqcore.model.problems import Problem
from nqcore.model.submissions import Revision


def read_form(
    repository: SubmissionRepository,
    obligation: Obligation,
    given: Mapping[str, Typed],
    today: date,
) -> FormReading:
    """Read what was typed for that report. `given`: what was typed, by input name ("B4",
    "VB1.number"); `today`: the day after which no document can be dated. Raises UnknownFields."""
    return read_answers(repository.catalogue, fields_asked(repository, obligation), given, today)


def check_form(
    repository: SubmissionRepository, obligation: Obligation, reading: FormReading
) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
    """All problems of a form that was read: first those of reading, then those of the rules. The second
    value are the checks of plugins that raised an error: they are not evaluated."""
    earlier = repository.earlier_answers(obligation)
    entry = CheckInput(
        unit=repository.unit(obligation),
        form=repository.catalogue.form(obligation.form),
        period=obligation.period,
        answers=reading.answers,
        before=earlier[0] if earlier else {},
    )
    problems, faults = check_answers(repository.catalogue, entry, earlier)
    return (*reading.problems, *problems), faults


def typed_answers(
    repository: SubmissionRepository, obligation: Obligation, revision: Revision | None
) -> dict[str, Typed]:
    """The answers of a revision by input name, as `read_form` takes them: typed values, and the texts
    that could not be read. {} without a revision."""
    if revision is None:
        return {}
    given: dict[str, Typed] = {}
    for field in fields_asked(repository, obligation):
        answer = revision.answers.get(field.key)
        if answer is not None and field.holds(answer):
            given[field.key] = answer
        elif answer is not None:
            # The field had another type: what was answered stays, as a text to be looked at.
            given[field.input_names[0]] = type_of(answer).plain(answer)
        for name in field.input_names:
            if name in revision.unread:
                given[name] = revision.unread[name]
    return given


def fields_asked(repository: SubmissionRepository, obligation: Obligation) -> tuple[AnyField, ...]:
    """The fields that this unit fills in, as the unit was at the end of the period."""
    form = repository.catalogue.form(obligation.form)
    return asked_fields(
        repository.catalogue, form, repository.unit(obligation), obligation.period.end
    )
