"""The texts with which units are reminded of what they owe: one for a unit, and one for several."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from nqcore.collection.monitoring.debts import UnsettledReports
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import CORRECTING
from nqcore.model.units import Unit
from nqcore.text.dates import write_date
from webforms.shared.context import me, workspace
from webforms.shared.debts import debt_words, report_name
from webforms.shared.filters import days_left
from webforms.shared.language import _
from webforms.shared.staff_address import staff_address, staff_host

REPORTS = 12
"""So many reports of a unit are listed in its letter; the others are counted."""
REPORTS_IN_LINE = 4
"""So many of each unit in the letter to several."""


def _office() -> str:
    return workspace().units[me().unit].name


def unit_letter(one: UnsettledReports) -> str:
    """The letter to one unit: what it is to send, each report with the address where it is entered. "" where
    there is nothing."""
    if not one.asked:
        return ""
    head = _("{office} reminds of these reports ({count}):")
    lines = [
        _("To {unit},").format(unit=_addressee(one.unit)),
        head.format(office=_office(), count=len(one.asked)),
        *map(_report_line, one.asked[:REPORTS]),
    ]
    more = len(one.asked) - REPORTS
    if more > 0:
        words = _("– and {count} other reports, listed at {address}")
        address = staff_address(url_for("submissions.listing"))
        lines.append(words.format(count=more, address=address))
    return "\n".join([*lines, _("The unit is asked to enter and send them. Many thanks!")])


def _addressee(unit: Unit) -> str:
    """The unit; of one that has ended, the unit that has its reports now."""
    heir = workspace().catalogue.sender_of(unit.code, workspace().today)
    if heir == unit.code:
        return unit.name
    words = _("{heir} (reports of {unit})")
    return words.format(heir=workspace().units[heir].name, unit=unit.name)


def _report_line(report: Obligation) -> str:
    name, address = (
        report_name(report.form, report.period),
        url_for("entry.fill", submission=report.submission),
    )
    if report.state in CORRECTING:
        again = report.revision.resend_by if report.revision else None
        words = _("– {report}, returned to be corrected: {address}")
        if again is not None:
            words = _("– {report}, returned, to be sent again by {day}: {address}")
        day = write_date(again) if again else ""
        return words.format(report=name, day=day, address=staff_address(address))
    words = _("– {report}, due {day}, {left}: {address}")
    left = days_left(report.days_left(workspace().today))
    return words.format(
        report=name, day=write_date(report.due), left=left, address=staff_address(address)
    )


def letter_to_several(lines: Sequence[str], reports: int) -> str:
    """The letter to all units at once: a line for each, and how many reports they are together. "" where
    there is none."""
    if not lines:
        return ""
    head = _("{office} reminds of the reports that are still owed ({count}):")
    ask = _("The units are asked to open {address}, My work, and finish it. Many thanks!")
    return "\n".join(
        [
            _("To all units,"),
            head.format(office=_office(), count=reports),
            *(f"{nth}. {line}" for nth, line in enumerate(lines, 1)),
            ask.format(address=staff_host()),
        ]
    )


def unit_line(one: UnsettledReports) -> str:
    """ "Xã Thạnh Lộc: Quý II/2018, quá hạn 87 ngày; Quý IV/2015, quá hạn 999 ngày"."""
    parts = [debt_words(report_name(o.form, o.period), o) for o in one.past_due]
    parts += [
        _("{period}, returned").format(period=report_name(o.form, o.period)) for o in one.returned
    ]
    more = len(parts) - REPORTS_IN_LINE
    shown = parts[:REPORTS_IN_LINE]
    if more > 0:
        shown.append(_("and {count} other reports").format(count=more))
    return f"{_addressee(one.unit)}: {'; '.join(shown)}"
