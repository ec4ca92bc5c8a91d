"""The laws of the demos: what every demo's reports obey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

import nq_model_commune
import nq_model_district
import nq_model_province
import nq_res02
import nq_res20
from nqcore.catalogue import Catalogue, Plugins, build_catalogue
from nqcore.catalogue.contracts import Demo, DemoSubmission
from nqcore.model.fields import (
    ChoicesField,
    DocumentField,
    NarrativeField,
    OwnDocument,
    TaskField,
    TaskProgress,
    YesNoField,
)
from nqcore.model.periods import read_period
from nqcore.model.submissions import SubmissionState

DISTRICT: list[tuple[str, object]] = [
    ("nq_res20", nq_res20),
    ("nq_model_province", nq_model_province),
    ("nq_model_district", nq_model_district),
]
COMMUNE: list[tuple[str, object]] = [("nq_res02", nq_res02), ("nq_model_commune", nq_model_commune)]


@dataclass(frozen=True)
class Office:
    """A demo with all definitions of its plugins."""

    catalogue: Catalogue
    demo: Demo

    @property
    def reports(self) -> Iterator[DemoSubmission]:
        yield from self.demo.submissions


@pytest.fixture(
    scope="module",
    params=[(DISTRICT, nq_model_district), (COMMUNE, nq_model_commune)],
    ids=["district", "commune"],
)
def office(request: pytest.FixtureRequest) -> Office:
    modules, model = request.param
    demo = model.demo()
    assert model.demo() == demo  # the same every time
    return Office(build_catalogue(Plugins([], modules=modules)), demo)


def asked(catalogue: Catalogue, submission: DemoSubmission) -> set[str]:
    """The keys of the figure boxes that the submission's form shows its unit."""
    unit = catalogue.units[submission.unit]
    return {
        field.key
        for field in catalogue.forms[submission.form].figures
        if catalogue.asks(field.indicator, unit, read_period(submission.period).end)
    }


def test_a_figure_is_there_exactly_where_the_unit_is_asked(office: Office) -> None:
    for one in office.reports:
        boxes = {field.key for field in office.catalogue.forms[one.form].figures}
        given = boxes & set(one.answers)
        if one.state is SubmissionState.DRAFT:
            assert given < asked(office.catalogue, one)
        else:
            assert given == asked(office.catalogue, one), (one.unit, one.period)


def test_every_answer_is_within_the_rules_of_its_field(office: Office) -> None:
    catalogue = office.catalogue
    for s in office.reports:
        form = catalogue.forms[s.form]
        labels = {field.key: catalogue.indicators[field.indicator] for field in form.figures}
        for key, answer in s.answers.items():
            field = form.field(key)
            if isinstance(answer, Decimal):
                indicator = labels[key]
                assert answer.is_finite()
                assert answer >= 0
                assert indicator.maximum is None or answer <= indicator.maximum
                assert -int(answer.as_tuple().exponent) <= indicator.decimals
                whole = indicator.at_most and catalogue.indicators[indicator.at_most].label
                if whole and whole in s.answers:
                    assert answer <= s.answers[whole], (s.unit, s.period, key)  # type: ignore[operator]  # figures
            elif isinstance(field, ChoicesField):
                assert set(answer) <= {option.code for option in field.options}
            elif isinstance(field, NarrativeField):
                assert isinstance(answer, str)
                assert 0 < len(answer) <= field.max_length
            elif isinstance(field, DocumentField):
                assert isinstance(answer, OwnDocument)
                assert field.asks.covers(catalogue.units[s.unit], catalogue.units)
                assert answer.date is not None
                assert answer.date <= read_period(s.period).end
            elif isinstance(field, YesNoField):
                assert isinstance(answer, bool)
            else:
                assert isinstance(field, TaskField)
                assert isinstance(answer, TaskProgress)
                task = catalogue.tasks[field.task]
                assert s.unit in (task.responsible, *task.cooperating)


def test_a_report_is_owed_sent_after_its_period_and_reviewed_after_it_was_sent(
    office: Office,
) -> None:
    catalogue, today = office.catalogue, office.demo.today
    for s in office.reports:
        form, unit, period = catalogue.forms[s.form], catalogue.units[s.unit], read_period(s.period)
        assert form.owed_by.covers(unit, catalogue.units)
        assert unit.exists(period.end)
        assert form.since is not None
        assert form.since <= period.start
        if s.state is SubmissionState.DRAFT:
            assert s.sent is s.reviewed is None
            continue
        assert s.sent is not None
        assert s.sent.utcoffset() is not None
        assert period.end < s.sent.date() <= today
        assert (s.reviewed is not None) == (
            s.state in (SubmissionState.ACCEPTED, SubmissionState.RETURNED)
        )
        assert s.reviewed is None or s.sent < s.reviewed
        assert s.reviewed is None or s.reviewed.date() <= today


def test_a_report_stands_once_and_again_only_where_it_corrects_an_accepted_one(
    office: Office,
) -> None:
    before: dict[tuple[str, str, str], DemoSubmission] = {}
    for one in office.reports:
        key = (one.unit, one.form, one.period)
        assert bool(one.reopened) == (key in before)
        if one.reopened:
            assert before[key].state is SubmissionState.ACCEPTED
            assert before[key].answers != one.answers
            assert before[key].reviewed is not None
            assert one.sent is not None
            assert one.sent - timedelta(hours=1) > before[key].reviewed
        before[key] = one


def test_every_account_is_of_a_unit_and_every_unit_that_reports_has_one(office: Office) -> None:
    units = {unit for _, _, unit, _ in office.demo.accounts}
    assert units <= set(office.catalogue.units)
    entering = {unit for _, _, unit, roles in office.demo.accounts if "enter" in roles}
    assert {one.unit for one in office.reports} == entering
