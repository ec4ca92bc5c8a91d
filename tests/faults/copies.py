"""A restored copy served beside the original: neither opens anything in the other."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from nqcore.clock import system_clock
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.workspace.opening import open_workspace
from tests.faults.client import Client
from tests.faults.kill9 import CLERKS, Load
from tests.faults.kit import Dose, Figures, copied, room
from tests.faults.ledger import Ledger
from tests.faults.office import make_office
from tests.faults.server import Server
from tests.support.visitor import Page


def restored_copy(dose: Dose) -> Figures:
    """Under load: back up, restore (or copy the folder), serve both. Sessions and links of the one are
    worth nothing in the other, and the original goes on."""
    figures, ledger = Figures(), Ledger()
    rng = random.Random(dose.seed)
    with room() as folder:
        office, beside = folder / "ws", folder / "beside"
        load = Load(make_office(office, CLERKS))
        clerk = load.clerks[0]
        with Server(office) as server:
            owner = Client(server.port, clerk.login)
            owner.sign_in()
            for number in range(dose.of(3, 60)):
                with open_workspace(office) as ws:
                    old = ws.accounts.link(clerk.login, by="kit", at=ws.clock()).token
                running = load.run(server, ledger, rng)
                running.working.wait(20)
                if number % 2:
                    running.finish()  # of a folder that is written, `cp -r` may take the head too late
                _copy(office, beside, number)
                with open_workspace(beside) as ws:
                    new = ws.accounts.link(clerk.login, by="kit", at=ws.clock()).token
                with Server(beside) as other:
                    stranger = Client(other.port, clerk.login)
                    stranger.sign_in()
                    for who, at, where in ((owner, other, "copy"), (stranger, server, "original")):
                        figures.must(not _is_in(who, at), f"round {number}: in at the {where}")
                    for token, at in ((old, other), (new, other), (new, server)):
                        figures.must(not _opens(token, at), f"round {number}: a link opens")
                running.finish()
                figures.acked += running.acked
                figures.rounds += 1
                figures.must(_is_in(owner, server), f"round {number}: signed out at the original")
                figures.must(_opens(old, server), f"round {number}: the own link is lost")
                shutil.rmtree(beside)
        ledger.judge(office, figures, "after all")
    return figures


def _copy(office: Path, beside: Path, number: int) -> None:
    if number % 2:
        copied(office, beside)
        return
    file = beside.with_suffix(".zip")
    write_backup(office, file, at=system_clock(), by="kit")
    restore_backup(file, beside)
    file.unlink()


def _is_in(client: Client, at: Server) -> bool:
    """Whether the cookies of `client`, under the names that the server at `at` reads, sign in there."""
    asking = Client(at.port, client.login)
    asking.ask("GET", "/dang-nhap")
    (name,) = (each for each in asking._cookies if not each.endswith("_may"))
    values = {("_may" if k.endswith("_may") else ""): v for k, v in client._cookies.items()}
    asking._cookies = {f"{name}{end}": value for end, value in values.items()}
    return asking.ask("GET", "/tai-khoan").status == 200


def _opens(token: str, at: Server) -> bool:
    asking = Client(at.port, "")
    path = f"/dang-nhap/{token}"
    fields = dict(Page(asking.ask("GET", path).text).form(path).items())
    return asking.ask("POST", path, fields).status == 303
