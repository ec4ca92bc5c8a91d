"""The `nq` command: what each command says, its exit status, and errors in one line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import docx
import pytest
from click.testing import CliRunner

from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.collection.entry.autofill import zeros
from nqcore.errors import NqError
from nqcore.model.findings import Text
from nqcore.model.submissions import SubmissionState
from nqcore.text.numbers import read_figure
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from nqcore.workspace.unit_list import read_units
from tests.support.small import finish, python

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2018, 10, 5)
SPAN = ["--directive", "20-NQ/TW", "--period", "2008..2018"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def nq(*args: object) -> Said:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


Run = Callable[..., Said]


OFFICE = """code,name,kind,parent
huyen,Huyện,committee,
xa-an-phu,Xã An Phú,commune,huyen
xa-tan-loi,Xã Tân Lợi,commune,huyen
dn-may,Công ty May,enterprise,xa-an-phu
"""


@pytest.fixture(scope="session")
def office_folder(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office with the real forms, on the demo's day: opened in a moment. Xã An Phú's report
    of 2018-Q1 is accepted."""
    folder = tmp_path_factory.mktemp("office") / "ws"
    units = tmp_path_factory.mktemp("list") / "units.csv"
    units.write_text(OFFICE, "utf-8")
    with create_workspace(
        folder,
        name="Huyện",
        plugins=["nq_res20"],
        root="huyen",
        units=read_units(units),
        today=TODAY,
    ) as ws:
        for login, unit, role in (
            ("vanphong", "huyen", Role.APPROVE),
            ("xa", "xa-an-phu", Role.ENTER),
        ):
            ws.accounts.add(login, login, unit, [role], units=ws.units, by="test", at=ws.clock())
    with open_workspace(folder) as ws:
        sheet = ws.entry.sheet(ws.submissions.obligation("xa-an-phu", "res20.q", "2018-Q1"))
        draft = ws.save_draft(
            "xa-an-phu", "res20.q", "2018-Q1", {**zeros(sheet), "A1": "4"}, by="xa"
        )
        ws.send(draft, by="xa")
        ws.accept(draft, by="vanphong")
    return folder


@pytest.fixture
def office(office_folder: Path, tmp_path: Path) -> Path:
    """The small office, to write into."""
    return Path(shutil.copytree(office_folder, tmp_path / "office"))


@pytest.fixture
def on(demo_folder: Path) -> Run:
    """A command on the demo workspace, for reading."""
    return lambda command, *args: nq(*command.split(), "-w", demo_folder, *args)


@pytest.fixture
def at(office_folder: Path) -> Run:
    """A command on the small office, for reading."""
    return lambda command, *args: nq(*command.split(), "-w", office_folder, *args)


@pytest.fixture(scope="module")
def small(office_folder: Path) -> Iterator[Workspace]:
    """The small office itself, for reading."""
    with open_workspace(office_folder) as workspace:
        yield workspace


@pytest.fixture
def into(office: Path) -> Run:
    """A command on a small office of one's own, its messages in English."""
    return lambda *args: nq(*args, "-w", office, "--lang", "en")


# -- looking -------------------------------------------------------------------------------------

LOOKS: dict[str, tuple[list[str], str]] = {
    "directives": (["directives"], "79-KL/TW"),
    "one directive as a tree": (["directives", "20-NQ/TW"], "Kết luận số 79-KL/TW"),
    "units": (["units"], "  xa-tan-loi  Xã Tân Lợi"),
    "one unit": (["units", "xa-an-phu"], "Xã An Phú"),
    "units on a day": (["units", "--at", "2009-01-01"], "Xã An Phú"),
    "indicators": (["indicators"], "res20.C6.2"),
    "one indicator": (["indicators", "C6.2"], "Tổ chức Đảng"),
    "status": (["status", "--form", "res20.q", "--period", "2018-Q3"], "dn-may"),
    "rollup": (["rollup", "--form", "res20.q", "--period", "2018-Q2"], "res20.A1"),
    "explain": (["explain", "--indicator", "B2.1", "--period", "2018-Q2"], "asked in res20.q"),
    "findings": (
        ["findings", "--directive", "20-NQ/TW", "--period", "2018-Q1"],
        "for want of reports; see why with --all.",
    ),
    "plugins": (["plugins"], "nq_res20"),
    "user list": (["user list"], "vanphong"),
}


@pytest.mark.parametrize(("command", "holds"), LOOKS.values(), ids=LOOKS)
def test_a_command_that_looks_prints_for_people_and_exits_with_0(
    at: Run, command: list[str], holds: str
) -> None:
    said = at(*command)
    assert (said.code, said.err) == (0, "")
    assert holds in said.out


@pytest.mark.parametrize("command", ["directives", "units", "indicators", "plugins"])
def test_lists_are_printed_as_json_for_programs(at: Run, small: Workspace, command: str) -> None:
    data = at(command, "--json").json
    if command == "directives":
        assert [d["id"] for d in data] == [d.id for d in small.directives]
    elif command == "units":
        assert [u["code"] for u in data] == list(small.units)
        assert {u["plugin"] for u in data} == {"workspace"}
    elif command == "indicators":
        assert [i["code"] for i in data] == list(small.catalogue.indicators)
        assert {i["plugin"] for i in data} == {"nq_res20"}
    else:
        assert [p["name"] for p in data["plugins"]] == ["nq_res20"]
        assert data["faults"] == []


def test_units_on_a_day_are_those_that_existed_then(on: Run, demo: Workspace) -> None:
    everybody = {u["code"] for u in on("units", "--json").json}
    then = {u["code"] for u in on("units", "--at", "2009-01-01", "--json").json}
    missing = {u.code for u in demo.units.values() if u.opened or u.closed}
    assert missing
    assert everybody - then <= missing
    assert then == {u.code for u in demo.units.values() if u.exists(date(2009, 1, 1))}


def test_status_tells_who_has_sent_who_is_late_and_who_is_missing(on: Run, demo: Workspace) -> None:
    rows = on("status", "--form", "res20.q", "--period", "2018-Q2", "--json").json
    period = demo.submissions.period("res20.q", "2018-Q2")
    owed = demo.obligations.owed(demo.catalogue.form("res20.q"), period)
    assert [r["unit"] for r in rows] == [u.code for u in owed]
    for row in rows:
        obligation = demo.submissions.obligation(row["unit"], "res20.q", "2018-Q2")
        assert row["state"] == (obligation.state.value if obligation.state else None)
        assert row["due"] == obligation.due.isoformat()
        if obligation.days_late() is not None:
            assert row["days_late"] == obligation.days_late()
    later = on(
        "status", "--form", "res20.q", "--period", "2018-Q3", "--today", "2018-10-20", "--json"
    ).json
    assert {r["days_late"] for r in later if r["sent"] is None} == {10}


def test_rollup_says_the_same_as_table_csv_and_json(at: Run, small: Workspace) -> None:
    options = ["rollup", "--form", "res20.q", "--period", "2018-Q1", "--unit", "huyen", "--format"]
    data = at(*options, "json").json
    rows = list(csv.DictReader(io.StringIO(at(*options, "csv").out)))
    figures = small.rollup(form="res20.q", period="2018-Q1")
    assert {f.coverage.reported for f in figures} == {0, 1}
    assert len(data) == len(rows) == len(figures)
    for told, row, figure in zip(data, rows, figures, strict=True):
        value = "" if figure.value is None else f"{figure.value:f}"
        assert (told["indicator"], told["value"] or "", told["id"]) == (
            figure.indicator,
            value,
            figure.id,
        )
        assert (row["indicator"], row["value"]) == (figure.indicator, value)
        assert (row["reported"], row["due"]) == (
            str(figure.coverage.reported),
            str(figure.coverage.due),
        )
        assert row["missing"].split() == list(figure.coverage.missing_units)
        assert told["coverage"]["due"] == figure.coverage.due
    table = at(*options, "table").out
    for figure in figures:
        assert f"{figure.coverage.reported}/{figure.coverage.due}" in table
        assert all(unit in table for unit in figure.coverage.missing_units)


def test_a_total_with_a_missing_report_says_so_in_every_way_it_is_printed(
    into: Run, office: Path
) -> None:
    options = ["rollup", "--form", "res20.q", "--period", "2018-Q1"]
    gap = r"missing: .*xa-tan-loi"
    assert re.search(rf"res20\.A1 +4 .* 1/3 .*{gap}", into(*options).out)
    rows = csv.DictReader(io.StringIO(into(*options, "--format", "csv").out))
    (row,) = [r for r in rows if r["indicator"] == "res20.A1"]
    assert (row["value"], row["reported"], row["due"]) == ("4", "1", "3")
    assert sorted(row["missing"].split()) == ["dn-may", "xa-tan-loi"]
    (told,) = [r for r in into(*options, "--format", "json").json if r["indicator"] == "res20.A1"]
    assert sorted(part["unit"] for part in told["coverage"]["missing"]) == ["dn-may", "xa-tan-loi"]
    assert re.search(gap, into("explain", "--indicator", "A1", "--period", "2018-Q1").out)
    findings = into("findings", "--directive", "20-NQ/TW", "--period", "2018-Q1").out
    assert re.search(r"\d+ (rules are silent|quy tắc không nêu gì)", findings)
    file = office / "r.json"
    said = into(
        "report", "--directive", "20-NQ/TW", "--period", "2018-Q1", "--format", "json", "-o", file
    )
    assert said.code == 0
    text = file.read_text("utf-8")
    assert "tổng hợp từ 1 trong 3 báo cáo" in text
    assert "quá hạn chưa có báo cáo của" in text
    assert "Chưa đủ số liệu" in text


def test_what_the_office_should_know_of_a_report_is_said_beside_it_and_not_in_it(
    on: Callable[..., Said], tmp_path: Path
) -> None:
    options = ["--directive", "20-NQ/TW", "--period", "2018", "--unit", "xa-an-phu"]
    said = on("report", *options, "--format", "html", "-o", tmp_path / "r.html")
    assert "chưa cho thấy tồn tại, hạn chế nào: phần này không được in" in said.err
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "không được in" not in html
    assert "TỒN TẠI, HẠN CHẾ" not in html


def test_a_counted_number_is_explained_by_its_id_down_to_the_reports_its_rule_read(
    on: Callable[..., Said],
) -> None:
    id = "count:res20.S1a|2008..2018|huyen|0|reported"
    said = on("explain", "--figure", id)
    assert said.out.startswith("6 trong 28: res20.S1a [nq_res20]")
    assert "+ Xã Hòa Lợi" in said.out
    assert "- " in said.out
    assert "res20.A1 2009-Q3: 0  (2009-Q3_res20.q_xa-hoa-loi)" in said.out
    data = on("explain", "--figure", id, "--json").json
    assert sum(unit["counted"] for unit in data["units"]) == 6
    assert len(data["units"]) == 28


def test_a_figure_is_explained_by_its_id_down_to_people_and_plugin(
    on: Run, demo: Workspace
) -> None:
    figure = demo.figure("B2.1", "2018-Q2")
    said = on("explain", "--figure", figure.id)
    assert said.code == 0
    assert figure.id in said.out
    for word in ("[nq_res20]", "sent by", "accepted by vanphong", "2018Q2-"):
        assert word in said.out
    data = on("explain", "--figure", figure.id, "--json").json
    assert data["figure"]["value"] == f"{figure.value:f}"
    assert {part["reference"] for part in data["parts"]} == {"res20.B1", "res20.B2"}


def test_findings_as_json_carry_sentences_pieces_and_evidence(on: Run, demo: Workspace) -> None:
    data = on("findings", *SPAN, "--json").json
    verdict = demo.reviews.verdict(directive="20-NQ/TW", period="2008..2018")
    assert [f["rule"] for f in data["findings"]] == [f.rule for f in verdict.findings]
    assert data["not_evaluated"] == []
    s2 = next(f for f in data["findings"] if f["rule"] == "res20.S2")
    assert "chưa thành lập được tổ chức Đảng" in s2["sentence"]
    assert len(s2["evidence"]["units"]) > 3
    told = [piece["figure"] for piece in s2["pieces"] if "figure" in piece]
    # Its words say the 0; the figure in it is the number of enterprises that there are.
    assert s2["evidence"]["figures"][0]["id"].startswith("res20.C6.2|")
    assert [figure.partition("|")[0] for figure in told] == ["res20.C1.2"]


def test_findings_all_lists_each_silent_rule_with_the_reason(on: Run) -> None:
    asked = ("--directive", "20-NQ/TW", "--period", "2018-Q3")
    said = on("findings", *asked, "--all", "--lang", "en").out.splitlines()
    assert (
        "TOO FEW REPORTS res20.R1a [nq_res20]: Not enough reports: 6 of 28 are accepted, "
        "80% are needed." in said
    )
    assert any(line.startswith("NOTHING TO ASK res20.R1c") for line in said)
    told = on("findings", *asked, "--json").json["silent"]
    assert {one["rule"] for one in told} >= {"res20.R1a", "res20.R1c", "res20.S2"}


def test_findings_print_sentences_with_their_figures_and_last_how_many_rules_are_silent(
    on: Run,
) -> None:
    said = on("findings", *SPAN, "--lang", "en")
    lines = said.out.splitlines()
    assert said.err == ""
    assert any(line.startswith("RESULT res20.R1a") for line in lines)
    assert any(re.search(r" = [\d.,]+ \([\d.,]+/[\d.,]+ reports\)", line) for line in lines)
    assert re.match(r"\d+ rules are silent", lines[-1])
    every = on("findings", *SPAN, "--lang", "en", "--all").out
    assert "DOES NOT HOLD " in every
    assert "rules are silent" not in every


# -- the report ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten-year review as .docx."""
    file = tmp_path_factory.mktemp("report") / "bao-cao.docx"
    options = [*SPAN, "--unit", "huyen", "--format", "party-docx", "-o", file]
    said = nq("report", "-w", demo_folder, *options)
    assert said.code == 0
    assert re.search(r"[\d,]+ bytes, \d+ figures", said.out)
    return file


def test_every_figure_of_the_written_report_equals_rollup_s(
    on: Run, demo: Workspace, written: Path
) -> None:
    document = docx.Document(str(written))
    heads = [(t, [cell.text for cell in t.rows[0].cells]) for t in document.tables]
    tables = [t for t, head in heads if head[0] == "Mã số" and "2008" in head]
    shown: dict[tuple[str, str], str] = {}
    stands: set[tuple[str, str]] = set()
    for table in tables:
        head = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            cells = [cell.text for cell in row.cells]
            if len({*cells[1:]}) == 1:
                continue  # the title of a part of the form goes over the whole row
            for title, text in zip(head[3:], cells[3:], strict=True):
                name = title.partition(" (")[0]
                if name.startswith(("Mục tiêu", "Tăng, giảm")):
                    continue
                period = {"Cả giai đoạn": "2008..2018-Q2", "2018": "2018-H1"}.get(name, name)
                if text == "x":
                    stands.add((cells[0], period))
                    continue
                assert shown.setdefault((cells[0], period), text) == text
    told: dict[tuple[str, str], tuple[str | None, bool]] = {}
    labels = {code: i.label for code, i in demo.catalogue.indicators.items()}
    for form in ("res20.q", "res20.y"):
        for period in sorted({period for _, period in shown}):
            if period == "2008..2018-Q2":
                rows = on(
                    "rollup",
                    "--form",
                    form,
                    "--period",
                    period,
                    "--unit",
                    "huyen",
                    "--format",
                    "json",
                ).json
                for r in rows:
                    c = r["coverage"]
                    gaps = bool(c["missing"] or c["carried"])
                    told[labels[r["indicator"]], period] = (r["value"], gaps)
            else:
                for f in demo.rollup(form=form, period=period):
                    value = None if f.value is None else f"{f.value:f}"
                    told[labels[f.indicator], period] = (value, not f.coverage.complete)
    told = {key: each for key, each in told.items() if key not in stands}
    # The year that has not ended has no yearly report yet, and no column of them.
    assert {key for key in told if key not in shown} == {
        key for key, (value, _) in told.items() if value is None and key[1] == "2018-H1"
    }
    told = {key: each for key, each in told.items() if key in shown}
    assert len(shown) > 500
    for key, (value, gaps) in told.items():
        if value is None:
            assert shown[key] == "–", key
            continue
        decimals = len(value.partition(".")[2])
        read = read_figure(shown[key].removesuffix("*"), decimals=decimals).value
        assert read == Decimal(value), key
        assert shown[key].endswith("*") is gaps, key


def test_the_written_report_names_all_directives_and_every_shortcoming_with_figures(
    written: Path, demo: Workspace
) -> None:
    text = "\n".join(p.text for p in docx.Document(str(written)).paragraphs).replace("\xa0", " ")
    for number in ("20-NQ/TW", "79-KL/TW", "80-KL/TW", "13-NQ/TU", "70-KH/HU"):
        assert number in text
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", text)  # the signs of notes
    dashes = text.split("\n")
    beside = "\n".join(line for line in dashes if "Cùng phạm vi" in line)
    for finding in demo.reviews.verdict(directive="20-NQ/TW", period="2008..2018").findings:
        figures = [text_of(p) for p in finding.sentence if not isinstance(p, Text)]
        said = sentence_text(finding.sentence)[1:] in text or any(
            all(figure in dash or figure in beside for figure in figures) for dash in dashes
        )
        assert said, finding.rule
    parts = [
        "báo cáo kết quả (số liệu đến ngày 30/6/2018) như sau",
        "nổi rõ là",
        "Tuy nhiên",
        "giải pháp",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("format", ["json", "html"])
def test_a_report_is_written_whole_and_the_same_twice(
    into: Run, tmp_path: Path, format: str
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    files = [folder / "1", folder / "2"]
    for file in files:
        said = into("report", *SPAN, "--format", format, "-o", file, "--today", "2018-10-05")
        assert said.code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert sorted(folder.iterdir()) == files


def test_as_of_a_day_only_what_was_accepted_by_then_speaks(
    demo: Workspace, on: Run, tmp_path: Path
) -> None:
    """The report of 5 July printed 26 reports that were accepted after that day."""
    options = {
        "clock": ("--today", "2018-07-05"),
        "both": ("--today", "2018-07-05", "--as-of", "2018-07-05"),
        "known": ("--as-of", "2018-07-05"),
        "now": (),
    }
    told = {}
    for name, days in options.items():
        file = tmp_path / name
        assert on("report", *SPAN, "--format", "json", "-o", file, *days).code == 0
        told[name] = json.loads(file.read_text("utf-8"))["coverage"]
    assert told["clock"] == told["both"]
    assert len({told["clock"], told["now"]}) == 2
    chains = map(demo.submissions.revisions, _submissions(demo))
    then = [[r for r in chain if r.at.date() <= date(2018, 7, 5)] for chain in chains]
    # What came in early of the second quarter is after the cut-off.
    known = sum(
        bool(chain)
        and chain[-1].state is SubmissionState.ACCEPTED
        and chain[-1].period != "2018-Q2"
        for chain in then
    )
    for name in ("clock", "known"):
        assert told[name].startswith("Số liệu đến ngày 31/3/2018, tổng hợp từ ")
        assert "đã được duyệt đến ngày 05/7/2018" in told[name]
        number = told[name].partition(" từ ")[2].partition(" trong ")[0]
        assert int(number.replace(".", "")) == known


def _submissions(ws: Workspace) -> list[str]:
    return [r.submission for r in ws.submissions.repository.newest_revisions()]


def test_findings_figures_and_explanations_have_the_same_day(on: Run) -> None:
    day = ("--as-of", "2018-07-05")
    rollup = ("rollup", "--form", "res20.q", "--period", "2018-Q2", "--format", "json")
    early, now = on(*rollup, *day).json, on(*rollup).json
    assert early != now
    assert early == on(*rollup, "--today", "2018-07-05").json
    one, other = (next(f for f in found if f["indicator"] == "res20.B1") for found in (early, now))
    assert one["id"] == other["id"]
    assert one["coverage"]["reported"] < other["coverage"]["reported"]
    for options, figure in ((day, one), ((), other)):
        explained = on("explain", "--figure", one["id"], *options, "--json").json
        assert explained["figure"]["coverage"] == figure["coverage"]
        asked = ("explain", "--indicator", "B1", "--period", "2018-Q2", *options, "--json")
        assert on(*asked).json == explained
    cells = on("explain", "--figure", one["id"], *day, "--json").json["cells"]
    assert all(cell["accepted_at"][:10] <= "2018-07-05" for cell in cells)
    assert on("findings", *SPAN, *day, "--json").json != on("findings", *SPAN, "--json").json
    counted = ("explain", "--figure", "count:res20.S1c|2008..2018|huyen|0|reported", "--json")
    assert on(*counted, *day).code == on(*counted).code == 0


@pytest.mark.parametrize("day", ["2018-10-06", "2030-01-01"])
def test_a_day_after_today_is_refused(on: Run, day: str) -> None:
    said = on("findings", *SPAN, "--as-of", day)
    assert said.code == 2
    assert "is after 05/10/2018" in said.err
    assert on("findings", *SPAN, "--as-of", "5/10/2018").code == 2


def test_status_ends_with_one_count_of_the_reports(on: Run) -> None:
    asked = ("status", "--form", "res20.q", "--period", "2018-Q3")
    assert on(*asked).out.splitlines()[-1] == (
        "6/28 accepted, 4 waiting, 2 returned, 16 not yet due."
    )
    assert on(*asked, "--today", "2018-10-11").out.splitlines()[-1] == (
        "6/28 accepted, 4 waiting, 2 returned, 16 past due."
    )


# -- import and export ---------------------------------------------------------------------------

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
    "an open quote": ('xa-an-phu,2018-Q3,A1,"1\n', 2, "cannot be read as CSV"),
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


# -- upkeep --------------------------------------------------------------------------------------


def test_verify_is_content_with_an_untouched_workspace(on: Run) -> None:
    assert on("verify").code == 0


@pytest.mark.parametrize("place", [0.1, 0.5, 0.999])
def test_verify_finds_one_flipped_byte_and_says_where(
    into: Run, office: Path, place: float
) -> None:
    journal = max((office / "journal").glob("*.nqj"), key=lambda p: p.stat().st_size)
    data = bytearray(journal.read_bytes())
    at = int(len(data) * place)
    data[at] ^= 1
    journal.write_bytes(data)
    said = into("verify")
    assert said.code == 1
    found = [int(n) for n in re.findall(r"\d+", said.out.replace(",", "").replace(".", ""))]
    assert any(at - 20_000 <= n <= at + 1 for n in found), said.out


def test_users_are_added_listed_linked_and_locked(into: Run, office: Path) -> None:
    said = into("user", "add", "moi", "--name", "Mới", "--unit", "xa-an-phu", "--role", "enter")
    assert said.code == 0
    first = re.search(r"/dang-nhap/(\S+)", said.out)
    assert first is not None
    second = re.search(r"/dang-nhap/(\S+)", into("user", "link", "moi").out)
    assert second is not None
    assert second[1] != first[1]
    with open_workspace(office) as ws:
        with pytest.raises(NqError, match="used or is over"):  # the second one has ended it
            ws.accounts.open_link(first[1], at=ws.clock())
        assert ws.accounts.open_link(second[1], at=ws.clock()).login == "moi"
    assert into("user", "lock", "moi").code == 0
    (row,) = [r for r in into("user", "list", "--json").json if r["login"] == "moi"]
    assert row == {
        "login": "moi",
        "name": "Mới",
        "unit": "xa-an-phu",
        "roles": ["enter"],
        "locked": True,
        "second_factor": False,
    }
    assert "moi" in into("user", "list").out
    assert (
        into("user", "add", "moi", "--name", "x", "--unit", "xa-an-phu", "--role", "enter").code
        == 2
    )


def test_nq_demo_opens_a_demo_that_is_there_and_prints_its_accounts(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        version = ws.store.version
    said = nq("demo", demo_copy, "--no-serve")
    assert said.code == 0
    for word in ("2018-10-05", "vanphong", "dn-may-binh-minh", "password demo-2018"):
        assert word in said.out
    with open_workspace(demo_copy) as ws:
        assert ws.store.version == version


def test_a_demo_that_was_left_unfinished_is_not_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / ".unfinished").touch()
    said = nq("demo", tmp_path, "--no-serve")
    assert said.code == 2
    assert "Remove it and run nq demo again" in said.err


# -- errors --------------------------------------------------------------------------------------

WRONG: dict[str, list[str]] = {
    "an unknown form": ["rollup", "--form", "zz", "--period", "2018"],
    "an unknown period": ["rollup", "--form", "res20.q", "--period", "2018-Q9"],
    "an unknown unit": ["rollup", "--form", "res20.q", "--period", "2018", "--unit", "zz"],
    "an unknown indicator": ["indicators", "zz"],
    "an unknown directive": ["directives", "99-NQ/TW"],
    "an unknown figure": ["explain", "--figure", "a|b"],
    "an unknown format": ["report", *SPAN, "--format", "pdf", "-o", "x"],
    "a folder that is not there": [
        "report",
        *SPAN,
        "--format",
        "json",
        "-o",
        "/nowhere/at/all/r.json",
    ],
    "an unknown unit in the tree": ["units", "zz"],
    "a period of another length": ["status", "--form", "res20.q", "--period", "2018"],
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG)
def test_an_error_is_one_line_on_stderr_and_exit_status_2(
    office_folder: Path, command: list[str]
) -> None:
    said = nq(*command, "-w", office_folder)
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("nq: ")


@pytest.mark.parametrize(
    "command",
    [
        ["explain"],
        ["rollup", "--form", "res20.q", "--period", "2018", "--boundaries", "2020-01-01"],
        ["rollup"],
        ["nonsense"],
        ["units", "--at", "yesterday"],
        ["user", "add", "x", "--name", "x", "--unit", "huyen", "--role", "king"],
    ],
)
def test_wrong_usage_is_exit_status_2(command: list[str]) -> None:
    said = nq(*command)
    assert said.code == 2
    assert said.err


def test_a_folder_that_is_no_workspace_is_told_what_to_do(tmp_path: Path) -> None:
    for command in (["units"], ["verify"], ["plugins"], ["export"], ["user", "list"]):
        said = nq(*command, "-w", tmp_path)
        assert said.code == 2
        assert "`nq init` or `nq demo`" in said.err


def test_the_workspace_can_be_named_by_the_environment(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQ_WORKSPACE", str(office_folder))
    assert nq("units").code == 0
    monkeypatch.chdir(office_folder)
    monkeypatch.delenv("NQ_WORKSPACE")
    assert nq("units").code == 0


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command by its words."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


def test_every_command_takes_a_language_in_front_and_behind(office_folder: Path) -> None:
    for words in commands(main):
        assert "--lang [vi|en]" in nq(*words, "--help").out, words
    wrong = ["rollup", "-w", office_folder, "--form", "zz", "--period", "2018"]
    english = nq("--lang", "en", *wrong).err
    assert english.startswith("nq: There is no form “zz”.")
    assert nq(*wrong, "--lang", "en").err == english


def test_the_commands_of_the_interface_are_all_there() -> None:
    there = {" ".join(words) for words in commands(main)}
    assert there >= {
        *(
            "demo",
            "init",
            "serve",
            "directives",
            "units",
            "indicators",
            "status",
            "import",
            "export",
        ),
        *("rollup", "explain", "findings", "report", "verify", "freeze", "editions", "diff"),
        *("user", "user add", "user list", "user lock", "user link"),
        *("plugins", "plugins new", "plugins check"),
    }


def test_a_plugin_at_fault_is_named_on_stderr_and_the_answer_still_comes(office: Path) -> None:
    file = office / "workspace.toml"
    text = file.read_text("utf-8").replace("plugins = [", 'plugins = ["nq_gone", ')
    file.write_text(text, "utf-8")
    said = nq("units", "-w", office)
    assert said.code == 0
    assert "Xã An Phú" in said.out
    assert said.err.startswith("nq: plugin nq_gone: import: is not installed")


def test_nq_runs_as_a_program_of_its_own(office_folder: Path) -> None:
    program = "import sys; from nqcore.cli import main; sys.argv = ['nq', *sys.argv[1:]]; main()"
    good, bad = finish(
        [python(program, "verify", "-w", office_folder), python(program, "units", "-w", "/nowhere")]
    )
    assert (good.code, good.err) == (0, "")
    assert bad.code == 2
    assert len(bad.err.splitlines()) == 1


# -- letterheads ---------------------------------------------------------------------------------


def test_the_letterhead_of_a_unit_is_printed_as_the_table_that_changes_it(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    said = nq("units", "xa-an-phu", "--letterheads", "-w", folder)
    assert said.code == 0
    assert "# Xã An Phú (nqcore)" in said.out
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + said.out.replace('post = "BÍ THƯ"', 'post = "PHÓ BÍ THƯ"'))
    (one,) = nq("units", "xa-an-phu", "--letterheads", "--json", "-w", folder).json
    assert (one["plugin"], one["post"]) == ("workspace", "PHÓ BÍ THƯ")
    assert one["body"] == "ĐẢNG ỦY XÃ AN PHÚ"
    everything = nq("units", "--letterheads", "--json", "-w", folder).json
    assert [each["unit"] for each in everything if each["plugin"] == "workspace"] == ["xa-an-phu"]
    assert {each["unit"]: each["body"] for each in everything}["huyen"] == "HUYỆN ỦY"


def test_a_wrong_letterhead_in_the_settings_is_said_in_one_line(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[letterhead]]\nunit = "xa-an-phu"\nbody = "X"\n')
    said = nq("units", "-w", folder)
    assert said.code == 2
    assert "letterhead[1].place" in said.err


@pytest.mark.parametrize("also", [["--questions"], ["find", "x"], ["--at", "2018-01-01"]])
def test_letterheads_stand_alone(office_folder: Path, also: list[str]) -> None:
    assert nq("units", *also, "--letterheads", "-w", office_folder).code == 2


# -- outlines ------------------------------------------------------------------------------------


def test_outlines_are_listed_with_who_gives_them_and_one_is_printed_as_the_tables_that_change_it(
    office_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    listed = {one["id"]: one for one in nq("outlines", "--json", "-w", folder).json}
    assert listed["ngan"]["plugin"] == listed["tong-ket"]["plugin"] == "nqcore"
    assert "tong-ket" in nq("outlines", "-w", folder).out
    said = nq("outlines", "show", "ngan", "-w", folder)
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + said.out.replace("Tồn tại, hạn chế", "Hạn chế, khuyết điểm"))
    changed = {one["id"]: one for one in nq("outlines", "--json", "-w", folder).json}
    assert changed["ngan"]["plugin"] == "workspace"
    assert "Hạn chế, khuyết điểm" in nq("outlines", "show", "ngan", "-w", folder).out
    gone = nq("outlines", "show", "khong-co", "-w", folder)
    assert gone.code == 2
    assert "khong-co" in gone.err


def test_a_report_has_the_outline_that_is_asked_for(into: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    said = into("report", *SPAN, "--format", "json", "-o", file, "--outline", "tong-ket")
    assert said.code == 0
    assert "Bài học kinh nghiệm" not in file.read_text("utf-8").partition('"body": [')[2]
    assert "Phần chưa có nội dung, không được in: Đặc điểm tình hình; " in said.err
    short = into("report", *SPAN, "--format", "json", "-o", file)
    assert "Phần chưa có nội dung" not in short.err
    bad = into("report", *SPAN, "--format", "json", "-o", file, "--outline", "khong-co")
    assert bad.code == 2
    assert "khong-co" in bad.err


def test_the_outline_of_a_higher_level_becomes_an_outline_of_the_office(
    office_folder: Path, tmp_path: Path
) -> None:
    document = docx.Document()
    for text in ("ĐỀ CƯƠNG", "I- TÌNH HÌNH", "II- KẾT QUẢ THỰC HIỆN", "III- KIẾN NGHỊ"):
        document.add_paragraph(text)
    file = tmp_path / "Đề cương của tỉnh.docx"
    document.save(str(file))
    said = nq("outlines", "import", file)
    assert said.code == 0
    folder = shutil.copytree(office_folder, tmp_path / "ws")
    with (folder / "workspace.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + said.out)
    assert "de-cuong-cua-tinh" in nq("outlines", "-w", folder).out
    empty = docx.Document()
    empty.add_paragraph("Kính gửi Tỉnh ủy")
    empty.save(str(file))
    refused = nq("outlines", "import", file)
    assert refused.code == 2
    assert "no heading" in refused.err
