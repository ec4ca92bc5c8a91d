"""What is on the list of work, to the day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from nqcore.collection.accounts.access import Role
from nqcore.collection.obligations import OPEN_DAYS
from tests.support.small import NOON, PERIOD, Now, found, full

FIRST = date(2018, 3, 31) - timedelta(days=OPEN_DAYS)
"""The first quarter ends on 31 March; its deadline is later."""


def test_a_period_is_on_the_list_of_work_from_its_first_day_on(tmp_path: Path) -> None:
    with found(tmp_path / "ws", Now()) as ws:
        form = ws.catalogue.forms["s.q"]

        def newest(today: date) -> str:
            return ws.obligations.current_periods(form, today, 1)[-1].code

        assert newest(FIRST - timedelta(days=1)) == "2017-Q4"
        assert newest(FIRST) == "2018-Q1"


def test_a_locked_period_is_on_the_list_only_if_its_report_was_sent(tmp_path: Path) -> None:
    with found(tmp_path / "ws", Now()) as ws:
        ws.accounts.add("qt", "qt", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON)
        assert [o.period.code for o in ws.monitoring.worklist("lan")][-1] == PERIOD
        draft = ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by="lan")
        ws.send(draft, by="lan")
        ws.submissions.lock_period("s.q", PERIOD, True, by="qt")
        assert PERIOD in {o.period.code for o in ws.monitoring.worklist("lan")}
        assert PERIOD not in {o.period.code for o in ws.monitoring.worklist("binh")}


def test_a_returned_report_is_first_and_the_next_period_comes_after_the_list(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws", Now()) as ws:
        draft = ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by="lan")
        ws.send(draft, by="lan")
        assert ws.monitoring.worklist("lan")[0].period.code != PERIOD
        ws.return_(draft, by="duyet", reason="Sửa")
        assert ws.monitoring.worklist("lan")[0].period.code == PERIOD
        assert [o.period.code for o in ws.monitoring.coming_reports("lan")] == ["2018-Q2"]


def test_an_account_that_enters_nothing_and_one_of_another_form_have_no_list(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws", Now()) as ws:
        for login, role, forms in (("ld", Role.WATCH, []), ("k", Role.ENTER, ["khac"])):
            ws.accounts.add(
                login, login, "xa-a", [role], units=ws.units, by="test", at=NOON, forms=forms
            )
            assert ws.monitoring.worklist(login) == ()
        assert ws.monitoring.coming_reports("k") == ()


def test_a_unit_has_no_coming_report_after_it_ends(tmp_path: Path) -> None:
    """dn-2 closes on 15 June 2018: it owes the first quarter and nothing after it."""
    with found(tmp_path / "ws", Now()) as ws:
        assert ws.monitoring.coming_reports("hai") == ()
        assert [o.period.code for o in ws.monitoring.coming_reports("ba")] == ["2018-Q2"]
