"""kill -9 of the commands themselves: an import, a backup into a folder, a restore, at random moments."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from nqcore.collection.archive.backup import BackupDamaged, check_backup
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import SUBMISSIONS
from nqcore.errors import NqError
from tests.faults.kit import Dose, Figures, room
from tests.faults.office import FORM, QUARTERS, make_office, open_store
from tests.faults.server import NQ

ROWS = 40
"""Quarters of one import: one report each, all or none."""


def kill_commands(dose: Dose) -> Figures:
    """After each kill: the office is whole, an import is there whole or not at all, every backup that has
    a name is sound, no half restored folder has a name. What a kill leaves, the next run removes."""
    figures = Figures()
    rng = random.Random(dose.seed)
    with room() as folder:
        office, place = folder / "ws", folder / "backups"
        (clerk,) = make_office(office, 1)
        place.mkdir()
        rows = [f"{clerk.unit},{quarter},C3.3,{n}" for n, quarter in enumerate(QUARTERS[:ROWS], 7)]
        table = folder / "values.csv"
        table.write_text("unit,period,indicator,value\n" + "\n".join(rows) + "\n", "utf-8")
        commands = {
            "import": ("import", "-w", office, table, "--by", clerk.login),
            "backup": ("backup", "-w", office, place, "--keep", "3"),
            "restore": ("restore", folder / "sound.zip", folder / "new"),
        }
        figures.must(_run(("backup", "-w", office, folder / "sound.zip")) == 0, "no first backup")
        seconds: dict[str, float] = {}
        for number in range(dose.of(9, 600)):
            name = list(commands)[number % 3]
            longest = seconds.get(name) or _longest(commands[name], folder, office)
            seconds[name] = longest
            killed = _killed(commands[name], rng.uniform(0.2, 1.0) * longest)
            figures.rounds += 1
            figures.count(f"killed_{name}" if killed else f"ended_{name}")
            _judge(folder, office, figures, f"round {number}: {name}")
        figures.must(_run(("backup", "-w", office, place, "--keep", "3")) == 0, "no last backup")
        figures.must(_run(commands["restore"]) == 0, "no last restore")
        left = [p.name for parent in (folder, place) for p in parent.iterdir() if p.name[0] == "."]
        figures.must(left == [], f"left behind: {left}")
    figures.acked = figures.rounds
    return figures


def _run(command: tuple[object, ...]) -> int:
    done = subprocess.run(
        (*NQ, *map(str, command)), capture_output=True, timeout=120, env=_environment()
    )
    return done.returncode


def _environment() -> Mapping[str, str]:
    return os.environ | {"NQ_LANG": "en"}


def _longest(command: tuple[object, ...], folder: Path, office: Path) -> float:
    """How long the command takes to its end; what it did is taken back."""
    aside = folder / "aside"
    shutil.copytree(office, aside)
    begun = time.monotonic()
    _run(command)
    took = time.monotonic() - begun
    shutil.rmtree(folder / "new", ignore_errors=True)
    shutil.rmtree(office)
    os.rename(aside, office)
    return took


def _killed(command: tuple[object, ...], after: float) -> bool:
    """Start it and kill its whole group after so many seconds; False if it had ended by itself."""
    process = subprocess.Popen(
        (*NQ, *map(str, command)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=_environment(),
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)
        return True
    return False


def _judge(folder: Path, office: Path, figures: Figures, where: str) -> None:
    try:
        found = verify_folder(office, read_settings(office))
        with open_store(office) as store:
            reports = sum(FORM in str(doc.doc_id) for doc in store.table(SUBMISSIONS))
    except NqError as error:
        figures.unreadable += 1
        figures.sample(f"{where}: {error}")
        return
    figures.must(found.ok, f"{where}: {found.sentences[0]}")
    if reports not in (0, ROWS):
        figures.changed += 1
        figures.sample(f"{where}: {reports} of {ROWS} reports of an import")
    for file in (folder / "backups").glob("[!.]*.zip"):
        try:
            check_backup(file)
        except BackupDamaged as error:
            figures.unreadable += 1
            figures.sample(f"{where}: {error}")
    new = folder / "new"
    if new.exists():
        whole = verify_folder(new, read_settings(new))
        figures.must(whole.ok, f"{where}: half restored: {whole.sentences[0]}")
        shutil.rmtree(new)
