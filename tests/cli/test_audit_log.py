"""`nq log`: the audit trail as lines, for a file that goes on where it ended."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.collection.settings import read_settings
from nqcore.store import Store, load_key
from nqcore.workspace.opening import create_workspace
from tests.store.helpers import put
from tests.support.small import ROOT
from tests.support.waiting import LONG, lines_of

pytestmark = pytest.mark.usefixtures("english")

AT = datetime(2018, 10, 5, 8, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    with create_workspace(folder, name="Huyện", plugins=["nq_model_district"], root="huyen") as ws:
        ws.accounts.add("lan", "Lan", "huyen", [Role.ENTER], units=ws.units, by="nq", at=AT)
        ws.accounts.set_password("lan", "bí mật lắm", by="lan", at=AT)
    return folder


def nq(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, args)], catch_exceptions=False)


def opened(folder: Path) -> Store:
    return Store.open(folder, load_key(read_settings(folder).id))


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_for_every_record_with_its_hash_and_without_figures(office: Path) -> None:
    lines = objects(nq("log", "-w", office).output)
    with opened(office) as store:
        records = [store.record(seq) for seq in range(1, store.version + 1)]
    assert [(one["seq"], one["hash"], one["do"], one["by"]) for one in lines] == [
        (record.seq, record.hash, record.do, record.by) for record in records
    ]
    assert lines[-1]["accounts"] == ["lan"]
    assert lines[-1]["units"] == ["huyen"]
    assert "argon2" not in str(lines)
    assert objects(nq("log", "-w", office, "--after", 2).output) == lines[2:]
    assert nq("log", "-w", office, "--after", 99).output == ""


def test_a_reason_cannot_begin_a_line_or_move_the_cursor(office: Path) -> None:
    with opened(office) as store, store.change(by="x", do="d", why="a\n\x1b[31m\u202e", at=AT) as c:
        c.put("notes", "n", {})
    text = nq("log", "-w", office).output
    assert text.isascii()
    assert "\x1b" not in text
    assert objects(text)[-1]["why"] == "a\n\x1b[31m\u202e"


def test_a_file_goes_on_where_it_ended_and_an_unfinished_line_is_made_again(
    office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "audit.jsonl"
    for _ in range(2):
        assert nq("log", "-w", office, "--append", file).exit_code == 0
    whole = file.read_text()
    assert whole == nq("log", "-w", office).output
    assert file.stat().st_mode & 0o077 == 0
    for cut in (len(whole) - 1, len(whole) - 40, 5, 0):
        file.write_text(whole[:cut])
        assert nq("log", "-w", office, "--append", file).exit_code == 0
        assert file.read_text() == whole
    with opened(office) as store:
        put(store, "more", {}, at=AT)
    nq("log", "-w", office, "--append", file)
    assert file.read_text().startswith(whole)
    assert objects(file.read_text())[-1]["seq"] == len(objects(whole)) + 1


def test_a_journal_that_was_put_back_does_not_go_on_in_the_same_file(
    office: Path, tmp_path: Path
) -> None:
    shutil.copytree(office, tmp_path / "older")
    with opened(office) as store:
        put(store, "later", {}, at=AT)
    file = tmp_path / "audit.jsonl"
    nq("log", "-w", office, "--append", file)
    before = file.read_bytes()
    for again in range(2):
        done = nq("log", "-w", tmp_path / "older", "--append", file)
        assert done.exit_code == 2
        assert "is not in this journal" in done.output
        assert file.read_bytes() == before
        with opened(tmp_path / "older") as store:  # then a record of that number, but another one
            put(store, f"other {again}", {}, at=AT)


@pytest.mark.parametrize("text", ["my letter", "my letter\n", '{"a": 1}\n', "[" * 100_000 + "\n"])
def test_a_file_of_something_else_is_left_as_it_is(office: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "letter").write_text(text)
    assert nq("log", "-w", office, "--append", tmp_path / "letter").exit_code == 2
    assert (tmp_path / "letter").read_text() == text


def test_it_follows_until_it_is_stopped(office: Path) -> None:
    command = [sys.executable, "-c", "from nqcore.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "log", "-w", office, "--follow"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with opened(office) as store, lines_of(process) as lines:
        for seq in range(1, store.version + 1):
            assert json.loads(lines.next())["seq"] == seq
        put(store, "more", {}, at=AT)
        assert json.loads(lines.next())["seq"] == store.version
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG) == 0
