"""What is on the list of work, to the day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from nqcore.collection.obligations import OPEN_DAYS
from tests.support.small import Now, found

FIRST = date(2018, 3, 31) - timedelta(days=OPEN_DAYS)
"""The first quarter ends on 31 March; its deadline is later."""


def test_a_period_is_on_the_list_of_work_from_its_first_day_on(tmp_path: Path) -> None:
    with found(tmp_path / "ws", Now()) as ws:
        form = ws.catalogue.forms["s.q"]

        def newest(today: date) -> str:
            return ws.obligations.current_periods(form, today, 1)[-1].code

        assert newest(FIRST - timedelta(days=1)) == "2017-Q4"
        assert newest(FIRST) == "2018-Q1"
