"""How things are written on the pages: periods, days, states, problems, names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from flask import Flask, url_for
from markupsafe import Markup

from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.analysis.series.times import SeriesTime
from nqcore.collection.entry.entry_sheet import EntryRow
from nqcore.collection.monitoring.plan_matrix import PlanStatus, UnitPlan
from nqcore.collection.submissions.period_locks import PeriodLock, PeriodLocked
from nqcore.errors import Conflict, Spoken, UnknownName
from nqcore.formulas import Reason
from nqcore.model import period_names
from nqcore.model.directives import Directive
from nqcore.model.fields import Box
from nqcore.model.findings import Sentence
from nqcore.model.periods import Period
from nqcore.model.report_status import DatedStatus, ReportStatus
from nqcore.model.submissions import SubmissionState
from nqcore.text.dates import write_date, write_day, write_moment, write_weekday
from nqcore.text.numbers import write_change, write_figure
from nqcore.text.shares import write_share
from nqcore.workspace.facade import Workspace
from webforms.shared.as_typed import note_refusal
from webforms.shared.context import person, workspace
from webforms.shared.kinds import group_words, kind_words
from webforms.shared.labels import (
    AIMS,
    CELLS,
    CHOICES,
    DOINGS,
    LINKS,
    PERIOD_KINDS,
    ROLES,
    SECTORS,
    STATES,
    STATUSES,
    STEPS,
    TARGET_STATES,
)
from webforms.shared.language import _, cell_word


def period_name(period: Period) -> str:
    """ "Quý III/2018"; a span by its years or days."""
    return period_names.period_name(period, _)


def period_short(period: Period) -> str:
    """ "III/2018": for the head of a column."""
    return period_names.short_period_name(period, _)


def days_spoken(time: SeriesTime) -> str:
    """ "(đến 30/9)", "(từ 01/7)": of which days of the time the figures speak; "" where of all."""

    def said(day: date) -> str:
        within = time.period.start.year == day.year == time.period.end.year
        return write_day(day) if within else write_date(day)

    if time.since is not None and time.until is not None:
        words = _("(from {since} until {until})")
        return words.format(since=said(time.since), until=said(time.until))
    if time.since is not None:
        return _("(from {day})").format(day=said(time.since))
    return "" if time.until is None else _("(until {day})").format(day=said(time.until))


def time_short(time: SeriesTime) -> str:
    """ "2018 (đến 30/9)": the head of a column."""
    return f"{period_short(time.period)} {days_spoken(time)}".rstrip()


def by_kind(periods: Sequence[Period]) -> list[tuple[str, list[Period]]]:
    """Periods in the order of their kinds, in groups with the words over each."""
    groups = groupby(periods, key=lambda one: one.kind)
    return [(_(PERIOD_KINDS[kind]), [*group]) for kind, group in groups]


def period_tiny(period: Period) -> str:
    """ "III/18": under a point of a chart."""
    return period_names.chart_period_name(period, _)


def row_class(row: EntryRow, complain: bool) -> str:
    """How a row of the fill page is tinted."""
    if row.problems_of("error") or (complain and row.blank):
        return "co-loi"
    return "co-cl" if row.problems_of("warning") or row.remark else ""


def days_left(days: int) -> str:
    """ "còn 2 ngày", "đến hạn hôm nay", "quá hạn 3 ngày"."""
    if days > 0:
        return _("{days} days left").format(days=counted(days))
    return _("overdue by {days} days").format(days=counted(-days)) if days else _("due today")


def days_late(days: int | None) -> str:
    """ "gửi chậm 3 ngày", "đúng hạn", "trước hạn 2 ngày"; for a report that was never sent here, that it
    was brought in from paper."""
    if days is None:
        return _("brought in from paper")
    if days > 0:
        return _("sent {days} days late").format(days=counted(days))
    return _("{days} days early").format(days=counted(-days)) if days else _("on time")


def state_tag(state: SubmissionState | None) -> Markup:
    """The state as its tag."""
    css, words = STATES[state]
    return Markup('<span class="tt {}">{}</span>').format(css, _(words))


def cell_words(stands: DatedStatus) -> tuple[str, str, str]:
    """A board's cell: class, short word, long words."""
    css, short, long = CELLS[stands.status]
    short, long = cell_word(short), _(long)
    if not stands.days:
        return css, short, long
    if stands.status is ReportStatus.OVERDUE:
        return css, f"{short} {counted(stands.days)}", days_left(-stands.days)
    late = "tt-cham" if stands.status is ReportStatus.ACCEPTED else css
    return late, f"{short} +{counted(stands.days)}", f"{long}, {days_late(stands.days)}"


def plan_words(plan: UnitPlan) -> tuple[str, str]:
    """The CSS class and the words for the state of a unit's plan."""
    if plan.status is PlanStatus.ISSUED:
        return "tt-duyet", _("Plan issued")
    if plan.status is PlanStatus.LATE:
        return "tt-cham", _("Plan issued {days} days late").format(days=counted(plan.days or 0))
    if plan.status is PlanStatus.WAITING:
        return "tt-gui", _("Waiting for review")
    if plan.days:
        return "tt-tre", _("No plan yet, {days} days overdue").format(days=counted(plan.days or 0))
    return "tt-chua", _("No plan yet")


def directive_name(directive: Directive | str) -> str:
    """ "Nghị quyết số 20-NQ/TW"; the text of the reference where no plugin has brought the document."""
    if isinstance(directive, str):
        found = workspace().directives.matching(directive)
        return found[0].name if len(found) == 1 else directive
    return directive.name


def directive_address(directive: str) -> str:
    """The page of a directive that is given by its number ("20-NQ/TW"), as forms and tasks give it. An
    address has no slash in it, so the page is at the id; "" where no plugin has brought the document."""
    found = workspace().directives.matching(directive)
    return url_for("directives.directive", id=found[0].id) if len(found) == 1 else ""


def period_of(code: str) -> Period:
    """The period of a code without any form's deadline."""
    return workspace().obligations.read(code)


def period_of_code(code: str) -> str:
    """The name of the period of a stored code; the code itself where its calendar is gone."""
    try:
        return period_name(period_of(code))
    except UnknownName:
        return code


def message(wrong: Spoken) -> str:
    """A problem, an error or other words as a sentence. One that refuses words for their letters is
    remembered: the form that comes back offers to keep them."""
    note_refusal(wrong)
    return wrong.message(_)


def words(given: object) -> str:
    """What says itself, in the language of the page; a text stays as it is."""
    return given.message(_) if isinstance(given, Spoken) else str(given)


def changed_meanwhile(wrong: Conflict) -> str:
    """That another user was faster; the page around it shows what is stored now."""
    words = _(
        "{who} has changed this meanwhile; this page shows what is stored now. Look at it once more, "
        "then press the button again."
    )
    return words.format(who=person(str(wrong.params["who"])))


def measured(text: str, measure: str) -> str:
    """ "1.310 người", "74,8%": the percent sign follows without a space."""
    return f"{text}%" if measure == "%" else f"{text} {measure}".rstrip()


def capital(sentence: Sentence) -> str:
    """The sentence as it begins a paragraph."""
    text = sentence_text(sentence)
    return text[:1].upper() + text[1:]


def lock_words(lock: PeriodLock) -> str:
    """Why a report cannot be entered any more."""
    return message(PeriodLocked(lock))


def reason_words(reason: Reason) -> str:
    """Why a figure has no value."""
    return reason.message(_).rstrip(". ")


def answer_lines(row: EntryRow) -> tuple[str, ...]:
    """The answer of a row as it is printed, in one line or several."""
    return row.lines(_)


def option_texts(box: Box) -> dict[str, str]:
    """The texts of what can be chosen in a box, by their codes."""
    return box.option_texts(_)


def clock_time(moment: datetime) -> str:
    """ "10:42"."""
    return f"{moment.hour}:{moment.minute:02}"


def bytes_text(size: int) -> str:
    """ "312 KB", "1,4 MB": never 0."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{write_figure(Decimal(size) / 1_000_000, 1)} MB"


def box_id(name: str) -> str:
    """The id of an input: its name without dots (a dot would be a class in CSS)."""
    return name.replace(".", "_")


def unit_name(code: str) -> str:
    """The unit's name; its code when the catalogue has it no more."""
    units = workspace().units
    return units[code].name if code in units else code


def above_unit(code: str) -> str:
    """The name of the unit above it; "" at the top and for a unit that the catalogue has no more."""
    units = workspace().units
    above = units.ancestors(code) if code in units else ()
    return above[0].name if above else ""


def receiver(ws: Workspace, unit: str) -> str:
    """Who gets the unit's report: the unit above it today; of one that has ended, above its heir."""
    tree = ws.obligations.tree(ws.today)
    if unit not in tree:
        sender = ws.catalogue.sender_of(unit, ws.today)
        tree, unit = (tree, sender) if sender in tree else (ws.units, unit)
    above = tree.ancestors(unit)
    return above[0].name if above else ws.root.name


def short_day(day: date) -> str:
    """ "20/9": a deadline in a list; with its year where that is not this year."""
    this_year = day.year == workspace().today.year
    return f"{day.day}/{day.month}" if this_year else write_date(day)


def moment_of(text: str) -> str:
    """A moment that travelled as ISO 8601."""
    return write_moment(datetime.fromisoformat(text))


def doing(do: str) -> str:
    """What a record of the journal did; the action word itself where a plugin made it."""
    return _(DOINGS[do]) if do in DOINGS else do


def counted(count: int) -> str:
    """A count as Vietnamese text: 1310 is "1.310"."""
    return write_figure(Decimal(count))


def init_app(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.filters.update(
        period=period_name,
        period_short=period_short,
        days_spoken=days_spoken,
        time_short=time_short,
        by_kind=by_kind,
        day=write_date,
        iso=date.fromisoformat,
        weekday=write_weekday,
        short_day=short_day,
        moment=write_moment,
        moment_of=moment_of,
        doing=doing,
        time=clock_time,
        left=days_left,
        late=days_late,
        tag=state_tag,
        message=message,
        words=words,
        lines=answer_lines,
        option_texts=option_texts,
        row_class=row_class,
        box=box_id,
        bytes=bytes_text,
        unit=unit_name,
        above_unit=above_unit,
        directive=directive_name,
        directive_address=directive_address,
        person=person,
        period_of=period_of,
        period_of_code=period_of_code,
        period_tiny=period_tiny,
        number=write_figure,
        counted=counted,
        signed=write_change,
        written=figure_text,
        measured=measured,
        reason=reason_words,
        locked=lock_words,
        share=write_share,
        kind=kind_words,
        kinds=group_words,
    )
    app.jinja_env.globals.update(
        STEPS=STEPS,
        ROLES=ROLES,
        LINKS=LINKS,
        SECTORS=SECTORS,
        STATUSES=STATUSES,
        TARGET_STATES=TARGET_STATES,
        AIMS=AIMS,
        CHOICES=CHOICES,
    )
