"""``nq doctor``: each fault of an installation is found by name with what to do, and a good one is not
blamed."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import ACCOUNT, ADMIN_ROLES
from nqcore.collection.accounts.factor_file import factor_file
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.settings import read_settings, write_settings
from nqcore.files.filesystem import file_system, on_network
from nqcore.store.keys import key_file
from nqcore.store.place import mark_of
from nqcore.store.secret import secret_file
from nqcore.text.messages import translations
from nqcore.workspace.doctor import Diagnosis, Machine, examine
from nqcore.workspace.doctor.http_probe import probe_http
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.support.small import FINE, Install

NOW = datetime.now(UTC)
# Hours later: what the tests write at the real time must not be in this machine's future.
GOOD = Machine(now=NOW + timedelta(hours=6), environment={}, root=False, mounts="", free=10**11)
PLUGINS = ("nq_res20", "nq_model_province", "nq_model_district", "nq_party_report")


@pytest.fixture
def office(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office as it should be; its backups on "another disk"."""
    monkeypatch.setenv("NQ_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "ws"
    with create_workspace(folder, name="x", plugins=PLUGINS, root="huyen") as ws:
        ws.accounts.add(
            "qt", "Q", "huyen", ADMIN_ROLES, units=ws.units, by="t", at=ws.clock(),
            hashed=hash_password("mat-khau-dai"),
        )  # fmt: skip
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "nq.zip").write_bytes(b"x")
    (backups / "nq.zip").chmod(0o600)
    settings = replace(read_settings(folder), hosts=("nq.example",), backups=str(backups))
    write_settings(folder, settings)
    return folder


def codes(found: tuple[Diagnosis, ...]) -> set[str]:
    return {one.code for one in found} - {"backups-here"}  # tests have one disk


def settings_of(folder: Path, **changes: object) -> None:
    write_settings(folder, replace(read_settings(folder), **changes))  # type: ignore[arg-type]


def key(folder: Path) -> Path:
    return key_file(read_settings(folder).id)


def secret(folder: Path) -> Path:
    return secret_file(read_settings(folder).id, mark_of(folder))


def flip(folder: Path) -> None:
    file = next(p for p in sorted((folder / "journal").rglob("*")) if p.stat().st_size > 500)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def strange(folder: Path) -> None:
    with open_workspace(folder) as ws, ws.store.change(by="t", do="t", at=ws.clock()) as change:
        doc = dict(change.get("accounts", "qt") or {})
        change.put("accounts", "qt", {**doc, "password": "pbkdf2:sha256:1$x$y", "unit": "gone"})


def old(folder: Path) -> None:
    file = Path(read_settings(folder).backups) / "nq.zip"
    os.utime(file, (NOW.timestamp() - 9 * 86_400,) * 2)


def lock(folder: Path) -> None:
    """As a journal of version 0.2.0 may have it: since then the last administrator stays."""
    with open_workspace(folder) as ws, ws.store.change(by="t", do="t", at=ws.clock()) as change:
        change.put("accounts", "qt", {**ACCOUNT.to_doc(ws.account("qt")), "locked": True})


def without_factors(folder: Path) -> None:
    with open_workspace(folder) as ws:
        seed = ws.second_factors.begin("qt", seconds=0.0).seed
        code = pyotp.TOTP(seed).at(0)
        ws.second_factors.confirm("qt", code, seconds=0.0, by="qt", at=ws.clock())
        factor_file(ws.settings.id).unlink()


def inside(folder: Path) -> None:
    keys = folder / "keys"
    key(folder).parent.rename(keys)
    os.environ["NQ_KEYS"] = str(keys)


FAULTS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "the key is gone": (lambda f: key(f).unlink(), {"key-missing"}),
    "others read the key": (lambda f: key(f).chmod(0o644), {"key", "opening"}),
    "the key is none": (lambda f: key(f).write_text("x"), {"key", "opening"}),
    "others write into the keys' folder": (lambda f: key(f).parent.chmod(0o777), {"key-folder"}),
    "the key lies with the figures": (inside, {"key-inside"}),
    "no secret": (lambda f: secret(f).unlink(), {"secret-missing"}),
    "a weak secret": (lambda f: secret(f).write_text("00" * 32), {"secret"}),
    "others read the secret": (lambda f: secret(f).chmod(0o640), {"secret"}),
    "others read the folder": (lambda f: f.chmod(0o755), {"folder-open"}),
    "others write a file": (lambda f: (f / "workspace.toml").chmod(0o646), {"file-writable"}),
    "no word of backups": (lambda f: settings_of(f, backups=""), {"backups-unknown"}),
    "no backup": (lambda f: settings_of(f, backups="nowhere"), {"backups-none"}),
    "an old backup": (old, {"backups-old"}),
    "others read the backup": (
        lambda f: (Path(read_settings(f).backups) / "nq.zip").chmod(0o644),
        {"backups-open"},
    ),
    "any host": (lambda f: settings_of(f, hosts=()), {"hosts"}),
    "a demo": (lambda f: settings_of(f, today=NOW.date()), {"demo"}),
    "a plugin that is not there": (
        lambda f: settings_of(f, plugins=(*PLUGINS, "nq_gone==1")),
        {"plugin"},
    ),
    "links that lead nowhere": (
        lambda f: settings_of(f, plugins=tuple(p for p in PLUGINS if p != "nq_res20")),
        {"unresolved"},
    ),
    "an outline that is gone": (
        lambda f: settings_of(f, report_outline="cua-tinh"),
        {"outline-gone"},
    ),
    "nobody administers": (lock, {"no-admin"}),
    "the secrets of second factors are gone": (without_factors, {"factor-lost"}),
    "a weak hash and a lost unit": (strange, {"weak-hash", "lost-account", "no-admin"}),
    "a damaged journal": (flip, {"opening"}),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_found_and_says_what_to_do(office: Path, case: str) -> None:
    spoil, wanted = FAULTS[case]
    spoil(office)
    found = examine(office, GOOD)
    assert codes(found) == wanted
    for one in found:
        assert one.message()
        assert "{" not in one.message(translations("vi").gettext)


MACHINES: dict[str, tuple[Machine, set[str]]] = {
    "debugging": (replace(GOOD, environment={"FLASK_DEBUG": "1"}), {"debug"}),
    "root": (replace(GOOD, root=True), {"root"}),
    "a full disk": (replace(GOOD, free=10**6), {"disk"}),
    "a clock that is late": (replace(GOOD, now=NOW - timedelta(days=365)), {"clock"}),
    "a share": (replace(GOOD, mounts="1 0 0:1 / / rw - nfs4 server:/ rw"), {"network"}),
}


@pytest.mark.parametrize("case", MACHINES)
def test_each_fault_of_the_machine_is_found(office: Path, case: str) -> None:
    machine, wanted = MACHINES[case]
    assert codes(examine(office, machine)) == wanted


def test_a_good_installation_is_not_blamed(office: Path) -> None:
    assert codes(examine(office, GOOD)) == set()
    settings_of(office, hosts=())
    assert codes(examine(office, GOOD, local=True)) == set()


def test_a_plugin_of_others_needs_its_version_on_the_list(office: Path, install: Install) -> None:
    install("nq_fine", FINE)
    settings_of(office, plugins=(*PLUGINS, "nq_fine"))
    assert codes(examine(office, GOOD)) == {"plugin-version"}
    settings_of(office, plugins=(*PLUGINS, "nq_fine==1.2"))
    assert codes(examine(office, GOOD)) == set()


def test_the_command_exits_1_on_any_finding_and_lists_them_for_programs(office: Path) -> None:
    settings_of(office, hosts=())
    said = CliRunner().invoke(main, ["doctor", "-w", str(office), "--json"])
    assert said.exit_code == 1
    assert "hosts" in {one["code"] for one in json.loads(said.output)}
    shown = CliRunner().invoke(main, ["doctor", "-w", str(office)])
    assert shown.exit_code == 1
    assert "workspace.toml" in shown.output


def test_a_new_office_is_closed_to_other_accounts(office: Path) -> None:
    assert office.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("1 0 8:1 / / rw - ext4 /dev/a rw", "ext4"),
        ("1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:9 / /srv/x rw - nfs4 h:/ rw", "nfs4"),
        ("1 0 8:1 / / rw - ext4 a rw\n2 1 0:9 / /srv/x rw - nfs4 h:/ rw\n3 2 8:2 / /srv/x rw - xfs b r",
         "xfs"),
        ("1 0 8:1 / / rw - ext4 a rw\n2 1 0:9 / /srv/xx rw - nfs4 h:/ rw", "ext4"),
        ("1 0 8:1 / / rw shared:1 master:2 - fuse.sshfs a rw", "fuse.sshfs"),
        ("nonsense", ""),
    ],
)  # fmt: skip
def test_the_file_system_is_that_of_the_innermost_mount(mounts: str, kind: str) -> None:
    assert file_system(Path("/srv/x/ws"), mounts) == kind
    assert on_network(Path("/srv/x/ws"), mounts) == (kind in ("nfs4", "fuse.sshfs"))


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A server that answers with the headers in the list."""
    headers: list[tuple[str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}", headers
    found.shutdown()
    found.server_close()
    thread.join(10)


def test_what_the_proxy_lets_through_is_looked_at(
    server: tuple[str, list[tuple[str, str]]],
) -> None:
    address, headers = server
    assert [one.code for one in probe_http(address)] == ["no-tls"]
    headers.append(("Set-Cookie", "nq_1=x; HttpOnly; Path=/; SameSite=Lax"))
    assert [one.code for one in probe_http(address)] == ["no-tls", "cookie"]
    assert [one.code for one in probe_http("http://127.0.0.1:1")] == ["no-tls", "not-reached"]
    assert [one.code for one in probe_http("ftp://x")] == ["no-tls"]
