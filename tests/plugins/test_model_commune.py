"""The model commune of 2026: its units before and after the merger, its plan, and the world of its demo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import nq_model_commune
import nq_res02
from nqcore.catalogue import Catalogue, Plugins, build_catalogue
from nqcore.catalogue.contracts import Demo
from nqcore.catalogue.targets_in_force import targets_in_force
from nqcore.collection.monitoring.task_coverage import task_coverage
from nqcore.collection.obligations import Obligations
from nqcore.model.handovers import Duty
from nqcore.model.periods import CIVIL, PeriodKind, read_period
from nqcore.model.submissions import SubmissionState
from nqcore.model.targets import TaskStatus
from nqcore.model.units import BUILT_IN_KINDS, UnitKind
from nqcore.testing import check_plugin
from tests.support.content import parts_asked_without_their_whole, rules_of, used_by_nothing

FORMER = {"tt-dong-ky", "xa-hoa-lang", "xa-my-thach"}
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    modules: list[tuple[str, object]] = [
        ("nq_res02", nq_res02),
        ("nq_model_commune", nq_model_commune),
    ]
    return build_catalogue(Plugins([], modules=modules))


@pytest.fixture(scope="module")
def demo() -> Demo:
    return nq_model_commune.demo()


# What is defined


def test_it_conforms_and_has_no_loose_end(catalogue: Catalogue) -> None:
    assert check_plugin("nq_model_commune") == []
    assert (catalogue.faults, catalogue.unresolved) == ((), ())


def test_three_communes_under_a_district_become_one_on_1_july_2025(catalogue: Catalogue) -> None:
    units = catalogue.units
    before, after = units.at(BEFORE), units.at(AFTER)
    assert {u.code for u in before.children("huyen-dong-ky")} == FORMER
    assert "tan-khe" not in before
    assert "huyen-dong-ky" not in after
    assert not FORMER & set(after)
    assert {units.successor(code) for code in FORMER} == {"tan-khe"}
    assert units.successor("huyen-dong-ky") is None
    assert [root.code for root in after.roots] == ["tan-khe"]
    # What lies in the former communes is in the new one, with its own code and history.
    assert {u.code for u in after.children("tan-khe") if u.sector is not None} == {
        u.code for u in before.values() if u.sector is not None
    }


def test_schools_went_to_the_party_body_of_the_peoples_committee(catalogue: Catalogue) -> None:
    below = {u.code for u in catalogue.units.at(AFTER).children("db-ubnd-xa")}
    assert {"th-dong-ky", "th-hoa-lang", "mn-my-thach", "ubnd-xa"} <= below


def test_the_new_commune_finishes_the_reports_of_the_three(catalogue: Catalogue) -> None:
    for code in FORMER:
        bearer = catalogue.bearer(code, Duty.REPORTS, "", AFTER)
        assert (bearer.unit, bearer.decided) == ("tan-khe", True)


def test_the_chain_from_the_resolution_to_the_plan_is_marked_as_made_up(
    catalogue: Catalogue,
) -> None:
    resolution = catalogue.directives["02-NQ/TW"]
    assert [d.number for d in catalogue.directives.under(resolution.id)] == [
        "12-CTr/TU",
        "05-KH/ĐU",
    ]
    for number in ("12-CTr/TU", "05-KH/ĐU"):
        assert "hư cấu" in catalogue.directives[number].source
    own = [t for t in catalogue.targets.values() if not t.id.startswith("res02.")]
    made = [*own, *catalogue.tasks.values(), *catalogue.overlays]
    assert made
    assert all("(số liệu mẫu)" in item.basis for item in made)


def test_the_commune_asks_more_than_the_resolution_and_earlier(catalogue: Catalogue) -> None:
    (target,) = (
        t
        for t in targets_in_force(catalogue, "res02.C2", "tan-khe", date(2026, 10, 5))
        if t.period == "2026..2030"
    )
    assert target.value == 90
    obligations = Obligations(catalogue)
    form = catalogue.forms["res02.q"]
    for unit, code, day in (
        ("xa-hoa-lang", "2025-Q1", date(2025, 4, 10)),
        ("dn-go-hoa-lang", "2025-Q3", date(2025, 10, 5)),
    ):
        period = obligations.period(form, code)
        now, _ = catalogue.overlaid("form", form.id, form, unit, period.end)
        assert now.due.due(period) == day


def test_the_tasks_answer_every_shortcoming_and_carry_out_the_programme(
    catalogue: Catalogue,
) -> None:
    tasks = [task for task in catalogue.tasks.values() if task.directive == "05-KH/ĐU"]
    assert [task.id for task in tasks] == [f"du05.G{n}" for n in range(1, 7)]
    answered = {rule for task in tasks for rule in task.answers}
    found = {rule.id for rule in rules_of(catalogue) if rule.kind == "shortcoming"}
    assert answered == found
    programme = catalogue.directives["12-CTr/TU"]
    covered = task_coverage(catalogue, programme, date(2026, 10, 5))
    assert {one.item.id for one in covered.uncovered} <= {"tu12.dn-25-2025"}  # its time is over
    # Of the resolution the program knows targets, and no task that they could carry out.
    assert [one.task.id for one in covered.unlinked] == ["tu12.N1", "du05.G4"]


def test_parts_and_wholes_are_asked_of_the_same_units(catalogue: Catalogue) -> None:
    assert [*parts_asked_without_their_whole(catalogue)] == []
    assert used_by_nothing(catalogue) == set()


def test_a_unit_is_asked_for_few_figures(catalogue: Catalogue) -> None:
    form = catalogue.forms["res02.q"]
    for unit in catalogue.units.values():
        if form.owed_by.covers(unit, catalogue.units):
            boxes = [
                f
                for f in form.figures
                if catalogue.indicators[f.indicator].asks.covers(unit, catalogue.units)
            ]
            assert 9 <= len(boxes) <= 17, unit.code


# The demo


def test_the_office_is_the_commune_and_the_districts_account_is_only_of_before(demo: Demo) -> None:
    roles = {login: (unit, roles) for login, _, unit, roles in demo.accounts}
    assert demo.root == "tan-khe"
    assert roles["vanphong"] == ("tan-khe", ("review", "admin"))
    assert roles["vphuyen"] == ("huyen-dong-ky", ("review",))


def test_the_three_report_until_the_merger_and_the_new_commune_from_then_on(demo: Demo) -> None:
    for one in demo.submissions:
        end = read_period(one.period).end
        assert (one.unit not in FORMER) or end <= BEFORE
        assert (one.unit != "tan-khe") or end >= AFTER
    ends = {read_period(one.period).end for one in demo.submissions if one.unit == "tan-khe"}
    assert min(ends) == date(2025, 9, 30)


def test_some_reports_were_never_sent_some_late_and_some_corrected(
    catalogue: Catalogue, demo: Demo
) -> None:
    sent = {(s.unit, s.period): s for s in demo.submissions if s.form == "res02.q"}
    form = catalogue.forms["res02.q"]
    obligations = Obligations(catalogue)
    owed = {
        (unit.code, period.code)
        for period in CIVIL.periods(PeriodKind.QUARTER, date(2021, 7, 1), date(2026, 6, 30))
        for unit in obligations.owed(form, period)
    }
    assert {unit for unit, _ in owed - set(sent)} == {"xa-my-thach", "dn-xang-dau-phuc-loi"}
    due = {code: obligations.period(form, code).due for _, code in sent}
    late = [s for s in sent.values() if s.sent and s.sent.date() > due[s.period]]  # type: ignore[operator]  # there
    assert 15 < len(late) < 60
    assert len([s for s in demo.submissions if s.reopened]) == 3


def test_the_current_quarter_is_in_every_state_and_most_enterprises_have_not_begun(
    catalogue: Catalogue, demo: Demo
) -> None:
    now = {s.unit: s for s in demo.submissions if s.period == "2026-Q3"}
    assert {s.state for s in now.values()} == {
        SubmissionState.ACCEPTED,
        SubmissionState.SENT,
        SubmissionState.RETURNED,
        SubmissionState.DRAFT,
    }
    firms = {u.code for u in catalogue.units.values() if u.sector}
    assert len(firms - set(now)) >= len(firms) / 2 - 0.5
    assert all(s.remarks for s in now.values() if s.state is SubmissionState.RETURNED)


# What the world is like


def last(demo: Demo, key: str) -> dict[str, dict[str, Decimal]]:
    """What each unit's accepted reports say of `key` in the end, by period."""
    found: dict[str, dict[str, Decimal]] = {}
    for s in demo.submissions:
        value = s.answers.get(key)
        if s.state is SubmissionState.ACCEPTED and isinstance(value, Decimal):
            found.setdefault(s.unit, {})[s.period] = value
    return found


def test_unions_of_offices_and_schools_ended_before_mid_june_2025(demo: Demo) -> None:
    for unit, values in last(demo, "B5").items():
        for period, value in values.items():
            assert period < "2025-Q2" or value == 0, (unit, period)
    assert last(demo, "B5")["th-dong-ky"]["2025-Q1"] == 1


def test_the_area_goes_on_where_the_three_communes_ended(demo: Demo) -> None:
    for key in ("B10", "B11", "B12"):
        values = last(demo, key)
        before = sum(values[unit]["2025-Q2"] for unit in FORMER)
        assert 0 <= values["tan-khe"]["2025-Q3"] - before <= before / 10 + 1


def test_not_all_goes_up_and_not_all_is_done(demo: Demo) -> None:
    members = last(demo, "B2")["dn-go-hoa-lang"]
    assert members["2026-Q2"] < members["2022-Q1"]
    assert last(demo, "C1")["dn-go-hoa-lang"]["2025-Q2"] == 0  # its agreement ran out
    assert any(value for value in last(demo, "C4")["dn-giay-hoa-lang"].values())
    progress = [s.answers["NV-du05.G4"] for s in demo.submissions if "NV-du05.G4" in s.answers]
    assert progress
    assert all(one.status is TaskStatus.NOT_STARTED for one in progress)  # type: ignore[union-attr]  # of tasks


def test_every_kind_of_unit_of_the_commune_reports(catalogue: Catalogue, demo: Demo) -> None:
    kinds = {catalogue.units[one.unit].kind for one in demo.submissions}
    assert kinds == set(BUILT_IN_KINDS) - {UnitKind.COMMITTEE, UnitKind.STEERING}
