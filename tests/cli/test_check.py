"""`nq check`: an edited document of a review, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from nqcore.workspace.facade import Workspace
from tests.analysis.readback.word_files import edit, pasted

ASKED = {"directive": "20-nq-tw.2008-01-28", "period": "2008..2018"}
CHANGED = ("886 buổi tuyên truyền", "868 buổi tuyên truyền")


@pytest.fixture(scope="module")
def paper(demo: Workspace) -> bytes:
    return demo.report(**ASKED, format="party-docx").data


def check(demo: Workspace, file: Path, *options: str, lang: str = "en") -> Result:
    asked = ["--lang", lang, "check", "-w", str(demo.folder), str(file), *options]
    return CliRunner().invoke(main, asked, catch_exceptions=False)


def test_an_untouched_document_is_right(demo: Workspace, paper: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(paper)
    result = check(demo, file)
    assert result.exit_code == 0, result.output
    assert "Compared with the review of today: kết quả 10 năm" in result.output


def test_a_changed_number_is_named_with_its_place_and_what_it_should_be(
    demo: Workspace, paper: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(edit(paper, CHANGED))
    result = check(demo, file)
    assert result.exit_code == 1
    assert "text, at “- Từ năm 2008 đến nay đã" in result.output
    assert "“868” – changed in the document: the review has 886" in result.output
    vietnamese = check(demo, file, lang="vi").output
    assert "“868” – đã sửa trong văn bản: báo cáo ghi 886" in vietnamese


def test_json_has_one_object_for_each_number(demo: Workspace, paper: bytes, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(pasted(edit(paper, CHANGED)))
    result = check(demo, file, "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert (data["marked"], data["right"], len(data["numbers"]) > 700) == (0, False, True)
    (wrong,) = (one for one in data["numbers"] if one["status"] != "same")
    assert (wrong["text"], wrong["status"], wrong["written"]) == ("868", "changed", "886")
    assert wrong["place"]["part"] == "text"


def test_a_document_of_nothing_here_says_what_to_do(demo: Workspace, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Đơn xin nghỉ phép 3 ngày.")
    file = tmp_path / "don.docx"
    document.save(str(file))
    result = check(demo, file)
    assert result.exit_code == 2
    assert "Choose the directive and the period" in result.output
    chosen = check(demo, file, "--directive", ASKED["directive"], "--period", ASKED["period"])
    assert chosen.exit_code == 1  # all numbers of that review are gone
    assert check(demo, file, "--directive", "x").exit_code == 2
    assert "not in this office's data" in check(demo, file, "--edition", "4711").output
