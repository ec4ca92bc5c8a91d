"""Every file and every command of OPERATION.md works as it stands there."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nqcore.collection.settings import read_settings
from nqcore.workspace.opening import create_workspace
from tests.support.small import ROOT
from tests.support.waiting import LONG

PAGE = (ROOT / "webforms" / "OPERATION.md").read_text("utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", PAGE, re.S))
RUNS = dict(re.findall(r"<!-- run: ([\w ]+) -->\n```sh\n(.*?)```", PAGE, re.S))
NQ = f"#!{sys.executable}\nfrom nqcore.cli import main\nmain()\n"


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The paths of the page under a folder of the test; programs of the system that only note what they
    were asked for; the office, with one backup of the night."""
    monkeypatch.setenv("NQ_KEYS", str(tmp_path / "etc/nqcore/keys"))
    for name in ("srv/backups/van-phong", "srv/nqcore", "etc/nqcore", "var/log/nqcore"):
        (tmp_path / name).mkdir(parents=True)
    create_workspace(
        tmp_path / "srv/nqcore/van-phong",
        name="Huyện",
        plugins=["nq_model_district"],
        root="huyen",
    ).close()
    executable(tmp_path / "opt/nqcore/0.2.0/bin/nq", NQ)
    (tmp_path / "opt/nqcore/current").symlink_to("0.2.0")
    note = f'#!/bin/sh\necho "$(basename "$0") $*" >> {tmp_path}/asked\n'
    executable(tmp_path / "bin/systemctl", note)
    # Stands for `python3 -m venv PATH`: the program is installed by pip, which needs the network.
    venv = (
        f'{note}mkdir -p "$3/bin" && cp {tmp_path}/opt/nqcore/0.2.0/bin/nq "$3/bin/nq" '
        f'&& cp {tmp_path}/bin/systemctl "$3/bin/pip"\n'
    )
    executable(tmp_path / "bin/python3", venv)
    return tmp_path


def here(text: str, machine: Path) -> str:
    """The text with the page's paths under the folder of the test."""
    return re.sub(r"(?<![\w.])/(srv|opt|etc/nqcore|var/log)\b", rf"{machine}/\1", text)


def run(commands: str, machine: Path) -> str:
    """Run commands of the page; every one must succeed."""
    environment = os.environ | {
        "PATH": f"{machine}/bin:{os.environ['PATH']}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}",
        "NQ_LANG": "en",
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", here(commands, machine)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONG,
        cwd=machine,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def exec_lines(unit: str) -> list[str]:
    return re.findall(r"^ExecStart=(.*)$", FILES[unit], re.M)


def test_the_page_has_its_parts() -> None:
    assert set(FILES) == {
        *("nqcore.service", "nqcore-backup.service", "nqcore-backup.timer", "nqcore.conf")
    }
    assert set(RUNS) == {"drill", "log", "upgrade", "back", "back to the backup"}


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".conf")])
def test_systemd_takes_the_unit(machine: Path, name: str) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(FILES[name])
    assert {"Unit"} < set(parser.sections()) <= {"Unit", "Service", "Timer", "Install"}
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze: the unit was only parsed")
    units = machine / "units"
    units.mkdir()
    for each, text in FILES.items():
        (units / each).write_text(here(text, machine))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", units / name],
        capture_output=True,
        text=True,
        timeout=LONG,
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"},
    )
    ours = [line for line in done.stderr.splitlines() if "nqcore" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr


def test_nginx_takes_the_settings_of_the_proxy(machine: Path) -> None:
    text = FILES["nqcore.conf"]
    assert text.count("{") == text.count("}")
    assert all(
        line.rstrip().endswith(("{", "}", ";"))
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    )
    for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"):
        assert re.search(rf"^\s+proxy_set_header {header} \$(?!http_)", text, re.M), header
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl: the settings were only read")
    cert, key = machine / "fullchain.pem", machine / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=nq", "-keyout",
         key, "-out", cert],
        check=True, capture_output=True, timeout=LONG,
    )  # fmt: skip
    text = text.replace("/etc/ssl/nqcore", str(machine))
    whole = machine / "nginx.conf"
    whole.write_text(
        f"pid {machine}/pid; error_log {machine}/log; events {{}}\nhttp {{ access_log off;\n{text}\n}}\n"
    )
    done = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 0, done.stderr


def test_the_services_start_what_they_say(machine: Path) -> None:
    (serve,) = exec_lines("nqcore.service")
    assert " serve " in serve
    assert serve.endswith("--behind-proxy")
    for line in exec_lines("nqcore-backup.service"):
        run(line, machine)
    (made,) = (machine / "srv/backups/van-phong").iterdir()
    assert made.suffix == ".zip"
    assert (machine / "var/log/nqcore/audit.jsonl").read_text().count("\n") > 1


def test_the_drill_restores_the_newest_backup_and_leaves_nothing(machine: Path) -> None:
    run(exec_lines("nqcore-backup.service")[0], machine)
    said = run(RUNS["drill"], machine)
    assert "users sign in again" in said
    assert os.listdir(machine / "srv/nqcore") == ["van-phong"]


def test_the_log_shows_its_last_line(machine: Path) -> None:
    assert '"hash": "' in run(RUNS["log"], machine).splitlines()[-1]


def test_the_upgrade_the_way_back_and_the_way_back_to_the_backup(machine: Path) -> None:
    office, current = machine / "srv/nqcore/van-phong", machine / "opt/nqcore/current"
    with (office / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('hosts = ["nq.example.gov.vn"]\n')
    said = run(RUNS["upgrade"], machine)
    assert "restored on trial" in said
    assert os.readlink(current) == "0.3.0"
    run(RUNS["back"], machine)
    assert os.readlink(current) == "0.2.0"
    before = read_settings(office)
    run(RUNS["back to the backup"], machine)
    assert read_settings(office) == before
    assert (machine / "srv/nqcore/van-phong-0.3.0/journal").is_dir()
    asked = (machine / "asked").read_text().splitlines()
    assert asked[:2] == [f"python3 -m venv {machine}/opt/nqcore/0.3.0", "pip install nqcore==0.3.0"]
    assert asked[2:] == ["systemctl stop nqcore", "systemctl start nqcore"] * 3
