"""As of a day: what had been accepted by its end speaks, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.collection.submissions.as_of import AsOfInFuture, RepositoryAsOf
from nqcore.errors import NqError
from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from tests.support.example import RULES
from tests.support.small import CLERK, PERIOD, Now, accepted, found, full, reopen

REPORT = "2018-Q1_s.q_dn-1"
FIGURE = "s.B1|2018-Q1|top|all|reported"
REVIEW = {"directive": "1-NQ/HU", "period": "2018"}


def correct(ws: Workspace, value: str) -> None:
    """Reopen the report of dn-1, and take it all the way again with another figure."""
    ws.reopen(REPORT, reason="Sai số", by="duyet")
    accepted(ws, "dn-1", B1=value)


def b1(ws: Workspace, as_of: date | None = None) -> str:
    return str(ws.figure("B1", PERIOD, as_of=as_of))


@pytest.fixture
def corrected(tmp_path: Path, now: Now) -> Workspace:
    """The report of dn-1: accepted on 5 April with 110, reopened on 7 April, accepted anew with 120 on
    9 April. It is the 12th."""
    ws = found(tmp_path / "ws", now, RULES)
    accepted(ws, "dn-1", B1="110")
    now.on("2018-04-07")
    ws.reopen(REPORT, reason="Sai số", by="duyet")
    now.on("2018-04-09")
    accepted(ws, "dn-1", B1="120")
    now.on("2018-04-12")
    return ws


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (4, "– (0/3): chưa có báo cáo"),
        (5, "110 người (1/3)"),
        (6, "110 người (1/3)"),
        (7, "– (0/3): chưa có báo cáo"),
        (8, "– (0/3): chưa có báo cáo"),
        (9, "120 người (1/3)"),
        (12, "120 người (1/3)"),
    ],
)
def test_a_report_counts_as_it_was_accepted_by_the_day(
    corrected: Workspace, day: int, value: str
) -> None:
    assert b1(corrected, date(2018, 4, day)) == value


def test_what_is_accepted_later_does_not_speak_by_an_earlier_clock(
    corrected: Workspace, now: Now
) -> None:
    """`nq report --today 2018-04-06` moved the date and not the knowledge."""
    for day, value in (("2018-04-06", "110 người (1/3)"), ("2018-04-12", "120 người (1/3)")):
        now.on(day)
        assert b1(corrected) == value
        assert b1(corrected, corrected.today) == value
    early = corrected.report(**REVIEW, today=date(2018, 4, 8))
    assert (early.report.date, early.report.coverage) == (
        date(2018, 4, 8),
        corrected.report(**REVIEW, today=date(2018, 4, 8), as_of=date(2018, 4, 8)).report.coverage,
    )
    assert "Chưa báo cáo nào trong 5 báo cáo" in early.report.coverage
    assert "từ 1 trong 5 báo cáo" in corrected.report(**REVIEW).report.coverage


def test_a_figure_is_explained_with_the_day_it_was_made_for(corrected: Workspace) -> None:
    early = date(2018, 4, 6)
    for as_of, revision, value in ((early, 3, 110), (None, 7, 120)):
        (cell,) = corrected.explain(FIGURE, as_of=as_of).cells()
        assert (cell.revision, cell.value) == (revision, value)
        newest = corrected.submissions.revisions(REPORT)[revision - 1]
        assert (cell.accepted_at, cell.receipt) == (newest.at, newest.receipt)


def test_a_day_later_than_today_is_refused(corrected: Workspace) -> None:
    with pytest.raises(AsOfInFuture) as refused:
        b1(corrected, date(2018, 4, 13))
    assert str(refused.value) == (
        "Ngày 13/4/2018 sau ngày 12/4/2018: chưa biết số liệu nào sẽ được duyệt. "
        "Chọn đến ngày 12/4/2018."
    ) or "13/4/2018 is after 12/4/2018" in str(refused.value)


def test_an_earlier_day_follows_what_is_written_afterwards(corrected: Workspace, now: Now) -> None:
    day = date(2018, 4, 10)
    assert b1(corrected, day) == "120 người (1/3)"
    accepted(corrected, "dn-3", B1="1000")
    assert (b1(corrected, day), b1(corrected)) == ("120 người (1/3)", "1.120 người (2/3)")
    now.on("2018-04-10")  # a clock that was put back
    accepted(corrected, "dn-2", B1="80")
    now.on("2018-04-12")
    assert (b1(corrected, day), b1(corrected)) == ("200 người (2/3)", "1.200 người (3/3)")


def test_the_totals_of_now_serve_as_long_as_nothing_was_done_after_the_day(
    corrected: Workspace, now: Now
) -> None:
    state = corrected._state
    assert state.known(date(2018, 4, 9)).repository is corrected.submissions.repository
    assert state.known(date(2018, 4, 9)).totals is state.totals
    early = state.known(date(2018, 4, 8))
    assert isinstance(early.repository, RepositoryAsOf)
    assert state.known(date(2018, 4, 8)).totals is early.totals
    for back in range(20):
        state.known(date(2018, 4, 8) - timedelta(days=back))
    assert len(state._totals) == 4


def test_deadlines_are_those_of_now(corrected: Workspace) -> None:
    corrected.submissions.extend_deadline(
        "dn-3", "s.q", PERIOD, date(2018, 4, 20), "bão", by="duyet"
    )
    early = corrected._state.known(date(2018, 4, 6)).repository
    assert early.extensions.all() == corrected.submissions.repository.extensions.all()


# -- the law -------------------------------------------------------------------------------------

Steps = dict[str, Callable[[Workspace, str, str], object]]
UNITS = ("xa-a", "xa-b", "dn-1", "dn-3")
PERIODS = ("2017-Q4", "2018-Q1", "2018")
STEPS: Steps = {
    "save": lambda ws, unit, value: ws.save_draft(
        unit, "s.q", PERIOD, full(unit, A1=value), by=CLERK[unit]
    ),
    "send": lambda ws, unit, value: ws.send(_id(unit), by=CLERK[unit]),
    "withdraw": lambda ws, unit, value: ws.withdraw(_id(unit), by=CLERK[unit]),
    "return": lambda ws, unit, value: ws.return_(_id(unit), reason=value, by="duyet"),
    "accept": lambda ws, unit, value: ws.accept(_id(unit), by="duyet"),
    "all the way": lambda ws, unit, value: accepted(ws, unit, A1=value),
    "reopen": lambda ws, unit, value: ws.reopen(_id(unit), reason=value, by="duyet"),
    "exclude": lambda ws, unit, value: ws.submissions.exclude(_id(unit), reason=value, by="duyet"),
    "undo": lambda ws, unit, value: ws.submissions.undo(_id(unit), by="duyet"),
}


def _id(unit: str) -> str:
    return f"{PERIOD}_s.q_{unit}"


def everything(ws: Workspace, as_of: date | None = None) -> list[object]:
    """All that figures, findings and explanations say."""
    figures = [
        figure
        for unit in ("top", *UNITS)
        for period in PERIODS
        for figure in ws.rollup(form="s.q", period=period, unit=unit, as_of=as_of)
    ]
    known = ws._state.known(as_of).repository
    return [
        figures,
        [ws.explain(figure, as_of=as_of) for figure in figures[:10]],
        [known.revision(_id(unit)) for unit in UNITS],
        [known.revisions(_id(unit)) for unit in UNITS],
        [known.state(_id(unit)) for unit in UNITS],
        [set(known.ids(state)) for state in SubmissionState],
        set(known.reporting_units()),
        ws.reviews.findings(**REVIEW, as_of=as_of),
    ]


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((0, 0, 1, 1, 8)),
            st.sampled_from(UNITS),
            st.sampled_from(tuple(STEPS)),
            st.integers(1, 99).map(str),
        ),
        min_size=4,
        max_size=14,
    )
)
def test_as_of_a_day_everything_is_as_if_only_the_steps_until_then_had_been_taken(
    steps: list[tuple[int, str, str, str]],
) -> None:
    now = Now()
    with TemporaryDirectory() as folder, found(Path(folder) / "ws", now, RULES) as ws:
        copies: dict[date, Path] = {}
        for wait, unit, step, value in steps:
            if wait:
                _copy(ws, copies)
                now.moment += timedelta(days=wait)
            with suppress(NqError):  # a step that the state does not allow
                STEPS[step](ws, unit, value)
        _copy(ws, copies)
        for day, copied in copies.items():
            with reopen(copied, now, RULES) as fresh:
                assert everything(ws, day) == everything(fresh), day
            then = Now(now.moment.replace(year=day.year, month=day.month, day=day.day))
            with reopen(copied, then, RULES) as fresh:
                assert counts(ws, day) == counts(fresh), day


def _copy(ws: Workspace, copies: dict[date, Path]) -> None:
    copies[ws.today] = ws.folder.with_name(str(ws.today))
    shutil.copytree(ws.folder, copies[ws.today])


def counts(ws: Workspace, as_of: date | None = None) -> object:
    return ws.reviews.report_counts(
        ws.reviews.review(directive="1-NQ/HU", period=PERIOD, as_of=as_of)
    )
