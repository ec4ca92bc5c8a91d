"""The log: one line per event, in UTC, and nothing in it that somebody typed."""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.support.waiting import exit_status
from tests.webforms.conftest import PASSWORD, QUARTER
from webforms import create_app
from webforms.security.event_log import EVENTS, DayFiles, JsonLine, event, set_up

FILL = f"/bao-cao/{QUARTER}/nhap"
SECRET = "canary"


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """The lines that were logged so far, from a file of the day."""
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    set_up(tmp_path / "log")

    def read() -> list[dict[str, object]]:
        text = "".join(f.read_text("ascii") for f in sorted((tmp_path / "log").glob("*.jsonl")))
        return [json.loads(line) for line in text.splitlines()]

    yield read
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    for handler in kept:
        root.addHandler(handler)
    root.setLevel(level)
    EVENTS.setLevel(logging.NOTSET)


def events(lines: list[dict[str, object]]) -> list[object]:
    return [line["event"] for line in lines]


def test_what_happened_is_one_line_each_with_who_and_how_it_ended(visit, ws: Workspace, lines):
    visitor = visit()
    visitor.sign_in("dn", "wrong")
    visitor.sign_in("dn", PASSWORD)
    visitor.press(FILL, "ghi0")
    visitor.client.get("/duyet")
    visitor.client.post(FILL, data={"x": "1"})
    found = lines()
    assert events(found) == ["sign-in failed", "signed in", "done", "denied", "refused"]
    assert found[1]["account"] == "dn"
    assert (found[2]["page"], found[2]["report"]) == ("entry.save", QUARTER)
    for line in found:
        moment = datetime.fromisoformat(str(line["at"]))
        assert moment.utcoffset() == timedelta(0)
        assert abs(datetime.now(UTC) - moment) < timedelta(minutes=5)


def test_nothing_that_anybody_typed_is_in_the_log(ws: Workspace, lines, keys: Path, monkeypatch):
    """Marked figures, words, names, passwords, tokens and addresses, through every way of failing."""
    bad = SimpleNamespace(
        id="x", form="res20.q", problems=lambda entry: 1 / 0 if entry.answers else ()
    )
    checks = {**ws.catalogue.checks, "x": bad}
    owners = {**ws.catalogue.owners, ("check", "x"): "nq_bad"}
    for name, value in (("checks", checks), ("owners", owners)):
        object.__setattr__(ws.catalogue, name, value)
    app = create_app(ws)
    ws.accounts.add("ten", f"{SECRET}-name", "huyen", [], units=ws.units, by="qt", at=ws.clock())
    link = ws.accounts.link("ten", by="qt", at=ws.clock())
    visitor = Visitor(app.test_client())
    visitor.sign_in(f"{SECRET}-login", f"{SECRET}-password")
    visitor.client.get(f"/{SECRET}-path?{SECRET}-query={SECRET}")
    visitor.client.get(f"/dang-nhap/{link.token}")
    fields = visitor.get(f"/dang-nhap/{link.token}").form(f"/dang-nhap/{link.token}")
    visitor.client.post(f"/dang-nhap/{link.token}", data=fields)
    visitor.post("/dang-xuat")
    visitor.sign_in("dn", PASSWORD)
    visitor.press(FILL, "luu", {"B1": "731731731", "N1": f"{SECRET} words"})
    visitor.press(FILL, "luu", {"B1": f"{SECRET}x", "N1": "x\x00"})
    visitor.client.get(FILL, headers={"User-Agent": SECRET, "Referer": f"http://{SECRET}/"})
    token = visitor.token()
    cookie = visitor.client.get_cookie(app.config["SESSION_COOKIE_NAME"])

    def broken(*_given: object) -> object:
        raise ValueError(f"{SECRET} 731731731")

    monkeypatch.setattr(ws.submissions.repository, "find", broken)
    assert visitor.client.get(f"/bao-cao/{SECRET}").status_code == 500
    logging.getLogger("waitress").error("cannot serve %s", SECRET)
    found = lines()
    text = json.dumps(found)
    assert {"sign-in failed", "signed in", "done", "fault", "plugin fault", "other"} <= set(
        events(found)
    )
    secrets = [SECRET, "731731731", "731.731.731", link.token, token, PASSWORD]
    assert cookie is not None
    for secret in (*secrets, cookie.value):
        assert secret not in text
    fault = next(line for line in found if line["event"] == "fault")
    assert fault["exception"] == "ValueError"
    assert any("broken" in str(step) for step in fault["through"])  # type: ignore[attr-defined]
    named = next(line for line in found if line["event"] == "plugin fault")
    assert (named["plugin"], named["hook"]) == ("nq_bad", "check x")


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\nb", "\x1b[2J", "a\u2028b", "\u202eb", "a\x00b", "\ud800"]
)
def test_no_value_starts_a_line_or_moves_the_cursor(lines, text: str):
    event("done", report=text, account=text * 500)
    (line,) = lines()
    assert line["report"] == text
    assert len(str(line["account"])) == 200


def test_a_file_a_day_and_thirty_of_them(tmp_path: Path):
    now = [datetime(2026, 1, 1, 23, 59, tzinfo=UTC)]
    handler = DayFiles(tmp_path / "log", lambda: now[0])
    handler.setFormatter(JsonLine())
    for _day in range(40):
        handler.emit(logging.LogRecord("x", 20, "p", 1, "m", (), None))
        now[0] += timedelta(days=1)
    handler.close()
    files = sorted(file.name for file in (tmp_path / "log").iterdir())
    assert len(files) == 30
    assert files[-1] == "nqcore-2026-02-09.jsonl"
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "log").iterdir())


def test_lines_of_several_processes_do_not_mix(tmp_path: Path):
    children = []
    for _process in range(4):
        child = os.fork()
        if child == 0:
            handler = DayFiles(tmp_path / "log")
            handler.setFormatter(JsonLine())
            for _line in range(300):
                record = logging.LogRecord("x", 20, "p", 1, "m", (), None)
                record.fields = {"report": "x" * 150}
                handler.emit(record)
            os._exit(0)
        children.append(child)
    for child in children:
        assert exit_status(child) == 0
    (file,) = (tmp_path / "log").iterdir()
    assert len([json.loads(line) for line in file.read_text().splitlines()]) == 1200


def test_a_log_that_cannot_be_written_stops_nothing(app: Flask, visit, tmp_path: Path, lines):
    folder = tmp_path / "no"
    folder.write_text("a file where the folder should be")
    root = logging.getLogger()
    root.addHandler(DayFiles(folder))
    assert visit("dn").press(FILL, "ghi0").status_code == 303
    assert re.match("a file", folder.read_text())
