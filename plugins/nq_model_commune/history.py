"""The demo workspace: its accounts, and the reports from July 2021 until 5 October 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from nq_model_commune import figures
from nq_model_commune.figures import between, happens, quarter_code, quarter_number
from nq_model_commune.narratives import MERGER_ONLY, PROGRESS, narratives
from nq_model_commune.profiles import BODIES, FIRMS
from nqcore.plugin import (
    Answer,
    Definitions,
    Demo,
    DemoSubmission,
    DueRule,
    OwnDocument,
    Period,
    SubmissionState,
    Task,
    TaskProgress,
    Unit,
    UnitKind,
    read_period,
)

TODAY = date(2026, 10, 5)
CURRENT = "2026-Q3"
MERGED = date(2025, 7, 1)
HANOI = timezone(timedelta(hours=7))
QUARTERLY, YEARLY, TASKS = "res02.q", "res02.y", "du05.nv"
ROOT, DISTRICT = "tan-khe", "huyen-dong-ky"
FORMER = ("tt-dong-ky", "xa-hoa-lang", "xa-my-thach")
REPORTERS = frozenset(
    {
        UnitKind.COMMUNE,
        UnitKind.AUTHORITY,
        UnitKind.AGENCY,
        UnitKind.ORGANISATION,
        UnitKind.ENTERPRISE,
        UnitKind.COOPERATIVE,
    }
)

NEVER_SENT = frozenset(
    {
        ("xa-my-thach", "2022-Q2"),
        ("dn-xang-dau-phuc-loi", "2021-Q4"),
        ("dn-xang-dau-phuc-loi", "2024-Q4"),
        ("dn-xang-dau-phuc-loi", "2026-Q1"),
        ("dn-xang-dau-phuc-loi", "2022"),
        ("htx-rau-hoa-lang", "2023"),
    }
)
OFTEN_LATE = frozenset({"xa-my-thach", "dn-xang-dau-phuc-loi", "dn-giay-hoa-lang", "tram-y-te"})

# Accepted reports that were reopened: the figure as it was sent first, and why it was wrong.
CORRECTED: dict[tuple[str, str], tuple[str, int, str]] = {
    ("th-hoa-lang", "2023-Q2"): ("A3", 4, "Nhập thiếu một chữ số ở số lượt người đã dự."),
    ("dn-may-dong-ky", "2025-Q4"): (
        "B2",
        514,
        "Đối chiếu danh sách đoàn viên: ghi số của quý trước.",
    ),
    ("dn-bao-bi-dong-ky", "2026-Q2"): ("C3", 0, "Ghi sót cuộc đối thoại của quý."),
}

# The submissions of the current quarter; a unit that is not named here has not begun.
ACCEPTED_NOW = ("ban-xay-dung-dang", "th-dong-ky", "dn-nuoc-dong-ky", "dn-may-dong-ky", "ubnd-xa")
SENT_NOW = ("mttq-xa", "phong-kinh-te", "dn-bao-bi-dong-ky", "htx-van-tai-my-thach")
DRAFTS_NOW = {"tan-khe": 8, "phong-vh-xh": 4, "dn-giay-hoa-lang": 6}
RETURNED_NOW = {
    "th-hoa-lang": {
        "A3": "Số người dự giảm nhiều so với quý trước. Kiểm tra lại, có thể thiếu một chữ số."
    },
}


def history(definitions: Definitions) -> Demo:
    """The demo of the commune with the units and tasks of `definitions`."""
    found = [
        *_quarterly(definitions.units),
        *_yearly(definitions.units),
        *_progress(definitions.units, definitions.tasks),
    ]
    end_of_time = datetime.max.replace(tzinfo=HANOI)
    found.sort(key=lambda s: (s.sent or end_of_time, s.unit, s.form, s.period))
    return Demo(
        name="Xã Tân Khê (số liệu mẫu)",
        today=TODAY,
        root=ROOT,
        accounts=tuple(_accounts(definitions.units)),
        submissions=tuple(found),
    )


def _accounts(units: tuple[Unit, ...]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    yield "vanphong", "Văn phòng Đảng ủy xã", ROOT, ("review", "admin")
    yield "lanhdao", "Thường trực Đảng ủy xã", ROOT, ("watch",)
    yield "kiemtra", "Kiểm tra, giám sát", ROOT, ("inspect",)
    # Until it ended the district's office reviewed the reports.
    yield "vphuyen", "Văn phòng Huyện ủy (đến ngày 30/6/2025)", DISTRICT, ("review",)
    for unit in units:
        if unit.kind in REPORTERS:
            yield unit.code, f"Người nhập, {unit.name}", unit.code, ("enter",)


def _there(unit: Unit, period: Period) -> bool:
    """Whether the unit reports for the period: it is there on the last day."""
    if unit.code in FORMER:
        return period.end < MERGED
    return period.end >= MERGED if unit.code == ROOT else unit.exists(period.end)


def _owing(units: tuple[Unit, ...], period: Period) -> Iterator[Unit]:
    for unit in units:
        if (
            unit.kind in REPORTERS
            and _there(unit, period)
            and (unit.code, period.code) not in NEVER_SENT
        ):
            yield unit


def _quarterly(units: tuple[Unit, ...]) -> Iterator[DemoSubmission]:
    for number in range(figures.LAST_QUARTER + 1):
        code = quarter_code(number)
        period = read_period(code)
        due = DueRule(day=5 if number >= figures.MERGER else 10).due(period)
        for unit in _owing(units, period):
            answers = _quarter_answers(unit, code)
            if code == CURRENT:
                yield from _now(unit, answers)
            elif (unit.code, code) in CORRECTED:
                yield from _corrected(_accepted(unit, QUARTERLY, code, due, answers))
            else:
                yield _accepted(unit, QUARTERLY, code, due, answers)


def _quarter_answers(unit: Unit, code: str) -> dict[str, Answer]:
    troubles = _troubles(unit, code)
    return {
        **figures.quarter(unit.code, unit.kind, quarter_number(code)),
        "K1": troubles,
        **narratives(unit.code, unit.kind, code, troubles),
    }


def _troubles(unit: Unit, code: str) -> tuple[str, ...]:
    profile = FIRMS.get(unit.code) or BODIES[unit.code]
    known = (
        t
        for t in profile.troubles
        if t not in MERGER_ONLY or quarter_number(code) < figures.MERGER + 3
    )
    return tuple(t for t in known if happens(880, unit.code, code, t))


def _corrected(last: DemoSubmission) -> Iterator[DemoSubmission]:
    """The report as it was first, and some weeks later with the figure that is right."""
    field, wrong, why = CORRECTED[last.unit, last.period]
    yield replace(last, answers={**last.answers, field: Decimal(wrong)})
    assert last.sent is not None
    about = (last.unit, last.period, "again")
    day = _working_day(last.sent.date() + timedelta(days=between(20, 40, *about)), 1)
    again = _office_hours(day, *about)
    yield replace(last, sent=again, reviewed=again + timedelta(hours=3), reopened=why)


def _now(unit: Unit, answers: dict[str, Answer]) -> Iterator[DemoSubmission]:
    """The submissions of the current quarter, in every state; most enterprises have not begun."""
    code = unit.code
    sent = _office_hours(date(2026, 10, between(1, 2, code, "sent")), code, "sent")
    whole = DemoSubmission(
        unit=code,
        form=QUARTERLY,
        period=CURRENT,
        answers=answers,
        state=SubmissionState.SENT,
        sent=sent,
    )
    reviewed = datetime.combine(TODAY, time(7, 30), HANOI)
    if code in ACCEPTED_NOW:
        yield replace(whole, state=SubmissionState.ACCEPTED, reviewed=reviewed)
    elif code in SENT_NOW:
        yield whole
    elif code in RETURNED_NOW:
        # The reviewer's remark is about this figure: a digit is missing.
        (slipped,) = RETURNED_NOW[code]
        figure = answers[slipped]
        assert isinstance(figure, Decimal)
        yield replace(
            whole,
            state=SubmissionState.RETURNED,
            reviewed=reviewed,
            answers={**answers, slipped: figure // 10},
            remarks=RETURNED_NOW[code],
        )
    elif code in DRAFTS_NOW:
        begun = dict(list(answers.items())[: DRAFTS_NOW[code]])
        yield replace(whole, state=SubmissionState.DRAFT, sent=None, answers=begun)


def _yearly(units: tuple[Unit, ...]) -> Iterator[DemoSubmission]:
    for year in range(2021, TODAY.year):
        period = read_period(str(year))
        for unit in _owing(units, period):
            answers: dict[str, Answer] = {**figures.year(unit.code, year)}
            if unit.code in FIRMS:
                held = year >= FIRMS[unit.code].conference
            else:
                held = happens(850, unit.code, year, "HN1")
                plan = BODIES[unit.code].plan
                if plan is not None and plan[1].year <= year:
                    answers["VB1"] = OwnDocument(*plan)
            answers["HN1"] = held
            yield _accepted(unit, YEARLY, str(year), DueRule(day=15).due(period), answers)


def _progress(units: tuple[Unit, ...], tasks: tuple[Task, ...]) -> Iterator[DemoSubmission]:
    for unit in units:
        given = [t for t in tasks if unit.code in (t.responsible, *t.cooperating)]
        if not given:
            continue
        for nth, code in enumerate(("2025-H2", "2026-H1")):
            answers: dict[str, Answer] = {
                f"NV-{task.id}": TaskProgress(*PROGRESS[task.id][nth]) for task in given
            }
            due = DueRule(day=15).due(read_period(code))
            yield _accepted(unit, TASKS, code, due, answers)


def _accepted(
    unit: Unit, form: str, period: str, due: date, answers: dict[str, Answer]
) -> DemoSubmission:
    sent = _sent(unit.code, form, period, due)
    day = sent.date() + timedelta(days=between(1, 4, unit.code, form, period, "reviewed"))
    return DemoSubmission(
        unit=unit.code,
        form=form,
        period=period,
        answers=answers,
        state=SubmissionState.ACCEPTED,
        sent=sent,
        reviewed=_office_hours(_working_day(day, 1), unit.code, form, period, "reviewed"),
    )


def _sent(unit: str, form: str, period: str, due: date) -> datetime:
    about = (unit, form, period)
    if happens(420 if unit in OFTEN_LATE else 40, *about, "late"):
        most = 16 if unit in OFTEN_LATE else 5
        day = _working_day(due + timedelta(days=between(1, most, *about, "days")), 1)
    else:
        day = _working_day(due - timedelta(days=between(0, 3, *about, "days")), -1)
    return _office_hours(max(day, read_period(period).end + timedelta(days=1)), *about)


def _working_day(day: date, step: int) -> date:
    """`day`, or the next working day in the direction of `step`."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _office_hours(day: date, *about: object) -> datetime:
    minute = between(0, 8 * 60 - 1, *about, "minute")
    return datetime.combine(day, time(8), HANOI) + timedelta(minutes=minute)
