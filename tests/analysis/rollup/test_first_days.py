"""An indicator is asked from the period on that contains its first day; before it, it is not applicable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.validation import UnknownFields
from nqcore.workspace.bulk_import import ImportRefused, export_rows, plan_import
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.support.small import (
    ACCOUNTS,
    DISTRICT,
    Now,
    add_accounts,
    catalogue,
    full,
    plugin,
    totals,
)

DAYS = [
    # First day, and whether quarter I and quarter II of 2018 ask for it.
    (None, True, True),
    (date(2017, 1, 1), True, True),
    (date(2018, 1, 1), True, True),
    (date(2018, 3, 31), True, True),  # in force on the last day of quarter I
    (date(2018, 4, 1), False, True),
    (date(2018, 6, 30), False, True),
    (date(2018, 7, 1), False, False),
]


def district(first: date | None) -> str:
    """The small district, in which B2 (and so the rate B2.1) begins on `first`."""
    text = DISTRICT
    for label in ("B2", "B2.1"):
        line = f'label = "{label}"\n'
        assert text.count(line) == 1
        text = text.replace(line, line + (f"since = {first}\n" if first else ""))
    return text


@pytest.mark.parametrize(("first", "spring", "summer"), DAYS)
def test_a_figure_before_the_first_day_is_not_applicable_and_never_0(
    first: date | None, spring: bool, summer: bool
) -> None:
    known = catalogue(district(first))
    row = {"A1": 1, "B1": 100, "B2": 0, "B3": 0}
    cells = {("dn-3", period): row for period in ("2018-Q1", "2018-Q2")}
    found = totals(known, cells)
    for period, asked in (("2018-Q1", spring), ("2018-Q2", summer)):
        for unit in ("dn-3", "xa-b"):
            for code in ("s.B2", "s.B2.1"):
                figure = found.figure(code, unit, period)
                if asked:
                    assert (figure.value, figure.coverage.due) == (0, 1)
                else:
                    assert figure.value is None
                    assert figure.reason is not None
                    assert figure.reason.code == "not-applicable"
                    if code == "s.B2":
                        assert figure.coverage.due == 0
            assert found.figure("s.B1", unit, period).value == 100
        unit = known.units["dn-3"]
        end = date(2018, 3, 31) if period == "2018-Q1" else date(2018, 6, 30)
        assert known.asks("s.B2", unit, end) is asked
        assert not known.asks("s.B2", known.units["xa-b"], end)  # communes are never asked


def test_a_sum_over_a_year_has_only_the_reports_that_were_asked() -> None:
    text = DISTRICT.replace('label = "B3"\n', 'label = "B3"\nsince = 2018-04-01\n')
    cells = {("dn-3", f"2018-Q{n}"): {"A1": 1, "B1": 1, "B2": 1, "B3": n} for n in range(1, 5)}
    figure = totals(catalogue(text), cells, today="2019-02-01").figure("s.B3", "dn-3", "2018")
    assert figure.value == 2 + 3 + 4
    assert (figure.coverage.due, figure.coverage.reported) == (3, 3)


def test_a_newer_version_of_an_indicator_does_not_move_its_first_day() -> None:
    start = DISTRICT.index('[[indicator]]\nlabel = "B3"')
    version = DISTRICT[start : DISTRICT.index("[[form]]")]
    head, tail = DISTRICT[:start], DISTRICT[start:]
    dated = version.replace(
        'name = "Tiền thưởng"', 'name = "Tiền thưởng (mới)"\nsince = 2018-04-01'
    )
    known = catalogue(head + dated + tail)
    assert len(known.versions["s.B3"]) == 2
    assert known.asks("s.B3", known.units["dn-3"], date(2018, 3, 31))


def office(folder: Path, first: date | None, now: Now, *, new: bool = False) -> Workspace:
    modules = [("nq_small", plugin(toml=district(first)))]
    if not new:
        return open_workspace(folder, clock=now, modules=modules)
    ws = create_workspace(folder, name="Huyện", plugins=(), root="top", clock=now, modules=modules)
    add_accounts(ws, ACCOUNTS)
    return ws


def test_a_form_does_not_ask_before_the_first_day_and_asks_from_then_on(tmp_path: Path) -> None:
    now = Now()
    with office(tmp_path / "ws", date(2018, 4, 1), now, new=True) as ws:
        keys = {row.key for row in ws.entry.sheet("2018-Q1_s.q_dn-3").rows}
        assert "B1" in keys
        assert "B2" not in keys
        with pytest.raises(UnknownFields):
            ws.save_draft("dn-3", "s.q", "2018-Q1", {"B2": "0"}, by="ba")
        now.on("2018-07-02")
        assert "B2" in {row.key for row in ws.entry.sheet("2018-Q2_s.q_dn-3").rows}


def test_a_0_that_was_typed_before_the_first_day_was_known_is_kept_and_counts_no_more(
    tmp_path: Path,
) -> None:
    now = Now()
    with office(tmp_path / "ws", None, now, new=True) as ws:
        draft = ws.save_draft("dn-3", "s.q", "2018-Q1", full("dn-3", B2="0"), by="ba")
        ws.send(draft, by="ba")
        ws.accept(draft, by="duyet")
        assert ws.figure("B2.1", "2018-Q1", "dn-3").value == 0
    with office(tmp_path / "ws", date(2018, 4, 1), now) as ws:
        figure = ws.figure("B2.1", "2018-Q1", "dn-3")
        assert figure.value is None
        assert figure.reason is not None
        assert figure.reason.code == "not-applicable"
        newest = ws.submissions.repository.revision("2018-Q1_s.q_dn-3")
        assert newest is not None
        assert newest.answers["B2"] == 0
        # It can be reopened, corrected and accepted as any report.
        again = ws.submissions.reopen("2018-Q1_s.q_dn-3", reason="Sửa A1", by="duyet")
        row = {key: value for key, value in full("dn-3", A1="7").items() if key != "B2"}
        again = ws.save_draft("dn-3", "s.q", "2018-Q1", row, by="ba")
        ws.send(again, by="ba")
        ws.accept(again, by="duyet")
        assert ws.figure("A1", "2018-Q1", "dn-3").value == 7
        assert ws.figure("B2", "2018-Q1", "dn-3").value is None


def test_such_a_0_is_not_exported_and_an_import_of_one_is_refused_by_its_period(
    tmp_path: Path,
) -> None:
    now = Now()
    with office(tmp_path / "ws", None, now, new=True) as ws:
        draft = ws.save_draft("dn-3", "s.q", "2018-Q1", full("dn-3", B2="0"), by="ba")
        ws.send(draft, by="ba")
        ws.accept(draft, by="duyet")
        assert "s.B2" in {code for _, _, code, _ in export_rows(ws)}
    with office(tmp_path / "ws", date(2018, 4, 1), now) as ws:
        now.on("2018-07-02")
        assert "s.B2" not in {code for _, _, code, _ in export_rows(ws)}
        assert "s.B1" in {code for _, _, code, _ in export_rows(ws)}
        file = tmp_path / "values.csv"
        file.write_text("unit,period,indicator,value\ndn-3,2018-Q2,B2,5\n", "utf-8")
        assert len(plan_import(ws, file).changes) == 1
        file.write_text("unit,period,indicator,value\ndn-1,2018-Q1,B2,0\n", "utf-8")
        with pytest.raises(ImportRefused, match=r"dn-1 is not asked for s\.B2 in 2018-Q1"):
            plan_import(ws, file)


@pytest.mark.parametrize(
    ("unit", "period", "words"),
    [
        ("top", "2019", "The period has not come yet."),
        ("top", "1990", "Before it was issued."),
        ("dn-1", "2017", "The unit did not exist yet."),
        ("dn-2", "2019-Q1", "The unit had ended."),
    ],
)
def test_what_does_not_apply_for_its_time_alone_says_so(
    ws: Workspace, now: Now, unit: str, period: str, words: str
) -> None:
    now.on("2018-11-05" if unit != "dn-2" else "2019-05-05")
    reason = ws.figure("s.A1", period, unit).reason
    assert reason is not None
    assert (reason.template, reason.code) == (words, "not-applicable")
