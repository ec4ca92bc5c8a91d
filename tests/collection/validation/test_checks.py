"""Rows against each other and against earlier periods: bounds, sums of parts, unusual figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, accepted, found, full, plugin

UNIT = "dn-3"
EXTRA = """
[pack]
id = "e"
since = 2017-01-01
basis = "b"
[[indicator]]
label = "T"
name = "Tổng"
measure = "người"
parts = ["T.1", "T.2"]
[[indicator]]
label = "T.1"
name = "Nam"
measure = "người"
[[indicator]]
label = "T.2"
name = "Nữ"
measure = "người"
[[indicator]]
label = "P"
name = "Điểm"
measure = "điểm"
decimals = 1
minimum = "2.5"
maximum = "10"
[[indicator]]
label = "G"
name = "Chênh lệch"
measure = "đồng"
minimum = "none"
[[form]]
id = "e.q"
title = "Thêm"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10 }
owed_by = { units = ["xa-a"] }
[[form.section]]
key = "A"
title = "A"
figures = ["T", "T.1", "T.2", "P", "G"]
"""


@pytest.fixture
def extra(tmp_path: Path) -> Iterator[Workspace]:
    """The small district with that form."""
    with found(tmp_path / "ws", None, plugin("nq_extra", EXTRA)) as ws:
        yield ws


GOOD = {"T": "5", "T.1": "2", "T.2": "3", "P": "3", "G": "0"}


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({}, []),
        ({"T": "6"}, [("T", "parts-differ", "The total (6) differs from the sum of the rows (5)")]),
        ({"T.2": ""}, [("T.2", "blank", "Not filled in")]),
        ({"P": "2,4"}, [("P", "too-small", "at least 2,5")]),
        ({"P": "10,1"}, [("P", "too-large", "from 2,5 to 10. You entered 10,1")]),
        ({"P": "10"}, []),
        ({"G": "-7"}, []),
    ],
)
def test_bounds_and_sums_of_parts_are_judged_when_all_of_them_are_there(
    tmp_path: Path, given: dict[str, str], problems: list[tuple[str, str, str]]
) -> None:
    with found(tmp_path / "ws", None, plugin("nq_extra", EXTRA)) as ws:
        sheet = ws.entry.sheet(ws.submissions.obligation("xa-a", "e.q", PERIOD), {**GOOD, **given})
        assert [(p.field, p.code) for p in sheet.blocking] == [(f, c) for f, c, _ in problems]
        for problem, (_, _, says) in zip(sheet.blocking, problems, strict=True):
            assert says in problem.message()


@pytest.mark.parametrize(
    ("part", "whole", "codes"),
    [
        ("100", "100", []),
        ("99", "100", []),
        ("101", "100", ["part-over-whole"]),
        ("5", "", ["blank"]),
    ],
)
def test_a_part_may_be_as_large_as_its_whole_and_is_not_compared_with_a_blank(
    ws: Workspace, part: str, whole: str, codes: list[str]
) -> None:
    typed = full(UNIT, B1=whole, B2=part)
    sheet = ws.entry.sheet(ws.submissions.obligation(UNIT, "s.q", PERIOD), typed)  # type: ignore[arg-type]
    assert [p.code for p in sheet.blocking] == codes


def test_an_overlay_moves_a_bound_for_its_subtree_only(tmp_path: Path) -> None:
    tighter = (
        '[pack]\nbasis = "b"\nsince = 2017-01-01\n'
        '[[overlay]]\nid = "o"\nindicator = "s.A1"\nwithin = "xa-a"\n[overlay.set]\nmaximum = 3\n'
    )
    with found(tmp_path / "ws", None, plugin("nq_over", tighter)) as ws:
        for unit, codes in (("xa-a", ["too-large"]), ("xa-b", [])):
            sheet = ws.entry.sheet(
                ws.submissions.obligation(unit, "s.q", PERIOD), full(unit, A1="4")
            )  # type: ignore[arg-type]
            assert [p.code for p in sheet.blocking] == codes


@pytest.mark.parametrize(
    ("before", "typed", "code", "says"),
    [
        ("10", "16", "jump", "Up 60% on the last period (10)"),
        ("10", "4", "jump", "Down 60% on the last period (10)"),
        ("10", "15", None, ""),
        ("10", "5", None, ""),
        ("2", "7", None, ""),
        ("2", "8", "jump", "Up 300%"),
        ("10", "0", "zero-after-value", "0 after 10 in the last period"),
        ("0", "50", None, ""),
        ("0", "0", None, ""),
    ],
)
def test_an_unusual_figure_is_a_warning_that_never_blocks(
    ws: Workspace, before: str, typed: str, code: str | None, says: str
) -> None:
    accepted(ws, "xa-b", "2017-Q4", A1=before)
    draft = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1=typed), by="binh")
    row = ws.entry.sheet(draft).rows[0]
    assert [p.code for p in row.problems_of("warning")] == ([code] if code else [])
    assert all(says in p.message() for p in row.problems_of("warning"))
    assert (row.before, row.value) == (before, typed)
    assert ws.send(draft, by="binh").state is SubmissionState.SENT


def test_the_same_figure_three_times_running_is_a_warning_but_a_zero_is_not(ws: Workspace) -> None:
    for period in ("2017-Q3", "2017-Q4"):
        accepted(ws, "dn-3", period, A1="0", B1="100")
    draft = ws.save_draft("dn-3", "s.q", PERIOD, full("dn-3", A1="0", B1="100"), by="ba")
    rows = {
        row.key: [p.code for p in row.problems_of("warning")] for row in ws.entry.sheet(draft).rows
    }
    assert rows["B1"] == ["unchanged"]
    assert rows["A1"] == []


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ({}, "T"),
        ({"P": "3,5"}, None),  # one of them is of this period
        ({"G": "1"}, None),
        ({"G": ""}, None),  # four figures are too few to say so
    ],
)
def test_a_report_that_is_all_that_of_the_last_period_is_remarked_on_once(
    extra: Workspace, typed: dict[str, str], row: str | None
) -> None:
    assert copied_rows(extra, GOOD, GOOD | typed) == ([row] if row else [])


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ({"T": "5", "T.1": "5", "T.2": "0", "P": "3", "G": "0"}, "T"),  # three other than 0
        ({"T": "0", "T.1": "0", "T.2": "0", "P": "3", "G": "1"}, None),  # two
    ],
)
def test_three_figures_other_than_0_make_a_copy_and_two_do_not(
    extra: Workspace, given: dict[str, str], row: str | None
) -> None:
    assert copied_rows(extra, given, given) == ([row] if row else [])


def test_a_report_of_nothing_but_zeros_is_no_copy(extra: Workspace) -> None:
    zeros = {"T": "0", "T.1": "0", "T.2": "0", "P": "3", "G": "0"}
    assert copied_rows(extra, zeros, zeros) == []


def copied_rows(ws: Workspace, last: dict[str, str], this: dict[str, str]) -> list[str]:
    """The rows at which it is said that the report is that of the last period."""
    before = ws.save_draft("xa-a", "e.q", "2017-Q4", last, by="lan")
    ws.send(before, by="lan")
    ws.accept(before, by="duyet")
    draft = ws.save_draft("xa-a", "e.q", PERIOD, this, by="lan")
    return [p.field for p in ws.entry.sheet(draft).problems if p.code == "same-report"]


def test_a_draft_or_returned_report_is_no_past_to_compare_with(ws: Workspace) -> None:
    ws.save_draft("xa-b", "s.q", "2017-Q4", full("xa-b", A1="100"), by="binh")
    draft = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1="1"), by="binh")
    row = ws.entry.sheet(draft).rows[0]
    assert (row.before, row.problems_of("warning")) == ("", ())


def test_explanations_are_kept_with_the_report(ws: Workspace) -> None:
    accepted(ws, "xa-b", "2017-Q4", A1="10")
    draft = ws.save_draft(
        "xa-b", "s.q", PERIOD, full("xa-b", A1="50"), by="binh", explanations={"A1": "đợt học tập"}
    )
    assert ws.send(draft, by="binh").explanations == {"A1": "đợt học tập"}
    assert ws.entry.sheet(draft).rows[0].explanation == "đợt học tập"
