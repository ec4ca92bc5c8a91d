"""What is done while calls fail: submit and accept through the real pages, backup, recovery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from nqcore.clock import system_clock
from nqcore.collection.archive.backup import BackupDamaged, check_backup, write_backup
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import SUBMISSIONS
from nqcore.errors import NqError
from nqcore.workspace.opening import open_workspace
from tests.faults.client import Report
from tests.faults.office import (
    PASSWORD,
    REVIEWER,
    Clerk,
    make_office,
    open_store,
    stored,
)
from tests.faults.traced import Ack
from tests.support.visitor import Page, Visitor
from webforms import create_app

SENT = 10
"""Reports that one run saves and sends."""
ACCEPTED = 20
"""Reports that one run accepts."""


class Step:
    """Something that is done, promises something, and can be looked at afterwards.

    `do` runs in a child; `lost` says in this process what of the promised is not there.
    """

    def do(self, ack: Ack) -> None:
        """Run it; `ack(n)` for the n-th promise."""
        raise NotImplementedError

    def lost(self, acked: frozenset[int]) -> list[str]:
        """Promises that do not hold."""
        raise NotImplementedError


class _Pages(Step):
    """The real application over the real workspace, one signed-in browser."""

    def __init__(self, folder: Path, login: str) -> None:
        self.folder = folder
        self.app: Flask = create_app(open_workspace(folder))
        self.client: FlaskClient = self.app.test_client()
        assert Visitor(self.client).sign_in(login, PASSWORD).status_code == 303

    def get(self, path: str) -> Page:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return Page(answer.text)

    def revisions(self) -> Mapping[str, Mapping[str, str]]:
        """Opened anew from the files, and every byte verified."""
        found = verify_folder(self.folder, read_settings(self.folder))
        if found.damages:
            raise AssertionError(found.sentences[0])
        return stored(self.folder)


class Submit(_Pages):
    """A clerk saves several reports and sends each; the forms were opened before."""

    def __init__(self, folder: Path, sent: int = SENT) -> None:
        (clerk,) = make_office(folder, 1)
        super().__init__(folder, clerk.login)
        self.reports = [self._opened(id) for id in clerk.reports[:sent]]
        self.figures = [
            dict.fromkeys(report.names, "0") | {"N1": f"Báo cáo thứ {n}."}
            for n, report in enumerate(self.reports)
        ]

    def _opened(self, id: str) -> Report:
        report = Report(id)
        report.fields = dict(self.get(report.path).form(report.path).items())
        return report

    def do(self, ack: Ack) -> None:
        for number, report in enumerate(self.reports):
            given = report.fields | self.figures[number] | {"viec": "luu"}
            answer = self.client.post(report.path, data=given)
            if answer.status_code != 303 or answer.headers["Location"] != report.path:
                continue
            ack(2 * number)
            token = {"csrf_token": report.fields["csrf_token"], "phien_ban": "1"}
            self.client.post(f"/bao-cao/{report.id}/kiem-tra", data=token)
            receipt = self.client.get(f"/bao-cao/{report.id}")
            if receipt.status_code == 200 and 'class="bien-nhan"' in receipt.text:
                ack(2 * number + 1)

    def lost(self, acked: frozenset[int]) -> list[str]:
        there = self.revisions()
        with open_store(self.folder) as store:
            states = [(store.get(SUBMISSIONS, r.id) or {}).get("state") for r in self.reports]
        wrong = []
        for number, report in enumerate(self.reports):
            found = there.get(f"{report.id}#1")
            if found is None:
                if 2 * number in acked:
                    wrong.append(f"{report.id} is lost")
                if states[number] is not None:
                    wrong.append(f"{report.id} is half there")
            elif found != self.figures[number]:
                wrong.append(f"{report.id} differs")
            if 2 * number + 1 in acked and states[number] != "sent":
                wrong.append(f"{report.id} is not sent")
        return wrong


class Accept(_Pages):
    """A reviewer accepts several reports that were sent."""

    def __init__(self, folder: Path) -> None:
        (clerk,) = make_office(folder, 1)
        self.reports = clerk.reports[:ACCEPTED]
        self._send(folder, clerk)
        super().__init__(folder, REVIEWER)
        self.fields = []
        for id in self.reports:
            path = f"/duyet/{id}"
            fields = dict(self.get(path).form(path).items())
            self.fields.append((path, fields | {"viec": "duyet"}))

    def _send(self, folder: Path, clerk: Clerk) -> None:
        with open_workspace(folder) as ws:
            for id in self.reports:
                period, form, unit = id.split("_")
                sheet = ws.entry.sheet(id)
                typed = {name: "0" for row in sheet.rows for name in row.typed if row.indicator}
                ws.save_draft(unit, form, period, typed, by=clerk.login)
                ws.send(id, by=clerk.login)

    def do(self, ack: Ack) -> None:
        for number, (path, fields) in enumerate(self.fields):
            answer = self.client.post(path, data=fields)
            place = answer.headers.get("Location", "")
            if answer.status_code == 303 and place.startswith("/duyet") and place != path:
                ack(number)

    def lost(self, acked: frozenset[int]) -> list[str]:
        self.revisions()
        with open_store(self.folder) as store:
            states = {id: (store.get(SUBMISSIONS, id) or {}).get("state") for id in self.reports}
        wrong = [f"{self.reports[n]} is not accepted" for n in acked
                 if states[self.reports[n]] != "accepted"]  # fmt: skip
        odd = {id: state for id, state in states.items() if state not in ("sent", "accepted")}
        return [*wrong, *(f"{id} is {state}" for id, state in odd.items())]


class BackUp(Step):
    """`nq backup` of an office with some reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ws"
        self.file = folder / "backup.zip"
        step = Submit(self.folder)
        step.do(lambda number: None)
        self.expected = stored(self.folder)

    def do(self, ack: Ack) -> None:
        write_backup(self.folder, self.file, at=system_clock(), by="kit")
        ack(0)

    def lost(self, acked: frozenset[int]) -> list[str]:
        wrong = []
        if stored(self.folder) != self.expected:
            wrong.append("the workspace itself changed")
        if acked and not self.file.exists():
            return [*wrong, "there is no backup"]
        if self.file.exists():  # named only when it is whole, promised or not
            try:
                check_backup(self.file)
            except BackupDamaged as error:
                wrong.append(str(error))
        return wrong


class Recover(Step):
    """Open a workspace that a crash left in some state, and write one change."""

    def __init__(self, folder: Path, crash: Callable[[Path], None]) -> None:
        step = Submit(folder)
        step.do(lambda number: None)
        self.folder = folder
        self.expected = stored(folder)
        crash(folder / "journal")

    def do(self, ack: Ack) -> None:
        try:
            with open_store(self.folder) as store:
                with store.change(by="kit", do="put", at=system_clock()) as change:
                    change.put("kit", "after", {"x": "1"})
                ack(0)
        except NqError:
            pass  # refused in words: nothing promised

    def lost(self, acked: frozenset[int]) -> list[str]:
        found = stored(self.folder)
        wrong = [] if found == self.expected else ["reports are lost or changed"]
        with open_store(self.folder) as store:
            if acked and store.get("kit", "after") is None:
                wrong.append("the change after recovery is lost")
            if damages := store.verify().damages:
                wrong.append(damages[0].reason)
        return wrong
