"""`nq report`: every figure of the written document is that of the roll-up."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.model.findings import Text
from nqcore.text.numbers import read_figure
from nqcore.workspace.facade import Workspace
from tests.cli.run import SPAN, Run, Said, nq
from tests.support.demo_reports import demo_verdict

pytestmark = pytest.mark.usefixtures("english")


def test_what_the_office_should_know_of_a_report_is_said_beside_it_and_not_in_it(
    on: Callable[..., Said], tmp_path: Path
) -> None:
    options = ["--directive", "20-NQ/TW", "--period", "2018", "--unit", "xa-an-phu"]
    said = on("report", *options, "--format", "html", "-o", tmp_path / "r.html")
    assert "The figures show no shortcoming: that part is not printed." in said.err
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "không được in" not in html
    assert "TỒN TẠI, HẠN CHẾ" not in html


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
    for finding in demo_verdict(demo).findings:
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


def test_a_report_has_the_outline_that_is_asked_for(into: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    said = into("report", *SPAN, "--format", "json", "-o", file, "--outline", "tong-ket")
    assert said.code == 0
    assert "Bài học kinh nghiệm" not in file.read_text("utf-8").partition('"body": [')[2]
    assert "Parts without content yet, not printed: Đặc điểm tình hình; " in said.err
    short = into("report", *SPAN, "--format", "json", "-o", file)
    assert "Parts without content" not in short.err
    bad = into("report", *SPAN, "--format", "json", "-o", file, "--outline", "khong-co")
    assert bad.code == 2
    assert "khong-co" in bad.err


@pytest.mark.parametrize(
    "command",
    [("report", "--format", "html", "-o", "a"), ("findings",), ("freeze", "--by", "vanphong")],
)
def test_a_unit_that_ended_before_the_period_has_no_review(
    on: Callable[..., Said], command: tuple[str, ...]
) -> None:
    said = on(
        *command, "--directive", "20-NQ/TW", "--period", "2017", "--unit", "dn-gach-long-thanh"
    )
    assert said.code == 2
    assert "ended on 01/01/2016, before 2017" in said.err
    assert "Ask for an earlier period." in said.err
