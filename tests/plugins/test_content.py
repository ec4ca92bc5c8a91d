"""The three content plugins: what they define, and that the demo obeys it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import ClassVar

import pytest

import nq_model_district
import nq_model_province
import nq_res02
import nq_res20
from nqcore.analysis.indicator_uses import used_by_rules, used_by_totals
from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue import Catalogue, Plugins, build_catalogue
from nqcore.catalogue.contracts import Check, CheckInput, Demo
from nqcore.collection.monitoring.task_coverage import task_coverage
from nqcore.model.cells import NIL, NOT_REPORTED, Cell
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import UnitCount
from nqcore.model.periods import CIVIL, PeriodKind, read_period
from nqcore.model.problems import Severity
from nqcore.model.rules import RuleDefinition
from nqcore.model.submissions import SubmissionState
from nqcore.model.units import Scope, Sector, UnitKind
from tests.support.content import parts_asked_without_their_whole, typed_once, untrue_sentences

MODULES: list[tuple[str, object]] = [
    ("nq_res20", nq_res20),
    ("nq_model_province", nq_model_province),
    ("nq_model_district", nq_model_district),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return build_catalogue(Plugins([], modules=MODULES))


@pytest.fixture(scope="module")
def demo() -> Demo:
    return nq_model_district.demo()


# What is defined


def test_the_three_together_load_without_a_fault_or_a_loose_end(catalogue: Catalogue) -> None:
    assert catalogue.faults == ()
    assert catalogue.unresolved == ()


def test_the_pack_alone_has_no_loose_end() -> None:
    alone = build_catalogue(Plugins([], modules=MODULES[:1]))
    assert (alone.faults, alone.unresolved) == ((), ())


OWN_PACKS: list[tuple[str, object]] = [*MODULES, ("nq_res02", nq_res02)]


def test_hardly_a_figure_that_the_packs_ask_for_serves_nothing() -> None:
    known = build_catalogue(Plugins([], modules=OWN_PACKS))
    read = {*used_by_rules(known), *used_by_totals(known)}
    read |= {target.indicator for target in known.targets.values()}
    idle = [code for code in known.typed_in if code not in read]
    assert len(idle) * 20 <= len(known.typed_in), idle


def test_rules_that_came_later_say_nothing_of_the_ten_years_of_the_demo(
    catalogue: Catalogue,
) -> None:
    rules = [one for one in catalogue.rules.values() if isinstance(one, RuleDefinition)]
    later = {one.id for one in rules if not one.holds(date(2018, 12, 31))}
    assert later == {f"res20.{id}" for id in ("R1f", "R1g", "R2g", "R2h", "R3d", "R4a", "R4b")}


def test_without_the_province_what_pointed_to_it_is_shown_as_unresolved() -> None:
    left = build_catalogue(Plugins([], modules=[MODULES[0], MODULES[2]]))
    assert {(u.kind, u.missing) for u in left.unresolved} == {
        ("directive", "13-NQ/TU"),
        ("rule", "tu13.doi-thoai"),
        *(("task", f"tu13.{id}") for id in ("N1", "N2", "bhxh-2018", "bhyt-2018")),
    }


def test_the_seeds_five_directives_have_their_bodies_and_known_dates(catalogue: Catalogue) -> None:
    found = {d.number: (d.type, d.issuer, d.body, d.date) for d in catalogue.directives}
    assert found == {
        "20-NQ/TW": ("Nghị quyết", "TW", "Ban Chấp hành Trung ương Đảng", date(2008, 1, 28)),
        "79-KL/TW": ("Kết luận", "TW", "Bộ Chính trị", date(2013, 12, 25)),
        "80-KL/TW": ("Kết luận", "TW", "Ban Bí thư Trung ương Đảng", date(2010, 7, 29)),
        "13-NQ/TU": ("Chương trình hành động", "TU", "Ban Thường vụ Tỉnh ủy", None),
        "70-KH/HU": ("Kế hoạch", "HU", "Ban Thường vụ Huyện ủy", None),
    }


def test_all_five_directives_hang_on_the_resolution(catalogue: Catalogue) -> None:
    root = catalogue.directives["20-NQ/TW"]
    assert len(catalogue.directives.family(root.id)) == 5
    plan = catalogue.directives["70-KH/HU"]
    assert sorted(
        (link.kind.value, catalogue.directives[link.target].number)
        for link in catalogue.directives.above(plan.id)
    ) == [
        ("goes_with", "80-KL/TW"),
        ("implements", "13-NQ/TU"),
        ("implements", "20-NQ/TW"),
        ("implements", "79-KL/TW"),
    ]


def test_at_least_25_indicators_are_typed_in_sections_a_to_e(catalogue: Catalogue) -> None:
    typed = [i for i in catalogue.indicators.values() if not i.computed]
    assert len(typed) >= 25
    assert {i.label[0] for i in typed} == set("ABCDE")


def test_every_typed_indicator_stands_in_exactly_one_form_and_no_computed_one_in_any(
    catalogue: Catalogue,
) -> None:
    assert typed_once(catalogue)


def test_a_part_is_asked_of_whom_its_whole_is_asked_in_the_same_form(catalogue: Catalogue) -> None:
    assert [*parts_asked_without_their_whole(catalogue)] == []


def test_everything_is_dated_and_has_its_legal_basis(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        assert indicator.since is not None
        assert indicator.basis
    dated = [*catalogue.forms.values(), *catalogue.overlays]
    based = [*catalogue.targets.values(), *catalogue.tasks.values(), *catalogue.units.values()]
    assert all(item.since is not None for item in dated)
    assert all(item.basis for item in (*dated, *based, *catalogue.directives.links))


def test_the_form_asks_about_twenty_figures_of_a_unit(catalogue: Catalogue) -> None:
    form = catalogue.forms["res20.q"]
    for unit in catalogue.units.values():
        if form.owed_by.covers(unit, catalogue.units):
            boxes = [
                f
                for f in form.figures
                if catalogue.indicators[f.indicator].asks.covers(unit, catalogue.units)
            ]
            assert 12 <= len(boxes) <= 22, unit.code


def test_the_units_of_every_kind_in_the_seed_are_there(catalogue: Catalogue) -> None:
    kinds = Counter(unit.kind for unit in catalogue.units.values())
    assert kinds[UnitKind.COMMUNE] == 9
    assert kinds[UnitKind.AGENCY] + kinds[UnitKind.ORGANISATION] == 6
    assert kinds[UnitKind.STEERING] == kinds[UnitKind.AUTHORITY] == kinds[UnitKind.COMMITTEE] == 1
    firms = [unit for unit in catalogue.units.values() if unit.sector is not None]
    assert len(firms) == 12
    assert Counter(unit.sector for unit in firms) == {Sector.STATE: 3, Sector.NON_STATE: 9}
    assert len([u for u in firms if u.opened or u.closed]) == 2
    assert [root.code for root in catalogue.units.roots] == ["huyen"]
    assert len(catalogue.units.ancestors("htx-dong-ha")) == 2


def test_the_six_tasks_answer_every_shortcoming(catalogue: Catalogue) -> None:
    tasks = [task for task in catalogue.tasks.values() if task.directive == "70-KH/HU"]
    assert [task.id for task in tasks] == [f"hu.G{n}" for n in range(1, 7)]
    answered = {rule for task in tasks for rule in task.answers}
    found = {rule.id for rule in catalogue.rules.values() if rule.kind == "shortcoming"}
    assert answered == found


def test_no_task_carries_out_one_of_the_province_s_and_one_of_the_district_carries_out_none(
    catalogue: Catalogue,
) -> None:
    programme = task_coverage(catalogue, catalogue.directives["13-NQ/TU"], date(2018, 10, 5))
    assert [d.number for d in programme.below] == ["70-KH/HU"]
    assert [one.item.id for one in programme.uncovered] == ["tu13.N3"]
    assert [one.task.id for one in programme.unlinked] == ["hu.G4"]
    assert all(not task.responsible for task in catalogue.tasks.values() if "tu13" in task.id)


def test_every_row_of_results_and_shortcomings_has_a_rule(catalogue: Catalogue) -> None:
    rows = {id.partition(".")[2][:2] for id in catalogue.rules if id.startswith("res20.")}
    assert rows == {"R1", "R2", "R3", "R4", "S1", "S2", "S3", "S4", "S5"}


def test_a_sentence_names_only_what_its_rule_type_knows_and_carries_a_figure(
    catalogue: Catalogue,
) -> None:
    assert [*untrue_sentences(catalogue)] == []


def test_the_province_moves_its_yearly_deadline_and_only_from_its_first_day(
    catalogue: Catalogue,
) -> None:
    form = catalogue.forms["res20.y"]
    later, used = catalogue.overlaid("form", "res20.y", form, "xa-an-phu", date(2017, 12, 31))
    assert (later.due.day, [o.id for o in used]) == (10, ["tu13.han-bao-cao-nam"])
    assert catalogue.overlaid("form", "res20.y", form, "xa-an-phu", date(2013, 12, 31)) == (
        form,
        (),
    )


# The district's check and the province's rule


def entry(catalogue: Catalogue, **answers: int) -> CheckInput:
    return CheckInput(
        unit=catalogue.units["xa-an-phu"],
        form=catalogue.forms["res20.q"],
        period=read_period("2018-Q3"),
        answers={key: Decimal(value) for key, value in answers.items()},
        before={},
    )


@pytest.mark.parametrize(
    ("held", "people", "severities"),
    [(0, 5, [Severity.ERROR]), (2, 0, [Severity.WARNING]), (0, 0, []), (2, 90, [])],
)
def test_people_without_a_conference_are_noticed(
    catalogue: Catalogue, held: int, people: int, severities: list[Severity]
) -> None:
    check: Check = catalogue.checks["hu.quan-triet"]
    found = list(check.problems(entry(catalogue, A1=held, A3=people)))
    assert [problem.severity for problem in found] == severities
    assert all(problem.field == "A3" for problem in found)


def test_the_check_is_silent_where_a_figure_is_missing(catalogue: Catalogue) -> None:
    assert list(catalogue.checks["hu.quan-triet"].problems(entry(catalogue, A3=5))) == []


class View2017:
    """A View over quarters of 2017 and 2018, with what three units reported of D4."""

    CELLS: ClassVar = {
        "dn-go-an-phu": [NIL, NIL, NIL, NIL],
        "dn-may-binh-minh": [NIL, Cell.of(Decimal(1)), NIL, NIL],
        "htx-dong-ha": [NIL, NIL, NOT_REPORTED, NIL],
    }

    def __init__(self, catalogue: Catalogue, cut_off: date = date(2018, 6, 30)) -> None:
        self.catalogue = catalogue
        self.cut_off = cut_off

    def periods(self, indicator: str) -> list[object]:
        return list(CIVIL.periods(PeriodKind.QUARTER, date(2017, 1, 1), date(2018, 6, 30)))

    def units(self, scope: Scope, on: date | None = None) -> list[object]:
        return [self.catalogue.units[code] for code in self.CELLS]

    def cell(self, indicator: str, unit: str, period: str) -> Cell:
        assert period.startswith("2017-Q")
        return self.CELLS[unit][int(period[-1]) - 1]

    def figure_over(self, indicator: str, scope: Scope, period: str) -> Figure:
        return Figure(
            indicator=indicator,
            unit="huyen",
            period=period,
            value=Decimal(1),
            decimals=0,
            measure="cuộc",
            coverage=Coverage(due=12, reported=12),
        )


def test_the_provinces_rule_names_who_held_no_dialogue_in_the_last_whole_year(
    catalogue: Catalogue,
) -> None:
    rule = catalogue.rules["tu13.doi-thoai"]
    (finding,) = rule.findings(View2017(catalogue))
    assert finding.evidence.units == ("dn-go-an-phu",)
    (counted,) = [piece for piece in finding.sentence if isinstance(piece, UnitCount)]
    # Who owes a quarter is neither named nor counted.
    assert counted.among == ("dn-go-an-phu", "dn-may-binh-minh")


@pytest.mark.parametrize(
    ("cut_off", "speaks"), [(date(2017, 12, 31), True), (date(2017, 12, 30), False)]
)
def test_the_provinces_rule_says_nothing_of_a_year_that_ends_after_the_review_speaks(
    catalogue: Catalogue, cut_off: date, speaks: bool
) -> None:
    rule = catalogue.rules["tu13.doi-thoai"]
    assert bool([*rule.findings(View2017(catalogue, cut_off))]) is speaks


def test_the_provinces_rule_names_a_single_unit_and_speaks_of_no_others_where_there_are_none(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, quiet = catalogue.rules["tu13.doi-thoai"], [NIL] * 4

    def said(**cells: list[Cell]) -> str:
        monkeypatch.setattr(View2017, "CELLS", {k.replace("_", "-"): v for k, v in cells.items()})
        (finding,) = rule.findings(View2017(catalogue))
        return sentence_text(finding.sentence)

    head = "Việc tổ chức đối thoại tại nơi làm việc chưa được duy trì: năm 2017"
    assert said(htx_dong_ha=quiet) == (
        f"{head} {catalogue.units['htx-dong-ha'].name} không tổ chức cuộc đối thoại nào"
    )
    assert said(htx_dong_ha=quiet, dn_go_an_phu=quiet) == (
        f"{head} có 2 trong 2 doanh nghiệp, hợp tác xã không tổ chức cuộc đối thoại nào"
    )
    held = [NIL, NIL, NIL, Cell.of(Decimal(1))]
    assert said(htx_dong_ha=quiet, dn_go_an_phu=held) == (
        f"{head} có 1 trong 2 doanh nghiệp, hợp tác xã không tổ chức cuộc đối thoại nào; "
        "các đơn vị còn lại tổ chức 1 cuộc"
    )


# The demo


def test_every_unit_has_an_account_and_so_have_the_office_the_leader_and_the_inspector(
    catalogue: Catalogue, demo: Demo
) -> None:
    roles = {login: (unit, roles) for login, _, unit, roles in demo.accounts}
    assert roles["vanphong"] == ("huyen", ("review", "admin"))
    assert set(roles) == {"vanphong", "lanhdao", "kiemtra"} | set(catalogue.units) - {"huyen"}
    assert all(roles[code] == (code, ("enter",)) for code in catalogue.units if code != "huyen")


def test_no_sent_report_breaks_the_districts_check(catalogue: Catalogue, demo: Demo) -> None:
    check = catalogue.checks["hu.quan-triet"]
    for s in demo.submissions:
        if s.form != check.form:
            continue
        given = CheckInput(
            unit=catalogue.units[s.unit],
            form=catalogue.forms[s.form],
            period=read_period(s.period),
            answers=s.answers,
            before={},
        )
        assert list(check.problems(given)) == []


def test_some_reports_of_the_past_were_never_sent_and_some_were_late(
    catalogue: Catalogue, demo: Demo
) -> None:
    sent = {(s.unit, s.period): s for s in demo.submissions if s.form == "res20.q"}
    form = catalogue.forms["res20.q"]
    missing = set()
    for period in CIVIL.periods(PeriodKind.QUARTER, date(2008, 1, 1), date(2018, 6, 30)):
        for unit in catalogue.units.values():
            owed = form.owed_by.covers(unit, catalogue.units)
            if owed and unit.exists_within(period.start, period.end):
                missing.add((unit.code, period.code))
    missing -= set(sent)
    assert {unit for unit, _ in missing} == {"xa-thanh-loc", "dn-xay-dung-hoa-loi"}
    due = {code: form.due.due(read_period(code)) for _, code in sent}
    late = [s for s in sent.values() if s.sent and s.sent.date() > due[s.period]]
    assert 20 < len(late) < 150


def test_the_current_quarter_is_a_mix_and_most_enterprises_have_not_begun(
    catalogue: Catalogue, demo: Demo
) -> None:
    now = {s.unit: s for s in demo.submissions if s.period == "2018-Q3"}
    assert {s.state for s in now.values()} == {
        SubmissionState.ACCEPTED,
        SubmissionState.SENT,
        SubmissionState.RETURNED,
        SubmissionState.DRAFT,
    }
    firms = {u.code for u in catalogue.units.values() if u.sector and u.exists(demo.today)}
    assert len(firms - set(now)) > len(firms) / 2
    assert "dn-may-binh-minh" not in now
    assert all(s.remarks for s in now.values() if s.state is SubmissionState.RETURNED)


# What the seed says is true of the figures


def reported(demo: Demo, key: str) -> dict[str, list[tuple[str, Decimal]]]:
    """What each unit's accepted reports say of `key`, in order of time."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for s in sorted(demo.submissions, key=lambda s: s.period):
        value = s.answers.get(key)
        if s.state is SubmissionState.ACCEPTED and isinstance(value, Decimal):
            found.setdefault(s.unit, []).append((s.period, value))
    return found


def test_some_units_went_three_quarters_and_more_without_studying(demo: Demo) -> None:
    idle = {
        unit
        for unit, values in reported(demo, "A1").items()
        for nothing, run in groupby(value == 0 for _, value in values)
        if nothing and len(list(run)) >= 3
    }
    assert idle == {
        "xa-hoa-loi",
        "xa-thanh-loc",
        "huyen-doan",
        "dn-go-an-phu",
        "dn-xay-dung-hoa-loi",
        "htx-phuoc-son",
    }


@pytest.mark.parametrize("key", ["C6.2", "C8", "D1", "D2"])
def test_ten_years_went_without_party_growth_outside_the_state_and_without_thematic_inspection(
    demo: Demo, key: str
) -> None:
    values = [value for unit in reported(demo, key).values() for _, value in unit]
    assert values
    assert set(values) == {Decimal(0)}


def test_union_members_outside_the_state_grew_but_stay_below_the_target(
    catalogue: Catalogue, demo: Demo
) -> None:
    found = reported(demo, "C3.3")
    target = catalogue.targets["hu.doan-vien-2018"].value
    last = sum(values[-1][1] for values in found.values())
    assert sum(values[0][1] for values in found.values()) < last < target


def test_the_insured_rate_grew_past_the_provinces_target(catalogue: Catalogue, demo: Demo) -> None:
    def rate(period: str) -> Decimal:
        insured, workers = (
            sum(v for values in reported(demo, key).values() for p, v in values if p == period)
            for key in ("B2", "B1")
        )
        return Decimal(insured) / Decimal(workers) * 100

    assert rate("2008-Q1") < 70
    assert rate("2018-Q2") > catalogue.targets["tu13.bhxh-2018"].value


def test_most_enterprises_outside_the_state_tick_the_same_complaints(
    catalogue: Catalogue, demo: Demo
) -> None:
    ticked = Counter(
        (s.unit, code)
        for s in demo.submissions
        if s.period in ("2017-Q4", "2018-Q1", "2018-Q2")
        and catalogue.units[s.unit].sector is Sector.NON_STATE
        for code in s.answers.get("K1", ())  # type: ignore[union-attr]
    )
    units = Counter(code for _, code in ticked)
    assert min(units["chu-dn"], units["nhan-thuc"], units["chat-luong"]) >= 5
