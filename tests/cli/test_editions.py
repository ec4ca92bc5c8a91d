"""`nq freeze`, `nq editions`, `nq diff` and `nq report --edition`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqcore.analysis.frozen.recomputing import ORDER, Recomputed
from nqcore.cli import main
from nqcore.cli.printing.editions import recomputed_lines
from nqcore.errors import Phrase
from nqcore.text.messages import translator
from nqcore.workspace.opening import open_workspace

ASKED = ("--directive", "20-NQ/TW", "--period", "2008..2018")
Run = Callable[..., Result]


@pytest.fixture
def run(demo_copy: Path) -> Run:
    """A command on a demo of one's own."""

    def command(name: str, *args: str, lang: str = "en") -> Result:
        given = ["--lang", lang, name, "-w", str(demo_copy), *args]
        return CliRunner().invoke(main, given, catch_exceptions=False)

    return command


def correct(folder: Path) -> None:
    """One accepted report says 7 more."""
    with open_workspace(folder) as ws:
        unit, period = "tt-tan-hoa", "2018-Q2"
        id = f"{period}_res20.q_{unit}"
        answers = dict(ws.submissions.revisions(id)[-1].answers)
        ws.reopen(id, reason="Sửa A1", by="vanphong")
        value = answers["A1"]
        assert isinstance(value, Decimal)
        draft = ws.save_draft(unit, "res20.q", period, {**answers, "A1": value + 7}, by=unit)
        ws.send(draft, by=unit)
        ws.accept(draft, by="vanphong")


def test_a_review_is_frozen_listed_written_and_compared(
    run: Run, demo_copy: Path, tmp_path: Path
) -> None:
    frozen = run("freeze", *ASKED, "--by", "vanphong")
    assert frozen.exit_code == 0, frozen.output
    assert frozen.stdout.startswith("1: edition 1 of 20-nq-tw.2008-01-28 2008..2018 huyen, record ")
    (listed,) = json.loads(run("editions", "--json").stdout)
    assert (listed["id"], listed["number"], listed["by"]) == ("1", 1, "vanphong")
    assert f"{listed['seq']}/{listed['hash'][:12]}" in run("editions").stdout
    assert run("diff", "1").stdout == "Nothing has changed.\n"
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    assert run("report", "--edition", "1", "--format", "html", "-o", str(first)).exit_code == 0
    correct(demo_copy)
    assert run("report", "--edition", "1", "--format", "html", "-o", str(second)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    again = run("editions", "--recompute", "1")
    assert (again.exit_code, again.stdout) == (0, "Edition 1: computed again, it is the same.\n")
    told = run("diff", "1").stdout
    assert "(Huyện Tân Hòa, " in told
    assert re.search(r"A1\. .*: 1\.442 .* → 1\.449 .* \(\+7 = \+7 corrected reports\)", told)
    vietnamese = run("diff", "1", lang="vi").stdout
    for said in (
        told,
        vietnamese,
    ):  # names and numbers as the office writes them, in both languages
        assert not re.search(r"res20\.|\|reported|\b\d+\.\d{1,2}\b|finding:|table:|head:", said)
    assert "(+7 = +7 báo cáo" in vietnamese
    data = json.loads(run("diff", "1", "--json").stdout)
    assert data["links"] == [["corrected"]]
    assert data["grounds"]["corrected"] == ["2018-Q2_res20.q_tt-tan-hoa"]
    for figure in data["figures"]:
        parts = sum(Decimal(part["amount"]) for part in figure["parts"])
        assert parts == Decimal(figure["change"])
    assert json.loads(run("freeze", *ASKED, "--by", "vanphong", "--json").stdout)["number"] == 2
    assert json.loads(run("diff", "1", "2", "--json").stdout)["figures"] == data["figures"]


def test_it_speaks_vietnamese_too(run: Run) -> None:
    run("freeze", *ASKED, "--by", "vanphong")
    assert run("diff", "1", lang="vi").stdout == "Không có gì thay đổi.\n"
    assert "giống hệt" in run("editions", "--recompute", "1", lang="vi").stdout


def test_another_order_of_the_blocks_has_words_too(demo_copy: Path) -> None:
    with open_workspace(demo_copy) as ws:
        made = ws.editions.freeze(directive=ASKED[1], period=ASKED[3], by="vanphong")
    found = Recomputed(edition=made, report=made.report, changed=(ORDER,), reasons=())
    (line,) = recomputed_lines(found)
    assert isinstance(line, Phrase)
    assert line.message(translator("vi")) == "Bản chốt 1: tính lại cho kết quả khác ở thứ tự."


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("freeze", *ASKED, "--by", "xa-an-phu"), "may not"),
        (("freeze", *ASKED, "--by", "ai-do"), "There is no account"),
        (("editions", "--recompute", "7"), "There is no edition “7”"),
        (("diff", "7"), "There is no edition “7”"),
        (("report", "--edition", "7", "--format", "json", "-o", "x"), "There is no edition “7”"),
        (("report", "--format", "json", "-o", "x"), "--edition ID"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run: Run, command: tuple[str, ...], said: str) -> None:
    done = run(*command)
    assert done.exit_code == 2
    assert said in done.stderr
