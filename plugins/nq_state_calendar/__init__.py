"""The State's reporting periods, from the 15th to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12).

A form uses it with ``calendar = "nd09"``. Reports to the Government are due by the 25th of the last month
(Điều 13), reports to a people's committee often within two working days after the end of the period:

    due = { day = 25, months_after = 0 }        due = { working_days = 2 }
"""

from nq_state_calendar.decree import ND09, StateCalendar
from nqcore.plugin import hook


@hook
def calendars() -> list[StateCalendar]:
    """The calendar of the decree."""
    return [ND09]
