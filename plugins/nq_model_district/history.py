"""The demo workspace: its accounts, and ten years of reports until 5 October 2018."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from nq_model_district import figures
from nq_model_district.figures import between, happens, quarter_code, quarter_number
from nq_model_district.narratives import PROGRESS, narratives
from nq_model_district.profiles import COMMUNES, FIRMS, OFFICES
from nqcore.plugin import (
    Answer,
    Definitions,
    Demo,
    DemoSubmission,
    DueRule,
    OwnDocument,
    SubmissionState,
    Task,
    TaskProgress,
    Unit,
    read_period,
)

TODAY = date(2018, 10, 5)
CURRENT = "2018-Q3"
HANOI = timezone(timedelta(hours=7))
QUARTERLY, YEARLY, TASKS = "res20.q", "res20.y", "hu.nv"

NEVER_SENT = frozenset(
    {
        ("xa-thanh-loc", "2011-Q2"),
        ("xa-thanh-loc", "2015-Q4"),
        ("xa-thanh-loc", "2018-Q2"),
        ("dn-xay-dung-hoa-loi", "2010-Q2"),
        ("dn-xay-dung-hoa-loi", "2012-Q4"),
        ("dn-xay-dung-hoa-loi", "2018-Q1"),
        ("dn-xay-dung-hoa-loi", "2016"),
        ("htx-thanh-loc", "2010"),
    }
)
OFTEN_LATE = frozenset({"xa-hoa-loi", "xa-thanh-loc", "dn-xay-dung-hoa-loi"})

# The submissions of the current quarter; a unit that is not named here has not begun.
ACCEPTED_NOW = ("tt-tan-hoa", "xa-vinh-thuan", "ban-to-chuc", "ubkt", "ldld-huyen", "dn-cap-nuoc")
SENT_NOW = ("xa-an-phu", "xa-long-thanh", "phong-ldtbxh", "dn-cao-su-tan-hoa")
DRAFTS_NOW = {"xa-binh-minh": 9, "htx-dong-ha": 4}
RETURNED_NOW = {
    "xa-phuoc-son": {
        "A3": "Số người tham gia giảm nhiều so với quý trước. Kiểm tra lại, có thể thiếu một chữ số."
    },
    "ban-tuyen-giao": {
        "A6": "Chưa khớp với số buổi tuyên truyền ở A5. Kiểm tra lại.",
        "": "Sửa xong gửi lại trước hạn.",
    },
}


def history(definitions: Definitions) -> Demo:
    """The demo of the district with the units and tasks of `definitions`."""
    found = [
        *_quarterly(definitions.units),
        *_yearly(definitions.units),
        *_progress(definitions.units, definitions.tasks),
    ]
    end_of_time = datetime.max.replace(tzinfo=HANOI)
    found.sort(key=lambda s: (s.sent or end_of_time, s.unit, s.form, s.period))
    return Demo(
        name="Huyện Tân Hòa (số liệu mẫu)",
        today=TODAY,
        accounts=tuple(_accounts(definitions.units)),
        submissions=tuple(found),
    )


def _accounts(units: tuple[Unit, ...]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    yield "vanphong", "Văn phòng Huyện ủy", "huyen", ("review", "admin")
    yield "lanhdao", "Thường trực Huyện ủy", "huyen", ("watch",)
    yield "kiemtra", "Kiểm tra, giám sát", "huyen", ("inspect",)
    for unit in units:
        if unit.parent is not None:
            yield unit.code, f"Người nhập, {unit.name}", unit.code, ("enter",)


def _quarterly(units: tuple[Unit, ...]) -> Iterator[DemoSubmission]:
    for unit in units:
        if unit.parent is None:
            continue
        for number in range(figures.LAST_QUARTER + 1):
            code = quarter_code(number)
            period = read_period(code)
            if not unit.exists_within(period.start, period.end) or (unit.code, code) in NEVER_SENT:
                continue
            answers = _quarter_answers(unit, code)
            if code == CURRENT:
                yield from _now(unit, answers)
            else:
                yield _accepted(unit, QUARTERLY, code, DueRule(day=10).due(period), answers)


def _quarter_answers(unit: Unit, code: str) -> dict[str, Answer]:
    troubles = _troubles(unit, code)
    return {
        **figures.quarter(unit.code, quarter_number(code)),
        "K1": troubles,
        **narratives(unit.code, unit.kind, code, troubles),
    }


def _troubles(unit: Unit, code: str) -> tuple[str, ...]:
    profile = FIRMS.get(unit.code) or {**COMMUNES, **OFFICES}[unit.code]
    return tuple(t for t in profile.troubles if happens(900, unit.code, code, t))


def _now(unit: Unit, answers: dict[str, Answer]) -> Iterator[DemoSubmission]:
    """The submissions of the current quarter, in every state; most enterprises have not begun."""
    code = unit.code
    sent = _office_hours(date(2018, 10, between(1, 3, code, "sent")), code, "sent")
    reviewed = _office_hours(date(2018, 10, 4), code, "reviewed")
    whole = DemoSubmission(
        unit=code,
        form=QUARTERLY,
        period=CURRENT,
        answers=answers,
        state=SubmissionState.SENT,
        sent=sent,
    )
    if code in ACCEPTED_NOW:
        yield replace(whole, state=SubmissionState.ACCEPTED, reviewed=reviewed)
    elif code in SENT_NOW:
        yield whole
    elif code in RETURNED_NOW:
        # The reviewer's remark is about this figure: a digit is missing.
        slipped = "A3" if "A3" in RETURNED_NOW[code] else "A6"
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
    for unit in units:
        if unit.parent is None:
            continue
        for year in range(figures.FIRST_YEAR, TODAY.year):
            period = read_period(str(year))
            if (
                not unit.exists_within(period.start, period.end)
                or (unit.code, str(year)) in NEVER_SENT
            ):
                continue
            answers: dict[str, Answer] = dict(figures.year(unit.code, year))
            if unit.code not in FIRMS:
                plan = {**COMMUNES, **OFFICES}[unit.code].plan
                if plan is not None and plan[1].year <= year:
                    answers["VB1"] = OwnDocument(*plan)
            yield _accepted(unit, YEARLY, str(year), DueRule(day=10).due(period), answers)


def _progress(units: tuple[Unit, ...], tasks: tuple[Task, ...]) -> Iterator[DemoSubmission]:
    for unit in units:
        given = [t for t in tasks if unit.code in (t.responsible, *t.cooperating)]
        if not given:
            continue
        for nth, year in enumerate(range(2014, TODAY.year)):
            answers: dict[str, Answer] = {
                f"NV-{task.id}": TaskProgress(*PROGRESS[task.id][nth]) for task in given
            }
            due = DueRule(day=31).due(read_period(str(year)))
            yield _accepted(unit, TASKS, str(year), due, answers)


def _accepted(
    unit: Unit, form: str, period: str, due: date, answers: dict[str, Answer]
) -> DemoSubmission:
    sent = _sent(unit.code, form, period, due)
    day = sent.date() + timedelta(days=between(1, 5, unit.code, form, period, "reviewed"))
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
    if happens(450 if unit in OFTEN_LATE else 40, *about, "late"):
        most = 18 if unit in OFTEN_LATE else 6
        day = _working_day(due + timedelta(days=between(1, most, *about, "days")), 1)
    else:
        day = _working_day(due - timedelta(days=between(0, 6, *about, "days")), -1)
    return _office_hours(day, *about)


def _working_day(day: date, step: int) -> date:
    """`day`, or the next working day in the direction of `step`."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _office_hours(day: date, *about: object) -> datetime:
    minute = between(0, 8 * 60 - 1, *about, "minute")
    return datetime.combine(day, time(8), HANOI) + timedelta(minutes=minute)
