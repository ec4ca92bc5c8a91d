"""Reports that were approved on paper are brought in as accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

import nqcore
from nqcore.catalogue import read_definitions
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.collection.submissions.brought_in import (
    BroughtInChanged,
    BroughtInUsed,
    EnteredHere,
    PaperMissing,
)
from nqcore.collection.submissions.step_rules import UndoOver
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.workspace.bulk_import import accept_import, plan_import
from nqcore.workspace.facade import Workspace
from tests.support.small import CLERK, NOON, Now, accepted, found

PAPER = "Báo cáo số 12-BC/HU, ngày 10/4/2018"
WHO = {"xa-a": "5", "xa-b": "7"}


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        ws.accounts.add("qt", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
        yield ws


def bring(ws: Workspace, period: str = "2017-Q4", basis: str = PAPER, by: str = "qt") -> int:
    reports = [
        (ws.submissions.obligation(unit, "s.q", period), {"A1": value})
        for unit, value in WHO.items()
    ]
    return ws.submissions.bring_in(reports, basis, by=by)


def test_they_count_and_have_no_days_of_delay(office: Workspace, now: Now) -> None:
    seq = office.store.head.seq
    id = bring(office)
    assert id == office.store.head.seq == seq + 1
    assert str(office.figure("A1", "2017-Q4")) == "12 hội nghị (2/4)"
    owed = office.submissions.obligation("xa-a", "s.q", "2017-Q4")
    assert report_status(owed, now().date()) == (ReportStatus.ACCEPTED, 0)
    assert owed.revision is not None
    assert (owed.revision.by, owed.revision.reason, owed.revision.on_behalf) == ("qt", PAPER, True)
    (batch,) = office.submissions.brought_in()
    assert (batch.id, batch.by, batch.basis, len(batch.submissions)) == (id, "qt", PAPER, 2)


def test_they_are_known_from_the_day_on_which_they_came_in(office: Workspace, now: Now) -> None:
    now.on("2018-04-08")
    bring(office)
    now.on("2018-04-09")
    known = {day: office.totals.on(now().date().replace(day=day)) for day in (7, 8)}
    values = {day: one.figure("s.A1", "top", "2017-Q4").value for day, one in known.items()}
    assert (values[7], str(values[8])) == (None, "12")


def test_a_report_stays_without_delay_when_it_is_corrected_later(office: Workspace) -> None:
    bring(office)
    id = "2017-Q4_s.q_xa-a"
    with pytest.raises(UndoOver):
        office.submissions.undo(id, by="duyet")
    office.submissions.reopen(id, reason="Sai số", by="duyet")
    accepted(office, "xa-a", "2017-Q4", A1="6")
    owed = office.submissions.obligation("xa-a", "s.q", "2017-Q4")
    assert (owed.state and owed.state.value, owed.days_late()) == ("accepted", None)
    (batch,) = office.submissions.brought_in()
    with pytest.raises(BroughtInChanged):
        office.submissions.take_out(batch.id, by="qt")


def test_what_is_taken_out_counts_no_more_and_can_come_in_again(office: Workspace) -> None:
    id = bring(office)
    assert office.submissions.take_out(id, by="qt").taken_out
    assert office.figure("A1", "2017-Q4").value is None
    with pytest.raises(UnknownName):
        office.submissions.take_out(id, by="qt")
    again = bring(office, basis="Báo cáo số 13-BC/HU")
    batches = office.submissions.brought_in()
    assert [(one.id, one.taken_out) for one in batches] == [(again, False), (id, True)]


def test_it_cannot_be_taken_out_once_a_frozen_review_rests_on_it(office: Workspace) -> None:
    first = bring(office, "2017-Q3")
    office.editions.freeze(directive="1-NQ/HU", period="2017-Q3", by="duyet")
    later = bring(office, "2017-Q4")
    with pytest.raises(BroughtInUsed):
        office.submissions.take_out(first, by="qt")
    assert office.submissions.take_out(later, by="qt").id == later


def test_ten_years_of_28_units_and_30_indicators_come_in_within_a_minute(tmp_path: Path) -> None:
    labels = [f"A{nth}" for nth in range(1, 31)]
    tables = "".join(
        f'[[indicator]]\nlabel = "{one}"\nname = "Số {one}"\nmeasure = "người"\n' for one in labels
    )
    units = "".join(f"xa-{nth},Xã {nth},commune,h\n" for nth in range(28))
    (tmp_path / "u.csv").write_text(f"code,name,kind,parent\nh,Huyện,committee,\n{units}", "utf-8")
    rows = [
        f"xa-{unit},{year},h.{one},{unit + year}\n"
        for year in range(2008, 2018)
        for unit in range(28)
        for one in labels
    ]
    (tmp_path / "v.csv").write_text("unit,period,indicator,value\n" + "".join(rows), "utf-8")
    module = read_definitions(
        YEARLY.replace("TABLES", tables).replace("LABELS", json.dumps(labels))
    )
    since = date(2008, 1, 1)
    place = tmp_path / "ws"
    with nqcore.create(place, units=tmp_path / "u.csv", modules=[("h", module)], since=since) as ws:
        begun = perf_counter()
        plan = plan_import(ws, tmp_path / "v.csv")
        accept_import(ws, plan, basis=PAPER, by=ws.account("quantri"))
        assert perf_counter() - begun < 60
        assert len(plan.changes) == len(rows) == 8_400
        assert str(ws.figure("h.A1", "2017")) == f"{28 * 2017 + 378} người (28/28)".replace(
            "56854", "56.854"
        )


YEARLY = """[pack]
id = "h"
since = 2008-01-01
basis = "Kế hoạch 1"
[[directive]]
type = "Kế hoạch"
number = "1-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về một việc"
TABLES
[[form]]
id = "h.y"
title = "Báo cáo năm"
directive = "1-KH/HU"
every = "year"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = LABELS
"""


def test_nothing_comes_over_what_a_unit_has_entered_itself(office: Workspace) -> None:
    office.save_draft("xa-b", "s.q", "2017-Q4", {"A1": "3"}, by=CLERK["xa-b"])
    seq = office.store.head.seq
    with pytest.raises(EnteredHere):
        bring(office)
    with pytest.raises(PaperMissing):
        bring(office, "2017-Q3", basis=" ")
    for login in ("duyet", "lan"):
        with pytest.raises(NotAllowed):
            bring(office, "2017-Q3", by=login)
    assert office.store.head.seq == seq
