"""``python -m tests.faults.fuzz_requests [--requests N] [--seed S] [--processes P]``: hostile paths,
queries, bodies and headers from people of every role. Nothing may answer 500, show one unit's figures
to another, or change what is not one's own.

After each request the answer is searched for the marks of units that the account may not see, and
the journal for documents that it may not touch.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from urllib.parse import unquote_to_bytes

from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from nqcore.collection.accounts.access import ACCOUNT, Action
from nqcore.collection.tables import ACCOUNTS, EVIDENCE, LEADER_STEPS, REVISIONS, SUBMISSIONS
from nqcore.workspace.opening import open_workspace
from tests.faults.fuzz_office import (
    FORM,
    PASSWORD,
    PERIOD,
    Person,
    make_office,
    marks_in,
    owing,
    people,
)
from tests.faults.fuzz_values import ROOT, Values
from tests.support.visitor import Page, Visitor
from webforms import create_app
from webforms.security.page_rules import rule_of
from webforms.security.throttle import Bucket

SLOW = 0.15
"""Seconds that an answer may take on average; slower pages are asked less often."""
MANY = 500
"""After so many requests everybody signs in anew."""


@dataclass(slots=True)
class Found:
    """What came of it. `bare`: answers without the security headers."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        """Another process's share."""
        self.requests += other.requests
        self.statuses += other.statuses
        self.routes += other.routes
        for name in ("faults", "reads", "writes", "bare"):
            getattr(self, name).extend(getattr(other, name))

    @property
    def wrong(self) -> list[str]:
        """Everything that should not have been, the first of each kind in front."""
        return [*self.faults, *self.reads, *self.writes, *self.bare]


class Fuzz:
    """One process's share: an office of its own, a browser for each account."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random, self.found = Random(seed), Found()
        self.ws = open_workspace(folder)
        self.app: Flask = create_app(self.ws)
        self.app.logger.setLevel(logging.CRITICAL)
        self.people = people(self.ws)
        self.accounts = {account.login: account for account in self.ws.accounts.all()}
        self.marked = owing(self.ws)
        reports = [f"{PERIOD}_{FORM}_{unit}" for unit in self.marked]
        self.values = Values(self.ws, reports, self.random)
        self.routes = [r for r in self.app.url_map.iter_rules() if r.endpoint != "static"]
        self.taken: dict[str, tuple[int, float]] = {}
        self.clients: dict[str, tuple[FlaskClient, str]] = {}
        self.forms: dict[str, dict[str, str]] = {}
        self.traces: list[str] = []
        got_request_exception.connect(self._keep_trace, self.app)

    def _keep_trace(self, _app: Flask, exception: BaseException, **_more: object) -> None:
        self.traces.append("".join(traceback.format_exception(exception))[-3000:])

    # -- who ---------------------------------------------------------------------------------------

    def client(self, person: Person) -> tuple[FlaskClient, str]:
        """The browser of that person and its token."""
        if person.login not in self.clients:
            visitor = Visitor(self.app.test_client())
            if person.login and visitor.sign_in(person.login, PASSWORD).status_code != 303:
                # An administrator of ours locked it, or it was tried too often: as it was.
                self._restore(person.login)
                assert visitor.sign_in(person.login, PASSWORD).status_code == 303
            self.clients[person.login] = visitor.client, visitor.token()
        return self.clients[person.login]

    def _restore(self, login: str) -> None:
        register = self.app.extensions["nqcore.sessions"]
        register.forget([Bucket(f"name {login.casefold()}"), Bucket("address 127.0.0.1")])
        newer = self.ws.accounts[login].session_epoch + 1
        account = replace(self.accounts[login], session_epoch=newer)
        with self.ws.store.change(by="fuzz", do="restore", at=self.ws.clock()) as change:
            change.put(ACCOUNTS, login, ACCOUNT.to_doc(account))

    def form(self, path: str) -> dict[str, str]:
        """The fields of the page at `path`, as somebody at the top sees them."""
        if path not in self.forms:
            top = next(person for person in self.people if person.login == "tren-enter")
            page = Page(self.client(top)[0].get(path, follow_redirects=True).text)
            found = [fields.to_dict() for action, fields in page.forms if action == path]
            self.forms[path] = found[0] if found else {}
        return self.forms[path]

    # -- one request -------------------------------------------------------------------------------

    def step(self) -> None:
        """One request, or none when the page drawn is a slow one."""
        r = self.random
        person, rule = r.choice(self.people), r.choice(self.routes)
        count, seconds = self.taken.get(rule.endpoint, (1, 0.02))
        if r.random() > SLOW / max(SLOW, seconds / count):
            return
        if rule.endpoint in ("auth.enter", "auth.sign_out") and r.random() < 0.9:
            return  # each costs a signing in
        method = "POST" if "POST" in (rule.methods or ()) and r.random() < 0.9 else "GET"
        if r.random() < 0.03:
            method = r.choice(("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "POST", "GET"))
        client, token = self.client(person)
        path, data, kind = self.values.path(rule, person), b"", None
        if method not in ("GET", "HEAD"):
            given = self.form(path) if path.endswith("/nhap") and r.random() < 0.6 else {}
            needs = rule_of(self.app.view_functions[rule.endpoint])
            files = needs is not None and needs.file_bytes is not None
            data, kind = self.values.body(given, token, files=files)
        headers = self.values.headers(self.app.config["SESSION_COOKIE_NAME"])
        before, began = self.ws.store.version, time.monotonic()
        try:
            answer = client.open(
                path, method=method, query_string=self.values.query() or None, data=data,
                content_type=kind, headers=headers,
            )  # fmt: skip
        except (UnicodeError, ValueError) as wrong:
            # The test client itself cannot send everything; that is no request. Ours is a fault.
            lines = traceback.extract_tb(wrong.__traceback__)
            if any(Path(line.filename).is_relative_to(ROOT / "webforms") for line in lines):
                self.found.faults.append(f"{person.login} {method} {path}: {wrong!r}")
            return
        self.taken[rule.endpoint] = (count + 1, seconds + time.monotonic() - began)
        self.found.routes[rule.endpoint] += 1
        asked = f"{method} {path[:200]}"
        # What somebody sent himself may be shown to him again: that is no figure of another's.
        shown = marks_in(answer.data) - marks_in(unquote_to_bytes(data.replace(b"+", b" ")))
        self._judge(person, asked, answer.status_code, shown, answer.headers, before)
        answer.close()
        if rule.endpoint.startswith("auth."):
            self.clients.pop(person.login, None)

    def _judge(
        self,
        person: Person,
        asked: str,
        status: int,
        marks: set[int],
        headers: Headers,
        before: int,
    ) -> None:
        found, what = self.found, f"{person.login or 'nobody'} {asked}"
        found.requests += 1
        found.statuses[status] += 1
        if status == 500 or self.traces:
            found.faults.append(f"{what}: {status}\n" + "\n".join(self.traces))
            self.traces.clear()
        for nth in marks:
            if nth < len(self.marked) and self.marked[nth] not in person.units:
                found.reads.append(f"{what}: {self.marked[nth]}")
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            if name not in headers:
                found.bare.append(f"{what}: {status} {name}")
        self.ws.store.refresh()  # a backup is written through another handle
        for seq, table, id in self.ws.store.changes_since(before):
            if not self._may_write(person, table, id):
                found.writes.append(f"{what}: record {seq}, {table} {id}")

    def _may_write(self, person: Person, table: str, id: str) -> bool:
        """Whether the account's role and place allow a change of that document."""
        if person.role is None:
            return False
        account = self.ws.accounts[person.login]
        if table == LEADER_STEPS:
            return any(account.may(a, id, self.ws.units) for a in (Action.ENTER, Action.MANAGE))
        if table in (SUBMISSIONS, REVISIONS, EVIDENCE):
            # The code of a unit may hold that of another: the longest is meant.
            unit = max((code for code in self.ws.units if code in id), key=len)
            allowed = (Action.ENTER, Action.APPROVE)
            return any(account.may(action, unit, self.ws.units) for action in allowed)
        if table == ACCOUNTS:
            unit = self.ws.accounts[id].unit
            return id == person.login or account.may(Action.MANAGE, unit, self.ws.units)
        # What else there is belongs to offices above: never to who only enters or only reads.
        return account.unit == self.ws.settings.root and any(
            account.may(action, account.unit, self.ws.units)
            for action in (Action.MANAGE, Action.APPROVE, Action.DECIDE)
        )


def _share(given: tuple[str, int, int]) -> Found:
    """One process's requests: the office's folder, how many, the seed."""
    folder, requests, seed = given
    fuzz = Fuzz(Path(folder), seed)
    told = time.monotonic()
    while fuzz.found.requests < requests:
        fuzz.step()
        if fuzz.found.requests % MANY == 0:
            fuzz.clients.clear()
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(
                f"{seed}: {fuzz.found.requests} of {requests}", *fuzz.found.wrong[-1:], flush=True
            )
    fuzz.ws.close()
    return fuzz.found


def run(requests: int, seed: int, processes: int = 1) -> Found:
    """`requests` in all, spread over `processes`, each with an office of its own."""
    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("NQ_KEYS", str(Path(folder) / "keys"))
        shares = []
        for nth in range(processes):
            place = Path(folder) / f"office-{nth}"
            make_office(place)
            shares.append((str(place), requests // processes, seed + nth))
        if processes == 1:
            return _share(shares[0])
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            for part in pool.imap_unordered(_share, shares):
                found.add(part)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    began = time.monotonic()
    found = run(given.requests, given.seed, given.processes)
    for wrong in (found.faults, found.reads, found.writes, found.bare):
        print(*wrong[:20], sep="\n")
    figures = {
        "fault": "hostile requests",
        "requests": found.requests,
        "seconds": round(time.monotonic() - began),
        "status": dict(sorted(found.statuses.items())),
        "routes": len(found.routes),
        "answers_500": found.statuses[500],
        "faults": len(found.faults),
        "reads_across_units": len(found.reads),
        "writes_across_units": len(found.writes),
        "without_headers": len(found.bare),
    }
    print(json.dumps(figures))
    raise SystemExit(bool(found.wrong))


if __name__ == "__main__":
    main()
