"""`nq import` and `nq export`: all of a file or nothing, and each bad row named."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.cli.run import Run, nq

pytestmark = pytest.mark.usefixtures("english")


HEAD = "unit,period,indicator,value\n"


def test_what_is_exported_can_be_imported_into_a_fresh_workspace_as_the_same_drafts(
    on: Run, demo: Workspace, demo_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.csv"
    assert on("export", "-o", file).code == 0
    head, *rows = csv.reader(io.StringIO(file.read_text("utf-8")))
    assert ",".join(head) + "\n" == HEAD
    assert len(rows) > 10_000
    # Every 25th report keeps the test short; whole reports, so that checks across rows see all.
    by_report: dict[tuple[str, str], list[list[str]]] = {}
    for row in rows:
        by_report.setdefault((row[0], row[1]), []).append(row)
    some = [row for nth, lines in enumerate(by_report.values()) if nth % 25 == 0 for row in lines]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *some])
    fresh = tmp_path / "fresh"
    with create_workspace(
        fresh, name="Huyện", plugins=demo.settings.plugins, root="huyen", today=demo.today
    ) as ws:
        ws.accounts.add(
            "duyet", "Duyệt", "huyen", [Role.APPROVE], units=ws.units, by="test", at=ws.clock()
        )
    said = nq("import", "-w", fresh, file)
    assert said.code == 0, said.err
    with open_workspace(fresh) as ws:
        drafts = list(ws.submissions.repository.newest_revisions())
        assert {r.state for r in drafts} == {SubmissionState.DRAFT}
        for draft in drafts:
            original = demo.submissions.revisions(draft.submission)[-1]
            assert draft.answers == original.answers
        assert sum(isinstance(v, Decimal) for r in drafts for v in r.answers.values()) == sum(
            ":" not in row[2] for row in some
        )
    again = nq("import", "-w", fresh, file)
    assert again.out.splitlines()[-1] == f"0 cells change in 0 reports, {len(some)} stay."


def test_export_to_the_screen_is_what_is_written_to_a_file(on: Run, tmp_path: Path) -> None:
    on("export", "-o", tmp_path / "f.csv")
    assert on("export").out == (tmp_path / "f.csv").read_text("utf-8")


NEW = "dn-may,2018-Q3,{},{}\n"


def test_a_dry_run_tells_exactly_what_would_change_and_writes_nothing(
    into: Run, office: Path, tmp_path: Path
) -> None:
    def journal() -> list[bytes]:
        return [p.read_bytes() for p in sorted((office / "journal").glob("*.nqj"))]

    file = tmp_path / "v.csv"
    file.write_text(HEAD + NEW.format("A1", 3) + NEW.format("res20.B1", "1.300"), "utf-8")
    before = journal()
    dry = into("import", file, "--dry-run")
    assert dry.code == 0
    assert dry.out.splitlines() == [
        "2018-Q3_res20.q_dn-may A1: – → 3",
        "2018-Q3_res20.q_dn-may B1: – → 1300",
        "2 cells change in 1 reports, 0 stay.",
    ]
    assert journal() == before
    wet = into("import", file)
    assert wet.out.splitlines() == [*dry.out.splitlines(), "1 drafts written."]
    with open_workspace(office) as ws:
        draft = ws.submissions.revisions("2018-Q3_res20.q_dn-may")[-1]
        assert (draft.answers["A1"], draft.answers["B1"]) == (3, 1300)
        assert (draft.by, draft.state, draft.on_behalf) == ("vanphong", SubmissionState.DRAFT, True)


def test_an_import_adds_to_a_draft_and_a_blank_cell_empties_nothing(
    into: Run, office: Path, tmp_path: Path
) -> None:
    with open_workspace(office) as ws:
        ws.save_draft(
            "dn-may", "res20.q", "2018-Q3", {"A1": "1", "B1": "mười", "N1": "xong"}, by="vanphong"
        )
    file = tmp_path / "v.csv"
    file.write_text(HEAD + NEW.format("A1", "") + NEW.format("A3", "7"), "utf-8")
    said = into("import", file)
    assert said.code == 0, said.err
    assert "A1" not in said.out
    assert "v.csv:2: A1" in said.err
    with open_workspace(office) as ws:
        draft = ws.submissions.revisions("2018-Q3_res20.q_dn-may")[-1]
        assert draft.answers["A1"] == 1
        assert (draft.answers["A3"], draft.answers["N1"]) == (7, "xong")
        assert draft.unread == {"B1": "mười"}


BAD_ROWS: dict[str, tuple[str, int, str]] = {
    "an unknown unit": ("nobody,2018-Q3,A1,1\n", 2, "There is no unit “nobody”"),
    "an unknown period": ("xa-an-phu,2018-Q9,A1,1\n", 2, "There is no period “2018-Q9”"),
    "an unknown indicator": ("xa-an-phu,2018-Q3,Z9,1\n", 2, "There is no indicator “Z9”"),
    "a period of another length": (
        "xa-an-phu,2018,A1,1\n",
        2,
        "does not owe form res20.q for 2018",
    ),
    "a period before the form": ("xa-an-phu,2007-Q4,A1,1\n", 2, "does not owe"),
    "a computed indicator": (NEW.format("B2.1", 5), 2, "is computed from others"),
    "one that the unit is not asked": ("xa-an-phu,2018-Q3,B1,1\n", 2, "is not asked for res20.B1"),
    "an accepted report": ("xa-an-phu,2018-Q1,A1,1\n", 2, "is accepted and cannot be changed"),
    "the same cell twice": (
        NEW.format("A1", 1) + NEW.format("res20.A1", 2),
        3,
        "stands in row 2 already",
    ),
    "words": (NEW.format("A1", "mười"), 2, "Write it again like"),
    "a negative number": (NEW.format("A1", -5), 2, "0 or more"),
    "NaN": (NEW.format("A1", "NaN"), 2, "Write it again like"),
    "Infinity": (NEW.format("A1", "Infinity"), 2, "Write it again like"),
    "16 digits": (NEW.format("A1", "1234567890123456"), 2, "at most 15 fit"),
    "another script's digits": (NEW.format("A1", "٣"), 2, "keys 0 to 9: 3"),
    "too many decimals": (NEW.format("B5", '"1,55"'), 2, "Round “1,55”"),
    "a part larger than its whole": (
        NEW.format("B1", 10) + NEW.format("B2", 11),
        3,
        "Check B2 and B1",
    ),
    "too few cells": ("xa-an-phu,2018-Q3,A1\n", 2, "The row has 3 cells, the heading 4"),
    "an open quote": ('xa-an-phu,2018-Q3,A1,"1\n', 2, "is opened and not closed"),
}


@pytest.mark.parametrize(("rows", "number", "says"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_named_with_its_number_and_nothing_is_written_of_the_whole_file(
    into: Run, office: Path, tmp_path: Path, rows: str, number: int, says: str
) -> None:
    with open_workspace(office) as ws:
        head = ws.store.head
    file = tmp_path / "v.csv"
    good = "" if rows.endswith('"1\n') else "xa-tan-loi,2018-Q3,A1,1\n"
    file.write_text(HEAD + rows + good, "utf-8")
    said = into("import", file)
    assert said.code == 2
    assert said.out == ""
    assert f"{file}:{number}: " in said.err
    assert says in said.err
    assert f"nq: Nothing was imported: 1 rows to correct. Row {number}: " in said.err
    with open_workspace(office) as ws:
        assert ws.store.head == head


def test_all_bad_rows_are_named_at_once(into: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text(
        HEAD + "nobody,2018-Q3,A1,1\n\n" + NEW.format("A1", "x") + NEW.format("A3", "-1"), "utf-8"
    )
    said = into("import", file)
    rows = [int(line.split(":")[1]) for line in said.err.splitlines() if line.startswith(str(file))]
    assert rows == [2, 4, 5]
    assert "3 rows to correct" in said.err


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"unit,period,value\n", "The column indicator is missing"),
        (b"", "The column unit, period, indicator, value is missing"),
        (HEAD.encode() + b"\nxa,\xff,1,1\n", "not text in UTF-8 (line 3). Save it again in UTF-8"),
    ],
    ids=["a column is missing", "empty", "not UTF-8"],
)
def test_a_file_that_is_no_list_of_values_is_refused(
    into: Run, tmp_path: Path, data: bytes, says: str
) -> None:
    file = tmp_path / "v.csv"
    file.write_bytes(data)
    said = into("import", file)
    assert said.code == 2
    assert says in said.err


def test_excel_s_mark_semicolons_and_an_order_of_its_own_are_understood(
    into: Run, tmp_path: Path
) -> None:
    file = tmp_path / "v.csv"
    text = "Value;Unit;Indicator;Period\r\n1.310;dn-may;A3;2018-Q3\r\n"
    file.write_text("\ufeff" + text, "utf-8", newline="")
    said = into("import", file, "--dry-run")
    assert said.code == 0, said.err
    assert "A3: – → 1310" in said.out


def test_an_account_that_may_not_enter_for_the_unit_cannot_import(
    into: Run, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "v.csv"
    file.write_text(HEAD + "xa-tan-loi,2018-Q3,A1,1\n", "utf-8")
    said = into("import", file, "--by", "xa")
    assert said.code == 2
    assert said.err.splitlines()[-1] == "nq: xa may not enter figures for xa-tan-loi."
    with open_workspace(office) as ws:
        assert ws.submissions.obligation("xa-tan-loi", "res20.q", "2018-Q3").state is None
